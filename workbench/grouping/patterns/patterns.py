"""Patterns: a facility's type with how many of each type are in its group; priced and listed, never all of them.

At given prices a pattern's *slack* is its cost beyond what its items are worth: never below zero at prices that prove
a bound. The best pattern of a facility is found by taking the types in the order of what they are worth there; all
patterns within a slack are found the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.patterns.item_types import ItemTypes, TypeMembers
from workbench.grouping.problem import Floats, Ints
from workbench.grouping.tolerances import SAME_COST

#: Steps of one search at most: with large hosts and items of many sizes it may not end.
MOST_PATTERN_STEPS = 30_000_000


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patterns; p of them.

    Attributes
    ----------
    held
        (p, w) int64, the type of each item, ascending; -1 behind the last.
    facility
        (p,) int64, the facility's type.
    cost
        (p,) float64, opening included.
    slack
        (p,) float64, at the prices they were found at.
    """

    held: Ints
    facility: Ints
    cost: Floats
    slack: Floats

    def __len__(self) -> int:
        return len(self.facility)

    def some(self, which: Ints) -> Patterns:
        """Those asked for, in that order."""
        return Patterns(self.held[which], self.facility[which], self.cost[which], self.slack[which])

    def renamed(self, kinds: Ints, facilities: Ints) -> Patterns:
        """With other numbers for types of items and of facilities."""
        return Patterns(
            np.where(self.held >= 0, kinds[self.held], -1), facilities[self.facility], self.cost, self.slack
        )


def joined(one: Patterns, other: Patterns) -> Patterns:
    """Both, one after the other."""
    wide = max(one.held.shape[1], other.held.shape[1])
    held = [np.pad(part.held, ((0, 0), (0, wide - part.held.shape[1])), constant_values=-1) for part in (one, other)]
    return Patterns(
        np.concatenate(held),
        np.concatenate([one.facility, other.facility]),
        np.concatenate([one.cost, other.cost]),
        np.concatenate([one.slack, other.slack]),
    )


def distinct(types: ItemTypes, patterns: Patterns) -> Patterns:
    """Of patterns that differ only in who leads, the cheapest; the first of equals."""
    rank = np.where(types.lead[patterns.facility] >= 0, -1, patterns.facility)
    order = np.lexsort((patterns.facility, patterns.cost, rank, *patterns.held.T[::-1]))
    ranked = np.column_stack([patterns.held, rank])[order]
    new = np.concatenate([[True], (ranked[1:] != ranked[:-1]).any(axis=1)])[: len(order)]
    return patterns.some(np.sort(order[new]))


def in_use(types: ItemTypes, names: TypeMembers, chosen: Ints) -> Patterns:
    """The pattern of each group of an assignment of items."""
    here = np.flatnonzero(chosen >= 0)
    here = here[np.lexsort((names.of[here], chosen[here]))]
    group, at, length = np.unique(chosen[here], return_index=True, return_counts=True)
    facility = names.facility[group]
    held = np.full((len(group), max(1, int(length.max(initial=0)))), -1, np.int64)
    row = np.repeat(np.arange(len(group)), length)
    held[row, np.arange(len(here)) - at[row]] = names.of[here]
    cost = types.opening[facility] + np.bincount(row, types.cost[facility[row], names.of[here]], len(group))
    return Patterns(held, facility, cost, np.full(len(group), np.nan))


def best_patterns(types: ItemTypes, worth: Floats, fee: Floats) -> Patterns | None:
    """The pattern of least slack of each facility that can have one; None where the search does not end.

    Parameters
    ----------
    worth
        (k, c) what a group is worth for holding c items of a type, 0 for c = 0.
    fee
        (s,) what using a facility costs beyond its opening; inf where it is not to be used.
    """
    return _found(types, worth, fee, np.inf, len(types.lead), True)


def list_patterns(types: ItemTypes, worth: Floats, fee: Floats, within: float, most: int) -> Patterns | None:
    """All patterns whose slack is at most `within`, each once; None where they are more than `most`."""
    found = _found(types, worth, fee, within, most, False)
    return None if found is None else distinct(types, found)


def rooms(types: ItemTypes) -> Ints:
    """(s,) units that each facility can hold of those there are."""
    return np.minimum(types.capacity, int((types.size * types.count).sum()))


def _found(types: ItemTypes, worth: Floats, fee: Floats, within: float, most: int, best: bool) -> Patterns | None:
    room = rooms(types)
    wide = int(room.max(initial=1))
    count, held, facility, slack = _fill(
        types.cost, worth, types.count, types.size, types.members, types.lead, types.opening + fee, room,
        np.maximum(types.need, 1), types.enemy, within, most, wide, best, MOST_PATTERN_STEPS,
    )  # fmt: skip
    if count < 0:
        return None
    held, facility = np.sort(held[:count], axis=1), facility[:count]
    # Sorted, the empty places come first: they go to the end.
    empty = (held < 0).sum(axis=1)
    held = np.take_along_axis(held, (np.arange(wide) + empty[:, None]) % wide, axis=1)
    inside = np.where(held >= 0, types.cost[facility[:, None], held], 0.0)
    return Patterns(held, facility, types.opening[facility] + inside.sum(axis=1), slack[:count])


@kernel
def _fill(  # type: ignore[no-untyped-def]
    cost, worth, count, size, members, lead, opening, capacity, need, enemy, within, most, wide, best, most_nodes,
):  # fmt: skip
    """By facility: what the types from each on can add at best (backwards), then all within the slack, depth first."""
    kinds = len(count)
    out_held = np.full((most, wide), -1, np.int64)
    out_facility = np.empty(most, np.int64)
    out_slack = np.empty(most)
    found, nodes = 0, 0
    joins, copies, base = np.empty(kinds, np.int64), np.empty(kinds, np.int64), np.empty(kinds, np.int64)
    taken = np.zeros(kinds, np.int64)
    deepest = 0
    for s in range(len(need)):
        deepest = max(deepest, need[s])
    rest = np.empty((kinds + 1, wide + 1, deepest + 1))
    for s in range(len(lead)):
        slack, room, deficit, leader = opening[s], capacity[s], need[s], lead[s]
        if slack == np.inf:
            continue
        if leader >= 0:
            if cost[s, leader] == np.inf or size[leader] > room or count[leader] == 0:
                continue
            slack += cost[s, leader] - worth[leader, 1]
            room -= size[leader]
            deficit = max(0, deficit - members[leader])
        free = 0
        for k in range(kinds):
            if cost[s, k] == np.inf or (leader >= 0 and enemy[k, leader]):
                continue
            first = 1 if k == leader else 0
            times = min(count[k] - first, room // size[k])
            if times > 0:
                joins[free], copies[free], base[free] = k, times, first
                free += 1
        # rest[j, r, d]: the least that types j and on add, in r units of room, with d members still wanted.
        for r in range(room + 1):
            for d in range(deficit + 1):
                rest[free, r, d] = np.inf if d > 0 else 0.0
        for j in range(free - 1, -1, -1):
            k = joins[j]
            for r in range(room + 1):
                for d in range(deficit + 1):
                    least = rest[j + 1, r, d]
                    for c in range(1, min(copies[j], r // size[k]) + 1):
                        more = c * cost[s, k] - worth[k, c + base[j]] + worth[k, base[j]]
                        value = more + rest[j + 1, r - c * size[k], max(0, d - c * members[k])]
                        if value < least:
                            least = value
                    rest[j, r, d] = least
        least = slack + rest[0, room, deficit]
        if least > within or least == np.inf:
            continue
        row = -1
        # The best is met at once, but where enemies forbid it: then among all, better and better.
        limits = (least + SAME_COST, within) if best else (within, within)
        for turn in range(2):
            limit = limits[turn]
            j, r, d, now = 0, room, deficit, slack
            fresh = True
            while True:
                nodes += 1
                if nodes > most_nodes:
                    return -1, out_held, out_facility, out_slack
                if fresh and j == free:
                    # All types are decided.
                    if row < 0 or not best:
                        if found == most:
                            return -1, out_held, out_facility, out_slack
                        row = found
                        found += 1
                    out_facility[row], out_slack[row] = s, now
                    out_held[row, :] = -1
                    at = 0
                    if leader >= 0:
                        out_held[row, 0] = leader
                        at = 1
                    for i in range(free):
                        for _ in range(taken[i]):
                            out_held[row, at] = joins[i]
                            at += 1
                    if best:
                        limit = now - SAME_COST
                        if turn == 0:
                            break
                down = False
                if j < free:
                    k = joins[j]
                    c = 0 if fresh else taken[j] + 1
                    while c <= copies[j] and c * size[k] <= r:
                        more = c * cost[s, k] - worth[k, c + base[j]] + worth[k, base[j]]
                        after = rest[j + 1, r - c * size[k], max(0, d - c * members[k])]
                        fits = after < np.inf and now + more + after <= limit
                        if fits and c > 0:
                            for i in range(j):
                                if taken[i] > 0 and enemy[k, joins[i]]:
                                    fits = False
                        if fits:
                            down = True
                            break
                        c += 1
                if down:
                    taken[j] = c
                    now += more
                    r -= c * size[k]
                    # Members beyond the need are not counted: what is wanted is worked out again on the way back.
                    d = max(0, d - c * members[k])
                    j += 1
                    fresh = True
                else:
                    if j == 0:
                        break
                    j -= 1
                    now, r, d = slack, room, deficit
                    for i in range(j):
                        if taken[i] > 0:
                            k = joins[i]
                            now += taken[i] * cost[s, k] - worth[k, taken[i] + base[i]] + worth[k, base[i]]
                            r -= taken[i] * size[k]
                            d = max(0, d - taken[i] * members[k])
                    fresh = False
            if not best or row >= 0:
                break
    return found, out_held, out_facility, out_slack
