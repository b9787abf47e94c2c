"""Choosing groups from a list so that every item is in one: a set partitioning model in HiGHS.

Rows: every item in exactly one group, or left out; at most one group at a facility that nobody leads (a peer's
groups all hold its leader, whose own row keeps them apart); at most so many units left out; at least so many
groups; of three items, at most one group that holds two or more of them (`cuts`); and `disjunctions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.models.columns import Columns, chosen_columns, joined_columns
from workbench.grouping.models.compact import Solution
from workbench.grouping.models.disjunctions import NO_CUTS, Cuts, Disjunction, Weighted
from workbench.grouping.models.highs import Watch, quiet_solver, run
from workbench.grouping.models.lagrangian import LagrangianBound, least_groups, least_slacks
from workbench.grouping.models.subset_rows import broken_triples, groups_with_two
from workbench.grouping.problem import Core, Flags, Floats, Ints
from workbench.grouping.tolerances import NEAR_WHOLE, SAME_COST, SOLVER_COST

#: Rounds of cuts before a model is solved in whole numbers, and what is near enough to a whole number.
CUT_ROUNDS = 6
#: Groups that are chosen from at first, beside two for each item.
FIRST_CHOICE = 40
#: What a missing item does for a disjunction: enough that there is always a relaxation.
HELPS = 10.0

_NONE: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Duals:
    """Prices that the relaxation puts on its rows.

    Attributes
    ----------
    price
        (n,) float64, what covering an item is worth.
    charge
        (f,) float64, >= 0, what a second group at a facility would pay; 0 where a leader keeps them apart.
    bonus
        >= 0, what each group is worth because so many are needed at least.
    cuts
        triples with their prices.
    toll
        (f,) float64, what a group pays, or gains if negative, because so many may or have to be in its region.
    counted
        what the tolls of all regions add up to at their limits.
    disjunctions
        with what each is worth.
    """

    price: Floats
    charge: Floats
    bonus: float
    cuts: Cuts
    toll: Floats | float = 0.0
    counted: float = 0.0
    disjunctions: Weighted = ()

    @property
    def fee(self) -> Floats:
        """(f,) what using a facility costs beyond its opening."""
        fee: Floats = self.charge - self.bonus + self.toll
        return fee


class ProvenPrices(NamedTuple):
    """Prices at which no group there is has negative slack, and the bound that they prove."""

    duals: Duals
    bound: float


def plain_duals(core: Core, prices: LagrangianBound) -> Duals:
    """Prices on items alone, without charges and cuts."""
    return Duals(prices.price, np.zeros(core.facilities), prices.bonus, NO_CUTS)


def feasible_duals(core: Core, prices: LagrangianBound) -> Duals:
    """The same prices with none of its groups below zero: what a facility would gain is taken off its leader's price.

    Where nobody leads, it is charged for. The bound is no worse, and no list is long only because leaders are dear.
    """
    least = least_slacks(core, prices.price, prices.bonus)
    led = core.lead >= 0
    off = np.zeros(core.items)
    np.minimum.at(off, core.lead[led], least[led])
    return Duals(prices.price + off, np.where(led, 0.0, -least), prices.bonus, NO_CUTS)


class SetPartitioning:
    """The model in HiGHS, growing by groups and by cuts; solved as it is or relaxed.

    Parameters
    ----------
    at_least
        units to be covered.
    options
        of HiGHS.
    regions
        (r, f) bool, sets of facilities whose groups are counted, and limited by `limit`.
    missing
        what it costs that an item that has to be covered is not, or that a region lacks a group: no answer, but there
        is always a relaxation.
    """

    def __init__(self, core: Core, columns: Columns, at_least: int, options: Mapping[str, bool | float | str],
                 regions: Flags | None = None, missing: float | None = None) -> None:  # fmt: skip
        self.core = core
        self.columns = columns
        self.triples = np.zeros((0, 3), np.int64)
        self.disjunctions: list[Disjunction] = []
        #: Rows of the cuts and of the disjunctions.
        self._cut_rows, self._disjunction_rows = _NONE, _NONE
        self.spare = int(core.size.sum()) - at_least
        self.least_groups = least_groups(core, at_least)
        self.solver = quiet_solver(options)
        self._left = np.flatnonzero(~core.must & (core.size <= self.spare)).astype(np.int64)
        self._may_stay_out = np.ones(len(self._left), np.bool_)
        self._shared = np.flatnonzero(core.lead < 0).astype(np.int64)
        self._spare_row = core.items + len(self._shared)
        self._count_row = self._spare_row + 1
        self._first_region = self._count_row + 1
        self._region = np.zeros((0, core.facilities), np.bool_) if regions is None else regions
        counted = len(self._region)
        self._first_cut = self._first_region + counted
        self._low, self._high = np.zeros(counted), np.full(counted, np.inf)
        self._row_of = np.full(core.facilities, -1, np.int64)
        self._row_of[self._shared] = core.items + np.arange(len(self._shared))
        shared = len(self._shared)
        low = np.r_[np.ones(core.items), np.full(shared, -np.inf), -np.inf, float(self.least_groups), self._low]
        high = np.r_[np.ones(core.items), np.ones(shared), float(self.spare), np.inf, self._high]
        nothing = np.zeros(0)
        self.solver.addRows(len(low), low, high, 0, _int32(np.zeros(len(low))), _int32(nothing), nothing)
        out = len(self._left)
        rows = np.column_stack([self._left, np.full(out, self._spare_row)]).ravel()
        sizes = np.column_stack([np.ones(out), core.size[self._left]]).ravel().astype(np.float64)
        self.solver.addCols(out, np.zeros(out), np.zeros(out), np.ones(out), 2 * out, _int32(2 * np.arange(out)),
                            _int32(rows), sizes)  # fmt: skip
        lack = np.r_[np.arange(core.items), self._count_row + np.arange(1 + counted)] if missing is not None else _NONE
        self._absent = len(lack)
        if missing is not None:
            nought = np.zeros(len(lack))
            self.solver.addCols(len(lack), nought + missing, nought, nought + np.inf, len(lack),
                                _int32(np.arange(len(lack))), _int32(lack), nought + 1.0)  # fmt: skip
        #: Columns of the model before those of the groups.
        self._ahead = out + self._absent
        self.absent = np.zeros(self._absent)
        self._add(columns)

    def add(self, columns: Columns) -> None:
        """More groups to choose from."""
        self._add(columns)
        self.columns = joined_columns(self.columns, columns)

    def cut(self, triples: Ints) -> None:
        """Of each of these three items, at most one group may hold two or more."""
        hits = groups_with_two(self.columns.start, self.columns.item, triples, self.core.items)
        self._cut_rows = np.concatenate([self._cut_rows, self.solver.getNumRow() + np.arange(len(triples))])
        start = np.concatenate([[0], np.cumsum(np.bincount(hits[:, 0], minlength=len(triples)))])[:-1]
        self.solver.addRows(len(triples), np.full(len(triples), -np.inf), np.ones(len(triples)), len(hits),
                            _int32(start), _int32(hits[:, 1] + self._ahead), np.ones(len(hits)))  # fmt: skip
        self.triples = np.concatenate([self.triples, triples])

    def decide(self, one: Disjunction) -> None:
        """Groups have to be paid so much together; for models in which nobody may be left out."""
        paid = self._paid(one, self.columns)
        held = np.flatnonzero(paid)
        missing = np.unique(one.pairing % self.core.items) if self._absent else _NONE
        self._disjunction_rows = np.append(self._disjunction_rows, self.solver.getNumRow())
        column = np.concatenate([len(self._left) + missing, self._ahead + held])
        self.solver.addRow(one.least, np.inf, len(column), _int32(column),
                           np.concatenate([np.full(len(missing), HELPS), paid[held]]))  # fmt: skip
        self.disjunctions.append(one)

    def limit(self, low: Floats, high: Floats) -> None:
        """At least and at most so many groups in each region."""
        self._low, self._high = low, high
        for k in range(len(low)):
            self.solver.changeRowBounds(self._first_region + k, low[k], high[k])

    def allow(self, which: Flags, must: Ints) -> None:
        """Choose among these groups only, and leave out none of these items."""
        self._may_stay_out = ~np.isin(self._left, must)
        absent = np.full(self._absent, np.inf)
        most = np.concatenate([self._may_stay_out.astype(np.float64), absent, np.where(which, np.inf, 0.0)])
        self.solver.changeColsBounds(len(most), _int32(np.arange(len(most))), np.zeros(len(most)), most)

    def begin_at(self, share: Floats, cut_price: Floats) -> None:
        """Have the next relaxation begin where an earlier one, over nearly the same groups, ended.

        Parameters
        ----------
        share
            (g,) of each group in the earlier one.
        cut_price
            (c,) of the cuts.
        """
        import highspy

        free, used = highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic
        basis = highspy.HighsBasis()
        # HiGHS makes a basis of what is too much or too little for one.
        basis.valid = basis.alien = True
        basis.col_status = [free] * self._ahead + [used if taken else free for taken in (share > NEAR_WHOLE).tolist()]
        binding = [highspy.HighsBasisStatus.kUpper if binds else used for binds in (cut_price > 0).tolist()]
        basis.row_status = [free] * self.core.items + [used] * (self._first_cut - self.core.items) + binding
        self.solver.setBasis(basis)

    def relaxed(self) -> tuple[Duals, Floats] | None:
        """Solve the linear relaxation: prices, and the share of each group; None where nothing fits."""
        import highspy

        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self.solver.getSolution()
        dual = np.asarray(solution.row_dual)
        charge = np.zeros(self.core.facilities)
        charge[self._shared] = np.maximum(0.0, -dual[self.core.items : self._spare_row])
        cuts = Cuts(self.triples, np.maximum(0.0, -dual[self._cut_rows]))
        price = dual[: self.core.items].copy()
        worth = zip(self.disjunctions, dual[self._disjunction_rows].tolist(), strict=True)
        duals = Duals(price, charge, max(0.0, float(dual[self._count_row])), cuts, *self._tolls(dual),
                      tuple((one, weight) for one, weight in worth if weight > 0.0))  # fmt: skip
        values = np.asarray(solution.col_value)
        self.absent = values[len(self._left) : self._ahead]
        return duals, values[self._ahead :]

    @property
    def slack(self) -> Floats:
        """(g,) what each group adds to the last relaxation at least."""
        return np.asarray(self.solver.getSolution().col_dual)[self._ahead :]

    @property
    def objective(self) -> float:
        """What the last relaxation costs."""
        return float(self.solver.getInfo().objective_function_value)

    def _tolls(self, dual: Floats) -> tuple[Floats | float, float]:
        """What groups pay for their regions' limits, and what those come to in all."""
        if len(self._region) == 0:
            return 0.0, 0.0
        worth = dual[self._first_region : self._first_region + len(self._region)]
        # What a limit that does not bind is worth is rounding.
        worth = np.where(np.isinf(self._high) & (worth < 0), 0.0, worth)
        counted = float((np.where(worth > 0, self._low, np.where(worth < 0, self._high, 0.0)) * worth).sum())
        return -(worth @ self._region), counted

    def bound(self, duals: Duals) -> float:
        """What prices prove where no group has negative slack, recomputed from the prices alone."""
        saved, spare = 0.0, self.spare
        left = self._left[self._may_stay_out]
        worth = duals.price[left] / self.core.size[left]
        for k in np.argsort(-worth, kind="stable"):
            size = min(spare, int(self.core.size[left[k]]))
            if size <= 0 or worth[k] <= 0:
                break
            saved += worth[k] * size
            spare -= size
        gained = duals.price.sum() + duals.bonus * self.least_groups
        gained += sum(weight * one.least for one, weight in duals.disjunctions)
        return float(gained - saved - duals.charge.sum() - duals.cuts.price.sum() + duals.counted)

    def broken(self, share: Floats, most: int) -> Ints:
        """Cuts that the shares of the groups break, worst first."""
        used = np.flatnonzero(share > NEAR_WHOLE)
        some = chosen_columns(self.columns, used)
        triples, amount = broken_triples(some.start, some.item, share[used], self.core.items)
        order = np.lexsort((triples[:, 2], triples[:, 1], triples[:, 0], -np.round(amount, 6)))
        return np.ascontiguousarray(triples[order[:most]])

    def best(
        self, *, start: Ints | None, looks: int, gap: float, watch: Watch | None, priced: ProvenPrices | None = None
    ) -> Solution:
        """Solve it whole; the bound of the answer holds for the groups in the model only.

        The relaxation with a few cuts often is whole already, or proves that `start` is the best choice. Else what
        is found among the groups of least slack leaves few others that a better choice could hold. Where the
        relaxation is `priced` already, it is not solved once more: over a hundred thousand groups that takes longest.
        """
        import highspy

        if priced is not None:
            return self._among(slacks_of(self.core, self.columns, priced.duals), priced.bound, start, looks, watch)
        known = np.inf if start is None else self.core.total(start)[1]
        for turn in range(CUT_ROUNDS + 1):
            solved = self.relaxed()
            if solved is None:
                if self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
                    return Solution(None, np.inf, True, True, 0)
                return self._searched(start, np.ones(len(self.columns), np.bool_), looks, watch)
            bound = float(self.solver.getInfo().objective_function_value)
            if known <= bound * (1 + gap) + SAME_COST:
                return Solution(start, bound, True, False, 0)
            solution = self.solver.getSolution()
            values = np.asarray(solution.col_value)
            if (np.abs(values - np.rint(values)) < NEAR_WHOLE).all():
                return Solution(self.answer(values[len(self._left) :]), bound, True, False, 0)
            cuts = self.broken(solved[1], self.core.items) if turn < CUT_ROUNDS else np.zeros((0, 3), np.int64)
            if len(cuts) == 0:
                break
            self.cut(cuts)
        slack = np.asarray(solution.col_dual)[len(self._left) :]
        return self._among(slack, bound, start, looks, watch)

    def _among(self, slack: Floats, bound: float, start: Ints | None, looks: int, watch: Watch | None) -> Solution:
        """The best choice, first among the groups of least slack, then among all that a better one could hold."""
        few = min(len(slack), FIRST_CHOICE + 2 * self.core.items)
        within = float(np.partition(slack, few - 1)[few - 1])
        found = self._searched(start, (slack <= within) | self._used(start), looks, watch)
        best, taken = start, found.work
        known = np.inf if best is None else self.core.total(best)[1]
        if found.chosen is not None and (cost := self.core.total(found.chosen)[1]) < known:
            best, known = found.chosen, cost
        beyond = known - bound + SOLVER_COST * (1 + known) if best is not None else np.inf
        if found.optimal and beyond <= within:
            return Solution(best, max(bound, min(found.bound, known)), True, False, taken)
        found = self._searched(best, slack <= beyond, max(1, looks - taken), watch)
        if found.infeasible and best is not None:
            return Solution(best, known, True, False, taken + found.work)
        chosen = best if found.chosen is None else found.chosen
        return Solution(
            chosen, max(bound, min(found.bound, known)), found.optimal, found.infeasible, taken + found.work
        )

    def _searched(self, start: Ints | None, allowed: Flags, looks: int, watch: Watch | None) -> Solution:
        """Branch and bound among the groups allowed."""
        import highspy

        left = len(self._left)
        count = left + len(self.columns)
        whole = np.full(count, int(highspy.HighsVarType.kInteger), np.uint8)
        self.solver.changeColsIntegrality(count, _int32(np.arange(count)), whole)
        most = np.concatenate([np.ones(left), allowed.astype(np.float64)])
        self.solver.changeColsBounds(count, _int32(np.arange(count)), np.zeros(count), most)
        values = None if start is None else self._values(start)
        if values is not None and (values <= most).all():
            solution = highspy.HighsSolution()
            solution.col_value = values.tolist()
            self.solver.setSolution(solution)
        taken = run(self.solver, looks=looks, watch=watch)
        info, status = self.solver.getInfo(), self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(None, np.inf, True, True, taken)
        chosen = None
        if info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible):
            chosen = self.answer(np.asarray(self.solver.getSolution().col_value)[len(self._left) :])
        optimal = status == highspy.HighsModelStatus.kOptimal
        return Solution(chosen, float(info.mip_dual_bound), optimal, False, taken)

    def answer(self, share: Floats) -> Ints:
        """The assignment that whole shares of the groups say."""
        inside = (share > 0.5)[self.columns.group]
        chosen = np.full(self.core.items, -1, np.int64)
        chosen[self.columns.item[inside]] = self.columns.facility[self.columns.group[inside]]
        return chosen

    def _add(self, columns: Columns) -> None:
        shared = np.flatnonzero(self._row_of[columns.facility] >= 0)
        hits = groups_with_two(columns.start, columns.item, self.triples, self.core.items)
        region, inside = np.nonzero(self._region[:, columns.facility])
        paid = np.array([self._paid(one, columns) for one in self.disjunctions]).reshape(
            len(self.disjunctions), len(columns)
        )
        which, for_it = np.nonzero(paid)
        row = np.concatenate([columns.item, np.full(len(columns), self._count_row),
                              self._row_of[columns.facility[shared]], self._first_region + region,
                              self._cut_rows[hits[:, 0]], self._disjunction_rows[which]])  # fmt: skip
        column = np.concatenate([columns.group, np.arange(len(columns)), shared, inside, hits[:, 1], for_it])
        value = np.concatenate([np.ones(len(row) - len(which)), paid[which, for_it]])
        order = np.lexsort((row, column))
        start = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=len(columns)))])[:-1]
        # One is implied by the rows; said as a bound, it would hide prices from the rows.
        self.solver.addCols(len(columns), columns.cost, np.zeros(len(columns)), np.full(len(columns), np.inf), len(row),
                            _int32(start), _int32(row[order]), value[order])  # fmt: skip

    def _paid(self, one: Disjunction, columns: Columns) -> Floats:
        return one.of(self.core, columns.start, columns.item, columns.facility)

    def _used(self, chosen: Ints | None) -> Flags:
        """(g,) bool: the groups that an assignment uses."""
        columns = self.columns
        if chosen is None:
            return np.zeros(len(columns), np.bool_)
        size = np.bincount(chosen[chosen >= 0], minlength=self.core.facilities)
        there = chosen[columns.item] == columns.facility[columns.group]
        same = np.bincount(columns.group, there, len(columns))
        used: Flags = (same == np.diff(columns.start)) & (same == size[columns.facility])
        return used

    def _values(self, chosen: Ints) -> Floats | None:
        """An assignment as values of the model's columns; None where one of its groups is not listed."""
        used = self._used(chosen)
        if used.sum() != len(np.unique(chosen[chosen >= 0])):
            return None
        return np.concatenate([(chosen[self._left] < 0).astype(np.float64), used.astype(np.float64)])


def choose_groups(
    core: Core,
    columns: Columns,
    at_least: int,
    *,
    start: Ints | None,
    looks: int,
    seed: int,
    gap: float = 0.0,
    triples: Ints | None = None,
    seconds: float = np.inf,
    watch: Watch | None = None,
    priced: ProvenPrices | None = None,
) -> Solution:
    """The cheapest choice among the listed groups that covers `at_least` units.

    The bound of the answer holds for the listed groups only: whoever lists them says what that proves. `priced` is
    what is known of the relaxation over all groups, with these cuts.
    """
    # Presolve finds little in lists without duplicates, and takes longer than what follows.
    options: dict[str, bool | float | str] = {
        "random_seed": seed % 2**31, "mip_rel_gap": gap / (1 + gap), "mip_abs_gap": 1e-9,
        "mip_feasibility_tolerance": 1e-9, "time_limit": seconds, "presolve": "off",
    }  # fmt: skip
    model = SetPartitioning(core, columns, at_least, options)
    if triples is not None and len(triples):
        model.cut(triples)
    return model.best(start=start, looks=looks, gap=gap, watch=watch, priced=priced)


def slacks_of(core: Core, listed: Columns, duals: Duals) -> Floats:
    """(g,) what choosing each group adds to the bound of prices and cuts at least."""
    hits = groups_with_two(listed.start, listed.item, duals.cuts.triples, core.items)
    slack: Floats = listed.cost + duals.fee[listed.facility] - _worth(listed.start, listed.item, duals.price)
    if len(hits):
        slack += np.bincount(hits[:, 1], duals.cuts.price[hits[:, 0]], len(slack))
    for one, weight in duals.disjunctions:
        slack -= weight * one.of(core, listed.start, listed.item, listed.facility)
    return slack


@kernel
def _worth(start, item, price):  # type: ignore[no-untyped-def]
    """What the items of each group are worth."""
    out = np.zeros(len(start) - 1)
    for g in range(len(out)):
        for k in range(start[g], start[g + 1]):
            out[g] += price[item[k]]
    return out


def _int32(values: Any) -> Any:
    return np.asarray(values).astype(np.int32)
