"""First steps: five of them, that can be left at any time; and what the terms on the page mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Session
from workbench.labels import glossary, text
from workbench.views.formats import Markup, tag
from workbench.views.panels import parts

#: The panels that the tour goes through; those that a page lacks are passed over.
STEPS = ("reach", "ledger", "instructors", "measures", "files")


class Tour:
    """A card over the lower right corner, which moves nothing; each step opens its panel.

    Parameters
    ----------
    session
        for its language and status line.
    names
        the panels that the page has.
    open_panel
        opens one of them.
    """

    def __init__(self, session: Session, names: Sequence[str], open_panel: Callable[[str], None]) -> None:
        self._steps = tuple(name for name in STEPS if name in names)
        self._open_panel = open_panel
        #: The step that is shown; None while nobody is guided.
        self.at: int | None = None
        self._words = parts.html()
        self._back = parts.button(session, lambda: self._turn(-1))
        self._next = parts.button(session, lambda: self._turn(1), primary=True)
        self._leave = parts.button(session, self.leave)
        buttons = widgets.HBox([self._back, self._next, self._leave], layout={"flex_flow": "row wrap"})
        self.view: Any = widgets.VBox([self._words, buttons])
        self.view.add_class("wb-tour")
        parts.show(self.view, False)

    def begin(self) -> None:
        """Show the first step."""
        if self._steps:
            self._show(0)

    def leave(self) -> None:
        """Nobody is guided any more; the panel that is open stays open."""
        self.at = None
        parts.show(self.view, False)

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self._back.description = text("tour.back")
        self._leave.description = text("tour.leave")
        if self.at is None:
            self._next.description = text("tour.next")
            return
        name, count = self._steps[self.at], len(self._steps)
        self._next.description = text("tour.end" if self.at == count - 1 else "tour.next")
        self._back.disabled = self.at == 0
        parts.put(self._words, Markup(
            tag("div", text("tour.step", number=self.at + 1, count=count), "wb-note")
            + tag("h2", text(f"tour.{name}.title")) + tag("div", text(f"tour.{name}.words"))
        ))  # fmt: skip

    def _turn(self, by: int) -> None:
        if self.at is None:
            return
        if self.at + by >= len(self._steps):
            self.leave()
        else:
            self._show(max(self.at + by, 0))

    def _show(self, step: int) -> None:
        self.at = step
        self._open_panel(self._steps[step])
        self.relabel()
        parts.show(self.view, True)


class Terms:
    """What the terms mean, in a card over the right side; from the table that the documentation shows, too."""

    def __init__(self, session: Session) -> None:
        self._words = parts.html(css="wb-terms-list")
        self._close = parts.button(session, self.close)
        self.view: Any = widgets.VBox([self._close, self._words])
        self.view.add_class("wb-terms")
        parts.show(self.view, False)

    @property
    def shown(self) -> bool:
        """Whether they are on the page."""
        return bool(self.view.layout.display != "none")

    def turn(self) -> None:
        """Show them, or put them away."""
        parts.show(self.view, not self.shown)

    def close(self) -> None:
        """Put them away."""
        parts.show(self.view, False)

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self._close.description = text("tour.close_help")
        told = "".join(tag("dt", term) + tag("dd", meaning) for term, meaning in glossary())
        parts.put(self._words, Markup(tag("h2", text("tour.help")) + f"<dl>{told}</dl>"))
