"""What can be decided for the plan that is open: each measure, packages of them, and one made the present plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.jobs.session.session import Session
from workbench.jobs.session.threads import Ticket
from workbench.labels import text

if TYPE_CHECKING:
    from workbench.jobs.session.board import Answer
    from workbench.planning.measures import Measures, PackageTrial

Names = tuple[str, ...]


class Deciding:
    """Measures and packages of the present plan; ``decided`` is told when they are there, or hold no more.

    The search sees other random numbers than the page: what it recommends looks too good on those that it was chosen
    on. All numbers that are told here are of the page's own, so that a package promises what the page then shows.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.found: Measures | None = None
        #: What each package comes to, by its measures in the order of the list.
        self.packages: dict[Names, dict[str, Any]] = {}
        self._trial: PackageTrial | None = None
        self._answer: Answer | None = None
        for subject in ("answer", "opened"):
            session.signals.watch(subject, self._drop)

    def find(self) -> None:
        """Try every measure and their packages, in a job."""
        session, board, answer = self.session, self.session.board, self.session.answer
        if board is None:
            return
        scenario = session.scenario

        def work(ticket: Ticket) -> tuple[Measures, PackageTrial]:
            from workbench.planning.measures import PackageTrial, measures

            campaign = board.register, scenario, board.grouping
            found = measures(
                *campaign, replications=session.replications, seed=session.seed ^ 1, progress=ticket.progress
            )
            trial = PackageTrial(*campaign, found.listed, replications=session.replications, seed=session.seed)
            return trial.told(found, ticket.progress), trial

        def done(result: tuple[Measures, PackageTrial]) -> None:
            if session.answer is answer:
                self.found, self._trial = result
                self._answer = answer
                self.packages = {
                    (str(row["measure"]),): {str(name): value for name, value in row.items()}
                    for row in self.found.alone.to_dict("records")
                }
                session.signals.tell("decided")

        session.run("measures", work, done)

    def in_order(self, names: Sequence[str]) -> Names:
        """A package as its measures are listed."""
        return tuple(name for name in self.found.listed if name in names) if self.found is not None else ()

    def excluded(self, names: Sequence[str]) -> set[str]:
        """Measures that cannot be taken with these."""
        return self._trial.excluded(names) if self._trial is not None else set()

    def of_register(self, names: Sequence[str]) -> list[str]:
        """Those of these measures that stand in the register, and that `take` leaves out."""
        return self._trial.of_register(names) if self._trial is not None else []

    def ask(self, names: Sequence[str]) -> None:
        """What a package comes to that was not tried yet, in a job."""
        session, trial, package = self.session, self._trial, self.in_order(names)
        if trial is None or not package or package in self.packages:
            return

        def done(rows: dict[Names, dict[str, Any]]) -> None:
            if self._trial is trial:
                self.packages |= rows
                session.signals.tell("decided")

        session.run("package", lambda ticket: _by_names(trial, [package]), done)

    def take(self, names: Sequence[str]) -> None:
        """Make a package the present plan; that can be undone. What stands in the register is left out, and said."""
        trial, package, found = self._trial, self.in_order(names), self.found
        if trial is None or found is None:
            return
        aside = trial.of_register(package)
        if len(aside) == len(package):
            told = found.names(tuple(aside))
            self.session.say("note", lambda: text("panel.of_register", measures=told))
            return
        self.session.take(*trial.campaign(package))

    def _drop(self) -> None:
        """The plan is another one than that which was asked about."""
        if self.session.answer is self._answer and self._answer is not None:
            return
        for name in ("measures", "package"):
            self.session.jobs.cancel(name)
        self._answer = self._trial = None
        if self.found is not None:
            self.found, self.packages = None, {}
            self.session.signals.tell("decided")


def _by_names(trial: PackageTrial, packages: Any) -> dict[Names, dict[str, Any]]:
    rows = trial.rows(packages).to_dict("records")
    return {tuple(row["measures"]): {str(name): value for name, value in row.items()} for row in rows}
