"""Raise the bound over that of prices alone: the linear relaxation over groups, tightened by cuts.

Three items of which every two share a half-chosen group satisfy all rows and are no answer: of any three items at
most one group can hold two or more (subset-row cuts; Jepsen, Petersen, Spoorendonk and Pisinger 2008). Cuts and
groups are added in turn: cuts that the relaxation breaks, then the groups that the new prices make worth having,
found by exact enumeration, so that the bound holds for all groups and not only for those listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from workbench.grouping.models.columns import Columns, in_turn, list_columns, without_duplicates
from workbench.grouping.models.set_partitioning import Duals, SetPartitioning
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import REDUCED_COST

#: Cuts and groups added at most in one round; one for every so many items, if that is more.
CUTS, GROUPS, SHARE = 200, 2000, 4
#: Groups of each facility that are looked for, where there are so many that one facility has tens of thousands.
EACH = 32
#: Times the relaxation may be solved for each round of cuts.
SOLVES = 6


@dataclass(frozen=True, eq=False)
class Tightened:
    """What a tightened relaxation proves.

    Attributes
    ----------
    bound
        the least cost of any assignment that covers what was asked.
    duals
        the prices that prove it.
    columns
        the groups of the relaxation; share : (g,) float64, how much of each it chooses.
    complete
        whether no cut of the kind raises it any more.
    """

    bound: float
    duals: Duals
    columns: Columns
    share: Floats
    complete: bool = False


def tighten(
    core: Core,
    columns: Columns,
    at_least: int,
    *,
    target: float,
    rounds: int,
    most: int,
    tell: Callable[[float], bool],
    triples: Ints | None = None,
) -> Tightened | None:
    """Add groups and cuts in turn; None where no bound came of it.

    Parameters
    ----------
    columns
        groups to begin with, among them those of some assignment that covers `at_least` units.
    target
        cost of a known answer: the search ends where the bound meets it.
    rounds
        rounds of cuts at most.
    most
        groups listed at most at once.
    tell
        called with each bound; says whether to go on.
    triples
        cuts to begin with.
    """
    if len(columns) == 0:
        return None
    model = SetPartitioning(core, columns, at_least, {"solver": "simplex"})
    if triples is not None and len(triples):
        model.cut(triples)
    best: Tightened | None = None
    solves = SOLVES * rounds
    while rounds >= 0 and solves > 0:
        rounds -= 1
        # Over all groups, listed or not: add what has negative slack until nothing has.
        found = model.columns
        while len(found):
            solves -= 1
            solved = model.relaxed()
            if solved is None or solves < 0 or not tell(-np.inf if best is None else best.bound):
                return best
            duals, share = solved
            worth = worth_adding(core, duals, most, max(GROUPS, core.items // SHARE))
            if worth is None:
                return best
            found = worth
            model.add(found)
        bound = model.bound(duals) + shortfall(core, duals, most)
        if best is None or bound > best.bound:
            best = Tightened(bound, duals, model.columns, share)
        cuts = model.broken(share, max(CUTS, core.items // SHARE))
        if len(cuts) == 0:
            return replace(best, complete=True)
        if not tell(best.bound) or best.bound >= target - 1e-7 * (1 + abs(target)):
            break
        model.cut(cuts)
    return best


def worth_adding(core: Core, duals: Duals, most: int, few: int) -> Columns | None:
    """Groups of negative slack, `few` of the best of each facility; where those are too many, of its best alone.

    None where even those cannot be listed; none at all only where there are none. The one of least slack is among them.
    """
    for best in (EACH, 1):
        found = list_columns(
            core,
            duals.price,
            -REDUCED_COST,
            most,
            fee=duals.fee,
            cuts=duals.cuts,
            disjunctions=duals.disjunctions,
            best=best,
        )
        if found is not None:
            return in_turn(without_duplicates(core, found, by=found.slack), few)
    return None


def shortfall(core: Core, duals: Duals, most: int, least: float = REDUCED_COST) -> float:
    """What groups of slightly negative slack, none of less than -`least`, take off a bound: each facility's best."""
    found = list_columns(core, duals.price, -1e-15, most, fee=duals.fee, cuts=duals.cuts,
                         disjunctions=duals.disjunctions, best=1)  # fmt: skip
    if found is None:
        return -least * core.items
    best = np.zeros(core.facilities)
    np.minimum.at(best, found.facility, found.slack)
    return float(best.sum())
