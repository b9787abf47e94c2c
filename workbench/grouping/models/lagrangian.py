"""Prices on items that bound the cost from below.

Give every item a price for being covered. Each facility then picks, by itself, the set of items that is worth
most to it; prices plus what the facilities make of them is a lower bound on the cost of any grouping that
covers as much (Lagrangian relaxation of "each item at one facility"; Held and Karp 1971, Fisher 1981). A
facility's choice is exact (its least and most sizes are kept), so the best prices give the bound of the linear
relaxation. The price search moves along the subgradient with Polyak's step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import SAME_COST


@dataclass(frozen=True, eq=False)
class LagrangianBound:
    """Prices and what they prove.

    Attributes
    ----------
    price
        (n,) float64.
    bonus
        what each group is worth because so many are needed at least; >= 0.
    bound
        the least cost of any assignment that covers what was asked; -inf if prices were never good.
    work
        how many times all facilities chose.
    """

    price: Floats
    bonus: float
    bound: float
    work: int


def price_items(
    core: Core, at_least: int, *, target: float, rounds: int, start: Floats | None = None
) -> LagrangianBound:
    """Search for good prices.

    Parameters
    ----------
    core
        items, facilities, arcs.
    at_least
        units to be covered.
    target
        cost of a known answer; steps aim at it, and the search ends where it is met.
    rounds
        how many times the facilities may choose.
    start
        prices to begin with.
    """
    alike = np.maximum(1, np.bincount(core.alike))
    price = _averaged(_first_prices(core) if start is None else start, core.alike, alike)
    tables = _tables(core)
    spare = int(core.size.sum()) - at_least
    groups = least_groups(core, at_least)
    bonus, nothing = 0.0, np.zeros(core.items)
    best, best_price, best_bonus = -np.inf, price, bonus
    scale, since, used = 1.2, 0, 0
    direction, gradient = np.zeros(core.items + 1), np.empty(core.items + 1)
    for turn in range(rounds):
        used = turn + 1
        value, load, opened = _choose(price, bonus, *tables)
        skipped = _leave_out(core, price, spare) if spare > 0 else nothing
        value += float(price.sum()) - (float((price * skipped).sum()) if spare > 0 else 0.0) + bonus * groups
        since = 0 if value > best + abs(best) * 1e-5 or not np.isfinite(best) else since + 1
        if value > best:
            best, best_price, best_bonus = value, price, bonus
        if since >= 12:
            scale, since = scale * 0.7, 0
            price, bonus = best_price, best_bonus
        # Some best prices are the same for items that are alike; looking for no others is quicker by far.
        gradient[:-1] = _averaged(1.0 - load - skipped, core.alike, alike)
        gradient[-1] = groups - opened if bonus > 0.0 else max(0.0, groups - opened)
        length = float((gradient * gradient).sum())
        if length == 0.0 or best >= target - SAME_COST or scale < 1e-3:
            break
        direction = gradient + 0.3 * direction
        # Not as products of BLAS: their last bits, and so the prices, depend on the number of threads.
        # Aiming far above what is known is no use: a little above it will do until that is reached.
        aim = min(1.02 * target, best + 0.03 * abs(target))
        step = scale * max(aim - value, 1e-6 * abs(target)) / float((direction * direction).sum())
        price = price + step * direction[:-1]
        bonus = max(0.0, bonus + step * direction[-1])
    return LagrangianBound(best_price, best_bonus, float(best), used)


def typical_cost(core: Core) -> float:
    """A guess of what an answer costs, to aim at where none is known: well above the cheapest places."""
    cheapest = np.full(core.items, np.inf)
    np.minimum.at(cheapest, core.item, np.where(core.leads, np.inf, core.cost))
    typical = float(np.where(np.isfinite(cheapest), cheapest, 0.0).sum())
    return 1.5 * typical + float(np.median(core.opening)) * core.items / 3 + 1e-6


def least_slacks(core: Core, price: Floats, bonus: float) -> Floats:
    """(f,) what each facility makes of prices at best: the least slack of its groups, 0 where none is below zero."""
    return np.asarray(_values(price, bonus, *_tables(core)), dtype=np.float64)


def _averaged(value: Floats, alike: Ints, count: Ints) -> Floats:
    """Values, each the mean over the `count` items that are alike."""
    averaged: Floats = (np.bincount(alike, value) / count)[alike]
    return averaged


def least_groups(core: Core, at_least: int) -> int:
    """How many groups it takes at least to hold so many units: the largest facilities first."""
    room = np.minimum(core.capacity, np.bincount(core.facility, core.size[core.item], core.facilities))
    held = np.cumsum(np.sort(room)[::-1])
    return int(np.searchsorted(held, at_least)) + 1 if at_least > 0 else 0


def _first_prices(core: Core) -> Floats:
    """A fair share of the cheapest place: the cost of joining plus a share of opening."""
    share = core.opening / np.maximum(1, np.minimum(core.capacity, np.maximum(core.need, 1) + 1))
    price = np.full(core.items, np.inf)
    np.minimum.at(
        price,
        core.item,
        np.where(core.leads, np.inf, core.cost) + share[core.facility] * core.size[core.item],
    )
    return np.where(np.isfinite(price), price, 0.0) * 1.0


def _leave_out(core: Core, price: Floats, spare: int) -> Floats:
    """Which items (parts of items, at the margin) to leave out: the dearest, as many units as may be."""
    skipped = np.zeros(core.items)
    worth = np.where(core.must, -1.0, price / core.size)
    for item in np.argsort(-worth, kind="stable"):
        if spare <= 0 or worth[item] <= 0:
            break
        part = min(1.0, spare / core.size[item])
        skipped[item] = part
        spare -= int(core.size[item])
    return skipped


def _tables(core: Core) -> tuple[object, ...]:
    plain = np.ones(core.facilities, dtype=np.bool_)
    odd = (core.size[core.item] != 1) | (core.members[core.item] != 1)
    plain[core.facility[odd]] = False
    return (
        core.start,
        core.item,
        core.cost,
        core.opening,
        core.capacity,
        np.maximum(core.need, 1),  # nobody is no group
        core.lead,
        core.size,
        core.members,
        plain,
    )


@kernel
def _best_odd(first, last, price, item, cost, opening, capacity, need, lead, size, members):  # type: ignore[no-untyped-def]
    """The set worth most to any facility, by dynamic programming over size and members."""
    total = 0
    for k in range(first, last):
        total += size[item[k]]
    room = min(capacity, total)
    wide = room + 1
    deep = need + 1
    arcs = last - first
    led = lead < 0
    best = np.full((wide, deep), np.inf)
    best[0, 0] = opening
    took = np.zeros((arcs, wide, deep), np.bool_)
    came = np.zeros((arcs, wide, deep), np.int64)
    for k in range(arcs):
        one = item[first + k]
        worth = cost[first + k] - price[one]
        fixed = one == lead
        led = led or fixed
        new = np.full((wide, deep), np.inf)
        for s in range(wide):
            for m in range(deep):
                here = best[s, m]
                if here == np.inf:
                    continue
                if not fixed and here < new[s, m]:
                    new[s, m] = here
                    took[k, s, m] = False
                if s + size[one] <= room:
                    more = min(need, m + members[one])
                    if here + worth < new[s + size[one], more]:
                        new[s + size[one], more] = here + worth
                        took[k, s + size[one], more] = True
                        came[k, s + size[one], more] = m
        best = new
    at, value = -1, np.inf
    for s in range(wide):
        if best[s, need] < value:
            at, value = s, best[s, need]
    if at < 0 or not led:
        return np.inf, np.empty(0, np.int64)
    picked = np.empty(arcs, np.int64)
    count, m = 0, need
    for k in range(arcs - 1, -1, -1):
        if took[k, at, m]:
            picked[count] = first + k
            count += 1
            at, m = at - size[item[first + k]], came[k, at, m]
    return value, picked[:count]


@kernel
def _best_plain(first, last, price, item, cost, opening, capacity, need, lead):  # type: ignore[no-untyped-def]
    """The set worth most to a facility whose items are single units of one member: its leader, the need, gains."""
    values = np.empty(min(capacity, last - first))
    arcs = np.empty(len(values), np.int64)
    picked = np.empty(len(values), np.int64)
    kept, count = 0, 0
    value = opening
    # The leader has its place; the others compete for what room is left.
    for k in range(first, last):
        if item[k] == lead:
            value += cost[k] - price[item[k]]
            picked[count] = k
            count += 1
    room = len(values) - count
    if lead >= 0 and count == 0:
        return np.inf, picked[:0]
    for k in range(first, last):
        if item[k] == lead:
            continue
        worth = cost[k] - price[item[k]]
        if kept == room and (room == 0 or worth >= values[kept - 1]):
            continue
        at = kept if kept < room else kept - 1
        while at > 0 and values[at - 1] > worth:
            values[at] = values[at - 1]
            arcs[at] = arcs[at - 1]
            at -= 1
        values[at] = worth
        arcs[at] = k
        if kept < room:
            kept += 1
    if count + kept < need:
        return np.inf, picked[:0]
    for k in range(kept):
        if count >= need and values[k] >= 0.0:
            break
        value += values[k]
        picked[count] = arcs[k]
        count += 1
    return value, picked[:count]


@kernel
def _values(price, bonus, start, item, cost, opening, capacity, need, lead, size, members, plain):  # type: ignore[no-untyped-def]
    """What each facility makes of the prices; 0 where it had better not open."""
    least = np.zeros(len(opening))
    for f in range(len(opening)):
        first, last = start[f], start[f + 1]
        if first == last:
            continue
        if plain[f]:
            value, _ = _best_plain(first, last, price, item, cost, opening[f] - bonus, capacity[f], need[f], lead[f])
        else:
            value, _ = _best_odd(
                first, last, price, item, cost, opening[f] - bonus, capacity[f], need[f], lead[f], size, members
            )
        least[f] = min(0.0, value)
    return least


@kernel
def _choose(price, bonus, start, item, cost, opening, capacity, need, lead, size, members, plain):  # type: ignore[no-untyped-def]
    """What the facilities make of the prices in all, and how often each item is chosen."""
    load = np.zeros(len(price))
    total, opened = 0.0, 0
    for f in range(len(opening)):
        first, last = start[f], start[f + 1]
        if first == last:
            continue
        if plain[f]:
            value, picked = _best_plain(
                first, last, price, item, cost, opening[f] - bonus, capacity[f], need[f], lead[f]
            )
        else:
            value, picked = _best_odd(
                first, last, price, item, cost, opening[f] - bonus, capacity[f], need[f], lead[f], size, members
            )
        if value < 0.0:
            total += value
            opened += 1
            for k in picked:
                load[item[k]] += 1.0
    return total, load, opened
