"""The planner: what stands around all panels, and the door that notebooks and the app use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol

import ipywidgets as widgets

from workbench.jobs.session import Autosave, Session, VisitStore
from workbench.labels import Language, in_language, language, text
from workbench.numbers import date_words
from workbench.views.formats import Markup, tag
from workbench.views.panels import parts
from workbench.views.panels.guide import Terms, Tour
from workbench.views.panels.live import Fan

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


class Panel(Protocol):
    """What all panels have in common."""

    view: Any

    def relabel(self) -> None:
        """Say everything in the language in use."""


#: The panels in order, and where each is made: when it is first opened.
PANELS: dict[str, tuple[str, str]] = {
    "reach": ("reach", "ReachPanel"),
    "ledger": ("ledger_panel", "LedgerPanel"),
    "instructors": ("instructors", "InstructorsPanel"),
    "branches": ("branches", "BranchesPanel"),
    "calendar": ("calendar", "CalendarPanel"),
    "compare": ("compare", "ComparePanel"),
    "gap": ("gap_panel", "GapPanel"),
    "measures": ("measures_panel", "MeasuresPanel"),
    "review": ("review_panel", "ReviewPanel"),
    "files": ("files", "FilesPanel"),
}


def make_panel(name: str, session: Session, fan: Fan) -> Panel:
    """A panel by its name."""
    module, kind = PANELS[name]
    made: Panel = getattr(import_module(f"workbench.views.panels.{module}"), kind)(session, fan)
    return made


class PlannerView(widgets.VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """The whole page; where widgets are not shown, as in a notebook that is only read, a sentence stands for it."""

    #: The frame that the page belongs to, which lives as long as its page.
    planner: Planner

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options)
        with in_language(self.planner.session.language):
            bundle["text/plain"] = text("panel.plain")
        return bundle


class Planner:
    """The frame: heading, language, the answer in short, the panels, the status line.

    Parameters
    ----------
    session
        the state that all panels show.
    names
        which panels, in order; with a single one there is nothing to choose.
    """

    def __init__(self, session: Session, names: Sequence[str] = tuple(PANELS)) -> None:
        self.session = session
        self.fan = Fan(session)
        self.panels: dict[str, Panel] = {}
        #: Saves the work, where there is a place for it.
        self.store: Autosave | None = None
        #: Whether the tour begins once something is open.
        self._guide = False
        self._quiet = parts.Quiet()
        self._title = parts.html(flex="1 1 auto")
        self._language: Any = widgets.ToggleButtons(options=[("中文", "zh"), ("English", "en")], value=session.language)
        self._language.add_class("wb-lang")
        self.tour = Tour(session, names, self.open_panel)
        self.terms = Terms(session)
        self._again = parts.button(session, self.tour.begin)
        self._help = parts.button(session, self.terms.turn)
        self._strip = parts.html()
        self._nav: Any = widgets.ToggleButtons(options=[("", name) for name in names], value=names[0])
        self._nav.add_class("wb-nav")
        self._nav.layout.display = "" if len(names) > 1 else "none"
        self._body: Any = widgets.VBox([])
        self._body.add_class("wb-panel")
        self._words = parts.html(flex="1 1 auto")
        self._bar: Any = widgets.FloatProgress(min=0.0, max=1.0, layout={"width": "220px"}, bar_style="info")
        self._stop = parts.button(session, self._stopped)
        self._stop.add_class("wb-stop")
        self._close = parts.button(session, session.hush)
        self._line: Any = widgets.HBox([self._words, self._bar, self._stop, self._close])
        self._line.add_class("wb-status")
        head = widgets.HBox([self._title, self._again, self._help, self._language])
        head.add_class("wb-head")
        # The answer and the ways to it stay in sight; words come at the bottom, over what is there, and move nothing.
        top = widgets.VBox([self._strip, self._nav])
        top.add_class("wb-top")
        self._opening = parts.html(css="wb-note")
        self._here: Any = widgets.Text(continuous_update=False)
        for css in ("wb-nobody-sees", "wb-here"):
            self._here.add_class(css)
        self._here.observe(self._page_is_here, names="value")
        #: What begins once the page is there.
        self._begins: Callable[[], None] | None = None
        self.view: Any = PlannerView(
            [parts.style(), head, top, self._body, self._line, self.tour.view, self.terms.view, self._here]
        )
        self.view.planner = self
        self.view.add_class("wb")
        parts.on_change(session, self._language, session.speak, self._quiet)
        parts.on_change(session, self._nav, self.open_panel, self._quiet)
        session.signals.watch("language", self.relabel)
        session.signals.watch("answer", self.refresh)
        session.signals.watch("answer", self._heading)
        session.signals.watch("opened", self._opened)
        session.signals.watch("jobs", self._status)
        session.signals.watch("message", self._status)
        for subject in ("ledgers", "opened", "answer", "jobs"):
            session.signals.watch(subject, self._at_stake)
        session.memory.attach("page", self)
        if session.ready:
            self.open_panel(names[0])
        self.relabel()

    def _opened(self) -> None:
        if self._nav.value not in self.panels:
            self.open_panel(self._nav.value)
        self.relabel()
        if self._guide:
            self._guide = False
            with in_language(self.session.language):
                self.tour.begin()

    def open_panel(self, name: str) -> None:
        """Show a panel; the first time it is made. What was said of what is done by now goes."""
        message = self.session.message
        if message is not None and message.level == "done":
            self.session.hush()
        if name not in self.panels:
            # Loading it takes a moment, in which the old panel would look like the new one.
            with in_language(self.session.language):
                parts.put(self._opening, text("panel.opening_panel", name=text(f"panel.name_{name}")))
            self._body.children = [self._opening]
            self.panels[name] = make_panel(name, self.session, self.fan)
            self.panels[name].view.add_class(f"wb-panel-{name}")
        self.fan.turn_to(name)
        # What happened while it was closed is shown now, in the language in use.
        with in_language(self.session.language):
            self.panels[name].relabel()
        self._body.children = [self.panels[name].view]
        if self._nav.value != name:
            with self._quiet():
                self._nav.value = name
        self.session.signals.tell("turned")

    def saved(self) -> dict[str, Any]:
        """Which panel is open."""
        return {"panel": self._nav.value}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Open the panel that was."""
        if saved["panel"] in dict(self._nav.options).values():
            self.open_panel(saved["panel"])

    def forget(self) -> None:
        """The panel that is open stays open."""

    def _at_stake(self) -> None:
        """The page asks whoever leaves it, where something would be lost (``static/page.js``)."""
        if self.session.memory.would_be_lost:
            self.view.add_class("wb-at-stake")
        else:
            self.view.remove_class("wb-at-stake")

    def when_here(self, begin: Callable[[], None]) -> None:
        """Begin once the page says that it is there: until then a busy kernel would keep it waiting for its widgets."""
        self._begins = begin
        self.refresh()

    def _page_is_here(self, _: Any) -> None:
        begin, self._begins = self._begins, None
        if begin is not None:
            with self.session.guarded():
                begin()
        self.session.jobs.release()

    def begin_tour(self) -> None:
        """Guide whoever is here for the first time, once there is something to see."""
        if self.session.ready:
            self.tour.begin()
        else:
            self._guide = True

    def relabel(self) -> None:
        """Say everything in the session's language."""
        session = self.session
        with in_language(session.language), self._quiet():
            self._language.value = session.language
            shown = self._nav.value
            parts.set_options(self._nav, [(text(f"panel.name_{name}"), name) for _, name in self._nav.options], shown)
            self._again.description, self._help.description = text("tour.again"), text("tour.help")
            self.tour.relabel()
            self.terms.relabel()
            self._stop.description = text("panel.stop")
            self._close.description = text("panel.close")
            self.fan.refresh()
            if shown in self.panels:
                self.panels[shown].relabel()
        self._heading()
        self.refresh()
        self._status()

    def _heading(self) -> None:
        """What is planned with what, as of when: of the answer that is shown, not of one that is being worked out."""
        session, board = self.session, self.session.board
        with in_language(session.language):
            about: list[str] = []
            if board is not None:
                names = text("panel.planned_with", scenario=board.asked.label, register=session.register_name or "–")
                about = [names, text("panel.today", day=date_words(session.today, year=True))]
                if (since := board.calendar.predicted_in_sight) is not None:
                    about.append(text("figure.predicted", date=date_words(since, year=True)))
                if board.without_places:
                    about.append(text("panel.without_places"))
            title = tag("h1", text("panel.title"), "wb-title")
            parts.put(self._title, Markup(title + tag("div", " · ".join(about), "wb-sub")))

    def refresh(self) -> None:
        """Show the answer there is."""
        with in_language(self.session.language):
            parts.put(self._strip, _strip(self.session, coming=self._begins is not None))

    def _status(self) -> None:
        """What is being worked out, or what there is to say."""
        session = self.session
        with in_language(session.language):
            running = session.jobs.running
            if running:
                job = running[-1]
                self._bar.value = job.share or 0.0
                parts.put(self._words, tag("span", text(f"panel.job_{job.name}"), "note busy"))
            else:
                message = session.message
                parts.put(self._words, tag("span", message.words, message.level) if message else "")
            parts.show(self._stop, bool(running))
            parts.show(self._close, not running and session.message is not None)
            parts.show(self._bar, bool(running) and running[-1].share is not None)
            parts.put(self._strip, _strip(session, coming=self._begins is not None))

    def _stopped(self) -> None:
        for job in self.session.jobs.running[-1:]:
            self.session.stop(job.name)


def _strip(session: Session, *, coming: bool) -> Markup:
    """The answer in short; while there is none, a word of patience."""
    if not session.ready:
        key = "panel.opening" if session.stale or coming else "panel.nothing_open"
        return tag("div", tag("div", text(key), "wb-card"), "wb-strip")
    from workbench.views.panels.reach import strip

    return strip(session)


def planner(
    scenario: Scenario | str | Path,
    register: pd.DataFrame | str | Path | None = None,
    grouping: Grouping | None = None,
    *,
    panels: Sequence[str] = tuple(PANELS),
    language: Language | None = None,
    replications: int = 1000,
    seed: int = 0,
    today: date | None = None,
    wait: bool | None = None,
    store: VisitStore | None = None,
    settings: str | None = None,
    page: Literal["coming", "later"] | None = None,
) -> Any:
    """The panels as one widget: a notebook cell that ends with it shows it.

    Parameters
    ----------
    scenario
        a scenario or its file.
    register
        a register or its file; by default the one that the scenario names.
    grouping
        who joins whom, if that is known already; by default it is found first.
    panels
        which panels, in order: reach, ledger, instructors, branches, calendar, compare, gap, measures, review, files.
    language
        ``"zh"`` or ``"en"``; by default the one in use.
    replications, seed
        as for `simulate`.
    today
        from which day on days are counted; by default today.
    wait
        whether to be ready before it returns. By default only where register and scenario are given as objects,
        which is quick; files are read and planned while the page is shown.
    store
        where the work is saved, and taken up again from; by default it is not.
    settings
        of a link (`settings_in_link`), to be laid over the scenario, or over what is saved as a step to be undone.
    page
        it is shown by the app's page, which says when it is there (``static/page.js``). A browser forgets what changes
        between its first look at the widgets and when it has made its own, and gives up on a kernel that is too busy
        to show them: with ``"coming"`` nothing begins before, with ``"later"`` (nobody is waiting yet) it is only held.

    Returns
    -------
    Any
        errors are shown in it, not raised.
    """
    from pathlib import Path

    unknown = [name for name in panels if name not in PANELS]
    if unknown or not panels:
        raise ValueError(f"panels {list(panels)}: some of {', '.join(PANELS)}")
    session = Session(language=language or _language_in_use(), replications=replications, seed=seed, today=today)
    frame = Planner(session, panels)
    if page:
        session.jobs.hold()
    session.served = (register, scenario)

    def begin() -> None:
        # Looked for as late as can be: the page before this one may still be writing.
        saved = store.load() if store is not None else None
        session.memory.fill((saved or {}).get("panels"))
        own = store.register if store is not None and saved is not None and saved["register"]["own"] else None
        if saved is not None:
            named = saved["register"]["name"] if own else None
            session.open(own or register, scenario, saved=saved, named=named, settings=settings)
        else:
            session.open(register, scenario, grouping, settings=settings)
            if store is not None and not settings:
                frame.begin_tour()  # whoever comes back, or follows a colleague's link, knows the way

    if store is not None:
        frame.store = Autosave(session, store)
    if page == "coming":
        frame.when_here(begin)
    else:
        begin()
    if wait or (wait is None and not isinstance(scenario, (str, Path))):
        session.jobs.settle(600.0)
    return frame.view


def _language_in_use() -> Language:
    return language()
