"""What replications add up to: whole-number counters, so that any split of the work gives the same bits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import bare_kernel, inlined
from workbench.inputs.scenario import CASE_KINDS

TICKS = 2.0**20
#: Of which replications the lengths of waits are counted: of the first so many, then of each of so many.
WATCHED_AT_FIRST, WATCHED_EACH = 256, 8
#: Stages of a case's way: waiting for an instructor, preparation (with retries), the committee, the election.
STAGES = ("dispatch", "preparation", "approval", "election")


class Counters(NamedTuple):
    """What replications add up to; (s) responsible units or one for the city, (n) cases of the whole city.

    branches, works : int32 (s, R, days), organizations newly covered on that day; responsible unit by responsible unit,
    as they are filled. formed_on, dispatched_on : int32 (n, days); added up, uint16 where no more replications can be.
    stage_ticks, stage_count : int64 (responsible units, kinds, stages).
    worked_ticks : int64 (responsible units), of slot time in work.
    moved : int32 (kinds, stages, days, days), cases by the days on which they came to a stage and got through it;
    came : int64 (kinds, days), cases released on that day; lost : int64 (kinds, days), those among the dispatched of
    that day whose attempts all fail. Of some replications (`_is_watched`); without days where nobody asks for them.
    """

    branches: NDArray[np.int32]
    works: NDArray[np.int32]
    formed_on: NDArray[np.integer]
    dispatched_on: NDArray[np.integer]
    stage_ticks: NDArray[np.int64]
    stage_count: NDArray[np.int64]
    worked_ticks: NDArray[np.int64]
    moved: NDArray[np.int32]
    came: NDArray[np.int64]
    lost: NDArray[np.int64]


def case_counts(replications: int) -> type[np.uint16 | np.int32]:
    """What counts a case's replications by day: for a province this is most of what an outcome takes in memory."""
    return np.uint16 if replications < 2**16 else np.int32


def empty_counters(
    replications: int,
    days: int,
    places: int,
    cases: int,
    responsible_units: int,
    case_days: type[np.uint16 | np.int32] = np.int32,
    waits: bool = True,
) -> Counters:
    """Counters at nothing; `case_days` is the type of the cases' days, `waits`: whether stages are counted by day."""
    waited = days if waits else 0
    return Counters(
        branches=np.zeros((places, replications, days), np.int32),
        works=np.zeros((places, replications, days), np.int32),
        formed_on=np.zeros((cases, days), case_days),
        dispatched_on=np.zeros((cases, days), case_days),
        stage_ticks=np.zeros((responsible_units, len(CASE_KINDS), len(STAGES)), np.int64),
        stage_count=np.zeros((responsible_units, len(CASE_KINDS), len(STAGES)), np.int64),
        worked_ticks=np.zeros(responsible_units, np.int64),
        moved=np.zeros((len(CASE_KINDS), len(STAGES), waited, waited), np.int32),
        came=np.zeros((len(CASE_KINDS), waited), np.int64),
        lost=np.zeros((len(CASE_KINDS), waited), np.int64),
    )


@inlined
def _day_of(time):
    # What was before the first day that is simulated counts as its morning.
    return max(np.int64(time), np.int64(0))


@inlined
def _is_watched(replication):
    """Whether the lengths of waits are counted in a replication: known by its number, however the work is split.

    They correct means that are counted everywhere, and cost several times as much as all else that is counted.
    """
    return replication < WATCHED_AT_FIRST or replication % WATCHED_EACH == 0


@bare_kernel
def tally(rows, coverage, rules, draws, most, times, first, begin, by_responsible, responsible, first_case, counters):
    """Add what happened in `rows` replications, from first + `begin` on, to the counters from `begin` on.

    `most` is the most attempts of each case, `responsible` the number of the responsible unit and `first_case` that of
    its first case. Sums of exact times are exact, in whatever order.
    """
    counts_approval, assigned_on = rules.counts_approval, rules.assigned_on
    release, success, attempts = draws.release, draws.success, times.attempts
    kind_of, own_units, own_works = coverage.kind, coverage.units, coverage.works
    other_start, other_responsible = coverage.other_start, coverage.other_responsible
    other_units, other_works = coverage.other_units, coverage.other_works
    early, other_early = coverage.early, coverage.other_early
    dispatched_at, filed_at, decided_at, formed_at = times.dispatched, times.filed, times.decided, times.formed
    started, finished, passed, covered = times.started, times.finished, times.passed, times.covered
    started_count, finished_count = times.started_count, times.finished_count
    passed_count, covered_count = times.passed_count, times.covered_count
    branches, works = counters.branches, counters.works
    formed_on, dispatched_on = counters.formed_on, counters.dispatched_on
    ticks, count = counters.stage_ticks, counters.stage_count
    moved, came, lost = counters.moved, counters.came, counters.lost
    days = came.shape[1]
    place = responsible if by_responsible else 0
    if counts_approval:
        counted, counted_count, counted_at = passed, passed_count, decided_at
    else:
        counted, counted_count, counted_at = covered, covered_count, formed_at
    for row in range(rows):
        watched = days > 0 and _is_watched(first + begin + row)
        if watched:
            for case in range(kind_of.size):
                if release[row, case] < days:
                    came[kind_of[case], _day_of(release[row, case])] += 1
        for i in range(started_count[row]):
            case = started[row, i]
            dispatched = dispatched_at[row, case]
            day = np.int64(dispatched)
            kind = kind_of[case]
            dispatched_on[first_case + case, day] += 1
            works[place, begin + row, day] += own_works[case]
            ticks[responsible, kind, 0] += np.int64((dispatched - release[row, case]) * TICKS)
            count[responsible, kind, 0] += 1
            if watched:
                moved[kind, 0, _day_of(release[row, case]), _day_of(dispatched)] += 1
                if attempts[row, case] == most[case] and not success[most[case] - 1, row, case]:
                    lost[kind, _day_of(dispatched)] += 1
            for entry in range(other_start[case], other_start[case + 1]):
                works[other_responsible[entry] if by_responsible else 0, begin + row, day] += other_works[entry]
            if day < assigned_on:
                # Those who will have an instructor assigned have one already: until then they count here.
                works[place, begin + row, day] += early[case]
                works[place, begin + row, assigned_on] -= early[case]
                for entry in range(other_start[case], other_start[case + 1]):
                    where = other_responsible[entry] if by_responsible else 0
                    works[where, begin + row, day] += other_early[entry]
                    works[where, begin + row, assigned_on] -= other_early[entry]
        for i in range(finished_count[row]):
            case = finished[row, i]
            kind = kind_of[case]
            ticks[responsible, kind, 1] += np.int64((filed_at[row, case] - dispatched_at[row, case]) * TICKS)
            count[responsible, kind, 1] += 1
            if watched:
                moved[kind, 1, _day_of(dispatched_at[row, case]), _day_of(filed_at[row, case])] += 1
        for i in range(passed_count[row]):
            case = passed[row, i]
            kind = kind_of[case]
            ticks[responsible, kind, 2] += np.int64((decided_at[row, case] - filed_at[row, case]) * TICKS)
            count[responsible, kind, 2] += 1
            if watched:
                moved[kind, 2, _day_of(filed_at[row, case]), _day_of(decided_at[row, case])] += 1
        for i in range(covered_count[row]):
            case = covered[row, i]
            kind = kind_of[case]
            ticks[responsible, kind, 3] += np.int64((formed_at[row, case] - decided_at[row, case]) * TICKS)
            count[responsible, kind, 3] += 1
            if watched:
                moved[kind, 3, _day_of(decided_at[row, case]), _day_of(formed_at[row, case])] += 1
        for i in range(counted_count[row]):
            case = counted[row, i]
            day = np.int64(counted_at[row, case])
            formed_on[first_case + case, day] += 1
            branches[place, begin + row, day] += own_units[case]
            for entry in range(other_start[case], other_start[case + 1]):
                branches[other_responsible[entry] if by_responsible else 0, begin + row, day] += other_units[entry]
