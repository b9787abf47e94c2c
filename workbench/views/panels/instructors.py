"""Instructors: a row a responsible unit with a slider; every move is answered at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Session
from workbench.labels import text
from workbench.numbers import percent
from workbench.views.drawing import short
from workbench.views.formats import Markup, escape, tag
from workbench.views.panels import parts
from workbench.views.panels.live import Fan
from workbench.views.panels.reading import read_number
from workbench.views.panels.shapes import BESIDE

#: Rows on a page: a city with more responsible units has more pages.
ROWS_ON_A_PAGE = 30
ORDERS = ("name", "coverage", "gap", "organizations")


class _Row:
    """One responsible unit's slider and numbers; on another page it serves another responsible unit."""

    def __init__(self, panel: InstructorsPanel) -> None:
        self.responsible = ""
        self.slider: Any = widgets.IntSlider(
            min=0, max=1, style={"description_width": "8.5em"}, layout={"flex": "0 0 320px"}
        )
        self.cells: Any = parts.html(flex="1 1 auto")
        self.view: Any = widgets.HBox([self.slider, self.cells])
        self.view.add_class("wb-row")
        parts.on_change(
            panel.session, self.slider, lambda value: panel.session.move(self.responsible, value), panel.quiet
        )


class InstructorsPanel:
    """Sliders by responsible unit, the total, ways to share it, and the fan beside."""

    name = "instructors"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.quiet = parts.Quiet()
        self._keep: Any = widgets.Checkbox(value=True, indent=False, layout={"width": "auto"})
        self._total: Any = widgets.Text(
            continuous_update=False, layout={"width": "190px"}, style={"description_width": "initial"}
        )
        self._reserve = parts.html()
        self._order: Any = widgets.Dropdown(
            options=[("", order) for order in ORDERS],
            layout={"width": "240px"},
            style={"description_width": "initial"},
        )
        self._page: Any = widgets.Dropdown(options=[("", 0)], layout={"width": "150px"})
        self._buttons = {
            "equal": parts.button(session, lambda: session.share_out("equal")),
            "by_need": parts.button(session, lambda: session.share_out("by_need")),
            "optimise": parts.button(session, session.optimise, primary=True),
            "undo": parts.button(session, session.undo),
            "redo": parts.button(session, session.redo),
        }
        self._header = parts.html(flex="1 1 auto")
        self._head_name = parts.html(flex="0 0 326px")
        self._note = parts.html(css="wb-note")
        self._rows: list[_Row] = []
        self._box: Any = widgets.VBox([])
        self._box.add_class("wb-rows")
        tools = widgets.HBox([*self._buttons.values()], layout={"flex_flow": "row wrap"})
        totals = widgets.HBox(
            [self._total, self._keep, self._reserve], layout={"flex_flow": "row wrap", "align_items": "center"}
        )
        listing = widgets.HBox([self._order, self._page], layout={"flex_flow": "row wrap"})
        head = widgets.HBox([self._head_name, self._header])
        left = widgets.VBox([totals, tools, listing, head, self._box], layout={"flex": "1 1 620px", "min_width": "0"})
        right = widgets.VBox(
            [fan.picture(self.name, BESIDE), self._note], layout={"flex": "1 1 520px", "min_width": "0"}
        )
        self.view: Any = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        parts.on_change(session, self._keep, self._kept, self.quiet)
        parts.on_change(session, self._total, self._set_total, self.quiet)
        parts.on_change(session, self._order, lambda _: self._turn(), self.quiet)
        parts.on_change(session, self._page, lambda _: self._turn(), self.quiet)
        session.signals.watch("opened", self._opened)
        for subject in ("answer", "rules"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("jobs", self._busy)
        self._opened()

    # -- words -----------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language in use."""
        with self.quiet():
            self._keep.description = text("panel.keep_total")
            self._total.description = text("panel.total")
            for name, made in self._buttons.items():
                made.description = text(f"panel.do_{name}")
                made.tooltip = text(f"panel.tip_{name}")
            self._order.description = text("panel.order")
            parts.set_options(
                self._order, [(text(f"panel.order_{order}"), order) for order in ORDERS], self._order.value
            )
        self._relabel_pages()
        cells = "".join(
            f"<span>{escape(text(f'panel.column_{name}'))}</span>"
            for name in ("organizations", "expected", "coverage", "points")
        )
        parts.put(self._header, Markup(f'<div class="wb-cells header">{cells}</div>'))
        parts.put(self._head_name, tag("div", text("panel.column_responsible"), "wb-note"))
        parts.put(self._note, text("panel.instructors_note"))
        self.refresh()

    def _relabel_pages(self) -> None:
        count = len(self.session.board.responsible_units) if self.session.board else 0
        pages = max(1, -(-count // ROWS_ON_A_PAGE))
        options = [
            (text("panel.page", first=page * ROWS_ON_A_PAGE + 1, last=min((page + 1) * ROWS_ON_A_PAGE, count)), page)
            for page in range(pages)
        ]
        with self.quiet():
            parts.set_options(self._page, options, min(self._page.value or 0, pages - 1))
        self._page.layout.display = "" if pages > 1 else "none"

    # -- rows ------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        board = self.session.board
        if board is None:
            return
        wanted = min(ROWS_ON_A_PAGE, len(board.responsible_units))
        self._rows = [*self._rows[:wanted], *(_Row(self) for _ in range(wanted - len(self._rows)))]
        self._box.children = [row.view for row in self._rows]
        with self.quiet():
            self._page.value = 0
        self._relabel_pages()
        self._turn()

    def _turn(self) -> None:
        """Give each row its responsible unit, in the order and on the page that are chosen."""
        board, answer = self.session.board, self.session.answer
        if board is None or answer is None:
            return
        places, coverage = board.places, answer.by_responsible
        keys: dict[str, Callable[[str], float]] = {
            "name": lambda responsible: 0.0,
            "coverage": lambda responsible: coverage[responsible],
            "gap": lambda responsible: coverage[responsible] - places[responsible].ceiling,
            "organizations": lambda responsible: -places[responsible].organizations,
        }
        first = (self._page.value or 0) * ROWS_ON_A_PAGE
        shown = sorted(board.responsible_units, key=keys[self._order.value])[first : first + ROWS_ON_A_PAGE]
        with self.quiet():
            for row, responsible in zip(self._rows, shown, strict=False):
                row.responsible = responsible
                row.slider.description = short(responsible, 18)
                row.slider.tooltip = responsible
        for number, row in enumerate(self._rows):
            row.view.layout.display = "" if number < len(shown) else "none"
        self.refresh()

    def _busy(self) -> None:
        session = self.session
        busy = any(job.name == "optimise" for job in session.jobs.running)
        self._buttons["undo"].disabled = not session.can_undo
        self._buttons["redo"].disabled = not session.can_redo
        for name in ("equal", "by_need", "optimise"):
            self._buttons[name].disabled = session.board is None or (name == "optimise" and busy)

    def refresh(self) -> None:
        """Show the state there is."""
        session = self.session
        if not self._fan.shows(self.name):
            return
        self._busy()
        board, answer = session.board, session.answer
        if board is None or answer is None:
            return
        instructors = session.instructors
        with self.quiet():
            self._total.value = str(session.total)
            self._keep.value = session.keep_total
            for row in self._rows:
                if row.responsible not in instructors:
                    continue
                number, most = instructors[row.responsible], max(board.enough(row.responsible), 1)
                row.slider.max = max(most, number)
                row.slider.value = number
        for row in self._rows:
            if row.responsible in answer.by_responsible:
                self._put(row)
        key = "panel.reserve" if session.reserve else "panel.no_reserve"
        parts.put(self._reserve, tag("span", text(key, count=session.reserve), "wb-note"))

    def _put(self, row: _Row) -> None:
        session = self.session
        board, answer, baseline = session.board, session.answer, session.baseline
        if board is None or answer is None or baseline is None:
            return
        expected = answer.by_responsible[row.responsible]
        before = baseline.by_responsible.get(row.responsible, expected)
        place = board.places[row.responsible]
        cells = [
            tag("span", f"{place.organizations}"),
            tag("span", percent(expected)),
            parts.bar(place.start, expected, place.ceiling, board.ceiling.target),
            parts.change(expected - before),
        ]
        parts.put(row.cells, Markup(f'<div class="wb-cells">{"".join(cells)}</div>'))

    def _set_total(self, written: str) -> None:
        try:
            self.session.set_total(int(read_number(written, 0, 1_000_000, whole=True)))
        finally:
            self.refresh()  # what was not taken goes back to what holds

    def _kept(self, kept: bool) -> None:
        self.session.keep_total = kept
        if not kept:
            self.session.set_total(sum(self.session.instructors.values()))
        self.refresh()
