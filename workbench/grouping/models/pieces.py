"""Pieces of a map: what a small tree over the items that are in part somewhere says about all answers.

What is outside a piece keeps its prices, so that a relaxation of it takes a millisecond or two; but a host or a
community is for one group, of the piece or not, and at its price alone it would be used twice. A piece is split by how
many items of a sort go to facilities led by a sort: items that are alike can change places, and a tree that tells them
apart does everything again for each. A dozen leaves mostly end it; what they say is one cut (`disjunctions`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from workbench.grouping.models.basis import Basis, tried
from workbench.grouping.models.columns import Columns, chosen_columns, joined_columns, list_columns, without_duplicates
from workbench.grouping.models.cuts import EACH
from workbench.grouping.models.disjunctions import Cuts, Disjunction, Weighted
from workbench.grouping.models.highs import GROWING, quiet_solver
from workbench.grouping.models.set_partitioning import Duals, slacks_of
from workbench.grouping.models.subset_rows import groups_with_two
from workbench.grouping.problem import Core, Flags, Floats, Ints
from workbench.grouping.tolerances import NEAR_WHOLE, REDUCED_COST, SAME_COST

#: Leaves of the tree of a piece at most, and where nothing was gained by then; candidates tried in a node, and
#: steps of the simplex for one side of a candidate at most.
LEAVES, PATIENCE, TRIED, STEPS = 16, 4, 16, 50
#: Groups that join at once, how many may be listed for it, and times that a relaxation is solved for it.
ADDED, LISTED, PRICINGS = 300, 20_000, 40
#: What it costs that an item of the piece is missing: dearer than the piece can be worth.
LACKING = 0.5
#: What is cheaper is no reason for a cut, and a price smaller than this is none.
WORTHWHILE, NO_PRICE = 1e-3, 1e-9
#: Groups of no more slack lead from a piece to what is around it; what each step counts as, beside that slack.
NEAR, STEP = 0.05, 1e-3
#: (sort, bound, whether it is the least).
Limits = tuple[tuple[int, float, bool], ...]


class Leaf(NamedTuple):
    """A node of the tree of a piece, solved: how many of each sort there may be where, and what that costs.

    `limits` are (sort, bound, whether it is the least); `price`, `toll` and `charge` are what items, triples and shared
    facilities are worth, `worth` what pairings are by their sorts, which come to `counted` at their limits; `basis` is
    where it ended.
    """

    gain: float
    limits: Limits
    share: Floats
    price: Floats
    toll: Floats
    charge: Floats
    worth: Floats
    counted: float
    basis: Basis


class Piece:
    """The relaxation of a piece.

    Attributes
    ----------
    items
        (w,) int64, those of which every one has to be in a group; all others are had for their price.
    solves
        how often it was solved; before each time, `hear` may raise to stop it.
    """

    def __init__(self, core: Core, duals: Duals, items: Ints, columns: Columns, hear: Callable[[], None]) -> None:
        inside = np.zeros(core.items, np.bool_)
        inside[items] = True
        self.core = core.keep(np.isin(core.facility, np.unique(core.facility[inside[core.item]])))
        self.items, self.solves = items, 0
        self._inside, self._duals, self._hear = inside, duals, hear
        self._row = np.full(core.items, -1, np.int64)
        self._row[items] = np.arange(len(items))
        # Of a triple with two in the piece, all groups that hold two are of the piece.
        self._local = np.flatnonzero((inside[duals.cuts.triples] & (duals.cuts.triples >= 0)).sum(axis=1) >= 2)
        self._triples, self._toll = duals.cuts.triples[self._local], duals.cuts.price[self._local]
        # A facility that nobody leads is for one group, of the piece or not.
        shared = np.unique(self.core.facility[inside[self.core.item]])
        self._shared = shared[core.lead[shared] < 0]
        self._charge = duals.charge[self._shared]
        self._pairing, self._sort = _sorts(self.core, inside)
        #: Rows of sorts, once they have been split by; and what candidates gained where they were tried.
        self._counted: dict[int, int] = {}
        self._gains: dict[tuple[int, float], float] = {}
        rows, others = len(items), len(self._local) + len(self._shared)
        self._place_row = np.full(core.facilities, -1, np.int64)
        self._place_row[self._shared] = rows + len(self._local) + np.arange(len(self._shared))
        self._solver = quiet_solver({"solver": "simplex", "dual_feasibility_tolerance": SAME_COST, **GROWING})
        low = np.concatenate([np.ones(rows), np.full(others, -np.inf)])
        nothing = np.zeros(0)
        self._solver.addRows(len(low), low, np.ones(len(low)), 0, _int32(np.zeros(len(low))), _int32(nothing), nothing)
        # Items may be missing, and facilities be used by a group that has nothing to do with the piece.
        cost = np.concatenate([np.full(rows, LACKING), self._elsewhere() - self._charge])
        row = _int32(np.concatenate([np.arange(rows), self._place_row[self._shared]]))
        self._ahead = len(row)
        self._solver.addCols(len(row), cost, np.zeros(len(row)), np.full(len(row), np.inf), len(row),
                             _int32(np.arange(len(row))), row, np.ones(len(row)))  # fmt: skip
        self._columns = chosen_columns(columns, np.zeros(0, np.int64))
        self._add(self._touching(columns))

    def explored(self, room: float) -> Disjunction | None:
        """What a tree of so many leaves at most says; None where that is hardly anything.

        Nothing is split of which the bound is `room` above the other's.
        """
        root = self._solved(())
        leaves = [] if root is None else [root]
        while 0 < len(leaves) < LEAVES:
            leaves.sort(key=lambda leaf: leaf.gain)
            found = self._candidates(leaves[0].share)
            hopeless = len(leaves) > PATIENCE and leaves[0].gain < WORTHWHILE
            if leaves[0].gain >= room or hopeless or not found:
                break
            halves = self._split(leaves[0], found[:TRIED], room)
            if halves is None:
                break
            leaves[:1] = halves
        gain = min((leaf.gain for leaf in leaves), default=0.0)
        return self._said(leaves, gain) if gain > WORTHWHILE else None

    def _split(self, leaf: Leaf, found: list[tuple[int, float]], room: float) -> list[Leaf] | None:
        """Two leaves that hold all that one does, by the best candidate; None where that is too much."""
        best = max(found, key=lambda one: self._gained(leaf, one, room))
        halves = [self._solved(half, leaf.basis) for half in _halves(leaf.limits, best)]
        return None if any(half is None for half in halves) else [half for half in halves if half is not None]

    def _gained(self, leaf: Leaf, one: tuple[int, float], room: float) -> float:
        """What a candidate gains on both sides, as some steps tell: in the leaf where it was tried, as in others."""
        if one not in self._gains:
            product = 1.0
            for half in _halves(leaf.limits, one):
                self._limit(half)
                leaf.basis.restore(self._solver)
                self._count_and_hear()
                gain = tried(self._solver, STEPS) + float(self._toll.sum() + self._charge.sum()) - leaf.gain
                product *= min(max(gain, NO_PRICE), room)
            self._gains[one] = product
        return self._gains[one]

    def _candidates(self, share: Floats) -> list[tuple[int, float]]:
        """Sorts of pairings that are in part, nearest to half first, and what splits them."""
        used = np.flatnonzero(share > NEAR_WHOLE)
        some = chosen_columns(self._columns, used)
        sort = self._sorts_of(some)
        kinds, at = np.unique(sort[sort >= 0], return_inverse=True)
        count = np.bincount(at, share[used][some.group[sort >= 0]], len(kinds))
        whole = np.floor(count + NEAR_WHOLE)
        tells = np.minimum(count - whole, 1 - (count - whole)) * np.where(kinds % 2 == 1, 2.0, 1.0)
        order = np.argsort(-tells, kind="stable")
        return [(int(kinds[k]), float(whole[k]) + 1) for k in order if tells[k] > 10 * NEAR_WHOLE]

    def _solved(self, limits: Limits, basis: Basis | None = None) -> Leaf | None:
        """The relaxation under some limits, with all groups of negative slack in it; None where that does not end.

        It begins at `basis`.
        """
        self._limit(limits)
        if basis is not None:
            basis.restore(self._solver)
        for _ in range(PRICINGS):
            self._run()
            solution = self._solver.getSolution()
            dual, rows, behind = np.asarray(solution.row_dual), len(self.items), len(self.items) + len(self._local)
            price, toll = dual[:rows].copy(), np.maximum(0.0, -dual[rows:behind])
            charge = np.maximum(0.0, -dual[behind : behind + len(self._shared)])
            worth = np.zeros(len(self._pairing))
            counted = 0.0
            for sort, row in self._counted.items():
                low, high = self._limits[sort]
                if abs(dual[row]) > NO_PRICE:
                    worth[self._sort == sort] = dual[row]
                    counted += dual[row] * (low if dual[row] > 0 else high)
            found = self._worth_adding(price, toll, charge, worth)
            if found is None:
                return None
            if len(found) == 0:
                gain = float(price.sum() - (toll - self._toll).sum() - (charge - self._charge).sum() + counted)
                share = np.asarray(solution.col_value)[self._ahead :]
                return Leaf(gain, limits, share, price, toll, charge, worth, counted, Basis.of(self._solver))
            self._add(found)
        return None

    def _elsewhere(self) -> Floats:
        """The least slack of groups without anybody of the piece at each shared facility that is paid for.

        What is paid for it in the piece may not fall so far that such a group would gain.
        """
        duals, slack = self._duals, self._charge.copy()
        paid = np.zeros(self.core.facilities, np.bool_)
        paid[self._shared] = self._charge > NO_PRICE
        without = self.core.keep(~self._inside[self.core.item] & paid[self.core.facility])
        within = float(slack.max(initial=0.0))
        found = list_columns(without, duals.price, within, LISTED, fee=duals.fee, cuts=duals.cuts,
                             disjunctions=duals.disjunctions, best=1)  # fmt: skip
        if found is None:
            return np.zeros(len(slack))
        np.minimum.at(slack, np.searchsorted(self._shared, found.facility), found.slack)
        return slack

    def _worth_adding(self, price: Floats, toll: Floats, charge: Floats, worth: Floats) -> Columns | None:
        """Groups of the piece of negative slack; None where they cannot be listed."""
        duals = self._duals
        all_prices, cut_price = duals.price.copy(), duals.cuts.price.copy()
        all_prices[self.items] += price
        cut_price[self._local] = toll
        fee = duals.fee.copy()
        fee[self._shared] += charge - self._charge
        told: Weighted = duals.disjunctions
        if worth.any():
            told = (*told, (Disjunction(self._pairing, worth[:, None], *_NOTHING, 0.0), 1.0))
        for best in (EACH, 1):
            found = list_columns(
                self.core, all_prices, -REDUCED_COST, LISTED, fee=fee,
                cuts=Cuts(duals.cuts.triples, cut_price), disjunctions=told, best=best,
            )  # fmt: skip
            if found is not None:
                touching = self._touching(found)
                if len(found) and len(touching) == 0:
                    # Behind a facility's best ones, below zero by rounding, may be one that touches.
                    return None
                found = without_duplicates(self.core, touching, by=touching.slack)
                return chosen_columns(found, np.sort(np.argsort(found.slack, kind="stable")[:ADDED]))
        return None

    def _said(self, leaves: list[Leaf], gain: float) -> Disjunction:
        """What all leaves say. One that gains more than another says as much with smaller prices."""
        part = np.array([min(1.0, gain / leaf.gain) for leaf in leaves])
        price = np.array([leaf.price for leaf in leaves]) * part[:, None]
        worth = np.array([leaf.worth for leaf in leaves]) * part[:, None]
        toll, tolled = _taken(self._toll, np.array([leaf.toll for leaf in leaves]), part)
        charge, charged = _taken(self._charge, np.array([leaf.charge for leaf in leaves]), part)
        paid = price[:, self._row[self._pairing % self.core.items]] + worth
        counted = np.array([leaf.counted for leaf in leaves]) * part
        least = float((price.sum(axis=1) - toll.sum(axis=0) - charge.sum(axis=0) + counted).min())
        known = (np.abs(paid) > NO_PRICE).any(axis=0)
        # No item has more than one pairing, no triple or facility more than one group: so much at most is left out.
        left_out = (len(self.items) + int((~tolled).sum() + (~charged).sum())) * NO_PRICE
        return Disjunction(self._pairing[known], np.ascontiguousarray(paid[:, known].T), self._triples[tolled], toll,
                           self._shared[charged], charge, least - left_out)  # fmt: skip

    def _limit(self, limits: Limits) -> None:
        """So many of each sort at least and at most."""
        self._limits = dict.fromkeys(self._counted, (0.0, np.inf))
        for sort, bound, least in limits:
            low, high = self._limits.get(sort, (0.0, np.inf))
            self._limits[sort] = (max(low, bound), high) if least else (low, min(high, bound))
            if sort not in self._counted:
                self._count(sort)
        for sort, (low, high) in self._limits.items():
            self._solver.changeRowBounds(self._counted[sort], low if low > 0 else -np.inf, high)

    def _count(self, sort: int) -> None:
        """A row for a sort."""
        number = np.bincount(self._columns.group[self._sorts_of(self._columns) == sort], minlength=len(self._columns))
        held = np.flatnonzero(number)
        self._counted[sort] = self._solver.getNumRow()
        self._solver.addRow(-np.inf, np.inf, len(held), _int32(self._ahead + held), number[held].astype(np.float64))

    def _run(self) -> None:
        self._count_and_hear()
        self._solver.run()

    def _count_and_hear(self) -> None:
        self.solves += 1
        self._hear()

    def _touching(self, columns: Columns) -> Columns:
        """The groups that hold an item of the piece."""
        return chosen_columns(columns, np.unique(columns.group[self._inside[columns.item]]))

    def _sorts_of(self, columns: Columns) -> Ints:
        """The sort of each entry of some groups; -1 outside the piece."""
        inside = self._inside[columns.item]
        sort = np.full(len(columns.item), -1, np.int64)
        key = columns.facility[columns.group] * self.core.items + columns.item
        sort[inside] = self._sort[np.searchsorted(self._pairing, key[inside])]
        return sort

    def _add(self, columns: Columns) -> None:
        """More groups to choose from."""
        hits = groups_with_two(columns.start, columns.item, self._triples, self.core.items)
        place = self._place_row[columns.facility]
        held = np.flatnonzero(place >= 0)
        # What local cuts and facilities take is up to their rows.
        cost = slacks_of(self.core, columns, self._duals)
        cost -= np.bincount(hits[:, 1], self._toll[hits[:, 0]], len(columns))
        cost[held] -= self._duals.charge[columns.facility[held]]
        inside, sort = self._inside[columns.item], self._sorts_of(columns)
        rows = [self._row[columns.item[inside]], len(self.items) + hits[:, 0], place[held]]
        groups = [columns.group[inside], hits[:, 1], held]
        for one, counted in self._counted.items():
            groups.append(columns.group[sort == one])
            rows.append(np.full(len(groups[-1]), counted))
        row, group = np.concatenate(rows), np.concatenate(groups)
        # A sort may be in a group more than once.
        every = self._solver.getNumRow()
        place, number = np.unique(group * every + row, return_counts=True)
        group, row = place // every, place % every
        start = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=len(columns)))])[:-1]
        count = len(columns)
        self._solver.addCols(count, cost, np.zeros(count), np.full(count, np.inf), len(row), _int32(start), _int32(row),
                             number.astype(np.float64))  # fmt: skip
        self._columns = joined_columns(self._columns, columns)


#: No triples and no facilities, with what is taken for them.
_NOTHING = np.zeros((0, 3), np.int64), np.zeros((0, 1)), np.zeros(0, np.int64), np.zeros((0, 1))


def in_part(columns: Columns, share: Floats, items: int) -> list[Ints]:
    """Items that are in groups chosen in part, those together that such groups connect; most first."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    part = np.flatnonzero((share > NEAR_WHOLE) & (share < 1 - NEAR_WHOLE))
    some = chosen_columns(columns, part)
    nodes = items + len(part)
    graph = coo_matrix((np.ones(len(some.item), np.int8), (some.item, items + some.group)), (nodes, nodes))
    label = connected_components(graph, directed=False)[1][:items]
    held = np.unique(some.item)
    found = [held[label[held] == name] for name in np.unique(label[held])]
    return sorted(found, key=len, reverse=True)


def surroundings(columns: Columns, slack: Floats, items: Ints, count: int, most: int) -> Ints:
    """Some items and those nearest to them, `most` in all, by the slack of the groups on the way."""
    leading = np.flatnonzero(slack < NEAR)
    columns, slack = chosen_columns(columns, leading), slack[leading]
    far = np.full(count, np.inf)
    far[items] = 0.0
    step = np.maximum(slack, 0.0) + STEP
    while True:
        near = np.full(len(columns), np.inf)
        np.minimum.at(near, columns.group, far[columns.item])
        before = far.copy()
        np.minimum.at(far, columns.item, (near + step)[columns.group])
        if np.array_equal(far, before):
            break
    order = np.argsort(far, kind="stable")[: max(most, len(items))]
    return np.sort(order[np.isfinite(far[order])])


def _taken(base: Floats, leaves: Floats, part: Floats) -> tuple[Floats, Flags]:
    """What leaves take in part, beyond what all of them take: (felt, leaves); and where that is felt.

    What all of them take, `base` among it, the rows of the whole relaxation take by themselves.
    """
    taken = (leaves - base) * part[:, None]
    taken -= taken.min(axis=0)
    felt: Flags = np.any(taken > NO_PRICE, axis=0)
    return np.ascontiguousarray(taken[:, felt].T), felt


def _sorts(core: Core, inside: Flags) -> tuple[Ints, Ints]:
    """The pairings of a piece, ascending, and the sort of each: items are alike, and their leaders; odd to lead."""
    arcs = np.flatnonzero(inside[core.item])
    item, facility = core.item[arcs], core.facility[arcs]
    lead = core.lead[facility]
    leader = np.where(lead >= 0, core.alike[lead], core.items + facility)
    kind = core.alike[item] * (core.items + core.facilities) + leader
    return facility * core.items + item, 2 * kind + (lead == item)


def _halves(limits: Limits, one: tuple[int, float]) -> tuple[Limits, Limits]:
    """With so many of a sort or more, and with fewer."""
    sort, bound = one
    return (*limits, (sort, bound, True)), (*limits, (sort, bound - 1, False))


def _int32(values: Any) -> Any:
    return np.asarray(values).astype(np.int32)
