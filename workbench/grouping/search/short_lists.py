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
