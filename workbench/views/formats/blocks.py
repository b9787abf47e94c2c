"""What a document is made of, said once: headings, sentences, key figures, tables, pictures. HTML and Word write them.

A table holds values, not words: each of its columns has a sort, and the sort decides how a value is written, to which
side it stands, and which number format it has in Excel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from workbench.labels import language, text
from workbench.numbers import NOTHING, date_words, decimal, percent, signed, signed_points, thousands

Sort = Literal["text", "wide", "whole", "signed", "share", "points", "km", "days", "date", "money", "number", "mixed"]
#: Sorts of columns that stand to the left; all others are numbers, or dates, and stand to the right.
LEFT = ("text", "wide", "mixed")
#: Rows of a table that a document shows, and that one page has room for; the workbook has all of them.
DOCUMENT_ROWS, PAGE_ROWS = 300, 31
#: A column: its name in the frame, its heading, its sort.
Column = tuple[str, str, str]


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1; `name` is what a link jumps to."""

    words: str
    level: int = 1
    name: str = ""


@dataclass(frozen=True)
class Sentence:
    """A paragraph. Its look: "" plain, "answer" the verdict, "note" small print, "warning" what to mind, "lead"."""

    words: str
    look: str = ""


@dataclass(frozen=True)
class Cards:
    """Key figures side by side: each a name, its number, and a note."""

    cards: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, eq=False)
class TableBlock:
    """A table of values.

    Attributes
    ----------
    frame
        the values.
    columns
        which of its columns are shown, with heading and sort.
    title
        the caption above it; "" for none.
    totals
        the last row, by column; what is missing stays blank. None for no such row.
    note
        small print below.
    """

    frame: pd.DataFrame
    columns: Sequence[Column]
    title: str = ""
    totals: Mapping[str, object] | None = None
    note: str = ""

    def rows(self, most: int | None = None) -> list[list[str]]:
        """The first rows as they are written, without the totals."""
        frame = self.frame if most is None else self.frame.head(most)
        written = [[written_as(value, sort) for value in frame[name].to_list()] for name, _, sort in self.columns]
        return [list(row) for row in zip(*written, strict=True)]

    def last(self) -> list[str] | None:
        """The row of totals as it is written."""
        if self.totals is None:
            return None
        return [
            written_as(self.totals[name], sort_of_total(self.totals[name], sort)) if name in self.totals else ""
            for name, _, sort in self.columns
        ]

    @property
    def below(self) -> str:
        """What stands below: that there is nothing, so that no table is empty without a word, and the note."""
        return joined(filter(None, ["" if len(self.frame) else text("table.none"), self.note]))

    @property
    def headings(self) -> list[str]:
        """The headings of the columns."""
        return [heading for _, heading, _ in self.columns]


@dataclass(frozen=True, eq=False)
class PictureBlock:
    """A PNG; `words` say what it shows: its caption, and what is read to who cannot see it."""

    png: bytes = field(repr=False)
    words: str
    #: How much of the page's width it takes.
    wide: float = 1.0


@dataclass(frozen=True)
class NewPage:
    """What follows begins a new page in print."""


Block = Heading | Sentence | Cards | TableBlock | PictureBlock | NewPage


def joined(lines: Iterable[str]) -> str:
    """Sentences as one paragraph, in the language in use."""
    return ("" if language() == "zh" else " ").join(lines)


def written_as(value: Any, sort: str) -> str:
    """A value as its sort writes it; a dash where there is none.

    >>> written_as(0.4154, "share"), written_as(1200, "whole"), written_as(float("nan"), "days")
    ('41.5%', '1,200', '–')
    """
    if value is None or value is pd.NaT or value != value:
        return NOTHING
    match sort:
        case "whole" | "money":
            return thousands(value)
        case "signed":
            return signed(value)
        case "share":
            return percent(value)
        case "points":
            return signed_points(value)
        case "km" | "days":
            return decimal(value)
        case "date":
            return date_words(value)
    return str(value)


def sort_of_total(value: object, sort: str) -> str:
    """Words in the row of totals are words in whatever column they stand."""
    return "text" if isinstance(value, str) else sort


def on_the_left(sort: str) -> bool:
    """Whether a column stands to the left, its heading with it."""
    return sort in LEFT
