"""Parts where many items are alike: choose how many of each type go together, not who.

On one point so many groups cost the same that no list of them ends. Of their types there are few: a *pattern* is a
facility's type with how many of each type are in its group. Where several items lead at each seat, it is asked first
how many go to which (`aggregated`): mostly that is the proven best. Else patterns are made as prices ask for them
(column generation; Gilmore and Gomory 1961), until none is worth more than it costs: the relaxation's value bounds the
cost. Where all costs are multiples of one step, so is the best cost, and the bound is the next multiple.

An answer is found by fixing what the relaxation takes whole, and the largest share where it takes nothing whole, and
pricing the rest again. Then some groups at a time are dissolved and chosen again, exactly, from all patterns that
could be better. What patterns an answer of so little cost could hold is listed, too, for more and more cost, as far as
lists go: the choice among them raises the bound, or is proven the best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from workbench.grouping.models import Solution, Watch
from workbench.grouping.patterns.aggregated import choose_aggregated
from workbench.grouping.patterns.item_types import ItemTypes, TypeMembers, item_types_of
from workbench.grouping.patterns.master import PRICE_ROUNDS, Master, fits, used
from workbench.grouping.patterns.patterns import Patterns, distinct, in_use, joined, list_patterns
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import SAME_COST, SOLVER_COST, WHOLE_BOUND

#: Patterns listed at most: for a neighbourhood, for a whole part at first and at last, and at last times types.
LISTED, SHORT, MANY, ENTRIES = 1_000, 2_000, 40_000, 1_600_000
#: Units that are chosen for exactly: the last of a first answer, and those of a neighbourhood.
LAST, NEIGHBOURHOOD = 40, 60
#: Looks at HiGHS's search in one neighbourhood.
WORK_OF_A_NEIGHBOURHOOD = 40
#: Looks that are spent on the model of seats: so many, and one in so many of all.
SEATS_LOOKS, SEATS_SHARE = 400, 20
#: A share so large is as good as the whole.
NEARLY = 0.7
#: Steps in which the bound of costs without a step of their own is raised.
RUNGS = 8
#: What it costs to go where one cannot, when it comes to what is near.
UNREACHABLE_COST = 1e3


def choose_by_type(
    core: Core,
    at_least: int,
    *,
    start: Ints,
    looks: int,
    seed: int,
    gap: float,
    left: Callable[[], float],
    watch: Watch | None,
) -> Solution | None:
    """The cheapest grouping that covers `at_least` units; None where items are of too many types.

    Parameters
    ----------
    start
        a known answer of that coverage.
    looks
        at HiGHS's search in all.
    left
        says how many seconds are left.
    """
    found = item_types_of(core)
    if found is None:
        return None
    types, names = found
    solver = TypeSearch(types, int(core.size.sum()) - at_least, in_use(types, names, start), seed, gap, left, watch)
    solver.aggregate(SEATS_LOOKS + looks // SEATS_SHARE)
    if not solver.done:
        if solver.root.tighten(enough=solver.cost):
            solver.bound = max(solver.bound, solver.root.bound)
            solver.search(looks)
        elif solver.bound == 0.0:
            return None
    return Solution(assigned(core, types, names, solver.groups), solver.bound, solver.optimal, False, solver.work)


class TypeSearch:
    """The state of one search: patterns so far, the best answer, and what is proven.

    `share` of the units at least are fixed in each step of a first answer, `rounds` of prices at most in each; for a
    neighbourhood, `listed` patterns at most are.
    """

    def __init__(self, types: ItemTypes, spare: int, groups: Patterns, seed: int, gap: float, left: Callable[[], float],
                 watch: Watch | None, *, share: float = 0.0, rounds: int = PRICE_ROUNDS,
                 listed: int = LISTED) -> None:  # fmt: skip
        self.types, self.left, self.gap, self.watch = types, left, gap, watch
        self.spare, self._share, self._rounds, self._most = spare, share, rounds, listed
        self.groups = groups
        self.bound, self.optimal, self.work = 0.0, False, 0
        self.step = types.step
        self._going = True
        self._random = np.random.default_rng(seed)
        # Presolve finds little in such lists, takes longer than what follows, and is deaf to limits.
        self._options: dict[str, bool | float | str] = {
            "random_seed": seed % 2**31, "mip_rel_gap": gap / (1 + gap), "mip_abs_gap": max(1e-9, 0.999 * self.step),
            "mip_feasibility_tolerance": 1e-9, "presolve": "off",
        }  # fmt: skip
        self.root = Master(types, spare, distinct(types, groups), self._options, left)

    def begin_with(self, patterns: Patterns | None) -> None:
        """More patterns for the relaxation to begin with."""
        if patterns is not None:
            pool = distinct(self.types, joined(self.root.pool, patterns))
            self.root = Master(self.types, self.spare, pool, self._options, self.left)

    @property
    def cost(self) -> float:
        """What the best answer costs."""
        return float(self.groups.cost.sum())

    @property
    def done(self) -> bool:
        """Whether nothing cheaper is possible, or asked for."""
        enough = self.bound * (1 + max(self.gap, SAME_COST)) + SAME_COST
        return self.optimal or self.cost <= enough or not self._going

    def aggregate(self, looks: int) -> None:
        """An answer and a bound from the model of seats, where that is small."""
        options = self._options | {"presolve": "choose", "time_limit": self.left()}
        found = choose_aggregated(self.types, self.spare, options, looks, self.watch)
        if found is not None:
            self.work += found.work
            if found.groups is not None:
                self._take(found.groups)
            self.bound = max(0.0, min(self.root.lifted(found.bound), self.cost))

    def search(self, looks: int) -> None:
        """Find an answer, better it, and prove it as far as lists and looks go."""
        self.pool = distinct(self.types, self.root.pool)
        self._dive()
        most = max(SHORT, min(MANY, ENTRIES // len(self.types.count)))
        # What is hardly larger than a neighbourhood is one.
        small = int(self.types.count @ self.types.size) <= 2 * NEIGHBOURHOOD
        self._climb(looks, most if small else SHORT)
        self._windows(looks)
        self._climb(looks, most)

    def _climb(self, looks: int, most: int) -> None:
        """Raise the bound: whether any answer costs so little is told by the patterns that such an answer could hold.

        An answer of cost z holds no pattern of more slack than z less the bound of the prices.
        """
        root, prices, step = self.root, self.root.prices, self.step
        reach = (self.cost - root.relaxed) / RUNGS
        while not self.done and self.work < looks:
            if step:
                rung = round(self.bound / step)
                upper, proven = rung * step, root.lifted((rung + 1) * step)
            else:
                upper = proven = min(self.bound + reach, self.cost)
            within = upper - root.relaxed + SOLVER_COST * (1 + upper)
            listed = list_patterns(self.types, prices.worth, -prices.once, within, most)
            if listed is None:
                return

            def heard(best: float, bound: float, proven: float = proven) -> bool:
                return root.lifted(bound) < proven and (self.watch is None or self.watch(self.cost, self.bound))

            times, bound, optimal, work = root.whole(listed, looks - self.work, heard)
            self.work += work
            if times is not None:
                self._take(_taken(listed, times))
            # Of what was not listed, nothing costs less than `proven`.
            before, known = self.bound, min(root.lifted(bound), proven)
            self.bound = max(before, min(known, self.cost))
            self.optimal = optimal and known >= self.cost - SOLVER_COST * (1 + self.cost)
            if self.optimal or self.bound <= before:
                return

    def _dive(self) -> None:
        """An answer from the relaxation: what it takes whole is fixed, and the rest priced again."""
        master = Master(self.types, self.spare, self.pool, self._options, self.left)
        fixed = self.pool.some(np.zeros(0, np.int64))
        while int(master.types.count @ master.types.size) > LAST:
            self._look()
            if not self._going or master.price(rounds=self._rounds) is None:
                return
            share, leave = master.shares
            times, out = np.floor(share + WHOLE_BOUND).astype(np.int64), np.floor(leave + WHOLE_BOUND).astype(np.int64)
            least = self._share * int(master.types.count @ master.types.size)
            if not times.any() and not out.any() and leave.max(initial=0.0) > share.max(initial=0.0):
                out[int(np.argmax(leave))] = 1
            elif not out.any() and self._units(master, times) <= least:
                times = _largest(master, share, least)
            if not times.any() and not out.any():
                break
            fixed = joined(fixed, master.pool.some(np.repeat(np.arange(len(times)), times)))
            master.fix(times, out)
        self.pool = distinct(self.types, joined(self.pool, master.pool))
        # The last are chosen exactly; if they cannot be, with the last of those that were fixed.
        for back in (0, 6, 12, 24):
            keep = fixed.some(np.arange(max(0, len(fixed) - back)))
            rest = self._exact(keep, np.inf)
            if rest is not None:
                self._take(joined(keep, rest))
                return

    def _units(self, master: Master, times: Ints) -> int:
        """Units in patterns taken so often."""
        return int(used(master.pool, times, len(master.types.count)) @ master.types.size)

    def _windows(self, looks: int) -> None:
        """Dissolve some groups at a time and choose theirs again, until no neighbourhood of a round is better."""
        prices, stale, turn = self.root.prices, 0, 0
        while stale < 10 + len(self.groups) and not self.done and self.work < looks:
            turn += 1
            slack = prices.slack(self.groups)
            # In turn around a group that is dear for its prices, and around any.
            dear = int(np.argmax(slack + self._random.exponential(0.05, len(slack))))
            near = self._near(dear if turn % 2 else int(self._random.integers(len(slack))))
            size = np.cumsum((self.groups.held[near] >= 0).sum(axis=1))
            free = near[: max(1, int(np.searchsorted(size, NEIGHBOURHOOD)))]
            better = self.may_save(slack[free]) and self._again(free)
            stale = 0 if better else stale + 1
            self._look()

    def may_save(self, slack: Floats) -> bool:
        """Whether some groups of so much slack could be cheaper: prices alone tell, where everybody is in a group."""
        if self.spare > 0 or len(self.root.cuts) > 0:
            return True
        idle = np.ones(len(self.types.lead), np.bool_)
        idle[self.groups.facility] = False
        gain = float(slack.sum() - self.root.prices.once[idle].sum())
        return gain > 0.999 * self.step + SAME_COST

    def _near(self, head: int) -> Ints:
        """Groups in the order in which they have to do with one: by what their members would cost with each other."""
        groups = self.groups
        held = groups.held[head][groups.held[head] >= 0]
        cost = np.minimum(self.types.cost[:, held], UNREACHABLE_COST).mean(axis=1)
        own = cost[groups.facility] + self._random.exponential(0.2, len(groups))
        own[head] = -1.0
        return np.argsort(own, kind="stable")

    def _again(self, free: Ints) -> bool:
        """Choose some groups' items again, with those that are left out; whether that is better."""
        stay = np.ones(len(self.groups), np.bool_)
        stay[free] = False
        keep = self.groups.some(np.flatnonzero(stay))
        found = self._exact(keep, float(self.groups.cost[free].sum()))
        return found is not None and self._take(joined(keep, found))

    def _exact(self, keep: Patterns, upper: float) -> Patterns | None:
        """The best groups of all that some groups do not hold, if they cost less than `upper`; None where none do."""
        types = self.types
        count = types.count - used(keep, np.ones(len(keep), np.int64), len(types.count))
        opened = np.ones(len(types.lead), np.bool_)
        opened[keep.facility[types.lead[keep.facility] < 0]] = False
        part, kinds, where = types.part(count, opened)
        place, there = np.full(len(count), -1, np.int64), np.full(len(opened), -1, np.int64)
        place[kinds], there[where] = np.arange(len(kinds)), np.arange(len(where))
        pool = self.pool.some(np.flatnonzero(fits(self.pool, replace(types, count=count), opened)))
        if len(kinds) == 0:
            return pool
        master = Master(part, self.spare, pool.renamed(place, there), self._options, self.left)
        master.step = self.step
        enough = upper - SAME_COST * (1 + upper)
        if not master.tighten(enough) or master.bound >= enough:
            return None
        within = upper - 0.999 * self.step - master.relaxed if np.isfinite(upper) else 1.0 + master.relaxed
        listed = self._listed(master, within, self._most if np.isfinite(upper) else SHORT)
        times, _, _, work = master.whole(listed, WORK_OF_A_NEIGHBOURHOOD, None)
        self.work += work
        return None if times is None else _taken(listed, times).renamed(kinds, where)

    def _listed(self, master: Master, within: float, most: int) -> Patterns:
        """Patterns of a slack as large as the list holds, and those that the prices asked for."""
        for _ in range(12):
            found = list_patterns(master.types, master.prices.worth, -master.prices.once, within, most)
            if found is not None:
                return distinct(master.types, joined(found, master.pool))
            within /= 2
        return distinct(master.types, master.pool)

    def _take(self, groups: Patterns) -> bool:
        """Keep groups if they are cheaper."""
        better = float(groups.cost.sum()) < self.cost - SAME_COST * (1 + self.cost)
        if better:
            self.groups = groups
        return better

    def _look(self) -> None:
        """Ask whether to go on."""
        self._going = self.left() > 0 and (self.watch is None or self.watch(self.cost, self.bound))


def _largest(master: Master, share: np.ndarray, least: float) -> Ints:
    """Once each, the patterns that the relaxation takes most of: the first, so many that they hold `least` units, and
    all that are nearly whole beside them."""
    times = np.zeros(len(share), np.int64)
    count = master.types.count.copy()
    opened = master.open.copy()
    units = 0
    for column in np.argsort(-share, kind="stable"):
        if share[column] <= WHOLE_BOUND or (times.any() and units >= least and share[column] < NEARLY):
            break
        one = master.pool.some(np.array([column]))
        if fits(one, replace(master.types, count=count), opened)[0]:
            times[column] = 1
            held = used(one, np.ones(1, np.int64), len(count))
            count -= held
            units += int(held @ master.types.size)
            opened[one.facility[master.types.lead[one.facility] < 0]] = False
    return times


def _taken(listed: Patterns, times: Ints) -> Patterns:
    """Each group of a choice."""
    return listed.some(np.repeat(np.arange(len(times)), times))


def assigned(core: Core, types: ItemTypes, names: TypeMembers, groups: Patterns) -> Ints:
    """Who goes where: the items of each type in turn."""
    waiting = [list(np.flatnonzero(names.of == kind)[::-1]) for kind in range(len(types.count))]
    own = {
        (int(names.facility[facility]), int(core.lead[facility])): int(facility)
        for facility in np.flatnonzero(core.lead >= 0)
    }
    chosen = np.full(core.items, -1, np.int64)
    for held, kind in zip(groups.held, groups.facility, strict=True):
        facility = int(names.first[kind])
        group = [int(waiting[kind].pop()) for kind in held if kind >= 0]
        if types.lead[kind] >= 0:
            leader = next(item for item in group if names.of[item] == types.lead[kind])
            facility = own[int(kind), leader]
        chosen[group] = facility
    return chosen
