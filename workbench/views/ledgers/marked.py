"""The copy of a ledger with its cells marked: coloured by how heavy a finding is, with rule and repair as a comment.

The original is not touched. The copy of a workbook is that workbook, with its own fonts, colours, widths and formats; a
text file, or a workbook that is too large or of another kind, is written anew. Either way the copy holds the same
sheets, rows and cells, but nothing about a person: columns of persons are covered, numbers masked, names after 填表人
and the like left out, and so are pictures. Text stays text and a formula its value, so that nothing in it can run.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any, Final

from workbench.inputs.ledger import Examination, LedgerSheet, Note, written
from workbench.labels import text
from workbench.views.ledgers.marks import (
    COLOURS,
    LIST,
    MADE,
    by_cell,
    comment_of,
    fit_to_show,
    free_name,
    heaviest,
    is_fit_number,
    line_of,
    persons_below,
)
from workbench.views.ledgers.original import marked_original

#: A larger sheet is written without merged cells, row by row.
_LARGE: Final = 20_000


def marked_copy(examination: Examination) -> bytes:
    """The copy as an XLSX file; the same ledger gives the same bytes."""
    large = sum(len(sheet.rows) for sheet in examination.book.sheets) > _LARGE
    original = None if large else marked_original(examination)
    return original or _written_anew(examination, large)


def _written_anew(examination: Examination, large: bool) -> bytes:
    """A copy of the cells alone."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": large,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": MADE})
        looks = {
            (severity, kind): book.add_format(
                {
                    "num_format": {"date": "yyyy-mm-dd", "text": "@"}.get(kind, "General"),
                    **({"bg_color": COLOURS[severity], "border": 1} if severity else {}),
                }
            )
            for severity in ("", *COLOURS)
            for kind in ("text", "date", "number")
        }
        _list_of_notes(book, examination.notes)
        used: set[str] = {text("check.ledger.sheet").casefold()}
        for sheet in examination.book.sheets:
            page = book.add_worksheet(free_name(sheet.name, used))
            _write(page, sheet, examination, looks, large)
            if sheet.hidden:
                page.hide()
    return buffer.getvalue()


def _write(
    page: Any, sheet: LedgerSheet, examination: Examination, looks: dict[tuple[str, str], Any], large: bool
) -> None:
    by_row = by_cell(examination, sheet)
    persons, header = persons_below(examination, sheet)
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
    severity = heaviest(notes)
    if isinstance(value, datetime.datetime):
        page.write_datetime(row, at, value, looks[severity, "date"])
    elif is_fit_number(value):
        page.write_number(row, at, value, looks[severity, "number"])
    elif value is not None:
        page.write_string(row, at, fit_to_show(written(value)), looks[severity, "text"])
    elif notes:
        page.write_blank(row, at, None, looks[severity, "text"])
    if notes:
        page.write_comment(row, at, comment_of(notes), {"author": "", "x_scale": 2, "y_scale": 1 + len(notes[:5]) / 3})


def _list_of_notes(book: Any, notes: Sequence[Note]) -> None:
    """The first sheet: everything that is said, one line each."""
    page = book.add_worksheet(text("check.ledger.sheet"))
    head = book.add_format({"bold": True, "bottom": 2, "bg_color": "#E8EDF3"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for at, (name, wide) in enumerate(LIST):
        page.set_column(at, at, wide)
        page.write_string(0, at, text(f"check.head.{name}"), head)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for turn, note in enumerate(notes, 1):
        for at, cell in enumerate(line_of(note)):
            page.write_string(turn, at, cell, wrap)
