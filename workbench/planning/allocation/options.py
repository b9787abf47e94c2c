"""What each responsible unit may be given, and what that adds on the sample: the data of every search (MODEL §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.planning.desk import Responses
from workbench.targets import least_count


class Worth(NamedTuple):
    """What an allocation is worth on the sample, in the order in which it is judged.

    work : replications that reach the work target, as far as the condition asks for them; 0 without a condition.
    reached : replications that reach the organization target.
    covered : organizations covered in all replications together, beyond the start.
    worked : the same with work: of those equal so far, nobody stays at home who could be sent to somebody.
    home : minus the instructors sent: of equals, the cheaper one.
    """

    work: int
    reached: int
    covered: int
    worked: int
    home: int


@dataclass(frozen=True, eq=False)
class Options:
    """Every responsible unit's numbers of instructors within its limits, and what they add by the deadline.

    Attributes
    ----------
    least, most
        int64 (responsible units,), limits, the upper ones no higher than what a responsible unit can use.
    first
        int64 (responsible units,), the row of a responsible unit's least number; numbers follow one another.
    branches
        int32 (rows, R), organizations with a branch that a responsible unit's cases add.
    works
        int32 (rows, R), the same with work; (0, R) without a condition on work coverage.
    work_sums
        int64 (rows,), organizations with work in all replications together.
    needed, work_needed
        organizations to add to what there is at the start for the targets.
    work_wanted
        replications that must reach the work target; 0 without a condition.
    """

    least: NDArray[np.int64]
    most: NDArray[np.int64]
    first: NDArray[np.int64]
    branches: NDArray[np.int32]
    works: NDArray[np.int32]
    work_sums: NDArray[np.int64]
    needed: int
    work_needed: int
    work_wanted: int

    @classmethod
    def of(cls, sample: Responses, least: Sequence[int], most: Sequence[int], work: float | None = None) -> Options:
        """Take the responses from a sample; `work` is the least share of replications that reach the work target."""
        low, high = np.asarray(least, dtype=np.int64), np.asarray(most, dtype=np.int64)
        first = np.concatenate([[0], np.cumsum(high - low + 1)]).astype(np.int64)
        rows, count = int(first[-1]), sample.replications
        branches = np.empty((rows, count), np.int32)
        works = np.empty((0 if work is None else rows, count), np.int32)
        work_sums = np.empty(rows, np.int64)
        for responsible in range(low.size):
            added = sample.table(responsible, range(int(low[responsible]), int(high[responsible]) + 1))
            own = slice(int(first[responsible]), int(first[responsible + 1]))
            branches[own] = added.branches
            work_sums[own] = added.works.sum(axis=1, dtype=np.int64)
            if work is not None:
                works[own] = added.works
        targets = sample.setup.scenario.targets
        return cls(
            least=low,
            most=high,
            first=first[:-1],
            branches=branches,
            works=works,
            work_sums=work_sums,
            needed=least_count(targets.organization, sample.organizations) - sample.branches_at_start,
            work_needed=least_count(targets.work, sample.organizations) - sample.works_at_start,
            work_wanted=0 if work is None else least_count(work, count),
        )

    @cached_property
    def sums(self) -> NDArray[np.int64]:
        """Organizations with a branch in all replications together, int64 (rows,)."""
        return np.asarray(self.branches.sum(axis=1, dtype=np.int64))

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return int(self.branches.shape[1])

    @property
    def responsible_units(self) -> int:
        """How many responsible units there are."""
        return int(self.least.size)

    @property
    def floor(self) -> int:
        """The least total that the limits allow."""
        return int(self.least.sum())

    @property
    def top(self) -> int:
        """The greatest total that is of any use."""
        return int(self.most.sum())

    def rows(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of an allocation."""
        return np.asarray(self.first + chosen - self.least)

    def added(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """Organizations with a branch that an allocation adds, int64 (R,)."""
        return np.asarray(self.branches[self.rows(chosen)].sum(axis=0, dtype=np.int64))

    def worth(self, chosen: NDArray[np.int64]) -> Worth:
        """What an allocation is worth on the sample."""
        rows, added, work = self.rows(chosen), self.added(chosen), 0
        if self.work_wanted:
            works = self.works[rows].sum(axis=0, dtype=np.int64)
            work = min(int((works >= self.work_needed).sum()), self.work_wanted)
        reached, worked = int((added >= self.needed).sum()), int(self.work_sums[rows].sum())
        return Worth(work, reached, int(added.sum()), worked, -int(chosen.sum()))

    def fits(self, chosen: NDArray[np.int64], total: int) -> bool:
        """Whether an allocation keeps limits and total."""
        return bool((chosen >= self.least).all() and (chosen <= self.most).all() and chosen.sum() <= total)
