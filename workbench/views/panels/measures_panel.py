"""Measures: what each decision brings, what is enough, and a click that makes a package the present plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Deciding, Session
from workbench.labels import language, text
from workbench.numbers import change_words, money, odds, signed_points
from workbench.planning.measures import Measures
from workbench.views.formats import Markup, tag
from workbench.views.panels import parts
from workbench.views.panels.live import Fan
from workbench.views.report import MEASURE_COLUMNS, measure_rows

#: Of a measure's row, beside the tick with its name.
CELLS = ("expected", "gain", "chance", "until")
BUSY = ("measures", "package", "open", "recompute")


class _Tick:
    """One measure: a tick with its name, and what it brings."""

    def __init__(self, panel: MeasuresPanel, name: str) -> None:
        self.name = name
        self.box: Any = widgets.Checkbox(indent=False, layout={"flex": "1 1 300px", "width": "auto"})
        self.cells: Any = parts.html(flex="0 0 300px")
        self.view: Any = widgets.HBox([self.box, self.cells])
        self.view.add_class("wb-row")
        parts.on_change(panel.session, self.box, lambda _: panel.ticked(), panel.quiet)


class MeasuresPanel:
    """Ticks at the left, with what they come to together; what is enough and the front at the right."""

    name = "measures"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.state = Deciding(session)
        self.quiet = parts.Quiet()
        self._shown: Measures | None = None
        self._drawn: tuple[Measures, str] | None = None
        self._find = parts.button(session, self.state.find, primary=True)
        self._note = parts.html(css="wb-note")
        self._header = parts.html()
        self._ticks: list[_Tick] = []
        self._list: Any = widgets.VBox([])
        self._list.add_class("wb-rows")
        self._together = parts.html(css="wb-explain")
        self._take = parts.button(session, lambda: self.state.take(self.chosen), primary=True)
        self._none = parts.button(session, lambda: self.tick(()))
        self._undo = parts.button(session, session.undo)
        self._answer = parts.html()
        self._packages: Any = widgets.VBox([])
        self._picture = parts.picture(900)
        ask = widgets.HBox(
            [self._find, self._undo, self._note], layout={"align_items": "center", "flex_flow": "row wrap"}
        )
        do = widgets.HBox([self._take, self._none], layout={"flex_flow": "row wrap"})
        left = widgets.VBox(
            [self._header, self._list, self._together, do], layout={"flex": "1 1 620px", "min_width": "0"}
        )
        right = widgets.VBox(
            [self._answer, self._packages, self._picture], layout={"flex": "1 1 500px", "min_width": "0"}
        )
        self._both: Any = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        self.view: Any = widgets.VBox([ask, self._both])
        session.signals.watch("decided", self.refresh)
        session.signals.watch("decided", lambda: session.signals.tell("remembered"))
        session.signals.watch("jobs", self._busy)
        #: Ticks that come back with what was found.
        self._again: tuple[str, ...] = ()
        session.memory.attach("measures", self)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The measures that are ticked, as they are listed."""
        return self.state.in_order([tick.name for tick in self._ticks if tick.box.value])

    def saved(self) -> dict[str, Any]:
        """Whether measures were asked for, and which are ticked."""
        found = self.state.found is not None or self.session.jobs.runs("measures")
        return {"found": found, "ticked": list(self.chosen or self._again)}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Ask for them again, and tick them as they were."""
        if saved["found"]:
            self._again = tuple(str(name) for name in saved["ticked"])
            self.state.find()

    def forget(self) -> None:
        """They go with the plan that they were asked of."""
        self._again = ()

    # -- what is shown ---------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language in use."""
        for name, made in (("measures", self._find), ("take", self._take), ("untick", self._none)):
            made.description = text(f"panel.do_{name}")
            made.tooltip = text(f"panel.tip_{name}")
        self._undo.description, self._undo.tooltip = text("panel.do_undo"), text("panel.tip_undo")
        self.refresh()

    def _busy(self) -> None:
        session = self.session
        busy = session.board is None or any(job.name in BUSY for job in session.jobs.running)
        self._find.disabled = busy
        self._undo.disabled = not session.can_undo
        package = self.chosen
        self._take.disabled = busy or package not in self.state.packages
        self._none.disabled = not package

    def refresh(self) -> None:
        """Show what was found of the present plan; a change of the plan takes it away."""
        if not self._fan.shows(self.name):
            return
        found = self.state.found
        parts.put(self._note, text("panel.measures_before" if found is None else "panel.measures_note"))
        parts.show(self._both, found is not None)
        parts.show(self._picture, found is not None)
        if found is not self._shown:
            self._fill(found)
        if found is not None:
            self._tell(found)
        self._busy()

    def _fill(self, found: Measures | None) -> None:
        """A tick for each measure, those that only count otherwise last; a line for each package of the front."""
        self._shown = found
        names: list[str] = []
        if found is not None:
            rows = found.alone.assign(counts=found.alone["sort"] == "counting")
            names = [str(name) for name in rows.sort_values("counts", kind="stable")["measure"]]
        self._ticks = [_Tick(self, name) for name in names]
        self._list.children = [tick.view for tick in self._ticks]
        packages = [] if found is None else [tuple(each) for each in found.front["measures"] if each]
        least = found.least if found is not None else None
        if least is not None and least.number and least.measures not in packages:
            packages.insert(0, least.measures)
        self._packages.children = [self._package(names) for names in packages]
        again, self._again = self._again, ()
        if again and found is not None:
            self.tick(again)

    def _package(self, names: tuple[str, ...]) -> Any:
        """A package of the front, and the button that ticks it."""
        button = parts.button(self.session, lambda: self.tick(names), flex="0 0 auto")
        words = parts.html(flex="1 1 auto")
        words.names = names
        line = widgets.HBox([button, words], layout={"align_items": "center"})
        line.add_class("wb-row")
        return line

    def _tell(self, found: Measures) -> None:
        header = [text("column.measure"), *(text(f"column.{name}") for name in CELLS)]
        cells = "".join(f"<span>{tag('span', word)}</span>" for word in header[1:])
        first = tag("span", text("panel.measures_tick"))
        parts.put(
            self._header, Markup(f'<div class="wb-measure header">{first}<div class="wb-brings">{cells}</div></div>')
        )
        places = [MEASURE_COLUMNS.index(name) for name in CELLS]
        with self.quiet():
            for tick, row in zip(self._ticks, measure_rows(found), strict=True):
                tick.box.description = row[0]
                shown = "".join(tag("span", row[place]) for place in places)
                parts.put(tick.cells, Markup(f'<div class="wb-brings">{shown}</div>'))
        parts.put(self._answer, Markup(
            tag("h2", text("panel.least_title")) + tag("div", found.summary(), "wb-explain")
            + tag("h2", text("panel.front_title"))
        ))  # fmt: skip
        runs = found.probability.trials
        fresh = {tuple(row["measures"]): row for row in found.front.to_dict("records")}
        for line in self._packages.children:
            button, words = line.children
            button.description, button.tooltip = text("panel.do_tick"), text("panel.tip_tick")
            told_of = fresh.get(words.names)
            chance = told_of["fresh"] if told_of is not None else found.least.probability.value if found.least else 0.0
            told = text("panel.package", measures=found.names(words.names), chance=odds(chance, runs))
            parts.put(words, tag("div", told))
        self._show_chosen()
        if self._drawn != (found, language()):
            from workbench.views import figures

            self._picture.show(figures.png(figures.measures_front(found)), found.summary())
            self._drawn = (found, language())

    def _show_chosen(self) -> None:
        """What the ticked measures come to together, and what cannot be taken with them."""
        found, package = self.state.found, self.chosen
        if found is None:
            return
        shut = self.state.excluded(package)
        for tick in self._ticks:
            tick.box.disabled = tick.name in shut
        row, runs = self.state.packages.get(package), found.probability.trials
        if not package:
            words = text("panel.nothing_ticked")
        elif row is None:
            words = text("panel.package_asked")
        else:
            words = text(
                "panel.together", count=len(package), change=change_words(found.expected, row["expected"]),
                work=signed_points(row["work_gain"]), cost=money(row["cost"]),
                chance=odds(row["probability"], runs), before=odds(found.probability.value, runs),
            )  # fmt: skip
            aside = self.state.of_register(package)
            if aside:
                words += "\n" + text("panel.of_register", measures=found.names(tuple(aside)))
        parts.put(self._together, words)
        self._busy()

    # -- what is done ----------------------------------------------------------------------------------------

    def tick(self, names: tuple[str, ...]) -> None:
        """Tick these measures, and no others."""
        with self.quiet():
            for each in self._ticks:
                each.box.value = each.name in names
        self.ticked()

    def ticked(self) -> None:
        """Other measures are ticked: what they come to together is worked out where it is not known."""
        self._show_chosen()
        self.state.ask(self.chosen)
        self.session.signals.tell("turned")
