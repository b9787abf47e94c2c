"""Last safe dates against the twin: each case alone, on one morning after the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.oracle import plain_twin
from tests.oracle.campaigns import anything
from tests.oracle.test_kernel import VARIANTS, city
from workbench.grouping import group
from workbench.inputs import Scenario
from workbench.inputs.scenario.calendar import Calendar
from workbench.planning import last_safe_dates
from workbench.simulation import Trace, trace

REPLICATIONS = 6
LEVELS = {"50": 0.5, "90": 0.9}


def tried(shown: Trace, step: str, days: range, approved: bool) -> pd.DataFrame:
    """Whether each case, with nobody before it, counts by the deadline if dispatched, or filed, on these mornings."""
    cases = shown.cases[shown.cases["kind"] != "outreach"]
    alone = pd.concat([cases.assign(release=float(day), day=day, pool=cases["responsible"]) for day in days])
    alone = alone.assign(responsible=alone["case"] + alone["day"].astype(str)).reset_index(drop=True)
    if step == "filing":
        alone = alone.assign(prep_1=0.0, success_1=True)
        if "state" in alone:
            alone = alone.assign(state="waiting", since=np.nan, attempts_before=0)
    slots = pd.DataFrame({"responsible": alone["responsible"], "start": 0.0, "stop": 1e6})
    held = shown.meetings.assign(agenda=shown.meetings["agenda"].where(shown.meetings["agenda"] == 0))
    held = (
        alone[["responsible", "pool"]]
        .merge(held.rename(columns={"responsible": "pool"}), on="pool")
        .drop(columns="pool")
    )
    times = plain_twin.serve(alone, slots, held, shown.settings)
    at = times["approved"].where(alone["approval"] != "none", times["filed"]) if approved else times["formed"]
    counts = np.floor(at) <= shown.settings["deadline_day"]
    return alone[["pool", "kind", "case", "day"]].assign(counts=counts)


@pytest.mark.parametrize("name", ["default", "laws", "calendar"])
def test_last_dates_are_found_by_trying_every_morning(name: str) -> None:
    scenario = Scenario.model_validate(VARIANTS[name])
    if name == "laws":
        scenario = scenario.replace("policy.counted_from", "approved")
    if name == "calendar":
        scenario = scenario.replace("calendar.horizon", "2027-09-15")
    register = city(0)
    grouping = group(register, scenario, method="nearest")
    found = last_safe_dates(register, scenario, grouping, replications=REPLICATIONS, seed=5)
    calendar = Calendar.of(scenario.calendar)
    shown = [trace(register, scenario, grouping, replication=r, seed=5) for r in range(REPLICATIONS)]
    approved = scenario.policy.counted_from == "approved"
    forming = found.table.drop("outreach", level="kind")
    assert len(forming) >= 8
    for step, first in (("filing", 0), ("dispatch", int(calendar.formation_opens))):
        days = range(first, calendar.deadline_day + 1)
        every = pd.concat([tried(one, step, days, approved) for one in shown])
        shares = every.groupby(["pool", "kind", "day"])["counts"].mean()
        for (responsible, kind), row in forming.iterrows():
            share = shares[responsible, kind]
            for level, wanted in LEVELS.items():
                enough = share.index[share >= wanted]
                day = row[f"{step}_{level}"]
                last = None if pd.isna(day) else calendar.day_by(day.date())
                assert last == (enough.max() if len(enough) else None), (
                    f"{name}: {responsible}, {kind}, {step} at {level}"
                )
            if step == "dispatch":
                assert row["at_opening"] == pytest.approx(share[first])


@pytest.mark.parametrize("name", ["default", "laws", "on_demand"])
@pytest.mark.parametrize("as_of", ["2027-07-30", "2027-08-11"])
def test_dates_from_a_day_on_are_those_of_what_is_left_on_that_day(name: str, as_of: str) -> None:
    scenario = Scenario.model_validate(VARIANTS[name])
    plain = city(0)
    grouping = group(plain, scenario, method="nearest")
    register = anything(plain, scenario, 4)
    found = last_safe_dates(register, scenario, grouping, as_of=as_of, replications=REPLICATIONS, seed=5)
    calendar = Calendar.of(scenario.calendar)
    shown = [trace(register, scenario, grouping, replication=r, seed=5, as_of=as_of) for r in range(REPLICATIONS)]
    t0, opening = int(shown[0].settings["t0"]), int(calendar.formation_opens)
    left = shown[0].cases[shown[0].cases["state"].isin(["waiting", "in_work"])]
    counts = left.groupby(["responsible", "kind"]).size()
    assert found.table["cases"].to_dict() == counts.to_dict()
    assert found.by_kind["cases"].sum() == len(left) > 20
    assert t0 <= calendar.deadline_day
    assert (found.table.filter(regex="_[59]0$").min() > pd.Timestamp(as_of)).all()
    if name == "on_demand":
        return  # a meeting is called by others' filings too: here it is tried with nobody beside
    for step, first, states in (("filing", t0, ["waiting", "in_work"]), ("dispatch", max(t0, opening), ["waiting"])):
        days = range(first, calendar.deadline_day + 1)
        own = [replace(one, cases=one.cases[one.cases["state"].isin(states)]) for one in shown]
        every = pd.concat([tried(one, step, days, approved=False) for one in own])
        shares = every.groupby(["pool", "kind", "day"])["counts"].mean()
        assert len(shares.groupby(["pool", "kind"])) >= 4
        for responsible, kind in shares.index.droplevel("day").unique():
            share, row = shares[responsible, kind], found.table.loc[(responsible, kind)]
            for level, wanted in LEVELS.items():
                enough = share.index[share >= wanted]
                day = row[f"{step}_{level}"]
                last = None if pd.isna(day) else calendar.day_by(day.date())
                assert last == (enough.max() if len(enough) else None), (responsible, kind, step, level)


def test_after_the_deadline_no_day_is_left() -> None:
    scenario, plain = Scenario(), city(0)
    found = last_safe_dates(plain, scenario, False, as_of="2027-08-31", replications=2)
    assert found.by_kind.filter(regex="_[59]0$").isna().all().all()
    assert (found.meetings == 0).all().all()
    assert found.summary()
