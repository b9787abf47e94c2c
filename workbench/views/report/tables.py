"""The tables of a plan, once, for report, workbook and screen: codes here, words in whoever shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.inputs.register import effective_members
from workbench.simulation.setup import arriving

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.jobs import Plan

#: Until when a step counts at even odds and nine times in ten, in the order of the steps.
LAST_DATES = tuple(f"{step}_{level}" for step in ("dispatch", "filing", "meeting") for level in ("50", "90"))


def name_of(register: pd.DataFrame, org_id: str) -> str:
    """An organization's name, or its id where it has none."""
    name = register["name"].loc[org_id]
    return name if isinstance(name, str) else org_id


def joint_branches(register: pd.DataFrame, scenario: Scenario, grouping: Grouping) -> pd.DataFrame:
    """Who joins whom: one row a unit, group by group.

    Returns
    -------
    pd.DataFrame
        DataFrame with the columns group (number, from 1), facility_kind, facility (the leading organization's or
        host's name, or the community), facility_id, facility_street, org_id, name, street, members, leads
        (whether the unit itself leads), distance_km.
    """
    units = grouping.assignment
    groups = grouping.groups.reset_index(drop=True)
    number = {
        (kind, facility): turn
        for turn, (kind, facility) in enumerate(zip(groups["facility_kind"], groups["facility_id"], strict=True), 1)
    }
    street = dict(zip(zip(groups["facility_kind"], groups["facility_id"], strict=True), groups["street"], strict=True))
    keys = list(zip(units["facility_kind"], units["facility_id"], strict=True))
    members = effective_members(register, scenario)
    ids = units["org_id"].to_list()
    table = pd.DataFrame(
        {
            "group": [number[key] for key in keys],
            "facility_kind": [key[0] for key in keys],
            "facility": [key[1] if key[0] == "community" else name_of(register, key[1]) for key in keys],
            "facility_id": [key[1] for key in keys],
            "facility_street": [street[key] for key in keys],
            "org_id": ids,
            "name": [name_of(register, org_id) for org_id in ids],
            "street": register["street"].loc[ids].to_list(),
            "members": members.loc[ids].to_list(),
            "leads": [org_id == key[1] for org_id, key in zip(ids, keys, strict=True)],
            "distance_km": units["distance_km"].to_numpy(),
        }
    )
    order = table.assign(follows=~table["leads"]).sort_values(["group", "follows", "org_id"], kind="stable")
    return order.drop(columns="follows").reset_index(drop=True)


def left_out(register: pd.DataFrame, scenario: Scenario, grouping: Grouping) -> pd.DataFrame:
    """Units that no joint branch took: org_id, name, street, community, members, reason (in words)."""
    ids = grouping.left_out["org_id"].to_list()
    rows = register.loc[ids]
    return pd.DataFrame(
        {
            "org_id": ids,
            "name": [name_of(register, org_id) for org_id in ids],
            "street": rows["street"].to_list(),
            "community": rows["community"].fillna("").to_list(),
            "members": effective_members(register, scenario).loc[ids].to_list(),
            "reason": grouping.reasons["words"].to_list(),
        }
    )


def responsible_units(plan: Plan) -> pd.DataFrame:
    """Responsible units side by side: organizations, at_start, possible, ceiling, expected, coverage, work_coverage,
    low and high (5 % and 95 % of coverage by the deadline), instructors (now), recommended, arriving (later, by the
    deadline), utilisation, meetings, in_time.
    """
    outcome = plan.outcome
    table = outcome.breakdown("responsible")
    table = table.rename(columns={"expected": "expected_count"})
    counts = outcome.dataset["organizations_with_branch"]
    in_time = counts.isel(day=outcome.calendar.deadline_day).to_numpy()
    at = [list(counts["responsible"].to_numpy()).index(responsible) for responsible in table.index]
    low, high = np.quantile(in_time[:, at], [0.05, 0.95], axis=0) / table["organizations"].to_numpy()
    stages = outcome.stages
    now = pd.Series(stages["instructors"].to_numpy(), index=stages["responsible"].to_numpy())
    held = plan.dates.meetings
    return table.assign(
        low=low,
        high=high,
        instructors=now.reindex(table.index).astype(np.int64),
        arriving=arrivals(plan).reindex(table.index),
        recommended=plan.recommended.reindex(table.index).fillna(0).astype(np.int64),
        utilisation=outcome.utilisation.reindex(table.index),
        meetings=held["meetings"].reindex(table.index),
        in_time=held["in_time"].reindex(table.index),
    )


def arrivals(plan: Plan) -> pd.Series[int]:
    """Instructors that arrive by the deadline, beside those that are there from the opening, by responsible unit."""
    calendar = plan.outcome.calendar
    pools = tuple(map(str, plan.outcome.stages["responsible"].to_numpy()))
    counts = [
        sum(count for start, stop, count in windows.arrivals if start < stop and start <= calendar.deadline_day)
        for windows in arriving(pools, plan.scenario, calendar)
    ]
    return pd.Series(counts, index=list(pools), dtype=np.int64)


def cases(plan: Plan) -> pd.DataFrame:
    """One row a case: kind, responsible unit, units, lead and names of its units, p_dispatched, p_formed, and the
    median date
    of its formation (given that it is formed); least certain first within each responsible unit."""
    outcome = plan.outcome
    table = outcome.cases.copy()
    orgs = outcome.organizations
    members = orgs[orgs["case"] >= 0].groupby("case").groups
    ids = [list(members.get(case, ())) for case in range(len(table))]
    calendar = outcome.calendar
    table.insert(3, "lead", [name_of(plan.register, case) for case in table.index])
    table.insert(4, "names", ["、".join(name_of(plan.register, org_id) for org_id in case) for case in ids])
    days = table["formed_q50"].to_numpy()
    table["formed_median"] = pd.to_datetime(
        pd.Series([calendar.date_of(int(day)) if day == day else None for day in days], index=table.index)
    )
    return table.sort_values(["responsible", "kind", "p_formed"], kind="stable").reset_index()


def last_dates(plan: Plan) -> pd.DataFrame:
    """Until when, by responsible unit and kind: responsible unit, kind, cases, `LAST_DATES` and at_opening."""
    return _once_open(plan, plan.dates.table).reset_index()


def last_dates_by_kind(plan: Plan) -> pd.DataFrame:
    """Until when, by kind: cases, `LAST_DATES` and at_opening."""
    return _once_open(plan, plan.dates.by_kind)


def _once_open(plan: Plan, dates: pd.DataFrame) -> pd.DataFrame:
    """Dates from the opening on: nobody can be asked to file, or a committee to hear a case, before formation opens, so
    that an earlier day means that none is early enough."""
    opens = pd.Timestamp(plan.scenario.calendar.formation_opens)
    held = [name for name in LAST_DATES if not name.startswith("dispatch")]
    return dates.assign(**{name: dates[name].where(dates[name] >= opens) for name in held})


def moves(plan: Plan) -> pd.DataFrame:
    """Instructors to move: responsible_from, responsible_to (empty: new, or to stay at home), count; biggest first."""
    found = plan.allocation.moves()
    return found.sort_values("count", ascending=False, kind="stable", ignore_index=True)
