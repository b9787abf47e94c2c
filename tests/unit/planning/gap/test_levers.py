"""A measure is the same measure, whether committees have rules of their own or the city's."""

from __future__ import annotations

import pandas as pd

from workbench.inputs import Scenario, make_city
from workbench.planning import explain_gap


def test_rules_by_responsible_and_for_the_city_give_the_same_levers():
    register = make_city(120, 3, seed=4)
    responsible_units = sorted(set(register["responsible"]))
    city = Scenario().replace("committee.agenda", 1)
    each = Scenario().replace(
        "committee.by_responsible", {responsible: {"agenda": 1} for responsible in responsible_units}
    )
    levers = [explain_gap(register, scenario, replications=40).levers for scenario in (city, each)]
    pd.testing.assert_frame_equal(*levers)


def test_extra_meetings_of_a_responsible_stay():
    register = make_city(120, 3, seed=4)
    responsible_units = sorted(set(register["responsible"]))
    extra = {responsible: {"extra": ["2027-08-09", "2027-08-11", "2027-08-13"]} for responsible in responsible_units}
    gap = explain_gap(register, Scenario().replace("committee.by_responsible", extra), replications=40)
    assert gap.levers["gain"].loc["weekly_meetings"] >= 0
