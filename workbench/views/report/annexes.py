"""What stands behind the brief, annex by annex: from the ceiling to where every parameter comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from workbench.inputs.scenario import parameter_name
from workbench.labels import text
from workbench.numbers import chance_words, in_points, target_percent, thousands
from workbench.planning.gap import COVERED, NOT_COVERED
from workbench.views.formats import (
    PAGE_ROWS,
    Block,
    Column,
    Heading,
    NewPage,
    PictureBlock,
    Sentence,
    TableBlock,
    fingerprints,
)
from workbench.views.report import by_day, deciding, findings, instructors, tables, tasks, units
from workbench.views.report.brief import measure_rows, measures_table, packages_table, units_table
from workbench.views.report.census import first_visits, visits_table
from workbench.views.report.parameters import MARKS, parameters

if TYPE_CHECKING:
    from workbench.jobs import Plan

Pictures = Mapping[str, bytes]
#: Packages that the report shows; the workbook has all that were tried.
PACKAGES = 12


def annexes(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    """Annex after annex, in the order in which a planner asks."""
    yield NewPage()
    for number, (name, annex) in enumerate(
        (
            ("ceiling", _ceiling),
            ("census", _census),
            ("course", _course),
            ("obstacles", _obstacles),
            ("measures", _measures),
            ("dates", _dates),
            ("responsible_units", _units),
            ("instructors", _instructors),
            ("grouping", _grouping),
            ("assumptions", _assumptions),
            ("method", _method),
        ),
        1,
    ):
        title = text("report.annex", number=number, title=text(f"report.{name}"))
        yield Heading(title, 2, name)
        yield from annex(plan, pictures)


def _columns(**sorts: str) -> list[Column]:
    return [(name, text(f"column.{name}"), sort) for name, sort in sorts.items()]


def _picture(pictures: Pictures, name: str, wide: float = 0.8) -> Iterator[Block]:
    if name in pictures:
        yield PictureBlock(pictures[name], text(f"report.alt_{name}"), wide)


def _ceiling(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    ways = plan.ceiling.table.loc[[*COVERED, *NOT_COVERED]].reset_index()
    ways["way"] = [text(f"way.{way}") for way in ways["way"]]
    yield Sentence(plan.ceiling.summary())
    yield from _picture(pictures, "tiers")
    yield TableBlock(ways, _columns(way="wide", organizations="whole", share="share"))


def _census(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    del pictures
    visits = visits_table(plan)
    if plan.census is None or visits is None:
        yield Sentence(text("brief.census_not_asked"))
        return
    for line in plan.census.found.summary().splitlines():
        yield Sentence(line)
    yield first_visits(visits)


def _course(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    yield Sentence(text("report.course_note"))
    yield from _picture(pictures, "fan")
    outcome, targets = plan.outcome, plan.scenario.targets
    rows = []
    for target in findings.TARGETS:
        fan = outcome.quantiles((0.05, 0.95), target).iloc[outcome.calendar.deadline_day]
        rows.append({
            "coverage": text(f"term.{target}_coverage"),
            "target": target_percent(getattr(targets, target)),
            "expected": outcome.expected(target),
            "low": fan[0.05],
            "high": fan[0.95],
            "chance": chance_words(outcome.probability(target)),
        })  # fmt: skip
    kinds = {"coverage": "wide", "target": "number", "expected": "share", "low": "share", "high": "share"}
    yield TableBlock(pd.DataFrame(rows), _columns(**kinds, chance="number"), note=text("report.interval"))


def _obstacles(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    found = findings.obstacles(plan)
    yield Sentence(text("report.obstacles_note"))
    yield from _picture(pictures, "gap")
    if not found:
        yield Sentence(text("screen.obstacles_none"))
        return
    rows = [{"points": in_points(each.share), "obstacle": each.name, "said": each.sentence} for each in found]
    yield TableBlock(pd.DataFrame(rows), _columns(points="number", obstacle="text", said="wide"))


def _measures(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    yield Sentence(text("report.measures_note"))
    for line in deciding.measure_sentences(plan):
        yield Sentence(line)
    yield from _picture(pictures, "measures")
    yield measures_table(measure_rows(plan))
    yield packages_table(plan, PACKAGES)
    yield Sentence(instructors.instructors_alone(plan))


def _dates(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    table = tables.last_dates_by_kind(plan).reset_index()
    table["kind"] = [text(f"kind.{kind}") for kind in table["kind"]]
    yield Sentence(text("report.dates_note"))
    dates = dict.fromkeys(tables.LAST_DATES, "date")
    columns = _columns(kind="text", cases="whole", **dates, at_opening="share")
    yield TableBlock(table, columns, note=text("report.dates_dash"))
    if said := findings.last_meeting(plan):
        yield Sentence(said)
    days = by_day.by_day(plan, tasks.branches_to_form(tasks.task_list(plan)))
    yield by_day.calendar_table(by_day.eventful(days), text("report.calendar"), names=False)


def _units(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    yield Sentence(text("report.responsible_units_note"))
    yield from _picture(pictures, "responsible_units")
    table = tables.responsible_units(plan).reset_index().rename(columns={"coverage": "coverage_expected"})
    yield TableBlock(table, _columns(
        responsible="text", organizations="whole", at_start="whole", ceiling="share", coverage_expected="share",
        low="share", high="share", work_coverage="share", meetings="whole", in_time="whole",
    ))  # fmt: skip
    rows = units.brief_rows(plan)
    if len(rows) > PAGE_ROWS:
        yield units_table(rows, plan, rows)


def _instructors(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    for each in instructors.allocation_sentences(plan):
        yield Sentence(each)
    yield from _picture(pictures, "instructors")
    yield from _picture(pictures, "curve")
    found = tables.responsible_units(plan)
    changed = found[found["instructors"] != found["recommended"]].reset_index()
    if len(changed):
        changed["change"] = changed["recommended"] - changed["instructors"]
        title = text("report.changed", count=len(changed), responsible_units=len(found))
        kinds = {"responsible": "text", "instructors": "whole", "recommended": "whole", "change": "signed"}
        yield TableBlock(changed, _columns(**kinds, utilisation="share"), title)


def _grouping(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    yield Sentence(findings.grouping_sentence(plan))
    if len(plan.grouping.groups):
        yield from _picture(pictures, "map")
    joined = tables.joint_branches(plan.register, plan.scenario, plan.grouping)
    rows = []
    for number, group in joined.groupby("group", sort=True):
        first = group.iloc[0]
        named = [f"{name} ({members})" for name, members in zip(group["name"], group["members"], strict=True)]
        rows.append({
            "group": number,
            "facility_kind": text(f"facility.{first['facility_kind']}"),
            "facility": first["facility"],
            "street": first["facility_street"],
            "units": text("value.and").join(named),
            "members": int(group["members"].sum()),
            "distance_km": group["distance_km"].mean(),
        })  # fmt: skip
    if rows:
        kinds = {"group": "whole", "facility_kind": "text", "facility": "wide", "street": "text", "units": "wide"}
        yield TableBlock(pd.DataFrame(rows), _columns(**kinds, members="whole", distance_km="km"))
    out = tables.left_out(plan.register, plan.scenario, plan.grouping)
    if len(out):
        kinds = {"org_id": "text", "name": "wide", "street": "text", "members": "whole", "reason": "wide"}
        yield TableBlock(out, _columns(**kinds), text("report.left_out", count=len(out)))


def _assumptions(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    found = parameters(plan.scenario)
    yield Sentence(text("report.assumptions_note"))
    for mark in MARKS:
        if (found["mark"] == mark).any():
            means = text("report.mark_means", mark=text(f"mark.{mark}"), means=text(f"mark.{mark}.means"))
            yield Sentence(means, "note")
    found = found.assign(mark=[text(f"mark.{mark}") for mark in found["mark"]]).reset_index()
    for title, part in found.groupby("section", sort=False):
        columns = [("name", text("column.parameter"), "wide"), *_columns(value="wide", mark="text", source="wide")]
        yield TableBlock(part, columns, str(title))


def _method(plan: Plan, pictures: Pictures) -> Iterator[Block]:
    outcome = plan.outcome
    drawn = text("value.and").join(parameter_name(path) for path in plan.scenario.drawn_parameters)
    for said in (
        text("report.method_runs", replications=thousands(outcome.replications), seed=plan.seed),
        text("report.method_interval"),
        text("report.method_uncertain", drawn=drawn or text("value.nothing")),
        text("report.method_gap"),
        text("report.method_allocation"),
        text("report.method_order"),
        text("report.made", version=outcome.provenance["version"], seed=plan.seed,
             replications=thousands(outcome.replications), scenario=plan.scenario.name),
        text("report.fingerprints", **fingerprints(plan)),
        text("report.no_person"),
    ):  # fmt: skip
        yield Sentence(said)
