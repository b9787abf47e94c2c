"""A setup in the form that the compiled code reads: rules for all pools, and one pool at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels import (
    APPROVED,
    COMMITTEE,
    DIRECT,
    FOUNDS,
    NO_APPROVAL,
    TABLE,
    Coverage,
    DispatchInputs,
    DrawInputs,
    Hearings,
    Pool,
    PoolStart,
    Rules,
    at_the_beginning,
    padded,
    pool_start,
    windows,
)
from workbench.simulation.setup.cases import ATTACHED, JOINT
from workbench.simulation.setup.prepare import Setup, Tallies, tallies

#: Cases of a city whose responsible units are kept: more would take more memory than cutting them again takes time.
CASES_KEPT = 200_000


def rules_of(setup: Setup, seed: int) -> Rules:
    """What holds for every responsible unit."""
    t0 = 0.0 if setup.start is None else setup.start.t0
    return Rules(
        laws=setup.laws,
        first_opening=max(float(setup.opening.min()), t0),
        last_opening=max(float(setup.opening.max()), t0),
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
        if len(setup.cases) <= CASES_KEPT:
            setup.pools[responsible] = pool
    return pool


def _cut_out(setup: Setup, responsible: int) -> Pool:
    cases = setup.cases
    begin, end = cases.pool_start[responsible], cases.pool_start[responsible + 1]
    one = slice(begin, end)
    kind = cases.kind[one]
    hash_ = cases.hash[one]
    max_attempts = left_to_make(setup, one)
    tie = np.empty(kind.size, np.int64)
    tie[np.argsort(hash_, kind="stable")] = np.arange(kind.size)
    queue_class = setup.queue_class[one]
    window_start, window_stop, window_slots = windows(*setup.slots.of(responsible))
    meeting = slice(setup.meeting_start[responsible], setup.meeting_start[responsible + 1])
    t0 = 0.0 if setup.start is None else setup.start.t0
    # Meetings before t0 are past.
    ahead = setup.meeting_day[meeting] >= t0
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
            approval_of(setup, one),
            setup.meeting_day[meeting][ahead],
            setup.agenda[meeting][ahead],
            calls_at=setup.on_demand.calls_at[responsible],
            calls_ahead=setup.on_demand.calls_ahead[responsible],
            called_agenda=setup.on_demand.agenda[responsible],
            begins=t0,
        ),
        coverage_of(setup, responsible),
        _start_of(setup, one, tie),
    )


def left_to_make(setup: Setup, cases: slice) -> NDArray[np.int64]:
    """How many attempts each case may still make, one at least: the attempt in work is made whatever the rule."""
    most = setup.max_attempts[setup.cases.kind[cases]]
    return most if setup.start is None else np.maximum(most - setup.start.before[cases], 1)


def approval_of(setup: Setup, cases: slice) -> NDArray[np.int8]:
    """What each case still needs: who is approved already needs no approval."""
    approval = setup.approval[setup.cases.kind[cases]]
    if setup.start is None:
        return approval
    approved = (setup.start.state[cases] == APPROVED) & (approval != FOUNDS)
    return np.where(approved, NO_APPROVAL, approval).astype(np.int8)


def _start_of(setup: Setup, one: slice, tie: NDArray[np.int64]) -> PoolStart:
    start, kind = setup.start, setup.cases.kind[one]
    if start is None:
        return at_the_beginning(kind.size)
    needs_approval = np.isin(setup.approval[kind], (COMMITTEE, DIRECT))
    most = setup.max_attempts[kind]
    found = pool_start(start.t0, start.state[one], start.since[one], start.before[one], most, needs_approval, tie)
    return found._replace(
        lasted=setup.works.column[one][found.begun[: found.in_work]],
        elected=setup.elects.column[one][found.electing],
        surveyed=np.empty(0) if start.surveyed is None else _surveyed(setup, one, start.surveyed),
    )


def _surveyed(setup: Setup, one: slice, surveyed: NDArray[np.float64]) -> NDArray[np.float64]:
    """When each unit was surveyed, cases' leads first; what was before the campaign was so when it began."""
    cases = setup.cases
    begin, end = cases.unit_start[one.start], cases.unit_start[one.stop]
    lead = np.zeros(end - begin, dtype=bool)
    lead[setup.lead_unit[one] - begin] = True
    others = cases.unit_row[begin:end][~lead]
    when: NDArray[np.float64] = surveyed[np.concatenate([cases.lead[one], others])]
    return np.maximum(when, 0.0)


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
