"""Many at one address of whom hardly two are alike: few places for each, and each a type of its own.

Everybody can join everybody there, and most pairings cost the same sum, so that no list of groups ends. Of such
pairings it hardly matters which: each item keeps its cheapest places, equal ones drawn by lot. What is left is small
enough for prices on items, and its prices prove nearly as much of the whole: the bound is the Lagrangian of all
pairings at the prices of the few (Geoffrion and McBride 1978 say why relaxations of such models are so near).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbench.grouping.models import Watch, price_items
from workbench.grouping.patterns.by_type import TypeSearch, assigned
from workbench.grouping.patterns.item_types import item_types_of
from workbench.grouping.patterns.patterns import best_patterns, in_use, rooms
from workbench.grouping.problem import Core, Ints

#: Of places that nobody leads, an item keeps so many fewer than of others.
FEWER_UNLED = 2
#: Rounds of prices before any groups are priced, and those in which the prices of few places are tried on all.
FIRST_ROUNDS, ROUNDS = 300, 20
#: Share of the units that each step of a first answer fixes at least, and rounds of prices between two steps.
SHARE, BETWEEN = 0.05, 2
#: Patterns listed at most for a neighbourhood: there are many, and few are in the best answer.
FEW_LISTED = 400


@dataclass(frozen=True, eq=False)
class Apart:
    """What came of it: an assignment, and what no assignment of that coverage costs less than."""

    chosen: Ints
    bound: float


def choose_apart(
    core: Core,
    few: Core,
    at_least: int,
    *,
    start: Ints,
    looks: int,
    seed: int,
    gap: float,
    left: Callable[[], float],
    watch: Watch,
) -> Apart | None:
    """A cheap grouping that covers `at_least` units, with a bound; None where that is too much to ask for.

    Parameters
    ----------
    few
        the core with few places for each item.
    start
        a known answer of that coverage, with pairings of `few`.
    looks
        at HiGHS's search in all.
    left
        says how many seconds are left.
    watch
        hears cost and bound as they get better, and says whether to go on.
    """
    found = item_types_of(few, apart=True)
    if found is None:
        return None
    types, names = found
    spare, known = int(core.size.sum()) - at_least, few.total(start)[1]
    prices = price_items(few, at_least, target=known, rounds=FIRST_ROUNDS)
    told = price_items(core, at_least, target=known, rounds=1, start=prices.price)
    if not watch(known, told.bound):
        return Apart(start, told.bound)
    proven = told.bound
    search = TypeSearch(types, spare, in_use(types, names, start), seed, gap, left,
                        lambda cost, _: watch(cost, proven), share=SHARE, rounds=BETWEEN,
                        listed=FEW_LISTED)  # fmt: skip
    copies = np.arange(int(rooms(types).max(initial=1)) + 1)
    worth = np.multiply.outer(prices.price, copies)
    search.begin_with(best_patterns(types, worth, np.full(len(types.lead), -prices.bonus)))
    if search.root.tighten(enough=search.cost):
        priced = price_items(core, at_least, target=known, rounds=ROUNDS, start=search.root.prices.item)
        # What the search goes on to prove is of few places, not of all: so is the step that their costs have.
        proven = max(proven, priced.bound)
        search.bound = proven
        search.search(looks)
    return Apart(assigned(few, types, names, search.groups), proven)


def few_places(core: Core, start: Ints, places: int, seed: int) -> np.ndarray:
    """(a,) bool, each item's cheapest places, by lot among equals; its own, and where it is now, beside them."""
    lot = np.random.default_rng(seed).permutation(len(core.item))
    unled = core.lead[core.facility] < 0
    order = np.lexsort((lot, core.cost, unled, core.item))
    kind = 2 * core.item[order] + unled[order]
    first = np.searchsorted(kind, kind, side="left")
    keep = np.zeros(len(order), np.bool_)
    keep[order] = np.arange(len(order)) - first < places - FEWER_UNLED * unled[order]
    keep |= core.leads
    keep[core.arcs_of(start)] = True
    return keep
