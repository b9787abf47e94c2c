"""What the census must find, in a plan: a line on page one, and the visiting list of each responsible unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import percent, thousands
from workbench.views.formats import PAGE_ROWS, Column, TableBlock
from workbench.views.report.tables import name_of

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: Columns of the visiting list, and what each holds.
VISITS = {
    "responsible": "text", "visit": "whole", "org_id": "text", "name": "wide", "street": "text", "tier": "text",
    "members": "whole", "value": "whole", "value_bound": "whole",
}  # fmt: skip


def visits(values: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Whom to visit, unit by unit and best first: organizations at which one member more raises the ceiling.

    Parameters
    ----------
    values
        as `census_value` gives them.
    register
        the register they were found for.

    Returns
    -------
    pd.DataFrame
        responsible, visit (1 is first), org_id, name, street, tier (in words), members, value, value_bound.
    """
    worth = values[values["value"] > 0].rename_axis("org_id").reset_index()
    worth = worth.sort_values(["responsible", "value", "org_id"], ascending=[True, False, True], kind="stable")
    worth["visit"] = worth.groupby("responsible").cumcount() + 1
    worth["name"] = [name_of(register, org_id) for org_id in worth["org_id"]]
    worth["tier"] = [text(f"census.tier.{tier}") for tier in worth["tier"]]
    return worth[list(VISITS)]


def visiting_list(values: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """`visits` with headers in the language in use."""
    return visits(values, register).rename(columns={name: text(f"census.column.{name}") for name in VISITS})


def visits_table(plan: Plan) -> TableBlock | None:
    """The visiting list of a plan; None where the register is taken to be right."""
    return None if plan.census is None else visits_block(plan.census.values, plan.register)


def visits_block(values: pd.DataFrame, register: pd.DataFrame) -> TableBlock:
    """The visiting list as a table that is handed on."""
    # The tier says in words what the members say in numbers.
    columns: list[Column] = [
        (name, text(f"census.column.{name}"), sort) for name, sort in VISITS.items() if name != "tier"
    ]
    found = visits(values, register)
    totals = {"responsible": text("brief.total"), "org_id": thousands(len(found))}
    return TableBlock(found, columns, text("sheet.visits"), totals)


def first_visits(visits: TableBlock) -> TableBlock:
    """What a page shows of a visiting list: where a member more covers most; the list itself is handed on."""
    most = visits.frame.sort_values("value", ascending=False, kind="stable").head(PAGE_ROWS)
    count = len(visits.frame)
    note = text("report.cut_most", shown=len(most), count=thousands(count)) if count > len(most) else visits.note
    return replace(visits, frame=most, note=note)


def census_line(plan: Plan) -> str:
    """How far the ceiling may move by what the census finds, in one line."""
    if plan.census is None:
        return text("brief.census_not_asked")
    found = plan.census.found
    low, high = found.quantiles((0.05, 0.95))
    return text(
        "brief.census", now=percent(plan.ceiling.value), low=percent(low), high=percent(high),
        reaches=percent(found.ceiling_reaches),
    )  # fmt: skip
