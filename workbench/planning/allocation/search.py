"""The likeliest allocation of a total, and the fewest instructors for a confidence: searched, and proven where small.

What can be summed over responsible units is exact by dynamic programming; P(target) cannot. So the search improves
many starts: the best in expectation, the best for replications near the target, and simple rules. On small cities
branch and bound ends it with a proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbench.planning.allocation.branch_and_bound import (
    MOST_ADDITIONS,
    TreeSearch,
    foresight,
    foresight_cost,
    prove,
    tractable,
)
from workbench.planning.allocation.dynamic import Optimum, best_in_expectation, best_of_sums
from workbench.planning.allocation.exchange import exchange
from workbench.planning.allocation.lagrangian import Priced
from workbench.planning.allocation.options import Options, Worth
from workbench.planning.allocation.watch import Tick, unwatched

#: How far from the target a replication may be to count in a start, in standard deviations of coverage.
TARGET_BANDS = (2.0, 1.0, 0.5, 0.25)
#: Instructors that one move may take or give, once single ones find nothing better.
LARGEST_MOVE = 3
#: Comparisons that exchanging from every total may cost; above, the curve holds the best in expectation only.
MOST_COMPARISONS = 2_000_000_000

#: Comparisons of one sweep over all moves, above which only the few best starts are improved, by single moves.
LARGE_SWEEP = 20_000_000
STARTS_OF_LARGE_CITIES = 3

Chosen = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Found:
    """An allocation and its worth on the sample.

    proven : what was asked for is proven: none of the total is worth more, or no fewer instructors are enough.
    likeliest : whether none of the total is worth more.
    """

    chosen: Chosen
    worth: Worth
    proven: bool
    likeliest: bool


@dataclass(frozen=True, eq=False)
class Search:
    """A search on one sample.

    Attributes
    ----------
    options
        what each responsible unit may be given.
    top
        no total is above it.
    shares
        allocations by simple rules for `top`, to start from.
    tick
        called several times a second; what it raises ends the search.
    """

    options: Options
    top: int
    shares: tuple[Chosen, ...] = ()
    tick: Tick = unwatched

    @cached_property
    def optimum(self) -> Optimum:
        """The best in expectation for every total."""
        return best_in_expectation(self.options, self.top, self.tick)

    # --- A total ------------------------------------------------------------------------------------------------

    def most(self, total: int, starts: Iterable[Chosen] = ()) -> Found:
        """The allocation of at most `total` that is worth most."""
        best = self._exchanged(total, [*self._starts(total), *starts])
        proof = self._proof(best, total)
        # Of equals the cheapest: sent home one by one.
        chosen = self._improved(proof.chosen, total)
        return Found(chosen, self.options.worth(chosen), proof.proven, proof.proven)

    def _starts(self, total: int) -> Iterable[Chosen]:
        optimum, options = self.optimum, self.options
        below = {total, total - 1, total - 2, total - total // 4}
        yield from (optimum.allocation(each) for each in sorted(below, reverse=True) if each >= options.floor)
        yield from (each for each in self.shares if options.fits(each, total))
        start = optimum.allocation(total)
        for band in TARGET_BANDS:
            start = self._near(start, band, total)
            yield start
        if options.work_wanted:
            # Between the two coverages: what is best for work alone, and for both in equal parts.
            for part in (0, 1):
                values = (options.work_sums + part * options.sums).astype(np.float64)
                yield best_of_sums(options, values, total, self.tick).allocation(total)

    def _near(self, chosen: Chosen, band: float, total: int) -> Chosen:
        """The best in expectation over replications that `chosen` brings near the target, the nearest first."""
        slack = (self.options.added(chosen) - self.options.needed).astype(np.float64)
        width = max(float(slack.std()) * band, 0.5)
        weight = np.exp(-0.5 * (slack / width) ** 2).astype(np.float32)
        values = (self.options.branches @ weight).astype(np.float64)
        return best_of_sums(self.options, values, total, self.tick).allocation(total)

    def _exchanged(self, total: int, starts: Iterable[Chosen]) -> Chosen:
        """The best that exchanging from several starts finds; the best of them is improved further, by larger moves."""
        options = self.options
        distinct = {start.tobytes(): start for start in starts}
        large = options.responsible_units**2 * options.replications > LARGE_SWEEP
        if large:
            # The best start is among them: what is found is never below any start.
            ranked = sorted(distinct.values(), key=options.worth, reverse=True)
            distinct = {start.tobytes(): start for start in ranked[:STARTS_OF_LARGE_CITIES]}
        ends = {end.tobytes(): end for end in (self._improved(start, total) for start in distinct.values())}
        best = max(ends.values(), key=options.worth)
        return best if large else self._improved(best, total, LARGEST_MOVE)

    def _improved(self, start: Chosen, total: int, step: int = 1) -> Chosen:
        return exchange(self.options, start, total, step, self.tick)

    def _proof(self, best: Chosen, total: int, above: int | None = None) -> TreeSearch:
        if not tractable(self.options, total):
            return TreeSearch(best, False)
        return prove(self.options, best, total, above)

    # --- What bounds it -----------------------------------------------------------------------------------------

    @cached_property
    def bounds(self) -> NDArray[np.int64]:
        """For every total up to `top` a number of replications that none reaches the target in more of; -1 where the
        limits forbid the total."""
        options, bounds = self.options, np.full(self.top + 1, -1, dtype=np.int64)
        if foresight_cost(options, self.top) <= MOST_ADDITIONS:
            reached = foresight(options, self.top, self.tick)
            bounds[options.floor : options.floor + reached.size] = reached
            bounds[options.floor + reached.size :] = reached[-1]
            return bounds
        priced = Priced.of(options)
        for total in range(options.floor, self.top + 1):
            self.tick()
            bounds[total] = priced.reached(options, total)
        return bounds

    # --- Every total --------------------------------------------------------------------------------------------

    @cached_property
    def by_total(self) -> dict[int, tuple[Worth, Chosen]]:
        """The best found of at most each total, from the limits' least up."""
        options, found = self.options, {}
        cost = options.responsible_units**2 * options.replications * (self.top - options.floor + 1) * 4
        last: tuple[Worth, Chosen] | None = None
        for total in range(options.floor, self.top + 1):
            self.tick()
            chosen = self.optimum.allocation(total)
            if last is None or chosen.tobytes() != last[1].tobytes():
                here = (options.worth(chosen), chosen)
                if cost <= MOST_COMPARISONS:
                    starts = [chosen] if last is None else [chosen, last[1]]
                    here = max(((options.worth(end), end) for end in (self._improved(s, total) for s in starts)),
                               key=lambda one: one[0])  # fmt: skip
                last = here if last is None or here[0] > last[0] else last
            found[total] = last
        return found

    # --- The fewest ---------------------------------------------------------------------------------------------

    def fewest(self, wanted: int) -> tuple[Found, bool]:
        """The fewest instructors that reach the target in `wanted` replications (and the work target, as often as
        asked), and whether any do; where none do, the allocation that is worth most."""
        options, enough = self.options, (self.options.work_wanted, wanted)
        able = np.flatnonzero(self.bounds >= wanted)
        lowest = int(able[0]) if able.size else self.top + 1
        reaching = [total for total, (worth, _) in self.by_total.items() if worth[:2] >= enough and total >= lowest]
        if reaching:
            best = self.by_total[reaching[0]][1]
        else:
            top = self.most(self.top)
            if top.worth[:2] < enough:
                return top, False
            best = top.chosen
        proven = int(best.sum()) <= lowest
        while not proven:
            total = int(best.sum()) - 1
            fewer = self._fewer(best, total, wanted)
            if options.worth(fewer.chosen)[:2] < enough:
                proven = fewer.proven
                break
            best = fewer.chosen
            proven = int(best.sum()) <= lowest
        # As few, and of those the likeliest.
        likeliest = self.most(int(best.sum()), [best])
        return Found(likeliest.chosen, likeliest.worth, proven, likeliest.proven), True

    def bounds_with(self, found: Found, total: int, wanted: int | None = None) -> NDArray[np.int64]:
        """The bounds, no looser than what was proven of the allocation found.

        Parameters
        ----------
        total
            the total that `found` is for.
        wanted
            replications that it was to reach the target in, where it is the fewest that do.
        """
        bounds = self.bounds.copy()
        # With a condition on work the proof says nothing of allocations that miss it.
        if self.options.work_wanted == 0:
            if found.likeliest:
                bounds[: total + 1] = np.minimum(bounds[: total + 1], found.worth.reached)
            if found.proven and wanted is not None:
                fewer = bounds[: int(found.chosen.sum())]
                np.minimum(fewer, wanted - 1, out=fewer)
        return bounds

    def _fewer(self, best: Chosen, total: int, wanted: int) -> TreeSearch:
        """An allocation of at most `total` that reaches as much, or the best attempt; proven where there is none."""
        options, enough = self.options, (self.options.work_wanted, wanted)
        found = self.by_total[total][1]
        takers = np.flatnonzero(best > options.least)
        without = [best - (np.arange(best.size) == responsible) for responsible in takers]
        starts = [found, *([max(without, key=options.worth)] if without else [])]
        for attempt in (starts, self._starts(total)):
            chosen = self._exchanged(total, [*attempt, found])
            if options.worth(chosen)[:2] >= enough:
                return TreeSearch(chosen, True)
        return self._proof(chosen, total, above=wanted - 1)
