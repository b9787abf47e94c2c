"""Pieces of HTML. What comes from a register or a scenario is text, never markup: it is escaped here."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape as _escape

from workbench.labels import text
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
from workbench.views.formats.columns import column_shares

#: Letters of a table that fit across a printed page.
ROOM = 115


class Markup(str):
    """HTML that is already safe, made by the functions of this module."""

    __slots__ = ()


def escape(value: object) -> Markup:
    """Text as HTML shows it; `Markup` stays what it is.

    >>> escape("<b>A & B</b>")
    '&lt;b&gt;A &amp; B&lt;/b&gt;'
    """
    return value if isinstance(value, Markup) else Markup(_escape(legal(str(value)), quote=True))


def tag(name: str, content: object, css: str = "") -> Markup:
    """An element around some content.

    >>> tag("p", "1 < 2", "note")
    '<p class="note">1 &lt; 2</p>'
    """
    attribute = f' class="{escape(css)}"' if css else ""
    return Markup(f"<{name}{attribute}>{escape(content)}</{name}>")


def join(parts: Iterable[object]) -> Markup:
    """Pieces one after the other."""
    return Markup("\n".join(escape(part) for part in parts if part))


def paragraph(words: object, css: str = "") -> Markup:
    """A paragraph; nothing for nothing."""
    return tag("p", words, css) if words else Markup("")


def table(header: Sequence[object], rows: Iterable[Sequence[object]], kinds: str, shares: Sequence[float]) -> Markup:
    """A table.

    Parameters
    ----------
    header, rows
        cells, escaped.
    kinds
        one letter a column: ``t`` text, ``n`` number (to the right), ``w`` text that may be long.
    shares
        what each column takes of the width of a printed page; on a screen a table is as wide as it must be.
    """
    classes = [{"t": "text", "n": "number", "w": "wide"}[kind] for kind in kinds]
    columns = "".join(f'<col style="--share:{round(share * 100, 2)}%">' for share in shares)
    head = "".join(
        f'<th scope="col" class="{css_}">{escape(cell)}</th>' for cell, css_ in zip(header, classes, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f'<td class="{css_}">{escape(cell)}</td>' for cell, css_ in zip(row, classes, strict=True))
        + "</tr>"
        for row in rows
    )
    content = f"<colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return Markup(f'<div class="scroll"><table>{content}</table></div>')


def picture(png: bytes, words: str) -> Markup:
    """A PNG within the page; `words` say what it shows to who cannot see it."""
    data = b64encode(png).decode("ascii")
    return Markup(f'<figure><img src="data:image/png;base64,{data}" alt="{escape(words)}"></figure>')


def blocks_html(blocks: Iterable[Block], most: int | None = None) -> Markup:
    """A document's blocks as HTML; each page of print is a section.

    Parameters
    ----------
    blocks
        in order.
    most
        rows of a table that are shown at most.
    """
    pages: list[list[Markup]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage):
            pages.append([])
        else:
            pages[-1].append(_block(block, most))
    return Markup("\n".join(f'<section class="page">\n{join(page)}\n</section>' for page in pages if page))


def _block(block: Block, most: int | None) -> Markup:
    match block:
        case Heading():
            name = f' id="{escape(block.name)}"' if block.name else ""
            return Markup(f"<h{block.level}{name}>{escape(block.words)}</h{block.level}>")
        case Sentence():
            return paragraph(block.words, block.look)
        case Cards():
            return tag("div", join(
                tag("div", join([tag("span", name), tag("b", number), tag("span", note)]), "figure")
                for name, number, note in block.cards
            ), "figures")  # fmt: skip
        case TableBlock():
            return _table(block, most)
        case PictureBlock():
            data = b64encode(block.png).decode("ascii")
            words = escape(block.words)
            image = f'<img style="width:{round(block.wide * 100)}%" src="data:image/png;base64,{data}" alt="{words}">'
            return Markup(f"<figure>{image}<figcaption>{words}</figcaption></figure>")
    return Markup("")


def _table(block: TableBlock, most: int | None) -> Markup:
    kinds = "".join("w" if sort == "wide" else "t" if on_the_left(sort) else "n" for _, _, sort in block.columns)
    rows = block.rows(most)
    last = block.last()
    shares = column_shares(block.headings, rows, last, [sort for _, _, sort in block.columns], ROOM)
    shown = table(block.headings, [*rows, *([last] if last else [])], kinds, shares)
    if last:
        at = shown.rindex("<tr>")
        shown = Markup(f'{shown[:at]}<tr class="total">{shown[at + 4 :]}')
    cut = len(block.frame) - len(rows)
    more = text("report.cut", shown=len(rows), count=len(block.frame)) if cut else ""
    caption = tag("p", block.title, "caption") if block.title else ""
    return join([caption, shown, paragraph(more, "note"), paragraph(block.below, "note")])
