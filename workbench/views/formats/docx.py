"""Word files from a document's blocks: real heading styles, captions, page numbers, A4, fonts that have Chinese."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from workbench.labels import language, text
from workbench.letters import legal
from workbench.views.formats.blocks import (
    Block,
    Cards,
    Heading,
    NewPage,
    PictureBlock,
    Sentence,
    TableBlock,
    on_the_left,
)
from workbench.views.formats.columns import broken_heading, column_shares

#: Fonts by language: body and headings, for Latin letters and for Chinese characters.
FONTS = {
    "zh": {"body": ("Times New Roman", "仿宋"), "head": ("Times New Roman", "黑体")},
    "en": {"body": ("Calibri", "仿宋"), "head": ("Calibri", "黑体")},
}
#: Points: Chinese letters of the usual size, Latin ones a little smaller; and small print, and what is to be minded.
BODY, SMALL, MIND = {"zh": 10.5, "en": 10.0}, 8.5, 9.5
#: The letters of a table, and of one with many columns; from how many.
TABLE, DENSE, MANY = 8.5, 7.5, 8
#: Centimetres that half a Chinese character takes, per point.
LETTER = 0.0195
#: Centimetres of an A4 page.
PAGE, MARGIN, TEXT_WIDTH = (21.0, 29.7), (1.7, 1.9), 21.0 - 2 * 1.9
#: Points between a table and the sentence or picture below it.
AFTER_TABLE = 4
INK, SHADE = "222222", "E8EDF3"


class _Counts(NamedTuple):
    """How many tables and pictures have a caption so far."""

    tables: list[int]
    pictures: list[int]


def word_bytes(blocks: Iterable[Block], title: str, footer: str, created: date, most: int = 300) -> bytes:
    """A document as a Word file.

    Parameters
    ----------
    blocks
        in order.
    title
        what the file says of itself.
    footer
        stands at the foot of every page, before its number.
    created
        the date that the file bears.
    most
        rows of a table that are written at most.
    """
    import docx

    file = docx.Document()
    _prepare(file, title, footer, created)
    counts = _Counts([0], [0])
    fresh = False
    order = list(blocks)
    for last, block, following in zip([None, *order], order, [*order[1:], None], strict=False):
        if isinstance(block, NewPage):
            fresh = True
            continue
        before = len(file.element.body)
        if isinstance(block, Sentence):
            _place(_sentence(file, block), last, following)
        else:
            _write(file, block, counts, most)
        if fresh:
            _begin_page(file, before)
            fresh = False
    buffer = io.BytesIO()
    file.save(buffer)
    return _dated(buffer.getvalue(), created)


def _dated(content: bytes, created: date) -> bytes:
    """The same file with every part dated that day, not by the clock: the same document gives the same bytes."""
    buffer = io.BytesIO()
    at = (created.year, created.month, created.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, at), old.read(part), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _prepare(file: Any, title: str, footer: str, created: date) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    at = datetime(created.year, created.month, created.day)
    core = file.core_properties
    core.title, core.author, core.comments = legal(title)[:255], "", ""
    core.created = core.modified = at
    page = file.sections[0]
    page.page_width, page.page_height = (Cm(size) for size in PAGE)
    page.top_margin = page.bottom_margin = Cm(MARGIN[0])
    page.left_margin = page.right_margin = Cm(MARGIN[1])
    page.footer_distance = Cm(0.8)
    fonts = FONTS[language()]
    sizes = {
        "Normal": BODY[language()],
        "Title": 18,
        "Heading 1": 13,
        "Heading 2": 11.5,
        "Heading 3": 10.5,
        "Caption": SMALL,
    }
    for name, size in sizes.items():
        style = file.styles[name]
        _font(style.element.get_or_add_rPr(), *fonts["body" if name in ("Normal", "Caption") else "head"])
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), RGBColor.from_string(INK), False
        style.font.bold = name not in ("Normal", "Caption")
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(0 if name in ("Normal", "Title") else 7), Pt(3)
        form.line_spacing = 1.1
        if name != "Normal":
            form.keep_with_next = True
    file.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = file.styles["Title"].element.pPr.find(_name("w:pBdr"))
    if border is not None:
        file.styles["Title"].element.pPr.remove(border)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = foot.add_run(legal(f"{footer} · "))
    run.font.size = Pt(SMALL)
    _page_number(foot)


def _write(file: Any, block: Block, counts: _Counts, most: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    match block:
        case Heading():
            # The first heading of all is the title; a section below it begins at Heading 1.
            style = "Title" if block.level == 1 else f"Heading {min(block.level - 1, 3)}"
            file.add_paragraph(legal(block.words), style=style)
        case Cards():
            _cards(file, block)
        case TableBlock():
            if block.title:
                counts.tables[0] += 1
                caption = text("document.table", number=counts.tables[0], title=block.title)
                file.add_paragraph(legal(caption), style="Caption")
            _table(file, block, most)
        case PictureBlock():
            held = file.add_paragraph()
            held.alignment = WD_ALIGN_PARAGRAPH.CENTER
            held.paragraph_format.keep_with_next = True
            # A picture is opaque: right below a table it would hide the table's last line.
            held.paragraph_format.space_before = Pt(AFTER_TABLE)
            held.add_run().add_picture(io.BytesIO(block.png), width=Cm(TEXT_WIDTH * block.wide))
            counts.pictures[0] += 1
            said = file.add_paragraph(
                legal(text("document.picture", number=counts.pictures[0], title=block.words)), style="Caption"
            )
            said.alignment = WD_ALIGN_PARAGRAPH.CENTER
            said.paragraph_format.space_before = Pt(0)
            said.paragraph_format.keep_with_next = False


def _place(held: Any, last: Block | None, following: Block | None) -> None:
    """A sentence keeps away from the table above it, and stays with the table or picture that it tells of."""
    from docx.shared import Pt

    if isinstance(last, TableBlock):
        held.paragraph_format.space_before = Pt(AFTER_TABLE)
    held.paragraph_format.keep_with_next = isinstance(following, (TableBlock, PictureBlock)) or None


def _sentence(file: Any, block: Sentence) -> Any:
    from docx.shared import Pt

    held = file.add_paragraph()
    run = held.add_run(legal(block.words))
    if block.look.startswith("answer"):
        run.font.bold, run.font.size = True, Pt(BODY[language()] + 1)
    elif block.look == "note":
        run.font.size = Pt(SMALL)
    elif block.look == "lead":
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        held.alignment, run.font.size = WD_ALIGN_PARAGRAPH.CENTER, Pt(SMALL + 0.5)
    elif block.look == "warning":
        from docx.shared import Cm

        held.paragraph_format.left_indent, run.font.size = Cm(0.4), Pt(MIND)
    return held


def _cards(file: Any, block: Cards) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    grid = file.add_table(rows=1, cols=len(block.cards), style="Table Grid")
    for cell, (name, number, note) in zip(grid._cells, block.cards, strict=True):
        cell.paragraphs[0].text = ""
        for words, size, bold, held in (
            (name, SMALL, False, cell.paragraphs[0]),
            (number, 15, True, cell.add_paragraph()),
            (note, SMALL - 0.5, False, cell.add_paragraph()),
        ):
            run = held.add_run(legal(words))
            run.font.size, run.font.bold = Pt(size), bold
            held.alignment = WD_ALIGN_PARAGRAPH.CENTER
            held.paragraph_format.space_after = Pt(1)
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(file: Any, block: TableBlock, most: int) -> None:
    from docx.shared import Cm

    rows = block.rows(most)
    last = block.last()
    size = DENSE if len(block.columns) >= MANY else TABLE
    room = int(TEXT_WIDTH / (size * LETTER))
    sorts = [sort for _, _, sort in block.columns]
    shares = column_shares(block.headings, rows, last, sorts, room)
    headings = [broken_heading(words, share * room) for words, share in zip(block.headings, shares, strict=True)]
    lines = [headings, *rows, *([last] if last else [])]
    grid = file.add_table(rows=len(lines), cols=len(block.columns), style="Table Grid")
    grid.autofit = False
    _narrow_margins(grid)
    # A table's cells are looked up once: asked one by one they take quadratic time.
    cells, columns = grid._cells, len(block.columns)
    left = [on_the_left(sort) for sort in sorts]
    wide = [Cm(share * TEXT_WIDTH) for share in shares]
    for place, column in enumerate(grid.columns):
        column.width = wide[place]
    for row, line in enumerate(lines):
        head, foot = row == 0, last is not None and row == len(lines) - 1
        for place, words in enumerate(line):
            _cell(cells[row * columns + place], legal(words), left[place], head or foot, wide[place], size)
            if head or foot:
                _shade(cells[row * columns + place])
    _repeat_head(grid.rows[0])
    more = len(block.frame) - len(rows)
    if more > 0:
        _place(
            _sentence(file, Sentence(text("report.cut", shown=len(rows), count=len(block.frame)), "note")), block, None
        )
    if block.below:
        _place(_sentence(file, Sentence(block.below, "note")), block, None)


def _cell(cell: Any, words: str, left: bool, bold: bool, wide: Any, size: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.width = wide
    held = cell.paragraphs[0]
    held.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.RIGHT
    held.paragraph_format.space_before = held.paragraph_format.space_after = Pt(1)
    held.paragraph_format.line_spacing = 1.0
    # Keeps a row on one page. A row's own mark for it, beside a head that is repeated, makes LibreOffice leave out all
    # rows that belong on the next page.
    held.paragraph_format.keep_together = True
    run = held.add_run(words)
    run.font.size, run.font.bold = Pt(size), bold


def _font(properties: Any, latin: str, chinese: str) -> None:
    """Both fonts: `font.name` alone does not reach Chinese characters."""
    found = properties.find(_name("w:rFonts"))
    if found is not None:
        properties.remove(found)
    fonts = _element("w:rFonts")
    for of in ("ascii", "hAnsi", "cs"):
        fonts.set(_name(f"w:{of}"), latin)
    fonts.set(_name("w:eastAsia"), chinese)
    properties.insert(0, fonts)


def _page_number(paragraph: Any) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            words = _element("w:instrText")
            words.text = "PAGE"
            run._r.append(words)
        else:
            mark = _element("w:fldChar")
            mark.set(_name("w:fldCharType"), kind)
            run._r.append(mark)


def _begin_page(file: Any, before: int) -> None:
    """The first thing written since then begins a page: its own paragraph does, or the first one before a table."""
    from docx.text.paragraph import Paragraph

    for element in list(file.element.body)[max(before - 1, 0) :]:
        if element.tag == _name("w:p"):
            Paragraph(element, file).paragraph_format.page_break_before = True
            return


def _shade(cell: Any) -> None:
    shade = _element("w:shd")
    shade.set(_name("w:val"), "clear")
    shade.set(_name("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _narrow_margins(grid: Any) -> None:
    """A millimetre at either side of a cell, so that numbers have room."""
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margin = _element(f"w:{side}")
        margin.set(_name("w:w"), "57")
        margin.set(_name("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)


def _repeat_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _element(tag: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    named: str = qn(tag)
    return named
