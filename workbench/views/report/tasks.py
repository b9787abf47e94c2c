"""The task list of a plan: task by task who is responsible, until when, how sure it is, and why it is not done yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.errors import ScenarioError
from workbench.inputs.register import effective_members, in_scope, tiers
from workbench.labels import text
from workbench.views.report import tables

if TYPE_CHECKING:
    from workbench.jobs import Plan

OUTREACH = "outreach"
#: From how sure a task is on course (blue), and from how sure it is merely at risk (yellow); else it is behind (red).
BLUE_FROM, YELLOW_FROM = 0.9, 0.5
LIGHTS = ("red", "yellow", "blue")


def light(sure: float) -> str:
    """Red, yellow or blue: how sure it is that something is done in time.

    >>> light(0.95), light(0.9), light(0.5), light(0.499)
    ('blue', 'blue', 'yellow', 'red')
    """
    return "blue" if sure >= BLUE_FROM else "yellow" if sure >= YELLOW_FROM else "red"


def task_list(plan: Plan) -> pd.DataFrame:
    """One row per task, least certain first within each responsible unit.

    Returns
    -------
    pd.DataFrame
        number (from 1 among the tasks that form a branch, and among the others), case, kind (a code), lead (name),
        names, street, responsible, person (blank: an office fills it in), members, dual (whether a unit needs
        members that are not on its own roll), units, due (until when it must be filed, nine times in ten; at even
        odds where no day after the opening is that early; NaT where none is), formed_median, p_dispatched,
        p_formed, sure (how sure it is in time: that the branch is formed, of a mass organization that somebody is
        sent), light, reason (why it is not formed yet, as the register has it).
    """
    table = tables.cases(plan)
    register, orgs = plan.register, plan.outcome.organizations
    units = orgs[orgs["case"] >= 0]
    of_case = plan.outcome.cases.index[units["case"]]
    members = effective_members(register, plan.scenario).loc[units.index]
    reasons = register["not_formed_reason"].loc[units.index].fillna("")
    by_case = pd.DataFrame({
        "case": of_case,
        "members": members.to_numpy(),
        "dual": _dual(plan).reindex(units.index, fill_value=False).to_numpy(),
        "reason": reasons.to_numpy(),
    }).groupby("case").agg({"members": "sum", "dual": "any", "reason": _distinct})  # fmt: skip
    table = table.join(by_case, on="case")
    table["street"] = register["street"].loc[table["case"]].to_numpy()
    table["due"] = _due(plan, table)
    table["sure"] = table["p_formed"].where(table["kind"] != OUTREACH, table["p_dispatched"])
    table["light"] = [light(sure) for sure in table["sure"]]
    table["person"] = ""
    # Each of the two lists that an office hands on counts its own tasks.
    table.insert(0, "number", table.groupby(table["kind"] == OUTREACH).cumcount() + 1)
    return table


def _distinct(reasons: pd.Series[str]) -> str:
    return "、".join(dict.fromkeys(reason for reason in reasons if reason))


def _dual(plan: Plan) -> pd.Series[bool]:
    """Which organizations would have a lower tier by the members on their own roll alone (兼合式); none where the
    register does not say who is on the roll."""
    register = in_scope(plan.register, plan.scenario)
    try:
        on_roll = tiers(register, plan.scenario.replace("policy.member_basis", "on_roll"))
    except ScenarioError:
        return pd.Series(False, index=register.index)
    return on_roll != tiers(register, plan.scenario)


def _due(plan: Plan, table: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Until when each task must be filed; one that is not filed has until the deadline."""
    dates = tables.last_dates(plan).set_index(["responsible", "kind"])
    sure = dates["filing_90"].fillna(dates["filing_50"]).rename("due")
    due = table[["responsible", "kind"]].join(sure, on=["responsible", "kind"])["due"]
    return due.mask(table["kind"] == OUTREACH, pd.Timestamp(plan.outcome.deadline))


def branches_to_form(tasks: pd.DataFrame) -> pd.DataFrame:
    """The tasks that come to a Party organization."""
    return tasks[tasks["kind"] != OUTREACH]


def mass_organizations(tasks: pd.DataFrame) -> pd.DataFrame:
    """The tasks that come to a mass organization only."""
    return tasks[tasks["kind"] == OUTREACH]


def overdue(plan: Plan, tasks: pd.DataFrame) -> pd.DataFrame:
    """Organizations that have the members for a branch of their own and have none (应建未建): org_id, name,
    responsible, street, supervisor, members, due, formed_median, p_formed, reason."""
    register = in_scope(plan.register, plan.scenario)
    own = tiers(register, plan.scenario) == "T3"
    dormant = register["dormant"].astype(bool)
    rows = register[own & ~dormant]
    found = pd.DataFrame({
        "org_id": rows.index,
        "name": [tables.name_of(register, org_id) for org_id in rows.index],
        "responsible": rows["responsible"].to_numpy(),
        "street": rows["street"].to_numpy(),
        "supervisor": rows["supervisor"].fillna(text("term.none")).to_numpy(),
        "members": effective_members(register, plan.scenario).loc[rows.index].to_numpy(),
        "reason": rows["not_formed_reason"].fillna("").to_numpy(),
    })  # fmt: skip
    when = tasks.set_index("case")[["due", "formed_median", "p_formed", "light"]]
    return found.join(when, on="org_id").sort_values(["responsible", "org_id"], ignore_index=True)
