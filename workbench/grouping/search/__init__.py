"""Finding groups and proving them, part by part of the map."""

from workbench.grouping.search.by_hand import METHODS, by_hand
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.local_moves import settle
from workbench.grouping.search.monitor import Callback, Monitor, Progress
from workbench.grouping.search.neighbourhoods import Windows
from workbench.grouping.search.part import Search

__all__ = ["METHODS", "Callback", "Effort", "Monitor", "Progress", "Search", "Windows", "by_hand", "settle"]
