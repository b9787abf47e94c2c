"""What each street adds for each number of instructors, kept for optimiser and sliders alike (MODEL §9)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from workbench.simulation import Response, Setup, draw_sample, processors, respond


class Responses:
    """Responses F_s(n) of a setup's streets on one sample, computed when first asked for.

    Parameters
    ----------
    setup : register, scenario and grouping, worked out.
    replications, seed, first : the sample: replications first … first + replications - 1 under that seed.
    """

    def __init__(self, setup: Setup, *, replications: int, seed: int, first: int = 0) -> None:
        self.setup = setup
        self.replications = replications
        self.seed = seed
        self._sample = draw_sample(setup, first, replications, seed)
        self._kept: dict[tuple[int, int], Response] = {}
        orgs = setup.cases.organizations
        self.organizations = len(orgs)
        self.branches_at_start = int(orgs["branch"].sum())
        self.works_at_start = int(orgs["worked"].sum())

    @property
    def streets(self) -> tuple[str, ...]:
        """Names of the streets, in the order of their codes."""
        return self.setup.cases.streets

    def enough(self, street: int) -> int:
        """The number of instructors from which one more changes nothing: a slot for every case of the street."""
        cases = int(np.diff(self.setup.cases.pool_start)[street])
        return -(-cases // self.setup.scenario.instructors.caseload)

    def of(self, street: int, instructors: int) -> Response:
        """What one street adds by the deadline with so many instructors, int64 (R,) each."""
        key = (street, min(instructors, self.enough(street)))
        if key not in self._kept:
            setup = self.setup.with_instructors({self.streets[street]: key[1]})
            self._kept[key] = respond(setup, street, self._sample)
        return self._kept[key]

    def fill(self, most: list[int], workers: int | None = None) -> None:
        """Compute the responses of every street up to `most` instructors each, side by side."""
        wanted = [(street, n) for street, top in enumerate(most) for n in range(min(top, self.enough(street)) + 1)]
        missing = [key for key in wanted if key not in self._kept]
        with ThreadPoolExecutor(workers or processors()) as threads:
            list(threads.map(lambda key: self.of(*key), missing))

    def branches(self, allocation: list[int]) -> NDArray[np.int64]:
        """Organizations with a branch by the deadline under an allocation, int64 (R,)."""
        counts = np.full(self.replications, self.branches_at_start, dtype=np.int64)
        for street, instructors in enumerate(allocation):
            counts += self.of(street, instructors).branches
        return counts
