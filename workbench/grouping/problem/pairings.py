"""Pairings looked up and put in order: where one stands, which are an item's, which comes first.

Compiled: a nation has some twenty million, which take long to compare with each other, and much room for what is made
on the way.
"""

from __future__ import annotations

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.problem.places import Ints


def in_order(first: Ints, second: Ints) -> Ints:
    """Where pairs of whole numbers from nought up stand in order of the first, then of the second; equals as given."""
    by_second = pairings_by(second, int(second.max(initial=-1)) + 1)[1]
    by_both = pairings_by(first[by_second], int(first.max(initial=-1)) + 1)[1]
    order: Ints = by_second[by_both]
    return order


@kernel
def pairings_at(start, other, one, wanted):  # type: ignore[no-untyped-def]
    """Where each one's pairing with what is wanted stands, -1 where it has none: its own are halved.

    The pairings of k are ``start[k]:start[k + 1]``, what they pair it with (`other`) ascending.
    """
    at = np.full(len(wanted), -1, np.int64)
    for k in range(len(wanted)):
        low, high = start[one[k]], start[one[k] + 1]
        end = high
        while low < high:
            middle = (low + high) // 2
            if other[middle] < wanted[k]:
                low = middle + 1
            else:
                high = middle
        if low < end and other[low] == wanted[k]:
            at[k] = low
    return at


@kernel
def pairings_by(number, count):  # type: ignore[no-untyped-def]
    """The pairings of each number below `count` in their order, counted, not compared: starts, and pairings."""
    start = np.zeros(count + 1, np.int64)
    for k in range(len(number)):
        start[number[k] + 1] += 1
    for k in range(count):
        start[k + 1] += start[k]
    place = start.copy()
    pairings = np.empty(len(number), np.int64)
    for k in range(len(number)):
        pairings[place[number[k]]] = k
        place[number[k]] += 1
    return start, pairings
