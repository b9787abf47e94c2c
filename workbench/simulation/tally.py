"""What replications add up to: whole-number counters, so that any split of the work gives the same bits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import kernel
from workbench.simulation.cases import KINDS
from workbench.simulation.committee import FOUNDS, NO_APPROVAL

TICKS = 2.0**20
#: Stages of a case's way: waiting for an instructor, preparation (with retries), the committee, the election.
STAGES = ("dispatch", "preparation", "approval", "election")


class Times(NamedTuple):
    """What the kernel fills: (n) cases."""

    dispatched: NDArray[np.float64]
    filed: NDArray[np.float64]
    approved: NDArray[np.float64]
    formed: NDArray[np.float64]
    mass_org: NDArray[np.float64]
    attempts: NDArray[np.int64]


class Counters(NamedTuple):
    """What replications add up to; (s) streets or one for the city, (n) cases of the whole city.

    branches, works : int32 (s, R, days), organizations newly covered on that day; street by street, as they are filled.
    formed_on, dispatched_on : int32 (n, days).
    stage_ticks, stage_count : int64 (streets, kinds, stages).
    worked_ticks : int64 (streets), of slot time in work.
    """

    branches: NDArray[np.int32]
    works: NDArray[np.int32]
    formed_on: NDArray[np.int32]
    dispatched_on: NDArray[np.int32]
    stage_ticks: NDArray[np.int64]
    stage_count: NDArray[np.int64]
    worked_ticks: NDArray[np.int64]


def nought(replications: int, days: int, places: int, cases: int, streets: int) -> Counters:
    """Counters at nought."""
    return Counters(
        branches=np.zeros((places, replications, days), np.int32),
        works=np.zeros((places, replications, days), np.int32),
        formed_on=np.zeros((cases, days), np.int32),
        dispatched_on=np.zeros((cases, days), np.int32),
        stage_ticks=np.zeros((streets, len(KINDS), len(STAGES)), np.int64),
        stage_count=np.zeros((streets, len(KINDS), len(STAGES)), np.int64),
        worked_ticks=np.zeros(streets, np.int64),
    )


@kernel
def tally(
    kind_start,
    approval,
    counts_approval,
    release,
    dispatched_at,
    filed_at,
    approved_at,
    formed_at,
    founded_at,
    tally_start,
    tally_street,
    tally_units,
    tally_works,
    row,
    by_street,
    branches,
    works,
    formed_on,
    dispatched_on,
    ticks,
    count,
):
    """Add one replication's times to the counters. Sums of exact times are exact, in whatever order."""
    for kind in range(approval.size):
        rule = approval[kind]
        days0 = days1 = days2 = days3 = 0.0
        passed0 = passed1 = passed2 = passed3 = 0
        for case in range(kind_start[kind], kind_start[kind + 1]):
            dispatched = dispatched_at[case]
            if not dispatched >= 0.0:  # NaN: never
                continue
            day = np.int64(dispatched)
            dispatched_on[case, day] += 1
            for entry in range(tally_start[case], tally_start[case + 1]):
                works[tally_street[entry] if by_street else 0, row, day] += tally_works[entry]
            days0 += dispatched - release[case]
            passed0 += 1
            filed = founded_at[case] if rule == FOUNDS else filed_at[case]
            if not filed >= 0.0:
                continue
            days1 += filed - dispatched
            passed1 += 1
            if rule == FOUNDS:
                continue
            decided = filed if rule == NO_APPROVAL else approved_at[case]
            if not decided >= 0.0:
                continue
            days2 += decided - filed
            passed2 += 1
            formed = formed_at[case]
            if formed >= 0.0:
                days3 += formed - decided
                passed3 += 1
            counted = decided if counts_approval else formed
            if counted >= 0.0:
                day = np.int64(counted)
                formed_on[case, day] += 1
                for entry in range(tally_start[case], tally_start[case + 1]):
                    branches[tally_street[entry] if by_street else 0, row, day] += tally_units[entry]
        ticks[kind, 0] += np.int64(days0 * TICKS)
        ticks[kind, 1] += np.int64(days1 * TICKS)
        ticks[kind, 2] += np.int64(days2 * TICKS)
        ticks[kind, 3] += np.int64(days3 * TICKS)
        count[kind, 0] += passed0
        count[kind, 1] += passed1
        count[kind, 2] += passed2
        count[kind, 3] += passed3
