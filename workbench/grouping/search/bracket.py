"""What is known of the best grouping of one part: an answer, and the bound that none is better than."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from workbench.grouping.models import Solution
from workbench.grouping.patterns import lifted, step_of
from workbench.grouping.problem import Core, Ints
from workbench.grouping.search.monitor import Monitor
from workbench.grouping.tolerances import SAME_COST, SOLVER_COST


@dataclass(kw_only=True)
class Bracket:
    """The best answer so far, and the bounds; whoever is told of them says whether to go on.

    Attributes
    ----------
    core, monitor, part, gap
        what to solve, whom to tell (as which part), and how near to a bound is near enough.
    chosen
        the best assignment so far; (n,) facility of each item, -1 where left out.
    covered, cost
        its figures.
    covered_bound, cost_bound
        the proofs; `cost_bound` is for covering at least `covered` units.
    """

    core: Core
    monitor: Monitor
    part: int
    gap: float
    chosen: Ints
    covered: int = 0
    cost: float = 0.0
    covered_bound: int = 0
    cost_bound: float = 0.0
    _step: float = 0.0
    _bounds: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn what costs are multiples of."""
        self._step = step_of(np.concatenate([self.core.opening, self.core.cost]))

    def seconds_left(self) -> float:
        """Until the time limit; none where told to stop."""
        return self.monitor.left if self.monitor.go_on() else 0.0

    @property
    def everybody(self) -> int:
        """Units of the part."""
        return int(self.core.size.sum())

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.covered == self.covered_bound and self.cost <= self.cost_bound * (1 + SAME_COST) + SAME_COST

    def close_enough(self) -> bool:
        """Whether the gap asked for is reached."""
        if self.proven:
            return True
        return self.covered == self.covered_bound and self.cost <= self.cost_bound * (1 + self.gap)

    def tell(self, done: float) -> bool:
        """Report, and hear whether to go on."""
        return self.monitor.report(self.part, covered=self.covered, covered_bound=self.covered_bound, cost=self.cost,
                                   cost_bound=min(self.cost_bound, self.cost), done=done)  # fmt: skip

    def offer(self, chosen: Ints | None) -> None:
        """Keep an assignment if it is better: more units, or as many at less cost."""
        if chosen is None:
            return
        covered, cost = self.core.total(chosen)
        if (covered, -cost) > (self.covered, -self.cost):
            if covered > self.covered:
                # What was proven for fewer units holds for more: keep the best of what is known.
                self.cost_bound = max((bound for units, bound in self._bounds.items() if units <= covered), default=0.0)
            self.chosen, self.covered, self.cost = chosen, covered, cost

    def bound_at(self, at_least: int, bound: float) -> None:
        """Learn that covering `at_least` units costs at least `bound`: or the next cost that there can be."""
        bound = lifted(bound, self._step, self.core.items)
        self._bounds[at_least] = max(self._bounds.get(at_least, 0.0), bound)
        self.cost_bound = max((b for units, b in self._bounds.items() if units <= self.covered), default=0.0)

    def heard(self, at_least: int, bound: float) -> bool:
        """Take in a bound as it rises."""
        self.bound_at(at_least, bound)
        return self.tell(0.4) and not self.close_enough()

    def learn(self, found: Solution, upper: float) -> None:
        """Take in an answer whose bound holds for every assignment that costs less than `upper`."""
        bound = found.bound
        if found.chosen is not None and found.optimal:
            cost = self.core.total(found.chosen)[1]
            if bound >= cost - SOLVER_COST * (1 + cost):
                # The solver's figure is its own sum of nearly whole numbers; ours is exact.
                bound = cost
        self.offer(found.chosen)
        self.bound_at(self.covered, min(bound, upper))
