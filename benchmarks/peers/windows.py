"""Prices and windows, as one would write them down in an afternoon: a quick method to measure a search against.

Items get Lagrangian prices; then, until the time is up, some groups that are dear for their prices are dissolved with
those around them, and HiGHS chooses anew among each item's few best places (a compact model of the window).
"""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np

from workbench.grouping.models import columns_of, least_cost, most_covered, price_items
from workbench.grouping.problem import Core, Ints, restrict

#: Items of a window, places of each, rounds of prices, and looks at HiGHS's search in a window.
ITEMS, PLACES, ROUNDS, LOOKS = 30, 12, 500, 100


def windows(core: Core, begin: Ints, seconds: float) -> Ints:
    """The best grouping found in the time, beginning with a legal one."""
    begun = perf_counter()
    rng = np.random.default_rng(0)
    chosen = begin.copy()
    prices = price_items(core, int(core.size.sum()), target=max(core.total(chosen)[1], 1e-6), rounds=ROUNDS)
    best = _best_places(core, prices.price)
    by_item = np.argsort(core.item, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(core.item, minlength=core.items))])
    while (left := seconds - (perf_counter() - begun)) > 0:
        items = _window(core, chosen, prices.price, by_item, start, rng)
        inside = np.zeros(core.items, np.bool_)
        inside[items] = True
        taken = np.unique(chosen[~inside & (chosen >= 0)])
        own = np.concatenate([by_item[start[item] : start[item + 1]] for item in items])
        own = own[best[own] | (core.facility[own] == chosen[core.item[own]]) | core.leads[own]]
        lead = core.lead[core.facility[own]]
        own = own[np.where(lead >= 0, inside[np.maximum(lead, 0)], ~np.isin(core.facility[own], taken))]
        facilities = np.unique(core.facility[own])
        part = restrict(core, items, facilities, own)
        place = np.full(core.facilities + 1, -1, np.int64)
        place[facilities] = np.arange(len(facilities))
        before = place[chosen[items]]
        if not part.allows(before):
            continue
        found: Any = None
        if (before < 0).any():
            found = most_covered(part, start=before, work=LOOKS, seed=0, seconds=left).chosen
            before = before if found is None else found
        found = least_cost(part, part.total(before)[0], start=before, work=LOOKS, seed=0, seconds=left).chosen
        after = before if found is None else found
        if _key(part, after) >= _key(part, place[chosen[items]]):
            chosen[items] = np.where(after >= 0, facilities[after], -1)
    return chosen


def _key(core: Core, chosen: Ints) -> tuple[int, float]:
    covered, cost = core.total(chosen)
    return covered, -cost


def _best_places(core: Core, price: Any) -> Any:
    """(a,) bool: the few places where an item costs least, what its leader is worth counted."""
    lead = core.lead[core.facility]
    worth = core.cost + (core.opening[core.facility] - np.where(lead >= 0, price[lead], 0.0)) / 4
    order = np.lexsort((worth, core.item))
    start = np.concatenate([[0], np.cumsum(np.bincount(core.item, minlength=core.items))])
    keep = np.zeros(len(order), np.bool_)
    keep[order] = np.arange(len(order)) - start[core.item[order]] < PLACES
    return keep


def _window(core: Core, chosen: Ints, price: Any, by_item: Ints, start: Ints, rng: np.random.Generator) -> Ints:
    """Items of whole groups around one that is left out or in a dear group."""
    used = columns_of(core, chosen)
    slack = np.zeros(core.facilities)
    slack[used.facility] = used.cost - np.bincount(used.group, price[used.item], len(used))
    dear = np.where(chosen >= 0, slack[chosen], np.inf) + rng.exponential(0.3, core.items)
    if (chosen < 0).any() and rng.random() < 0.5:
        head = int(rng.choice(np.flatnonzero(chosen < 0)))
    else:
        head = int(np.argmax(np.where(np.isfinite(dear), dear, -np.inf)))
    arcs = by_item[start[head] : start[head + 1]]
    items: list[int] = [head]
    for facility in core.facility[arcs[np.argsort(core.cost[arcs], kind="stable")]]:
        lead = core.lead[facility]
        near = [int(lead)] if lead >= 0 else []
        for item in [*near, *np.flatnonzero(chosen == facility).tolist()]:
            group = np.flatnonzero(chosen == chosen[item]) if chosen[item] >= 0 else np.array([item])
            items += [int(one) for one in group]
        if len(set(items)) >= ITEMS:
            break
    if chosen[head] >= 0:
        items += np.flatnonzero(chosen == chosen[head]).tolist()
    return np.unique(np.array(items, dtype=np.int64))
