"""Reach: can it be done, how likely is it, how long is left. The ceiling comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from workbench.inputs.scenario import Calendar
from workbench.jobs.session import TARGETS, Answer, Session
from workbench.labels import text
from workbench.numbers import date_words, percent, target_percent, thousands
from workbench.planning.gap import COVERED, NOT_COVERED
from workbench.shown import with_prediction
from workbench.views.formats import Markup, tag
from workbench.views.panels import parts
from workbench.views.panels.census_part import CensusPart
from workbench.views.panels.live import Fan
from workbench.views.panels.shapes import WIDE
from workbench.views.report import findings


def answer_words(session: Session) -> tuple[str, str]:
    """The kind of the whole answer, and the answer in one sentence; nothing while there is none."""
    board, answer = session.board, session.answer
    if board is None or answer is None:
        return "", ""
    chance = answer.probability["organization"].value
    kind = findings.verdict_of(board.reachable, chance)
    words = text(
        f"answer.{kind}",
        target=target_percent(board.ceiling.target),
        deadline=date_words(board.calendar.date_of(board.calendar.deadline_day)),
        ceiling=percent(board.ceiling.value),
        expected=percent(answer.expected["organization"]),
        chance=percent(chance),
        missing=board.ceiling.missing,
    )
    return kind, with_prediction(words, board.calendar.predicted_in_sight)


def sentence(session: Session) -> Markup:
    """The whole answer in one sentence, marked by its kind."""
    kind, words = answer_words(session)
    return tag("div", words, f"wb-answer {kind}") if kind else Markup("")


def strip(session: Session) -> Markup:
    """Ceiling, both probabilities with intervals, expected coverage, and what the last change did."""
    board, answer = session.board, session.answer
    if board is None or answer is None:
        return Markup("")
    targets = board.rules.targets
    top = board.ceiling
    cards = [
        parts.card(
            text("term.ceiling"),
            percent(top.value),
            text(
                "panel.ceiling_ok" if board.reachable else "panel.ceiling_low",
                target=target_percent(top.target),
            ),
            "first" if board.reachable else "first low",
            term="ceiling",
        )
    ]
    for target in TARGETS:
        chance = answer.probability[target]
        cards.append(
            parts.card(
                text(f"panel.chance_{target}", target=target_percent(getattr(targets, target))),
                percent(chance.value),
                f"[{percent(chance.low)}, {percent(chance.high)}]",
                term="chance",
            )
        )
    cards.append(
        parts.card(
            text("panel.expected"),
            percent(answer.expected["organization"]),
            text("panel.expected_work", value=percent(answer.expected["work"])),
            term="expected",
        )
    )
    cards.append(_changes(session, answer))
    css = "wb-strip stale" if session.stale else "wb-strip"
    return Markup(f'<div class="{css}" role="status" aria-live="polite">{"".join(cards)}</div>')


def _changes(session: Session, answer: Answer) -> Markup:
    """What the last step, and all steps together, changed: in percentage points, on the same random numbers."""
    cells: list[Markup] = [
        tag("span", text(f"panel.{name}")) for name in ("change", "change_chance", "change_expected")
    ]
    for name, other in (("last", session.last), ("baseline", session.baseline)):
        cells.append(tag("span", text(f"panel.since_{name}")))
        for measure in ("probability", "expected"):
            if other is None:
                cells.append(tag("em", "–"))
                continue
            now, before = getattr(answer, measure)["organization"], getattr(other, measure)["organization"]
            cells.append(parts.change(now - before if measure == "expected" else now.value - before.value))
    return tag("div", Markup("".join(cells)), "wb-card changes")


def days_left(session: Session, calendar: Calendar) -> str:
    """Working days until the deadline, seen from today; before the campaign, the days that it has."""
    today, deadline = session.today, calendar.date_of(calendar.deadline_day)
    if today > deadline:
        return text("panel.days_over", deadline=date_words(deadline, year=True))
    if today < calendar.first:
        return text(
            "panel.days_before",
            start=date_words(calendar.first, year=True),
            wait=(calendar.first - today).days,
            days=calendar.deadline_day + 1,
            deadline=date_words(deadline),
        )
    return text(
        "panel.days_left",
        days=calendar.deadline_day + 1 - calendar.day_from(today),
        deadline=date_words(deadline),
    )


class ReachPanel:
    """The fan, the sentence, the days left, and what the ceiling is made of."""

    name = "reach"

    def __init__(self, session: Session, fan: Fan) -> None:
        self.session, self._fan = session, fan
        self._sentence = parts.html()
        self._left = parts.html()
        self._ceiling = parts.html()
        picture = widgets.VBox([fan.picture(self.name, WIDE)], layout={"flex": "1 1 640px", "min_width": "0"})
        facts = widgets.VBox([self._left, self._ceiling], layout={"flex": "0 1 330px", "min_width": "260px"})
        both = widgets.HBox([picture, facts], layout={"flex_flow": "row wrap"})
        self._open: Any = widgets.Checkbox(indent=False, layout={"width": "100%"})
        self.census = CensusPart(session, fan)
        parts.show(self.census.view, False)
        self.view: Any = widgets.VBox([self._sentence, both, self._open, self.census.view])
        parts.on_change(session, self._open, self._opened)
        for subject in ("answer", "opened", "grouping"):
            session.signals.watch(subject, self.refresh)
        session.signals.watch("census", lambda: session.signals.tell("remembered"))
        session.memory.attach("census", self)

    def saved(self) -> dict[str, Any]:
        """Whether the census is open, and whether it was asked for."""
        found = self.census.state.found is not None or self.session.jobs.runs("census")
        return {"open": bool(self._open.value), "found": found}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Open it, and ask again."""
        self._open.value = bool(saved["open"])
        if saved["found"]:
            self.census.state.find()

    def forget(self) -> None:
        """What was found goes with the plan that it was of."""
        self._open.value = False

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self._open.description = text("panel.census_open")
        self.census.relabel()
        self.refresh()

    def _opened(self, shown: bool) -> None:
        parts.show(self.census.view, shown)
        self.session.signals.tell("turned")

    def refresh(self) -> None:
        """Show the state there is."""
        board = self.session.board
        if not self._fan.shows(self.name):
            return
        parts.put(self._sentence, sentence(self.session))
        if board is None:
            return
        parts.put(self._left, Markup(
            tag("h2", text("panel.days_title")) + tag("div", days_left(self.session, board.calendar))
        ))  # fmt: skip
        ways = board.ceiling.table["organizations"]
        shares = board.ceiling.table["share"]
        rows = [
            [text(f"panel.way_{way}"), thousands(int(ways.loc[way])), percent(float(shares.loc[way]))]
            for way in (*COVERED, *NOT_COVERED)
            if ways.loc[way]
        ]
        header = [text("panel.way"), text("term.organization"), text("panel.share")]
        title = text("panel.ceiling_title", ceiling=percent(board.ceiling.value))
        parts.put(self._ceiling, Markup(tag("h2", title) + parts.table(header, rows, "tnn")))
