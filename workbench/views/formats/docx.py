"""Word files from a document's blocks: real heading styles, captions, page numbers, A4, fonts that have Chinese."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from workbench.labels import language, text
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
from workbench.views.formats.terminal import width

#: Fonts by language: body and headings, for Latin letters and for Chinese characters.
FONTS = {
    "zh": {"body": ("Times New Roman", "仿宋"), "head": ("Times New Roman", "黑体")},
    "en": {"body": ("Calibri", "仿宋"), "head": ("Calibri", "黑体")},
}
#: Points, and centimetres of an A4 page.
BODY, SMALL = 10.5, 8.5
#: The letters of a table, and of one with many columns; from how many.
TABLE, DENSE, MANY = 8.5, 7.5, 10
#: Centimetres that half a Chinese character takes, per point; what a cell keeps at its sides.
LETTER, PADDING = 0.0195, 0.24
#: How much wider bold letters are; what half-widths a date or a number in Chinese text gains by the gaps around it.
BOLD, GAPS = 1.18, 2
#: Letters of a word that is never broken, at most, and of a text that asks for room.
WORD, LONG = 22, 48
PAGE, MARGIN, TEXT_WIDTH = (21.0, 29.7), (1.7, 1.9), 21.0 - 2 * 1.9
INK, SHADE = "222222", "E8EDF3"
#: What XML cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    for block in blocks:
        if isinstance(block, NewPage):
            fresh = True
            continue
        before = len(file.element.body)
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


def legal(words: str) -> str:
    """Words as XML can hold them: what it cannot is told by its number.

    >>> legal("a\\x07b")
    'a[U+0007]b'
    """
    return _ILLEGAL.sub(lambda found: f"[U+{ord(found[0]):04X}]", words)


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
    sizes = {"Normal": BODY, "Title": 18, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 10.5, "Caption": SMALL}
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
        case Sentence():
            _sentence(file, block)
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
            held.add_run().add_picture(io.BytesIO(block.png), width=Cm(TEXT_WIDTH * block.wide))
            counts.pictures[0] += 1
            said = file.add_paragraph(
                legal(text("document.picture", number=counts.pictures[0], title=block.words)), style="Caption"
            )
            said.alignment = WD_ALIGN_PARAGRAPH.CENTER
            said.paragraph_format.space_before = Pt(0)
            said.paragraph_format.keep_with_next = False


def _sentence(file: Any, block: Sentence) -> None:
    from docx.shared import Pt

    held = file.add_paragraph()
    run = held.add_run(legal(block.words))
    if block.look.startswith("answer"):
        run.font.bold, run.font.size = True, Pt(BODY + 1)
    elif block.look == "note":
        run.font.size = Pt(SMALL)
    elif block.look == "lead":
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        held.alignment, run.font.size = WD_ALIGN_PARAGRAPH.CENTER, Pt(SMALL + 0.5)
    elif block.look == "warning":
        from docx.shared import Cm

        held.paragraph_format.left_indent = Cm(0.4)


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
    rows = block.rows(most)
    last = block.last()
    lines = [block.headings, *rows, *([last] if last else [])]
    grid = file.add_table(rows=len(lines), cols=len(block.columns), style="Table Grid")
    grid.autofit = False
    _narrow_margins(grid)
    # A table's cells are looked up once: asked one by one they take quadratic time.
    cells, columns = grid._cells, len(block.columns)
    left = [on_the_left(sort) for _, _, sort in block.columns]
    size = DENSE if columns >= MANY else TABLE
    wide = _widths(lines, left, size)
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
        _sentence(file, Sentence(text("report.cut", shown=len(rows), count=len(block.frame)), "note"))
    if block.note:
        _sentence(file, Sentence(block.note, "note"))


def _cell(cell: Any, words: str, left: bool, bold: bool, wide: Any, size: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.width = wide
    held = cell.paragraphs[0]
    held.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.RIGHT
    held.paragraph_format.space_before = held.paragraph_format.space_after = Pt(1)
    held.paragraph_format.line_spacing = 1.0
    run = held.add_run(words)
    run.font.size, run.font.bold = Pt(size), bold


def _widths(lines: list[list[str]], left: list[bool], size: float) -> list[Any]:
    """Column widths: every column has room for its longest word, and for a number or a date as a whole; what is left of
    the page goes to those whose texts would break."""
    from docx.shared import Cm

    letter = size * LETTER
    least, wanted = [], []
    for place in range(len(lines[0])):
        cells = [line[place] for line in lines[1:200]]
        whole = 1.1 * max((width(cell) + (0 if cell.isascii() else GAPS) for cell in cells), default=1)
        word = max((width(part) for cell in cells if left[place] for part in _words(cell)), default=0)
        head = BOLD * max(width(part) for part in _words(lines[0][place]) or ["x"])
        least.append(max(min(word, WORD) if left[place] else min(whole, WORD), head) * letter + PADDING)
        wanted.append(max(min(whole, LONG), head) * letter + PADDING)
    spare = max(TEXT_WIDTH - sum(least), 0.0)
    more = [max(want - need, 0.0) for want, need in zip(wanted, least, strict=True)]
    share = spare / sum(more) if sum(more) > spare else 1.0
    sizes = [need + each * share for need, each in zip(least, more, strict=True)]
    # The table is as wide as the text: the rest goes to all alike.
    return [Cm(each * TEXT_WIDTH / sum(sizes)) for each in sizes]


def _words(cell: str) -> list[str]:
    """What a line should not break: words between blanks, or four Chinese characters."""
    return [word if word.isascii() else word[:4] for word in cell.split()]


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
