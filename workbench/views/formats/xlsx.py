"""XLSX files from tables, as an office would build them: a title, who reports and when, totals, filters, A4 landscape.

Text stays text: a name that begins with ``=`` is not a formula, a link or a number.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from workbench.letters import legal
from workbench.views.formats.blocks import Column, TableBlock, on_the_left, sort_of_total, written_as
from workbench.views.formats.columns import ROWS_MEASURED, heading_lines
from workbench.views.formats.terminal import width

#: Number formats by the sort of a column.
FORMATS = {
    "text": "@",
    "wide": "@",
    "whole": "#,##0",
    "signed": "+#,##0;-#,##0;0",
    "share": "0.0%",
    "points": "+0.0;-0.0;0.0",
    "small points": "+0.00;-0.00",
    "no points": "0.0;0.0",
    "km": "0.0",
    "days": "0.0",
    "date": "yyyy-mm-dd",
    "money": "#,##0",
    "number": "General",
}
#: A column of which each cell decides for itself.
MIXED = "mixed"
#: Shares become percentage points in a cell of these sorts.
POINTS = ("points", "small points", "no points")
#: Percentage points below this have one digit more, and below this have no sign: as they are written elsewhere.
SMALL, NONE = 0.05, 0.005
#: Columns of a sheet are this wide at least and at most, in characters.
NARROW, WIDE = 7, 60
#: A column of long texts breaks them: it is at most this wide, or takes what the others leave of a printed page.
BREAKS, PAGE, WIDEST = 36, 130, 90
#: A heading breaks into lines no wider than this, or than that where a table is wider than a page, if its words allow,
#: and keeps room for the button of its filter.
HEADING, TIGHT, BUTTON = 12, 7, 3
#: Columns that nobody has set are this wide; sentences above and below a narrow table take some of them.
UNSET, SENTENCE = 9, 100
#: A line's height in points, and the most that a row may have.
LINE, HIGHEST = 15, 405
#: Letters that a cell can hold.
CELL = 32_767
#: A file with more rows is written row by row, and never held whole.
MANY = 20_000
BLUE, PALE = "#1F3864", "#E8EDF3"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet: its name, a table's values and columns, and, where it is handed on, what stands above and below.

    Attributes
    ----------
    name
        of the sheet, at most 31 letters.
    table, columns
        as in `TableBlock`.
    title
        stands above; without it the sheet is data only, its headings in the first row.
    facts
        the line below the title: who reports, and of which date.
    totals
        the last row, by column.
    note
        what to know when reading it, below the table.
    lines
        sentences instead of a table, each in a row of its own: a cover.
    colours
        column -> value -> colour of the cell.
    printed
        so many columns, from the first, are printed; None: all. More than fit a page would be printed small.
    """

    name: str
    table: pd.DataFrame
    columns: Sequence[Column]
    title: str = ""
    facts: str = ""
    totals: dict[str, object] | None = None
    note: str = ""
    lines: Sequence[str] = ()
    colours: dict[str, dict[str, str]] | None = None
    printed: int | None = None

    @classmethod
    def of(cls, name: str, table: TableBlock, facts: str, **more: Any) -> Sheet:
        """A table as a sheet that is handed on."""
        totals = None if table.totals is None else dict(table.totals)
        return cls(name, table.frame, table.columns, table.title or name, facts, totals, table.below, **more)

    @property
    def head(self) -> int:
        """The row of the headings, from 0."""
        return (2 if self.title else 0) + len(self.lines)


def workbook_bytes(sheets: Sequence[Sheet], created: date) -> bytes:
    """Sheets as an XLSX file; `created` is the date that the file bears."""
    import xlsxwriter

    buffer = io.BytesIO()
    large = max((len(sheet.table) for sheet in sheets), default=0) > MANY
    options = {
        "in_memory": not large,
        "constant_memory": large,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(created.year, created.month, created.day)})
        looks = _Looks(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, looks)
    return buffer.getvalue()


class _Looks:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, str], Any] = {}

    def cell(self, sort: str, part: str = "body", colour: str = "") -> Any:
        """The look of a cell: by the sort of its column, and whether it is a heading, a value or a total."""
        key = sort, part, colour
        if key not in self._made:
            look = {"valign": "vcenter", "border": 1, "border_color": "#BFBFBF", "num_format": FORMATS.get(sort, "@")}
            look["align"] = "left" if on_the_left(sort) else "right"
            look["indent"] = 1 if on_the_left(sort) else 0
            if sort == "wide":
                look["text_wrap"] = True
            if part != "body":
                look |= {"bold": True, "bg_color": PALE}
            if part == "head":
                look |= {"text_wrap": True, "num_format": "@"}
            if colour:
                look["bg_color"] = colour
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def line(self, part: str) -> Any:
        """The look of a title, of the line below it, of a sentence, of a note."""
        key = "", part, ""
        if key not in self._made:
            look: dict[str, Any] = {"valign": "vcenter", "num_format": "@"}
            if part == "title":
                look |= {"bold": True, "font_size": 16, "font_color": BLUE}
            elif part == "note":
                look |= {"font_size": 9, "font_color": "#595959", "text_wrap": True}
            elif part == "sentence":
                look |= {"text_wrap": True, "valign": "top", "font_size": 11}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write_sheet(page: Any, sheet: Sheet, looks: _Looks) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 1 if sheet.lines else 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C&P / &N")
    columns = sheet.columns
    values = [sheet.table[column].to_list() for column, _, _ in columns]
    sorts = [sort for _, _, sort in columns]
    wide = _all_widths(columns, values)
    # Text that does not fit its column breaks.
    sorts = ["wide" if sort == "text" and wide[place] >= WIDE else sort for place, sort in enumerate(sorts)]
    if sheet.lines and len(wide) < 2:
        wide = [110]
    for place, size in enumerate(wide):
        page.set_column(place, place, size)
    if sheet.title:
        page.set_row(0, 30)
        page.write_string(0, 0, legal(sheet.title), looks.line("title"))
        _write_note(page, 1, sheet.facts, looks, _across(sheet, wide))
    across = sum(wide) if wide else 110
    for row, words in enumerate(sheet.lines, 2 if sheet.title else 0):
        page.set_row(row, 16 * max(1, -(-width(words) // int(across))) + 4)
        if len(columns) > 1:
            page.merge_range(row, 0, row, len(columns) - 1, legal(words), looks.line("sentence"))
        else:
            page.write_string(row, 0, legal(words), looks.line("sentence"))
    if columns:
        _write_table(page, sheet, looks, values, sorts, wide)


def _write_table(
    page: Any, sheet: Sheet, looks: _Looks, values: list[list[Any]], sorts: list[str], wide: list[int]
) -> None:
    head = sheet.head
    headings = [heading_lines(heading, wide[place] - BUTTON) for place, (_, heading, _) in enumerate(sheet.columns)]
    page.set_row(head, LINE * max(2, *(len(lines) for lines in headings)) + 2)
    for place, (_, heading, sort) in enumerate(sheet.columns):
        # Words break by themselves; Chinese breaks anywhere, unless told where.
        words = "\n".join(headings[place]) if not heading.isascii() else heading
        page.write_string(head, place, legal(words), looks.cell("text" if sort == MIXED else sort, "head"))
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    colours = [(sheet.colours or {}).get(column, {}) for column, _, _ in sheet.columns]
    breaking = [place for place, sort in enumerate(sorts) if sort in ("wide", MIXED)]
    row = head
    for cells in _within_cells(zip(*values, strict=True)):
        row += 1
        if (lines := max((_lines(cells[place], wide[place]) for place in breaking), default=1)) > 1:
            # Said, since not every program makes room for what breaks when it opens the file.
            page.set_row(row, min(LINE * lines + 1, HIGHEST))
        for place, value in enumerate(cells):
            sort = _sort_within(sorts[place], value)
            colour = colours[place].get(value, "") if colours[place] else ""
            _write_cell(page, row, place, value, sort, looks.cell(sort, "body", colour))
    if row > head:
        page.autofilter(head, 0, row, len(sheet.columns) - 1)
    if sheet.totals is not None:
        row += 1
        for place, (column, _, sort) in enumerate(sheet.columns):
            value = sheet.totals.get(column)
            _write_cell(page, row, place, value, sort_of_total(value, sort), looks.cell(sort, "total"))
    across = _across(sheet, wide)
    if sheet.note:
        _write_note(page, row + 2, sheet.note, looks, across)
    page.print_area(0, 0, row + (2 if sheet.note else 0), len(across) - 1)


def _across(sheet: Sheet, wide: Sequence[int]) -> list[int]:
    """Widths of the columns that are printed: those of the table, and beside a narrow one as many more as a sentence
    takes; of a table that is printed in part, that part."""
    across = list(wide[: sheet.printed])
    while sum(across) < SENTENCE:
        across.append(UNSET)
    return across


def _write_note(page: Any, row: int, words: str, looks: _Looks, across: Sequence[int]) -> None:
    """A sentence in small print, in as many lines as it takes: what runs on would widen the page that is printed."""
    lines = -(-width(words) * 9 // (sum(across) * 10))
    page.set_row(row, LINE * max(1, lines))
    if len(across) > 1:
        page.merge_range(row, 0, row, len(across) - 1, legal(words), looks.line("note"))
    else:
        page.write_string(row, 0, legal(words), looks.line("note"))


def _lines(value: Any, room: int) -> int:
    """Lines that a text takes in a column, with what breaking it leaves empty at the end of each."""
    if not isinstance(value, str) or width(value) <= room - 2:
        return 1
    return sum(max(1, -(-width(part) // max(room - 4, 1))) for part in value.split("\n"))


def _within_cells(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows whose texts fit a cell each: what is longer goes on in the rows below, so that nothing is cut."""
    for row in rows:
        if not any(isinstance(value, str) and len(value) > CELL for value in row):
            yield row
            continue
        parts = max(-(-len(value) // CELL) for value in row if isinstance(value, str))
        for part in range(parts):
            yield tuple(
                value[part * CELL : (part + 1) * CELL] or None
                if isinstance(value, str)
                else value
                if not part
                else None
                for value in row
            )


def _sort_within(sort: str, value: Any) -> str:
    """A cell's own sort within its column's."""
    if sort == MIXED:
        return _sort_of(value)
    if sort == "points" and isinstance(value, int | float) and 0.0 < abs(value) * 100 < SMALL:
        return "small points" if abs(value) * 100 >= NONE else "no points"
    return sort


def _sort_of(value: Any) -> str:
    """How a key figure is shown: whole numbers count, others are shares, and everything else is words."""
    if isinstance(value, bool):
        return "wide"
    return "whole" if isinstance(value, int) else "share" if isinstance(value, float) else "wide"


def _write_cell(page: Any, row: int, place: int, value: Any, sort: str, look: Any) -> None:
    if value is None or value is pd.NaT or value == "" or value != value:
        page.write_blank(row, place, None, look)
    elif on_the_left(sort) or isinstance(value, str):
        page.write_string(row, place, legal(str(value)), look)
    elif sort == "date":
        page.write_datetime(row, place, pd.Timestamp(value).to_pydatetime(), look)
    else:
        page.write_number(row, place, float(value) * 100 if sort in POINTS else float(value), look)


def _all_widths(columns: Sequence[Column], values: list[list[Any]]) -> list[int]:
    wide = _widths(columns, values, HEADING)
    return wide if sum(wide) <= PAGE else _widths(columns, values, TIGHT)


def _widths(columns: Sequence[Column], values: list[list[Any]], above: int) -> list[int]:
    long = [sort == "wide" for _, _, sort in columns]
    wide = [_width(heading, list_, sort, above) for (_, heading, sort), list_ in zip(columns, values, strict=True)]
    left = PAGE - sum(size for size, breaks in zip(wide, long, strict=True) if not breaks)
    most = min(max(left // max(sum(long), 1), BREAKS), WIDEST)
    return [min(size, most) if breaks else size for size, breaks in zip(wide, long, strict=True)]


def _width(heading: str, values: Sequence[Any], sort: str, most: int) -> int:
    if sort == MIXED:
        return WIDE * 2
    measured = [value for value in values[:ROWS_MEASURED] if value is not None and value == value]
    words = on_the_left(sort)
    written = (str(value) if words or isinstance(value, str) else written_as(value, sort) for value in measured)
    longest = max((max(map(width, each.split("\n"))) for each in written), default=0)
    if sort == "date":
        longest = 10
    # A column of words keeps its width: while it is empty, somebody writes into it by hand.
    above = max(map(width, heading_lines(heading, HEADING if words else most)))
    return min(max(longest + 3, above + BUTTON, NARROW), WIDEST if sort == "wide" else WIDE)
