"""A setup in the form that the compiled code reads: rules for all pools, and one pool at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels import (
    TABLE,
    Coverage,
    DispatchInputs,
    DrawInputs,
    Hearings,
    Pool,
    Rules,
    padded,
    windows,
)
from workbench.simulation.setup.cases import ATTACHED, JOINT
from workbench.simulation.setup.prepare import Setup, Tallies, tallies

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
        assigned_on=setup.assignment.counted_on,
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
        DispatchInputs(
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
        coverage_of(setup, responsible),
    )


def _chances(
    setup: Setup, one: slice, kind: NDArray[np.int64], hash_: NDArray[np.uint64], max_attempts: NDArray[np.int64]
) -> DrawInputs:
    cases, laws = setup.cases, setup.laws
    unit_begin, unit_end = cases.unit_start[one.start], cases.unit_start[one.stop]
    lead = np.zeros(unit_end - unit_begin, dtype=bool)
    lead[setup.lead_unit[one] - unit_begin] = True
    others = cases.unit_hash[unit_begin:unit_end][~lead]
    shared_start, shared_end = np.searchsorted(kind, (JOINT, ATTACHED + 1))

    def longer(values: NDArray[Any], size: int = kind.size) -> NDArray[Any]:
        """The same with zeros behind, for vectorised loops."""
        return np.concatenate([values, np.zeros(padded(size) - values.size, values.dtype)])

    return DrawInputs(
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


def coverage_of(setup: Setup, responsible: int, reached: NDArray[np.bool_] | None = None) -> Coverage:
    """What the counters read of a pool.

    Parameters
    ----------
    reached
        bool (organizations,), who has an instructor assigned that counts; None: as the setup has it.
    """
    cases = setup.cases
    begin, end = int(cases.pool_start[responsible]), int(cases.pool_start[responsible + 1])
    if reached is None:
        entries = slice(int(setup.tally.start[begin]), int(setup.tally.start[end]))
        start = setup.tally.start[begin : end + 1] - setup.tally.start[begin]
        every = setup.tally
        tally = Tallies(
            start, every.responsible[entries], every.units[entries], every.works[entries], every.early[entries]
        )
    else:
        tally = tallies(cases, reached, begin, end)
    case = np.repeat(np.arange(end - begin), np.diff(tally.start))
    own = tally.responsible == responsible

    def of_its_own(values: NDArray[np.int32]) -> NDArray[np.int64]:
        return np.bincount(case[own], weights=values[own], minlength=end - begin).astype(np.int64)

    def of_others(values: NDArray[np.int32]) -> NDArray[np.int64]:
        others: NDArray[np.int64] = values[~own].astype(np.int64)
        return others

    return Coverage(
        kind=cases.kind[begin:end],
        units=of_its_own(tally.units),
        works=of_its_own(tally.works),
        early=of_its_own(tally.early),
        other_start=np.searchsorted(case[~own], np.arange(end - begin + 1)),
        other_responsible=tally.responsible[~own],
        other_units=of_others(tally.units),
        other_works=of_others(tally.works),
        other_early=of_others(tally.early),
    )
