"""The office's own workbook with the marks put in: its fonts, colours, formats, widths and lists stay as they are."""

from __future__ import annotations

import copy
import io
import re
import warnings
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from workbench.inputs.ledger import Examination, LedgerSheet, Note, letter, written
from workbench.labels import text
from workbench.privacy import masked
from workbench.views.ledgers.marks import (
    COLOURS,
    LIST,
    MADE,
    by_cell,
    comment_of,
    fit_to_show,
    free_name,
    heaviest,
    line_of,
    persons_below,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

_KINDS: Final = (".xlsx", ".xlsm")
#: A comment's box, in points: as wide as a sentence, higher by each.
_WIDE, _HIGH = 320, 70
#: A part of a workbook that says when it was saved.
_SAVED: Final = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(?=<)")


def marked_original(examination: Examination) -> bytes | None:
    """The workbook with its marks; None where it is no workbook that can be written again (strict, damaged, gone)."""
    if examination.path is None or examination.path.suffix.lower() not in _KINDS:
        return None
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # What openpyxl warns of, it leaves out: pictures and extensions, no cells.
            warnings.simplefilter("ignore")
            with closing(load_workbook(examination.path, data_only=True, keep_links=False)) as book:
                if [sheet.title for sheet in book.worksheets] != [sheet.name for sheet in examination.book.sheets]:
                    return None
                for sheet in examination.book.sheets:
                    _mark(book[sheet.name], sheet, examination)
                _nobody(book, examination)
                _list_of_notes(book, examination.notes)
                return _same_bytes(book)
    except Exception:  # whatever it is that openpyxl cannot write: the cells can be written anew
        return None


def _mark(page: Any, sheet: LedgerSheet, examination: Examination) -> None:
    """Colour and comment the cells of which something is said; cover what is about a person."""
    from openpyxl.cell.cell import MergedCell

    persons, header = persons_below(examination, sheet)
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.comment is not None:
                # Whoever wrote it signed it, and the first line often names him.
                cell.comment = None
            if cell.value is not None:
                _cover(cell, cell.column - 1 in persons and cell.row > header)
            cell.hyperlink = None
    of_persons = {letter(at) for at in persons}
    page.data_validations.dataValidation = [
        rule
        for rule in page.data_validations.dataValidation
        if of_persons.isdisjoint(re.findall("[A-Z]+", str(rule.sqref)))
    ]
    anchors = {
        (number, at): (merged.top, merged.left)
        for merged in sheet.merged
        for number in range(merged.top, min(merged.bottom, sheet.last) + 1)
        for at in range(merged.left, merged.right + 1)
    }
    for number, columns in by_cell(examination, sheet).items():
        for at, notes in columns.items():
            top, left = anchors.get((number, at), (number, at))
            _colour(page.cell(top, left + 1), notes)


def _cover(cell: Any, of_a_person: bool) -> None:
    """A cell's value as it may be shown; text stays text, whatever it begins with."""
    if of_a_person:
        cell.value = text("check.ledger.covered")
    elif isinstance(cell.value, str):
        shown = fit_to_show(cell.value)
        if shown != cell.value:
            cell.value = shown
        cell.data_type = "s"
    elif isinstance(cell.value, int | float) and masked(written(cell.value)) != written(cell.value):
        cell.value = masked(written(cell.value))


def _colour(cell: Any, notes: list[Note]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    before = cell.comment.text + "\n" if cell.comment is not None else ""
    cell.fill = PatternFill("solid", fgColor="FF" + COLOURS[heaviest(notes)].removeprefix("#"))
    cell.comment = Comment(before + comment_of(notes), "", height=int(_HIGH * (1 + len(notes[:5]) / 2)), width=_WIDE)


def _nobody(book: Any, examination: Examination) -> None:
    """Leave out who made the workbook and saved it last, and what stands beside the cells and may name somebody."""
    from openpyxl.packaging.core import DocumentProperties

    book.properties = DocumentProperties(creator="", created=MADE, modified=MADE)
    book.custom_doc_props.props.clear()
    used = {text("check.ledger.sheet").casefold()}
    for page in book.worksheets:
        page.title = free_name(page.title, used) if masked(page.title) != page.title else page.title
        used.add(page.title.casefold())
        for name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            for side in ("left", "center", "right"):
                part = getattr(getattr(page, name), side)
                if part.text:
                    part.text = fit_to_show(part.text)
        page.protection.sheet = False
        page.legacy_drawing = None
        # What a picture, a chart or a pivot's store of values shows, nobody has looked at.
        page._images, page._charts, page._pivots = [], [], []


def _list_of_notes(book: Workbook, notes: list[Note]) -> None:
    """The first sheet: everything that is said, one line each."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    name = text("check.ledger.sheet")
    page: Any = book.create_sheet(name if name not in book.sheetnames else f"{name}_2", 0)
    for at, (what, wide) in enumerate(LIST, 1):
        page.column_dimensions[get_column_letter(at)].width = wide
        head = page.cell(1, at, text(f"check.head.{what}"))
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="FFE8EDF3")
    wrap = Alignment(wrap_text=True, vertical="top")
    for turn, note in enumerate(notes, 2):
        for at, words in enumerate(line_of(note), 1):
            cell = page.cell(turn, at)
            cell.value = words
            cell.data_type = "s"
            cell.alignment, cell.number_format = copy.copy(wrap), "@"
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _same_bytes(book: Workbook) -> bytes:
    """The workbook as a file without the time at which it was made."""
    raw, buffer = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            new.writestr(zipfile.ZipInfo(part.filename, MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
