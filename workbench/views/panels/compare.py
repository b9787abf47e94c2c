"""Compare: keep the present state under a name, hold what is kept side by side, save it as a scenario file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from workbench.jobs.session import Comparing, Session
from workbench.labels import language, text
from workbench.numbers import chance_words, percent, points_between
from workbench.planning.comparison import Comparison
from workbench.simulation.results import Estimate
from workbench.views.formats import Markup, tag
from workbench.views.panels import parts
from workbench.views.panels.live import Fan


class ComparePanel:
    """A name and a button; a table of what is kept; the differences with their intervals; a file each."""

    name = "compare"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self._drawn: tuple[Comparison, str] | None = None
        self.state = Comparing(session)
        self.quiet = parts.Quiet()
        self._name: Any = widgets.Text(style={"description_width": "initial"}, layout={"width": "380px"})
        self._keep = parts.button(session, self._keep_now, primary=True)
        self._which: Any = widgets.Dropdown(
            options=[("", "")], style={"description_width": "initial"}, layout={"width": "380px"}
        )
        self._do = {
            "go_back": parts.button(session, lambda: session.recall(self._which.value)),
            "drop": parts.button(session, lambda: session.drop(self._which.value)),
        }
        self._compare = parts.button(session, self.state.compare)
        self._table = parts.html()
        self._files = parts.html()
        self._found = parts.html()
        self._picture = parts.picture(900)
        self._note = parts.html(css="wb-note")
        first = widgets.HBox([self._name, self._keep], layout={"flex_flow": "row wrap"})
        second = widgets.HBox([self._which, *self._do.values(), self._compare], layout={"flex_flow": "row wrap"})
        self.view: Any = widgets.VBox([self._note, first, self._table, second, self._files, self._found, self._picture])
        for subject in ("kept", "comparison", "opened"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("comparison", lambda: session.signals.tell("remembered"))
        session.signals.watch("jobs", self._busy)
        session.memory.attach("comparison", self)

    def saved(self) -> dict[str, Any]:
        """Whether what is kept was compared."""
        return {"found": self.state.comparison is not None or self.session.jobs.runs("compare")}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Compare it again."""
        if saved["found"] and self.state.ready:
            self.state.compare()

    def forget(self) -> None:
        """It goes with what was kept."""

    def relabel(self) -> None:
        """Say everything in the language in use."""
        with self.quiet():
            self._name.description = text("panel.keep_as")
            self._name.placeholder = text("panel.keep_example")
            self._which.description = text("panel.kept_state")
        self._keep.description = text("panel.do_keep")
        self._keep.tooltip = text("panel.tip_keep")
        self._compare.description = text("panel.do_compare")
        self._compare.tooltip = text("panel.tip_compare")
        for name, made in self._do.items():
            made.description = text(f"panel.do_{name}")
            made.tooltip = text(f"panel.tip_{name}")
        parts.put(self._note, text("panel.compare_note"))
        self.refresh()

    def _keep_now(self) -> None:
        name = self._name.value.strip() or text("panel.state_number", number=len(self.session.kept) + 1)
        self.session.keep(name)
        self._name.value = ""

    def _busy(self) -> None:
        session = self.session
        for made in self._do.values():
            made.disabled = not session.kept
        self._keep.disabled = session.board is None or session.stale
        self._compare.disabled = not self.state.ready or any(job.name == "compare" for job in session.jobs.running)

    def refresh(self) -> None:
        """Show what is kept, and how it compares."""
        kept = self.session.kept
        if not self._fan.shows(self.name):
            return
        with self.quiet():
            names = [(name, name) for name in kept] or [("", "")]
            chosen = self._which.value if self._which.value in kept else names[0][1]
            parts.set_options(self._which, names, chosen)
        self._busy()
        parts.put(self._table, self._kept_table() if kept else "")
        links = [
            parts.download(f"{_stem(name)}.yaml", state.yaml.encode("utf-8"), f"{name}.yaml")
            for name, state in kept.items()
        ]
        parts.put(self._files, Markup(tag("div", text("panel.yaml_note"), "wb-note") + "".join(links)) if links else "")
        self._show_comparison()

    def _kept_table(self) -> Markup:
        names = ("state", "instructors", "ceiling", "chance", "chance_work", "expected", "expected_work")
        header = [text(f"panel.head_{name}") for name in names]
        rows = []
        for name, state in self.session.kept.items():
            answer = state.answer
            rows.append([
                name, sum(answer.instructors.values()), percent(state.ceiling),
                chance_words(answer.probability["organization"]), chance_words(answer.probability["work"]),
                percent(answer.expected["organization"]), percent(answer.expected["work"]),
            ])  # fmt: skip
        return parts.table(header, rows, "tnnnnnn")

    def _show_comparison(self) -> None:
        comparison = self.state.comparison
        parts.show(self._picture, comparison is not None)
        if comparison is None:
            parts.put(self._found, "")
            return
        from workbench.views import figures

        header = [text(f"panel.head_{name}") for name in ("state", "gain", "gain_chance", "better")]
        rows = [
            [str(name), _points(row, "gain"), _points(row, "probability_gain"), percent(row["better"])]
            for name, row in comparison.table.iterrows()
            if name != comparison.baseline
        ]
        words = tag("div", comparison.summary(), "wb-explain")
        parts.put(self._found, Markup(words + parts.table(header, rows, "tnnn")))
        if self._drawn != (comparison, language()):
            self._picture.show(figures.png(figures.differences(comparison)), comparison.summary())
            self._drawn = (comparison, language())


def _points(row: Any, name: str) -> str:
    """A gain with its interval, in points."""
    gain = Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"])
    return points_between(*gain)


def _stem(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)
