"""What the census may find for the plan that is open, and whom to visit first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.jobs.session.session import Session
from workbench.jobs.session.threads import Ticket

if TYPE_CHECKING:
    import pandas as pd

    from workbench.jobs.session.board import Answer
    from workbench.planning.census import CensusOutcome

#: Ways the census could turn out, and campaigns for each: what `workbench census` takes, too.
OUTCOMES, CAMPAIGNS = 100, 200


class CensusWork:
    """The census of the present plan; ``census`` is told when it is there, or holds no more."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.found: CensusOutcome | None = None
        #: Where one member more counts: as `census_value` gives it.
        self.values: pd.DataFrame | None = None
        self._answer: Answer | None = None
        for subject in ("answer", "opened"):
            session.signals.watch(subject, self._drop)

    @property
    def chances(self) -> tuple[float, float]:
        """The chances that the scenario gives an organization: members are found, and lost; shares."""
        law = self.session.rules.census.discovery
        return (0.0, 0.0) if law is None else (law.chance, law.fewer)

    def expect(self, chance: float, fewer: float) -> None:
        """Other chances that members are found, and lost; the rest of what the scenario says of it stays."""
        law = self.session.rules.census.discovery
        written = {} if law is None else law.model_dump(mode="json", by_alias=True)
        self.session.change({"census.discovery": {**written, "chance": chance, "fewer": fewer}})

    def find(self) -> None:
        """Simulate the census, and ask where one member more counts, in a job."""
        session, board, answer = self.session, self.session.board, self.session.answer
        if board is None:
            return
        scenario = session.scenario

        def work(ticket: Ticket) -> tuple[CensusOutcome, pd.DataFrame]:
            from workbench.planning.census import census_value, simulate_census

            campaign = board.register, scenario, board.grouping
            found = simulate_census(
                *campaign, outcomes=OUTCOMES, replications=min(CAMPAIGNS, session.replications), seed=session.seed,
                progress=ticket.progress,
            )  # fmt: skip
            values = census_value(*campaign, seed=session.seed, progress=ticket.progress)
            ticket.check()
            _ = found.required  # worked out here: who looks at it does not wait
            return found, values

        def done(result: tuple[CensusOutcome, pd.DataFrame]) -> None:
            if session.answer is answer:
                self.found, self.values = result
                self._answer = answer
                session.signals.tell("census")

        session.run("census", work, done)

    def _drop(self) -> None:
        if self._answer is not None and self.session.answer is self._answer:
            return
        self.session.jobs.cancel("census")
        self._answer = None
        if self.found is not None:
            self.found = self.values = None
            self.session.signals.tell("census")
