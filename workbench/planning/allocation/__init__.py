"""How many instructors each responsible unit gets, with what is proven of it."""

from workbench.planning.allocation.allocate import Allocation, allocate, check_asked
from workbench.planning.allocation.costs import cost_each, cost_of_arrivals
from workbench.planning.allocation.dynamic import best_in_expectation
from workbench.planning.allocation.frontier import Frontier, frontier
from workbench.planning.allocation.options import Options

__all__ = [
    "Allocation",
    "Frontier",
    "Options",
    "allocate",
    "best_in_expectation",
    "check_asked",
    "cost_each",
    "cost_of_arrivals",
    "frontier",
]
