"""How a planner is led through a ledger: the screen, the copy with marked cells, what is kept for next week."""

from workbench.views.ledgers.checked import check_screen, collect_screen, groups_of, place_of, quoted_values
from workbench.views.ledgers.kept import write_checked, write_collected
from workbench.views.ledgers.marked import marked_copy

__all__ = [
    "check_screen",
    "collect_screen",
    "groups_of",
    "marked_copy",
    "place_of",
    "quoted_values",
    "write_checked",
    "write_collected",
]
