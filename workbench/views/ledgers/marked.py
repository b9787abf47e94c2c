"""The copy of a ledger with its cells marked: coloured by how heavy a finding is, with rule and repair as a comment.

The original is not touched. The copy holds the same sheets, rows and cells, but nothing about a person: columns of
persons are covered, numbers masked, names after 填表人 and the like left out. Text stays text, so that nothing in it
becomes a formula or a link.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

from workbench.inputs.ledger import Examination, LedgerSheet, Note, is_person, written
from workbench.labels import text
from workbench.privacy import masked

_COLOURS = {"fault": "#F8B4B4", "finding": "#FFE699", "note": "#DDEBF7"}
_NAMED = re.compile(r"((?:填表|填报|制表|审核|审批|经办|统计|联系|负责|分管|报送)[^：:]{0,6}[：:])\s*[^\s，,；;]+")
#: A larger sheet is written without merged cells, row by row.
_LARGE = 20_000
_MADE = datetime.datetime(2000, 1, 1)


def marked_copy(examination: Examination) -> bytes:
    """The copy as an XLSX file; the same ledger gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    large = sum(len(sheet.rows) for sheet in examination.book.sheets) > _LARGE
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": large,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _MADE})
        looks = {
            (severity, kind): book.add_format(
                {
                    "num_format": {"date": "yyyy-mm-dd", "text": "@"}.get(kind, "General"),
                    **({"bg_color": _COLOURS[severity], "border": 1} if severity else {}),
                }
            )
            for severity in ("", *_COLOURS)
            for kind in ("text", "date", "number")
        }
        _list_of_notes(book, examination.notes)
        used: set[str] = {text("check.ledger.sheet").casefold()}
        for sheet in examination.book.sheets:
            name = _sheet_name(sheet.name, used)
            page = book.add_worksheet(name)
            _write(page, sheet, examination, looks, large)
            if sheet.hidden:
                page.hide()
    return buffer.getvalue()


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", masked(name)).strip("'")[:28] or "Sheet"
    wanted, turn = plain, 1
    while wanted.casefold() in used:
        turn += 1
        wanted = f"{plain}_{turn}"
    used.add(wanted.casefold())
    return wanted


def _write(
    page: Any, sheet: LedgerSheet, examination: Examination, looks: dict[tuple[str, str], Any], large: bool
) -> None:
    by_row: dict[int, dict[int, list[Note]]] = {}
    for note in examination.notes:
        if note.sheet == sheet.name and note.row is not None:
            by_row.setdefault(note.row, {}).setdefault(note.at or 0, []).append(note)
    persons = {label.at for label in examination.labels.get(sheet.name, ()) if is_person(label)}
    header = max((row.number for row in examination.fates.get(sheet.name, ()) if row.why == "header"), default=0)
    for column, wide in sheet.widths.items():
        page.set_column(column, column, wide, None, {"hidden": column in sheet.hidden_columns})
    for number in sorted({*sheet.rows, *by_row}):
        if number in sheet.hidden_rows:
            page.set_row(number - 1, None, None, {"hidden": True})
        cells = sheet.rows.get(number, [])
        noted = by_row.get(number, {})
        for at in range(max(len(cells), max(noted, default=-1) + 1)):
            value = cells[at] if at < len(cells) else None
            if at in persons and number > header and value is not None:
                value = text("check.ledger.covered")
            _cell(page, number - 1, at, value, noted.get(at, ()), looks)
    if not large:
        for merged in sheet.merged:
            if merged.top in sheet.rows and (merged.bottom > merged.top or merged.right > merged.left):
                _merge(page, merged.top - 1, merged.left, merged.bottom - 1, merged.right)


def _merge(page: Any, top: int, left: int, bottom: int, right: int) -> None:
    """Merge without writing: the range's cells are there already, with their marks."""
    page.merge.append([top, left, bottom, right])


def _cell(page: Any, row: int, at: int, value: Any, notes: Sequence[Note], looks: dict[tuple[str, str], Any]) -> None:
    severity = min((note.severity for note in notes), key=list(_COLOURS).index, default="")
    if isinstance(value, datetime.datetime):
        page.write_datetime(row, at, value, looks[severity, "date"])
    elif isinstance(value, int | float) and not isinstance(value, bool) and masked(written(value)) == written(value):
        page.write_number(row, at, value, looks[severity, "number"])
    elif value is not None:
        page.write_string(
            row, at, _NAMED.sub(rf"\1{text('check.ledger.covered')}", masked(written(value))), looks[severity, "text"]
        )
    elif notes:
        page.write_blank(row, at, None, looks[severity, "text"])
    if notes:
        words = "\n".join(f"{text(f'severity.{note.severity}')}：{note.rule}。{note.repair}。" for note in notes[:5])
        page.write_comment(row, at, words, {"author": "", "x_scale": 2, "y_scale": 1 + len(notes[:5]) / 3})


def _list_of_notes(book: Any, notes: Sequence[Note]) -> None:
    """The first sheet: everything that is said, one line each."""
    page = book.add_worksheet(text("check.ledger.sheet"))
    head = book.add_format({"bold": True, "bottom": 2, "bg_color": "#E8EDF3"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    names = ("severity", "sheet", "row", "letter", "header", "value", "rule", "repair")
    for at, (name, wide) in enumerate(zip(names, (8, 14, 8, 6, 22, 24, 48, 40), strict=True)):
        page.set_column(at, at, wide)
        page.write_string(0, at, text(f"check.head.{name}"), head)
    page.freeze_panes(1, 0)
    for turn, note in enumerate(notes, 1):
        where = "" if note.row is None else str(note.row)
        cells = (
            text(f"severity.{note.severity}"),
            note.sheet,
            where,
            note.letter,
            note.header,
            note.value,
            note.rule,
            note.repair,
        )
        for at, cell in enumerate(cells):
            page.write_string(turn, at, masked(cell), wrap)
