"""A list of groups that is too long for one model: priced by looking at each, cut, and shortened as the bound rises.

All groups that an answer better than the known one could hold are listed (`columns`). The relaxation over them begins
with a few; at its prices every other is looked at, and those of negative slack join it, until none has any. Cuts are
added (subset rows of three items), and whatever has more slack than the gap leaves the list for good (Baldacci and
others 2008; Contardo and Martinelli 2014, of routes).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.models.columns import Columns, chosen_columns
from workbench.grouping.models.set_partitioning import Duals, SetPartitioning
from workbench.grouping.models.subset_rows import groups_with_two
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import REDUCED_COST, SOLVER_COST

#: Groups of the list that the relaxation begins with, beside some for each item; and groups added at most at once.
FIRST, EACH, ADDED = 2000, 4, 2000
#: Cuts added at most in one round; one for every so many items, if that is more.
CUTS, SHARE = 200, 4
#: A list is short enough to be chosen from when it holds no more groups than this.
SHORT = 3000
#: Rounds of cuts that hardly raise the bound before the search for more ends, and what is hardly: this of the gap.
IDLE, HARDLY = 3, 0.01


@dataclass(frozen=True, eq=False)
class Shortened:
    """What is left of a list.

    Attributes
    ----------
    bound
        the least cost of any choice among the listed groups that covers what was asked.
    columns
        the groups that a choice cheaper than the known one can hold, with their slack at the last prices.
    triples
        (c, 3) cuts that hold the bound up.
    """

    bound: float
    columns: Columns
    triples: Ints


def shorten(
    core: Core,
    listed: Columns,
    at_least: int,
    *,
    triples: Ints,
    known: float,
    rounds: int,
    tell: Callable[[float], bool],
) -> Shortened | None:
    """Raise the bound over a list and drop from it what no choice cheaper than the known one can hold.

    Parameters
    ----------
    listed
        groups, with their slack at the prices that they were listed at; those of the known answer among them.
    triples
        cuts to begin with.
    known
        cost of the known answer.
    rounds
        rounds of cuts at most.
    tell
        called with each bound; says whether to go on.
    """
    few = min(len(listed), FIRST + EACH * core.items)
    order = np.argsort(np.where(np.isnan(listed.slack), -np.inf, listed.slack), kind="stable")
    inside = np.zeros(len(listed), np.bool_)
    inside[order[:few]] = True
    model = SetPartitioning(core, chosen_columns(listed, np.flatnonzero(inside)), at_least, {"solver": "simplex"})
    if len(triples):
        model.cut(triples)
    hits = groups_with_two(listed.start, listed.item, model.triples, core.items)
    best: Shortened | None = None
    bound, idle = -np.inf, 0
    for _ in range(rounds + 1):
        while True:
            solved = model.relaxed()
            if solved is None:
                return best
            duals, share = solved
            slack = slacks(listed, duals, hits)
            wanted = np.flatnonzero((slack < -REDUCED_COST) & ~inside)
            if len(wanted) == 0:
                break
            wanted = wanted[np.argsort(slack[wanted], kind="stable")[: max(ADDED, core.items)]]
            inside[wanted] = True
            model.add(chosen_columns(listed, np.sort(wanted)))
            if best is not None and not tell(best.bound):
                return best
        # Groups hold an item at least: there are no more of them than items.
        now = model.bound(duals) + min(0.0, float(slack.min(initial=0.0))) * core.items
        idle = 0 if now > bound + HARDLY * max(known - bound, 0.0) else idle + 1
        if now < bound:
            return best
        bound = now
        within = known - now + SOLVER_COST * (1 + known)
        keep = slack <= within
        own = groups_with_two(model.columns.start, model.columns.item, model.triples, core.items)
        model.shut(np.flatnonzero(slacks(model.columns, duals, own) > within))
        listed, inside = replace(chosen_columns(listed, np.flatnonzero(keep)), slack=slack[keep]), inside[keep]
        held = duals.cuts.triples[duals.cuts.price > 0]
        best = Shortened(bound, listed, held)
        if len(listed) <= SHORT or idle >= IDLE or not tell(bound):
            return best
        cuts = model.broken(share, max(CUTS, core.items // SHARE))
        if len(cuts) == 0:
            return best
        model.cut(cuts)
        hits = groups_with_two(listed.start, listed.item, model.triples, core.items)
    return best


def slacks_of(core: Core, listed: Columns, duals: Duals) -> Floats:
    """(g,) what choosing each group adds to the bound of prices and cuts at least."""
    return slacks(listed, duals, groups_with_two(listed.start, listed.item, duals.cuts.triples, core.items))


def slacks(listed: Columns, duals: Duals, hits: Ints) -> Floats:
    """The same, with the pairs of cuts and groups that pay for them at hand."""
    slack: Floats = listed.cost + duals.fee[listed.facility] - _worth(listed.start, listed.item, duals.price)
    if len(hits):
        slack += np.bincount(hits[:, 1], duals.cuts.price[hits[:, 0]], len(slack))
    return slack


@kernel
def _worth(start, item, price):  # type: ignore[no-untyped-def]
    """What the items of each group are worth."""
    out = np.zeros(len(start) - 1)
    for g in range(len(out)):
        for k in range(start[g], start[g + 1]):
            out[g] += price[item[k]]
    return out
