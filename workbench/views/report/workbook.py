"""The Excel workbook of a plan: what a planner sorts, filters and hands on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import in_points, iso_date
from workbench.planning.measures import decider
from workbench.views.formats import MIXED, Sheet, fingerprints, workbook_bytes
from workbench.views.report import deciding, findings, instructors, tables
from workbench.views.report.parameters import parameters

if TYPE_CHECKING:
    from workbench.jobs import Plan


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
    """All sheets of a plan, the answer first."""
    register, scenario, grouping = plan.register, plan.scenario, plan.grouping
    units = tables.joint_branches(register, scenario, grouping)
    units["facility_kind"] = [text(f"facility.{kind}") for kind in units["facility_kind"]]
    units["leads"] = [text("value.yes") if leads else "" for leads in units["leads"]]
    cases = tables.cases(plan)
    cases["kind"] = [text(f"kind.{kind}") for kind in cases["kind"]]
    places = tables.responsible_units(plan).reset_index()
    places["change"] = places["recommended"] - places["instructors"]
    dates = tables.last_dates(plan)
    dates["kind"] = [text(f"kind.{kind}") for kind in dates["kind"]]
    moves = instructors.moves(plan)
    moves["responsible_from"] = moves["responsible_from"].replace("", text("move.new"))
    moves["responsible_to"] = moves["responsible_to"].replace("", text("move.home"))
    found = parameters(scenario).reset_index()
    found["mark"] = [text(f"mark.{mark}") for mark in found["mark"]]
    return [
        _sheet("answer", _answer(plan), figure="text", value=MIXED),
        _sheet("measures", _alone(plan), measure="text", expected="share", gain="share", work_gain="share",
               probability=("share", "chance"), cost="whole", decided_by="text", until="date"),
        _sheet("packages", _packages(plan), measures=("text", "package"), number="whole", cost="whole",
               expected="share", gain="share", work_gain="share", probability=("share", "chance")),
        _sheet("grouping", units, group="whole", facility_kind="text", facility="text", facility_street="text",
               leads="text", org_id="text", name="text", street="text", members="whole", distance_km=("km", "km"),
               facility_id="text"),
        _sheet("left_out", tables.left_out(register, scenario, grouping), org_id="text", name="text",
               street="text", community="text", members="whole", reason="text"),
        _sheet("instructors", places, responsible="text", instructors=("whole", "now"), recommended="whole",
               change="whole", utilisation="share"),
        _sheet("moves", moves, responsible_from=("text", "from"), responsible_to=("text", "to"), count="whole"),
        _sheet("responsible_units", places, responsible="text", organizations="whole", at_start="whole",
               possible="whole",
               ceiling="share", coverage=("share", "expected"), low="share", high="share", work_coverage="share",
               meetings="whole", in_time="whole"),
        _sheet("dates", dates, responsible="text", kind="text", cases="whole",
               **dict.fromkeys(tables.LAST_DATES, "date"), at_opening="share"),
        _sheet("cases", cases, case="text", kind="text", responsible="text", lead=("text", "name"), units="whole",
               names=("text", "members_of"), p_dispatched="share", p_formed="share", formed_median="date"),
        _sheet("parameters", found, section="text", name=("text", "parameter"), value="text", mark="text",
               source="text", path="text"),
    ]  # fmt: skip


def _alone(plan: Plan) -> pd.DataFrame:
    """Every measure alone, in words."""
    found = plan.measures
    return found.alone.assign(
        measure=[found.listed[name].label for name in found.alone["measure"]],
        decided_by=[decider(code) for code in found.alone["decided_by"]],
    )


def _packages(plan: Plan) -> pd.DataFrame:
    """Every set that was tried, in words; the best chance first, of equal ones the smaller one."""
    found = plan.measures
    table = found.packages.sort_values(["probability", "number", "cost"], ascending=[False, True, True], kind="stable")
    return table.assign(measures=[found.names(names) or text("measures.present") for names in table["measures"]])


def _sheet(sheet: str, table: pd.DataFrame, /, **columns: str | tuple[str, str]) -> Sheet:
    """A sheet: ``column=sort``, or ``column=(sort, heading)`` where the heading is another column's."""
    shown = []
    for column, what in columns.items():
        sort, heading = (what, column) if isinstance(what, str) else what
        shown.append((column, text(f"column.{heading}"), sort))
    return Sheet(text(f"sheet.{sheet}"), table, shown)


def _answer(plan: Plan) -> pd.DataFrame:
    """Key figures and where they come from, one a row."""
    outcome, gap = plan.outcome, plan.gap
    provenance, prints = outcome.provenance, fingerprints(plan)
    rows: list[tuple[str, str | float]] = [
        ("scenario", f"{plan.scenario.label} ({plan.scenario.name})"),
        ("answer", findings.answer(plan)),
        ("target", gap.target),
        ("deadline", iso_date(outcome.deadline)),
        ("organizations", outcome.total),
        ("ceiling", gap.ceiling),
        ("expected", gap.expected),
        ("expected_work", outcome.expected("work")),
        *zip(("chance", "chance_low", "chance_high"), gap.probability, strict=True),
        *zip(("chance_work", "chance_work_low", "chance_work_high"), outcome.probability("work"), strict=True),
        ("interval", text("report.interval")),
        *((f"obstacle_{turn}", f"{in_points(each.share)} · {each.name} · {each.sentence}")
          for turn, each in enumerate(findings.obstacles(plan)[:3], 1)),
        ("measures", "\n".join(deciding.measure_sentences(plan))),
        ("unlimited", instructors.instructors_alone(plan)),
        ("instructors", "\n".join(instructors.allocation_sentences(plan))),
        ("grouping", findings.grouping_sentence(plan)),
        *(("mind", each) for each in findings.warnings(plan)),
        ("replications", outcome.replications),
        ("seed", plan.seed),
        ("version", str(provenance["version"])),
        *((f"fingerprint_{name}", prints[name]) for name in ("scenario", "register", "grouping")),
    ]  # fmt: skip
    values = pd.Series([value for _, value in rows], dtype="object")
    return pd.DataFrame({"figure": [_figure(name) for name, _ in rows], "value": values})


def _figure(name: str) -> str:
    kind, _, rest = name.partition("_")
    if kind == "obstacle":
        return text("figure_of.obstacle", turn=rest)
    return text(f"figure_of.{name}")
