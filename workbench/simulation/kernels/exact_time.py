"""Exact time (MODEL §3): everything that happens falls on a whole multiple of 2^-20 working day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Working days.
TICK = 2.0**-20


def to_ticks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to whole multiples of 2^-20 working day, half to even."""
    return np.rint(values / TICK) * TICK
