"""An estimated share with its interval."""

from __future__ import annotations

import math
from typing import NamedTuple

#: The standard normal's 97.5 % point: intervals are 95 %.
Z95 = 1.959963984540054


class Estimate(NamedTuple):
    """A value and its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1%} [{self.low:.1%}, {self.high:.1%}]"


def wilson(hits: int, trials: int, z: float = Z95) -> Estimate:
    """The Wilson score interval of a share (Wilson 1927).

    It covers Monte Carlo noise only: how far the share found in so many replications may be from the model's.

    >>> print(wilson(940, 1000))
    94.0% [92.4%, 95.3%]
    """
    if trials < 1:
        raise ValueError(f"trials = {trials}: must be at least 1")
    share = hits / trials
    spread = z * z / trials
    centre = (share + spread / 2.0) / (1.0 + spread)
    half = z / (1.0 + spread) * math.sqrt(share * (1.0 - share) / trials + spread / (4.0 * trials))
    return Estimate(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))
