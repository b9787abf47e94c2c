"""XLSX sheets, read in one pass: values as shown, merged ranges, hidden rows, formulas.

Both dialects of the standard are read (ISO 29500 transitional and strict). openpyxl's streaming reader knows neither
merged ranges nor hidden rows nor the strict dialect, takes two passes to tell a formula from its value, and changes
text that looks like an escape; its full reader takes ten times the memory. So the few elements that a ledger needs
are read here, with limits, from the XML.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import Element, ParseError, iterparse

from workbench.errors import RegisterError
from workbench.inputs.ledger.limits import look_inside
from workbench.inputs.ledger.sheets import (
    MOST_LEDGER_COLUMNS,
    MOST_LEDGER_ROWS,
    MOST_SHEETS,
    Book,
    CellError,
    CellNumber,
    LedgerSheet,
    Merged,
    NeverComputed,
    letter,
    place,
)
from workbench.inputs.register import EXCEL_DIGITS, MOST_EMPTY_ROWS, refuse
from workbench.numbers import thousands

#: Built-in number formats that show a date, in the Chinese version too.
_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_LAST_ROW: Final = 1_048_576
#: Merged ranges that cover more rows than this, all together, lie over each other.
MOST_SPREAD: Final = 2_000_000


def read_xlsx(path: Path) -> Book:
    """Read a workbook.

    Raises
    ------
    RegisterError
        it is no workbook, damaged, locked, a bomb, or has too many rows.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(path, archive).book()
    except RegisterError:
        raise
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, IndexError, NotImplementedError, EOFError) as error:
        raise refuse(path, "file_broken") from error
    except Exception as error:
        # zlib and friends have a dozen kinds for a damaged part; what the system refuses has a number.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise refuse(path, "file_broken") from error


def first_row(path: Path) -> list[str]:
    """The texts of the first row of a workbook's first sheet; none where it is no workbook that can be read."""
    from contextlib import closing

    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            look_inside(path, archive)
        with closing(load_workbook(path, read_only=True)) as book:
            row = next(iter(book.worksheets[0].iter_rows(max_row=1, max_col=MOST_LEDGER_COLUMNS, values_only=True)), ())
    except Exception:  # whatever it is, reading it whole says it better
        return []
    return [str(cell).strip() for cell in row if cell is not None]


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _unescape(value: str) -> str:
    """Text as it was typed: a character that XML cannot hold is written ``_x000D_``, a literal one ``_x005F_x…``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value


def _text(element: Element) -> str:
    """The text of a shared or inline string, without its phonetic hints."""
    parts = []
    for child in element:
        name = _local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [part.text or "" for part in child if _local(part.tag) == "t"]
    return _unescape("".join(parts))


class _Reader:
    """One workbook while it is read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.archive = archive
        self.beside = look_inside(path, archive)
        self.names = {name.lstrip("/").casefold(): name for name in archive.namelist()}
        self.strings: list[str] = []
        self.once: dict[str, str] = {}
        self.columns: dict[str, int] = {}
        self.spread = 0
        self.shows: list[tuple[bool, int]] = []
        self.epoch = datetime.datetime(1899, 12, 30)

    def book(self) -> Book:
        """All sheets."""
        found = self._sheets()
        self._strings()
        self._styles()
        sheets = [self._sheet(name, hidden, part) for name, hidden, part in found[:MOST_SHEETS]]
        if sum(len(sheet.rows) for sheet in sheets) > MOST_LEDGER_ROWS:
            raise refuse(self.path, "too_many_rows", most=thousands(MOST_LEDGER_ROWS))
        return Book(sheets, self.beside)

    def _open(self, part: str) -> IO[bytes]:
        return self.archive.open(self.names[part.lstrip("/").casefold()])

    def _elements(self, part: str, *wanted: str) -> Iterator[tuple[str, Element]]:
        """The elements of these names in a part, each forgotten once it is used; entities are not expanded."""
        with self._open(part) as stream:
            if b"<!DOCTYPE" in stream.read(2048):
                raise refuse(self.path, "file_broken")
        with self._open(part) as stream:
            for _, element in iterparse(stream):
                name = _local(element.tag)
                if name in wanted:
                    yield name, element
                    element.clear()

    def _sheets(self) -> list[tuple[str, bool, str]]:
        """Name, whether hidden, and part of each sheet, in the workbook's order."""
        root = self._workbook_part()
        folder = root.rpartition("/")[0]
        rels = f"{folder}/_rels/{root.rpartition('/')[2]}.rels"
        targets = {}
        for _, relation in self._elements(rels, "Relationship"):
            target = relation.get("Target", "")
            targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        sheets = []
        for name, element in self._elements(root, "sheet", "workbookPr"):
            if name == "workbookPr":
                if element.get("date1904") in ("1", "true"):
                    self.epoch = datetime.datetime(1904, 1, 1)
                continue
            relation_id = next((value for key, value in element.items() if _local(key) == "id"), None)
            target = targets.get(relation_id, "")
            if target.casefold() in self.names and "worksheet" in target.casefold():
                hidden = element.get("state", "visible") != "visible"
                sheets.append((element.get("name", ""), hidden, target))
        return sheets

    def _workbook_part(self) -> str:
        for _, relation in self._elements("_rels/.rels", "Relationship"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
        raise KeyError("officeDocument")

    def _strings(self) -> None:
        if "xl/sharedstrings.xml" in self.names:
            self.strings = [_text(element) for _, element in self._elements("xl/sharedStrings.xml", "si")]

    def _styles(self) -> None:
        """For each style: whether it shows a date, and to how many digits it fills a number up with noughts."""
        if "xl/styles.xml" not in self.names:
            return
        formats: dict[int, str] = {}
        for name, element in self._elements("xl/styles.xml", "numFmt", "cellXfs"):
            if name == "numFmt":
                formats[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            else:
                self.shows = [self._show(int(style.get("numFmtId", "0")), formats) for style in element]

    @staticmethod
    def _show(number: int, formats: dict[int, str]) -> tuple[bool, int]:
        code = re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\.", "", formats.get(number, "")).split(";")[0].casefold()
        is_date = number in _DATES or bool(re.search(r"[ymdhs年月日]", code.replace("general", "")))
        return is_date, len(code) if re.fullmatch("0+", code) else 0

    def _sheet(self, name: str, hidden: bool, part: str) -> LedgerSheet:
        sheet = LedgerSheet(name, hidden=hidden)
        number = 0
        with self._open(part) as stream:
            if b"<!DOCTYPE" in stream.read(2048):
                raise refuse(self.path, "file_broken")
        with self._open(part) as stream:
            for _, element in iterparse(stream):
                tag = _local(element.tag)
                if tag == "row":
                    number = self._row(sheet, element, number)
                    element.clear()
                elif tag == "col":
                    self._columns(sheet, element)
                elif tag == "mergeCell":
                    self._merge(sheet, element.get("ref", ""))
        self._strays(sheet)
        return sheet

    def _row(self, sheet: LedgerSheet, element: Element, before: int) -> int:
        given = element.get("r", "")
        number = int(given) if len(given) < 8 and given.isdecimal() else before + 1
        if number > _LAST_ROW:
            raise refuse(self.path, "file_broken")
        sheet.last = max(sheet.last, number)
        cells: list[Any] = []
        turn = 0
        for cell in element:
            reference = cell.get("r")
            at = self._column(reference) if reference else turn
            turn = at + 1
            value = self._value(cell, sheet)
            if value is None or value == "":
                continue
            if at >= MOST_LEDGER_COLUMNS:
                if len(sheet.stray) < 10:
                    sheet.stray.append(f"{letter(at)}{number}")
                continue
            if at >= len(cells):
                cells.extend([None] * (at + 1 - len(cells)))
            cells[at] = value
        if cells:
            sheet.rows[number] = cells
            if element.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(number)
            if len(sheet.rows) > MOST_LEDGER_ROWS:
                raise refuse(self.path, "too_many_rows", most=thousands(MOST_LEDGER_ROWS))
        return number

    def _column(self, reference: str) -> int:
        """The column of a cell's name; a sheet has few, and names them in every row."""
        letters = reference.rstrip("0123456789")
        at = self.columns.get(letters)
        if at is None:
            at = self.columns[letters] = place(f"{letters}1")[1]
        return at

    def _value(self, cell: Element, sheet: LedgerSheet) -> Any:
        kind = cell.get("t", "n")
        value: str | None = None
        formula = False
        for child in cell:
            name = _local(child.tag)
            if name == "v":
                value = child.text
            elif name == "f":
                formula = True
            elif name == "is":
                return self._once(_text(child).strip())
        if value is None or (value == "" and kind != "str"):
            return NeverComputed("=") if formula else None
        sheet.formulas += formula
        match kind:
            case "s":
                return self.strings[int(value)].strip()
            case "str" | "inlineStr":
                return self._once(_unescape(value).strip())
            case "b":
                return value in ("1", "true")
            case "e":
                return CellError(value)
            case "d":
                return datetime.datetime.fromisoformat(value.rstrip("Z"))
        return self._number(value, int(cell.get("s", "0")))

    def _once(self, words: str) -> str:
        """One object for equal texts: a sheet without a table of strings says each of them again in every row."""
        return self.once.setdefault(words, words)

    def _number(self, value: str, style: int) -> Any:
        number = float(value)
        is_date, digits = self.shows[style] if style < len(self.shows) else (False, 0)
        if is_date and 1 <= number < 2_958_466:
            # To the second: what Excel keeps of a time is a fraction of a day.
            return self.epoch + datetime.timedelta(seconds=round(number * 86_400))
        if abs(number) >= 10**EXCEL_DIGITS:
            return CellNumber(f"{number:.0f}")
        if number.is_integer():
            return str(int(number)).zfill(digits) if digits > 1 else int(number)
        return number

    @staticmethod
    def _columns(sheet: LedgerSheet, element: Element) -> None:
        first, last = (min(int(element.get(side, "1")), MOST_LEDGER_COLUMNS) for side in ("min", "max"))
        width = element.get("width")
        for column in range(first - 1, last):
            if element.get("hidden") in ("1", "true"):
                sheet.hidden_columns.add(column)
            if width:
                sheet.widths[column] = float(width)

    def _merge(self, sheet: LedgerSheet, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        if not last:
            return
        (top, left), (bottom, right) = place(first), place(last)
        self.spread += max(0, min(bottom, sheet.last) - top + 1)
        if self.spread > MOST_SPREAD:
            raise refuse(self.path, "file_broken")
        sheet.merged.append(Merged(top, left, bottom, min(right, MOST_LEDGER_COLUMNS - 1)))

    @staticmethod
    def _strays(sheet: LedgerSheet) -> None:
        """A cell below a thousand empty rows is a slip: it is told, not read."""
        before = 0
        for number in sorted(sheet.rows):
            if before and number - before > MOST_EMPTY_ROWS:
                far = [each for each in sheet.rows if each >= number]
                sheet.stray += [f"{letter(_first(sheet.rows[each]))}{each}" for each in far[:10]]
                for each in far:
                    del sheet.rows[each]
                return
            before = number


def _first(cells: list[Any]) -> int:
    return next((turn for turn, cell in enumerate(cells) if cell is not None), 0)
