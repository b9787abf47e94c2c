"""What each responsible unit adds for each number of instructors: it is what a simulation of the whole city shows."""

from __future__ import annotations

import pytest

from tests.cities import organization, register, scenario
from workbench.errors import Cancelled
from workbench.planning import Responses
from workbench.planning.desk import filling
from workbench.planning.desk.cache import ResponseCache
from workbench.simulation import prepare, simulate


@pytest.fixture(scope="module")
def sample(hamlet, plan, joined):
    return Responses(prepare(hamlet, plan, joined), replications=20, seed=4)


@pytest.mark.parametrize("allocation", [[0, 0, 0, 0], [1, 0, 2, 3], [5, 5, 5, 5], [60, 60, 60, 60]])
def test_a_city_is_the_sum_of_its_responsible_units(sample, hamlet, plan, joined, allocation):
    by_responsible = dict(zip(sample.responsible_units, allocation, strict=True))
    outcome = simulate(
        hamlet, plan.replace("instructors.by_responsible", by_responsible), joined, replications=20, seed=4
    )
    assert sample.branches(allocation).tolist() == outcome.counts().isel(day=-1).to_numpy().tolist()
    assert sample.works(allocation).tolist() == outcome.counts("work").isel(day=-1).to_numpy().tolist()


def test_the_deadline_counts_not_the_horizon(sample, hamlet, plan, joined):
    far = Responses(prepare(hamlet, plan.replace("calendar.horizon", "2027-12-31"), joined), replications=20, seed=4)
    assert far.branches([2, 1, 2, 3]).tolist() == sample.branches([2, 1, 2, 3]).tolist()


def test_beyond_enough_nothing_changes(sample, hamlet, plan, joined):
    cases = simulate(hamlet, plan, joined, replications=1).cases["responsible"].value_counts()
    for responsible, name in enumerate(sample.responsible_units):
        enough = sample.enough(responsible)
        assert (enough - 1) * 2 < cases.get(name, 0) <= enough * 2
        for number in (enough, enough + 1, 10 * enough + 1):
            given = {"instructors.by_responsible": {name: number}}
            outcome = simulate(hamlet, plan.replace(given), joined, replications=20, seed=4)
            added = outcome.counts().isel(day=-1).to_numpy() - sample.branches([0] * len(sample.responsible_units))
            assert (
                sample.of(responsible, number).branches - sample.of(responsible, 0).branches
            ).tolist() == added.tolist()


def test_other_samples_are_other_replications(sample, hamlet, plan, joined):
    setup = prepare(hamlet, plan, joined)
    later = Responses(setup, replications=8, seed=4, first=12)
    assert later.branches([2, 1, 2, 3]).tolist() == sample.branches([2, 1, 2, 3])[12:].tolist()
    other = Responses(setup, replications=20, seed=5)
    assert other.branches([2, 1, 2, 3]).tolist() != sample.branches([2, 1, 2, 3]).tolist()


def test_they_are_kept_and_filled_side_by_side(hamlet, plan, joined, sample):
    fresh = Responses(prepare(hamlet, plan, joined), replications=20, seed=4)
    once = fresh.of(0, 2)
    fresh.fill([2, 2, 2, 2], workers=2)
    assert fresh.of(0, 2) is once
    for responsible in range(4):
        for number in range(3):
            for mine, other in zip(fresh.of(responsible, number), sample.of(responsible, number), strict=True):
                assert mine.tolist() == other.tolist()


def _rows(added):
    return [each.tolist() for each in added]


@pytest.mark.parametrize("most", [1, 500])
def test_pieces_make_the_same_whole(hamlet, plan, joined, sample, monkeypatch, most):
    """Down to one replication a piece, on more threads than there are processors."""
    monkeypatch.setattr(filling, "MOST_IN_A_PIECE", most)
    fresh = Responses(prepare(hamlet, plan, joined), replications=20, seed=4)
    told = []
    fresh.fill([3, 3, 60, 3], workers=5, progress=lambda done, of: told.append((done, of)), least=[1, 2, 0, 3])
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]
    assert len(told) == 80 if most == 1 else 4 < len(told) < 80
    # What lies between the limits and is of use, and no more.
    assert [fresh.enough(responsible) for responsible in range(3)] == [3, 2, 5]
    assert len(fresh.kept) == 3 + 1 + 6 + 1
    for responsible, number in ((0, 1), (1, 2), (2, 0), (2, 60), (3, 3)):
        assert _rows(fresh.of(responsible, number)) == _rows(sample.of(responsible, number))
    assert len(fresh.kept) == 3 + 1 + 6 + 1
    again = []
    fresh.fill([3, 3, 3, 3], progress=lambda done, of: again.append(done), least=[1, 2, 0, 3])
    assert again == [1, 2, 3, 4]


def test_filling_can_be_stopped(hamlet, plan, joined, monkeypatch):
    monkeypatch.setattr(filling, "MOST_IN_A_PIECE", 1)
    fresh = Responses(prepare(hamlet, plan, joined), replications=20, seed=4)
    with pytest.raises(Cancelled):
        fresh.fill([60, 60, 60, 60], progress=lambda done, of: done < 3)
    # No responsible unit is kept of which only some replications are known.
    assert all(each[0].branches.size == 20 for each in fresh.kept._results.values())


def test_days_that_are_kept_are_not_simulated_again(hamlet, plan, joined, sample, monkeypatch):
    fresh = Responses(prepare(hamlet, plan, joined), replications=20, seed=4)
    fresh.by_day(2, 3)
    expected = _rows(sample.of(2, 3))
    monkeypatch.setattr(type(fresh._responsible_units[2]), "added", None)
    assert _rows(fresh.of(2, 3)) == expected


def test_a_table_needs_no_room_to_keep_it(hamlet, plan, joined, sample):
    none = Responses(prepare(hamlet, plan, joined), replications=20, seed=4, kept=ResponseCache(0))
    table = none.table(2, range(4))
    few = Responses(prepare(hamlet, plan, joined), replications=20, seed=4)
    few.of(2, 1)
    few.of(2, 3)
    for n in range(4):
        expected = _rows(sample.of(2, n))
        assert [table.branches[n].tolist(), table.works[n].tolist()] == expected
        assert [each[n].tolist() for each in few.table(2, range(4))] == expected
    assert len(none.kept) == 0
    beyond = few.table(0, [2, 3, 4, 90])
    assert beyond.works[1].tolist() == beyond.works[2].tolist() == beyond.works[3].tolist() == _rows(sample.of(0, 3))[1]


def test_a_responsible_without_cases():
    orgs = register(organization("a"), organization("b", has_branch=True, responsible="B"))
    sample = Responses(prepare(orgs, scenario()), replications=3, seed=0)
    assert sample.enough(0) == 0
    assert sample.of(0, 5).branches.tolist() == [0, 0, 0]
    assert sample.branches([0, 1]).tolist() == [2, 2, 2]
    assert (sample.organizations, sample.branches_at_start, sample.works_at_start) == (2, 1, 1)
