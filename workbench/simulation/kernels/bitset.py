"""A set of small integers as bits, with its least member: the waiting cases and the idle slots."""

from __future__ import annotations

import numpy as np
from numba.cpython.unsafe.numbers import trailing_zeros

from workbench.compiled import inlined

_ONE = np.uint64(1)
NONE = -1


@inlined
def add(bits, member):
    """Put `member` in."""
    bits[member >> 6] |= _ONE << np.uint64(member & 63)


@inlined
def remove(bits, member):
    """Take `member` out."""
    bits[member >> 6] &= ~(_ONE << np.uint64(member & 63))


@inlined
def least(bits, start):
    """The least member whose word is `start` or later, or `NONE`."""
    for word in range(start, bits.size):
        if bits[word]:
            return (word << 6) + np.int64(trailing_zeros(bits[word]))
    return NONE
