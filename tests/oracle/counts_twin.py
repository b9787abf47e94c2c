"""What is counted of one replication: organizations with a branch and with work, by day and own responsible unit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.oracle.model_twin import in_scope

Table = dict[str, list[int]]


def counts(
    register: pd.DataFrame, scenario: Any, units: Mapping[str, list[str]], cases: pd.DataFrame, days: int
) -> tuple[Table, Table]:
    """By responsible unit: how many have a branch, and how many have work (a branch, an instructor or a mass
    organization), by the end of each day.

    `units` are the org_ids of each case; `cases` has case, approval and the times.
    """
    rows = in_scope(register, scenario)
    branch_at = {org_id: -math.inf if row["has_branch"] else math.inf for org_id, row in rows.items()}
    work_at = {
        org_id: -math.inf if row["has_branch"] or row["has_instructor"] or row["has_mass_org"] else math.inf
        for org_id, row in rows.items()
    }
    for case in cases.to_dict("records"):
        covered = case["formed"]
        if scenario.policy.counted_from == "approved":
            covered = case["filed"] if case["approval"] == "none" else case["approved"]
        happened = [time for time in (case["dispatched"], covered, case["mass_org"]) if not math.isnan(time)]
        for unit in units[case["case"]]:
            branch_at[unit] = math.inf if math.isnan(covered) else covered
            work_at[unit] = min([work_at[unit], *happened])
    return _by_day(rows, branch_at, days), _by_day(rows, work_at, days)


def _by_day(rows: Mapping[str, Mapping[str, Any]], since: Mapping[str, float], days: int) -> Table:
    table = {responsible: [0] * days for responsible in sorted({row["responsible"] for row in rows.values()})}
    for org_id, time in since.items():
        for day in range(days):
            table[rows[org_id]["responsible"]][day] += time < day + 1
    return table
