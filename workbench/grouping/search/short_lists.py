"""Short lists of groups: for a relaxation to begin with, and for a first answer."""

from __future__ import annotations

import numpy as np

from workbench.grouping.models import (
    Columns,
    Duals,
    Tightened,
    chosen_columns,
    columns_of,
    joined_columns,
    list_columns,
    slacks_of,
    without_duplicates,
)
from workbench.grouping.problem import Core, Ints
from workbench.grouping.tolerances import SAME_COST

#: Times that slack is halved for a list to be short.
HALVINGS = 8
#: Groups that a tree begins with, beside some for each item.
BEGIN, EACH = 2000, 4


def little_slack(core: Core, duals: Duals, bound: float, chosen: Ints, most: int) -> Columns:
    """Groups of little slack for a bound, `most` at most, and those of an assignment."""
    used = columns_of(core, chosen)
    within = max(bound, SAME_COST) / max(1, core.items) / 2
    for _ in range(HALVINGS):
        found = list_columns(core, duals.price, within, most, fee=duals.fee)
        if found is not None:
            return without_duplicates(core, joined_columns(found, used))
        within /= 2
    return used


def nearly_chosen(core: Core, proof: Tightened, most: int) -> Columns:
    """Of the groups of a relaxation, those of least slack at its last prices."""
    slack = slacks_of(core, proof.columns, proof.duals)
    return chosen_columns(proof.columns, np.sort(np.argsort(slack, kind="stable")[:most]))


def gap_of(proof: Tightened, cost: float) -> float:
    """What a group may add to the bound and be in an answer of less than a cost."""
    return cost - proof.bound + SAME_COST * (1 + cost)


def within_gap(core: Core, proof: Tightened, cost: float, most: int, part: float = 1.0) -> Columns | None:
    """Every group that an answer of less than a cost could hold, or those of a part of that slack.

    None where there are more than `most`. Prices may be proven among the pairings of the core alone.
    """
    duals = proof.duals
    return list_columns(core, duals.price, part * gap_of(proof, cost), most, fee=duals.fee, cuts=duals.cuts,
                        disjunctions=duals.disjunctions)  # fmt: skip


def of_least_slack(core: Core, proof: Tightened, cost: float, most: int) -> Columns:
    """Groups of half of that slack, of a quarter and so on, until they are no more than `most`.

    Where they always are, those of the relaxation.
    """
    for halved in range(1, HALVINGS):
        found = within_gap(core, proof, cost, most, 0.5**halved)
        if found is not None:
            return found
    return short_of(core, proof)


def short_of(core: Core, proof: Tightened) -> Columns:
    """The groups of a relaxation that a core with fewer pairings holds, those of least slack if they are many."""
    columns = proof.columns
    held = core.find(columns.facility[columns.group], columns.item) >= 0
    inside = np.flatnonzero(np.logical_and.reduceat(held, columns.start[:-1]))
    slack = slacks_of(core, columns, proof.duals)[inside]
    most = BEGIN + EACH * core.items
    return chosen_columns(columns, np.sort(inside[np.argsort(slack, kind="stable")[:most]]))
