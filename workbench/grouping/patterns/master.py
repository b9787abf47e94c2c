"""How often to take each pattern: a linear programme in HiGHS that grows by the patterns its prices ask for.

Rows: each type's items in patterns, left out, or missing (at a cost that no best answer pays); a facility that nobody
leads once; units left out. What is fixed of an answer is taken off the rows, and the rest is priced again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from workbench.grouping.models import Watch, quiet_solver, run
from workbench.grouping.patterns.item_types import ItemTypes, lifted
from workbench.grouping.patterns.patterns import Patterns, best_patterns, joined, rooms
from workbench.grouping.problem import Floats, Ints
from workbench.grouping.tolerances import BROKEN_CUT, SAME_COST

#: Rounds of prices at most.
PRICE_ROUNDS = 1_000
#: Rounds of cuts at most.
CUTS = 30
#: Shares whose multiples are rounded up in cuts: all with a denominator up to five.
SHARES = ((1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5))
UP, DOWN = np.array(SHARES).T


@dataclass(frozen=True, eq=False)
class PatternPrices:
    """What the relaxation's rows are worth.

    Attributes
    ----------
    item
        (k,), an item of each type.
    once
        (s,), at most 0, facilities that nobody leads.
    spare
        at most 0, a unit left out.
    cuts
        >= 0, one for each.
    worth
        (k, c) what a group is worth for c items of a type: their prices, and those of the cuts on it.
    """

    item: Floats
    once: Floats
    spare: float
    cuts: Floats
    worth: Floats

    def slack(self, patterns: Patterns) -> Floats:
        """What each pattern costs beyond what its items are worth."""
        number, kind, held = contents(patterns, len(self.item))
        worth = np.bincount(number, self.worth[kind, held], len(patterns))
        return np.asarray(patterns.cost - self.once[patterns.facility] - worth)


class Master:
    """The programme over patterns; `pool` are its patterns, in the order of its columns.

    Parameters
    ----------
    types
        with the counts that are to be grouped.
    spare
        units that may be left out.
    pool
        patterns to begin with; each fits the counts.
    options
        of HiGHS.
    left
        says how many seconds are left.
    """

    def __init__(self, types: ItemTypes, spare: int, pool: Patterns, options: dict[str, bool | float | str],
                 left: Callable[[], float]) -> None:  # fmt: skip
        self.types, self.spare, self.left = types, spare, left
        self.step = types.step
        self.options = options
        self.open = np.ones(len(types.lead), np.bool_)
        self.relaxed = -np.inf
        self._alone = np.flatnonzero(types.lead < 0)
        self._row_of = np.full(len(types.lead), -1, np.int64)
        self._row_of[self._alone] = len(types.count) + np.arange(len(self._alone))
        dearest = float(types.cost[np.isfinite(types.cost)].max(initial=0.0))
        self._missing = 2.0 * (1.0 + float(types.opening.max(initial=0.0)) + 5 * dearest)
        self.cuts = np.zeros((0, 2), np.int64)
        self.pool = pool
        self.solver = self._built(pool, options)

    def tighten(self, enough: float = np.inf) -> bool:
        """Price, cut and price again, until no cut is broken or the bound is `enough`; False where given up."""
        if not self.price(enough):
            return False
        for _ in range(CUTS):
            if self.bound >= enough or not self.cut() or not self.price(enough):
                break
        return True

    def price(self, enough: float = np.inf, rounds: int = PRICE_ROUNDS) -> bool | None:
        """Make patterns until none is worth more than it costs, or the bound is `enough`; whether it came to that.

        None where given up.
        """
        import highspy

        for turn in range(rounds):
            # HiGHS counts the seconds of all its runs.
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + self.left())
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            prices = self._prices()
            found = best_patterns(self.types, prices.worth, np.where(self.open, -prices.once, np.inf))
            if found is None:
                return None
            proven = self._proven(prices, found)
            if proven > self.relaxed:
                self.prices, self.relaxed = prices, proven
            found = found.some(np.flatnonzero(found.slack < -SAME_COST))
            if len(found) == 0 or self.bound >= enough:
                return True
            if turn + 1 < rounds:
                self._add(self.solver, found)
                self.pool = joined(self.pool, found)
        return False

    @property
    def bound(self) -> float:
        """What the prices prove: where all costs are multiples of a step, the next one."""
        return self.lifted(self.relaxed)

    def lifted(self, bound: float) -> float:
        """The least possible cost that is no less than a bound."""
        return lifted(bound, self.step, int(self.types.count.sum()))

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """How much of each pattern the relaxation takes, and how many of each type it leaves out."""
        value = np.asarray(self.solver.getSolution().col_value)
        kinds = len(self.types.count)
        return value[2 * kinds :], value[:kinds]

    def fix(self, times: Ints, out: Ints) -> None:
        """Take patterns so many times, and leave out so many of each type: only the rest remains to be grouped."""
        pool, types, kinds = self.pool, self.types, len(self.types.count)
        count = types.count - out - used(pool, times, kinds)
        self.spare -= int(out @ types.size)
        self.open[pool.facility[(times > 0) & (types.lead[pool.facility] < 0)]] = False
        self.types = types = replace(types, count=count)
        self.relaxed = -np.inf
        high = np.concatenate([count, self.open[self._alone], [self.spare]]).astype(np.float64)
        low = np.concatenate([count, np.full(len(self._alone) + 1, -np.inf), self._least(self.cuts)])
        high = np.concatenate([high, np.full(len(self.cuts), np.inf)])
        rows = np.arange(len(high), dtype=np.int32)
        self.solver.changeRowsBounds(len(rows), rows, low, high)
        top = np.concatenate([self._outs(), count, np.where(fits(pool, types, self.open), np.inf, 0.0)])
        columns = np.arange(len(top), dtype=np.int32)
        self.solver.changeColsBounds(len(columns), columns, np.zeros(len(top)), top.astype(np.float64))

    def whole(self, listed: Patterns, looks: int, watch: Watch | None) -> tuple[Ints | None, float, bool, int]:
        """The best choice among listed patterns in whole numbers: times, bound, whether it is the best, and looks."""
        import highspy

        solver = self._built(listed, self.options | {"time_limit": self.left()})
        count = solver.getNumCol()
        kinds = np.full(count, int(highspy.HighsVarType.kInteger), np.uint8)
        solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        missing = np.arange(len(self.types.count), 2 * len(self.types.count), dtype=np.int32)
        solver.changeColsBounds(len(missing), missing, np.zeros(len(missing)), np.zeros(len(missing)))
        work = run(solver, looks=looks, watch=watch)
        info, status = solver.getInfo(), solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None, np.inf, True, work
        times = None
        if info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible):
            times = np.rint(np.asarray(solver.getSolution().col_value)[2 * len(self.types.count) :]).astype(np.int64)
        return times, float(info.mip_dual_bound), status == highspy.HighsModelStatus.kOptimal, work

    def _built(self, pool: Patterns, options: dict[str, bool | float | str]) -> Any:
        types, kinds = self.types, len(self.types.count)
        solver = quiet_solver(options)
        count = types.count.astype(np.float64)
        cuts = self._least(self.cuts)
        low = np.concatenate([count, np.full(len(self._alone) + 1, -np.inf), cuts])
        high = np.concatenate([count, self.open[self._alone], [self.spare], np.full(len(cuts), np.inf)])
        none = np.zeros(0)
        solver.addRows(len(low), low, high, 0, _int32(np.zeros(len(low))), _int32(none), none)
        spare = np.full(kinds, kinds + len(self._alone))
        # One left out, or missing, counts in each cut on its type, as a group that holds one does.
        each, cut = np.arange(kinds), spare[0] + 1 + np.arange(len(cuts))
        for cost, top, rows, sizes in (
            (np.zeros(kinds), self._outs(), spare, types.size.astype(np.float64)),
            (np.full(kinds, self._missing), count, spare[:0], count[:0]),
        ):
            column = np.concatenate([each, each[: len(rows)], self.cuts[:, 0]])
            row = np.concatenate([each, rows, cut])
            value = np.concatenate([np.ones(kinds), sizes, np.ones(len(cuts))])
            order = np.lexsort((row, column))
            start = np.searchsorted(column[order], each)
            solver.addCols(kinds, cost, np.zeros(kinds), top, len(row), _int32(start), _int32(row[order]), value[order])
        self._add(solver, pool)
        return solver

    def _outs(self) -> Floats:
        """(k,) how many of each type may be left out."""
        types = self.types
        free = ~types.must & (types.size <= self.spare)
        return np.asarray(free * types.count, dtype=np.float64)

    def _add(self, solver: Any, patterns: Patterns) -> None:
        kinds, some = len(self.types.count), len(patterns)
        number, kind, held = contents(patterns, kinds)
        once = np.flatnonzero(self._row_of[patterns.facility] >= 0)
        cut, entry, value = self._in_cuts(self.cuts, kind, held)
        column = np.concatenate([number, once, number[entry]])
        row = np.concatenate([kind, self._row_of[patterns.facility[once]], kinds + len(self._alone) + 1 + cut])
        value = np.concatenate([held, np.ones(len(once), np.int64), value])
        order = np.lexsort((row, column))
        start = np.searchsorted(column[order], np.arange(some))
        solver.addCols(some, patterns.cost, np.zeros(some), np.full(some, np.inf), len(row), _int32(start),
                       _int32(row[order]), value[order].astype(np.float64))  # fmt: skip

    def cut(self) -> bool:
        """Add cuts that the relaxation breaks; whether there were any."""
        share, leave = self.shares
        kinds = len(self.types.count)
        number, kind, held = contents(self.pool, kinds)
        missing = np.asarray(self.solver.getSolution().col_value)[kinds : 2 * kinds]
        every = np.array([(k, u) for k in np.flatnonzero(self.types.count > 1) for u in range(len(SHARES))], np.int64)
        every = every.reshape(-1, 2)
        cut, entry, value = self._in_cuts(every, kind, held)
        there = np.bincount(cut, value * share[number[entry]], len(every)) + (leave + missing)[every[:, 0]]
        broken = self._least(every) - there
        new = every[broken > BROKEN_CUT]
        if len(new) == 0:
            return False
        cut, entry, value = self._in_cuts(new, kind, held)
        each = np.arange(len(new))
        row = np.concatenate([cut, each, each])
        column = np.concatenate([2 * kinds + number[entry], new[:, 0], kinds + new[:, 0]])
        value = np.concatenate([value, np.ones(2 * len(new), np.int64)])
        order = np.lexsort((column, row))
        start = np.searchsorted(row[order], each)
        self.solver.addRows(len(new), self._least(new), np.full(len(new), np.inf), len(row), _int32(start),
                            _int32(column[order]), value[order].astype(np.float64))  # fmt: skip
        self.cuts = np.concatenate([self.cuts, new])
        return True

    def _least(self, cuts: Ints) -> Floats:
        """What each cut asks for: the share of a type's count, rounded up."""
        return _up(UP[cuts[:, 1]] * self.types.count[cuts[:, 0]], DOWN[cuts[:, 1]]).astype(np.float64)

    def _in_cuts(self, cuts: Ints, kind: Ints, held: Ints) -> tuple[Ints, Ints, Ints]:
        """Entries of patterns that are in cuts: cut, entry, and the entry's share rounded up."""
        order = np.argsort(kind, kind="stable")
        first = np.searchsorted(kind[order], cuts[:, 0], side="left")
        length = np.searchsorted(kind[order], cuts[:, 0], side="right") - first
        cut = np.repeat(np.arange(len(cuts)), length)
        at = np.arange(len(cut)) - np.repeat(np.cumsum(length) - length, length) + first[cut]
        entry = order[at]
        return cut, entry, _up(UP[cuts[cut, 1]] * held[entry], DOWN[cuts[cut, 1]])

    def _prices(self) -> PatternPrices:
        dual = np.asarray(self.solver.getSolution().row_dual)
        kinds = len(self.types.count)
        once = np.zeros(len(self.types.lead))
        alone = len(self._alone)
        once[self._alone] = np.minimum(0.0, dual[kinds : kinds + alone])
        bonus = np.maximum(0.0, dual[kinds + alone + 1 :])
        copies = np.arange(int(rooms(self.types).max(initial=1)) + 1)
        worth = np.multiply.outer(dual[:kinds], copies).astype(np.float64)
        for (kind, share), more in zip(self.cuts, bonus, strict=True):
            if more > 0.0:
                worth[kind] += more * _up(UP[share] * copies, DOWN[share])
        return PatternPrices(dual[:kinds].copy(), once, min(0.0, float(dual[kinds + alone])), bonus, worth)

    def _proven(self, prices: PatternPrices, found: Patterns) -> float:
        """What prices prove, whatever patterns there are: computed from them and each facility's best pattern."""
        types = self.types
        low = np.zeros(len(types.lead))
        low[found.facility] = np.minimum(found.slack, 0.0)
        led = types.lead >= 0
        # One left out counts in each cut on its type, as a group that holds one does.
        unused = np.minimum(0.0, -prices.worth[:, 1] - prices.spare * types.size) * self._outs()
        rows = prices.item @ types.count + prices.cuts @ self._least(self.cuts) + prices.once[self.open].sum()
        groups = low[~led].sum() + self._most_groups() * low[led].min(initial=0.0)
        return float(rows + prices.spare * self.spare + unused.sum() + groups)

    def _most_groups(self) -> int:
        """Led groups at most."""
        types = self.types
        members = int((types.members * types.count).sum())
        need = int(types.need[types.lead >= 0].min(initial=1))
        return min(int(types.count.sum()), members // max(1, need))


def contents(patterns: Patterns, kinds: int) -> tuple[Ints, Ints, Ints]:
    """Which patterns hold which types how often: (entries,) pattern, type, number."""
    number, place = np.nonzero(patterns.held >= 0)
    key, held = np.unique(number * kinds + patterns.held[number, place], return_counts=True)
    return key // kinds, key % kinds, held.astype(np.int64)


def used(patterns: Patterns, times: Ints, kinds: int) -> Ints:
    """(k,) how many of each type are in patterns taken so often."""
    number, place = np.nonzero(patterns.held >= 0)
    return np.bincount(patterns.held[number, place], times[number], kinds).astype(np.int64)


def fits(patterns: Patterns, types: ItemTypes, opened: np.ndarray) -> np.ndarray:
    """(p,) bool: patterns that hold no more of a type than there are, at facilities that are still open."""
    number, kind, held = contents(patterns, len(types.count))
    good: np.ndarray = opened[patterns.facility].copy()
    good[number[held > types.count[kind]]] = False
    return good


def _up(value: Ints, by: Ints) -> Ints:
    """Divided, and rounded up."""
    return -(-value // by)


def _int32(values: Any) -> Any:
    return np.asarray(values).astype(np.int32)
