"""Raise the bound over that of prices alone: the linear relaxation over groups, tightened by cuts.

Three items of which every two share a half-chosen group satisfy all rows and are no answer: of any three items at
most one group can hold two or more (subset-row cuts; Jepsen, Petersen, Spoorendonk and Pisinger 2008). Cuts and
groups are added in turn: cuts that the relaxation breaks, then the groups that the new prices make worth having,
found by exact enumeration, so that the bound holds for all groups and not only for those listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbench.grouping.columns import Columns, chosen_columns, list_columns, without_duplicates
from workbench.grouping.core import Core
from workbench.grouping.partition import Duals, Partition
from workbench.grouping.places import Floats, Ints
from workbench.grouping.triples import broken_triples

#: A group is worth adding where its slack is below minus this; what is left of it is taken off the bound.
NEGATIVE = 1e-8
#: Cuts and groups added at most in one round; one for every so many items, if that is more.
CUTS, GROUPS, SHARE = 200, 2000, 4


@dataclass(frozen=True, eq=False)
class Tightened:
    """What a tightened relaxation proves.

    Attributes
    ----------
    bound : the least cost of any assignment that covers what was asked.
    duals : the prices that prove it.
    columns : the groups of the relaxation; share : (g,) float64, how much of each it chooses.
    """

    bound: float
    duals: Duals
    columns: Columns
    share: Floats


def tighten(
    core: Core,
    columns: Columns,
    at_least: int,
    *,
    target: float,
    rounds: int,
    most: int,
    tell: Callable[[float], bool],
) -> Tightened | None:
    """Add groups and cuts in turn; None where no bound came of it.

    Parameters
    ----------
    columns : groups to begin with, among them those of some assignment that covers `at_least` units.
    target : cost of a known answer: the search ends where the bound meets it.
    rounds : rounds of cuts at most.
    most : groups listed at most at once.
    tell : called with each bound; says whether to go on.
    """
    model = Partition(core, columns, at_least, {"solver": "simplex"})
    best: Tightened | None = None
    while (solved := _priced_out(model, most)) is not None:
        duals, share = solved
        bound = model.bound(duals) - NEGATIVE * core.items
        if best is None or bound > best.bound:
            best = Tightened(bound, duals, model.columns, share)
        rounds -= 1
        if rounds < 0 or not tell(best.bound) or best.bound >= target - 1e-7 * (1 + abs(target)):
            break
        cuts = _broken(model, share)
        if len(cuts) == 0:
            break
        model.cut(cuts)
    return best


def _priced_out(model: Partition, most: int) -> tuple[Duals, Floats] | None:
    """Solve the relaxation over all groups, listed or not: add what has negative slack until nothing has."""
    core = model.core
    for _ in range(500):
        solved = model.relaxed()
        if solved is None:
            return None
        duals, _ = solved
        found = _worth_adding(core, duals, most)
        if found is None:
            return None
        if len(found) == 0:
            return solved
        model.add(found)
    return None


def _worth_adding(core: Core, duals: Duals, most: int) -> Columns | None:
    """Groups of negative slack, the most negative first if they are many; None if they cannot be listed."""
    within = -NEGATIVE
    for _ in range(40):
        found = list_columns(core, duals.price, within, most, fee=duals.fee, cuts=duals.cuts)
        if found is not None:
            found = without_duplicates(core, found)
            keep = np.argsort(found.slack, kind="stable")[: max(GROUPS, core.items // SHARE)]
            return chosen_columns(found, np.sort(keep))
        within = min(within * 4, -1e-4)
    return None


def _broken(model: Partition, share: Floats) -> Ints:
    """Cuts that the shares break, worst first."""
    used = np.flatnonzero(share > 1e-7)
    some = chosen_columns(model.columns, used)
    triples, amount = broken_triples(some.start, some.item, share[used], model.core.items)
    order = np.lexsort((triples[:, 2], triples[:, 1], triples[:, 0], -np.round(amount, 6)))
    return np.ascontiguousarray(triples[order[: max(CUTS, model.core.items // SHARE)]])
