"""A bound on P for cities of any size: the total's limit becomes a price on every instructor (Lagrange; MODEL §9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import kernel
from workbench.planning.allocation.options import Options

#: Organizations that an instructor must bring to be worth sending, all prices tried.
PRICES = np.concatenate([[0.0], np.geomspace(0.02, 8.0, 40)])


@dataclass(frozen=True, eq=False)
class Priced:
    """What the responsible units bring at best in each replication when instructors cost something.

    Attributes
    ----------
    prices
        float64 (P,), organizations an instructor.
    values
        float64 (P, R), organizations less prices, of the numbers above the least ones.
    """

    prices: NDArray[np.float64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, options: Options, prices: NDArray[np.float64] = PRICES) -> Priced:
        """Every responsible unit's best at every price."""
        values = np.zeros((prices.size, options.replications))
        for responsible in range(options.responsible_units):
            begin = options.first[responsible]
            _add_best(options.branches, begin, options.most[responsible] - options.least[responsible], prices, values)
        return cls(prices, values)

    def reached(self, options: Options, total: int) -> int:
        """No allocation of at most `total` reaches the target in more replications than this."""
        spare = total - options.floor
        most = (self.values + self.prices[:, None] * spare).min(axis=0)
        # Counts are whole numbers; the small addition keeps rounding in the prices from cutting one off.
        return int((np.floor(most + 1e-6) >= options.needed).sum())


@kernel
def _add_best(rows, first, span, prices, values):
    """Add a responsible unit's best at every price to every replication."""
    best = np.zeros(rows.shape[1])
    for i in range(prices.size):
        price = prices[i]
        for r in range(best.size):
            best[r] = rows[first, r]
        for number in range(1, span + 1):
            cost = price * number
            row = rows[first + number]
            for r in range(best.size):
                best[r] = max(best[r], row[r] - cost)
        for r in range(best.size):
            values[i, r] += best[r]
