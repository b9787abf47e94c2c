"""Campaigns at chosen parameters: the simulation as a function of points, for designed experiments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import as_completed

import numpy as np
from numpy.typing import NDArray

from workbench.errors import Cancelled
from workbench.labels import text
from workbench.simulation import draw_sample, processors, responsible_units_of
from workbench.simulation.results import Target
from workbench.simulation.setup import Setup
from workbench.stopping import Threads

#: Told how many more campaigns are done; returning False stops the work.
Advance = Callable[[int], bool | None]


class Campaigns:
    """A setup's campaigns by the deadline, with some parameters where a design puts them.

    Each campaign is a replication with an address of its own (docs/model.md §6.2): campaigns of the same number have
    the same luck at any parameters. What no design names is drawn as ever.
    """

    def __init__(
        self, setup: Setup, target: Target, seed: int, workers: int | None = None, advance: Advance | None = None
    ) -> None:
        self.setup, self.target, self.seed = setup, target, seed
        self._workers = workers or processors()
        self._advance = advance
        orgs = setup.cases.organizations
        #: How many organizations coverage is a share of.
        self.organizations = len(orgs)
        self._start = int(orgs["branch" if target == "organization" else "worked"].sum())
        #: How many campaigns have been simulated.
        self.runs = 0

    def covered(self, given: Mapping[str, NDArray[np.float64]], count: int, first: int = 0) -> NDArray[np.int64]:
        """Organizations covered by the deadline in campaigns first … first + count - 1, int64 (count,).

        Parameters
        ----------
        given
            uniform numbers in (0, 1) by parameter, (count,) each; the laws make values of them.

        Raises
        ------
        Cancelled
            `advance` returned False.
        """
        sample = draw_sample(self.setup, first, count, self.seed, given)
        responsible_units = responsible_units_of(self.setup, sample)
        names = self.setup.cases.responsible_units
        row = self.setup.calendar.deadline_day
        covered = np.full(count, self._start, dtype=np.int64)
        with Threads(self._workers) as threads:
            waiting = [
                threads.submit(responsible.respond, self.setup.instructors.get(name, 0))
                for responsible, name in zip(responsible_units, names, strict=True)
            ]
            for future in as_completed(waiting):
                # Whole numbers: in whatever order they are added, the sum is the same.
                response = future.result()
                covered += (response.branches if self.target == "organization" else response.works)[row]
        self.runs += count
        if self._advance is not None and self._advance(count) is False:
            raise Cancelled(text("error.cancelled"))
        return covered


def named(points: NDArray[np.float64], names: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """The columns of points by name."""
    return {name: points[:, place] for place, name in enumerate(names)}
