"""What must not change the answer: the order of rows, names in the same order, where the plane begins."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.oracle.grouping_instances import instances, rules
from workbench.errors import InfeasibleError, ScenarioError
from workbench.grouping import group
from workbench.inputs import check_register, make_city

FEW = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def _solved(register, scenario):
    try:
        return group(register, scenario)
    except (InfeasibleError, ScenarioError):
        assume(False)
    raise AssertionError


@FEW
@given(instances(most=10), st.randoms(use_true_random=False))
def test_row_order_changes_nothing(case, random):
    register, scenario = case
    first = _solved(register, scenario)
    order = list(register.index)
    random.shuffle(order)
    second = _solved(register.loc[order], scenario)
    pd.testing.assert_frame_equal(first.assignment, second.assignment)
    pd.testing.assert_frame_equal(first.left_out, second.left_out)
    assert (first.cost, first.cost_bound) == (second.cost, second.cost_bound)


@FEW
@given(instances(most=10, demands=False))
def test_names_in_the_same_order_change_nothing_but_names(case):
    register, scenario = case
    first = _solved(register, scenario)
    renamed = register.rename(index=lambda name: f"机构{name}")
    second = _solved(renamed, scenario)
    assert (first.covered, first.cost) == (second.covered, second.cost)
    assert ("机构" + first.assignment["org_id"]).tolist() == second.assignment["org_id"].tolist()


@FEW
@given(instances(most=10, demands=False), st.integers(-64, 64), st.integers(-64, 64))
def test_moving_the_whole_plane_changes_nothing(case, right, up):
    register, scenario = case
    moved = check_register(register.assign(x=register["x"] + right, y=register["y"] + up))
    first, second = _solved(register, scenario), _solved(moved, scenario)
    assert first.covered == second.covered
    assert first.cost == pytest.approx(second.cost, abs=1e-9)


@FEW
@given(instances(most=10))
def test_rules_hold_and_bounds_are_never_crossed(case):
    register, scenario = case
    grouping = _solved(register, scenario)
    assert grouping.assignment["org_id"].is_unique
    assert not set(grouping.assignment["org_id"]) & set(grouping.left_out["org_id"])
    assert grouping.cost_bound <= grouping.cost + 1e-9
    assert grouping.covered <= grouping.covered_bound
    assert grouping.check(register, scenario).ok


@pytest.mark.parametrize("seed", range(3))
def test_a_longer_distance_or_more_facilities_never_cover_fewer(seed):
    register = make_city(250, 5, seed=seed)
    covered = [group(register, rules(max_distance_km=km)).covered for km in (0.5, 1.0, 2.0, 4.0)]
    assert covered == sorted(covered)
    kinds = [["peer"], ["peer", "host"], ["peer", "host", "community"]]
    covered = [group(register, rules(facilities=kind, max_distance_km=1.0)).covered for kind in kinds]
    assert covered == sorted(covered)


@pytest.mark.parametrize("seed", range(2))
def test_shuffling_a_city_changes_nothing(seed):
    register = make_city(500, 8, seed=seed)
    shuffled = register.iloc[np.random.default_rng(seed).permutation(len(register))]
    first, second = group(register, rules(), effort=4), group(shuffled, rules(), effort=4)
    pd.testing.assert_frame_equal(first.assignment, second.assignment)
    assert first.cost_bound == second.cost_bound
