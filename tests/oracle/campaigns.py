"""Dated registers of campaigns under way: what one replication did, written down, or anything at all."""

from __future__ import annotations

import math
import random
from typing import Any

import pandas as pd

from workbench.inputs import Calendar, Scenario, check_register
from workbench.simulation import Trace

FLAGS = {"branch_on": "has_branch", "instructor_on": "has_instructor", "mass_org_on": "has_mass_org"}


def written_down(
    register: pd.DataFrame, scenario: Scenario, traced: Trace, units: dict[str, list[str]], began: pd.DataFrame
) -> pd.DataFrame:
    """The register that shows what happened in a replication, to its end: one register tells every week.

    Parameters
    ----------
    traced
        the replication; `units` are the org_ids of each case.
    began
        of each case the start of its last attempt, and how many had failed before: columns case, start, failed.
    """
    calendar = Calendar.of(scenario.calendar)
    dated = register.copy()
    last = began.set_index("case")
    for case in traced.cases.to_dict("records"):
        values: dict[str, Any] = {}
        for column, name in (("filed_on", "filed"), ("approved_on", "approved"), ("branch_on", "formed")):
            values[column] = case[name]
        values |= {"mass_org_on": case["mass_org"], "instructor_on": case["dispatched"]}
        if case["case"] in last.index:
            values["attempt_on"] = last.loc[case["case"], "start"]
        for unit in units[case["case"]]:
            for column, time in values.items():
                if not math.isnan(time):
                    dated.loc[unit, column] = pd.Timestamp(calendar.date_of(math.floor(time)))
            if case["case"] in last.index:
                dated.loc[unit, "attempts"] = int(last.loc[case["case"], "failed"])
    for date, flag in FLAGS.items():
        dated[flag] |= dated[date].notna()
    return check_register(dated)


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
        for date, flag in (("instructor_on", "has_instructor"), ("mass_org_on", "has_mass_org")):
            if rng.random() < 0.2:
                dated.loc[org_id, date] = start + pd.Timedelta(days=rng.randint(-3, 40))
                dated.loc[org_id, flag] = True
    dated["has_branch"] |= dated["branch_on"].notna()
    return check_register(dated)
