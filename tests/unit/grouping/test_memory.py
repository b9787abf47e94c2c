"""What is held while a search runs, and after: a nation's pairings count in gigabytes."""

from __future__ import annotations

import gc

import pytest

from benchmarks.maps import instance
from tests.oracle.grouping_instances import rules
from workbench.grouping import group, solve
from workbench.grouping.problem import Core
from workbench.grouping.search import ComponentSearch
from workbench.inputs import make_city


def _cores() -> list[Core]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, Core)]


def test_no_pairings_are_held_but_the_problem_s_and_while_they_are_searched_those_of_the_parts(monkeypatch):
    run, tell, before, beside = solve._run_all, solve.grouping_of, {id(core) for core in _cores()}, []

    def hear(searches, monitor):
        own = {id(search.core) for search in searches}
        beside.append([core for core in _cores() if id(core) not in before | own])
        run(searches, monitor)

    def answer(*given):
        beside.append([core for core in _cores() if id(core) not in before])
        return tell(*given)

    monkeypatch.setattr(solve, "_run_all", hear)
    monkeypatch.setattr(solve, "grouping_of", answer)
    found = group(make_city(200, 5, seed=1), rules(max_distance_km=1.5), effort="quick")
    assert found.covered > 0
    assert beside == [[], []]


@pytest.mark.parametrize("effort", [1, 9])
def test_a_search_that_has_ended_keeps_no_relaxation(monkeypatch, effort):
    run, searched, kept = solve._run_all, [], []
    monkeypatch.setattr(
        solve, "_run_all", lambda searches, monitor: (searched.extend(searches), run(searches, monitor))
    )
    tightened = ComponentSearch.tightened
    monkeypatch.setattr(
        ComponentSearch, "tightened", lambda self, *given: kept.append(found := tightened(self, *given)) or found
    )
    group(*instance("geocoded", 50, 1), effort=effort)
    assert any(found is not None for found in kept)
    assert all(search._tightened is search._tree is search._prices is None for search in searched)
