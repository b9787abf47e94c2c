"""Improve an assignment neighbourhood by neighbourhood: free the groups around one item, choose exactly among theirs.

A neighbourhood is some hundred items that the prices bring near each other. Its groups are dissolved, every group of
little slack that fits inside is listed (`columns`), and the best choice among them is taken (`set_partitioning`);
what is outside stays. Neighbourhoods that have nothing in common are solved side by side; which ones those are does
not depend on how many threads there are, so neither does the answer. (Large neighbourhood search with an exact repair;
Shaw 1998.)
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.models import (
    Columns,
    Cuts,
    Duals,
    choose_groups,
    columns_of,
    joined_columns,
    list_columns,
    most_covered,
    without_duplicates,
)
from workbench.grouping.patterns import choose_by_type
from workbench.grouping.problem import Core, Flags, Ints, ranges, restrict
from workbench.grouping.tolerances import SAME_COST
from workbench.stopping import Threads

#: Items of a neighbourhood, groups listed for one, and looks at HiGHS's search in one.
ITEMS, LISTED, LOOKS = 120, 1500, 40
#: Where types are chosen for: looks at HiGHS's search, and how near its best it comes.
LOOKS_BY_TYPE, GAP_BY_TYPE = 100, 0.01
#: Items close around one that is left out.
CLOSE = 40
#: Neighbourhoods that are solved side by side; a fixed number, so that the answer does not depend on the machine.
BATCH = 8
#: Places of an item that lead from it to others when a neighbourhood grows: its best ones.
BEST_PLACES = 10
#: Times a list is tried with half the slack before the neighbourhood is halved instead.
SLACK_HALVINGS = 8
#: How near its best a neighbourhood is solved.
REPAIR_GAP = 1e-4


#: Betters an assignment of a neighbourhood's own core; None where it cannot.
Repair = Callable[[Core, Ints], "Ints | None"]


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """Items (in the order in which they were reached) and the facilities that are theirs to use."""

    items: Ints
    facilities: Ints


class LargeNeighbourhoodSearch:
    """An assignment that gets better, neighbourhood by neighbourhood.

    Parameters
    ----------
    duals
        prices of the items; good ones make short lists.
    chosen
        (n,) facility of each item, -1 where left out.
    left
        says how many seconds are left.
    window
        how much larger than `ITEMS` a neighbourhood is.
    repair
        what betters a neighbourhood; by default, the best choice among its groups of little slack.
    """

    def __init__(
        self, core: Core, duals: Duals, chosen: Ints, seed: int, left: Callable[[], float], window: float = 1.0,
        *, repair: Repair | None = None,
    ) -> None:  # fmt: skip
        self.core = core
        self._repair = repair
        self._items, self._listed = int(ITEMS * window), int(LISTED * window * window)
        self.chosen = chosen.copy()
        self.stale = np.ones(core.items, dtype=np.bool_)
        self._duals = duals
        self._seed = seed
        self._left = left
        self._near = _nearest(core, duals)
        self._start, self._arcs = core.by_item()

    def only_dear(self) -> None:
        """Look only where bound and answer differ: at groups that have slack at the prices, and at who is out."""
        used = columns_of(self.core, self.chosen)
        worth = np.bincount(used.group, self._duals.price[used.item], len(used))
        slack = used.cost + self._duals.fee[used.facility] - worth
        dear = np.zeros(self.core.facilities, np.bool_)
        dear[used.facility[slack > SAME_COST * (1 + used.cost.sum())]] = True
        self.stale = np.where(self.chosen >= 0, dear[self.chosen], True)

    def improve(self, neighbourhoods: int, tell: Callable[[Ints, int], bool]) -> int:
        """Solve neighbourhoods until none promises anything, so many are done or `tell` says stop; returns how many."""
        done = 0
        with Threads(min(BATCH, os.cpu_count() or 1)) as pool:
            while done < neighbourhoods and self.stale.any():
                batch = self._batch(min(BATCH, neighbourhoods - done))
                for neighbourhood, found in zip(batch, pool.map(self._solve, batch), strict=True):
                    self._take(neighbourhood, found)
                done += len(batch)
                if not tell(self.chosen, done):
                    break
        return done

    def settle(self, items: Ints) -> None:
        """Solve the neighbourhood of some items and of the groups that they are in; what others use is not theirs."""
        free, taken = self._unclaimed()
        own = np.unique(self.chosen[items][self.chosen[items] >= 0])
        others = np.setdiff1d(np.flatnonzero(np.isin(self.chosen, own)), items)
        neighbourhood = self._claimed(np.concatenate([items, others]), free, taken)
        self._take(neighbourhood, self._solve(neighbourhood))

    def _batch(self, most: int) -> list[Neighbourhood]:
        """Neighbourhoods with nothing in common, around items whose surroundings have changed since the last look."""
        core = self.core
        heads, members = _groups(self.chosen, core.facilities)
        free, taken = self._unclaimed()
        batch: list[Neighbourhood] = []
        # Who is left out comes first: only at the head of a neighbourhood is a place sought for him at any cost.
        stale = np.flatnonzero(self.stale)
        for head in stale[np.argsort(self.chosen[stale] >= 0, kind="stable")]:
            if len(batch) == most:
                break
            if not free[head]:
                continue
            items = _grow(int(head), self._items, self._near, core.lead, self.chosen, heads, members, free)
            batch.append(self._claimed(items, free, taken))
        return batch

    def _unclaimed(self) -> tuple[Flags, Flags]:
        """(n,) items that are free for a neighbourhood, all of them; (f,) facilities that are taken: those in use."""
        taken = np.zeros(self.core.facilities, np.bool_)
        taken[self.chosen[self.chosen >= 0]] = True
        return np.ones(self.core.items, np.bool_), taken

    def _claimed(self, items: Ints, free: Flags, taken: Flags) -> Neighbourhood:
        """The neighbourhood of some items, with what is theirs to use; others of its batch may use none of that."""
        free[items] = False
        own = np.unique(self.chosen[items[self.chosen[items] >= 0]])
        taken[own] = False
        facilities = self._reach(items, taken)
        # What nobody leads is used by one neighbourhood of a batch only; all else by whom its leader is among.
        taken[facilities[self.core.lead[facilities] < 0]] = True
        return Neighbourhood(items, facilities)

    def _reach(self, items: Ints, taken: Flags) -> Ints:
        """Facilities that a neighbourhood may use: led by one of its items, or led by nobody and used by no other."""
        core = self.core
        inside = np.zeros(core.items, dtype=np.bool_)
        inside[items] = True
        arcs = self._arcs[ranges(self._start[items], self._start[items + 1])]
        reached = np.unique(core.facility[arcs])
        lead = core.lead[reached]
        return reached[np.where(lead >= 0, inside[lead], ~taken[reached])]

    def _solve(self, neighbourhood: Neighbourhood) -> Ints | None:
        """The best choice inside a neighbourhood; None where none is better."""
        items = np.sort(neighbourhood.items)
        part, before = self._cut(neighbourhood)
        covered, cost = part.total(before)
        if self._repair is not None:
            found = self._repair(part, before)
            return self._whole(neighbourhood, found if _gains(part, before, found) else None)
        after = None
        if self.chosen[neighbourhood.items[0]] < 0 and (brought := self._brought_in(neighbourhood)) is not None:
            before = after = self._inside(neighbourhood, brought)
            covered, cost = part.total(before)
        listed = self._list(part, self._duals_of(items, neighbourhood.facilities), before, cost)
        if listed is not None:
            better = self._better(part, listed, before, covered)
            after = after if better is None else better
        elif after is None:
            half = self._middle(neighbourhood, len(neighbourhood.items) // 2)
            return None if half is None else self._spread(neighbourhood, half, self._solve(half))
        return self._whole(neighbourhood, after)

    def _whole(self, neighbourhood: Neighbourhood, after: Ints | None) -> Ints | None:
        """A choice in a neighbourhood's own core as facilities of the whole, in the order of its items."""
        if after is None:
            return None
        found = np.full(self.core.items, -1, np.int64)
        here = after >= 0
        found[np.sort(neighbourhood.items)[here]] = neighbourhood.facilities[after[here]]
        return found[neighbourhood.items]

    def _cut(self, neighbourhood: Neighbourhood) -> tuple[Core, Ints]:
        """A neighbourhood's own core, and what is chosen in it."""
        items = np.sort(neighbourhood.items)
        arcs = self._arcs[ranges(self._start[items], self._start[items + 1])]
        return restrict(self.core, items, neighbourhood.facilities, arcs), self._inside(
            neighbourhood, self.chosen[neighbourhood.items]
        )

    def _inside(self, neighbourhood: Neighbourhood, chosen: Ints) -> Ints:
        """An assignment of a neighbourhood's items, in their order, as one of its own core."""
        place = np.full(self.core.facilities, -1, np.int64)
        place[neighbourhood.facilities] = np.arange(len(neighbourhood.facilities))
        chosen = chosen[np.argsort(neighbourhood.items)]
        return np.where(chosen >= 0, place[chosen], -1)

    def _brought_in(self, neighbourhood: Neighbourhood) -> Ints | None:
        """A choice that covers more, found by the compact model close around a neighbourhood's head; or None."""
        close = self._middle(neighbourhood, CLOSE) or neighbourhood
        part, before = self._cut(close)
        found = most_covered(part, start=before, work=LOOKS, seed=self._seed, seconds=self._left())
        if found.chosen is None or part.total(found.chosen)[0] <= part.total(before)[0]:
            return None
        after = np.where(found.chosen >= 0, close.facilities[found.chosen], -1)
        return self._spread(neighbourhood, close, after[np.argsort(np.argsort(close.items))])

    def _better(self, part: Core, listed: Columns, before: Ints, covered: int) -> Ints | None:
        """A choice that covers more, or as many at less cost."""
        for at_least in dict.fromkeys((int(part.size.sum()), covered)):
            found = choose_groups(
                part, listed, at_least, looks=LOOKS, seed=self._seed, gap=REPAIR_GAP,
                start=before if covered >= at_least else None, seconds=self._left(),
            )  # fmt: skip
            if found.chosen is not None:
                return found.chosen if _gains(part, before, found.chosen) else None
        return None

    def _middle(self, neighbourhood: Neighbourhood, count: int) -> Neighbourhood | None:
        """The groups around the first items of a neighbourhood; None where that is all there is."""
        near = neighbourhood.items[:count]
        own = self.chosen[neighbourhood.items]
        keep = np.isin(own, self.chosen[near][self.chosen[near] >= 0])
        keep[: len(near)] |= own[: len(near)] < 0
        if keep.all():
            return None
        items = neighbourhood.items[keep]
        inside = np.zeros(self.core.items, dtype=np.bool_)
        inside[items] = True
        lead = self.core.lead[neighbourhood.facilities]
        used = np.isin(neighbourhood.facilities, own[~keep])
        return Neighbourhood(items, neighbourhood.facilities[np.where(lead >= 0, inside[lead], ~used)])

    def _spread(self, neighbourhood: Neighbourhood, half: Neighbourhood, found: Ints | None) -> Ints | None:
        """A half's answer as one of the whole neighbourhood."""
        if found is None:
            return None
        after = self.chosen.copy()
        after[half.items] = found
        return after[neighbourhood.items]

    def _duals_of(self, items: Ints, facilities: Ints) -> Duals:
        """Prices as a neighbourhood sees them; cuts that touch two of its items count."""
        duals = self._duals
        place = np.full(self.core.items, -1, np.int64)
        place[items] = np.arange(len(items))
        triples = place[duals.cuts.triples]
        felt = (triples >= 0).sum(axis=1) >= 2
        cuts = Cuts(triples[felt], duals.cuts.price[felt])
        return Duals(duals.price[items], duals.charge[facilities], duals.bonus, cuts)

    def _list(self, part: Core, duals: Duals, before: Ints, cost: float) -> Columns | None:
        """Groups of little slack, as many as fit the list, and those in use; None where hardly any would fit."""
        used = columns_of(part, before)
        # No better choice holds a group of more slack than all groups in use have together, but for what charges and
        # cuts have them pay already.
        paid = float(duals.charge[used.facility].sum() + duals.cuts.price.sum())
        # Who is left out may come in, however dear.
        left_out = float(np.abs(duals.price[before < 0]).sum())
        within = cost - float(duals.price[before >= 0].sum()) - duals.bonus * len(used) + paid + left_out
        within = max(within, 1e-6)
        for _ in range(SLACK_HALVINGS):
            found = list_columns(part, duals.price, within, self._listed, fee=duals.fee, cuts=duals.cuts)
            if found is not None:
                return without_duplicates(part, joined_columns(found, used))
            within /= 2
        return None

    def _take(self, neighbourhood: Neighbourhood, found: Ints | None) -> None:
        """Put a neighbourhood's answer in its place; its middle is settled, what moved beyond it is not."""
        middle = neighbourhood.items[: max(1, len(neighbourhood.items) // 2)]
        self.stale[middle] = False
        if found is not None:
            moved = self.chosen[neighbourhood.items] != found
            self.stale[neighbourhood.items[moved]] = True
            self.stale[middle[:1]] = False
            self.chosen[neighbourhood.items] = found


def by_type(seed: int, left: Callable[[], float]) -> Repair:
    """Choose for types: where all costs are multiples of a step, so many groups cost the same that lists of them end
    too soon."""

    def repair(part: Core, before: Ints) -> Ints | None:
        found = choose_by_type(
            part, part.total(before)[0], start=before, looks=LOOKS_BY_TYPE, seed=seed, gap=GAP_BY_TYPE, left=left,
            watch=None,
        )  # fmt: skip
        return None if found is None else found.chosen

    return repair


def _gains(core: Core, before: Ints, after: Ints | None) -> bool:
    """Whether something covers more than before, or as many at less cost."""
    if after is None:
        return False
    (covered, cost), (now, spent) = core.total(before), core.total(after)
    return now > covered or (now == covered and spent < cost - SAME_COST * (1 + cost))


def _groups(chosen: Ints, facilities: int) -> tuple[Ints, Ints]:
    """The items at each facility: starts, and items."""
    here = np.flatnonzero(chosen >= 0)
    order = here[np.argsort(chosen[here], kind="stable")]
    start = np.concatenate([[0], np.cumsum(np.bincount(chosen[here], minlength=facilities))])
    return start.astype(np.int64), order.astype(np.int64)


def _nearest(core: Core, duals: Duals) -> Ints:
    """(n, k) the best facilities of each item beside its own, -1 where there are fewer."""
    share = (core.opening + duals.fee) / 5
    # A leader's price says what it can be had for: dear ones are in want of company.
    want = np.where(core.lead >= 0, duals.price[core.lead], 0.0) / 5
    near = np.full((core.items, BEST_PLACES), -1, np.int64)
    _best_places(core.start, core.item, core.cost, core.lead, share, want, near)
    return near


@kernel
def _best_places(start, item, cost, lead, share, want, near):  # type: ignore[no-untyped-def]
    """Fill each item's row with the facilities that are worth most to it, of equal ones the first; never its own."""
    worth = np.full(near.shape, np.inf)
    last = near.shape[1] - 1
    for f in range(len(lead)):
        for k in range(start[f], start[f + 1]):
            one = item[k]
            here = cost[k] + share[f] - want[f]
            if one == lead[f] or not here < worth[one, last]:
                continue
            at = last
            while at > 0 and here < worth[one, at - 1]:
                worth[one, at], near[one, at] = worth[one, at - 1], near[one, at - 1]
                at -= 1
            worth[one, at], near[one, at] = here, f


@kernel
def _grow(head, most, near, lead, chosen, heads, members, free):  # type: ignore[no-untyped-def]
    """Items of whole groups around one item, breadth first, at least `most` if there are so many that are free."""
    seen = np.zeros(len(free), np.bool_)
    queue = np.empty(len(free), np.int64)
    count, at = 0, 0
    facility = chosen[head]
    if facility < 0:
        queue[count] = head
        seen[head] = True
        count += 1
    else:
        for k in range(heads[facility], heads[facility + 1]):
            queue[count] = members[k]
            seen[members[k]] = True
            count += 1
    while at < count and count < most:
        item = queue[at]
        at += 1
        for k in range(near.shape[1]):
            reached = near[item, k]
            if reached < 0 or count >= most:
                break
            # Who leads there, with its group; and who is there now.
            for turn in range(2):
                facility = reached
                if turn == 0:
                    leader = lead[reached]
                    if leader < 0 or seen[leader] or not free[leader]:
                        continue
                    facility = chosen[leader]
                    if facility < 0:
                        queue[count] = leader
                        seen[leader] = True
                        count += 1
                        continue
                first, last = heads[facility], heads[facility + 1]
                if first == last or seen[members[first]] or not free[members[first]]:
                    continue
                for m in range(first, last):
                    queue[count] = members[m]
                    seen[members[m]] = True
                    count += 1
    return queue[:count].copy()
