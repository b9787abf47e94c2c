"""What a register and a scenario's switches make of the grouping problem."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.errors import ScenarioError
from workbench.grouping import group
from workbench.grouping.problem.build import build_problem
from workbench.inputs.register.tiers import effective_members, in_scope, tiers

PARTS = {"members_on_roll": 1, "members_floating": 1, "members_part_time": 1, "full_members": 3}


def _arcs(problem):
    names = problem.facilities.kind_names
    return {
        (problem.units.ids[u], names[f], problem.facilities.ids[f]): (d, c)
        for u, f, d, c in zip(
            problem.arcs.unit, problem.arcs.facility, problem.arcs.distance, problem.arcs.cost, strict=True
        )
    }


@pytest.mark.parametrize(("basis", "tier"), [("on_roll", "T1"), ("floating", "T2"), ("part_time", "T3")])
def test_the_member_basis_decides_the_tier(basis, tier):
    register, scenario = city(PARTS), rules(policy={"member_basis": basis})
    assert tiers(register, scenario).tolist() == [tier]
    assert effective_members(register, scenario).dtype == np.int64


def test_a_branch_is_a_tier_of_its_own():
    register = city({"full_members": 5, "has_branch": True}, {"full_members": 0})
    assert tiers(register, rules()).tolist() == ["branch", "T0"]


def test_a_basis_without_parts_names_every_organization():
    with pytest.raises(ScenarioError) as caught:
        effective_members(at((0, 0), (1, 1)), rules(policy={"member_basis": "on_roll"}))
    assert [fault.place for fault in caught.value.faults] == ["u00", "u01"]


def test_dormant_organizations_are_out_of_scope_only_where_the_denominator_is_active():
    register = city({}, {"dormant": True})
    assert len(in_scope(register, rules())) == 2
    assert in_scope(register, rules(policy={"denominator": "active"})).index.tolist() == ["u00"]


def test_dormant_organizations_are_no_units_and_no_hosts():
    register = city({"dormant": True}, {"has_branch": True, "host_capacity": 2, "dormant": True}, {})
    problem = build_problem(register, rules())
    assert problem.units.ids.tolist() == ["u02"]
    assert problem.facilities.ids.tolist() == ["u02"]


def test_dormant_organizations_count_in_a_centre_unless_only_active_ones_count():
    rows = [{"community": "东社区", "x": 0.0}, {"community": "东社区", "x": 3.0, "dormant": True}]
    allowed = {"facilities": ["community"], "max_distance_km": 5}
    assert _arcs(build_problem(city(*rows), rules(**allowed)))["u00", "community", "甲街道/东社区"][0] == 1.5
    active = build_problem(city(*rows), rules(policy={"denominator": "active"}, **allowed))
    assert _arcs(active)["u00", "community", "甲街道/东社区"][0] == 0.0


def test_two_members_are_units_only_under_joint():
    register = city({"full_members": 2}, {})
    assert len(build_problem(register, rules()).units) == 1
    problem = build_problem(register, rules(policy={"two_members": "joint"}))
    assert problem.units.members.tolist() == [2, 1]


def test_costs_follow_the_weights():
    register = city(
        {"industry": "教育", "supervisor": "教育局"},
        {"x": 1.0, "industry": "文化", "supervisor": "民政局", "street": "乙街道"},
        {"x": 2.0, "street": "乙街道"},
    )
    arcs = _arcs(build_problem(register, rules()))
    assert arcs["u00", "peer", "u00"] == (0.0, 0.0)
    assert arcs["u01", "peer", "u00"] == (1.0, pytest.approx(1.0 + 0.3 + 0.2 + 0.5))
    # A missing industry or supervisor differs from nothing.
    assert arcs["u02", "peer", "u00"] == (2.0, pytest.approx(2.0 + 0.5))
    assert arcs["u02", "peer", "u01"] == (1.0, pytest.approx(1.0))


def test_same_street_requires_prefers_or_ignores():
    register = city({}, {"street": "乙街道", "x": 1.0})
    assert ("u01", "peer", "u00") not in _arcs(build_problem(register, rules(same_street="require")))
    assert _arcs(build_problem(register, rules(same_street="ignore")))["u01", "peer", "u00"][1] == 1.0


def test_the_distance_limit_has_a_tolerance_for_rounding_only():
    limit = rules(max_distance_km=0.3)
    assert ("u01", "peer", "u00") in _arcs(build_problem(at((0.1, 0), (0.4, 0)), limit))
    assert ("u01", "peer", "u00") not in _arcs(build_problem(at((0.1, 0), (0.4 + 1e-8, 0)), limit))


def test_a_given_centre_moves_the_community():
    register = at((0, 0), (2, 0), community="东社区")
    given = rules(facilities=["community"], community_centres={"甲街道/东社区": [0, 1]})
    assert _arcs(build_problem(register, given))["u00", "community", "甲街道/东社区"][0] == 1.0


def test_lon_lat_are_geodesics():
    register = city(
        *({"x": np.nan, "y": np.nan, "lon": lon, "lat": lat} for lon, lat in [(120.0, 30.0), (120.01, 30.0)])
    )
    distance = _arcs(build_problem(register, rules()))["u01", "peer", "u00"][0]
    assert distance == pytest.approx(0.9649, abs=1e-4)


@pytest.mark.parametrize(("lat", "step"), [(0.0, 0.02697), (60.0, 0.0538), (85.0, 0.3083)])
def test_the_index_loses_no_neighbour_at_any_latitude(lat, step):
    lons = [179.9 + step * k if 179.9 + step * k <= 180 else 179.9 + step * k - 360 for k in range(8)]
    register = city(*({"x": np.nan, "y": np.nan, "lon": lon, "lat": lat} for lon in lons))
    problem = build_problem(register, rules(max_distance_km=3.01))
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    near = {(a, b) for a in range(8) for b in range(8) if geod.inv(lons[a], lat, lons[b], lat)[2] <= 3010}
    assert {(int(u), int(f)) for u, f in zip(problem.arcs.unit, problem.arcs.facility, strict=True)} == near
    assert len(near) > 8


def test_no_place_at_all_is_said():
    with pytest.raises(ScenarioError, match="no organization in the register has a place"):
        group(at((np.nan, np.nan), (np.nan, np.nan)), rules())
