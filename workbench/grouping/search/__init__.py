"""Finding groups and proving them, part by part of the map."""

from workbench.grouping.search.by_hand import METHODS, by_hand
from workbench.grouping.search.component import ComponentSearch
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.local_moves import settle
from workbench.grouping.search.monitor import Callback, Monitor, SearchProgress
from workbench.grouping.search.neighbourhoods import LargeNeighbourhoodSearch

__all__ = [
    "METHODS",
    "Callback",
    "ComponentSearch",
    "Effort",
    "LargeNeighbourhoodSearch",
    "Monitor",
    "SearchProgress",
    "by_hand",
    "settle",
]
