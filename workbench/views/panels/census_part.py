"""The census, below Reach: how far the ceiling hangs on it, what must be found, and whom to visit first."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from workbench.inputs.scenario import Scenario
from workbench.jobs.session import CensusWork, Session
from workbench.labels import language, text
from workbench.numbers import signed, thousands
from workbench.planning.census import CensusOutcome
from workbench.views.formats import Markup, tag
from workbench.views.panels import parts
from workbench.views.panels.live import Fan
from workbench.views.panels.reading import read_number

#: Organizations that the page lists; the visiting list has them all.
VISITS_ON_PAGE = 12
COLUMNS = ("responsible", "visit", "name", "members", "value")


class CensusPart:
    """Two chances to enter, a button, and what came of it; part of the panel ``reach``."""

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.state = CensusWork(session)
        self.quiet = parts.Quiet()
        self._drawn: tuple[CensusOutcome, str] | None = None
        self._title = parts.html()
        field = {"style": {"description_width": "initial"}, "layout": {"width": "360px"}}
        self._fields = {name: widgets.Text(continuous_update=False, **field) for name in ("chance", "fewer")}
        self._find = parts.button(session, self.state.find, primary=True)
        self._note = parts.html(css="wb-note")
        self._found = parts.html()
        self._ceilings = parts.picture(900)
        self._map = parts.picture(900)
        self._list = parts.html()
        self._file = parts.html()
        asked = widgets.HBox([*self._fields.values(), self._find], layout={"flex_flow": "row wrap"})
        left = widgets.VBox([self._found, self._ceilings], layout={"flex": "1 1 560px", "min_width": "0"})
        right = widgets.VBox([self._map, self._list, self._file], layout={"flex": "1 1 560px", "min_width": "0"})
        both = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        self.view: Any = widgets.VBox([self._title, asked, self._note, both])
        for made in self._fields.values():
            parts.on_change(session, made, lambda _: self._expected(), self.quiet)
        for subject in ("census", "rules", "opened"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("jobs", self._busy)

    def relabel(self) -> None:
        """Say everything in the language in use."""
        parts.put(self._title, tag("h2", text("panel.census_title")))
        for name, made in self._fields.items():
            made.description = text(f"panel.census_{name}")
        self._find.description = text("panel.do_census")
        self._find.tooltip = text("panel.tip_census")
        self.refresh()

    def _busy(self) -> None:
        session = self.session
        busy = any(job.name in ("census", "open", "recompute") for job in session.jobs.running)
        self._find.disabled = busy or session.board is None

    def _expected(self) -> None:
        try:
            chance, fewer = (read_number(made.value, 0, 100, whole=False) / 100 for made in self._fields.values())
            self.state.expect(chance, fewer)
        finally:
            self.refresh()  # what was not taken goes back to what holds

    def refresh(self) -> None:
        """Show what the census may come to, if that is known of the present plan."""
        session = self.session
        if not self._fan.shows("reach") or session.board is None or session.register is None:
            return
        self._busy()
        with self.quiet():
            for made, share in zip(self._fields.values(), self.state.chances, strict=True):
                made.value = f"{share * 100:g}"
        found, values = self.state.found, self.state.values
        key = "panel.census_before" if any(self.state.chances) else "panel.census_nothing"
        parts.put(self._note, text(key) if found is None else "")
        for picture in (self._ceilings, self._map):
            parts.show(picture, found is not None)
        if found is None or values is None:
            for part in (self._found, self._list, self._file):
                parts.put(part, "")
            return
        parts.put(self._found, tag("div", found.summary(), "wb-explain"))
        if self._drawn != (found, language()):
            self._draw(found, values, session.register, session.rules)
            self._drawn = (found, language())

    def _draw(self, found: CensusOutcome, values: pd.DataFrame, register: pd.DataFrame, scenario: Scenario) -> None:
        """Pictures, the first to visit, and the list to take away."""
        from workbench.views import figures
        from workbench.views.files import visiting_list, write_visits

        self._ceilings.show(figures.png(figures.census_ceiling(found)), found.summary())
        worth = values[values["value"] > 0]
        told = text("census.nobody")
        if len(worth):
            told = text("census.worth", count=thousands(len(worth)), most=thousands(int(worth["value"].max())))
        self._map.show(figures.png(figures.census_value(values, register)), told)
        visits = visiting_list(values, register)
        names = [text(f"census.column.{name}") for name in COLUMNS]
        best = visits.sort_values(names[-1], ascending=False, kind="stable")
        first = best.head(VISITS_ON_PAGE)
        rows = [[*row[:-1], signed(int(row[-1]))] for row in first[names].to_numpy(dtype=object).tolist()]
        more = text("census.more", count=thousands(len(visits) - len(first))) if len(visits) > len(first) else ""
        parts.put(self._list, Markup(tag("div", told, "wb-explain") + parts.table(names, rows, "tntnn")
                                     + tag("div", more, "wb-note")))  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            book = write_visits(values, register, scenario, Path(folder) / "visits.xlsx").read_bytes()
        name = text("panel.visits_file") + ".xlsx"
        parts.put(self._file, parts.download(name, book, text("panel.visits")) if len(visits) else "")
