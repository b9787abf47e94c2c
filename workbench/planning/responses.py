"""What each street adds for each number of instructors, kept for optimiser and sliders alike (MODEL §9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.arguments import whole_or_none
from workbench.errors import Cancelled
from workbench.labels import text
from workbench.planning.kept import Kept
from workbench.simulation import Response, Setup, Street, city_identity, draw_sample, processors, streets_of

#: Told (done, in all); returning False stops the work.
Progress = Callable[[int, int], bool | None]


class Added(NamedTuple):
    """What a street adds by the deadline, int16 or int32 (R,) each: organizations with a branch, and with work."""

    branches: NDArray[np.signedinteger]
    works: NDArray[np.signedinteger]


class Responses:
    """Responses F_s(n) of a setup's streets on one sample, simulated when first asked for.

    A response depends on its street's cases, meetings and arrivals, on the city's rules, on the sample and on n, and is
    kept under exactly that: another scenario or grouping that leaves a street as it is finds what is kept.

    Parameters
    ----------
    setup : register, scenario and grouping, worked out.
    replications, seed, first : the sample: replications first … first + replications - 1 under that seed.
    kept : where responses are kept, by default a place of its own; share one to share what was simulated.
    """

    def __init__(self, setup: Setup, *, replications: int, seed: int, first: int = 0, kept: Kept | None = None) -> None:
        self.setup = setup
        self.replications = replications
        self.seed = seed
        self.kept = Kept() if kept is None else kept
        sample = draw_sample(setup, first, replications, seed)
        self._streets: list[Street] = streets_of(setup, sample)
        city = city_identity(setup, sample)
        self._identity = [street.identity(city) for street in self._streets]
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
        return -(-self._streets[street].cases // self.setup.scenario.instructors.caseload)

    def of(self, street: int, instructors: int) -> Added:
        """What one street adds by the deadline with so many instructors."""
        number = min(instructors, self.enough(street))
        key = (self._identity[street], number, "added")
        added: Added | None = self.kept.get(key)
        if added is None:
            response = self.kept.get((self._identity[street], number)) or self._streets[street].respond(number)
            # Copied, so that keeping these rows does not keep all days.
            rows = [np.array(each[self.setup.calendar.deadline_day]) for each in response[:2]]
            added = self.kept.put(key, Added(*rows), sum(row.nbytes for row in rows))
        return added

    def by_day(self, street: int, instructors: int, executor: Executor | None = None) -> Response:
        """The same by day; simulated by halves on an executor, where one is given."""
        number = min(instructors, self.enough(street))
        key = (self._identity[street], number)
        response: Response | None = self.kept.get(key)
        if response is None:
            response = self._streets[street].respond(number, executor)
            response = self.kept.put(key, response, response.bytes)
        return response

    def fill(self, most: Sequence[int], workers: int | None = None, progress: Progress | None = None) -> None:
        """Simulate every street with 0 … `most` instructors each, side by side.

        Raises
        ------
        Cancelled : `progress` returned False.
        """
        wanted = [(street, n) for street, top in enumerate(most) for n in range(min(top, self.enough(street)) + 1)]
        side_by_side(lambda key: self.of(*key), wanted, workers, progress)

    def branches(self, allocation: Sequence[int]) -> NDArray[np.int64]:
        """Organizations with a branch by the deadline under an allocation, int64 (R,)."""
        counts = np.full(self.replications, self.branches_at_start, dtype=np.int64)
        for street, instructors in enumerate(allocation):
            counts += self.of(street, instructors).branches
        return counts

    def works(self, allocation: Sequence[int]) -> NDArray[np.int64]:
        """Organizations with work by the deadline under an allocation, int64 (R,)."""
        counts = np.full(self.replications, self.works_at_start, dtype=np.int64)
        for street, instructors in enumerate(allocation):
            counts += self.of(street, instructors).works
        return counts


def side_by_side(
    job: Callable[[tuple[int, int]], object],
    wanted: Sequence[tuple[int, int]],
    workers: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Do a job for each of what is wanted on several threads.

    Raises
    ------
    Cancelled : `progress` returned False.
    """
    with ThreadPoolExecutor(workers or processors()) as threads:
        futures = [threads.submit(job, each) for each in wanted]
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            if progress is not None and progress(done, len(futures)) is False:
                threads.shutdown(wait=False, cancel_futures=True)
                raise Cancelled(text("error.cancelled"))


def whole_number(street: str, number: Any) -> int:
    """A number of instructors as a whole number.

    Raises
    ------
    ValueError : it is none, or below 0.
    """
    whole = whole_or_none(number)
    if whole is None or whole < 0:
        raise ValueError(f"instructors of {street} = {number}: must be a whole number, 0 or more")
    return whole
