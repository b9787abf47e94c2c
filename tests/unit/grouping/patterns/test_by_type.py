"""Parts where many items are alike: types, patterns, and the best choice among them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.maps import instance
from tests.oracle.grouping_instances import at, city, rules
from workbench.grouping import group
from workbench.grouping.patterns.by_type import choose_by_type
from workbench.grouping.patterns.item_types import item_types_of
from workbench.grouping.problem.build import build_problem
from workbench.grouping.problem.core import Core, core_of, parts_of
from workbench.grouping.problem.reduce import reduce_core

INDUSTRIES, SUPERVISORS = ("教育", "文化", "科技", "卫生"), ("民政", "教育局", "科技局")


def _crowd(units: int, seed: int = 0):
    """Units on one point, of up to twelve types."""
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
    # Each type by itself, where all types have three at least, is one way to do it.
    types = register.groupby(["industry", "supervisor"]).size()
    if types.min() >= 3:
        assert grouping.cost <= 0.3 * np.ceil(types / 5).sum() + 1e-9
    assert grouping.cost >= 0.3 * units / 5 - 1e-9


def test_sorts_are_where_items_share_place_and_traits():
    register = at(*[(0, 0)] * 5, *[(0, 1)] * 5)
    core = _part(register, rules())
    found = item_types_of(core)
    assert found is not None
    types, names = found
    assert names.of.tolist() == [0] * 5 + [1] * 5
    assert types.count.tolist() == [5, 5]
    assert types.cost.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_no_sorts_where_few_are_alike():
    assert item_types_of(_part(at(*[(k / 7, 0) for k in range(8)]), rules())) is None


def test_no_sorts_where_they_are_too_many(monkeypatch):
    core = _part(at(*[(0, 0)] * 4, *[(0, 1)] * 4), rules())
    assert item_types_of(core) is not None
    monkeypatch.setattr("workbench.grouping.patterns.item_types.PAIRS", 3)
    assert item_types_of(core) is None


@pytest.mark.parametrize("field", ["opening", "members", "cost"])
def test_no_sorts_where_they_would_hide_a_difference(field):
    core = _part(at(*[(0, 0)] * 8), rules())
    values = getattr(core, field).copy()
    values[3] += 1
    assert item_types_of(core) is not None
    assert item_types_of(replace(core, **{field: values})) is None


def test_a_centre_leads_once_and_enemies_keep_apart():
    rows = [{"community": "东社区"}] * 10
    scenario = rules(facilities=["peer", "community"], open_community=0.0, cannot_link=[["u00", "u01"]])
    register = city(*rows)
    grouping = group(register, scenario)
    assert grouping.check(register, scenario).ok
    assert (grouping.covered, grouping.status) == (10, "optimal")
    assert grouping.cost == pytest.approx(0.3)


def _choose(core: Core, at_least: int, start: np.ndarray, **more):
    how = {"looks": 10_000, "seed": 0, "gap": 0.0, "left": lambda: np.inf, "watch": None}
    return choose_by_type(core, at_least, start=start, **(how | more))


def _by_hand(core: Core) -> np.ndarray:
    """Each unit down the list calls the next four."""
    own = np.full(core.items, -1)
    own[core.lead] = np.arange(core.facilities)
    return own[np.arange(core.items) // 5 * 5]


def test_a_search_that_is_stopped_keeps_its_bound_below_and_its_answer_legal():
    core = _part(_crowd(40), rules())
    exact = _choose(core, 40, _by_hand(core))
    cost = core.total(exact.chosen)[1]
    assert exact.bound == pytest.approx(cost)
    for looks in range(4):
        asked = iter(range(looks))
        some = _choose(core, 40, _by_hand(core), watch=lambda *_, asked=asked: next(asked, None) is not None)
        assert core.allows(some.chosen)
        assert some.bound <= cost + 1e-9 <= core.total(some.chosen)[1] + 2e-9


def test_without_time_nothing_is_claimed():
    core = _part(_crowd(40), rules())
    assert _choose(core, 40, _by_hand(core), left=lambda: 0.0) is None


def test_a_part_of_the_units_costs_least_where_the_dearest_stay_out():
    rows = [{"industry": "教育"}] * 5 + [{"industry": "文化"}] * 5 + [{"industry": "科技"}]
    core = _part(city(*rows), rules(facilities=["peer"]))
    start = _by_hand(core)
    start[10] = -1
    found = _choose(core, 10, start)
    assert core.total(found.chosen) == (10, pytest.approx(0.6))
    assert found.bound == pytest.approx(0.6)


def test_a_gap_that_will_do_ends_the_search():
    core = _part(_crowd(60), rules())
    found = _choose(core, 60, _by_hand(core), gap=1.0)
    assert core.total(found.chosen)[1] <= 2 * found.bound


@pytest.mark.parametrize("family", ["one point", "one point, two members"])
@pytest.mark.parametrize("units", [60, 300])
def test_crowds_are_proven_whether_or_not_some_have_two_members(family, units):
    register, scenario = instance(family, units)
    grouping = group(register, scenario, effort="quick")
    assert (grouping.covered, grouping.status) == (units, "optimal")
    assert grouping.check(register, scenario).ok


def test_a_crowd_of_which_hardly_two_are_alike_is_proven():
    """All costs are multiples of 0.1 there: so is the bound, and it proves the answer."""
    register, scenario = instance("one point, many sorts", 60, seed=1)
    grouping = group(register, scenario)
    assert grouping.status == "optimal"


@pytest.mark.parametrize(
    ("pairs", "stopped_by", "gap"), [(10**6, "lists", 0.03), (1, "size", 0.1)], ids=["few places", "windows"]
)
def test_where_sorts_are_too_many_few_places_are_chosen_among_or_windows(monkeypatch, pairs, stopped_by, gap):
    register, scenario = instance("one point, many sorts", 100, seed=1)
    whole = group(register, scenario, effort="quick")
    monkeypatch.setattr("workbench.grouping.patterns.item_types.SORTS_APART", 80)
    monkeypatch.setattr("workbench.grouping.patterns.item_types.PAIRS_APART", pairs)
    quick, normal = (group(register, scenario, effort=word) for word in ("quick", "normal"))
    for found in (quick, normal):
        assert found.check(register, scenario).ok
        assert found.covered == 100
        assert found.cost_bound - 1e-6 <= whole.cost <= found.cost + 1e-6
        assert found.status == "optimal" or found.stopped_by == stopped_by
    assert normal.cost <= quick.cost + 1e-9
    assert normal.gap <= gap
