"""An answer place by place: what the relaxation chooses whole stays, and each place is solved by itself."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.grouping.models import Columns, Solution, in_part, surroundings
from workbench.grouping.search import component, places
from workbench.grouping.search.component import ComponentSearch
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.monitor import Monitor

AROUND = 40


def _search(core, begin):
    monitor = Monitor([int(core.size.sum())], None, None, 0.0)
    return ComponentSearch(core=core, effort=Effort.of(8), seed=0, monitor=monitor, part=0, gap=0.0, chosen=begin)


def _placed(core, begin, proof, tell):
    return places.place_by_place(core, proof, AROUND, 0, lambda: np.inf, _search(core, begin).placed, tell)


def test_whole_groups_are_those_that_are_chosen_once(solved):
    core, _, proof = solved
    chosen = places.whole_groups(core, proof)
    held = np.zeros(core.items)
    for k, share in enumerate(proof.share):
        if share > 1 - 1e-6:
            for item in proof.columns.item[proof.columns.start[k] : proof.columns.start[k + 1]]:
                held[item] += 1
                assert chosen[item] == proof.columns.facility[k]
    assert ((chosen >= 0) == (held == 1)).all()
    assert held.max() == 1
    assert core.allows(chosen)


def test_places_hold_all_that_is_undecided_and_never_most_of_the_part(solved):
    core, _, proof = solved
    found = in_part(proof.columns, proof.share, core.items)
    near = places.undecided(core, proof, AROUND)
    assert len(near) > 0
    small = [items for items in found if max(AROUND, places.TIMES_ITS_OWN * len(items)) * 2 <= core.items]
    assert len(near) == len(small)
    for items, place in zip(small, near, strict=True):
        assert np.array_equal(place[: len(items)], items)
        assert len(np.unique(place)) == len(place) <= core.items / 2


def test_a_place_of_more_than_half_of_the_part_is_none(solved):
    core, _, proof = solved
    assert places.undecided(core, proof, core.items // 2 + 1) == []


def test_the_answer_covers_everybody_and_is_near_the_bound(solved):
    core, begin, proof = solved
    told = []
    found = _placed(core, begin, proof, lambda: told.append(1) is None)
    covered, cost = core.total(found)
    assert core.allows(found)
    assert covered == core.size.sum()
    assert len(told) >= len(places.undecided(core, proof, AROUND))
    # A planner's is several times as far.
    assert proof.bound - 1e-6 <= cost < proof.bound + (core.total(begin)[1] - proof.bound) / 4


def test_whoever_listens_to_the_whole_hears_of_its_places_and_a_place_has_none(solved, monkeypatch):
    core, begin, _ = solved
    heard, searched = [], []
    monitor = Monitor([int(core.size.sum())], None, lambda progress: heard.append(progress.cost) is None, 0.0)
    whole = ComponentSearch(core=core, effort=Effort.of(8), seed=0, monitor=monitor, part=0, gap=0.0, chosen=begin)
    monkeypatch.setattr(ComponentSearch, "settle_places", lambda *_: pytest.fail("a place in a place"))
    prove = ComponentSearch.prove
    monkeypatch.setattr(
        ComponentSearch, "prove", lambda search, prices: searched.append(search) or prove(search, prices)
    )
    assert core.allows(whole.placed(core, np.full(core.items, -1, np.int64)))
    assert len(searched) > 0
    # A place's own figures are not the whole's.
    assert set(heard) == {whole.cost}


def test_who_must_be_in_is_not_left_out_for_an_answer_of_places(solved, monkeypatch):
    core, begin, proof = solved
    search = _search(core.with_must(np.ones(core.items, np.bool_)), begin)
    search.offer(begin)
    nobody = np.full(core.items, -1, np.int64)
    monkeypatch.setattr(component, "place_by_place", lambda *_: nobody)
    # Whatever is thought of its figures.
    monkeypatch.setattr(search, "offer", lambda found: pytest.fail("not allowed"))
    assert not search.settle_places(proof, AROUND)


def test_a_count_that_is_stopped_at_once_bounds_nothing(solved, monkeypatch):
    core, begin, _ = solved
    search = _search(core, begin)
    search.covered_bound = search.everybody
    monkeypatch.setattr(component, "most_covered", lambda *_, **__: Solution(None, np.inf, False, False, 1))
    search.cover()
    assert search.covered_bound == search.everybody


def test_what_is_around_is_what_groups_of_little_slack_lead_to():
    start, item = np.array([0, 2, 4, 6]), np.array([0, 1, 1, 2, 2, 3])
    nothing = np.zeros(3)
    listed = Columns(start, item, np.arange(3), nothing, nothing)
    slack = np.array([0.01, 0.0, 0.06])
    assert surroundings(listed, slack, np.array([0]), 4, 4).tolist() == [0, 1, 2]
    assert surroundings(listed, slack, np.array([0]), 4, 2).tolist() == [0, 1]
    assert surroundings(listed, slack, np.array([2, 3]), 4, 1).tolist() == [2, 3]


def test_places_stop_where_they_are_told(solved):
    core, begin, proof = solved
    told = []
    found = _placed(core, begin, proof, lambda: bool(told.append(1)))
    assert len(told) == 1
    assert core.allows(found)
