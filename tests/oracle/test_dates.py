"""Last safe dates against the twin: each case alone, on one morning after the other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.oracle import plain_twin
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
