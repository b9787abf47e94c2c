"""Finding groups and proving them, part by part of the map."""

from workbench.grouping.search.by_hand import METHODS, by_hand
from workbench.grouping.search.component import ComponentSearch
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.local_moves import settle
from workbench.grouping.search.monitor import Callback, Monitor, SearchProgress
from workbench.grouping.search.neighbourhoods import LargeNeighbourhoodSearch
from workbench.grouping.search.solved import How, Solved, SolvedPart, content_of

__all__ = [
    "METHODS",
    "Callback",
    "ComponentSearch",
    "Effort",
    "How",
    "LargeNeighbourhoodSearch",
    "Monitor",
    "SearchProgress",
    "Solved",
    "SolvedPart",
    "by_hand",
    "content_of",
    "settle",
]
