"""What to do: what can be reached, what holds it back, and where instructors go."""

from workbench.planning.allocation import Allocation, allocate
from workbench.planning.comparison import Comparison, compare
from workbench.planning.dates import LastSafeDates, last_safe_dates
from workbench.planning.desk import Desk
from workbench.planning.gap import PARTS, Gap, explain_gap
from workbench.planning.kept import Kept
from workbench.planning.reachability import COVERED, NOT_COVERED, Ceiling, ceiling
from workbench.planning.reaching import Reaching, date_reaching
from workbench.planning.responses import Responses
from workbench.planning.sensitivity_analysis import Sensitivity, sensitivity

__all__ = [
    "COVERED",
    "NOT_COVERED",
    "PARTS",
    "Allocation",
    "Ceiling",
    "Comparison",
    "Desk",
    "Gap",
    "Kept",
    "LastSafeDates",
    "Reaching",
    "Responses",
    "Sensitivity",
    "allocate",
    "ceiling",
    "compare",
    "date_reaching",
    "explain_gap",
    "last_safe_dates",
    "sensitivity",
]
