"""The optimum against every legal grouping, on small instances with every kind of rule and demand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.oracle.grouping_instances import ROW, city, instances
from tests.oracle.grouping_twin import best_grouping
from workbench.errors import InfeasibleError, ScenarioError
from workbench.grouping import group
from workbench.inputs import check_register
from workbench.inputs.register.tiers import in_scope

SLOW = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


#: Refused before anything is tried, although leaving all out that a demand names, or hosts, might do.
REFUSED = {"link_no_unit", "link_clash", "pin_forbidden", "pin_no_unit", "least_above_most", "chain_too_long"}


def _agrees(register, scenario, **how):
    """Solve and hold against trying everything; whether there was an answer."""
    best = best_grouping(register, scenario)
    refused: set[str] = set()
    grouping = None
    try:
        grouping = group(register, scenario, **how)
    except ScenarioError:
        counted = in_scope(register, scenario)
        refused = {"no_places"} if not counted[["x", "y"]].notna().all(axis=1).any() else set()
    except InfeasibleError as error:
        refused = REFUSED & {fault.code for fault in error.faults} or ({"infeasible"} if best is None else set())
    if grouping is None:
        assert refused
        return False
    assert best is not None
    covered, cost = best
    assert grouping.covered == covered
    assert grouping.cost == pytest.approx(cost, abs=1e-6)
    assert grouping.covered_bound == covered
    assert grouping.cost_bound == pytest.approx(cost, abs=1e-6)
    assert grouping.status == "optimal"
    assert grouping.gap == pytest.approx(0.0, abs=1e-6)
    report = grouping.check(register, scenario)
    assert report.ok, report.summary()
    return True


@settings(SLOW, max_examples=25)
@given(instances(most=12))
def test_quick_cities_are_what_the_check_gives(case):
    register, _ = case
    pd.testing.assert_frame_equal(register, check_register(register))
    if len(register) > 1:
        said = register[[*ROW, *("community", "members_on_roll", "members_floating", "members_part_time"),
                         *("host_capacity", "industry", "supervisor", "dormant")]]  # fmt: skip
        rows = said.astype(object).where(said.notna(), None).to_dict("records")
        pd.testing.assert_frame_equal(register, city(*rows, names=list(register.index)))


@SLOW
@given(instances(most=8))
def test_the_best_grouping_of_few_units_with_demands(case):
    _agrees(*case)


@settings(SLOW, max_examples=20)
@given(instances(most=12))
def test_the_best_grouping_of_up_to_twelve_units(case):
    _agrees(*case)


@SLOW
@given(instances(most=9, demands=False))
def test_the_best_grouping_of_few_units_without_demands(case):
    assume(_agrees(*case))


@SLOW
@given(instances(most=8))
def test_bounds_hold_at_the_least_effort(case):
    register, scenario = case
    best = best_grouping(register, scenario)
    assume(best is not None)
    try:
        grouping = group(register, scenario, effort=1)
    except (InfeasibleError, ScenarioError):
        assume(False)
    covered, cost = best
    assert grouping.covered <= covered <= grouping.covered_bound
    if grouping.covered == covered:
        assert grouping.cost_bound <= cost + 1e-6
        assert grouping.cost >= cost - 1e-6
    assert grouping.check(register, scenario).ok


@SLOW
@given(instances(most=8))
def test_hand_methods_are_legal_and_never_better(case):
    register, scenario = case
    best = best_grouping(register, scenario)
    for method in ("nearest", "community", "supervisor"):
        try:
            grouping = group(register, scenario, method=method)
        except (InfeasibleError, ScenarioError):
            continue
        report = grouping.check(register, scenario)
        assert report.ok, report.summary()
        assert best is not None
        assert (grouping.covered, -grouping.cost) <= (best[0], -best[1] + 1e-6)
        assert grouping.covered_bound >= best[0]
