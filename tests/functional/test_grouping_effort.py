"""More work is never worse, and better where a proof is open; what stops a search is told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.maps import instance
from workbench.grouping import group
from workbench.grouping.search import Effort
from workbench.grouping.search import component as search
from workbench.labels import in_language, table

DENSE = ("dense", "dense, distances only", "dense, shared points", "dense, ten a group", "geocoded")


@pytest.fixture
def short_lists(monkeypatch):
    """Small maps as hard as large ones: short lists, and small trees over them."""
    monkeypatch.setattr(search, "FIRST_LIST", 50)
    monkeypatch.setattr(search, "LONG_LIST", 1)
    monkeypatch.setattr(search.ComponentSearch, "most", property(lambda self: self.effort.columns))
    whole = Effort.of

    def meagre(effort):
        found = whole(effort)
        return Effort(**{**vars(found), "columns": 60 * found.units, "solves": found.units // 2})

    monkeypatch.setattr(Effort, "of", staticmethod(meagre))


def _open(grouping):
    return grouping.cost - grouping.cost_bound


@pytest.mark.parametrize("family", DENSE)
def test_more_work_is_nowhere_worse(family, short_lists):
    register, scenario = instance(family, 110, seed=2)
    found = [group(register, scenario, effort=units) for units in (1, 8, 64)]
    for less, more in pairwise(found):
        assert (more.covered, -more.cost) >= (less.covered, -less.cost)
        assert more.covered_bound <= less.covered_bound
        if more.covered == less.covered:
            assert more.cost_bound >= less.cost_bound - 1e-9
        assert more.check(register, scenario).ok


def test_high_is_better_than_normal_where_a_proof_is_open(short_lists):
    better = 0
    for family in ("dense, distances only", "dense, ten a group"):
        register, scenario = instance(family, 130, seed=3)
        normal, high = (group(register, scenario, effort=word) for word in ("normal", "high"))
        assert _open(high) <= _open(normal) + 1e-9
        better += _open(high) < _open(normal) - 1e-6
    assert better


def test_windows_are_searched_as_parts_of_their_own_where_there_is_more_work(short_lists, monkeypatch):
    """And better what dives and lists have left."""
    gained, whole = [], search.ComponentSearch.searched

    def searched(self, part, before):
        after = whole(self, part, before)
        gained.append((part.total(before), part.total(after)))
        return after

    monkeypatch.setattr(search.ComponentSearch, "searched", searched)
    # No list ends, and neither a dive nor a tree is of use.
    monkeypatch.setattr(search, "list_columns", lambda *_, **__: None)
    for step in ("dive", "branch", "first_answer"):
        monkeypatch.setattr(search.ComponentSearch, step, lambda self, *_: None)
    monkeypatch.setattr(search, "AS_A_PART", 0.5)
    register, scenario = instance("dense, distances only", 110, seed=1)
    normal = group(register, scenario)
    assert not gained
    more = group(register, scenario, effort=40)
    assert more.check(register, scenario).ok
    assert more.cost <= normal.cost
    assert gained
    assert all(now == covered and spent <= cost + 1e-9 for (covered, cost), (now, spent) in gained)


def test_what_stops_a_search_is_told(short_lists):
    register, scenario = instance("dense, distances only", 130, seed=3)
    told = group(register, scenario, effort="quick")
    assert told.status == "effort_spent"
    assert told.stopped_by in ("lists", "cuts", "looks", "size")
    assert table()[f"stopped_by.{told.stopped_by}"][1] in told.summary()
    with in_language("zh"):
        assert table()[f"stopped_by.{told.stopped_by}"][0] in told.summary()
