"""Responsible units, streets and supervisors side by side: what the census counts, and what to expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from workbench.inputs.register import effective_members, in_scope, tiers
from workbench.inputs.scenario import CASE_KINDS
from workbench.labels import text
from workbench.targets import least_count
from workbench.views.formats import PAGE_ROWS
from workbench.views.report.tables import responsible_units
from workbench.views.report.tasks import LIGHTS, light

if TYPE_CHECKING:
    from workbench.jobs import Plan

Key = Literal["responsible", "street", "supervisor"]
#: What the census counts, in the order of the plan's second paragraph.
COUNTED = ("organizations", "members", "at_start", "T3", "T2", "T1", "T0", "dormant", "has_instructor", "has_mass_org")


def census(plan: Plan, by: Key) -> pd.DataFrame:
    """The census table by one key: `COUNTED`, and what the plan comes to there.

    Returns
    -------
    pd.DataFrame
        by name: organizations, members, at_start, T3 to T0 (without a branch, by full members), dormant,
        has_instructor, has_mass_org, counts; possible and expected (organizations with a branch at best and by
        the deadline), ceiling, coverage, work_coverage, shares.
    """
    register = in_scope(plan.register, plan.scenario)
    tier = tiers(register, plan.scenario)
    rows = pd.DataFrame({
        by: register[by].fillna(text("term.none")) if by == "supervisor" else register[by],
        "organizations": 1,
        "members": effective_members(register, plan.scenario),
        "at_start": register["has_branch"].astype(int),
        **{name: (tier == name).astype(int) for name in ("T3", "T2", "T1", "T0")},
        **{name: register[name].astype(int) for name in ("dormant", "has_instructor", "has_mass_org")},
    })  # fmt: skip
    counts = rows.groupby(by, sort=True)[list(COUNTED)].sum()
    expected = plan.outcome.breakdown(by)[["possible", "expected", "ceiling", "coverage", "work_coverage"]]
    return counts.join(expected)


def totals(table: pd.DataFrame, plan: Plan) -> dict[str, object]:
    """The last row of a census table: the whole city's."""
    outcome = plan.outcome
    sums: dict[str, object] = {name: int(table[name].sum()) for name in (*COUNTED, "possible")}
    return sums | {
        "expected": float(table["expected"].sum()),
        "ceiling": outcome.ceiling,
        "coverage": outcome.expected("organization"),
        "work_coverage": outcome.expected("work"),
    }


def brief_rows(plan: Plan) -> pd.DataFrame:
    """What page two of the brief says of each responsible unit.

    Returns
    -------
    pd.DataFrame
        by responsible unit: organizations, at_start, to_form (without a branch, with a member, not dormant), one column
        per kind of task (how many), expected and possible (organizations with a branch by the deadline, and at best),
        short (organizations that are missing for the target by then, at the mean; negative where there are more),
        instructors (those who arrive later among them).
    """
    table = responsible_units(plan)
    register = in_scope(plan.register, plan.scenario)
    to_form = (
        ~register["has_branch"].astype(bool)
        & ~register["dormant"].astype(bool)
        & (effective_members(register, plan.scenario) > 0)
    )
    cases = plan.outcome.cases
    tasks = pd.crosstab(cases["responsible"], cases["kind"]).reindex(
        index=table.index, columns=list(CASE_KINDS), fill_value=0
    )
    wanted = [least_count(plan.scenario.targets.organization, int(count)) for count in table["organizations"]]
    columns: dict[str, object] = {
        "organizations": table["organizations"],
        "at_start": table["at_start"],
        "to_form": to_form.groupby(register["responsible"]).sum().reindex(table.index, fill_value=0),
        **{str(kind): tasks[kind] for kind in CASE_KINDS},
        "expected": table["expected_count"],
        "possible": table["possible"],
        "short": np.array(wanted) - table["expected_count"],
        "instructors": table["instructors"] + table["arriving"],
    }
    return pd.DataFrame(columns).rename_axis("responsible")


def brief_totals(rows: pd.DataFrame, plan: Plan) -> dict[str, object]:
    """The city's row: sums, but the shortfall is held against the city's own target."""
    sums: dict[str, object] = {str(name): float(rows[name].sum()) for name in rows}
    wanted = least_count(plan.scenario.targets.organization, plan.outcome.total)
    return sums | {"short": wanted - float(rows["expected"].sum())}


def fitting(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that fit a page: all, or those that are shortest of the target and the rest in one row."""
    if len(rows) <= PAGE_ROWS:
        return rows
    worst = rows.sort_values("short", ascending=False, kind="stable")
    shown, rest = worst.head(PAGE_ROWS - 1), worst.iloc[PAGE_ROWS - 1 :]
    name = text("brief.others", count=len(rest))
    row = pd.DataFrame([rest.sum()], index=[name])
    return pd.concat([shown, row]).rename_axis("responsible")


def lights(plan: Plan, tasks: pd.DataFrame) -> pd.DataFrame:
    """Who is behind, at risk or on course: responsible units by how sure they are of what they can reach.

    A unit is held to its target, or to its own ceiling where that is lower: nobody is behind for want of members.

    Returns
    -------
    pd.DataFrame
        by responsible unit: needed (organizations with a branch), expected, possible, sure (share of replications that
        reach what is needed), light, red, yellow, blue (its tasks by light), capped (whether its ceiling is below the
        target).
    """
    outcome = plan.outcome
    table = responsible_units(plan)
    counts = outcome.dataset["organizations_with_branch"].isel(day=outcome.calendar.deadline_day)
    names = list(counts["responsible"].to_numpy())
    wanted = np.array([least_count(plan.scenario.targets.organization, int(count)) for count in table["organizations"]])
    possible = table["possible"].to_numpy()
    needed = np.minimum(wanted, possible)
    reached = counts.to_numpy()[:, [names.index(name) for name in table.index]] >= needed
    sure = reached.mean(axis=0)
    by_light = pd.crosstab(tasks["responsible"], tasks["light"]).reindex(
        index=table.index, columns=list(LIGHTS), fill_value=0
    )
    rows = pd.DataFrame(
        {
            "needed": needed,
            "expected": table["expected_count"],
            "possible": possible,
            "sure": sure,
            "light": [light(float(each)) for each in sure],
            **{name: by_light[name] for name in LIGHTS},
            "capped": possible < wanted,
        },
        index=table.index,
    )
    order = rows["light"].map({name: turn for turn, name in enumerate(LIGHTS)})
    return rows.assign(order=order).sort_values(["order", "sure"], kind="stable").drop(columns="order")
