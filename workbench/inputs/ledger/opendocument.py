"""What calamine does not tell of an OpenDocument sheet: merged ranges, and rows and columns that are hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, iterparse

from workbench.inputs.ledger.limits import look_inside
from workbench.inputs.ledger.sheets import MOST_LEDGER_COLUMNS, MOST_LEDGER_ROWS, Merged
from workbench.inputs.register import refuse

_CONTENT: Final = "content.xml"
_UNSEEN: Final = ("collapse", "filter")


@dataclass
class SheetShape:
    """One sheet's merged ranges and hidden rows and columns, as `LedgerSheet` has them."""

    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def shapes(path: Path) -> dict[str, SheetShape]:
    """The shape of each sheet of an ODS file, by its name.

    Raises
    ------
    RegisterError
        it is damaged, or a bomb.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            look_inside(path, archive)
            with archive.open(_CONTENT) as stream:
                if b"<!DOCTYPE" in stream.read(2048):
                    raise refuse(path, "file_broken")
            with archive.open(_CONTENT) as stream:
                return _read(iter(iterparse(stream, ("start", "end"))))
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, NotImplementedError, EOFError) as error:
        raise refuse(path, "file_broken") from error


def _read(events: Iterator[tuple[str, Element]]) -> dict[str, SheetShape]:
    found: dict[str, SheetShape] = {}
    shape, row, column = SheetShape(), 1, 0
    for event, element in events:
        kind = _local(element.tag)
        if event == "start":
            if kind == "table":
                shape, row, column = found.setdefault(_get(element, "name"), SheetShape()), 1, 0
            continue
        if kind == "table-column":
            many = _number(element, "number-columns-repeated")
            if _get(element, "visibility") in _UNSEEN:
                shape.hidden_columns |= set(range(column, min(column + many, MOST_LEDGER_COLUMNS)))
            column += many
        elif kind == "table-row":
            many = _number(element, "number-rows-repeated")
            if _get(element, "visibility") in _UNSEEN:
                shape.hidden_rows |= set(range(row, min(row + many, MOST_LEDGER_ROWS)))
            _spans(element, row, shape)
            row += many
            element.clear()
    return found


def _spans(line: Element, row: int, shape: SheetShape) -> None:
    at = 0
    for cell in line:
        down, right = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if (down > 1 or right > 1) and at < MOST_LEDGER_COLUMNS and len(shape.merged) < MOST_LEDGER_ROWS:
            last = min(at + right, MOST_LEDGER_COLUMNS) - 1
            shape.merged.append(Merged(row, at, min(row + down - 1, MOST_LEDGER_ROWS), last))
        at += _number(cell, "number-columns-repeated")


def _number(element: Element, name: str) -> int:
    return min(int(_get(element, name) or 1), 1 << 20)


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if _local(key) == name), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
