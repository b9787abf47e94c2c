"""A setup in the form that the compiled code reads: rules for all pools, and one pool at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels import TABLE, Chances, Coverage, Hearings, Pool, Rules, Service, padded, windows
from workbench.simulation.setup.cases import ATTACHED, JOINT
from workbench.simulation.setup.prepare import Setup

#: Cases of a city whose responsible units are kept: more would take more memory than cutting them again takes time.
MOST_KEPT = 200_000


def rules_of(setup: Setup, seed: int) -> Rules:
    """What holds for every responsible unit."""
    return Rules(
        laws=setup.laws,
        first_opening=float(setup.opening.min()),
        last_opening=float(setup.opening.max()),
        approval=setup.approval,
        counts_approval=setup.scenario.policy.counted_from == "approved",
        census_end=float(setup.calendar.census_end),
        horizon=float(setup.calendar.horizon),
        seed=np.uint64(seed),
    )


def pool_of(setup: Setup, responsible: int) -> Pool:
    """The cases, slots and meetings of one pool, by its code; cut out once, unless there are too many to keep."""
    pool = setup.pools.get(responsible)
    if pool is None:
        pool = _cut_out(setup, responsible)
        if len(setup.cases) <= MOST_KEPT:
            setup.pools[responsible] = pool
    return pool


def _cut_out(setup: Setup, responsible: int) -> Pool:
    cases = setup.cases
    begin, end = cases.pool_start[responsible], cases.pool_start[responsible + 1]
    one = slice(begin, end)
    kind = cases.kind[one]
    hash_ = cases.hash[one]
    max_attempts = setup.max_attempts[kind]
    tie = np.empty(kind.size, np.int64)
    tie[np.argsort(hash_, kind="stable")] = np.arange(kind.size)
    queue_class = setup.queue_class[one]
    window_start, window_stop, window_slots = windows(*setup.slots.of(responsible))
    meeting = slice(setup.meeting_start[responsible], setup.meeting_start[responsible + 1])
    return Pool(
        _chances(setup, one, kind, hash_, max_attempts),
        Service(
            queue_class=queue_class,
            class_start=np.searchsorted(np.sort(queue_class), np.arange(int(setup.classes[responsible]) + 1)),
            tie=tie,
            max_attempts=max_attempts,
            window_start=window_start,
            window_stop=window_stop,
            window_slots=window_slots,
        ),
        Hearings(
            setup.approval[kind],
            setup.meeting_day[meeting],
            setup.agenda[meeting],
            *(each[responsible] for each in setup.on_demand),
        ),
        _coverage(setup, one, kind, responsible),
    )


def _chances(
    setup: Setup, one: slice, kind: NDArray[np.int64], hash_: NDArray[np.uint64], max_attempts: NDArray[np.int64]
) -> Chances:
    cases, laws = setup.cases, setup.laws
    unit_begin, unit_end = cases.unit_start[one.start], cases.unit_start[one.stop]
    lead = np.zeros(unit_end - unit_begin, dtype=bool)
    lead[setup.lead_unit[one] - unit_begin] = True
    others = cases.unit_hash[unit_begin:unit_end][~lead]
    shared_start, shared_end = np.searchsorted(kind, (JOINT, ATTACHED + 1))

    def longer(values: NDArray[Any], size: int = kind.size) -> NDArray[Any]:
        """The same with nought behind, for vectorised loops."""
        return np.concatenate([values, np.zeros(padded(size) - values.size, values.dtype)])

    return Chances(
        hash=longer(np.concatenate([hash_, others]), lead.size),
        units=lead.size,
        other_case=np.repeat(np.arange(kind.size), cases.units[one])[~lead],
        kind=kind,
        shared_start=int(shared_start),
        shared_end=int(shared_end),
        distance=cases.distance[one],
        extra_units=np.maximum(cases.units[one] - 3, 0),
        max_attempts=max_attempts,
        opening=longer(setup.opening[kind]),
        tabulated=(laws.family == TABLE)[kind],
        first=laws.offset[kind],
        bits=longer(laws.bits[kind]),
        scale=longer(laws.numbers[kind, 0]),
    )


def _coverage(setup: Setup, one: slice, kind: NDArray[np.int64], responsible: int) -> Coverage:
    tally = slice(setup.tally_start[one.start], setup.tally_start[one.stop])
    case = np.repeat(np.arange(kind.size), np.diff(setup.tally_start[one.start : one.stop + 1]))
    where, units, works = setup.tally_responsible[tally], setup.tally_units[tally], setup.tally_works[tally]
    own = where == responsible

    def total(values: NDArray[np.int32]) -> NDArray[np.int64]:
        return np.bincount(case[own], weights=values[own], minlength=kind.size).astype(np.int64)

    return Coverage(
        kind=kind,
        units=total(units),
        works=total(works),
        other_start=np.searchsorted(case[~own], np.arange(kind.size + 1)),
        other_responsible=where[~own],
        other_units=units[~own].astype(np.int64),
        other_works=works[~own].astype(np.int64),
    )
