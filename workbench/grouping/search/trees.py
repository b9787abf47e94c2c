"""The tree of a part: what it begins with, and how long it may take."""

from __future__ import annotations

import numpy as np

from workbench.grouping.models import (
    Tightened,
    Tree,
    columns_of,
    joined_columns,
    positions_in,
    without_duplicates,
)
from workbench.grouping.problem import Core, Flags, Ints
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.short_lists import short_of
from workbench.grouping.tolerances import WHOLE_BOUND

#: Items of which a tree may solve the relaxation as often as the effort says; and how much more often for fewer.
SOLVES_ITEMS, MORE_SOLVES = 1_000, 10.0


def solves_of(effort: Effort, items: int) -> int:
    """How often a tree may solve its relaxation: that of twice as many items takes some twice as long."""
    return int(effort.solves * min(MORE_SOLVES, SOLVES_ITEMS / items))


def sharpening_of(effort: Effort, items: int) -> int:
    """How often it may solve it for what pieces say: a larger map has more of them, and each changes a corner of it."""
    return max(solves_of(effort, items), effort.solves * items // SOLVES_ITEMS)


def tree_over(core: Core, arcs: Flags, proof: Tightened, at_least: int, chosen: Ints, gap: float, most: int) -> Tree:
    """A tree over some pairings, those in use among them, that begins where the relaxation ended.

    The first relaxation of a large part takes half a minute from nothing, and a second from the one that is solved.
    """
    few, cuts = core.keep(arcs), proof.duals.cuts
    binding = cuts.price > WHOLE_BOUND
    listed = without_duplicates(core, joined_columns(columns_of(core, chosen), short_of(few, proof)))
    tree = Tree(few, listed, at_least, cuts.triples[binding], chosen, gap, most)
    known = positions_in(proof.columns, listed)
    tree.model.begin_at(np.where(known >= 0, proof.share[known], 0.0), cuts.price[binding])
    return tree
