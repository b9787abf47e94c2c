"""The models that are solved: compact and set partitioning, their cuts and bounds."""

from workbench.grouping.models.branching import Tree
from workbench.grouping.models.columns import (
    Columns,
    chosen_columns,
    columns_of,
    joined_columns,
    list_columns,
    positions_in,
    without_duplicates,
)
from workbench.grouping.models.compact import Solution, coverable, covered_at_most, least_cost, most_covered
from workbench.grouping.models.cuts import Tightened, tighten
from workbench.grouping.models.disjunctions import Cuts
from workbench.grouping.models.fixing import pairings_within
from workbench.grouping.models.highs import Watch, quiet_solver, run
from workbench.grouping.models.lagrangian import LagrangianBound, price_items, typical_cost
from workbench.grouping.models.pieces import in_part, surroundings
from workbench.grouping.models.set_partitioning import (
    Duals,
    ProvenPrices,
    choose_groups,
    feasible_duals,
    plain_duals,
    slacks_of,
)

__all__ = [
    "Columns",
    "Cuts",
    "Duals",
    "LagrangianBound",
    "ProvenPrices",
    "Solution",
    "Tightened",
    "Tree",
    "Watch",
    "choose_groups",
    "chosen_columns",
    "columns_of",
    "coverable",
    "covered_at_most",
    "feasible_duals",
    "in_part",
    "joined_columns",
    "least_cost",
    "list_columns",
    "most_covered",
    "pairings_within",
    "plain_duals",
    "positions_in",
    "price_items",
    "quiet_solver",
    "run",
    "slacks_of",
    "surroundings",
    "tighten",
    "typical_cost",
    "without_duplicates",
]
