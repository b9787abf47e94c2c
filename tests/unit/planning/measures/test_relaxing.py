"""Measures never tighten: whoever has the looser rule keeps it."""

from __future__ import annotations

import pytest

from workbench.errors import ScenarioError
from workbench.inputs import Scenario
from workbench.planning.measures.relaxing import OWN_RULES, relaxed, value_at


@pytest.mark.parametrize(
    ("path", "present", "wanted", "left"),
    [
        ("committee.agenda", None, 40, None),
        ("committee.agenda", 15, 40, 40),
        ("committee.agenda", 40, 15, 40),
        ("committee.agenda", 15, None, None),
        ("committee.every_weeks", 1, 2, 1),
        ("committee.every_weeks", 2, 1, 1),
        ("committee.weekdays", ["Fri"], ["Tue"], ("Tue", "Fri")),
        ("committee.notice", 0, 2, 0.0),
        ("grouping.max_units", 12, 10, 12),
        ("grouping.min_members", 2, 3, 2),
        ("grouping.same_street", "ignore", "require", "ignore"),
        ("grouping.facilities", ["peer"], ["host"], ("peer", "host")),
        ("instructors.total", 400, 300, 400),
        ("cases.joint.approval", "none", "direct", "none"),
        ("cases.joint.approval", "committee", "direct", "direct"),
        ("cases.joint.success", 0.9, 0.5, 0.9),
        ("policy.denominator", "active", "all", "all"),
    ],
)
def test_the_looser_of_two(path, present, wanted, left):
    found = value_at(relaxed(Scenario().replace(path, present), {path: wanted}), path)
    assert (set(found) == set(left)) if isinstance(left, tuple) else found == left


def test_a_committee_with_rules_of_its_own_keeps_the_looser():
    own = {"甲": {"agenda": None}, "乙": {"agenda": 5}, "丙": {"every_weeks": 4}}
    scenario = relaxed(Scenario().replace(OWN_RULES, own), {"committee.agenda": 20, "committee.every_weeks": 1})
    rules = {unit: scenario.committee.of(unit) for unit in (*own, "丁")}
    assert {unit: rule.agenda for unit, rule in rules.items()} == {"甲": None, "乙": 20, "丙": 20, "丁": 20}
    assert {unit: rule.every_weeks for unit, rule in rules.items()} == {"甲": 1, "乙": 1, "丙": 1, "丁": 1}


def test_a_deadline_moves_the_horizon_along():
    near = relaxed(Scenario().replace("calendar.horizon", "2027-09-05"), {"calendar.deadline": "2027-09-14"})
    assert near.calendar.horizon == near.calendar.deadline
    far = relaxed(Scenario().replace("calendar.horizon", "2027-12-31"), {"calendar.deadline": "2027-09-14"})
    assert str(far.calendar.horizon) == "2027-12-31"


def test_an_unknown_path_is_refused():
    with pytest.raises(ScenarioError, match="comittee"):
        relaxed(Scenario(), {"comittee.agenda": 3})


def test_order_of_relaxing_changes_nothing():
    one, other = (
        {"committee.agenda": 20, "grouping.max_units": 10},
        {"committee.agenda": 30, "committee.every_weeks": 1},
    )
    assert relaxed(relaxed(Scenario(), one), other) == relaxed(relaxed(Scenario(), other), one)
