"""What to do: what can be reached, what holds it back, and where instructors go."""

from workbench.planning.allocation import Allocation, allocate
from workbench.planning.ceilings import Ceilings, ceiling_table
from workbench.planning.closing import Closing
from workbench.planning.comparison import Comparison, compare
from workbench.planning.dates import LastSafeDates, last_safe_dates
from workbench.planning.desk import Desk
from workbench.planning.frontier_curves import Frontier, frontier
from workbench.planning.gap import PARTS, Gap, explain_gap
from workbench.planning.kept import Kept
from workbench.planning.meetings import DIRECT, ExtraMeetings, extra_meetings
from workbench.planning.meetings_never import NeverDispatched, never_dispatched
from workbench.planning.reachability import COVERED, NOT_COVERED, Ceiling, ceiling
from workbench.planning.reaching import Reaching, date_reaching
from workbench.planning.required import RequiredInstructors, RequiredMembers, required_instructors, required_members
from workbench.planning.responses import Responses
from workbench.planning.sensitivity_analysis import Sensitivity, sensitivity

__all__ = [
    "COVERED",
    "DIRECT",
    "NOT_COVERED",
    "PARTS",
    "Allocation",
    "Ceiling",
    "Ceilings",
    "Closing",
    "Comparison",
    "Desk",
    "ExtraMeetings",
    "Frontier",
    "Gap",
    "Kept",
    "LastSafeDates",
    "NeverDispatched",
    "Reaching",
    "RequiredInstructors",
    "RequiredMembers",
    "Responses",
    "Sensitivity",
    "allocate",
    "ceiling",
    "ceiling_table",
    "compare",
    "date_reaching",
    "explain_gap",
    "extra_meetings",
    "frontier",
    "last_safe_dates",
    "never_dispatched",
    "required_instructors",
    "required_members",
    "sensitivity",
]
