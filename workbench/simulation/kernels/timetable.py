"""When busy slots complete: buckets of time, the entries of each in a chain, and bits that say which are not empty.

As many buckets as needed to hold mostly one entry each: putting one in, finding the first and taking it out cost
the same for ten slots and for thousands.
"""

from __future__ import annotations

import numpy as np

from workbench.compiled import inlined
from workbench.simulation.kernels.bitset import NONE, add, least, remove

#: Buckets a slot, for completions spread over the campaign.
BUCKETS_A_SLOT = 16
LEAST_BUCKETS, MOST_BUCKETS = 64, 65536


def buckets_for(slots: int) -> int:
    """How many buckets for so many slots: whole words of 64."""
    return min(max(-(-slots * BUCKETS_A_SLOT // 64) * 64, LEAST_BUCKETS), MOST_BUCKETS)


@inlined
def _bucket(time, scale, chain):
    # A time below the horizon may be rounded up to it.
    return min(np.int64(time * scale), chain.size - 1)


@inlined
def put(time, item, scale, bits, chain, following):
    """Put an entry in; time · scale is its bucket."""
    bucket = _bucket(time, scale, chain)
    if (bits[bucket >> 6] >> np.uint64(bucket & 63)) & np.uint64(1):
        following[item] = chain[bucket]
    else:
        following[item] = NONE
        add(bits, bucket)
    chain[bucket] = item


@inlined
def first(start, times, bits, chain, following):
    """The entry of least time, or `NONE`; no entry lies in a word before `start`."""
    bucket = least(bits, start)
    if bucket == NONE:
        return NONE
    found = chain[bucket]
    item = following[found]
    while item != NONE:
        if times[item] < times[found]:
            found = item
        item = following[item]
    return found


@inlined
def take(item, time, scale, bits, chain, following):
    """Take an entry out."""
    bucket = _bucket(time, scale, chain)
    if chain[bucket] == item:
        chain[bucket] = following[item]
        if following[item] == NONE:
            remove(bits, bucket)
    else:
        before = chain[bucket]
        while following[before] != item:
            before = following[before]
        following[before] = following[item]
