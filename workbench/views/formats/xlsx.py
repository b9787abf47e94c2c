"""XLSX files from tables. Text stays text: a name that begins with ``=`` is no formula, link or number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from workbench.views.formats.terminal import width

#: Number formats by the sort of a column.
FORMATS = {
    "text": "@",
    "whole": "#,##0",
    "share": "0.0%",
    "km": "0.0",
    "date": "yyyy-mm-dd",
    "number": "General",
}
#: A column of which each cell decides for itself.
MIXED = "mixed"
#: Columns of a sheet are this wide at least and at most, in characters.
NARROW, WIDE = 8, 60
#: Rows that are looked at for a column's width.
LOOKED_AT = 200


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, a table, and for each column its heading and sort (a key of `FORMATS`)."""

    name: str
    table: pd.DataFrame
    columns: Sequence[tuple[str, str, str]]


def workbook_bytes(sheets: Sequence[Sheet], created: date) -> bytes:
    """Sheets as an XLSX file; `created` is the date that the file bears."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(created.year, created.month, created.day)})
        looks = {sort: book.add_format({"num_format": form, "valign": "top"}) for sort, form in FORMATS.items()}
        looks["wrap"] = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        looks["head"] = book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EDF3"}
        )
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, looks)
    return buffer.getvalue()


def _write_sheet(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_row(0, 32)
    for place, (column, heading, sort) in enumerate(sheet.columns):
        values = sheet.table[column].to_list()
        page.write_string(0, place, heading, looks["head"])
        wide = _width(heading, values, sort)
        page.set_column(place, place, wide)
        for row, value in enumerate(values, 1):
            how = _sort_of(value) if sort == MIXED else "wrap" if sort == "text" and wide >= WIDE else sort
            _write_cell(page, row, place, value, how, looks[how])
    if len(sheet.table):
        page.autofilter(0, 0, len(sheet.table), len(sheet.columns) - 1)


def _sort_of(value: Any) -> str:
    """How a key figure is shown: whole numbers count, others are shares, and everything else is words."""
    return "whole" if isinstance(value, int) else "share" if isinstance(value, float) else "wrap"


def _write_cell(page: Any, row: int, place: int, value: Any, sort: str, look: Any) -> None:
    if pd.isna(value):
        page.write_blank(row, place, None, look)
    elif sort in ("text", "wrap"):
        page.write_string(row, place, str(value), look)
    elif sort == "date":
        page.write_datetime(row, place, pd.Timestamp(value).to_pydatetime(), look)
    else:
        page.write_number(row, place, float(value), look)


def _width(heading: str, values: Sequence[Any], sort: str) -> int:
    if sort == MIXED:
        return WIDE * 2
    longest = max((width(str(value)) for value in values[:LOOKED_AT]), default=0) if sort == "text" else 11
    return min(max(longest + 2, -(-width(heading) // 2) + 3, NARROW), WIDE)
