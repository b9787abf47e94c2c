"""Places of a map where its relaxation is undecided.

What a relaxation chooses in part are some dozen places that have nothing to do with each other, of a few items to some
forty; all else it chooses whole, four items of five on a geocoded map. So an answer is near: what is whole is taken as
it is, and each place is solved as a part of its own, with those around it that may help.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workbench.grouping.models import Tightened, in_part, slacks_of, surroundings
from workbench.grouping.problem import Core, Ints
from workbench.grouping.search.neighbourhoods import LargeNeighbourhoodSearch, Repair
from workbench.grouping.tolerances import NEAR_WHOLE

#: A place holds so many times its own items with those around it, at least.
TIMES_ITS_OWN = 2
#: Neighbourhoods that lists are tried in at last, for each place.
LOOKS = 4


def place_by_place(
    core: Core, proof: Tightened, around: int, seed: int, left: Callable[[], float], repair: Repair,
    tell: Callable[[], bool],
) -> Ints:  # fmt: skip
    """(n,) facility of each item: the whole groups of a relaxation, and each place repaired, until `tell` says stop.

    Places hold `around` items or more. They come one after the other, the largest first: most of them have a community
    or a host in common. Where they meet, lists better what comes of it.
    """
    found = undecided(core, proof, around)
    walk = LargeNeighbourhoodSearch(core, proof.duals, whole_groups(core, proof), seed, left, repair=repair)
    for place in found:
        walk.settle(place)
        if not tell():
            return walk.chosen
    walk = LargeNeighbourhoodSearch(core, proof.duals, walk.chosen, seed, left)
    walk.only_dear()
    walk.improve(LOOKS * len(found), lambda *_: tell())
    return walk.chosen


def whole_groups(core: Core, proof: Tightened) -> Ints:
    """(n,) the facility of each item whose group a relaxation chooses whole; -1 for all others."""
    columns = proof.columns
    chosen = np.full(core.items, -1, np.int64)
    whole = (proof.share > 1 - NEAR_WHOLE)[columns.group]
    chosen[columns.item[whole]] = columns.facility[columns.group[whole]]
    return chosen


def undecided(core: Core, proof: Tightened, around: int) -> list[Ints]:
    """The places, the largest first: its own items, then those around them. None of more than half of all items."""
    slack = slacks_of(core, proof.columns, proof.duals)
    places = []
    for items in in_part(proof.columns, proof.share, core.items):
        most = max(around, TIMES_ITS_OWN * len(items))
        if 2 * most <= core.items:
            near_it = surroundings(proof.columns, slack, items, core.items, most)
            places.append(np.concatenate([items, np.setdiff1d(near_it, items)]))
    return places
