"""The independent check finds every kind of fault that is planted in a good grouping."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.grouping import group
from workbench.inputs import make_city

POINTS = [(0, 0), (1, 0), (2, 0), (0, 2), (1, 2), (2, 2), (40, 0)]


@pytest.fixture
def good():
    register, scenario = at(*POINTS), rules(max_distance_km=2.5)
    grouping = group(register, scenario)
    assert grouping.check(register, scenario).ok
    return register, grouping


def _codes(register, grouping, **scenario):
    scenario.setdefault("max_distance_km", 2.5)
    return {fault.code for fault in grouping.check(register, rules(**scenario)).faults}


@pytest.mark.parametrize(
    ("scenario", "code"),
    [
        ({"max_distance_km": 0.5}, "check_far"),
        ({"max_units": 2}, "check_overfull"),
        ({"min_members": 4}, "check_too_few"),
        ({"facilities": ["host"]}, "check_kind"),
        ({"must_link": [["u00", "u06"]]}, "check_must_link"),
        ({"open_peer": 1.0}, "check_total"),
        ({"pinned": {"u06": ["peer", "u06"]}}, "check_pinned"),
    ],
)
def test_another_scenario_shows(good, scenario, code):
    assert code in _codes(*good, **scenario)


def test_links_and_forbidden_places_show(good):
    register, grouping = good
    joined = grouping.assignment.query("org_id != facility_id").iloc[0]
    assert "check_cannot_link" in _codes(register, grouping, cannot_link=[[joined.org_id, joined.facility_id]])
    assert "check_forbidden" in _codes(register, grouping, forbidden=[[joined.org_id, "peer", joined.facility_id]])


def test_another_register_shows(good):
    _, grouping = good
    assert {"check_figures", "check_no_unit"} <= _codes(
        city(*({"x": x * 1.1, "y": float(y), "full_members": 0 if x == 40 else 1} for x, y in POINTS)),
        replace(grouping, assignment=grouping.assignment.replace({"org_id": {"u05": "u06"}})),
    )


def test_rows_that_are_twice_missing_or_leaderless_show(good):
    register, grouping = good
    table = grouping.assignment
    twice = replace(grouping, assignment=pd.concat([table, table.head(1)], ignore_index=True))
    assert "check_twice" in _codes(register, twice)
    short = replace(grouping, assignment=table.query("org_id != facility_id").reset_index(drop=True))
    assert {"check_leader", "check_left_out", "check_group_row", "check_too_few"} <= _codes(register, short)


@pytest.mark.parametrize("wrong", [{"covered": 5}, {"cost": 0.1}, {"cost_bound": 99.0}, {"covered_bound": 3}])
def test_wrong_totals_show(good, wrong):
    register, grouping = good
    assert "check_total" in _codes(register, replace(grouping, **wrong))


def test_hosts_and_communities_are_held_to_their_rules():
    host = {"has_branch": True, "full_members": 4, "host_capacity": 1}
    register = city(host, {"x": 1.0, "community": "东社区"}, {"x": 2.0, "street": "乙街道"})
    grouping = group(register, rules(facilities=["host"]))
    assert grouping.covered == 1
    full = register.assign(host_capacity=0)
    assert "check_no_host" in {fault.code for fault in grouping.check(full, rules(facilities=["host"])).faults}
    moved = replace(
        grouping,
        assignment=grouping.assignment.assign(facility_kind="community", facility_id="甲街道/西社区"),
    )
    assert {"check_community", "check_no_place"} <= {f.code for f in moved.check(register, rules()).faults}
    strict = rules(facilities=["host"], same_street="require")
    other = register.assign(street=["丙街道", "甲街道", "乙街道"])
    assert "check_street" in {fault.code for fault in grouping.check(other, strict).faults}


def test_a_whole_city_passes_in_every_way_of_making_it():
    register, scenario = make_city(500, 8, seed=2), rules()
    for method in ("optimal", "nearest", "community", "supervisor"):
        report = group(register, scenario, method=method, effort="quick").check(register, scenario)
        assert report.ok, report.summary()
        assert "nothing wrong" in report.summary()
    assert not group(register, scenario, effort="quick").check(register, rules(max_distance_km=0.1)).ok
