"""Dated registers of campaigns under way: what one replication did, written down, or anything at all."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pandas as pd

from tests.oracle import simpy_twin
from workbench.grouping import Grouping
from workbench.inputs import Calendar, Scenario, check_register
from workbench.simulation import prepare, trace
from workbench.simulation.tracing import replay
from workbench.simulation.tracing.weekly import registers_of

FLAGS = {"branch_on": "has_branch", "instructor_on": "has_instructor", "mass_org_on": "has_mass_org"}


def campaign_under(scenario: Scenario, factors: dict[str, float]) -> Scenario:
    """A scenario with some of its uncertain factors known."""
    return scenario.replace({f"uncertainty.{name}": {"fixed": value} for name, value in factors.items()})


def written_down(
    register: pd.DataFrame, scenario: Scenario, grouping: Grouping, replication: int, *, independent: bool = False
) -> pd.DataFrame:
    """The register that shows what one replication did, to its end: later dates than a day's are not known on it.

    Of a case's attempts a register shows the last one and how many failed before. An `independent` campaign takes its
    times from the SimPy twin.
    """
    calendar = Calendar.of(scenario.calendar)
    traced = trace(register, scenario, grouping, replication=replication, seed=17)
    cases = prepare(register, scenario, grouping).cases
    last = replay(traced).sort_values("attempt").groupby("case").last()
    times: dict[str, dict[str, float]] = {}
    failed: dict[str, int] = {}
    shown = traced.cases
    if independent:
        regular = traced.meetings[~traced.meetings["called"]]
        shown = shown.assign(**simpy_twin.serve(shown, traced.slots, regular, traced.settings))
    shown = shown.set_index("case")
    for number, lead in enumerate(cases.ids):
        row = shown.loc[lead]
        values = {"filed_on": row["filed"], "approved_on": row["approved"], "branch_on": row["formed"]}
        values |= {"mass_org_on": row["mass_org"], "instructor_on": row["dispatched"], "attempt_on": math.nan}
        tries = 0
        if lead in last.index:
            attempt, success, end = (last.loc[lead, name] for name in ("attempt", "success", "end"))
            over = not success and end < calendar.horizon
            values["attempt_on"] = math.nan if over else last.loc[lead, "start"]
            tries = int(attempt) if over else int(attempt) - 1
        for unit in cases.organizations.index[cases.unit_row[cases.unit_start[number] : cases.unit_start[number + 1]]]:
            times[unit], failed[unit] = values, tries
    dated = register.copy()
    for column in ("filed_on", "approved_on", "branch_on", "mass_org_on", "instructor_on", "attempt_on"):
        for unit, values in times.items():
            if not math.isnan(values[column]):
                dated.loc[unit, column] = pd.Timestamp(calendar.date_of(math.floor(values[column])))
    dated.loc[list(failed), "attempts"] = list(failed.values())
    for column, flag in FLAGS.items():
        dated[flag] |= dated[column].notna()
    return check_register(dated)


def told_weekly(
    register: pd.DataFrame, scenario: Scenario, grouping: Grouping, replication: int, days: Iterable[date]
) -> dict[date, pd.DataFrame]:
    """The registers of a campaign whose times the SimPy twin makes, as they were kept on some days."""
    traced = trace(register, scenario, grouping, replication=replication, seed=17)
    regular = traced.meetings[~traced.meetings["called"]]
    served = simpy_twin.serve(traced.cases, traced.slots, regular, traced.settings)
    setup, made = prepare(register, scenario, grouping), replace(traced, cases=traced.cases.assign(**served))
    return registers_of(register, setup, made, days=days, replication=replication, seed=17)


def anything(register: pd.DataFrame, scenario: Scenario, seed: int) -> pd.DataFrame:
    """A register with dates at random, in the order in which things happen; many fall on one day, or on a day off."""
    rng = random.Random(f"dates {seed}")
    start = pd.Timestamp(Calendar.of(scenario.calendar).first)
    dated = register.copy()
    everybody = rng.random() < 0.5
    for org_id in register.index:
        if everybody and rng.random() < 0.7:
            dated.loc[org_id, "surveyed_on"] = start + pd.Timedelta(days=rng.randint(-2, 40))
        if register.loc[org_id, "has_branch"]:
            continue
        days = sorted(rng.choice((20, 25, rng.randint(5, 45))) for _ in range(4))
        reach = rng.choice((0, 0, 1, 1, 1, 2, 3, 4))
        for column, day in list(zip(("attempt_on", "filed_on", "approved_on", "branch_on"), days, strict=True))[:reach]:
            if column == "attempt_on" or rng.random() < 0.8:
                dated.loc[org_id, column] = start + pd.Timedelta(days=day)
        dated.loc[org_id, "attempts"] = rng.choice((0, 0, 0, 1, 2, 3, 4))
        for column, flag in (("instructor_on", "has_instructor"), ("mass_org_on", "has_mass_org")):
            if rng.random() < 0.2:
                dated.loc[org_id, column] = start + pd.Timedelta(days=rng.randint(-3, 40))
                dated.loc[org_id, flag] = True
    dated["has_branch"] |= dated["branch_on"].notna()
    return check_register(dated)
