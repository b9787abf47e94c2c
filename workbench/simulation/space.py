"""Work space of the compiled kernel, made once and used for many calls."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Space(NamedTuple):
    """Work space of `work_through` and `decide`: (n) cases, (s) slots."""

    place: NDArray[np.int64]  # (n) case -> place in the queue
    waiting: NDArray[np.uint64]  # bits (n): places whose case waits for its first attempt
    waiting_since: NDArray[np.float64]  # (n) the release of the attempt a case waits for
    retries: NDArray[np.int64]  # (n) heap: cases that wait for a further attempt
    coming_time: NDArray[np.float64]  # (n) heap: when failed cases are released again …
    coming_case: NDArray[np.int64]  # (n) … and which they are
    idle: NDArray[np.int64]  # (s) slots of each window that are not at work
    busy_until: NDArray[np.float64]  # (s) heap: when busy slots complete …
    busy_window: NDArray[np.int64]  # (s) … and whose they are
    filed_cases: NDArray[np.int64]  # (n) cases before the committee
    heard_order: NDArray[np.int64]  # (n) the same by (filed, rank)
    first_meeting: NDArray[np.int64]  # (n) the meeting that may hear a case first
    bucket_of: NDArray[np.int64]  # (n)
    bucket_end: NDArray[np.int64]  # (n + 2)
    coming_cases: NDArray[np.int64]  # (m) cases that a meeting is the first to hear


def work_space(cases: int, slots: int, meetings: int) -> Space:
    """Work space for up to so many cases, slots and meetings."""
    n, s = max(cases, 1), max(slots, 1)

    def whole(size: int) -> NDArray[np.int64]:
        return np.empty(size, np.int64)

    return Space(
        whole(n),
        np.empty((n + 63) // 64, np.uint64),
        np.empty(n),
        whole(n),
        np.empty(n),
        whole(n),
        whole(s),
        np.empty(s),
        whole(s),
        whole(n),
        whole(n),
        whole(n),
        whole(n),
        whole(n + 2),
        whole(max(meetings, 1)),
    )
