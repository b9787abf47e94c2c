"""Work space of the compiled kernel, and the times that it fills: made once and used for many calls."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels.timetable import buckets_for


class Space(NamedTuple):
    """Work space of dispatch, approval and the orders: (n) cases, (s) slots, (c) classes, (m) meetings."""

    queue: NDArray[np.int64]  # (n) cases that wait for their first attempt: each class in its slice
    head: NDArray[np.int64]  # (c) where the next case of a class is taken …
    end: NDArray[np.int64]  # (c) … and where the next one is put
    ready: NDArray[np.uint64]  # bits (c): classes of which a case waits
    waiting_since: NDArray[np.float64]  # (n) the release of the further attempt that a case waits for
    retries: NDArray[np.int64]  # (n) heap: cases that wait for a further attempt
    coming_time: NDArray[np.float64]  # (n + 1) heap: when failed cases are released again …
    coming_case: NDArray[np.int64]  # (n + 1) … and which they are
    idle: NDArray[np.int64]  # (s) slots of each window that are not at work
    working: NDArray[np.uint64]  # bits: buckets of time in which a slot completes …
    chain: NDArray[np.int64]  # … the first entry in each …
    following: NDArray[np.int64]  # (s) … and the next one in the same bucket
    busy_until: NDArray[np.float64]  # (s) when the slot of an entry completes …
    busy_window: NDArray[np.int64]  # (s) … and of which window it is
    free: NDArray[np.int64]  # (s) entries that are not in use
    before_committee: NDArray[np.int64]  # (n) cases before the committee
    in_order: NDArray[np.int64]  # (1, n) some of them by (filed, rank)
    first_meeting: NDArray[np.int64]  # (n) the meeting that may hear a case first
    coming_cases: NDArray[np.int64]  # (m + 1) cases that a meeting is the first to hear
    bucket_of: NDArray[np.int64]  # (n)
    bucket_end: NDArray[np.int64]  # (3 n + 16)


class Times(NamedTuple):
    """What happens to the (n) cases of a pool in (r) replications, and lists of the cases to which it happens."""

    dispatched: NDArray[np.float64]  # (r, n)
    filed: NDArray[np.float64]  # (r, n) the end of the successful attempt, whatever it leads to
    decided: NDArray[np.float64]  # (r, n) approved, or filed where nobody approves
    formed: NDArray[np.float64]  # (r, n)
    attempts: NDArray[np.int64]  # (r, n)
    hindered: NDArray[np.bool_]  # (r) whether more slots in the first window may change anything
    started: NDArray[np.int64]  # (r, n) which cases were dispatched …
    started_count: NDArray[np.int64]  # (r) … and how many
    finished: NDArray[np.int64]  # (r, n) those with filed
    finished_count: NDArray[np.int64]  # (r)
    passed: NDArray[np.int64]  # (r, n) those with decided
    passed_count: NDArray[np.int64]  # (r)
    covered: NDArray[np.int64]  # (r, n) those with formed
    covered_count: NDArray[np.int64]  # (r)
    called: NDArray[np.float64]  # (r, d) days of the meetings called on demand, in order …
    called_count: NDArray[np.int64]  # (r) … and how many they are


def work_space(cases: int, slots: int, meetings: int) -> Space:
    """Work space for up to so many cases, slots and meetings."""
    n, s, buckets = max(cases, 1), max(slots, 1), buckets_for(slots)

    def whole(size: int) -> NDArray[np.int64]:
        return np.zeros(size, np.int64)

    return Space(
        queue=whole(n),
        head=whole(n),
        end=whole(n),
        ready=np.zeros((n + 63) // 64, np.uint64),
        waiting_since=np.zeros(n),
        retries=whole(n),
        coming_time=np.zeros(n + 1),
        coming_case=whole(n + 1),
        idle=whole(s),
        working=np.zeros(buckets // 64, np.uint64),
        chain=whole(buckets),
        following=whole(s),
        busy_until=np.zeros(s),
        busy_window=whole(s),
        free=whole(s),
        before_committee=whole(n),
        in_order=np.zeros((1, n), np.int64),
        first_meeting=whole(n),
        coming_cases=whole(meetings + 1),
        bucket_of=whole(n),
        bucket_end=whole(3 * n + 16),
    )


def room_for_times(replications: int, cases: int, calls: int = 0) -> Times:
    """Empty times; `calls` is the most meetings that may be called on demand in a replication."""
    shape = (replications, max(cases, 1))

    def whole(shape: tuple[int, ...]) -> NDArray[np.int64]:
        return np.zeros(shape, np.int64)

    return Times(
        dispatched=np.zeros(shape),
        filed=np.zeros(shape),
        decided=np.zeros(shape),
        formed=np.zeros(shape),
        attempts=whole(shape),
        hindered=np.zeros(replications, np.bool_),
        started=whole(shape),
        started_count=whole((replications,)),
        finished=whole(shape),
        finished_count=whole((replications,)),
        passed=whole(shape),
        passed_count=whole((replications,)),
        covered=whole(shape),
        covered_count=whole((replications,)),
        called=np.zeros((replications, max(calls, 1))),
        called_count=whole((replications,)),
    )
