"""Review: where a campaign under way will end, who is behind, which assumptions fail, and what still can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from workbench.jobs.session import Reviewing, Session
from workbench.labels import language, text
from workbench.numbers import date_words
from workbench.shown import with_prediction
from workbench.views.formats import Markup, TableBlock, joined, tag
from workbench.views.panels import parts
from workbench.views.panels.live import Fan
from workbench.views.panels.review_files import ReviewFiles
from workbench.views.panels.uploads import received

if TYPE_CHECKING:
    from workbench.jobs.review import Review

#: What is taken for each part, and what a file without a name of its own is called.
ACCEPTED = {"register": ".csv,.xlsx,.parquet", "plan": ".nc", "previous": ".csv,.xlsx,.parquet"}
NAMELESS = {"register": "register.csv", "plan": "outcome.nc", "previous": "register.csv"}
#: Measures that the page lists; the workbook has them all.
LISTED = 12
SIDE = {"flex": "1 1 560px", "min_width": "0"}
BUSY = ("review", "review_register", "review_plan", "review_previous", "open", "recompute")


class ReviewPanel:
    """What to review and as of when, above; what came of it below: sentences, pictures, tables, files."""

    name = "review"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self.state = Reviewing(session)
        self.files = ReviewFiles(self.state)
        self.quiet = parts.Quiet()
        self._drawn: tuple[Review, str] | None = None
        self._uploads: dict[str, Any] = {
            part: widgets.FileUpload(accept=kinds, multiple=False, layout={"width": "auto"})
            for part, kinds in ACCEPTED.items()
        }
        field = {"style": {"description_width": "initial"}, "layout": {"width": "280px"}}
        self._day: Any = widgets.DatePicker(**field)
        self._do = {
            "review": parts.button(session, self.state.find, primary=True),
            "review_files": parts.button(session, self.files.prepare),
            "review_back": parts.button(session, self.state.take_back),
        }
        self._about = parts.html(css="wb-note")
        self._of = parts.html()
        self._files = parts.html()
        self._answer = parts.html()
        self._pictures = {name: parts.picture(900) for name in ("fan", "states", "scoreboard")}
        self._said = {name: parts.html() for name in ("units", "assumptions", "todo", "lists")}
        rows = {"flex_flow": "row wrap", "align_items": "center"}
        bring = widgets.HBox([*self._uploads.values(), self._do["review_back"]], layout=rows)
        ask = widgets.HBox([self._day, self._do["review"], self._do["review_files"]], layout=rows)
        left = widgets.VBox([self._pictures["fan"], self._said["units"], self._said["assumptions"]], layout=SIDE)
        right = widgets.VBox([self._said["todo"], self._pictures["states"], self._pictures["scoreboard"]], layout=SIDE)
        both = widgets.HBox([left, right], layout={"flex_flow": "row wrap"})
        self._whole: Any = widgets.VBox([self._answer, both, self._said["lists"]])
        self.view: Any = widgets.VBox([self._about, bring, ask, self._of, self._files, self._whole])
        for part, made in self._uploads.items():
            parts.on_change(session, made, self._uploaded(part), self.quiet)
        parts.on_change(session, self._day, self._chosen, self.quiet)
        for subject in ("review", "review_files", "opened"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("jobs", self._busy)

    # -- what is shown ---------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language in use."""
        for part, made in self._uploads.items():
            made.description = text(f"panel.do_review_{part}")
        for name, made in self._do.items():
            made.description = text(f"panel.do_{name}")
            made.tooltip = text(f"panel.tip_{name}")
        self._day.description = text("panel.review_day")
        parts.put(self._about, text("panel.review_about"))
        self.refresh()

    def _busy(self) -> None:
        running = {job.name for job in self.session.jobs.running}
        busy = bool(running & set(BUSY)) or self.session.board is None
        self._do["review"].disabled = busy or self.state.reviewed is None
        self._do["review_back"].disabled = not self.state.handed_in
        self._do["review_files"].disabled = busy or self.state.found is None or "review_files" in running

    def refresh(self) -> None:
        """Show what would be reviewed, and what came of it where that still holds."""
        session, state = self.session, self.state
        if not self._fan.shows(self.name) or session.board is None:
            return
        with self.quiet():
            self._day.value = state.day
        parts.put(self._of, self._told())
        found = state.found
        parts.show(self._whole, found is not None)
        parts.put(self._files, Markup("".join(parts.download(*file) for file in self.files.made)))
        if found is not None and self._drawn != (found, language()):
            self._show(found)
            self._drawn = (found, language())
        self._busy()

    def _told(self) -> Markup:
        """What is reviewed by what, and what to mind about it before it is."""
        state, none = self.state, text("panel.review_none")
        reviewed = state.reviewed
        if reviewed is None:
            return Markup("")
        name = reviewed.name or "–"
        words = text(
            "panel.review_of", scenario=state.rules.label,
            register=name if state.own is not None else text("panel.review_open", name=name),
            plan=state.plan.name if state.plan is not None else none,
            previous=state.previous.name if state.previous is not None else none,
        )  # fmt: skip
        mind = ""
        if not state.under_way:
            mind = text("panel.review_undated")
        elif (latest := state.silent_since) is not None:
            mind = text("panel.review_gap", latest=date_words(latest, year=True))
        return Markup(tag("div", words, "wb-note") + (tag("div", mind, "wb-explain mind") if mind else ""))

    def _show(self, review: Review) -> None:
        from workbench.views.review import assumption_sentences, assumptions_table, cards, sentences, tables

        outlook = with_prediction(sentences.outlook(review), review.predicted_from)
        answer = tag("div", outlook, f"wb-answer {sentences.verdict(review)}")
        shown = "".join(
            tag("div", Markup(tag("span", name) + tag("b", number) + " " + tag("i", note)), "wb-card")
            for name, number, note in cards(review)
        )
        parts.put(self._answer, Markup(answer + tag("div", Markup(shown), "wb-strip")))
        self._draw(review)
        behind = sentences.behind(review)
        self._say("units", "review.screen.units", [sentences.progress(review), sentences.instructed(review),
                  sentences.against_plan(review), *behind])  # fmt: skip
        self._say("assumptions", "review.screen.assumptions", assumption_sentences(review))
        useful = tables.measures_table(review, LISTED) if review.measures["helps"].any() else None
        asked = [*sentences.filing(review), *sentences.advice(review)]
        self._say("todo", "review.screen.todo", asked, tables.moves_table(review), useful)
        lists: list[TableBlock | None] = [tables.progress_table(review)]
        if review.final:
            lists.append(tables.happened_table(review))
        if not review.over:
            lists.append(tables.outlook_table(review))
        if review.final and len(review.score.candidates):
            lists.append(tables.candidates_table(review))
        if len(review.filing):
            lists.append(tables.filing_table(review))
        lists.append(assumptions_table(review))
        if review.findings:
            lists.append(tables.findings_table(review))
        self._say("lists", "", [], *lists)

    def _draw(self, review: Review) -> None:
        """The course, the states and the scoreboard, each with the sentences that say what it shows."""
        from workbench.views import figures
        from workbench.views.review import sentences

        drawn = {
            "fan": (figures.forecast_fan(review), [sentences.outlook(review), sentences.against_plan(review)]),
            "states": (figures.states(review.score), [sentences.progress(review)]),
            "scoreboard": (figures.scoreboard(review.score), sentences.behind(review)),
        }
        for name, (axes, words) in drawn.items():
            self._pictures[name].show(figures.png(axes), joined(words))
            parts.show(self._pictures[name], True)

    def _say(self, place: str, heading: str, words: list[str], *found: TableBlock | None) -> None:
        """A section: its heading, its sentences, its tables; nothing where there is none of them."""
        blocks = "".join(parts.block(each) for each in found if each is not None)
        told = tag("div", Markup("".join(tag("div", line) for line in words)), "wb-explain") if words else ""
        title = tag("h2", text(heading)) if heading and (blocks or told) else ""
        parts.put(self._said[place], Markup(title + told + blocks))

    # -- what is done ----------------------------------------------------------------------------------------

    def _uploaded(self, part: Any) -> Any:
        def take(files: Any) -> None:
            if not files:
                return
            (name, content), *_ = received(files, NAMELESS[part]).items()
            with self.quiet():
                self._uploads[part].value = ()
            self.state.receive(part, name, content)

        return take

    def _chosen(self, day: Any) -> None:
        try:
            self.state.choose(day)
        finally:
            self.refresh()  # what was not taken goes back to what holds
