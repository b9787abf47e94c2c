"""Gap: what holds the target back, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Session
from workbench.labels import language, text
from workbench.planning.gap import Gap
from workbench.views.panels import parts
from workbench.views.panels.live import Fan


class GapPanel:
    """Worked out when asked for; a change of the state takes it away."""

    name = "gap"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self._drawn: tuple[Gap, str] | None = None
        self._explain = parts.button(session, session.explain, primary=True)
        self._note = parts.html(css="wb-note")
        self._picture = parts.picture(900)
        ask = widgets.HBox([self._explain, self._note], layout={"align_items": "center", "flex_flow": "row wrap"})
        self.view: Any = widgets.VBox([ask, self._picture])
        session.signals.watch("gap", self.refresh)
        session.signals.watch("gap", lambda: session.signals.tell("remembered"))
        session.signals.watch("jobs", self._busy)
        session.memory.attach("gap", self)

    def saved(self) -> dict[str, Any]:
        """Whether the gap was asked for."""
        return {"found": self.session.gap is not None or self.session.jobs.runs("gap")}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Ask for it again."""
        if saved["found"]:
            self.session.explain()

    def forget(self) -> None:
        """It goes with the state that it was of."""

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self._explain.description = text("panel.do_explain")
        self._explain.tooltip = text("panel.tip_explain")
        self.refresh()

    def _busy(self) -> None:
        session = self.session
        self._explain.disabled = session.board is None or any(job.name in ("gap", "open", "recompute")
                                                              for job in session.jobs.running)  # fmt: skip

    def refresh(self) -> None:
        """Show the gap of the present state, if it is known."""
        gap = self.session.gap
        self._busy()
        if not self._fan.shows(self.name):
            return
        parts.show(self._picture, gap is not None)
        parts.put(self._note, text("panel.gap_note" if gap is None else "panel.gap_closed_by"))
        if gap is None:
            return
        from workbench.views import figures

        if self._drawn != (gap, language()):
            self._picture.show(figures.png(figures.waterfall(gap)), gap.summary())
            self._drawn = (gap, language())
