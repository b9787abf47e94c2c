"""Small moves that better an assignment: take in who is left out, close a group, move one item.

Quick and modest: it gives the search a good answer to begin with, and is what remains where so many groups cost the
same that they cannot be listed (many organizations on one point).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import SAME_COST


def improve_locally(core: Core, chosen: Ints, passes: int) -> Ints:
    """Better an assignment by small moves, pass by pass until none helps; never leaves out who was in."""
    table = _Table(core, chosen.copy())
    for _ in range(passes):
        moved = [table.take_in(item) for item in _whole(table.chosen < 0)]
        moved += [table.close(facility) for facility in _whole(table.size > 0)]
        moved += [table.move(item) for item in _whole(table.chosen >= 0)]
        if not any(moved):
            break
    return table.chosen


def settle(core: Core, chosen: Ints) -> Ints:
    """Let each group be led by who makes it cheapest; of several the first, so that ties are nobody's choice."""
    if len(core.item) == 0:
        return chosen
    led = np.flatnonzero((core.lead >= 0) & (core.size[np.maximum(core.lead, 0)] == 1))
    own = np.full(core.items, -1, np.int64)
    own[core.lead[led]] = led
    here = np.flatnonzero(chosen >= 0)
    # Groups that a rule has led by somebody, and groups with blocks, stay as they are.
    free = core.lead >= 0
    free[chosen[here[core.must[here] | (own[here] < 0)]]] = False
    here = here[free[chosen[here]]]
    here = here[np.argsort(chosen[here], kind="stable")]
    group = chosen[here]
    length = np.bincount(group, minlength=core.facilities)
    first = np.cumsum(length) - length
    # Every pair (leader, follower) of a group, with what the follower would cost.
    times = length[group]
    leader = np.repeat(here, times)
    turn = np.arange(len(leader)) - np.repeat(np.cumsum(times) - times, times)
    follower = here[np.repeat(first[group], times) + turn]
    at = core.find(own[leader], follower)
    cost = np.where(at >= 0, core.cost[at], np.inf)
    total = np.bincount(np.repeat(np.arange(len(here)), times), cost, len(here)).astype(np.float64)
    total += core.opening[own[here]]
    least = np.full(core.facilities, np.inf)
    np.minimum.at(least, group, total)
    best = np.full(core.facilities, -1, np.int64)
    good = np.flatnonzero(total <= least[group] + SAME_COST)[::-1]
    best[group[good]] = own[here[good]]
    settled = chosen.copy()
    settled[here] = best[group]
    return settled


class _Table:
    """An assignment with how full and how strong each facility is, and the arcs of each item."""

    def __init__(self, core: Core, chosen: Ints) -> None:
        self.core = core
        self.chosen = chosen
        here = np.flatnonzero(chosen >= 0)
        self.size = np.bincount(chosen[here], core.size[here], core.facilities).astype(np.int64)
        self.members = np.bincount(chosen[here], core.members[here], core.facilities).astype(np.int64)
        self._start, arcs = core.by_item()
        self._facility, self._cost = core.facility[arcs], core.cost[arcs]
        self._cost_now = np.zeros(core.items)
        self._cost_now[here] = core.cost[core.arcs_of(chosen)]
        self._enemies: dict[int, list[int]] = {}
        for a, b in core.conflicts:
            self._enemies.setdefault(int(a), []).append(int(b))
            self._enemies.setdefault(int(b), []).append(int(a))

    def open_to(self, item: int) -> tuple[Ints, Floats]:
        """Groups that would take an item as they are, and what it would cost there."""
        arcs = slice(self._start[item], self._start[item + 1])
        facility, cost = self._facility[arcs], self._cost[arcs]
        size, room = self.size[facility], self.core.capacity[facility]
        takes: NDArray[np.bool_] = (size > 0) & (size + self.core.size[item] <= room)
        takes &= facility != self.chosen[item]
        for enemy in self._enemies.get(int(item), ()):
            takes &= facility != self.chosen[enemy]
        return facility[takes], cost[takes]

    def put(self, item: int, facility: int, cost: float) -> None:
        """Move an item, or take it in, or out (facility -1)."""
        core, old = self.core, int(self.chosen[item])
        for place, sign in ((old, -1), (facility, 1)):
            if place >= 0:
                self.size[place] += sign * core.size[item]
                self.members[place] += sign * core.members[item]
        self.chosen[item] = facility
        self._cost_now[item] = cost

    def take_in(self, item: int) -> bool:
        """Take in an item that is left out, where it costs least."""
        facility, cost = self.open_to(item)
        if len(facility):
            best = int(np.argmin(cost))
            self.put(item, int(facility[best]), float(cost[best]))
        return len(facility) > 0

    def move(self, item: int) -> bool:
        """Move an item to a cheaper group, if its own can do without it."""
        core, old = self.core, int(self.chosen[item])
        if core.lead[old] == item or self.members[old] - core.members[item] < max(1, core.need[old]):
            return False
        facility, cost = self.open_to(item)
        if len(facility) == 0 or cost.min() >= self._cost_now[item] - SAME_COST:
            return False
        best = int(np.argmin(cost))
        self.put(item, int(facility[best]), float(cost[best]))
        return True

    def close(self, facility: int) -> bool:
        """Close a group if its items find room elsewhere at less cost in all."""
        inside = _whole(self.chosen == facility)
        before = float(self._cost_now[inside].sum() + self.core.opening[facility])
        costs = self._cost_now[inside].copy()
        after, moved = 0.0, 0
        for item in inside:
            places, cost = self.open_to(item)
            if len(places) == 0:
                after = np.inf
                break
            best = int(np.argmin(cost))
            after += float(cost[best])
            self.put(item, int(places[best]), float(cost[best]))
            moved += 1
        if len(inside) and after < before - SAME_COST:
            return True
        for item, cost_then in zip(inside[:moved], costs, strict=False):
            self.put(item, facility, float(cost_then))
        return False


def _whole(flags: NDArray[np.bool_]) -> list[int]:
    """Where flags are set, as whole numbers of Python's own."""
    return [int(k) for k in np.flatnonzero(flags)]
