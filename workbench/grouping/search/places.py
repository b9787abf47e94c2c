"""Places of a map where its relaxation is undecided.

What a relaxation chooses in part are some dozen places that have nothing to do with each other, of a few items to some
forty; all else it chooses whole, four items of five on a geocoded map. So an answer is near: what is whole is taken as
it is, and each place is solved as a part of its own, with those around it that may help.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workbench.grouping.models import Tightened, chosen_columns, in_part, slacks_of, surroundings
from workbench.grouping.problem import Core, Ints
from workbench.grouping.search.neighbourhoods import LargeNeighbourhoodSearch, Repair
from workbench.grouping.tolerances import NEAR_WHOLE

#: Items of a place with those around it, or so many times its own; groups of no more slack than this lead to others.
AROUND, TIMES, NEAR = 40, 2, 0.05


def place_by_place(
    core: Core, proof: Tightened, seed: int, left: Callable[[], float], repair: Repair, tell: Callable[[], bool]
) -> Ints:
    """(n,) facility of each item: the whole groups of a relaxation, and each place repaired, until `tell` says stop.

    Places come one after the other, the largest first: most of them have a community or a host in common.
    """
    walk = LargeNeighbourhoodSearch(core, proof.duals, whole_groups(core, proof), seed, left, repair=repair)
    for place in undecided(core, proof):
        walk.settle(place)
        if not tell():
            break
    return walk.chosen


def whole_groups(core: Core, proof: Tightened) -> Ints:
    """(n,) the facility of each item whose group a relaxation chooses whole; -1 for all others."""
    columns = proof.columns
    chosen = np.full(core.items, -1, np.int64)
    whole = (proof.share > 1 - NEAR_WHOLE)[columns.group]
    chosen[columns.item[whole]] = columns.facility[columns.group[whole]]
    return chosen


def undecided(core: Core, proof: Tightened) -> list[Ints]:
    """The places, the largest first: its own items, then those around them. None of more than half of all items."""
    slack = slacks_of(core, proof.columns, proof.duals)
    near = np.flatnonzero(slack < NEAR)
    leading, slack = chosen_columns(proof.columns, near), slack[near]
    places = []
    for items in in_part(proof.columns, proof.share, core.items):
        most = max(AROUND, TIMES * len(items))
        if 2 * most <= core.items:
            around = surroundings(leading, slack, items, core.items, most)
            places.append(np.concatenate([items, np.setdiff1d(around, items)]))
    return places
