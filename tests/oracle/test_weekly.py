"""Registers of a trace: held against its times, event by event, without the function under test."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.inputs.scenario import Calendar
from workbench.simulation import trace
from workbench.simulation.tracing import replay, weekly_registers

CITY = make_city(150, 5, seed=3, systems=1)
DAYS = [date(2027, 7, 14), *(date(2027, 7, 15) + pd.Timedelta(days=each).to_pytimedelta() for each in range(0, 48, 5))]
PLANS = {
    "baseline": Scenario(),
    "dispatched": Scenario().replace({"instructors.standing": None, "committee.every_weeks": 1, "census.late": 0.4}),
    "direct": Scenario().replace({"cases.standalone.approval": "direct", "census.late": 0, "instructors.total": 9}),
}


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("replication", [0, 1])
def test_every_event_stands_in_the_registers_from_its_day_on(plan, replication):
    scenario = PLANS[plan]
    grouping = group(CITY, scenario, effort="quick")
    calendar = Calendar.of(scenario.calendar)
    weeks = weekly_registers(CITY, scenario, grouping, days=DAYS, replication=replication, seed=5)
    traced = trace(CITY, scenario, grouping, replication=replication, seed=5)
    attempts = {case: own.to_dict("records") for case, own in replay(traced).groupby("case")}
    joined = grouping.assignment.query("facility_kind == 'peer'")
    for day, week in weeks.items():
        last = calendar.day_by(day)
        rows = week.to_dict("index")
        for case in traced.cases.to_dict("records"):
            lead = rows[case["case"]]
            for column, time in (
                ("filed_on", "filed"), ("approved_on", "approved"), ("branch_on", "formed"), ("mass_org_on", "mass_org")
            ):  # fmt: skip
                seen = case[time] == case[time] and int(case[time]) <= last
                assert (
                    (lead[column] == pd.Timestamp(calendar.date_of(int(case[time]))))
                    if seen
                    else lead[column] is pd.NaT
                )
            own = attempts.get(case["case"], [])
            failed = sum(1 for each in own if not each["success"] and int(each["end"]) <= last)
            begun = [each for each in own if int(each["start"]) <= last]
            assert lead["attempts"] == failed
            runs = bool(begun) and (begun[-1]["success"] or int(begun[-1]["end"]) > last)
            expected = pd.Timestamp(calendar.date_of(int(begun[-1]["start"]))) if runs else pd.NaT
            assert lead["attempt_on"] is expected or lead["attempt_on"] == expected
            assert bool(lead["has_branch"]) == (lead["branch_on"] is not pd.NaT)
        for org_id, lead_id in zip(joined["org_id"], joined["facility_id"], strict=True):
            one, other = rows[org_id]["branch_on"], rows[lead_id]["branch_on"]
            assert one is other or one == other


@pytest.mark.parametrize("plan", PLANS)
def test_a_case_is_released_when_its_last_unit_is_surveyed(plan):
    """The survey dates are those that the trace released by."""
    scenario = PLANS[plan]
    calendar = Calendar.of(scenario.calendar)
    traced = trace(CITY, scenario, False, replication=2, seed=9)
    whole = weekly_registers(CITY, scenario, False, days=[date(2027, 12, 31)], replication=2, seed=9)[
        date(2027, 12, 31)
    ]
    for case in traced.cases.to_dict("records"):
        opening = calendar.instructors_open if case["kind"] == "outreach" else calendar.formation_opens
        if case["release"] > opening:
            assert whole.loc[case["case"], "surveyed_on"] == pd.Timestamp(calendar.date_of(int(case["release"])))
        else:
            assert whole.loc[case["case"], "surveyed_on"] <= pd.Timestamp(calendar.date_of(int(opening)))
    assert whole["surveyed_on"].notna().all()


def test_an_instructor_is_dated_by_assignment_or_dispatch_whatever_is_first():
    scenario = PLANS["baseline"]
    whole = weekly_registers(CITY, scenario, False, days=[DAYS[-1]], seed=5)[DAYS[-1]]
    dispatched = trace(CITY, scenario, False, seed=5).cases.set_index("case")["dispatched"]
    assert whole.loc[CITY["has_instructor"], "instructor_on"].isna().all()
    assert whole.loc[CITY["has_branch"], "instructor_on"].isna().all()
    assigned = pd.Timestamp("2027-08-02")
    dates = whole["instructor_on"].dropna()
    assert (dates <= assigned).mean() > 0.9
    early = dispatched[np.floor(dispatched) < Calendar.of(scenario.calendar).day_from(date(2027, 8, 1))].index
    early = [org_id for org_id in early if not CITY.loc[org_id, "has_instructor"]]
    assert early
    assert (whole.loc[early, "instructor_on"] < assigned).all()
