"""The Excel workbook of a plan, as an office builds it: a cover, the task list, the census tables, what to hand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.inputs.scenario import CASE_KINDS
from workbench.labels import text
from workbench.numbers import date_words, percent, target_percent, thousands
from workbench.shown import with_prediction
from workbench.views.formats import Column, Sheet, TableBlock, joined, workbook_bytes
from workbench.views.report import by_day, findings, tables, tasks, units
from workbench.views.report.brief import WARNINGS, measure_rows, measures_table, packages_table
from workbench.views.report.census import visits_table
from workbench.views.report.instructors import moves
from workbench.views.report.parameters import parameters

if TYPE_CHECKING:
    from workbench.jobs import Plan
    from workbench.planning.assignment import Assignment

#: Of a task's columns these many are printed; those after them are there to filter by.
TASK_PRINTED = 12
#: Colours of the three lights, pale enough to read on.
COLOURS = {"red": "#F8CBAD", "yellow": "#FFE699", "blue": "#BDD7EE"}


def write_workbook(plan: Plan, path: Path) -> Path:
    """Write the plan's workbook, in the language in use. The same plan gives the same bytes.

    Parameters
    ----------
    plan
        what `make_plan` found out.
    path
        the file; it is written in one piece.
    """
    path.write_bytes(workbook_bytes(plan_sheets(plan), plan.scenario.calendar.start))
    return path


def plan_sheets(plan: Plan) -> list[Sheet]:
    """All sheets of a plan, the cover first."""
    sheets = list(_sheets(plan))
    return [_cover(plan, sheets), *sheets]


def _facts(plan: Plan) -> str:
    facts = text(
        "book.facts", unit=text("book.unit"), title=plan.scenario.label,
        deadline=date_words(plan.outcome.deadline, year=True),
    )  # fmt: skip
    return with_prediction(facts, plan.predicted_from)


def _columns(**sorts: str | tuple[str, str]) -> list[Column]:
    """Columns as ``name=sort``, or ``name=(sort, heading)`` where the heading is another column's."""
    pairs = {name: what if isinstance(what, tuple) else (what, name) for name, what in sorts.items()}
    return [(name, text(f"column.{heading}"), sort) for name, (sort, heading) in pairs.items()]


def _sheets(plan: Plan) -> Iterator[Sheet]:
    facts = _facts(plan)
    lit = {"light": {text(f"light.{name}"): colour for name, colour in COLOURS.items()}}

    def sheet(name: str, table: TableBlock, **more: object) -> Sheet:
        return Sheet.of(text(f"sheet.{name}"), table, facts, **more)

    found = tasks.task_list(plan)
    yield sheet("tasks", task_table(tasks.branches_to_form(found)), colours=lit, printed=TASK_PRINTED)
    yield sheet("mass", mass_table(tasks.mass_organizations(found)), colours=lit)
    for by in ("responsible", "street", "supervisor"):
        yield sheet(f"by_{by}", census_table(plan, by))
    yield sheet("lights", lights_table(plan, found), colours=lit)
    yield sheet("overdue", overdue_table(plan, found), colours=lit)
    yield from _grouping(plan, facts)
    yield from _instructors(plan, facts)
    days = by_day.by_day(plan, tasks.branches_to_form(found))
    yield sheet("calendar", by_day.calendar_table(days, text("report.calendar")))
    dates = tables.last_dates(plan)
    dates["kind"] = [text(f"kind.{kind}") for kind in dates["kind"]]
    held = plan.dates.meetings
    dates = dates.join(held[["meetings", "in_time"]], on="responsible")
    steps = dict.fromkeys(tables.LAST_DATES, "date")
    columns = _columns(
        responsible="text", kind="text", cases="whole", **steps, at_opening="share", meetings="whole", in_time="whole"
    )
    notes = [text("report.dates_note"), text("report.dates_blank")]
    yield sheet("dates", TableBlock(dates, columns, text("report.dates"), note=joined(notes)))
    if (visits := visits_table(plan)) is not None:
        yield sheet("visits", visits)
    yield sheet("measures", measures_table(measure_rows(plan), text("report.measures"), in_words=False))
    yield sheet("packages", packages_table(plan))
    rests = parameters(plan.scenario).reset_index()
    rests["mark"] = [text(f"mark.{mark}") for mark in rests["mark"]]
    columns = _columns(
        section="wide", name=("wide", "parameter"), value="wide", mark="text", source="wide", path="text"
    )
    yield sheet(
        "parameters", TableBlock(rests, columns, text("report.assumptions"), note=text("report.assumptions_note"))
    )


def _cover(plan: Plan, sheets: list[Sheet]) -> Sheet:
    """The plan's second paragraph with its blanks filled in, the answer, and what is in the book."""
    census = units.totals(units.census(plan, "responsible"), plan)
    found = tasks.branches_to_form(tasks.task_list(plan))
    targets = plan.scenario.targets
    counts = {name: thousands(float(str(census[name]))) for name in units.COUNTED}
    overdue = len(tasks.overdue(plan, found))
    single = float(found["kind"].isin(("standalone", "assisted")).mean())
    lines = [
        text("book.paragraph", **counts, deadline=date_words(plan.outcome.deadline),
             organization=target_percent(targets.organization), work=target_percent(targets.work)),
        text("book.indicators", overdue=thousands(overdue), tasks=thousands(len(found)),
             single=percent(single), joint=percent(1.0 - single),
             work=percent(plan.outcome.expected("work"))),
        findings.answer(plan),
        *findings.warnings(plan)[:WARNINGS],
        text("book.sheets"),
        *(text("book.sheet", number=number, name=sheet.name) for number, sheet in enumerate(sheets, 1)),
    ]  # fmt: skip
    return Sheet(text("sheet.cover"), pd.DataFrame(), [], text("book.title"), _facts(plan), lines=lines)


def _lit(frame: pd.DataFrame) -> pd.DataFrame:
    """Codes as words: kinds, lights, and what is so or not."""
    shown = frame.copy()
    if "kind" in shown:
        # Who is in no case at all may still be assigned an instructor.
        shown["kind"] = [text(f"kind.{kind}") if kind in CASE_KINDS else "" for kind in shown["kind"]]
    if "light" in shown:
        shown["light"] = [text(f"light.{name}") if isinstance(name, str) else None for name in shown["light"]]
    if "dual" in shown:
        shown["dual"] = [text("value.yes") if dual else "" for dual in shown["dual"]]
    return shown


def task_table(found: pd.DataFrame) -> TableBlock:
    """The tasks that come to a Party organization."""
    columns = _columns(
        number=("whole", "serial"), names="wide", kind="text", dual="text", members=("whole", "members_count"),
        responsible="text", person="text", due="date", formed_median=("date", "expected_on"),
        p_formed=("share", "sure"), light="text", reason=("text", "why_not"), case="text", lead="text", street="text",
    )  # fmt: skip
    counted = dict.fromkeys(("names", "case"), thousands(len(found)))
    totals = {"number": text("brief.total"), **counted, "members": int(found["members"].sum())}
    return TableBlock(_lit(found), columns, text("sheet.tasks"), totals, text("tasks.note"))


def mass_table(found: pd.DataFrame) -> TableBlock:
    """The tasks that come to a mass organization only."""
    columns = _columns(
        number=("whole", "serial"), case="text", lead="text", responsible="text", person="text", street="text",
        due=("date", "outreach_due"), sure=("share", "p_dispatched"), light="text", reason=("text", "why_not"),
    )  # fmt: skip
    totals = {"number": text("brief.total"), "case": thousands(len(found))}
    return TableBlock(_lit(found), columns, text("sheet.mass"), totals)


def census_table(plan: Plan, by: units.Key) -> TableBlock:
    """The census, and what the plan comes to, by one key; the city last."""
    found = units.census(plan, by)
    sorts: dict[str, str | tuple[str, str]] = {
        str(by): "text", "organizations": "whole", "members": ("whole", "members_count"), "at_start": "whole",
        **dict.fromkeys(("T3", "T2", "T1", "T0", "dormant", "has_instructor", "has_mass_org", "possible"), "whole"),
        "expected": ("days", "expected_count"), "ceiling": "share", "coverage": ("share", "coverage_share"),
        "work_coverage": "share",
    }  # fmt: skip
    columns = _columns(**sorts)
    totals = {str(by): text("brief.total"), **units.totals(found, plan)}
    return TableBlock(found.reset_index(), columns, text(f"sheet.by_{by}"), totals)


def lights_table(plan: Plan, found: pd.DataFrame) -> TableBlock:
    """Who is behind, at risk or on course."""
    rows = units.lights(plan, found).reset_index()
    rows["capped"] = [text("lights.capped") if capped else "" for capped in rows["capped"]]
    columns = _columns(
        responsible="text", light="text", sure="share", needed="whole", expected=("days", "expected_count"),
        possible="whole", red="whole", yellow="whole", blue="whole", capped="text",
    )  # fmt: skip
    sums = {name: int(rows[name].sum()) for name in ("needed", "possible", *tasks.LIGHTS)}
    totals = {"responsible": text("brief.total"), **sums, "expected": float(rows["expected"].sum())}
    return TableBlock(_lit(rows), columns, text("sheet.lights"), totals, text("lights.note"))


def overdue_table(plan: Plan, found: pd.DataFrame) -> TableBlock:
    """Organizations with the members for a branch of their own, and none."""
    rows = tasks.overdue(plan, found)
    columns = _columns(
        org_id="text", name="text", responsible="text", street="text", supervisor="text",
        members=("whole", "members_count"), due="date", formed_median=("date", "expected_on"),
        p_formed=("share", "sure"), light="text", reason=("text", "why_not"),
    )  # fmt: skip
    totals = {"org_id": text("brief.total"), "name": thousands(len(rows)), "members": int(rows["members"].sum())}
    return TableBlock(_lit(rows), columns, text("sheet.overdue"), totals)


def _grouping(plan: Plan, facts: str) -> Iterator[Sheet]:
    register, scenario, grouping = plan.register, plan.scenario, plan.grouping
    joined = tables.joint_branches(register, scenario, grouping)
    joined["facility_kind"] = [text(f"facility.{kind}") for kind in joined["facility_kind"]]
    joined["leads"] = [text("value.yes") if leads else "" for leads in joined["leads"]]
    columns = _columns(
        group="whole", facility_kind="text", facility="text", facility_street="text", leads="text", org_id="text",
        name="text", street="text", members=("whole", "members_count"), distance_km=("km", "km"), facility_id="text",
    )  # fmt: skip
    totals = {"group": text("brief.total"), "org_id": thousands(len(joined)), "members": int(joined["members"].sum())}
    title = text("report.grouping")
    note = findings.grouping_sentence(plan)
    yield Sheet.of(text("sheet.grouping"), TableBlock(joined, columns, title, totals, note), facts)
    out = tables.left_out(register, scenario, grouping)
    columns = _columns(
        org_id="text", name="text", street="text", community="text", members=("whole", "members_count"), reason="text"
    )
    totals = {"org_id": text("brief.total"), "name": thousands(len(out)), "members": int(out["members"].sum())}
    title = text("report.left_out", count=len(out))
    yield Sheet.of(text("sheet.left_out"), TableBlock(out, columns, title, totals), facts)


def assignment_table(plan: Plan, assignment: Assignment) -> TableBlock:
    """Which numbered instructor stands for which organizations: the list that an office hands out."""
    found = assignment.table.assign(
        name=[tables.name_of(plan.register, org_id) for org_id in assignment.table["org_id"]],
        street=plan.register["street"].loc[assignment.table["org_id"]].to_numpy(),
        person="",
    )
    columns = _columns(
        responsible="text", instructor="text", person="text", org_id="text", name="wide", street="text", kind="text"
    )
    totals = {"responsible": text("brief.total"), "org_id": thousands(len(found))}
    return TableBlock(_lit(found), columns, text("sheet.assignment"), totals)


def _instructors(plan: Plan, facts: str) -> Iterator[Sheet]:
    if plan.assignment is not None:
        yield Sheet.of(text("sheet.assignment"), assignment_table(plan, plan.assignment), facts)
    places = tables.responsible_units(plan).reset_index()
    places["change"] = places["recommended"] - places["instructors"]
    columns = _columns(
        responsible="text", instructors=("whole", "now"), recommended="whole", change="signed",
        **({"arriving": "whole"} if places["arriving"].any() else {}), utilisation="share",
    )  # fmt: skip
    summed = ("instructors", "recommended", "change", "arriving")
    totals: dict[str, object] = {name: int(places[name].sum()) for name in summed}
    table = TableBlock(places, columns, text("report.instructors"), {"responsible": text("brief.total"), **totals})
    yield Sheet.of(text("sheet.instructors"), table, facts)
    moved = moves(plan)
    moved["responsible_from"] = moved["responsible_from"].replace("", text("move.new"))
    moved["responsible_to"] = moved["responsible_to"].replace("", text("move.home"))
    columns = _columns(responsible_from=("text", "from"), responsible_to=("text", "to"), count="whole")
    totals = {"responsible_from": text("brief.total"), "count": int(moved["count"].sum())}
    note = "" if len(moved) else text("move.none")
    yield Sheet.of(text("sheet.moves"), TableBlock(moved, columns, text("sheet.moves"), totals, note), facts)
