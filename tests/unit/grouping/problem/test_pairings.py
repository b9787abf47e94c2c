"""Pairings are found where they stand, and by item, as a look through all of them finds them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracle.grouping_instances import rules
from workbench.grouping.problem.build import build_problem
from workbench.grouping.problem.core import core_of, ranges
from workbench.grouping.problem.pairings import in_order
from workbench.inputs import make_city


@pytest.mark.parametrize("seed", range(3))
def test_pairings_are_found_as_a_look_through_all_finds_them(seed):
    core, _ = core_of(build_problem(make_city(90, 3, seed=seed), rules(policy={"two_members": "joint"})))
    there = {(int(f), int(i)): k for k, (f, i) in enumerate(zip(core.facility, core.item, strict=True))}
    facility, item = (part.ravel() for part in np.meshgrid(np.arange(core.facilities), np.arange(core.items)))
    found = core.find(facility, item)
    assert found.tolist() == [there.get((int(f), int(i)), -1) for f, i in zip(facility, item, strict=True)]
    assert (found >= 0).sum() == len(core.item) > 0
    start, arcs = core.by_item()
    for one in range(core.items):
        assert arcs[start[one] : start[one + 1]].tolist() == np.flatnonzero(core.item == one).tolist()


def test_no_pairing_is_found_among_none():
    core, _ = core_of(build_problem(make_city(30, 3, seed=0), rules(max_distance_km=0.0, facilities=["host"])))
    core = core.keep(np.zeros(len(core.item), np.bool_))
    assert core.find(np.array([0]), np.array([0])).tolist() == [-1]
    assert [part.tolist() for part in core.by_item()] == [[0] * (core.items + 1), []]


def test_pairs_are_put_in_the_order_that_sorting_puts_them_in():
    rng = np.random.default_rng(0)
    for count in (0, 1, 7, 300):
        first, second = rng.integers(0, 12, count), rng.integers(0, 5, count)
        assert in_order(first, second).tolist() == np.lexsort((second, first)).tolist()


def test_ranges_follow_one_another():
    assert ranges(np.array([3, 7, 0]), np.array([5, 7, 2])).tolist() == [3, 4, 0, 1]


def test_what_changes_nothing_is_no_copy():
    core, _ = core_of(build_problem(make_city(30, 3, seed=0), rules()))
    assert core.keep(np.ones(len(core.item), np.bool_)) is core
    assert core.in_units(1.0) is core
