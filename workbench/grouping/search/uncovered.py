"""Who is left out of a large part, and whether anybody must be: seen from their neighbourhoods alone.

The relaxation of a large part takes a minute, and says little of the few at its fringe who find no group. Around
each of them a handful of items is looked at by itself: all others are taken to be free to help wherever they can, in
as many groups as are asked for. Whoever is left out even so is left out of every grouping.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from workbench.grouping.models import covered_at_most, most_covered
from workbench.grouping.problem import Core, Ints, restrict

#: Items looked at around one that is left out.
ITEMS_AROUND = 60


def left_out_at_least(core: Core, chosen: Ints, *, looks: int, seed: int, left: Callable[[], float]) -> int:
    """Units that every assignment leaves out, as seen from those whom `chosen` leaves out.

    Parameters
    ----------
    chosen
        (n,) facility of each item, -1 where left out.
    looks
        at HiGHS's search, for each neighbourhood.
    left
        says how many seconds are left.
    """
    start, by_item = core.by_item()
    told = np.zeros(core.items, dtype=np.bool_)
    units = 0
    for item in np.flatnonzero(chosen < 0):
        if told[item] or left() <= 0.0:
            continue
        near = _around(core, int(item), by_item, start, told)
        # Facilities that they can go to, with all who can go there, too.
        facilities = np.unique(core.facility[_arcs_of(near, by_item, start)])
        arcs = np.concatenate([np.arange(core.start[f], core.start[f + 1]) for f in facilities])
        others = np.union1d(core.item[arcs], near)
        town = restrict(core, others, facilities, arcs)
        hard = _hard(town, np.searchsorted(others, near))
        if item not in others[hard]:
            continue
        found = most_covered(_with_help(town, hard), start=None, work=looks, seed=seed, seconds=left())
        count = int(town.size[hard].sum())
        lost = count - covered_at_most(found, count)
        if lost > 0:
            # What is lost here is not counted again elsewhere.
            told[others[hard]] = True
            units += lost
    return units


def _arcs_of(items: Ints, by_item: Ints, start: Ints) -> Ints:
    """The arcs of some items."""
    return np.concatenate([by_item[start[one] : start[one + 1]] for one in items])


def _around(core: Core, item: int, by_item: Ints, start: Ints, told: np.ndarray) -> Ints:
    """An item and those two steps away that have the fewest places to go, ascending."""
    found = np.array([item], np.int64)
    choices = np.diff(start)
    for _ in range(2):
        reached = np.unique(core.facility[_arcs_of(found, by_item, start)])
        others = np.unique(np.concatenate([core.item[core.start[f] : core.start[f + 1]] for f in reached]))
        others = others[~told[others]]
        others = others[np.lexsort((others, choices[others]))][: ITEMS_AROUND - 1]
        found = np.union1d([item], others)
    return found.astype(np.int64)


def _hard(core: Core, items: Ints) -> Ints:
    """Those of some items that are not covered with the help of all others alone; who is, is free to help, too."""
    while len(items):
        inside = np.zeros(core.items, dtype=np.bool_)
        inside[items] = True
        helps = ~inside[core.item]
        help_ = np.bincount(core.facility[helps], core.members[core.item[helps]], core.facilities)
        lead = core.lead[core.facility]
        led = (lead < 0) | (lead == core.item) | ~inside[lead]
        easy = led & (help_[core.facility] + core.members[core.item] >= core.need[core.facility])
        free = np.zeros(core.items, dtype=np.bool_)
        free[core.item[easy]] = True
        if not free[items].any():
            break
        items = items[~free[items]]
    return items


def _with_help(core: Core, items: Ints) -> Core:
    """The core of some items; whoever is not among them helps everywhere: leads, and counts as a member."""
    inside = np.isin(core.item, items)
    arcs = np.flatnonzero(inside)
    facilities = np.unique(core.facility[arcs])
    help_ = np.bincount(core.facility[~inside], core.members[core.item[~inside]], core.facilities).astype(np.int64)
    part = restrict(core, items, facilities, arcs)
    return replace(part, need=np.maximum(part.need - help_[facilities], 0))
