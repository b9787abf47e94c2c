"""Pieces that the panels are put together from: style, cards, bars, links. Every text in them is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import ipywidgets as widgets
from traitlets import Unicode

from workbench.jobs.session import Session
from workbench.labels import text
from workbench.numbers import percent, signed_points, target_percent
from workbench.views.formats import Markup, TableBlock, escape, join, on_the_left, tag

#: What a browser is told about a file.
KINDS = {
    ".yaml": "application/yaml",
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


#: Tables of more rows than the page has room for are cut to so many; the workbook has them all.
ROOM, LISTED = 31, 12


class Quiet:
    """Tells a change that a planner made from one that the program made."""

    def __init__(self) -> None:
        self._depth = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Changes within are the program's own."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def __bool__(self) -> bool:
        return self._depth > 0


def html(content: object = "", css: str = "", **layout: str) -> Any:
    """An HTML widget; the content is escaped unless it is `Markup`."""
    made = widgets.HTML(escape(content), layout=layout)
    if css:
        made.add_class(css)
    return made


class DescribedImage(widgets.Image):  # type: ignore[misc]  # ipywidgets carries no types
    """A picture with words for whoever cannot see it: what it shows, in a sentence with its numbers.

    The browser's part of a widget asks for a description before it takes a tooltip; an `Image` has none of its own.
    """

    description = Unicode("").tag(sync=True)

    def show(self, png: bytes, words: str) -> None:
        """Show a picture, and say what it shows."""
        self.value = png
        self.tooltip = words


#: Tells where a picture was clicked, by a field that nobody sees: in an app's page and in JupyterLab alike.
_CLICKED = """const box = this.getBoundingClientRect();
const field = this.closest('.wb-clicked').querySelector('input');
field.value = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].join(' ');
for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true}));"""


class ClickedPicture:
    """A picture that says where it is clicked; whoever uses no mouse has another way to the same.

    Parameters
    ----------
    session
        whose status line says errors.
    wide
        pixels across, at most.
    clicked
        called with shares of the picture's width and height, from its upper left.
    """

    def __init__(self, session: Session, wide: int, clicked: Callable[[float, float], None]) -> None:
        self.picture = picture(wide, shown=True)
        self._field: Any = widgets.Text(continuous_update=False)
        self._field.add_class("wb-nobody-sees")
        self._cover = html(css="wb-cover")
        layout = {"width": "100%", "max_width": f"{wide}px"}
        self.view: Any = widgets.Box([self.picture, self._cover, self._field], layout=layout)
        self.view.add_class("wb-clicked")
        self._quiet = Quiet()

        def read(written: str) -> None:
            with self._quiet():
                self._field.value = ""  # so that the same place can be clicked again
            across, down = (float(share) for share in written.split())
            clicked(across, down)

        on_change(session, self._field, read, self._quiet)

    def relabel(self) -> None:
        """Say in the language in use what a click does."""
        cover = f'<div title="{escape(text("panel.click_map"))}" onclick="{escape(_CLICKED)}"></div>'
        put(self._cover, Markup(cover))

    def show(self, png: bytes, words: str) -> None:
        """Show a picture, and say what it shows."""
        self.picture.show(png, words)


def picture(wide: int, *, shown: bool = False) -> Any:
    """A picture of at most so many pixels across, that is not shown before there is one."""
    layout = {"width": "100%", "max_width": f"{wide}px", "display": "" if shown else "none"}
    return DescribedImage(format="png", layout=layout)


def show(widget: Any, shown: bool) -> None:
    """Whether a widget takes its place on the page."""
    widget.layout.display = "" if shown else "none"


def put(widget: Any, content: object) -> None:
    """New content for an HTML widget; nothing is sent where it stays the same."""
    safe = escape(content)
    if widget.value != safe:
        widget.value = safe


def button(session: Session, on_click: Callable[[], None], *, primary: bool = False, **layout: str) -> Any:
    """A button whose errors go to the status line; its words are set by `relabel`."""
    made = widgets.Button(layout={"width": "auto", **layout})
    if primary:
        made.button_style = "primary"

    def clicked(_: Any) -> None:
        with session.guarded():
            on_click()

    made.on_click(clicked)
    return made


def on_change(session: Session, widget: Any, handler: Callable[[Any], None], quiet: Quiet | None = None) -> None:
    """Call `handler` with the new value when a planner changes it; errors go to the status line."""

    def changed(change: Any) -> None:
        if quiet:
            return
        with session.guarded():
            handler(change["new"])

    widget.observe(changed, names="value")


def set_options(widget: Any, options: Sequence[tuple[str, Any]], value: Any) -> None:
    """Other words or choices for a list, and what of it is chosen."""
    if tuple(widget.options) != tuple(options):
        widget.options = tuple(options)
    if widget.value != value:
        widget.value = value


def style() -> Any:
    """The panels' style sheet."""
    css = files("workbench.views").joinpath("panels/panels.css").read_text(encoding="utf-8")
    return widgets.HTML(f"<style>{css}</style>", layout={"height": "0", "margin": "0"})


def table(header: Sequence[object], rows: Iterable[Sequence[object]], kinds: str) -> Markup:
    """A table; `kinds` has one letter a column: ``t`` text, ``n`` number."""
    css = ["number" if kind == "n" else "text" for kind in kinds]
    head = Markup("").join(
        Markup(f'<th scope="col" class="{of}">{escape(cell)}</th>') for cell, of in zip(header, css, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(tag("td", cell, of) for cell, of in zip(row, css, strict=True)) + "</tr>" for row in rows
    )
    return Markup(f'<table class="wb-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def block(found: TableBlock) -> Markup:
    """A document's table on the page: its heading, its rows and its note; of a long one the first rows."""
    most = LISTED if len(found.frame) > ROOM else None
    kinds = "".join("t" if on_the_left(sort) else "n" for _, _, sort in found.columns)
    rows, last = found.rows(most), found.last()
    cut = len(found.frame) - len(rows)
    more = text("panel.table_cut", shown=len(rows), count=len(found.frame)) if cut > 0 else ""
    return join([
        tag("h3", found.title), table(found.headings, [*rows, *([last] if last else [])], kinds),
        tag("div", " ".join(filter(None, [more, found.note])), "wb-note"),
    ])  # fmt: skip


def card(title: str, value: str, note: object = "", css: str = "", *, term: str) -> Markup:
    """A number with its name and what to know about it; the name's term is explained to whoever points at it."""
    name = f'<span title="{escape(text(f"glossary.{term}.meaning"))}">{escape(title)}</span>'
    return tag("div", Markup(f"{name}{tag('b', value)} {tag('i', note)}"), f"wb-card {css}".strip())


def change(difference: float) -> Markup:
    """A difference of shares in percentage points, with its sign, marked up or down; a dash for none."""
    if round(difference * 100, 1) == 0:
        return tag("b", "±0.0", "wb-same")
    return tag("span", signed_points(difference, typeset=True), "wb-up" if difference > 0 else "wb-down")


def bar(start: float, expected: float, ceiling: float, target: float) -> Markup:
    """Coverage as a bar: at the start, expected, the ceiling's tick, the target's line."""

    def part(css: str, left: float, width: float | None = None) -> str:
        wide = "" if width is None else f"width:{max(0.0, width) * 100:.1f}%"
        return f'<i class="{css}" style="left:{left * 100:.1f}%;{wide}"></i>'

    words = text(
        "panel.bar",
        start=percent(start),
        expected=percent(expected),
        ceiling=percent(ceiling),
        target=target_percent(target),
    )
    parts = [
        part("start", 0.0, start),
        part("more", start, expected - start),
        part("want", target),
        part("top", ceiling),
    ]
    return Markup(
        f'<span class="wb-bar" role="img" title="{escape(words)}" aria-label="{escape(words)}">{"".join(parts)}</span>'
    )


def download(name: str, content: bytes, words: str) -> Markup:
    """A link that saves a file. The file is in the page itself: nothing is served, and no folder is opened."""
    kind = KINDS[name[name.rindex(".") :]]
    data = b64encode(content).decode("ascii")
    return Markup(
        f'<a class="wb-download" download="{escape(name)}" href="data:{kind};base64,{data}">{escape(words)}</a>'
    )


def lines(words: Iterable[object]) -> Markup:
    """Paragraphs."""
    return join(tag("div", each) for each in words if each)
