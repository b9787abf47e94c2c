"""Demands that cannot be met are refused, by name and with the arithmetic."""

from __future__ import annotations

import pytest

from tests.oracle.grouping_instances import at, city, rules
from workbench.errors import InfeasibleError, ScenarioError
from workbench.grouping import group

ROW = [(0, 0), (1, 0), (2, 0), (3, 0), (30, 0)]
HOST = {"has_branch": True, "full_members": 4, "host_capacity": 1}


def _codes(register, scenario, kind=InfeasibleError):
    with pytest.raises(kind) as caught:
        group(register, scenario)
    assert str(caught.value)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("demand", "code"),
    [
        ({"pinned": {"nobody": ["peer", "u01"]}}, "unknown_organization"),
        ({"pinned": {"u00": ["peer", "nobody"]}}, "unknown_organization"),
        ({"pinned": {"u00": ["community", "甲街道/无社区"]}}, "unknown_community"),
        ({"must_link": [["u00", "nobody"]]}, "unknown_organization"),
        ({"cannot_link": [["nobody", "u00"]]}, "unknown_organization"),
        ({"forbidden": [["nobody", "peer", "u00"]]}, "unknown_organization"),
        ({"community_centres": {"甲街道/无社区": [0, 0]}}, "unknown_community"),
    ],
)
def test_unknown_names(demand, code):
    assert _codes(at(*ROW), rules(**demand), ScenarioError) == [code]


def test_all_unknown_names_are_reported_at_once():
    demand = rules(must_link=[["a", "b"]], pinned={"c": ["peer", "d"]})
    assert len(_codes(at(*ROW), demand, ScenarioError)) == 4


@pytest.mark.parametrize(
    ("demand", "code"),
    [
        ({"pinned": {"u04": ["peer", "u00"]}}, "pin_too_far"),
        ({"pinned": {"u04": ["peer", "u04"]}}, "pin_too_few"),
        ({"pinned": {"u00": ["host", "u01"]}}, "pin_no_host"),
        ({"pinned": {"u00": ["peer", "u01"]}, "facilities": ["host"]}, "pin_kind_not_allowed"),
        ({"pinned": {"u00": ["peer", "u01"], "u01": ["peer", "u02"]}}, "pin_leader_elsewhere"),
        ({"pinned": {"u00": ["peer", "u01"]}, "forbidden": [["u00", "peer", "u01"]]}, "pin_forbidden"),
        ({"pinned": {k: ["peer", "u01"] for k in ("u00", "u02", "u03")}, "max_units": 3}, "group_overfull"),
        ({"must_link": [["u00", "u01"], ["u01", "u02"]], "cannot_link": [["u02", "u00"]]}, "link_clash"),
        (
            {"pinned": {"u00": ["peer", "u01"], "u02": ["peer", "u01"]}, "cannot_link": [["u00", "u02"]]},
            "pinned_together_linked_apart",
        ),
        (
            {"pinned": {"u00": ["peer", "u00"], "u01": ["peer", "u01"]}, "must_link": [["u00", "u01"]]},
            "linked_pinned_apart",
        ),
        ({"pinned": {"u00": ["peer", "u00"]}, "must_link": [["u00", "u04"]]}, "linked_cannot_follow"),
    ],
)
def test_demands_that_clash(demand, code):
    assert code in _codes(at(*ROW), rules(**demand))


def test_a_pin_that_cannot_fill_up_says_how_many_are_missing():
    with pytest.raises(InfeasibleError, match=r"2 members at most can gather within 1\.5 km") as caught:
        group(at((0, 0), (1, 0), (30, 0)), rules(pinned={"u00": ["peer", "u00"]}, max_distance_km=1.5))
    assert caught.value.faults[0].details["short"] == 1


def test_pins_that_need_the_same_units_are_traced():
    register = at((0, 0), (1, 0), (2, 0), (3, 0), (50, 0), (51, 0), (52, 0))
    pinned = {"u00": ["peer", "u00"], "u03": ["peer", "u03"], "u05": ["peer", "u05"]}
    with pytest.raises(InfeasibleError) as caught:
        group(register, rules(pinned=pinned))
    (fault,) = caught.value.faults
    assert fault.code == "pins_clash"
    assert fault.details["units"] == "u00, u03"


def test_more_pinned_to_a_host_than_it_takes():
    register = city(HOST, {}, {"x": 1.0})
    pinned = {"u01": ["host", "u00"], "u02": ["host", "u00"]}
    assert _codes(register, rules(pinned=pinned)) == ["host_overfull"]


def test_a_pin_to_another_community_or_street():
    register = city({"community": "东社区"}, {"community": "西社区"}, {"street": "乙街道"})
    wrong = rules(pinned={"u00": ["community", "甲街道/西社区"]})
    assert _codes(register, wrong) == ["pin_other_community"]
    across = rules(pinned={"u00": ["peer", "u02"]}, same_street="require")
    assert _codes(register, across) == ["pin_other_street"]


def test_a_link_or_pin_of_what_is_no_unit():
    register = city({}, {"full_members": 0}, HOST)
    assert _codes(register, rules(must_link=[["u00", "u01"]])) == ["link_no_unit"]
    assert _codes(register, rules(pinned={"u01": ["host", "u02"]})) == ["pin_no_unit"]
    assert group(register, rules(cannot_link=[["u00", "u01"]], forbidden=[["u01", "host", "u02"]])).covered == 1


def test_every_fault_has_words_in_both_languages():
    from workbench.labels import in_language

    with pytest.raises(InfeasibleError) as caught:
        group(at(*ROW), rules(pinned={"u04": ["peer", "u00"]}))
    for language in ("en", "zh"):
        with in_language(language):
            assert "u04" in str(caught.value.faults[0])
