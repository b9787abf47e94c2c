"""The screen: what a planner reads in the terminal when the job is done, the ceiling first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.labels import text
from workbench.numbers import date_words, in_points
from workbench.views.formats import WIDTH, text_table, width, wrap
from workbench.views.report import deciding, findings, instructors

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: So many obstacles and moves are spelt out; the files hold all.
OBSTACLES = 3
MOVES = 5


def plan_screen(plan: Plan) -> str:
    """The answer on one screen, in the language in use.

    Parameters
    ----------
    plan
        what `make_plan` found out.
    """
    outcome = plan.outcome
    head = text(
        "screen.head", title=plan.scenario.label, organizations=outcome.total,
        responsible_units=len(outcome.stages["responsible"]), deadline=date_words(outcome.deadline, year=True),
        replications=outcome.replications, seed=plan.seed,
    )  # fmt: skip
    parts = [
        wrap(head),
        _section("answer", [wrap(each, "  ", "  ") for each in findings.answers(plan)]),
        _section("conventions", [wrap(each, "    ", "  - ") for each in plan.conventions.lines()]),
        _section("ceiling", [wrap(plan.ceiling.summary(), "  ", "  ")]),
        _section("probability", _probability(plan)),
        _section("obstacles", _obstacles(plan)),
        _section("measures", _measures(plan)),
        _section("instructors", _instructors(plan)),
        _section("grouping", [wrap(findings.grouping_sentence(plan), "  ", "  ")]),
    ]
    if said := findings.warnings(plan):
        parts.append(_section("mind", [wrap(each, "    ", "  ! ") for each in said]))
    return "\n\n".join(parts)


def files_screen(folder: Path) -> str:
    """Where the files are, the one to open first."""
    shown = [(name, text(f"file.{key}")) for name, key in FILES]
    rows = "\n".join(f"  {folder / name}  {words}" for name, words in shown)
    return text("screen.files") + "\n" + rows


#: Files that the screen names, and the key of the words that say what is in each.
FILES = (
    ("report.docx", "brief"),
    ("report.html", "report"),
    ("plan.xlsx", "workbook"),
    ("figures", "figures"),
    ("outcome.nc", "outcome"),
)


def _section(name: str, lines: list[str]) -> str:
    title = text(f"screen.{name}")
    rule = "─" * max(0, WIDTH - width(title) - 4)
    return "\n".join([f"── {title} {rule}", *lines])


def _probability(plan: Plan) -> list[str]:
    header = ["", *(text(f"column.{key}") for key in ("target", "expected", "usual", "chance"))]
    return [text_table(header, findings.coverage_rows(plan)), wrap(text("screen.interval"), "  ", "  ")]


def _obstacles(plan: Plan) -> list[str]:
    found = findings.obstacles(plan)[:OBSTACLES]
    lines = [wrap(text("screen.obstacles_none"), "  ", "  ")] if not found else []
    for each in found:
        lines.append(wrap(f"{each.name}", "  ", f"  {in_points(each.share)}  "))
        lines.append(wrap(each.sentence, "      ", "      "))
    return lines


def _measures(plan: Plan) -> list[str]:
    sentences = [*deciding.measure_sentences(plan), instructors.instructors_alone(plan)]
    return [deciding.alone_table(plan.measures), *(wrap(each, "  ", "  ") for each in sentences)]


def _instructors(plan: Plan) -> list[str]:
    lines = [wrap(each, "  ", "  ") for each in instructors.allocation_sentences(plan)]
    found = instructors.moves(plan)
    if len(found) and plan.instructors:
        new, home = text("move.new"), text("move.home")
        rows = [
            [f"{move['responsible_from'] or new} → {move['responsible_to'] or home}", str(move["count"])]
            for move in found.head(MOVES).to_dict("records")
        ]
        lines.append(text_table([text("column.move"), text("column.instructors")], rows))
        if len(found) > MOVES:
            lines.append("  " + text("screen.more_moves", count=len(found) - MOVES))
    return lines
