"""XLSX registers: looked into before they are opened, read cell by cell, since a workbook hides more than a
CSV file.

A small file may unpack to gigabytes; one stray cell in the last row makes a sheet a million rows long; a long
identifier kept as a number has lost its last digits; a formula that was never computed reads as an empty
cell.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import iterparse

import numpy as np
import pandas as pd

from workbench.errors import RegisterError
from workbench.inputs.register.columns import BY_NAME
from workbench.inputs.register.excel import EXCEL_DIGITS, MOST_EMPTY_ROWS, MOST_RATIO, SMALL_BYTES
from workbench.inputs.register.table import CellMark, FileTable, refuse, tidy
from workbench.numbers import thousands
from workbench.privacy import masked

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

#: A register of 100,000 rows unpacks to some 200 MB.
_MOST_UNPACKED_BYTES: Final = 500_000_000
#: A column beyond this one is not looked at.
_COLUMNS_LOOKED_AT: Final = 256
#: A row's number beyond what any sheet has: the reader would hand out every row up to it.
_FAR_ROW: Final = re.compile(rb"<row [^>]{0,40}\br=\"[0-9]{8,}\"")
_NAMES: Final = ("register", "台账")
_ERRORS: Final = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


def read_workbook(path: Path) -> FileTable:
    """Read the register's sheet: the one named register or 台账, or the only visible one with something in
    it.

    Raises
    ------
    RegisterError
        not a workbook, locked, damaged, a bomb, or several sheets to choose from.
    """
    try:
        formulas = _look_inside(path)
        with warnings.catch_warnings():
            # What openpyxl warns of (styles, validations it drops) concerns looks, not cells.
            warnings.simplefilter("ignore")
            return _read(path, formulas)
    except RegisterError:
        raise
    except Exception as error:
        # A damaged part surfaces as any of a dozen kinds; what the system refuses has a number.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise refuse(path, "file_broken") from error


def _read(path: Path, formulas: bool) -> FileTable:
    from openpyxl import load_workbook

    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        sheet: Any = _sheet(book, path)
        if strings := _strings(path):
            sheet._shared_strings = strings
        if not formulas:
            return _table(_rows(sheet), None, path)
        with closing(load_workbook(path, read_only=True, data_only=False)) as behind:
            return _table(_rows(sheet), _rows(behind[sheet.title]), path)


def _strings(path: Path) -> list[str]:
    """The workbook's texts, where openpyxl would change one: it drops ``x005F_`` wherever that stands.

    In a workbook ``_x005F_`` is an underscore before what would read as an escape, and ``DJ-0x005F_01`` is itself.
    """
    with zipfile.ZipFile(path) as archive:
        part = next((name for name in archive.namelist() if name.casefold() == "xl/sharedstrings.xml"), "")
        if not part or b"x005F_" not in (content := archive.read(part)):
            return []
    texts = []
    for _, element in iterparse(io.BytesIO(content)):
        if element.tag.endswith("}si"):
            # Beside the text and its runs there may be hints of how to say it, which are none of it.
            runs = [element, *(child for child in element if child.tag.endswith("}r"))]
            said = [part.text or "" for run in runs for part in run if part.tag.endswith("}t")]
            texts.append("".join(said).replace("_x005F_", "_"))
            element.clear()
    return texts


def _look_inside(path: Path) -> bool:
    """Refuse what is no workbook, or unpacks to too much; whether some sheet holds formulas."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if unpacked > _MOST_UNPACKED_BYTES or (unpacked > SMALL_BYTES and unpacked / packed > MOST_RATIO):
            raise refuse(path, "file_bomb", size=thousands(unpacked / 1e6))
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        return sum(_holds_formula(path, archive, part) for part in sheets) > 0  # every one is looked at


def _holds_formula(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if part.is_dir():
        return False
    tail, found = b"", False
    with archive.open(part) as stream:
        while block := stream.read(1 << 20):
            if _FAR_ROW.search(tail + block):
                raise refuse(path, "file_broken")
            found = found or bool(re.search(rb"<f[ >/]", tail + block))
            tail = block[-64:]
    return found


def _sheet(book: Workbook, path: Path) -> ReadOnlyWorksheet:
    visible: list[Any] = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    named = [sheet for sheet in visible if sheet.title.strip().casefold() in _NAMES]
    if len(named) == 1:
        return named[0]  # type: ignore[no-any-return]
    filled = [sheet for sheet in visible if any(True for _, row in _rows(sheet) if row)]
    if not filled:
        raise refuse(path, "file_empty")
    if len(filled) > 1:
        raise refuse(path, "file_sheets", sheets=", ".join(masked(sheet.title) for sheet in filled))
    return filled[0]  # type: ignore[no-any-return]


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Row number and cells, the empty ones at the end cut off."""
    sheet.reset_dimensions()  # what the file says of its own size is not to be believed
    before: tuple[Any, ...] | None = None
    cells: list[Any] = []
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS_LOOKED_AT), start=1):
        # The reader hands out one and the same row for all that are not in the file: up to a million.
        if row is not before:
            width = len(row)
            while width and row[width - 1].value in (None, ""):
                width -= 1
            cells = list(row[:width])
        before = row
        yield number, cells


def _table(
    rows: Iterator[tuple[int, list[Any]]], behind: Iterator[tuple[int, list[Any]]] | None, path: Path
) -> FileTable:
    """Cells as text or plain values, and what is wrong with single cells."""
    headers: list[str] = []
    numbers: list[int] = []
    lines: list[list[Any]] = []
    marks: list[CellMark] = []
    gap = 0
    for number, cells in rows:
        formulas = _formulas(next(behind)[1]) if behind is not None else frozenset()
        if not cells and not formulas:
            gap += 1
            continue
        if not headers:
            headers = [str(cell.value).strip() if cell.value is not None else "" for cell in cells]
            gap = 0
            continue
        line = []
        for place in range(max(len(cells), max(formulas, default=-1) + 1)):
            cell = cells[place] if place < len(cells) else None
            holds = BY_NAME[headers[place]].holds if place < len(headers) and headers[place] in BY_NAME else "text"
            value, code = _value(cell, holds == "text")
            if value == "" and place in formulas:
                value, code = "=", "formula_empty"
            if code:
                marks.append(CellMark(code, len(lines), place, value))
            line.append(value)
        if gap >= MOST_EMPTY_ROWS:
            marks.append(CellMark("rows_far_below", len(lines), None, ""))
        numbers.append(number)
        lines.append(line)
        if gap >= MOST_EMPTY_ROWS:
            break
        gap = 0
    if not headers:
        raise refuse(path, "file_empty")
    width = max([len(headers), *(len(line) for line in lines)])
    headers += [""] * (width - len(headers))
    filled = [line + [""] * (width - len(line)) for line in lines]
    columns = {place: pd.Series([line[place] for line in filled], dtype=object) for place in range(width)}
    return tidy(headers, pd.DataFrame(columns), np.array(numbers, dtype=np.int64), path, tuple(marks))


def _formulas(cells: list[Any]) -> frozenset[int]:
    return frozenset(place for place, cell in enumerate(cells) if cell.data_type == "f")


def _value(cell: Any, is_text: bool) -> tuple[Any, str]:
    """A cell's value, "" for an empty one, and the code of what is wrong with it."""
    value = None if cell is None else cell.value
    if value is None:
        return "", ""
    if isinstance(value, str):
        value = value.strip()
        return value, "excel_error" if value in _ERRORS else ""
    if not is_text or isinstance(value, bool):
        return value, ""
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value), "excel_date"
    if isinstance(value, int | float):
        if abs(value) >= 10**EXCEL_DIGITS:
            return f"{value:.0f}", "excel_long_number"
        if float(value).is_integer():
            # A number shown as 00012 is what the planner sees, and means.
            padded = re.fullmatch(r"0+", str(cell.number_format or ""))
            return str(int(value)).zfill(len(padded.group()) if padded else 0), ""
    return str(value), ""
