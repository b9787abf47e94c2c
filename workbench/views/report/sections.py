"""The sections of the report, in the order in which a planner asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan
from typing import TYPE_CHECKING

from workbench.inputs.scenario import parameter_name
from workbench.labels import text
from workbench.numbers import decimal, in_points, percent, signed
from workbench.planning.gap import COVERED, NOT_COVERED
from workbench.views.formats import Markup, join, paragraph, picture, section, table, tag
from workbench.views.report import deciding, findings, instructors, tables
from workbench.views.report.parameters import MARKS, parameters

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: Rows of a table that the report shows; the workbook has all of them.
ROWS = 300

Pictures = Mapping[str, bytes]


def sections(plan: Plan, pictures: Pictures) -> Iterator[Markup]:
    """Section after section."""
    yield _ceiling(plan, pictures)
    yield _course(plan, pictures)
    yield _obstacles(plan, pictures)
    yield _measures(plan, pictures)
    yield _responsible_units(plan, pictures)
    yield _instructors(plan, pictures)
    yield _grouping(plan, pictures)
    yield _assumptions(plan)
    yield _method(plan)


def _heading(*keys: str) -> list[str]:
    return [text(f"column.{key}") for key in keys]


def _picture(pictures: Pictures, name: str) -> Markup:
    return picture(pictures[name], text(f"report.alt_{name}")) if name in pictures else Markup("")


def _cut(rows: list[list[object]]) -> tuple[list[list[object]], Markup]:
    """The rows that the report shows, and a note where that is not all."""
    if len(rows) <= ROWS:
        return rows, Markup("")
    return rows[:ROWS], paragraph(text("report.cut", shown=ROWS, count=len(rows)), "note")


def _ceiling(plan: Plan, pictures: Pictures) -> Markup:
    ways = plan.ceiling.table.loc[[*COVERED, *NOT_COVERED]].reset_index().to_dict("records")
    rows = [[text(f"way.{way['way']}"), way["organizations"], percent(way["share"])] for way in ways]
    return section(
        "ceiling", text("report.ceiling"),
        paragraph(plan.ceiling.summary()),
        _picture(pictures, "tiers"),
        table(_heading("way", "organizations", "share"), rows, "wnn"),
    )  # fmt: skip


def _course(plan: Plan, pictures: Pictures) -> Markup:
    head = _heading("coverage", "target", "expected", "usual", "chance")
    return section(
        "course", text("report.course"),
        paragraph(text("report.course_note")),
        _picture(pictures, "fan"),
        table(head, findings.coverage_rows(plan), "wnnnn"),
        paragraph(text("report.interval"), "note"),
    )  # fmt: skip


def _obstacles(plan: Plan, pictures: Pictures) -> Markup:
    found = findings.obstacles(plan)
    blocks = [
        tag("div", join([
            tag("b", in_points(each.share)),
            tag("div", join([tag("b", each.name), paragraph(each.sentence)])),
        ]), "obstacle")
        for each in found
    ]  # fmt: skip
    return section(
        "obstacles", text("report.obstacles"),
        paragraph(text("report.obstacles_note")),
        _picture(pictures, "gap"),
        *blocks,
        *(() if found else (paragraph(text("screen.obstacles_none")),)),
    )  # fmt: skip


def _measures(plan: Plan, pictures: Pictures) -> Markup:
    found = plan.measures
    return section(
        "measures", text("report.measures"),
        *(paragraph(each) for each in deciding.measure_sentences(plan)),
        paragraph(text("report.measures_note"), "note"),
        table(_heading(*deciding.MEASURE_COLUMNS), deciding.measure_rows(found), "wnnnnnww"),
        tag("h3", text("report.packages")),
        _picture(pictures, "measures"),
        table(_heading(*deciding.PACKAGE_COLUMNS), deciding.package_rows(found), "wnnnnn"),
        paragraph(instructors.instructors_alone(plan)),
    )  # fmt: skip


def _responsible_units(plan: Plan, pictures: Pictures) -> Markup:
    rows: list[list[object]] = [
        [row["responsible"], row["organizations"], row["at_start"], percent(row["ceiling"]), percent(row["coverage"]),
         f"{percent(row['low'])}–{percent(row['high'])}", percent(row["work_coverage"]),
         f"{row['in_time']}/{row['meetings']}"]
        for row in tables.responsible_units(plan).reset_index().to_dict("records")
    ]  # fmt: skip
    shown, note = _cut(rows)
    head = _heading(
        "responsible", "organizations", "at_start", "ceiling", "expected", "usual", "work_coverage", "in_time"
    )
    return section(
        "responsible_units", text("report.responsible_units"),
        paragraph(text("report.responsible_units_note")),
        _picture(pictures, "responsible_units"),
        table(head, shown, "tnnnnnnn"), note,
        tag("h3", text("report.dates")),
        paragraph(text("report.dates_note")),
        table(_heading("kind", "cases", *tables.LAST_DATES, "at_opening"), findings.date_rows(plan), "tnnnnnnnn"),
    )  # fmt: skip


def _instructors(plan: Plan, pictures: Pictures) -> Markup:
    found = tables.responsible_units(plan)
    changed = found[found["instructors"] != found["recommended"]]
    rows: list[list[object]] = [
        [row["responsible"], row["instructors"], row["recommended"], signed(row['recommended'] - row['instructors']),
         "–" if isnan(row["utilisation"]) else percent(row['utilisation'], 0)]
        for row in changed.reset_index().to_dict("records")
    ]  # fmt: skip
    shown, note = _cut(rows)
    content: list[object] = [
        *(paragraph(each) for each in instructors.allocation_sentences(plan)),
        _picture(pictures, "instructors"),
        _picture(pictures, "curve"),
    ]
    if rows:
        head = _heading("responsible", "now", "recommended", "change", "utilisation")
        title = text("report.changed", count=len(changed), responsible_units=len(found))
        content += [tag("h3", title), table(head, shown, "tnnnn"), note]
    return section("instructors", text("report.instructors"), *content)


def _grouping(plan: Plan, pictures: Pictures) -> Markup:
    units = tables.joint_branches(plan.register, plan.scenario, plan.grouping)
    rows: list[list[object]] = []
    for number, group in units.groupby("group", sort=True):
        first = group.iloc[0]
        named = [f"{name} ({members})" for name, members in zip(group["name"], group["members"], strict=True)]
        rows.append(
            [number, text(f"facility.{first['facility_kind']}"), first["facility"], first["facility_street"],
             text("value.and").join(named), int(group["members"].sum()), decimal(group['distance_km'].mean())]
        )  # fmt: skip
    shown, note = _cut(rows)
    head = _heading("group", "facility_kind", "facility", "street", "units", "members", "distance_km")
    content: list[object] = [paragraph(findings.grouping_sentence(plan)), _picture(pictures, "map")]
    if rows:
        content += [table(head, shown, "ntwtwnn"), note]
    out = tables.left_out(plan.register, plan.scenario, plan.grouping)
    if len(out):
        columns = ["org_id", "name", "street", "members", "reason"]
        shown, note = _cut(out[columns].to_numpy(dtype=object).tolist())
        content += [
            tag("h3", text("report.left_out", count=len(out))),
            table(_heading(*columns), shown, "twtnw"), note,
        ]  # fmt: skip
    return section("grouping", text("report.grouping"), *content)


def _assumptions(plan: Plan) -> Markup:
    found = parameters(plan.scenario)
    legend = join(
        paragraph(join([_mark(mark), text(f"mark.{mark}.means")])) for mark in MARKS if (found["mark"] == mark).any()
    )
    content: list[object] = [paragraph(text("report.assumptions_note")), legend]
    head = _heading("parameter", "value", "mark", "source")
    for title, part in found.groupby("section", sort=False):
        rows = [
            [join([row["name"], tag("code", path)]), row["value"], _mark(row["mark"]), row["source"]]
            for path, row in part.iterrows()
        ]
        content += [tag("h3", title), table(head, rows, "wwtw")]
    return section("assumptions", text("report.assumptions"), *content)


def _mark(mark: str) -> Markup:
    return tag("span", text(f"mark.{mark}"), f"mark {mark}")


def _method(plan: Plan) -> Markup:
    outcome = plan.outcome
    drawn = text("value.and").join(parameter_name(path) for path in plan.scenario.drawn_parameters)
    said = [
        text("report.method_runs", replications=outcome.replications, seed=plan.seed),
        text("report.method_interval"),
        text("report.method_uncertain", drawn=drawn or text("value.nothing")),
        text("report.method_gap"),
        text("report.method_allocation"),
        text("report.method_order"),
    ]
    return section("method", text("report.method"), *(paragraph(each) for each in said))
