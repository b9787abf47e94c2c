"""An estimated share with its interval."""

from __future__ import annotations

import math
from typing import NamedTuple, Self

from workbench.numbers import chance_words

#: The standard normal's 97.5 % point: intervals are 95 %.
Z95 = 1.959963984540054


class Estimate(NamedTuple):
    """A value and its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return chance_words(self)

    @property
    def trials(self) -> int:
        """How many simulations it counts; 0 where it is no count."""
        return 0


class Proportion(Estimate):
    """A share of so many trials, which it remembers: of none it says so, and of how many.

    >>> print(wilson(0, 1000))
    in 0 of 1,000 simulations
    """

    trials: int = 0

    def __new__(cls, value: float, low: float, high: float, trials: int = 0) -> Self:
        """Keep the number of trials beside value and interval."""
        self = super().__new__(cls, value, low, high)
        self.trials = trials
        return self


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
    return Proportion(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)), trials)
