"""Orders of cases: by rank, by release, by place in the queue. All sorts are linear in practice."""

from __future__ import annotations

from workbench.simulation.compiled import kernel


@kernel
def sort_by(key, tie, given, low, high, ordered, bucket_of, bucket_end):
    """Order the elements `given` by (key, tie).

    A counting sort into as many buckets as there are elements between low and high, and as many above, then
    insertion within: linear where keys are spread, and where they are equal.

    Parameters
    ----------
    key : float64, one an element id; finite.
    tie : int64, one an element id; orders equal keys.
    given : int64 (n,), element ids in their present order.
    low, high : where most keys lie.
    ordered : int64 (n,), filled.
    bucket_of : int64, at least one an element id. Work space.
    bucket_end : int64 (2 n + 2,). Work space.
    """
    n = given.size
    if n == 0:
        return
    greatest = key[given[0]]
    for i in range(1, n):
        greatest = max(greatest, key[given[i]])
    scale = n / (high - low) if high > low else 0.0
    beyond = n / (greatest - high) if greatest > high else 0.0
    bucket_end[:] = 0
    for i in range(n):
        value = key[given[i]]
        if value <= high:
            bucket = max(0, min(n - 1, int((value - low) * scale)))
        else:
            bucket = n + min(n - 1, int((value - high) * beyond))
        bucket_of[given[i]] = bucket
        bucket_end[bucket + 1] += 1
    for b in range(1, 2 * n + 1):
        bucket_end[b] += bucket_end[b - 1]
    for i in range(n):
        bucket = bucket_of[given[i]]
        ordered[bucket_end[bucket]] = given[i]
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
def sort_by_class(of_class, classes, given, ordered, class_end):
    """Order the elements `given` by their class (0 … classes - 1), equal ones as they stand.

    `class_end` is int64 work space of at least classes + 1.
    """
    class_end[: classes + 1] = 0
    for i in range(given.size):
        class_end[of_class[given[i]] + 1] += 1
    for c in range(1, classes + 1):
        class_end[c] += class_end[c - 1]
    for i in range(given.size):
        c = of_class[given[i]]
        ordered[class_end[c]] = given[i]
        class_end[c] += 1
