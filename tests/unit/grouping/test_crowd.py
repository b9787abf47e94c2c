"""Parts where many items are alike: sorts, patterns, and the best choice among them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.grouping import group
from workbench.grouping.core import Core, core_of, parts_of
from workbench.grouping.crowd import choose_alike, list_patterns, sorts_of
from workbench.grouping.problem import build_problem
from workbench.grouping.reduce import reduce_core

INDUSTRIES, SUPERVISORS = ("教育", "文化", "科技", "卫生"), ("民政", "教育局", "科技局")


def _crowd(units: int, seed: int = 0):
    """Units on one point, of up to twelve sorts."""
    rng = np.random.default_rng(seed)
    rows = [{"industry": rng.choice(INDUSTRIES), "supervisor": rng.choice(SUPERVISORS)} for _ in range(units)]
    return city(*rows, names=[f"u{k:03d}" for k in range(units)])


def _part(register, scenario) -> Core:
    (part,) = parts_of(reduce_core(core_of(build_problem(register, scenario))[0]).core)
    return part.core


@pytest.mark.parametrize("units", [60, 300])
def test_many_sorts_on_one_point_are_grouped_by_sort_and_proven(units):
    register, scenario = _crowd(units), rules()
    grouping = group(register, scenario, effort="quick")
    assert (grouping.covered, grouping.status) == (units, "optimal")
    assert grouping.check(register, scenario).ok
    # Each sort by itself, where all sorts have three at least, is one way to do it.
    sorts = register.groupby(["industry", "supervisor"]).size()
    if sorts.min() >= 3:
        assert grouping.cost <= 0.3 * np.ceil(sorts / 5).sum() + 1e-9
    assert grouping.cost >= 0.3 * units / 5 - 1e-9


def test_sorts_are_where_items_share_place_and_traits():
    register = at(*[(0, 0)] * 5, *[(0, 1)] * 5)
    core = _part(register, rules())
    sorts = sorts_of(core)
    assert sorts is not None
    assert sorts.count.tolist() == [5, 5]
    assert sorts.cost.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_no_sorts_where_few_are_alike():
    assert sorts_of(_part(at(*[(k / 10, 0) for k in range(8)]), rules())) is None


@pytest.mark.parametrize("field", ["opening", "members", "cost"])
def test_no_sorts_where_they_would_hide_a_difference(field):
    core = _part(at(*[(0, 0)] * 8), rules())
    values = getattr(core, field).copy()
    values[3] += 1
    assert sorts_of(core) is not None
    assert sorts_of(replace(core, **{field: values})) is None


def test_patterns_are_all_ways_to_fill_a_group():
    core = _part(at(*[(0, 0)] * 4, *[(0, 1)] * 4), rules())
    patterns = list_patterns(core, sorts_of(core))
    wanted = {(a, b) for a, b in product(range(5), repeat=2) if 3 <= a + b <= 5}
    assert sorted(map(tuple, patterns.held.tolist())) == sorted(wanted)
    # Who leads is of the larger half.
    assert patterns.cost == pytest.approx([0.3 + min(pair) for pair in patterns.held.tolist()])


def test_a_centre_leads_once_and_enemies_keep_apart():
    rows = [{"community": "东社区"}] * 10
    scenario = rules(facilities=["peer", "community"], open_community=0.0, cannot_link=[["u00", "u01"]])
    register = city(*rows)
    grouping = group(register, scenario)
    assert grouping.check(register, scenario).ok
    assert (grouping.covered, grouping.status) == (10, "optimal")
    assert grouping.cost == pytest.approx(0.3)


def test_too_many_patterns_are_not_listed(monkeypatch):
    monkeypatch.setattr("workbench.grouping.crowd.PATTERNS", 10)
    core = _part(_crowd(40), rules())
    how = {"upper": 99.0, "looks": 100, "seed": 0, "gap": 0.0, "left": lambda: np.inf, "watch": None}
    assert choose_alike(core, 40, **how) is None


def test_a_choice_from_a_few_patterns_keeps_its_bound_below(monkeypatch):
    core = _part(_crowd(40), rules())
    how = {"looks": 10_000, "seed": 0, "gap": 0.0, "left": lambda: np.inf, "watch": None}
    exact = choose_alike(core, 40, upper=99.0, **how)
    assert exact.optimal
    cost = core.total(exact.chosen)[1]
    assert exact.bound == pytest.approx(cost)
    monkeypatch.setattr("workbench.grouping.crowd.FEW", 100)
    monkeypatch.setattr("workbench.grouping.crowd.MANY", 200)
    some = choose_alike(core, 40, upper=99.0, **how)
    assert some.bound <= cost + 1e-6
    assert core.total(some.chosen)[1] >= cost - 1e-9
