"""Whole instructors move, none is lost or made."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.jobs.session.reallocation import moved

numbers = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1)


@settings(max_examples=60, deadline=None)
@given(numbers, st.integers(0, 30), st.integers(0, 10), st.data())
def test_a_total_is_kept_and_the_responsible_gets_what_there_is(now, wanted, reserve, data) -> None:
    responsible = data.draw(st.sampled_from(sorted(now)))
    fair = data.draw(st.fixed_dictionaries({name: st.integers(0, 9) for name in now}))
    total = sum(now.values()) + reserve
    after = moved(now, responsible, wanted, total=total, fair=fair)
    assert after[responsible] == min(wanted, total)
    assert sum(after.values()) <= total
    assert min(after.values()) >= 0
    # Nobody gives while there is a reserve, and nobody else gets any.
    taken = max(0, after[responsible] - now[responsible] - reserve)
    assert sum(now[name] - after[name] for name in now if name != responsible) == taken
    assert all(after[name] <= now[name] for name in now if name != responsible)
    # Who gave has no more beyond its fair share than who did not would have with one less.
    for giver in (name for name in now if name != responsible and after[name] < now[name]):
        for other in (name for name in now if name not in (responsible, giver) and after[name] > 0):
            assert after[giver] + 1 - fair[giver] >= after[other] - fair[other]


@given(numbers, st.integers(-3, 30))
@settings(max_examples=30, deadline=None)
def test_without_a_total_the_others_keep_theirs(now, wanted) -> None:
    responsible = sorted(now)[0]
    after = moved(now, responsible, wanted)
    assert after == {**now, responsible: max(0, wanted)}


def test_of_equals_the_first_by_name_gives() -> None:
    assert moved({"b": 2, "a": 2, "c": 0}, "c", 1, total=4) == {"b": 2, "a": 1, "c": 1}
