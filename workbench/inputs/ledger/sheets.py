"""What stands in a spreadsheet, whatever its kind: sheets of rows of cells, as a planner sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

#: More rows than this is no ledger, nor more columns.
MOST_LEDGER_ROWS: Final = 200_000
MOST_LEDGER_COLUMNS: Final = 512
#: Sheets that are looked at.
MOST_SHEETS: Final = 200


class CellError(str):
    """What a formula shows that failed: ``#N/A``."""

    __slots__ = ()


class CellNumber(str):
    """An identifier that was kept as a number and has lost its last digits."""

    __slots__ = ()


class NeverComputed(str):
    """A formula without a value."""

    __slots__ = ()


@dataclass(frozen=True)
class Merged:
    """A merged range: rows and columns from and to, both included; rows as Excel counts them, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class LedgerSheet:
    """One sheet.

    Attributes
    ----------
    name
        its title; "" for a text file.
    rows
        row number, as the planner sees it, -> its cells; what is empty is None. Rows in which nothing stands are
        not there.
    hidden
        whether the sheet is hidden.
    merged
        merged ranges.
    hidden_rows, hidden_columns
        row numbers, and columns from 0, that the planner does not see.
    formulas
        how many cells are formulas with a value.
    last
        the last row that the file has, empty or not.
    stray
        places of cells that were not looked at, far from all others.
    """

    name: str
    rows: dict[int, list[Any]] = field(default_factory=dict)
    hidden: bool = False
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    formulas: int = 0
    last: int = 0
    stray: list[str] = field(default_factory=list)


@dataclass
class Book:
    """A file once read: its sheets, and what was found beside them and left alone (codes of findings)."""

    sheets: list[LedgerSheet]
    beside: Sequence[tuple[str, dict[str, object]]] = ()


def letter(column: int) -> str:
    """A column's letters, from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(reference: str) -> tuple[int, int]:
    """Row, and column from 0, of a cell's name.

    >>> place("AB12")
    (12, 27)
    """
    column = 0
    for turn, one in enumerate(reference):
        if not one.isalpha():
            digits = reference[turn:]
            if not turn or turn > 3 or len(digits) > 7 or not digits.isdecimal():
                break
            return int(digits), column - 1
        column = column * 26 + ord(one.upper()) - 64
    raise ValueError(reference)
