"""The best allocation of a sum over responsible units, for every total: dynamic programming, exact (MODEL §9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import kernel
from workbench.planning.allocation.options import Options
from workbench.planning.allocation.watch import Tick, unwatched


@dataclass(frozen=True, eq=False)
class Optimum:
    """Best allocations for every total.

    value : float64 (totals + 1,), the sum over responsible units; -inf where the limits forbid a total.
    worked : float64 (totals + 1,), organizations with work, which decide between equal values.
    choice : int32 (responsible units, totals + 1), instructors of the responsible unit in the best allocation of its
    prefix.
    """

    value: NDArray[np.float64]
    worked: NDArray[np.float64]
    choice: NDArray[np.int32]

    def allocation(self, total: int) -> NDArray[np.int64]:
        """The best allocation of at most `total`; of equally good ones, one with the fewest."""
        value = self.value[: total + 1]
        left = int(np.argmax(np.where(value == value.max(), self.worked[: total + 1], -np.inf)))
        chosen = np.zeros(len(self.choice), dtype=np.int64)
        for responsible in range(len(self.choice) - 1, -1, -1):
            chosen[responsible] = self.choice[responsible, left]
            left -= chosen[responsible]
        return chosen

    def at_most(self) -> NDArray[np.float64]:
        """The value of the best allocation of at most each total."""
        return np.asarray(np.maximum.accumulate(self.value))


def best_of_sums(options: Options, values: NDArray[np.float64], top: int, tick: Tick = unwatched) -> Optimum:
    """The greatest sum of one value a responsible unit, for every total up to `top`, whatever shape the values have.

    Of equal sums the one with most work coverage, and of those the fewest instructors.

    Parameters
    ----------
    values
        float64 (rows,), what each number of instructors in each responsible unit is worth. Sums of whole numbers are
        exact, so that equal allocations are equal.
    tick
        called after each responsible unit; what it raises ends the search.
    """
    choice = np.zeros((options.responsible_units, top + 1), np.int32)
    works = options.work_sums.astype(np.float64)
    value, worked = np.full(top + 1, -np.inf), np.full(top + 1, -np.inf)
    value[0] = worked[0] = 0.0
    reach = 0
    for code, (least, most) in enumerate(zip(options.least.tolist(), options.most.tolist(), strict=True)):
        tick()
        value, worked = _with_one_more(
            values, works, options.first[code], least, most, reach, value, worked, choice[code]
        )
        reach = min(reach + most, top)
    return Optimum(value, worked, choice)


def best_in_expectation(options: Options, top: int, tick: Tick = unwatched) -> Optimum:
    """The best mean coverage of the sample for every total up to `top`; values are summed over replications."""
    return best_of_sums(options, options.sums.astype(np.float64), top, tick)


@kernel
def _with_one_more(values, works, first, least, most, reach, value, worked, choice):
    """Fill a responsible unit's `choice`; gives the values of the best allocations with it, and their work."""
    totals = choice.size
    best, best_worked = np.full(totals, -np.inf), np.full(totals, -np.inf)
    # The smaller number stays where two are equally good.
    for number in range(least, min(most, totals - 1) + 1):
        row = first + number - least
        for before in range(min(reach, totals - 1 - number) + 1):
            candidate, its_work = value[before] + values[row], worked[before] + works[row]
            after = before + number
            if candidate > best[after] or (candidate == best[after] and its_work > best_worked[after]):
                best[after], best_worked[after] = candidate, its_work
                choice[after] = number
    return best, best_worked
