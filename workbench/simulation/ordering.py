"""Orders of cases: by rank, by release, by place in the queue. All are linear in practice."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import kernel


class Orders(NamedTuple):
    """Orders of the cases of one street and their work space: (n) cases."""

    given: NDArray[np.int64]  # (n) 0, 1, 2, …
    by_rank: NDArray[np.int64]  # (n)
    rank: NDArray[np.int64]  # (n)
    arrivals: NDArray[np.int64]  # (n) by (release, rank)
    queue: NDArray[np.int64]  # (n) by (class, release, rank)
    batch: NDArray[np.int64]  # (n)
    late: NDArray[np.int64]  # (n)
    bucket_of: NDArray[np.int64]  # (n)
    bucket_end: NDArray[np.int64]  # (n + 2)


def room_for_orders(cases: int) -> Orders:
    """Empty orders."""
    n = [np.arange(cases, dtype=np.int64) for _ in range(8)]
    return Orders(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], np.zeros(cases + 2, np.int64))


@kernel
def sort_by(key, tie, given, low, high, ordered, bucket_of, bucket_end):
    """Order the elements `given` by (key, tie).

    A counting sort into as many buckets as there are elements between low and high, and one above, then insertion
    within: linear where keys are spread, and where they are equal.

    Parameters
    ----------
    key : float64, one an element id; finite.
    tie : int64, one an element id; orders equal keys.
    given : int64 (n,), element ids in their present order.
    low, high : where most keys lie.
    ordered : int64 (n,), filled.
    bucket_of : int64, at least one an element id. Work space.
    bucket_end : int64, at least n + 2. Work space.
    """
    n = given.size
    scale = n / (high - low) if high > low else 0.0
    for b in range(n + 2):
        bucket_end[b] = 0
    for i in range(n):
        element = given[i]
        bucket = np.int64(max(0.0, min(np.float64(n), (key[element] - low) * scale)))
        bucket_of[element] = bucket
        bucket_end[bucket + 1] += 1
    for b in range(1, n + 1):
        bucket_end[b] += bucket_end[b - 1]
    for i in range(n):
        element = given[i]
        bucket = bucket_of[element]
        ordered[bucket_end[bucket]] = element
        bucket_end[bucket] += 1
    for i in range(1, n):
        element = ordered[i]
        value = key[element]
        j = i
        while j > 0 and (
            key[ordered[j - 1]] > value or (key[ordered[j - 1]] == value and tie[ordered[j - 1]] > tie[element])
        ):
            ordered[j] = ordered[j - 1]
            j -= 1
        ordered[j] = element


@kernel
def order_arrivals(release, by_rank, opening, arrivals, batch, late):
    """Order cases by (release, rank).

    Most are released on one of the two opening days, in order of rank as they stand; the others come by rank too,
    and that is nearly by release, since a case is released when the last of its units is surveyed.
    """
    early, second = opening.min(), opening.max()
    batched = others = first = 0
    for i in range(by_rank.size):
        case = by_rank[i]
        time = release[case]
        if time == early:
            arrivals[first] = case
            first += 1
        elif time == second:
            batch[batched] = case
            batched += 1
        else:
            j = others
            while j > 0 and release[late[j - 1]] > time:
                late[j] = late[j - 1]
                j -= 1
            late[j] = case
            others += 1
    # Nothing is released before the earlier opening: first its batch, then the late ones around the second batch.
    at = first
    i = 0
    while i < others and release[late[i]] < second:
        arrivals[at] = late[i]
        at += 1
        i += 1
    for b in range(batched):
        arrivals[at] = batch[b]
        at += 1
    for k in range(i, others):
        arrivals[at] = late[k]
        at += 1


@kernel
def order_queue(queue_class, class_start, arrivals, queue, class_next):
    """Order cases by class, equal ones as they arrive. `class_next` is work space of at least the classes."""
    for c in range(class_start.size - 1):
        class_next[c] = class_start[c]
    for i in range(arrivals.size):
        c = queue_class[arrivals[i]]
        queue[class_next[c]] = arrivals[i]
        class_next[c] += 1
