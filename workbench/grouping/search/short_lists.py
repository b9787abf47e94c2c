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

#: Groups that a tree begins with, beside some for each item.
BEGIN, EACH = 2000, 4


def little_slack(core: Core, duals: Duals, bound: float, chosen: Ints, most: int) -> Columns:
    """Groups of little slack for a bound, `most` at most, and those of an assignment."""
    used = columns_of(core, chosen)
    within = max(bound, SAME_COST) / max(1, core.items) / 2
    for _ in range(8):
        found = list_columns(core, duals.price, within, most, fee=duals.fee)
        if found is not None:
            return without_duplicates(core, joined_columns(found, used))
        within /= 2
    return used


def nearly_chosen(core: Core, proof: Tightened, most: int) -> Columns:
    """Of the groups of a relaxation, those of least slack at its last prices."""
    slack = slacks_of(core, proof.columns, proof.duals)
    return chosen_columns(proof.columns, np.sort(np.argsort(slack, kind="stable")[:most]))


def short_of(core: Core, proof: Tightened) -> Columns:
    """The groups of a relaxation that a core with fewer pairings holds, those of least slack if they are many."""
    columns = proof.columns
    held = core.find(columns.facility[columns.group], columns.item) >= 0
    inside = np.flatnonzero(np.logical_and.reduceat(held, columns.start[:-1]))
    slack = slacks_of(core, columns, proof.duals)[inside]
    most = BEGIN + EACH * core.items
    return chosen_columns(columns, np.sort(inside[np.argsort(slack, kind="stable")[:most]]))
