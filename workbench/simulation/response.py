"""What one responsible unit adds, for any number of its instructors: the response F_s(n, r) of MODEL §9."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels import (
    Counters,
    Coverage,
    Pool,
    empty_counters,
    hears_all,
    replicate,
    sweep,
    sweep_workspace,
    windows,
    workspace_of,
)
from workbench.simulation.run import Sample, add_up
from workbench.simulation.setup import (
    BEFORE_ALL,
    Parameters,
    Setup,
    Windows,
    arriving,
    coverage_of,
    pool_of,
    responsible_slots,
    rules_of,
)

#: Replications below which a responsible unit is not split among threads.
LEAST_PART = 100


class Response(NamedTuple):
    """What the cases of one responsible unit add, organizations of whatever responsible unit.

    branches, works : int16 or int32 (days, R), newly covered by the end of each working day.
    responsible_branches, responsible_works : int64 (responsible units,), of them by the deadline, added over all
    replications, by the
        organizations' own responsible unit.
    """

    branches: NDArray[np.signedinteger]
    works: NDArray[np.signedinteger]
    responsible_branches: NDArray[np.int64]
    responsible_works: NDArray[np.int64]

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return sum(part.nbytes for part in self)


class ResponsibleUnit:
    """One responsible unit of a setup, ready to be simulated alone on one sample with any number of instructors.

    Responsible units share no resource, so the city's coverage is what it starts with plus the sum of all responses.
    """

    def __init__(self, setup: Setup, code: int, sample: Sample, windows: Windows) -> None:
        self._setup, self._code, self._sample, self._windows = setup, code, sample, windows
        self._pool: Pool = pool_of(setup, code)
        self._rules = rules_of(setup, sample.seed)
        cases, assignment = setup.cases, setup.assignment
        units = cases.unit_row[cases.unit_start[cases.pool_start[code]] : cases.unit_start[cases.pool_start[code + 1]]]
        home = assignment.responsible
        self._counted = assignment.counted_on != BEFORE_ALL
        #: Units of other responsible units, which assign instructors to them themselves.
        self._strangers = np.unique(units[home[units] != code]) if self._counted else np.empty(0, np.int64)
        #: The responsible unit's own organizations without work at the start, in a case or not.
        self._idle = np.flatnonzero(cases.idle & (home == code))
        self._most = int(units.size + self._idle.size)

    @property
    def cases(self) -> int:
        """How many cases the responsible unit has."""
        return int(self._pool.service.tie.size)

    @property
    def dtype(self) -> np.dtype[np.signedinteger]:
        """The narrowest whole numbers that hold what the responsible unit can add."""
        return np.dtype(np.int16 if self._most < 2**15 else np.int32)

    def identity(self, city: bytes) -> bytes:
        """A hash of everything that its responses depend on but the number of instructors.

        Parameters
        ----------
        city
            `city_identity` of the same setup and sample.
        """
        slots = responsible_slots(1, self._windows, self._setup.scenario.instructors.caseload)
        pool = self._served_by(slots[0], slots[1], np.empty(0, np.int64))._replace(coverage=self._unassigned())
        return blake2b(city + b"".join(_content((self._code, pool, self._standing()))), digest_size=16).digest()

    def _unassigned(self) -> Coverage:
        """What the cases cover where nobody has an instructor assigned."""
        cases = self._setup.cases
        if self._code not in cases.unassigned:
            nobody = np.zeros(len(cases.organizations), dtype=bool)
            cases.unassigned[self._code] = coverage_of(self._setup, self._code, nobody)
        return cases.unassigned[self._code]

    def _standing(self) -> tuple[Any, ...]:
        """What the responses depend on where assigned instructors count."""
        if not self._counted:
            return ()
        assignment = self._setup.assignment
        own = self._idle, assignment.position[self._idle], int(assignment.taken[self._code])
        return assignment.counted_on, assignment.standing, *own, self._strangers

    def elsewhere(self, places: NDArray[np.int64] | None = None) -> bytes:
        """Which units of other responsible units in this pool's cases have an instructor assigned by those.

        Parameters
        ----------
        places
            by the codes of the responsible units, as ``Setup.assignment.all_places`` gives them; None: as the setup
            has it.

        Returns
        -------
        bytes
            for `respond` and `added`, and to tell answers apart.
        """
        if not self._strangers.size:
            return b""
        assignment, rows = self._setup.assignment, self._strangers
        return (self._setup.assigned[rows] if places is None else assignment.reached(places, rows)).tobytes()

    def _reached(self, instructors: int, elsewhere: bytes | None) -> NDArray[np.bool_] | None:
        """Who has an instructor assigned that counts: own organizations, and units of others."""
        if not self._counted:
            return None
        assignment = self._setup.assignment
        reached = assignment.position < assignment.places(self._code, instructors)
        reached &= assignment.responsible == self._code
        given = self.elsewhere() if elsewhere is None else elsewhere
        reached[self._strangers] = np.frombuffer(given, dtype=bool)
        return reached

    def respond(self, instructors: int, executor: Executor | None = None, elsewhere: bytes | None = None) -> Response:
        """Simulate the responsible unit with so many instructors, by halves on an executor where that pays.

        Parameters
        ----------
        elsewhere
            from the method of that name; None: as the setup has it.
        """
        count = self._sample.parameters.late.size
        parts = 2 if executor is not None and count >= 2 * LEAST_PART else 1
        edges = [count * part // parts for part in range(parts + 1)]
        reached = self._reached(instructors, elsewhere)
        pool = self._with(instructors)
        if reached is not None:
            pool = pool._replace(coverage=coverage_of(self._setup, self._code, reached))
        pieces = list(pairwise(edges))
        if executor is None or parts == 1:
            counted = [self._count(pool, *piece) for piece in pieces]
        else:
            waiting = [executor.submit(self._count, pool, *piece) for piece in pieces[1:]]
            counted = [self._count(pool, *pieces[0]), *(each.result() for each in waiting)]
        return self._response(add_up(counted), pool.coverage, reached)

    def added(
        self, numbers: Sequence[int], begin: int = 0, end: int | None = None, elsewhere: bytes | None = None
    ) -> tuple[NDArray[np.signedinteger], NDArray[np.signedinteger]]:
        """Organizations that the responsible unit adds by the deadline, with each number of instructors.

        To the last bit the deadline's rows of `respond`, for all numbers at once and at a fraction of the cost.

        Parameters
        ----------
        numbers
            rising.
        begin, end
            the sample's replications begin … end - 1; by default all.
        elsewhere
            as for `respond`.

        Returns
        -------
        tuple[NDArray[np.signedinteger], NDArray[np.signedinteger]]
            int16 or int32 (numbers, replications).
        """
        drawn = Parameters(*(each[begin:end] for each in self._sample.parameters))
        shape = len(numbers), drawn.late.size
        branches, works = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        if self.cases and branches.size:
            pool, slots = self._with_numbers(numbers)
            close = min(self._rules.horizon, self._setup.calendar.deadline_day + 1.0)
            idle = np.stack([self._idle_units(number, elsewhere) for number in numbers])
            sweep(
                pool, self._rules._replace(horizon=close), drawn, self._sample.first + begin, slots,
                hears_all(pool.hearings, close), sweep_workspace(pool, shape[1], self._setup.days, idle),
                branches, works,
            )  # fmt: skip
        works += np.array([self._assigned_in_time(number) for number in numbers], np.int32).reshape(-1, 1)
        return branches.astype(self.dtype), works.astype(self.dtype)

    def _in_time(self) -> bool:
        """Whether assigned instructors count by the deadline."""
        return self._counted and self._setup.assignment.counted_on <= self._setup.calendar.deadline_day

    def _assigned(self, instructors: int) -> int:
        """The responsible unit's own organizations that have work only because an instructor is assigned to them."""
        assignment = self._setup.assignment
        return int((assignment.position[self._idle] < assignment.places(self._code, instructors)).sum())

    def _assigned_in_time(self, instructors: int) -> int:
        return self._assigned(instructors) if self._in_time() else 0

    def _idle_units(self, instructors: int, elsewhere: bytes | None) -> NDArray[np.int64]:
        """Organizations that get work by a case's dispatch, whenever that is before the deadline's end, (cases,)."""
        reached = self._reached(instructors, elsewhere) if self._in_time() else None
        if not self._counted:
            covers = self._pool.coverage
        else:
            covers = self._unassigned() if reached is None else coverage_of(self._setup, self._code, reached)
        counts = covers.works.copy()
        np.add.at(counts, np.repeat(np.arange(counts.size), np.diff(covers.other_start)), covers.other_works)
        return counts

    def _with_numbers(self, numbers: Sequence[int]) -> tuple[Pool, NDArray[np.int64]]:
        """The responsible unit with room for the greatest number, and the slots of its first window for each number."""
        caseload = self._setup.scenario.instructors.caseload
        start, stop, slots = windows(*responsible_slots(1, self._windows, caseload))
        each = np.array(numbers, np.int64) * caseload
        if slots.size:
            each += slots[0] - caseload  # arrivals that are there from the opening to the end
            slots[0] = each[-1]
        return self._served_by(start, stop, slots), each

    def _with(self, instructors: int) -> Pool:
        slots = responsible_slots(instructors, self._windows, self._setup.scenario.instructors.caseload)
        return self._served_by(*windows(*slots))

    def _served_by(self, start: NDArray[np.float64], stop: NDArray[np.float64], slots: NDArray[np.int64]) -> Pool:
        service = self._pool.service._replace(window_start=start, window_stop=stop, window_slots=slots)
        return self._pool._replace(service=service)

    def _count(self, pool: Pool, begin: int, end: int) -> Counters:
        """Replications begin … end - 1 of the sample."""
        counters = empty_counters(end - begin, self._setup.days, 1, self.cases, 1, waits=False)
        if self.cases:
            workspace = workspace_of(pool, end - begin, self._setup.days)
            drawn = Parameters(*(each[begin:end] for each in self._sample.parameters))
            replicate(pool, self._rules, drawn, self._sample.first + begin, 0, 0, workspace, False, counters)
        return counters

    def _response(self, counters: Counters, covers: Coverage, reached: NDArray[np.bool_] | None) -> Response:
        in_time = self._setup.calendar.deadline_day + 1
        assigned = 0
        if reached is not None:
            assigned = int(reached[self._idle].sum())
            counters.works[0, :, self._setup.assignment.counted_on] += assigned
        # Until the deadline those assigned count once, however early the case was dispatched.
        early = 0 if self._in_time() else 1
        case = np.repeat(np.arange(self.cases), np.diff(covers.other_start))
        sums = []
        for on_day, own, other in (
            (counters.formed_on, covers.units, covers.other_units),
            (
                counters.dispatched_on,
                covers.works + early * covers.early,
                covers.other_works + early * covers.other_early,
            ),
        ):
            times = on_day[:, :in_time].sum(axis=1, dtype=np.int64)
            by_responsible = np.zeros(len(self._setup.cases.responsible_units), np.int64)
            by_responsible[self._code] = times @ own
            np.add.at(by_responsible, covers.other_responsible, times[case] * other)
            sums.append(by_responsible)
        sums[1][self._code] += assigned * counters.works.shape[1] * (1 - early)
        return Response(self._by_day(counters.branches), self._by_day(counters.works), *sums)

    def _by_day(self, counts: NDArray[np.int32]) -> NDArray[np.signedinteger]:
        by_day = np.ascontiguousarray(counts[0].T, dtype=self.dtype)
        np.cumsum(by_day, axis=0, out=by_day)
        by_day.flags.writeable = False
        return by_day


def responsible_units_of(setup: Setup, sample: Sample) -> list[ResponsibleUnit]:
    """Every responsible unit of a setup, in the order of the codes."""
    every = arriving(setup.cases.responsible_units, setup.scenario, setup.calendar)
    return [ResponsibleUnit(setup, code, sample, each) for code, each in enumerate(every)]


def city_identity(setup: Setup, sample: Sample) -> bytes:
    """A hash of what all pools' responses depend on: laws, rules, the calendar's days, and the sample's draws."""
    whole = (
        rules_of(setup, sample.seed),
        sample.parameters,
        (sample.first, sample.seed, setup.days, setup.calendar.deadline_day, len(setup.cases.responsible_units)),
    )
    return blake2b(b"".join(_content(whole)), digest_size=16).digest()


def _content(value: object) -> Iterable[bytes]:
    """The content of nested tuples of arrays and plain values, so that different ones differ."""
    if isinstance(value, np.ndarray):
        yield f"[{value.dtype.str}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, tuple):
        yield f"({len(value)}".encode()
        for each in value:
            yield from _content(each)
    else:
        yield f"<{value!r}>".encode()
