"""KeptPlan states side by side: simulated on the same random numbers, with paired intervals. No widgets here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.jobs.session.session import Session
from workbench.jobs.session.states import KeptPlan
from workbench.jobs.session.threads import Ticket
from workbench.labels import text

if TYPE_CHECKING:
    from workbench.planning.comparison import Comparison
    from workbench.simulation.results import Outcome


class Comparing:
    """The comparison of what is kept; ``comparison`` is told when it changes."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.comparison: Comparison | None = None
        self._outcomes: dict[KeptPlan, Outcome] = {}
        session.signals.watch("kept", self._drop)

    @property
    def ready(self) -> bool:
        """Whether there are two states to compare."""
        return len(self.session.kept) > 1

    def compare(self) -> None:
        """Hold all kept states against the first, in a job."""
        session, register = self.session, self.session.register
        kept, known = dict(session.kept), dict(self._outcomes)
        if register is None or len(kept) < 2:
            session.say("note", lambda: text("panel.keep_two"))
            return

        def work(ticket: Ticket) -> tuple[dict[KeptPlan, Outcome], Comparison]:
            from workbench.planning.comparison import compare
            from workbench.simulation import simulate

            found: dict[KeptPlan, Outcome] = {}
            for turn, state in enumerate(kept.values()):
                ticket.progress(turn, len(kept))
                ticket.check()
                found[state] = known.get(state) or simulate(
                    register, state.scenario, state.grouping, replications=session.replications, seed=session.seed
                )
            return found, compare({name: found[state] for name, state in kept.items()})

        def done(result: tuple[dict[KeptPlan, Outcome], Comparison]) -> None:
            outcomes, comparison = result
            if kept == session.kept:
                self._outcomes, self.comparison = outcomes, comparison
                session.signals.tell("comparison")

        session.run("compare", work, done)

    def _drop(self) -> None:
        """What was kept is other than what was compared."""
        self.session.jobs.cancel("compare")
        kept = self.session.kept.values()
        self._outcomes = {state: found for state, found in self._outcomes.items() if state in kept}
        if self.comparison is not None:
            self.comparison = None
            self.session.signals.tell("comparison")
