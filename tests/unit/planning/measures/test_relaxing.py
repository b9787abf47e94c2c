"""Measures never tighten: whoever has the looser rule keeps it."""

from __future__ import annotations

import pytest

from workbench.errors import ScenarioError
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.planning.measures.experiment import Experiment
from workbench.planning.measures.measure import Measure
from workbench.planning.measures.relaxing import OWN_RULES, relaxed, value_at
from workbench.simulation.setup import prepare


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
        ("instructors.total", None, 10, 10),
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


def test_meetings_on_demand_are_called_sooner_never_later():
    often = Scenario().replace("committee.on_demand", {"cases": 2, "lead": 5})
    asked = relaxed(often, {"committee.on_demand": {"cases": 3, "lead": 3}}).committee.on_demand
    assert (asked.cases, asked.lead) == (2, 3)
    assert relaxed(often, {"committee.on_demand": None}).committee.on_demand == often.committee.on_demand
    assert relaxed(Scenario(), {"committee.on_demand": {"cases": 3, "lead": 3}}).committee.on_demand.cases == 3


def test_a_total_left_to_the_size_of_the_city_is_not_lowered():
    city = make_city(60, 3, seed=1)
    scenario = Scenario().replace("instructors.total", None)
    joint = group(city, scenario)
    experiment = Experiment(city, scenario, joint, replications=2, seed=0)
    there = sum(prepare(city, scenario, joint).instructors.values())
    for asked, left in ((1, there), (there + 5, there + 5)):
        measure = Measure("fixed", {"instructors.total": asked}, "resource")
        assert experiment.changed([measure]).scenario.instructors.total == left
