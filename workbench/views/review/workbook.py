"""The workbook of a review: a cover, then every table, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import date_words
from workbench.shown import with_prediction
from workbench.views.formats import Sheet, TableBlock
from workbench.views.report import COLOURS
from workbench.views.review import sentences, tables
from workbench.views.review.assumptions import assumption_sentences, assumptions_table
from workbench.views.review.documents import title_of

if TYPE_CHECKING:
    from workbench.jobs import Review


def review_sheets(review: Review) -> list[Sheet]:
    """All sheets of a review, the cover first."""
    facts = text(
        "review.book_facts", unit=text("book.unit"), title=review.scenario.label,
        date=date_words(review.as_of, year=True),
    )  # fmt: skip
    facts = with_prediction(facts, review.predicted_from)
    sheets = [Sheet.of(text(f"review.sheet.{name}"), table, facts, **_colours(name)) for name, table in _tables(review)]
    lines = [
        sentences.progress(review), sentences.instructed(review), sentences.outlook(review),
        sentences.against_plan(review), *sentences.behind(review), *sentences.filing(review),
        *sentences.advice(review), *assumption_sentences(review),
        *sentences.findings(review), text("book.sheets"),
        *(text("book.sheet", number=number, name=sheet.name) for number, sheet in enumerate(sheets, 1)),
    ]  # fmt: skip
    cover = Sheet(text("review.sheet.cover"), pd.DataFrame(), [], title_of(review), facts, lines=lines)
    return [cover, *sheets]


def _colours(name: str) -> dict[str, object]:
    lit = {text(f"light.{name}"): colour for name, colour in COLOURS.items()}
    return {"colours": {"light": lit}} if name == "outlook" else {}


def _tables(review: Review) -> Iterator[tuple[str, TableBlock]]:
    yield "progress", tables.progress_table(review, whole=True)
    if review.final:
        yield "happened", tables.happened_table(review, whole=True)
    if not review.over:
        yield "outlook", tables.outlook_table(review, whole=True)
    yield "ranks", tables.ranks_table(review)
    yield "states", tables.states_table(review)
    if review.final and len(review.score.candidates):
        yield "candidates", tables.candidates_table(review)
    if len(review.filing):
        yield "filing", tables.filing_table(review)
    if len(review.measures):
        yield "measures", tables.measures_table(review)
    if (together := tables.packages_table(review)) is not None:
        yield "packages", together
    if (moves := tables.moves_table(review)) is not None:
        yield "moves", moves
    if (learnt := assumptions_table(review)) is not None:
        yield "assumptions", learnt
    if review.findings:
        yield "findings", tables.findings_table(review)
