"""The models that are solved: compact and set partitioning, their cuts and bounds."""

from workbench.grouping.models.branching import branch
from workbench.grouping.models.columns import (
    Columns,
    Cuts,
    chosen_columns,
    columns_of,
    joined_columns,
    list_columns,
    without_duplicates,
)
from workbench.grouping.models.compact import Solution, coverable, least_cost, most_covered
from workbench.grouping.models.cuts import Tightened, tighten
from workbench.grouping.models.highs import Watch, quiet_solver, run
from workbench.grouping.models.lagrangian import LagrangianBound, price_items
from workbench.grouping.models.pool import Shortened, shorten, slacks_of
from workbench.grouping.models.set_partitioning import Duals, choose_groups, feasible_duals, plain_duals

__all__ = [
    "Columns",
    "Cuts",
    "Duals",
    "LagrangianBound",
    "Shortened",
    "Solution",
    "Tightened",
    "Watch",
    "branch",
    "choose_groups",
    "chosen_columns",
    "columns_of",
    "coverable",
    "feasible_duals",
    "joined_columns",
    "least_cost",
    "list_columns",
    "most_covered",
    "plain_duals",
    "price_items",
    "quiet_solver",
    "run",
    "shorten",
    "slacks_of",
    "tighten",
    "without_duplicates",
]
