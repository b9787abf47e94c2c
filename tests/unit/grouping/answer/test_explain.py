"""Why a unit is where it is, and what would bring in one left out."""

from __future__ import annotations

import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.grouping import group
from workbench.labels import in_language


def test_a_member_is_told_its_group_and_its_next_best_place():
    register = at((0, 0), (1, 0), (2, 0), (2.4, 0.1), (4, 0), (5, 0), (6, 0))
    grouping = group(register, rules())
    found = {org_id: grouping.explain(org_id) for org_id in grouping.assignment["org_id"]}
    told = found["u00"]
    assert told.facility_id in str(told)
    assert told.reason is None
    movable = [each for each in found.values() if (each.places["obstacle"] == "").any()]
    for each in movable:
        # Nothing that can simply be moved makes an optimal grouping cheaper.
        assert each.places["change"].min() >= -1e-9
        assert "next best" in each.text
    leaders = grouping.assignment.query("org_id == facility_id")["org_id"]
    assert "leads its group" in found[leaders.iloc[0]].text


def test_moving_where_told_costs_what_was_told():
    register = at((0, 0), (1, 0), (0.5, 1), (0.5, 0.2), (2.5, 0), (3, 0), (3.5, 0))
    scenario = rules()
    grouping = group(register, scenario)
    for org_id in grouping.assignment["org_id"]:
        places = grouping.explain(org_id).places.query("obstacle == ''")
        if len(places):
            place = places.iloc[0]
            pinned = {org_id: [place.facility_kind, place.facility_id]}
            moved = group(register, rules(pinned=pinned))
            assert moved.cost <= grouping.cost + place.change + 1e-9
            return
    pytest.fail("nobody could move")


def test_far_away():
    told = group(at((0, 0), (1, 0), (2, 0), (9, 0)), rules()).explain("u03")
    assert told.reason == "out_of_reach"
    assert "7.00 km away" in told.text
    assert "2 more members" in told.text


def test_a_full_host():
    host = {"has_branch": True, "full_members": 4, "host_capacity": 1}
    register = city(host, {"x": 1.0}, {"x": 2.0})
    told = group(register, rules(facilities=["host"])).explain("u02")
    assert told.reason == "no_room"
    assert "1 place within reach is full, u00 for one" in told.text


def test_links_are_named():
    told = group(at((0, 0), (1, 0), (2, 0), (9, 0)), rules(must_link=[["u00", "u03"]])).explain("u00")
    assert told.reason == "linked"
    assert "u03" in told.text


def test_a_pin_is_named_and_alone_means_nowhere_else():
    register = at((0, 0), (1, 0), (2, 0))
    grouping = group(register, rules(pinned={"u00": ["peer", "u00"]}))
    assert "pins it there" in grouping.explain("u00").text
    with in_language("zh"):
        assert "方案指定" in grouping.explain("u00").text


def test_what_is_no_unit_is_said():
    with pytest.raises(KeyError, match="nobody is not a unit of this grouping"):
        group(at((0, 0)), rules()).explain("nobody")


def test_a_pin_is_named_and_nothing_is_said_of_what_it_rules_out():
    told = group(at((0, 0), (1, 0), (2, 0)), rules(pinned={"u00": ["peer", "u02"]})).explain("u00")
    assert "the scenario pins it there" in told.text
    assert "nowhere else" not in told.text
