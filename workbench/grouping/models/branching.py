"""Branch and price: choosing among all groups there are, where they are too many to list.

A better answer may hold millions of groups and no more than some thousands of pairings: where ten may be in a group, or
where a geocoder has put a third of a town on one point. So a node of the tree is a set of pairings. Those that have
too much slack at its prices are dropped (`fixing`); among the others every group of negative slack is found by
enumeration (`columns`) and joins the relaxation, and cuts are added (Barnhart and others 1998).

A node is split by how many groups are led at one point, or by whether an item joins a facility: by what raises the
bound on both sides. Each candidate is tried once, and after that is known by what it did wherever it split (reliability
branching; Achterberg, Koch and Martin 2005): what is open on a map are some dozen places that have nothing to do with
each other, and each does the same in every node.

Before the first node is split, small trees of those places raise its bound (`pieces`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from workbench.grouping.models.basis import Basis, tried
from workbench.grouping.models.columns import Columns, chosen_columns
from workbench.grouping.models.compact import Solution
from workbench.grouping.models.cuts import Tightened, shortfall, worth_adding
from workbench.grouping.models.disjunctions import Disjunction
from workbench.grouping.models.fixing import pairings_within
from workbench.grouping.models.highs import GROWING
from workbench.grouping.models.pieces import NEAR, Piece, in_part, surroundings
from workbench.grouping.models.set_partitioning import Duals, SetPartitioning
from workbench.grouping.problem import Core, Flags, Floats, Ints
from workbench.grouping.tolerances import NEAR_WHOLE, REDUCED_COST, SAME_COST, SOLVER_COST

#: Cuts added at most at once, and rounds of them at the first node and at others.
CUTS, FIRST_ROUNDS, ROUNDS = 40, 6, 2
#: A round of cuts that raises the bound by less than this of the gap is the last.
HARDLY = 0.01
#: Groups that join the relaxation at once, and times that it may be solved for one round of cuts.
ADDED, PRICINGS = 500, 60
#: Groups of so little slack need no more pricing: what they take off the bound is reckoned.
NO_MATTER = 1e-6
#: Groups of a relaxation from which on solving it counts twice, thrice and so on.
COUNTS_AGAIN = 20_000
#: Candidates looked at in a node, and of those not known yet, how many are tried.
CANDIDATES, TRIED = 40, 12
#: Steps of the simplex for one side of a candidate at most, and how many such trials count as one solve.
STEPS, TRIALS = 200, 4
#: What is nearer to whole is taken as whole in a tree: shares that are nearly nothing add up to as much in a count.
IN_PART = 10 * NEAR_WHOLE
#: How much more a facility's leader tells than who joins it.
LEADER = 2.0
#: Leaders at one point from which on their groups are counted.
SHARED = 3
#: In a dive, groups of so large a share are settled together, so many at most: or one of so many items.
NEARLY, SETTLED, SETTLED_ONE_OF = 0.85, 5, 200
#: What it costs that somebody is missing, in answers.
MISSING = 10
#: What a candidate is taken to do at least, and how fast later gains of it replace earlier ones.
LEAST_GAIN, NEWS = 1e-6, 0.5
#: Items of a piece with those around it; pieces without gain before the last; how many of their solves count as one.
PIECE, IDLE, SMALL = 70, 8, 4
#: Called with cost and bound now and then; says whether to go on.
Tell = Callable[[float, float], bool]


class Stopped(Exception):
    """Whoever is told has said stop."""


class Candidate(NamedTuple):
    """What a node can be split by: a region of `groups` or more, or an item at a facility."""

    region: int
    groups: float
    item: int
    facility: int


@dataclass(frozen=True, eq=False)
class Node:
    """What is left to choose from somewhere in the tree.

    Attributes
    ----------
    bound
        no choice costs less.
    arcs
        (a,) bool, pairings of the core that are allowed.
    must
        items that are not left out.
    low, high
        (r,) float64, groups in each region at least and at most.
    by
        what it came of, and on which side.
    basis
        where the relaxation of what it came of ended.
    """

    bound: float
    arcs: Flags
    must: Ints
    low: Floats
    high: Floats
    by: tuple[Candidate, int] | None = None
    basis: Basis | None = None


class Tree:
    """The relaxation that all nodes share.

    Attributes
    ----------
    chosen, known
        the best answer so far, and what it costs.
    given_up
        the least bound of nodes that were left although something cheaper than `known` may be there.
    solves
        how often the relaxation was solved; a large one counts more than once.
    """

    def __init__(self, core: Core, columns: Columns, at_least: int, triples: Ints, start: Ints, gap: float,
                 most: int) -> None:  # fmt: skip
        self.core, self.gap, self._most = core, gap, most
        self.chosen, self.known, self.given_up = start, core.total(start)[1], np.inf
        self.solves, self._trials = 0, 0
        # In a branch the groups of the relaxation may not cover everybody: then somebody is missing.
        # Prices are so exact that no group of the relaxation looks worth adding once more.
        options: dict[str, bool | float | str] = {"solver": "simplex", "dual_feasibility_tolerance": SAME_COST}
        self.regions = regions_of(core)
        self.model = SetPartitioning(core, columns, at_least, options, self.regions, MISSING * (1 + self.known))
        self._keys = core.facility * core.items + core.item
        self._at = self._arcs_of(columns)
        self._gains: dict[Candidate, list[float]] = {}
        if len(triples):
            self.model.cut(triples)
        few, everything = len(self.regions), np.ones(len(core.item), np.bool_)
        root = Node(-np.inf, everything, np.zeros(0, np.int64), np.zeros(few), np.full(few, np.inf))
        self._waiting: list[tuple[float, int, Node]] = [(-np.inf, 0, root)]
        #: Nodes that were solved, and those that have waited.
        self._number, self._pushed = 0, 0
        # Whether the first node is being sharpened, the pieces that were tried for it, since when in vain, and the last
        # relaxation of it.
        self._sharpening, self._idle = False, 0
        self._tried: set[bytes] = set()
        self._sharpest: Tightened | None = None
        self._go_on: Callable[[], bool] = lambda: True

    def search(self, solves: int, tell: Tell) -> Solution:
        """Go on until nothing is left, or the relaxation was solved so often in all, or `tell` says stop."""
        self._be_exact()
        while self._waiting and (self.solves < solves or self._number == 0) and self._step(tell):
            pass
        return Solution(self.chosen, self.bound, self.ended and self.hopeless(self.bound), False, self.solves)

    def sharpen(self, solves: int, tell: Tell) -> Tightened | None:
        """As `search`, but no further than where the first node is to be split: the relaxation there, once only."""
        self._be_exact()
        while self._waiting and (self._number == 0 or (self._sharpening and self.solves < solves)) and self._step(tell):
            pass
        if self._sharpening:
            return None
        sharpest, self._sharpest = self._sharpest, None
        return sharpest

    def _be_exact(self) -> None:
        """Solve as a relaxation that grows, with exact shares: a dive is none the better for either.

        Were shares not exact, a node would be split once more by what is whole.
        """
        for name, value in {**GROWING, "primal_feasibility_tolerance": SAME_COST}.items():
            self.model.solver.setOptionValue(name, value)

    def _step(self, tell: Tell) -> bool:
        """One node, or one piece of the first; whether to go on."""
        here = heapq.heappop(self._waiting)[2]
        if self.hopeless(here.bound):
            self.close(here.bound)
            return True
        self._go_on = partial(self._told, tell, here.bound)
        going = True
        try:
            halves = self._sharpened(here) if self._sharpening else self._halved(here)
        except Stopped:
            halves, going = (here,), False
        for half in halves:
            self._pushed += 1
            heapq.heappush(self._waiting, (half.bound, self._pushed, half))
        return going and tell(self.known, self.bound)

    def dive(self, solves: int, tell: Tell) -> None:
        """Look for an answer: choose group after group for good, those first that the relaxation nearly chooses."""
        node, begun = self._waiting[0][2], self.solves
        self._go_on = partial(self._told, tell, -np.inf)
        try:
            while (solved := self.solve(node, 1)) is not None and self.solves - begun < solves:
                node = self._settled(*solved)
        except Stopped:
            return

    @property
    def ended(self) -> bool:
        """Whether no node is waiting."""
        return not self._waiting

    @property
    def bound(self) -> float:
        """What no choice costs less than."""
        return float(min([self.known, self.given_up] + [bound for bound, _, _ in self._waiting[:1]]))

    def take(self, chosen: Ints, cost: float) -> None:
        """Learn of an answer; the better one is kept."""
        if cost < self.known:
            self.chosen, self.known = chosen, cost

    def close(self, bound: float) -> None:
        """Leave what costs no less than `bound`."""
        if bound < self.known - self._nothing:
            self.given_up = min(self.given_up, bound)

    def hopeless(self, bound: float) -> bool:
        """Whether what costs no less than `bound` is no better than what is known, but for the gap asked for."""
        return self.known <= bound * (1 + self.gap) + self._nothing

    def solve(self, node: Node, rounds: int) -> tuple[Node, Floats] | None:
        """The relaxation at a node, with so many rounds of cuts: what is left of it, and the shares of groups.

        None where nothing is left to choose that is better than what is known by more than the gap asked for.
        """
        arcs, bound = node.arcs.copy(), node.bound
        while True:
            self._enter(replace(node, arcs=arcs))
            if node.basis is not None:
                node.basis.restore(self.model.solver)
                node = replace(node, basis=None)
            solved = self._priced(arcs)
            if solved is None:
                self.close(bound)
                return None
            duals, share, now = solved
            # The first node knows of no bound yet.
            risen = not np.isfinite(bound) or now > bound + HARDLY * (self.known - bound)
            bound = max(bound, now)
            if self._whole(share):
                chosen = self.model.answer(share)
                self.take(chosen, self.core.total(chosen)[1])
                self.close(bound)
                return None
            if self.hopeless(bound):
                self.close(bound)
                return None
            arcs[arcs] = pairings_within(self.core.keep(arcs), duals, self.known - now + self._nothing)
            cuts = self.model.broken(share, CUTS) if rounds > 0 and risen else np.zeros((0, 3), np.int64)
            if len(cuts) == 0:
                return replace(node, bound=bound, arcs=arcs), share
            rounds -= 1
            self.model.cut(cuts)

    def _halved(self, node: Node) -> tuple[Node, ...]:
        """What a node is split into; nothing where it holds nothing better than what is known."""
        first = self._number == 0
        solved = self.solve(node, FIRST_ROUNDS if first else ROUNDS)
        self.learn(node, self.known if solved is None else solved[0].bound)
        self._number += 1
        if solved is not None and first and self.model.spare == 0:
            self._sharpening = True
            return (solved[0],)
        return () if solved is None else self.split(*solved)

    def _sharpened(self, node: Node) -> tuple[Node]:
        """The first node, with what one more piece of it says as a cut; the last piece is where nothing is gained."""
        self._enter(node)
        solved = self._priced(node.arcs)
        if solved is None:
            self._sharpening = False
            return (node,)
        duals, share, now = solved
        self._sharpest = Tightened(now, duals, self.model.columns, share)
        node = replace(node, bound=max(node.bound, now))
        found = in_part(self.model.columns, share, self.core.items)
        left = [items for items in found if items.tobytes() not in self._tried]
        if left and not self.hopeless(node.bound):
            said = self._piece(node, duals, left[0])
            self._tried.add(left[0].tobytes())
            self._idle = 0 if said is not None else self._idle + 1
            if said is not None:
                self.model.decide(said)
        self._sharpening = len(left) > 0 and self._idle < IDLE
        return (node,)

    def _piece(self, node: Node, duals: Duals, items: Ints) -> Disjunction | None:
        """What a tree of the surroundings of some items says."""
        columns, slack = self.model.columns, self.model.slack
        here = np.flatnonzero(np.logical_and.reduceat(node.arcs[self._at], columns.start[:-1]) & (slack < NEAR))
        some = chosen_columns(columns, here)
        around = surroundings(some, slack[here], items, self.core.items, PIECE)
        room = self.known - node.bound
        piece = Piece(self.core.keep(node.arcs), duals, around, some, self._hear)
        found = piece.explored(room)
        self.solves += piece.solves // SMALL
        return found

    def _told(self, tell: Tell, bound: float) -> bool:
        """Tell where the search stands while it is at a node of such a bound."""
        return tell(self.known, min(self.bound, bound))

    def _hear(self) -> None:
        """Stop here if that is asked for: the node waits as it was."""
        if not self._go_on():
            raise Stopped

    def split(self, node: Node, share: Floats) -> tuple[Node, ...]:
        """Two nodes that hold all that a node does; none where nothing is in part."""
        found = self._candidates(share)
        if len(found) == 0:
            self.close(node.bound)
            return ()
        before, room = self.model.objective, max(self.known - node.bound, self._nothing)
        node = replace(node, basis=(basis := Basis.of(self.model.solver)))
        for one in [one for one in found if one not in self._gains][:TRIED]:
            self._gains[one] = [min(room, self._tried_out(half, basis) - before) for half in self._halves(node, one)]

        def gained(one: Candidate) -> float:
            less, more = (max(LEAST_GAIN, min(gain, room)) for gain in self._gains.get(one, [0.0, 0.0]))
            return less * more

        return self._halves(node, max(found, key=gained))

    def _tried_out(self, half: Node, basis: Basis) -> float:
        """What a half costs among the groups that there are: where the whole node ended, it is some steps away."""
        self._hear()
        self._enter(half)
        basis.restore(self.model.solver)
        self._trials += 1
        if self._trials % TRIALS == 0:
            self._count()
        return tried(self.model.solver, STEPS)

    def learn(self, node: Node, bound: float) -> None:
        """Keep what a split has done: the bound of one of its halves, once that is solved."""
        if node.by is not None:
            one, side = node.by
            gain = bound - node.bound
            self._gains[one][side] += NEWS * (gain - self._gains[one][side])

    @property
    def _nothing(self) -> float:
        """What costs may differ by and be the same."""
        return SOLVER_COST * (1 + self.known)

    def _enter(self, node: Node) -> None:
        """Have the relaxation choose among what a node allows."""
        allowed = np.logical_and.reduceat(node.arcs[self._at], self.model.columns.start[:-1])
        self.model.allow(allowed, node.must)
        self.model.limit(node.low, node.high)

    def _relaxed(self) -> tuple[Duals, Floats] | None:
        self._hear()
        self._count()
        return self.model.relaxed()

    def _count(self) -> None:
        self.solves += 1 + len(self.model.columns) // COUNTS_AGAIN

    def _priced(self, arcs: Flags) -> tuple[Duals, Floats, float] | None:
        """The relaxation with all groups of negative slack in it, and its bound; None where that does not end."""
        here = self.core.keep(arcs)
        for _ in range(PRICINGS):
            solved = self._relaxed()
            if solved is None:
                return None
            found = worth_adding(here, solved[0], self._most, ADDED)
            if found is None:
                return None
            # What would be an answer is priced to the end: what is not looked at would be its shortfall.
            whole = self._whole(solved[1])
            least = REDUCED_COST if whole else NO_MATTER
            if found.slack.min(initial=0.0) >= -least:
                exact = whole or len(found) > 0
                off = shortfall(here, solved[0], self._most, least) if exact else -REDUCED_COST * here.items
                return *solved, self.model.bound(solved[0]) + off
            self._at = np.concatenate([self._at, self._arcs_of(found)])
            self.model.add(found)
        return None

    def _candidates(self, share: Floats) -> list[Candidate]:
        """What is in part, nearest to half first."""
        core, columns = self.core, self.model.columns
        used = np.flatnonzero(share > NEAR_WHOLE)
        number = self.regions @ np.bincount(columns.facility, share, core.facilities)
        whole = np.floor(number + IN_PART)
        # Where groups are lacking, as many as have to be there are no candidate: one half would be all, one nothing.
        part = (number - whole > IN_PART) & (self.model.absent[core.items + 1 :] <= IN_PART)
        regions = [Candidate(int(k), float(whole[k]) + 1, -1, -1) for k in np.flatnonzero(part)]
        some = chosen_columns(columns, used)
        pair, where = np.unique(some.facility[some.group] * core.items + some.item, return_inverse=True)
        taken = np.bincount(where, share[used][some.group], len(pair))
        facility, item = pair // core.items, pair % core.items
        tells = np.minimum(taken, 1 - taken) * np.where(core.lead[facility] == item, LEADER, 1.0)
        # Who is missing in part is not all at one facility for being told to.
        tells[self.model.absent[item] > IN_PART] = 0.0
        order = np.argsort(-tells, kind="stable")[:CANDIDATES]
        order = order[tells[order] > IN_PART]
        return regions + [Candidate(-1, 0.0, int(item[k]), int(facility[k])) for k in order]

    def _halves(self, node: Node, one: Candidate) -> tuple[Node, Node]:
        """With what a candidate says, and without."""
        if one.region >= 0:
            low, high = node.low.copy(), node.high.copy()
            low[one.region], high[one.region] = one.groups, one.groups - 1
            return replace(node, low=low, by=(one, 0)), replace(node, high=high, by=(one, 1))
        here, there = self.core.item == one.item, self.core.facility == one.facility
        with_it = replace(node, arcs=node.arcs & (~here | there), must=np.append(node.must, one.item), by=(one, 0))
        return with_it, replace(node, arcs=node.arcs & ~(here & there), by=(one, 1))

    def _settled(self, node: Node, share: Floats) -> Node:
        """With the groups chosen that are nearly whole, or the one that is most."""
        core, columns = self.core, self.model.columns
        part = np.flatnonzero((share > NEAR_WHOLE) & (share < 1 - NEAR_WHOLE))
        part = part[np.argsort(-share[part], kind="stable")]
        most = max(SETTLED, core.items // SETTLED_ONE_OF)
        taken = chosen_columns(columns, part[: max(1, int((share[part[:most]] > NEARLY).sum()))])
        home = np.full(core.items, -1, np.int64)
        home[taken.item] = taken.facility[taken.group]
        closed = np.isin(core.facility, taken.facility)
        there = home[core.item]
        arcs = node.arcs & np.where(there >= 0, there == core.facility, ~closed)
        return replace(node, arcs=arcs, must=np.union1d(node.must, taken.item))

    def _arcs_of(self, columns: Columns) -> Ints:
        """The pairing of each entry of some groups."""
        return np.searchsorted(self._keys, columns.facility[columns.group] * self.core.items + columns.item)

    def _whole(self, share: Floats) -> bool:
        """Whether the shares are an answer."""
        whole = bool((np.abs(share - np.rint(share)) <= IN_PART).all())
        return whole and float(self.model.absent.max(initial=0.0)) <= IN_PART


def regions_of(core: Core) -> Flags:
    """(r, f) bool: facilities that are led at one point, for each where there are several; and all that are led."""
    led = core.lead >= 0
    place = np.where(led, core.place[core.lead], -1)
    shared = np.flatnonzero(np.bincount(place[led], minlength=1) >= SHARED)
    return np.concatenate([place[None, :] == shared[:, None], led[None, :]])
