"""Every group that a best answer could still contain: sets of items at a facility, cheap enough at given prices.

At prices that bound the cost by `lagrangian`, a group's *slack* is what choosing it adds to the bound at least. An
answer of cost z holds no group of more slack than z - bound, so listing all groups within that slack leaves the
best answer in (Baldacci, Christofides and Mingozzi 2008 enumerate routes this way). Groups are small and few
are nearly worth their price, so the lists are short.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.compiled import inlined, kernel
from workbench.grouping.models.affordable import affordable
from workbench.grouping.models.disjunctions import NO_CUTS, Cuts, Weighted, features_of
from workbench.grouping.models.joining import best_completion, enter, joins, leave, moved, welcome
from workbench.grouping.problem import Core, Floats, Ints, ranks
from workbench.grouping.tolerances import SAME_COST


@dataclass(frozen=True, eq=False)
class Columns:
    """Groups; g of them.

    Attributes
    ----------
    start
        (g + 1,) int64; group k holds ``item[start[k]:start[k + 1]]``.
    item
        items of all groups, int64, ascending within each.
    facility
        (g,) int64.
    cost
        (g,) float64, opening included.
    slack
        (g,) float64, what the group adds to the bound of the prices it was listed at.
    """

    start: Ints
    item: Ints
    facility: Ints
    cost: Floats
    slack: Floats

    def __len__(self) -> int:
        return len(self.facility)

    @property
    def group(self) -> Ints:
        """The group of each entry of `item`."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))


def list_columns(
    core: Core,
    price: Floats,
    within: float,
    most: int,
    *,
    fee: Floats | None = None,
    cuts: Cuts = NO_CUTS,
    disjunctions: Weighted = (),
    best: int = 0,
) -> Columns | None:
    """All groups whose slack is at most `within`; None if there are more than `most`.

    Of groups that differ only in which of some alike items leads, the one is listed that the first of them leads.

    Parameters
    ----------
    price
        (n,) what covering an item is worth.
    within
        slack at most.
    fee
        (f,) what using a facility costs beyond its opening (the price of "one group at most"); 0 if not given.
    cuts
        what groups pay that hold two of three.
    disjunctions
        what groups gain by them.
    best
        of each facility, only groups that are among its so many of least slack when they are found: with one, the last
        of a facility is its best. 0 for all.
    """
    enemies = lists(np.concatenate([core.conflicts, core.conflicts[:, ::-1]]), core.items)
    features = features_of(core, cuts, disjunctions)
    worth = core.cost - price[core.item] - features.hoped
    fee = np.zeros(core.facilities) if fee is None else fee
    start, order = affordable(core, worth, fee, within)
    count, entries, item, facility, cost, slack, length = _enumerate(
        start, core.item, core.cost, worth, order, core.opening, core.capacity, core.need, core.lead, core.size,
        core.members, fee, within,
        *enemies, *lists(holders_of(features.cuts), core.items), features.cuts.price, *features.arrays, core.alike,
        most, most * 6, best,
    )  # fmt: skip
    if count < 0:
        return None
    length, item = length[:count], item[:entries]
    start = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    group = np.repeat(np.arange(count), length)
    item = item[np.lexsort((item, group))]
    return Columns(start, item, facility[:count], cost[:count], slack[:count])


def without_duplicates(core: Core, columns: Columns, by: Floats | None = None) -> Columns:
    """Of peer groups of the same items keep the cheapest: the leader that is most in the middle.

    Or that of the least of something else, `by`, and of those the cheapest: what groups are paid may depend on who
    leads.
    """
    if len(columns) == 0:
        return columns
    # Groups that nobody leads keep their facility: only one may be there.
    table = _table(columns, np.where(core.lead[columns.facility] >= 0, -1, columns.facility))
    first_by = columns.cost if by is None else np.rint(by / SAME_COST)
    order = np.lexsort((columns.facility, columns.cost, first_by, *table.T[::-1]))
    ranked = table[order]
    first = np.concatenate([[True], (ranked[1:] != ranked[:-1]).any(axis=1)])
    return chosen_columns(columns, np.sort(order[first]))


def positions_in(others: Columns, columns: Columns) -> Ints:
    """(g,) where each group stands among others, by its facility and items; -1 where it does not."""
    both = joined_columns(others, columns)
    if len(both) == 0:
        return np.zeros(0, np.int64)
    table = _table(both, both.facility)
    order = np.lexsort(table.T[::-1])
    ranked = table[order]
    first = np.concatenate([[True], (ranked[1:] != ranked[:-1]).any(axis=1)])
    found = np.empty(len(both), np.int64)
    # The order keeps equal ones as they come: the others stand first.
    found[order] = order[first][np.cumsum(first) - 1]
    return np.where(found < len(others), found, -1)[len(others) :]


def _table(columns: Columns, last: Ints) -> Ints:
    """One row a group: its items, -1 where it has fewer than the longest, and something else at the end."""
    longest = int(np.diff(columns.start).max())
    table = np.full((len(columns), longest + 1), -1, np.int64)
    group = columns.group
    table[group, np.arange(len(columns.item)) - columns.start[group]] = columns.item
    table[:, longest] = last
    return table


def chosen_columns(columns: Columns, which: Ints) -> Columns:
    """Some of the groups, in the order asked for."""
    length = np.diff(columns.start)[which]
    start = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    at = np.repeat(columns.start[which] - start[:-1], length) + np.arange(start[-1])
    return Columns(start, columns.item[at], columns.facility[which], columns.cost[which], columns.slack[which])


def in_turn(columns: Columns, few: int) -> Columns:
    """`few` of the groups: each item's one of least slack, then its second, and so on.

    A group waits until it is the turn of all of its items. Those of least slack alone are made of the same few items,
    and few of them are chosen together.
    """
    if len(columns) <= few:
        return columns
    order = np.argsort(columns.slack, kind="stable")
    ranked = chosen_columns(columns, order)
    turn = np.maximum.reduceat(ranks(ranked.item), ranked.start[:-1])
    return chosen_columns(columns, np.sort(order[np.argsort(turn, kind="stable")[:few]]))


def columns_of(core: Core, chosen: Ints) -> Columns:
    """The groups of an assignment; slack NaN."""
    covered = np.flatnonzero(chosen >= 0)
    facility, length = np.unique(chosen[covered], return_counts=True)
    start = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    cost = np.bincount(chosen[covered], core.cost[core.arcs_of(chosen)], core.facilities)[facility]
    items = covered[np.lexsort((covered, chosen[covered]))]
    return Columns(
        start,
        items.astype(np.int64),
        facility.astype(np.int64),
        cost + core.opening[facility],
        np.full(len(facility), np.nan),
    )


def joined_columns(one: Columns, other: Columns) -> Columns:
    """The groups of two lists, one after the other."""
    return Columns(
        np.concatenate([one.start, one.start[-1] + other.start[1:]]),
        np.concatenate([one.item, other.item]),
        np.concatenate([one.facility, other.facility]),
        np.concatenate([one.cost, other.cost]),
        np.concatenate([one.slack, other.slack]),
    )


def holders_of(cuts: Cuts) -> Ints:
    """Pairs (item, cut) for each item of each cut."""
    pairs = np.column_stack([cuts.triples.ravel(), np.repeat(np.arange(len(cuts.triples)), 3)])
    return pairs[pairs[:, 0] >= 0]


def lists(pairs: Ints, count: int) -> tuple[Ints, Ints]:
    """What stands beside each of `count` numbers: starts, and the second members in order."""
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    start = np.concatenate([[0], np.cumsum(np.bincount(pairs[:, 0], minlength=count))]).astype(np.int64)
    return start, np.ascontiguousarray(pairs[:, 1])


@inlined
def among_least(slack, least, limit):  # type: ignore[no-untyped-def]
    """Put one more slack among the least, ascending: what another may have at most."""
    if len(least) > 0:
        k = len(least) - 1
        while k > 0 and least[k - 1] > slack:
            least[k] = least[k - 1]
            k -= 1
        least[k] = slack
        limit = min(limit, least[-1] - SAME_COST)
    return limit


@kernel
def _enumerate(  # type: ignore[no-untyped-def]
    start, item, cost, worth, order, opening, capacity, need, lead, size, members, fee, within,
    enemy_start, enemy, cut_start, cut, cut_price, hoped, feature_start, cut_of, value, weight, at_first, alike,
    most, most_entries, among,
):  # fmt: skip
    """Depth first over each facility's items, best first; cut where the best completion has too much slack."""
    out_item = np.empty(most_entries, np.int64)
    out_facility = np.empty(most, np.int64)
    out_cost = np.empty(most)
    out_slack = np.empty(most)
    out_length = np.empty(most, np.int64)
    count, entries, nodes = 0, 0, 0
    inside = np.zeros(len(size), np.bool_)
    held = np.zeros(len(cut_price), np.int64)
    reached, best = np.empty_like(at_first), np.empty(len(weight))
    for f in range(len(opening)):
        first, last = start[f], start[f + 1]
        arcs = np.empty(last - first, np.int64)
        free, leading, most_members = 0, -1, 1
        for k in range(first, last):
            arc = order[k]
            if item[arc] == lead[f]:
                leading = arc
            elif lead[f] < 0 or alike[item[arc]] != alike[lead[f]] or item[arc] > lead[f]:
                arcs[free] = arc
                free += 1
                most_members = max(most_members, members[item[arc]])
        if first == last or (lead[f] >= 0 and leading < 0):
            continue
        limit, least = within, np.full(among, np.inf)
        reached[:], best[:] = at_first, 0.0
        here = len(cost) + len(cut_price) + f
        slack = opening[f] + fee[f] - moved(here, 1.0, feature_start, cut_of, value, weight, reached, best)
        spent = opening[f]
        room, deficit = capacity[f], need[f]
        if leading >= 0:
            one = item[leading]
            slack += worth[leading]
            spent += cost[leading]
            room -= size[one]
            deficit -= members[one]
            slack += enter(
                one, leading, len(cost), inside, held, cut_start, cut, cut_price,
                hoped, feature_start, cut_of, value, weight, reached, best,
            )  # fmt: skip
        stack = np.empty(free + 1, np.int64)
        paid = np.zeros(free + 1)
        depth, at = 0, 0
        full = False
        if leading >= 0 and room >= 0 and deficit <= 0 and slack <= limit:
            # A leader that fills the need alone is a group.
            if count == most or entries + 1 > most_entries:
                full = True
            else:
                out_item[entries] = item[leading]
                out_facility[count], out_cost[count], out_slack[count], out_length[count] = f, spent, slack, 1
                entries += 1
                count += 1
                limit = among_least(slack, least, limit)
        while not full:
            down = False
            while room > 0 and at < free:
                nodes += 1
                if nodes > 40 * most + 100_000:
                    full = True
                    break
                # The best that can come of taking this one next: what the need still asks for, and all gains.
                wanted = (deficit + most_members - 1) // most_members
                hoped_for, joined = best_completion(slack, worth, arcs, free, at, -1, room, wanted)
                if hoped_for > limit or joined < wanted:
                    break
                one = item[arcs[at]]
                if size[one] <= room and welcome(one, inside, enemy_start, enemy):
                    down, extra = joins(
                        hoped_for, limit, one, arcs[at], len(cost), inside, held, cut_start, cut, cut_price,
                        hoped, feature_start, cut_of, value, weight, reached, best,
                    )  # fmt: skip
                    if down:
                        break
                at += 1
            if down:
                one = item[arcs[at]]
                slack += worth[arcs[at]] + extra
                spent += cost[arcs[at]]
                room -= size[one]
                deficit -= members[one]
                stack[depth], paid[depth] = at, extra
                depth += 1
                at += 1
                if deficit <= 0 and slack <= limit:
                    length = depth + (1 if leading >= 0 else 0)
                    if count == most or entries + length > most_entries:
                        full = True
                        break
                    if leading >= 0:
                        out_item[entries] = item[leading]
                        entries += 1
                    for d in range(depth):
                        out_item[entries] = item[arcs[stack[d]]]
                        entries += 1
                    out_facility[count], out_cost[count], out_slack[count] = f, spent, slack
                    out_length[count] = length
                    count += 1
                    limit = among_least(slack, least, limit)
            else:
                if depth == 0:
                    break
                depth -= 1
                at = stack[depth]
                one = item[arcs[at]]
                leave(
                    one, arcs[at], len(cost), inside, held, cut_start, cut,
                    feature_start, cut_of, value, weight, reached, best,
                )  # fmt: skip
                slack -= worth[arcs[at]] + paid[depth]
                spent -= cost[arcs[at]]
                room += size[one]
                deficit += members[one]
                at += 1
        for d in range(depth):
            inside[item[arcs[stack[d]]]] = False
        if leading >= 0:
            inside[item[leading]] = False
        held[:] = 0
        if full:
            return -1, 0, out_item, out_facility, out_cost, out_slack, out_length
    return count, entries, out_item, out_facility, out_cost, out_slack, out_length
