"""What is counted of one replication: organizations with a branch and with work, by day and own responsible unit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.oracle.model_twin import Days, hash_of, in_scope, made_slots, members_of

Table = dict[str, list[int]]


def counts(
    register: pd.DataFrame,
    scenario: Any,
    units: Mapping[str, list[str]],
    cases: pd.DataFrame,
    days: int,
    instructors: Mapping[str, int],
) -> tuple[Table, Table]:
    """By responsible unit: how many have a branch, and how many have work (a branch, an instructor or a mass
    organization), by the end of each day.

    `units` are the org_ids of each case; `cases` has case, approval and the times; `instructors` are there from the
    opening on, by responsible unit.
    """
    rows = in_scope(register, scenario)
    branch_at = {org_id: -math.inf if row["has_branch"] else math.inf for org_id, row in rows.items()}
    work_at = {
        org_id: -math.inf if row["has_branch"] or row["has_instructor"] or row["has_mass_org"] else math.inf
        for org_id, row in rows.items()
    }
    if scenario.policy.work_from == "assigned":
        for org_id, time in assigned(rows, scenario, instructors).items():
            work_at[org_id] = min(work_at[org_id], time)
    for case in cases.to_dict("records"):
        covered = case["formed"]
        if scenario.policy.counted_from == "approved":
            covered = case["filed"] if case["approval"] == "none" else case["approved"]
        happened = [time for time in (case["dispatched"], covered, case["mass_org"]) if not math.isnan(time)]
        for unit in units[case["case"]]:
            branch_at[unit] = math.inf if math.isnan(covered) else covered
            work_at[unit] = min([work_at[unit], *happened])
    return _by_day(rows, branch_at, days), _by_day(rows, work_at, days)


def assigned(rows: Mapping[str, Mapping[str, Any]], scenario: Any, instructors: Mapping[str, int]) -> dict[str, float]:
    """When an instructor is assigned to whom, apart from work: one responsible unit after the other."""
    rules, days = scenario.instructors, Days(scenario.calendar)
    if rules.standing is None:
        return {}
    day = days.number_from(rules.assigned_on)
    horizon = days.number_by(scenario.calendar.horizon or scenario.calendar.deadline) + 1
    names = sorted({row["responsible"] for row in rows.values()})
    # Slots come from the made-up instructors: one slot each, so that windows are seen instructor by instructor.
    single = scenario.replace("instructors.caseload", 1)
    slots = made_slots(names, instructors, single, days, float(horizon))
    since = {}
    for name in names:
        own = [org_id for org_id, row in rows.items() if row["responsible"] == name]
        window = slots[slots["responsible"] == name]
        present = int(((window["start"] <= day) & (day < window["stop"])).sum())
        places = rules.standing * present
        places -= sum(rows[each]["has_instructor"] and not rows[each]["has_branch"] for each in own)
        wanting = [
            each
            for each in own
            if not (rows[each]["has_branch"] or rows[each]["has_instructor"] or rows[each]["dormant"])
        ]
        wanting.sort(key=lambda each: (-min(members_of(rows[each], scenario.policy.member_basis), 3), hash_of(each)))
        since |= dict.fromkeys(wanting[: max(places, 0)], float(day))
    return since


def _by_day(rows: Mapping[str, Mapping[str, Any]], since: Mapping[str, float], days: int) -> Table:
    table = {responsible: [0] * days for responsible in sorted({row["responsible"] for row in rows.values()})}
    for org_id, time in since.items():
        for day in range(days):
            table[rows[org_id]["responsible"]][day] += time < day + 1
    return table
