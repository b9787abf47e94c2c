"""The stages of a long job beside the panels: its ticket is told how far it is, and may end it between two stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from workbench.jobs.session.threads import Ticket
from workbench.jobs.stages import Stages


class JobStages(Stages):
    """Stages that tell a job's ticket how far they are, and end where nobody waits any more."""

    def __init__(self, ticket: Ticket, names: Sequence[str]) -> None:
        super().__init__(names, show=False)
        self._ticket = ticket

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Run one stage, unless nobody waits for it any more.

        Raises
        ------
        Cancelled
            the job was stopped.
        """
        self._ticket.check()
        with super().__call__(name):
            yield

    def progress(self, done: int, total: int) -> bool:
        """How far the running stage is: as many parts as there are stages."""
        return self._ticket.progress(len(self.seconds) * total + done, len(self.names) * total)
