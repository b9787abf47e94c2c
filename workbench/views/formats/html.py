"""Pieces of HTML. What comes from a register or a scenario is text, never markup: it is escaped here."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape as _escape


class Markup(str):
    """HTML that is already safe, made by the functions of this module."""

    __slots__ = ()


def escape(value: object) -> Markup:
    """Text as HTML shows it; `Markup` stays what it is.

    >>> escape("<b>A & B</b>")
    '&lt;b&gt;A &amp; B&lt;/b&gt;'
    """
    return value if isinstance(value, Markup) else Markup(_escape(str(value), quote=True))


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


def table(header: Sequence[object], rows: Iterable[Sequence[object]], kinds: str) -> Markup:
    """A table.

    Parameters
    ----------
    header, rows
        cells, escaped.
    kinds
        one letter a column: ``t`` text, ``n`` number (to the right), ``w`` text that may be long.
    """
    classes = [{"t": "text", "n": "number", "w": "wide"}[kind] for kind in kinds]
    head = "".join(
        f'<th scope="col" class="{css_}">{escape(cell)}</th>' for cell, css_ in zip(header, classes, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f'<td class="{css_}">{escape(cell)}</td>' for cell, css_ in zip(row, classes, strict=True))
        + "</tr>"
        for row in rows
    )
    content = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return Markup(f'<div class="scroll"><table>{content}</table></div>')


def picture(png: bytes, words: str) -> Markup:
    """A PNG within the page; `words` say what it shows to who cannot see it."""
    data = b64encode(png).decode("ascii")
    return Markup(f'<figure><img src="data:image/png;base64,{data}" alt="{escape(words)}"></figure>')


def section(name: str, title: str, *content: object) -> Markup:
    """A section of the page with its heading."""
    return Markup(f'<section id="{escape(name)}">\n<h2>{escape(title)}</h2>\n{join(content)}\n</section>')
