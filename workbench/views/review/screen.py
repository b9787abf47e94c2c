"""The screen of a review: where it will end, who is behind, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.labels import text
from workbench.numbers import date_words
from workbench.shown import with_prediction
from workbench.views.formats import WIDTH, text_table, width, wrap
from workbench.views.review import sentences, tables
from workbench.views.review.assumptions import assumption_sentences
from workbench.views.review.files import report_name

if TYPE_CHECKING:
    from workbench.jobs import Review

#: Rows of the screen's table; the files hold all.
UNITS = 12


def review_screen(review: Review) -> str:
    """The review on one screen, in the language in use."""
    head = text("review.screen_head", title=review.scenario.label, date=date_words(review.as_of, year=True))
    parts = [
        wrap(with_prediction(head, review.predicted_from)),
        _section("outlook", [sentences.outlook(review), sentences.progress(review), sentences.against_plan(review)]),
        "\n".join([_rule("units"), *_units(review), *(wrap(line, "  ", "  ") for line in sentences.behind(review))]),
        _section("assumptions", assumption_sentences(review)),
    ]
    if asked := [*sentences.filing(review), *sentences.advice(review)]:
        parts.append(_section("todo", asked))
    if review.findings:
        parts.append("\n".join([_rule("mind"), *(wrap(line, "    ", "  ! ") for line in sentences.findings(review))]))
    return "\n\n".join(parts)


def review_files_screen(review: Review, folder: Path) -> str:
    """Where the files are, the one to open first."""
    names = ("notice.docx", f"{report_name(review)}.docx", "review.xlsx", "figures", "forecast.nc")
    keys = ("notice", report_name(review), "workbook", "figures", "forecast")
    rows = [f"  {folder / name}  {text(f'review.file.{key}')}" for name, key in zip(names, keys, strict=True)]
    return text("screen.files") + "\n" + "\n".join(rows)


def _rule(name: str) -> str:
    title = text(f"review.screen.{name}")
    return f"── {title} {'─' * max(0, WIDTH - width(title) - 4)}"


def _section(name: str, lines: list[str]) -> str:
    return "\n".join([_rule(name), *(wrap(line, "  ", "  ") for line in lines)])


def _units(review: Review) -> list[str]:
    rows = tables.units_rows(review).sort_values("percentile", kind="stable", na_position="last").head(UNITS)
    names = ("responsible", "tasks", "formed", "this_week", "in_work", "filed", "approved", "place")
    header = [text(f"review.column.{name}") for name in names]
    lines = [text_table(header, [[str(row[name]) for name in names] for row in rows.to_dict("records")])]
    left = len(review.score.table) - len(rows)
    return [*lines, "  " + text("review.more_units", count=left)] if left > 0 else lines
