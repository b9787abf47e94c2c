"""Choosing from a list that is too long for a solver of whole numbers: branch and bound whose nodes price by looking.

HiGHS works on every group of a model; the relaxation over a long list has a few dozen in parts, and needs no more
than some thousands of them (`pool`). So the tree is our own: at each node the groups that it still allows are looked
at, those of negative slack join the relaxation, cuts are added, and what has more slack than the gap is forbidden below
(Contardo and Martinelli 2014 price from a list of routes so; Savelsbergh 1997 branches on who is assigned where).
A node is split by whether an item joins a facility, first of all by whether somebody leads.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbench.grouping.models.columns import Columns, chosen_columns, joined_columns
from workbench.grouping.models.compact import Solution
from workbench.grouping.models.pool import ADDED, EACH, FIRST, HARDLY, slacks
from workbench.grouping.models.set_partitioning import Duals, SetPartitioning
from workbench.grouping.models.subset_rows import groups_with_two
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import NEAR_WHOLE, REDUCED_COST, SOLVER_COST

#: Cuts added at most at once, and rounds of them at the first node and at others.
CUTS, FIRST_ROUNDS, ROUNDS = 40, 6, 2
#: How much more a facility's leader tells than who joins it.
LEADER = 2.0
#: What it costs that somebody is missing, in answers.
MISSING = 10


@dataclass(frozen=True, eq=False)
class Node:
    """What is left to choose from somewhere in the tree.

    Attributes
    ----------
    bound
        no choice costs less.
    allowed
        groups of the list.
    must
        items that are not left out.
    """

    bound: float
    allowed: Ints
    must: Ints


class Tree:
    """The relaxation that all nodes over one list share.

    Attributes
    ----------
    chosen, known
        the best answer so far, and what it costs.
    given_up
        the least bound of nodes that were left although something cheaper than `known` may be there.
    """

    def __init__(self, core: Core, listed: Columns, at_least: int, triples: Ints, start: Ints, gap: float,
                 enough: float) -> None:  # fmt: skip
        self.core, self.listed, self.gap, self.enough = core, listed, gap, enough
        self.chosen, self.known, self.given_up = start, core.total(start)[1], np.inf
        # In a branch the groups of the relaxation may not cover everybody: then somebody is missing, at the cost of
        # some answers. Where nobody can be missing, all groups are in the relaxation.
        missing = _missing(core, MISSING * (1 + self.known))
        self._short = len(missing) > 0
        order = np.argsort(np.where(np.isnan(listed.slack), -np.inf, listed.slack), kind="stable")
        first = np.sort(order[: FIRST + EACH * core.items if self._short else None])
        begin = joined_columns(missing, chosen_columns(listed, first))
        self.model = SetPartitioning(core, begin, at_least, {"solver": "simplex"})
        #: Which group of the list each of the model is; -1 for who is missing.
        self._names = np.concatenate([np.full(len(missing), -1), first])
        self._inside = np.zeros(len(listed), np.bool_)
        self._inside[first] = True
        self._hits = np.zeros((0, 2), np.int64)
        self._group = listed.group
        self.cut(triples)

    @property
    def goal(self) -> float:
        """What a node has to be below to be looked into."""
        return min(self.known, self.enough)

    def close(self, bound: float) -> None:
        """Leave what costs no less than `bound`."""
        if bound < self.known - SOLVER_COST * (1 + self.known):
            self.given_up = min(self.given_up, bound)

    def cut(self, triples: Ints) -> None:
        """Add cuts: they hold everywhere."""
        if len(triples):
            before = len(self.model.triples)
            self.model.cut(triples)
            hits = groups_with_two(self.listed.start, self.listed.item, triples, self.core.items)
            self._hits = np.concatenate([self._hits, hits + np.array([before, 0])])

    def solve(self, node: Node, rounds: int) -> tuple[Node, Floats] | None:
        """The relaxation at a node, with so many rounds of cuts: what is left of it, and the shares of groups.

        None where nothing is left to choose that is below the goal by more than the gap asked for.
        """
        allowed = np.zeros(len(self.listed), np.bool_)
        allowed[node.allowed] = True
        self.model.allow((self._names < 0) | allowed[self._names], node.must)
        bound = node.bound
        while True:
            solved = self._priced(allowed)
            if solved is None:
                if self._short:
                    self.close(bound)
                return None
            duals, share, slack = solved
            # Groups hold an item at least: there are no more of them than items.
            now = self.model.bound(duals) + min(0.0, float(slack[allowed].min(initial=0.0))) * self.core.items
            risen = now > bound + HARDLY * (self.goal - bound)
            bound = max(bound, now)
            if self._whole(share):
                return None
            if self.goal <= bound * (1 + self.gap) + SOLVER_COST * (1 + self.known):
                self.close(bound)
                return None
            allowed &= slack <= self.goal - now + SOLVER_COST * (1 + self.known)
            cuts = self.model.broken(share, CUTS) if rounds > 0 and risen else np.zeros((0, 3), np.int64)
            if len(cuts) == 0:
                return Node(bound, np.flatnonzero(allowed), node.must), share
            rounds -= 1
            self.cut(cuts)

    def split(self, node: Node, share: Floats) -> tuple[Node, Node] | None:
        """With an item at a facility, and without: the one nearest to half there; None where none is in part."""
        core, listed = self.core, self.listed
        used = np.flatnonzero((share > NEAR_WHOLE) & (self._names >= 0))
        some = chosen_columns(self.model.columns, used)
        pair, where = np.unique(some.facility[some.group] * core.items + some.item, return_inverse=True)
        taken = np.bincount(where, share[used][some.group], len(pair))
        facility, item = pair // core.items, pair % core.items
        tells = np.minimum(taken, 1 - taken) * np.where(core.lead[facility] == item, LEADER, 1.0)
        # Who is missing in part is not all at one facility for being told to.
        missing = share[self._names < 0]
        tells[missing[item] > NEAR_WHOLE if len(missing) else slice(0)] = 0.0
        if tells.max(initial=0.0) <= NEAR_WHOLE:
            self.close(node.bound)
            return None
        best = int(np.argmax(tells))
        there = listed.facility == facility[best]
        holds = np.zeros(len(listed), np.bool_)
        holds[self._group[listed.item == item[best]]] = True
        there, holds = there[node.allowed], holds[node.allowed]
        # There is one group at a facility: with the item there, all others there hold it.
        return (
            Node(node.bound, node.allowed[there == holds], np.append(node.must, item[best])),
            Node(node.bound, node.allowed[~(there & holds)], node.must),
        )

    def _priced(self, allowed: np.ndarray) -> tuple[Duals, Floats, Floats] | None:
        """The relaxation with all allowed groups of negative slack in it."""
        while True:
            solved = self.model.relaxed()
            if solved is None:
                return None
            duals, share = solved
            slack = slacks(self.listed, duals, self._hits)
            wanted = np.flatnonzero((slack < -REDUCED_COST) & allowed & ~self._inside)
            if len(wanted) == 0:
                return duals, share, slack
            wanted = np.sort(wanted[np.argsort(slack[wanted], kind="stable")[: max(ADDED, self.core.items)]])
            self._inside[wanted] = True
            self._names = np.concatenate([self._names, wanted])
            self.model.add(chosen_columns(self.listed, wanted))

    def _whole(self, share: Floats) -> bool:
        """Whether the shares are an answer: kept, if it is better."""
        whole = bool((np.abs(share - np.rint(share)) <= NEAR_WHOLE).all())
        if whole := whole and share[self._names < 0].max(initial=0.0) <= NEAR_WHOLE:
            chosen = self.model.answer(share)
            cost = self.core.total(chosen)[1]
            if cost < self.known:
                self.chosen, self.known = chosen, cost
        return whole


def branch(
    core: Core,
    listed: Columns,
    at_least: int,
    *,
    start: Ints,
    triples: Ints,
    nodes: int,
    gap: float = 0.0,
    enough: float = np.inf,
    tell: Callable[[float, float], bool],
) -> Solution:
    """The cheapest choice among the listed groups that covers `at_least` units, or `start`, if none is cheaper.

    Parameters
    ----------
    start
        a known answer of that coverage.
    triples
        cuts to begin with.
    nodes
        of the tree at most.
    enough
        a bound that is good enough: none above it is told.
    tell
        called with cost and bound at each node; says whether to go on.
    """
    tree = Tree(core, listed, at_least, triples, start, gap, enough)
    waiting: list[tuple[float, int, Node]] = []
    here: Node | None = Node(-np.inf, np.arange(len(listed)), np.zeros(0, np.int64))
    number, going = 0, True
    while here is not None and number < nodes and going:
        number += 1
        solved = tree.solve(here, ROUNDS if number > 1 else FIRST_ROUNDS)
        halves = None if solved is None else tree.split(*solved)
        here = None
        if halves is not None:
            # On with the item at the facility, where an answer is near; later with what has the least bound.
            here, other = halves
            heapq.heappush(waiting, (other.bound, number, other))
        if waiting and waiting[0][0] >= tree.goal - SOLVER_COST * (1 + tree.known):
            tree.close(waiting[0][0])
            waiting.clear()
        if here is None and waiting:
            here = heapq.heappop(waiting)[2]
        going = tell(tree.known, _least(tree, here, waiting))
    return Solution(tree.chosen, _least(tree, here, waiting), here is None, False, number)


def _least(tree: Tree, here: Node | None, waiting: list[tuple[float, int, Node]]) -> float:
    """What no choice costs less than."""
    bounds = [tree.goal, tree.given_up]
    if here is not None:
        bounds.append(here.bound)
    if waiting:
        bounds.append(waiting[0][0])
    return float(min(bounds))


def _missing(core: Core, cost: float) -> Columns:
    """A group of each item alone, which stands for its not being covered; none where nobody leads.

    Of groups that nobody leads there is one a facility: whoever is missing would take its place.
    """
    led = np.flatnonzero(core.lead >= 0)[:1]
    count = core.items * len(led)
    every = np.full(count, cost)
    return Columns(np.arange(count + 1), np.arange(count), np.repeat(led, count), every, np.full(count, np.nan))
