"""The search for the best grouping of one independent part, first of coverage, then of cost.

1. Where many items are alike, how many of each type go together is chosen (`patterns`); mostly that is all. Else prices
   bound the cost of covering everybody (`lagrangian`).
2. Neighbourhood by neighbourhood, groups of little slack are listed and the best choice among them is taken
   (`neighbourhoods`): nearly always everybody is covered, and the cost is within a percent or two of the bound.
3. Where that fails, the compact model says how many can be covered at most (`compact`); in large parts, the
   surroundings of those left out do (`uncovered`).
4. Cuts raise the bound (`cuts`). What the relaxation chooses whole is an answer but for some places, and each of those
   is solved by itself (`places`).
5. Every group that a better answer could still hold is listed and chosen from: what comes out is proven. Where they are
   too many, a tree chooses among pairings (`trees`): what pieces of the map say makes lists shorter, so they are tried
   again before it is split. Small parts are tried in the compact model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.grouping.models import (
    Columns,
    Cuts,
    Duals,
    LagrangianBound,
    ProvenPrices,
    Solution,
    Tightened,
    Tree,
    choose_groups,
    columns_of,
    coverable,
    covered_at_most,
    feasible_duals,
    joined_columns,
    least_cost,
    list_columns,
    most_covered,
    pairings_within,
    plain_duals,
    price_items,
    tighten,
    typical_cost,
    without_duplicates,
)
from workbench.grouping.patterns import choose_by_type, few_costs, lifted, too_many_sorts
from workbench.grouping.problem import Core, Ints
from workbench.grouping.search.bracket import Bracket
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.few_places import choose_among_few
from workbench.grouping.search.local_moves import improve_locally
from workbench.grouping.search.monitor import Monitor
from workbench.grouping.search.neighbourhoods import REPAIR_GAP, LargeNeighbourhoodSearch, Repair, by_type
from workbench.grouping.search.places import place_by_place
from workbench.grouping.search.short_lists import gap_of, little_slack, nearly_chosen, of_least_slack, within_gap
from workbench.grouping.search.solved import How, SolvedPart
from workbench.grouping.search.trees import sharpening_of, solves_of, tree_over
from workbench.grouping.search.uncovered import left_out_at_least
from workbench.grouping.tolerances import SAME_COST, WHOLE_BOUND

#: Groups in a first list, beside some for each item.
FIRST_LIST = 4000
#: On dense maps lists longer than the first by so many groups an item are priced by a tree.
LONG_LIST = 8
#: On others, those longer than this at first, and than that where pieces of the map have said what they can.
SPARSE_LIST, LONGEST_LIST = 60_000, 300_000
#: Where all that a better answer could hold are too many, lists are longer than the first by so many groups an item.
NEAR_LIST = 2
#: How much more often a tree may solve its relaxation in a dive for an answer; dives at most, each among more pairings.
DIVE, DIVES = 10, 3
#: How large windows are where types are chosen for, and where each is searched as a part of its own.
BY_TYPE, AS_A_PART = 0.5, 2.0
#: Work units of a window that is searched as a part of its own.
INSIDE = 8
#: Items of a place at first, and later; and how near to its bound it is solved.
PLACE, LARGE_PLACE, PLACE_GAP = 40, 60, 2e-4
#: How near the best of a first list the first answer has to be: it will be bettered.
FIRST_ANSWER_GAP = 0.003
#: An answer no nearer than this is bettered by neighbourhoods before it is proven.
FAR = 0.001
#: Parts of fewer items are chosen from one list at once; small moves are for parts of at most so many.
ONE_LIST_ITEMS, LOCAL_MOVE_ITEMS = 400, 20_000
#: Among others, parts of no fewer items are searched by neighbourhoods at first: of those below, a hand's will do.
NEIGHBOURHOOD_ITEMS = 60
#: Parts of more pairings are never put into the compact model: its relaxation alone takes minutes.
COMPACT_ARCS = 60_000
#: Work units of a search's first step on maps that are not dense.
FIRST_STEP = 8
#: Maps of more pairings than this for each item are dense.
DENSE = 100
#: Parts of more items are never chosen for from one list at once.
LISTABLE_ITEMS = 20_000


@dataclass(kw_only=True)
class ComponentSearch(Bracket):
    """The search of one part.

    Attributes
    ----------
    effort, seed
        how hard to search, and what ties are settled by.
    others
        whether there are other parts, which shall not wait long for an answer.
    cut_out
        whether this is a place of a larger part, which wants an answer and no proof: lists end as on a dense map.
    typed, settled
        whether items are told by types, and whether that is all that there is to do.
    """

    effort: Effort
    seed: int
    others: bool = False
    cut_out: bool = False
    settled: bool = False
    typed: bool = False
    stopped_by: str = ""
    _prices: LagrangianBound | None = None
    _tightened: tuple[int, Tightened] | None = None
    _tree: tuple[Tightened, Tree] | None = None

    def __post_init__(self) -> None:
        """Begin with the least of the steps that the effort has."""
        super().__post_init__()
        self.steps = self.effort.steps(1 if self.dense else FIRST_STEP)
        self.effort = self.steps[0]

    def run(self) -> None:
        """Search from beginning to end, with nothing in between."""
        self.approach()
        self.finish()
        for step in range(1, len(self.steps)):
            self.deepen(step)

    def approach(self) -> None:
        """A first answer with its bound: what every part shall have before one of them is searched to the end."""
        core, everybody = self.core, self.everybody
        self.covered_bound = everybody
        self.covered, self.cost = core.total(self.chosen)
        if not self.tell(0.0):
            return
        if core.items <= LOCAL_MOVE_ITEMS:
            self.offer(improve_locally(core, self.chosen, self.effort.passes))
        if self.covered < everybody and len(core.item) <= COMPACT_ARCS:
            self.covered_bound = coverable(core, self.monitor.left)
        if self.covered == self.covered_bound and self.tell(0.05):
            self.choose_by_type()
        promising = self.led and not self.settled and self.covered_bound == everybody
        if promising and self.tell(0.05) and not self.close_enough():
            if self.covered == everybody and too_many_sorts(core) and few_costs(core):
                self.choose_apart()
                return
            self._prices = self.price(everybody)
            if self.covered < everybody or self.others:
                self.gather(self._prices, everybody)

    def recall(self, before: SolvedPart) -> None:
        """Take over what an earlier search found of the very same part."""
        self.chosen, self.covered, self.cost = before.chosen, before.covered, before.cost
        self.covered_bound, self.cost_bound = before.covered_bound, before.cost_bound
        self.tell(1.0)

    def solved(self, chosen: Ints, how: How) -> SolvedPart:
        """What a later search of the same part can take over, with ties settled as in `chosen`."""
        return SolvedPart(chosen, self.covered, self.covered_bound, self.cost, self.cost_bound, self.proven, how)

    def finish(self) -> None:
        """Search until proven, good enough, out of work, or told to stop."""
        if not self.settled and self.monitor.go_on():
            self.settle_coverage()
            if not self.led and self.monitor.go_on() and not self.close_enough():
                self.compact()
            if self.monitor.go_on() and not self.close_enough() and not self.settled:
                if self._prices is None or self.covered < self.everybody:
                    self._prices = self.price(self.covered)
                self.prove(self._prices)
        if self.effort is self.steps[-1] or self.close_enough():
            self._prices = self._tightened = self._tree = None  # nothing goes on from them; a nation's are a gigabyte
        self.tell(1.0)

    def deepen(self, step: int) -> None:
        """Go on with more work where the step before ended, if there is anything left to do."""
        if step < len(self.steps) and not self.close_enough() and self.monitor.go_on():
            self.effort = self.steps[step]
            if self.typed:
                self.choose_by_type()
            elif self.settled:
                self.choose_apart()
            self.finish()

    def settle_coverage(self) -> None:
        """Where somebody is still left out: how many can be covered at most, and an answer that covers them."""
        if self.covered == self.covered_bound:
            return
        if len(self.core.item) > COMPACT_ARCS:
            lost = left_out_at_least(
                self.core, self.chosen, looks=self.effort.looks, seed=self.seed, left=self.seconds_left
            )
            self.covered_bound = min(self.covered_bound, self.everybody - lost)
            self.tell(0.3)
        elif self.monitor.go_on():
            self.cover()
        if self.covered == self.covered_bound:
            self.choose_by_type()

    @property
    def led(self) -> bool:
        """Whether anybody leads: hosts and centres alone have room, and the compact model is nearly whole by itself."""
        return bool(self.core.leads.any())

    @property
    def dense(self) -> bool:
        """Whether an item has so many places to go that lists are long."""
        return self.cut_out or len(self.core.item) > DENSE * self.core.items

    @property
    def most(self) -> int:
        """How many groups may be listed at once."""
        return self.effort.columns + 12 * self.core.items

    @property
    def first_count(self) -> int:
        """How many groups a first list holds."""
        return FIRST_LIST + 8 * self.core.items

    def price(self, at_least: int) -> LagrangianBound:
        """Price items at a coverage: a first bound on the cost."""
        # Aim at a known answer, or at a guess.
        aim = self.cost if self.covered >= at_least and self.covered > 0 else typical_cost(self.core)
        prices = price_items(self.core, at_least, target=aim, rounds=self.effort.rounds)
        self.bound_at(at_least, prices.bound)
        return prices

    def duals_of(self, prices: LagrangianBound) -> Duals:
        """Prices to list groups at; on dense maps such as no group is below zero at, or lists would never end."""
        return (feasible_duals if self.dense else plain_duals)(self.core, prices)

    def gather(self, prices: LagrangianBound, at_least: int) -> None:
        """Improve the answer by neighbourhoods; while it covers too few, in one list of more and more slack."""
        core = self.core
        duals = self.duals_of(prices)
        if core.items >= (NEIGHBOURHOOD_ITEMS if self.others else ONE_LIST_ITEMS):
            self.walk(duals)
        within = max(prices.bound, SAME_COST) / max(1, core.items) / 2
        for _ in range(6):
            if self.covered >= at_least or core.items > LISTABLE_ITEMS or not self.tell(0.1):
                return
            listed = list_columns(core, duals.price, within, self.first_count, fee=duals.fee)
            if listed is None:
                return
            self.choose(without_duplicates(core, listed), at_least, None, gap=FIRST_ANSWER_GAP)
            within *= 2

    def choose_apart(self) -> None:
        """Where many stand at one address and hardly two are alike: choose among few places for each.

        No list of groups ends there. Where even few places are too many, types are chosen for window by window.
        """
        self.settled, self.stopped_by = True, "lists"
        found = choose_among_few(self.core, self.chosen, effort=self.effort, seed=self.seed, gap=self.gap,
                                 left=self.seconds_left, watch=self.watch_apart)  # fmt: skip
        if found is not None:
            self.offer(found.chosen)
            self.bound_at(self.covered, found.bound)
        elif self.monitor.go_on():
            self.stopped_by = "size"
            prices = self._prices or self.price(self.covered)
            self.walk(self.duals_of(prices), size=BY_TYPE * self.effort.window,
                      repair=by_type(self.seed, self.seconds_left))  # fmt: skip

    def watch_apart(self, best: float, bound: float) -> bool:
        """Tell what a search by types has come to before it says who goes where."""
        cost, least = min(self.cost, best), max(self.cost_bound, lifted(bound, self._step, self.core.items))
        told = self.monitor.report(self.part, cost=cost, cost_bound=min(cost, least), done=0.5)
        return told and not self.close_enough()

    def walk(
        self, duals: Duals, *, most: int = 0, size: float = 0.0, repair: Repair | None = None, dear: bool = False
    ) -> None:
        """Better the answer neighbourhood by neighbourhood, until none promises anything or the work is spent.

        Only those where a group has slack, where `dear`.
        """
        core, size = self.core, size or self.effort.window
        if self.close_enough() or not self.tell(0.1):
            return
        walk = LargeNeighbourhoodSearch(core, duals, self.chosen, self.seed, self.seconds_left, size, repair=repair)
        if dear:
            walk.only_dear()
        most = most or self.effort.sweeps * (1 + core.items // 30)

        def heard(chosen: Ints, done: int) -> bool:
            self.offer(chosen.copy())
            return self.tell(0.3 + 0.3 * done / most) and not self.close_enough()

        walk.improve(most, heard)

    def searched(self, part: Core, before: Ints) -> Ints:
        """A window's answer, as a part of its own, with a tree over its pairings."""
        return self._inside(part, before, effort=Effort.of(INSIDE), gap=REPAIR_GAP)

    def placed(self, part: Core, before: Ints) -> Ints:
        """A place's answer, as a part of its own; its proof is left to the whole."""
        return self._inside(part, before, effort=Effort.of(1), gap=PLACE_GAP, cut_out=True)

    def _inside(self, part: Core, before: Ints, *, effort: Effort, gap: float, cut_out: bool = False) -> Ints:
        monitor = Monitor([int(part.size.sum())], None, lambda _: self.tell(0.5), self.monitor.begun)
        search = ComponentSearch(core=part, effort=effort, seed=self.seed, monitor=monitor, part=0, gap=gap,
                                 chosen=before, cut_out=cut_out)  # fmt: skip
        search.run()
        return search.chosen

    def settle_places(self, proof: Tightened, around: int) -> bool:
        """An answer from what the relaxation chooses whole, and places where it is undecided; whether it is better."""
        if self.close_enough() or not self.monitor.go_on():
            return False
        before = self.cost
        found = place_by_place(self.core, proof, around, self.seed, self.seconds_left, self.placed,
                               lambda: self.tell(0.4))  # fmt: skip
        # It begins with nobody at all who is undecided: somebody who must not be left out may be.
        if self.core.allows(found):
            self.offer(found)
        return self.cost < before

    def choose(
        self, listed: Columns, at_least: int, cuts: Cuts | None, gap: float = 0.0, priced: ProvenPrices | None = None
    ) -> Solution:
        """Take the best choice among listed groups and those in use, if it is better."""
        core = self.core
        listed = without_duplicates(core, joined_columns(listed, columns_of(core, self.chosen)))
        found = choose_groups(
            core, listed, at_least, looks=self.effort.looks, seed=self.seed,
            start=self.chosen if self.covered >= at_least else None, gap=max(gap, self.gap / 2),
            triples=None if cuts is None else cuts.triples[cuts.price > WHOLE_BOUND], seconds=self.monitor.left,
            watch=self.watch, priced=priced,
        )  # fmt: skip
        self.offer(found.chosen)
        return found

    def choose_by_type(self) -> None:
        """Where many items are alike, choose by their types."""
        found = choose_by_type(self.core, self.covered, start=self.chosen, looks=50 * self.effort.looks, seed=self.seed,
                             gap=self.gap, left=self.seconds_left, watch=self.watch)  # fmt: skip
        if found is not None:
            self.learn(found, np.inf)
            self.typed = True
            # Of groups that so many are alike in there is no list that ends.
            self.settled = 2 * len(np.unique(self.core.alike)) <= self.core.items

    def cover(self) -> None:
        """Find how many units can be covered at most."""
        found = most_covered(self.core, start=self.chosen, work=50 * self.effort.looks, seed=self.seed,
                             seconds=self.monitor.left, watch=self.watch)  # fmt: skip
        self.offer(found.chosen)
        self.covered_bound = covered_at_most(found, self.covered_bound)
        self.tell(0.3)

    def prove(self, prices: LagrangianBound) -> None:
        """Raise the bound and lower the cost until they meet, or the work is spent."""
        core, effort = self.core, self.effort
        at_least, duals = self.covered, self.duals_of(prices)
        placed = False
        if self.dense:
            # What the relaxation begins with holds a better answer than windows come to from a hand's.
            self.first_answer(self.first_list(duals), duals.cuts, self.cost_bound)
        tightened = self.tightened(duals, at_least)
        if tightened is not None:
            duals = tightened.duals
            if effort is self.steps[0] and not self.cut_out:
                placed = self.settle_places(tightened, PLACE)
            if self.dense and self.monitor.go_on():
                self.first_answer(nearly_chosen(core, tightened, self.first_count), duals.cuts, tightened.bound)
        if self.cut_out:
            return
        far = self.dense and self.cost - self.cost_bound > FAR * self.cost
        if core.items >= ONE_LIST_ITEMS or (far and self.monitor.go_on()):
            self.walk(duals, dear=placed or effort is not self.steps[0])
        if tightened is not None and self.covered == at_least and not self.close_enough() and self.monitor.go_on():
            self.close(tightened, at_least)
        if not self.close_enough() and len(core.item) <= effort.exact_arcs and self.monitor.go_on():
            self.compact()

    def tightened(self, duals: Duals, at_least: int) -> Tightened | None:
        """The relaxation with cuts: what an earlier step made of it, or more; None where that is not to be had."""
        core = self.core
        known, before = self._tightened or (-1, None)
        if known != at_least:
            before = None
        if core.items > self.effort.tight_items:
            self.stopped_by = "size"
        elif before is None or not before.complete:
            found = tighten(
                core, self.first_list(duals) if before is None else before.columns, at_least, target=self.cost,
                rounds=self.effort.cut_rounds, most=self.most, tell=lambda bound: self.heard(at_least, bound),
                triples=None if before is None else before.duals.cuts.triples,
            )  # fmt: skip
            if found is None or not found.complete:
                self.stopped_by = "cuts"
            if found is not None and (before is None or found.bound >= before.bound):
                self._tightened, before = (at_least, found), found
                self.bound_at(at_least, found.bound)
        return before

    def first_list(self, duals: Duals) -> Columns:
        """Groups for a relaxation to begin with: those of little slack, and those in use."""
        return little_slack(self.core, duals, self.cost_bound, self.chosen, self.first_count)

    def compact(self) -> None:
        """Solve the compact model at this coverage."""
        found = least_cost(self.core, self.covered, start=self.chosen, work=self.effort.looks, seed=self.seed,
                           gap=self.gap, seconds=self.monitor.left, watch=self.watch)  # fmt: skip
        self.learn(found, np.inf)

    def first_answer(self, listed: Columns, cuts: Cuts, bound: float) -> None:
        """A good answer from a short list, where there is none yet: it makes the whole list short."""
        if self.effort is self.steps[0] and self.cost - bound > FIRST_ANSWER_GAP * self.cost:
            self.choose(listed, self.covered, cuts, gap=FIRST_ANSWER_GAP)

    def close(self, proof: Tightened, at_least: int) -> None:
        """List every group that a better answer could hold and choose; if they are too many, better the answer."""
        core, duals = self.core, proof.duals
        if not self.dense:
            self.first_answer(nearly_chosen(core, proof, self.first_count), duals.cuts, proof.bound)
        elif self.effort is self.steps[0] and self.cost - proof.bound > FIRST_ANSWER_GAP * self.cost:
            for times in range(1, DIVES + 1):
                far = self.cost - proof.bound > FIRST_ANSWER_GAP * self.cost
                if far and solves_of(self.effort, core.items) > 0 and self.monitor.go_on():
                    self.dive(proof, at_least, times * FIRST_ANSWER_GAP * proof.bound)
            self.walk(duals)
        if not self.choose_all(core, proof, at_least, SPARSE_LIST) and self.tell(0.6):
            more = self.effort.inside > 0
            if more:
                self.settle_places(proof, LARGE_PLACE)
            self.branch(proof, at_least)
            if more:
                self.walk(duals, most=self.effort.inside, size=AS_A_PART, repair=self.searched, dear=True)

    def choose_all(self, core: Core, proof: Tightened, at_least: int, most: int) -> bool:
        """Choose from every group of a core that a better answer could hold; whether they are few enough to list.

        Where towns are sparse, that is no more than `most`.
        """
        few = FIRST_LIST + LONG_LIST * core.items if self.dense else min(self.most, most)
        listed = within_gap(core, proof, self.cost, few)
        if listed is not None:
            priced = ProvenPrices(proof.duals, proof.bound)
            self.learn(self.choose(listed, at_least, proof.duals.cuts, priced=priced), self.cost)
        return listed is not None

    def choose_near(self, core: Core, proof: Tightened, at_least: int) -> None:
        """Choose among so many of them as a short list holds, those of least slack."""
        listed = of_least_slack(core, proof, self.cost, FIRST_LIST + NEAR_LIST * core.items)
        self.choose(listed, at_least, proof.duals.cuts, priced=ProvenPrices(proof.duals, proof.bound))

    def dive(self, proof: Tightened, at_least: int, within: float) -> None:
        """An answer where windows find none that is near the bound: by settling group after group of little slack."""
        few = pairings_within(self.core, proof.duals, min(within, self.cost - proof.bound))
        few[self.core.arcs_of(self.chosen)] = True
        tree = tree_over(self.core, few, proof, at_least, self.chosen, self.gap / 2, self.most)
        tree.dive(DIVE * solves_of(self.effort, self.core.items), lambda cost, bound: self.tell(0.6))
        self.offer(tree.chosen)

    def branch(self, proof: Tightened, at_least: int) -> None:
        """Branch and price among the pairings that a better answer can hold."""
        if self._tree is None or self._tree[0] is not proof:
            arcs = pairings_within(self.core, proof.duals, gap_of(proof, self.cost))
            self._tree = proof, tree_over(self.core, arcs, proof, at_least, self.chosen, self.gap / 2, self.most)
        tree = self._tree[1]
        tree.take(self.chosen, self.cost)

        def heard(cost: float, bound: float) -> bool:
            return self.heard(at_least, min(bound, cost))

        sharpened = tree.sharpen(sharpening_of(self.effort, self.core.items), heard)
        self.offer(tree.chosen)
        listed = self.monitor.go_on() and self.choose_all(tree.core, sharpened or proof, at_least, LONGEST_LIST)
        if sharpened is not None and not listed and self.monitor.go_on():
            self.choose_near(tree.core, sharpened, at_least)
        if self.close_enough():
            return
        tree.take(self.chosen, self.cost)
        # Pieces of a large map take more than the tree may: with more than normal effort it has its own count.
        begun = tree.solves if self.effort.inside > 0 else 0
        found = tree.search(begun + solves_of(self.effort, self.core.items), heard)
        self.learn(found, np.inf)
        if not found.optimal:
            self.stopped_by = "looks" if not tree.ended else "lists"
        if tree.ended:
            # Nothing is left of it; where some nodes had to be given up, more effort begins anew with longer lists.
            self._tree = None

    def watch(self, best: float, bound: float) -> bool:
        """What HiGHS asks at each look."""
        return self.tell(0.5)
