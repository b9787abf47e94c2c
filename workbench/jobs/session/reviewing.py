"""A campaign under way: its register of the day, the plan's outcome, last week's register, and their review.

A file from a visitor lies on the disk only while it is read; what was read of it is saved with the visitor's work.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import pandas as pd

from workbench.errors import ArgumentError
from workbench.jobs.session.job_stages import JobStages
from workbench.jobs.session.memory import KeptFile
from workbench.jobs.session.session import Session
from workbench.jobs.session.threads import Ticket
from workbench.labels import text
from workbench.numbers import date_words

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.jobs.review import Review
    from workbench.jobs.session.board import Answer
    from workbench.simulation.results import Outcome

#: What can be handed in for a review; the plan is an outcome, the others are registers.
Part = Literal["register", "plan", "previous"]
PARTS: tuple[Part, ...] = get_args(Part)
#: How a visitor's saved files of these parts end.
ENDINGS: dict[Part, str] = {"register": "-review.csv", "plan": "-plan.nc", "previous": "-previous.csv"}


class Dated(NamedTuple):
    """A register of a campaign under way: its file's name, its latest date, and its day, by its name or that date."""

    name: str
    register: pd.DataFrame
    latest: date | None
    day: date | None


class Planned(NamedTuple):
    """What the plan came to when the campaign began."""

    name: str
    outcome: Outcome


class Reviewing:
    """The review of the open register, or of one that was handed in for it.

    ``review`` is told when what it is made of changes, and when it is there or true no more.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.plan: Planned | None = None
        self.previous: Dated | None = None
        self.found: Review | None = None
        #: A register that was handed in to be reviewed, instead of the one that is open.
        self.own: Dated | None = None
        self._day: date | None = None
        self._open: Dated | None = None
        #: What was saved, while it is being read again.
        self._coming: Mapping[str, Any] | None = None
        self._answer: Answer | None = None
        session.signals.watch("answer", self._changed)
        session.signals.watch("opened", self._opened)
        session.memory.attach("review", self)

    # -- what it is made of ----------------------------------------------------------------------------------

    @property
    def reviewed(self) -> Dated | None:
        """The register that is reviewed: the one that was handed in, or the one that is open."""
        session = self.session
        if self.own is not None or session.register is None:
            return self.own
        if self._open is None or self._open.register is not session.register:
            self._open = _dated(session.register_name, session.register, session.rules)
        return self._open

    @property
    def handed_in(self) -> bool:
        """Whether anything was handed in here."""
        return any(part is not None for part in (self.own, self.plan, self.previous))

    @property
    def rules(self) -> Scenario:
        """What it is reviewed by: the rules that the plan was made with, or else the present ones."""
        return self.session.rules if self.plan is None else self.plan.outcome.scenario

    @property
    def under_way(self) -> bool:
        """Whether the reviewed register dates anything of the campaign."""
        from workbench.inputs.fit import is_dated

        reviewed = self.reviewed
        return reviewed is not None and is_dated(reviewed.register, self.rules)

    @property
    def day(self) -> date | None:
        """The day whose end is told of: as chosen, or the register's own."""
        reviewed = self.reviewed
        return self._day or (reviewed.day if reviewed is not None else None)

    @property
    def silent_since(self) -> date | None:
        """The register's latest date, where the day of the review lies more than a week after it."""
        from workbench.inputs.fit import is_silent

        reviewed, day = self.reviewed, self.day
        if reviewed is None or reviewed.latest is None or day is None:
            return None
        return reviewed.latest if is_silent(reviewed.latest, self.rules, day) else None

    def choose(self, day: date | None) -> None:
        """The day whose end is told of; None: the register's own.

        Raises
        ------
        ArgumentError
            the campaign has not begun by then, or is over.
        """
        if day is not None:
            self._check(day)
        self._day = day
        self._drop()
        self.session.signals.tell("remembered")

    def receive(self, part: Part, name: str, content: bytes) -> None:
        """Read what is handed in, in a job."""
        session, rules = self.session, self.rules

        def work(ticket: Ticket) -> Dated | Planned:
            with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
                path = Path(folder) / name
                path.write_bytes(content)
                return _read(part, name, path, rules)

        def done(given: Any) -> None:
            self._hand(part, given)
            if part == "register":
                self._day = None
            self._drop()
            session.signals.tell("remembered")

        session.run(f"review_{part}", work, done)

    def take_back(self) -> None:
        """Go back to the register that is open, without a plan and a week before."""
        for job in ("again", *PARTS):
            self.session.jobs.cancel(f"review_{job}")
        self.own = self._day = self.plan = self.previous = self._coming = None
        self._keep_files()
        self._drop()
        self.session.signals.tell("remembered")

    # -- what comes back -------------------------------------------------------------------------------------

    def saved(self) -> dict[str, Any]:
        """The names of what was handed in, the day, and whether there was a review."""
        if self._coming is not None:
            return dict(self._coming)
        found = self.found is not None or self.session.jobs.runs("review")
        names = {part: given.name for part in PARTS if (given := self._part(part)) is not None}
        return {"names": names, "day": self._day and self._day.isoformat(), "found": found}

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Read what was handed in again, in a job, and review it again where it was reviewed."""
        session, rules = self.session, self.session.rules
        names = {part: str(name) for part, name in saved["names"].items() if part in PARTS}
        day = date.fromisoformat(saved["day"]) if saved["day"] else None
        again = bool(saved["found"])
        files = {part: path for part in names if (path := session.memory.find(ENDINGS[part])) is not None}

        def work(ticket: Ticket) -> dict[Part, Dated | Planned]:
            given: dict[Part, Dated | Planned] = {}
            for part, path in files.items():
                ticket.check()
                given[part] = _read(part, names[part], path, rules)
            return given

        def done(given: dict[Part, Dated | Planned]) -> None:
            self._coming = None
            for part, each in given.items():
                if self._part(part) is None:  # else something newer was handed in meanwhile
                    self._hand(part, each)
            self._day = day
            self._drop()
            if again and self.day is not None:
                self.find()

        def failed() -> None:
            self._coming = None

        self._coming = saved
        session.run("review_again", work, done, failed)

    def forget(self) -> None:
        """Nothing was handed in."""
        self.take_back()

    def _part(self, part: Part) -> Dated | Planned | None:
        return {"register": self.own, "plan": self.plan, "previous": self.previous}[part]

    def _hand(self, part: Part, given: Any) -> None:
        if part == "register":
            self.own = given
        elif part == "plan":
            self.plan = given
        else:
            self.previous = given
        self._keep_files()

    def _keep_files(self) -> None:
        """From now on what is saved is what is here; until then, what was saved before stays where it lies."""
        for part in PARTS:
            self.session.memory.files[ENDINGS[part]] = partial(self._file, part)

    def _file(self, part: Part) -> KeptFile:
        """What is saved of what was handed in; registers without anything that `read_register` did not take."""
        from workbench.inputs.register import write_register

        given = self._part(part)
        if given is None:
            return None
        if isinstance(given, Planned):
            return given.outcome, given.outcome.save
        return given.register, partial(write_register, given.register)

    # -- the review ------------------------------------------------------------------------------------------

    def find(self) -> None:
        """Review, in a job.

        Raises
        ------
        ArgumentError
            there is no day, or none of the campaign's.
        """
        session, reviewed, day = self.session, self.reviewed, self.day
        if reviewed is None or session.board is None:
            return
        if day is None:
            raise ArgumentError(text("panel.review_no_day"))
        self._check(day)
        outcome = self.plan.outcome if self.plan is not None else None
        previous, since = (self.previous.register, self.previous.day) if self.previous is not None else (None, None)
        self._answer = session.answer

        def work(ticket: Ticket) -> Review:
            from workbench.jobs.plan import plannable
            from workbench.jobs.review import STAGES, review

            register = reviewed.register
            rules = outcome.scenario if outcome is not None else session.rules_for(register)
            return review(
                register, plannable(register, rules)[0], None, day, plan=outcome, previous=previous, since=since,
                replications=session.replications, seed=session.seed, stages=JobStages(ticket, STAGES),
            )  # fmt: skip

        def done(found: Review) -> None:
            # Whatever it is made of is as it was: a change ends the job.
            self.found = found
            session.signals.tell("review", "remembered")

        session.run("review", work, done)

    def _check(self, day: date) -> None:
        calendar = self.rules.calendar
        if not calendar.start <= day <= calendar.last:
            bounds = {"first": date_words(calendar.start, year=True), "last": date_words(calendar.last, year=True)}
            raise ArgumentError(text("panel.review_outside", day=date_words(day, year=True), **bounds))

    def _changed(self) -> None:
        """The plan is another one: what was reviewed by its rules is not true any more."""
        if self.plan is None and self.session.answer is not self._answer:
            self._answer = None
            self._drop()

    def _opened(self) -> None:
        if self.own is None:
            self._day = None
        self._drop()

    def _drop(self) -> None:
        self.session.jobs.cancel("review")
        self.found = None
        self.session.signals.tell("review")


def _read(part: Part, name: str, path: Path, rules: Scenario) -> Dated | Planned:
    """What a file holds, under the name that it was handed in by."""
    from workbench.jobs.campaign import read_quietly
    from workbench.simulation import load_outcome

    return Planned(name, load_outcome(path)) if part == "plan" else _dated(name, read_quietly(path), rules)


def _dated(name: str, register: pd.DataFrame, rules: Scenario) -> Dated:
    """A register with its day: the date in its file's name, or the latest in it."""
    from workbench.inputs.fit import latest_date
    from workbench.jobs.campaign import date_in

    latest = latest_date(register, rules)
    return Dated(name, register, latest, date_in(Path(name).stem) or latest)
