"""What each responsible unit adds for each number of instructors, kept for optimiser and sliders alike (MODEL §9)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, as_completed
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.arguments import Rule, broken, whole_or_none
from workbench.errors import ArgumentError, Cancelled
from workbench.labels import text
from workbench.planning.desk.cache import ResponseCache
from workbench.planning.desk.filling import Filling
from workbench.progress import Progress
from workbench.simulation import Response, ResponsibleUnit, city_identity, draw_sample, processors, responsible_units_of
from workbench.simulation.setup import Setup
from workbench.stopping import Threads


class Added(NamedTuple):
    """What a pool adds by the deadline, int16 or int32 (R,) each: organizations with a branch, and with work."""

    branches: NDArray[np.signedinteger]
    works: NDArray[np.signedinteger]


class Responses:
    """Responses F_s(n) of a setup's responsible units on one sample, simulated when first asked for.

    A response depends on its responsible unit's cases, meetings and arrivals, on the city's rules, on the sample and on
    n, and is kept under exactly that: another scenario or grouping that leaves a responsible unit as it is finds what
    is kept.

    Parameters
    ----------
    setup
        register, scenario and grouping, worked out.
    replications, seed, first
        the sample: replications first … first + replications - 1 under that seed.
    kept
        where responses are kept, by default a place of its own; share one to share what was simulated.
    """

    def __init__(
        self, setup: Setup, *, replications: int, seed: int, first: int = 0, kept: ResponseCache | None = None
    ) -> None:
        self.setup = setup
        self.replications = replications
        self.seed = seed
        self.kept = ResponseCache() if kept is None else kept
        sample = draw_sample(setup, first, replications, seed)
        self._responsible_units: list[ResponsibleUnit] = responsible_units_of(setup, sample)
        city = city_identity(setup, sample)
        self._identity = [responsible.identity(city) for responsible in self._responsible_units]
        orgs = setup.cases.organizations
        self.organizations = len(orgs)
        self.branches_at_start = int(orgs["branch"].sum())
        self.works_at_start = int(orgs["worked"].sum())

    @property
    def responsible_units(self) -> tuple[str, ...]:
        """Names of the responsible units, in the order of their codes."""
        return self.setup.cases.responsible_units

    def enough(self, responsible: int) -> int:
        """The number of instructors from which one more changes nothing: a slot for every case of the pool."""
        slots = -(-self._responsible_units[responsible].cases // self.setup.scenario.instructors.caseload)
        return max(slots, self.setup.assignment.enough(responsible) if self.setup.assignment.counts else 0)

    def elsewhere(self, responsible: int, allocation: Sequence[int] | None = None) -> bytes:
        """Whom other responsible units assign instructors to among this one's cases; by default as the setup has it.

        Work coverage of such organizations rests on two responsible units' numbers: everything else on one's.
        """
        unit = self._responsible_units[responsible]
        return unit.elsewhere(None if allocation is None else self.setup.assignment.all_places(np.array(allocation)))

    def of(self, responsible: int, instructors: int, elsewhere: bytes | None = None) -> Added:
        """What one responsible unit adds by the deadline with so many instructors."""
        number = min(instructors, self.enough(responsible))
        given = self.elsewhere(responsible) if elsewhere is None else elsewhere
        added = self._known(responsible, number, given)
        return (
            self._keep(
                responsible, [number], given, *self._responsible_units[responsible].added([number], elsewhere=given)
            )[0]
            if added is None
            else added
        )

    def table(self, responsible: int, numbers: Sequence[int]) -> Added:
        """The same for several numbers, rising: int16 or int32 (numbers, R) each.

        What is not kept, or no longer, is simulated all at once, and not kept.
        """
        numbers = [min(number, self.enough(responsible)) for number in numbers]
        given = self.elsewhere(responsible)
        known = [self._known(responsible, number, given) for number in numbers]
        missing = [number for number, added in zip(numbers, known, strict=True) if added is None]
        simulated = map(Added, *self._responsible_units[responsible].added(missing)) if missing else iter(())
        rows = [next(simulated) if added is None else added for added in known]
        return Added(*(np.stack(each) for each in zip(*rows, strict=True)))

    def _known(self, responsible: int, number: int, elsewhere: bytes) -> Added | None:
        """What is kept, also as days of it."""
        added: Added | None = self.kept.get((self._identity[responsible], number, elsewhere, "added"))
        if added is not None:
            return added
        response: Response | None = self.kept.get((self._identity[responsible], number, elsewhere))
        if response is None:
            return None
        day = self.setup.calendar.deadline_day
        rows = response.branches[day : day + 1], response.works[day : day + 1]
        return self._keep(responsible, [number], elsewhere, *rows)[0]

    def _keep(
        self,
        responsible: int,
        numbers: Sequence[int],
        elsewhere: bytes,
        branches: NDArray[np.signedinteger],
        works: NDArray[np.signedinteger],
    ) -> list[Added]:
        """Keep rows of counts, each by itself: copied, so that keeping one does not keep all."""
        rows = [Added(one.copy(), other.copy()) for one, other in zip(branches, works, strict=True)]
        return [
            self.kept.put(
                (self._identity[responsible], number, elsewhere, "added"), row, row.branches.nbytes + row.works.nbytes
            )
            for number, row in zip(numbers, rows, strict=True)
        ]

    def by_day(
        self, responsible: int, instructors: int, executor: Executor | None = None, elsewhere: bytes | None = None
    ) -> Response:
        """The same by day; simulated by halves on an executor, where one is given."""
        number = min(instructors, self.enough(responsible))
        given = self.elsewhere(responsible) if elsewhere is None else elsewhere
        key = (self._identity[responsible], number, given)
        response: Response | None = self.kept.get(key)
        if response is None:
            response = self._responsible_units[responsible].respond(number, executor, given)
            response = self.kept.put(key, response, response.bytes)
        return response

    def fill(
        self,
        most: Sequence[int],
        workers: int | None = None,
        progress: Progress | None = None,
        *,
        least: Sequence[int] | None = None,
    ) -> None:
        """Simulate every responsible unit with `least` (by default 0) … `most` instructors each, on several threads.

        Raises
        ------
        Cancelled
            `progress` returned False.
        """
        jobs: list[tuple[Filling, int, int]] = []
        for responsible, top in enumerate(most):
            enough = self.enough(responsible)
            numbers = range(min(0 if least is None else least[responsible], enough), min(top, enough) + 1)
            missing = [
                number for number in numbers if self._known(responsible, number, self.elsewhere(responsible)) is None
            ]
            # A responsible unit of which all is kept is a piece, too: progress is told in any case.
            filling = Filling(
                self._responsible_units[responsible],
                missing,
                self.replications,
                partial(self._keep, responsible, missing, self.elsewhere(responsible)),
            )
            jobs += [(filling, *piece) for piece in filling.pieces]
        with Threads(workers or processors()) as threads:
            futures = [threads.submit(filling.work, begin, end) for filling, begin, end in jobs]
            for done, future in enumerate(as_completed(futures), start=1):
                future.result()
                if progress is not None and progress(done, len(futures)) is False:
                    threads.shutdown(wait=False, cancel_futures=True)
                    raise Cancelled(text("error.cancelled"))

    def branches(self, allocation: Sequence[int]) -> NDArray[np.int64]:
        """Organizations with a branch by the deadline under an allocation, int64 (R,)."""
        counts = np.full(self.replications, self.branches_at_start, dtype=np.int64)
        for responsible, instructors in enumerate(allocation):
            counts += self.of(responsible, instructors, self.elsewhere(responsible, allocation)).branches
        return counts

    def works(self, allocation: Sequence[int]) -> NDArray[np.int64]:
        """Organizations with work by the deadline under an allocation, int64 (R,)."""
        counts = np.full(self.replications, self.works_at_start, dtype=np.int64)
        for responsible, instructors in enumerate(allocation):
            counts += self.of(responsible, instructors, self.elsewhere(responsible, allocation)).works
        return counts


def whole_number(responsible: str, number: Any) -> int:
    """A number of instructors as a whole number.

    Raises
    ------
    ValueError
        it is none, or below 0.
    """
    whole = whole_or_none(number)
    if whole is None or whole < 0:
        name = text("argument.instructors_of", responsible=responsible)
        raise ArgumentError(broken(name, number, Rule(bool, "natural")))
    return whole
