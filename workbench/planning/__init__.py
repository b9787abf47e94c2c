"""What to do: what can be reached, what holds it back, and where instructors go."""

from workbench.planning.allocation import Allocation, Frontier, allocate, frontier
from workbench.planning.assignment import Assignment, AssignmentReport, assign
from workbench.planning.census import CensusOutcome, census_value, simulate_census
from workbench.planning.comparison import Comparison, compare
from workbench.planning.dates import (
    DIRECT,
    ExtraMeetings,
    LastSafeDates,
    NeverDispatched,
    Reaching,
    date_reaching,
    extra_meetings,
    last_safe_dates,
    never_dispatched,
)
from workbench.planning.desk import Desk, Prospect, ResponseCache, Responses
from workbench.planning.forecast import forecast
from workbench.planning.gap import (
    COVERED,
    NOT_COVERED,
    PARTS,
    Ceiling,
    Ceilings,
    Gap,
    RequiredInstructors,
    RequiredMembers,
    ceiling,
    ceiling_table,
    explain_gap,
    required_instructors,
    required_members,
)
from workbench.planning.measures import Conventions, Least, Measures, conventions, measures
from workbench.planning.sensitivity import Sensitivity, sensitivity
from workbench.planning.sweep import sweep
from workbench.planning.time_needed import time_needed

__all__ = [
    "COVERED",
    "DIRECT",
    "NOT_COVERED",
    "PARTS",
    "Allocation",
    "Assignment",
    "AssignmentReport",
    "Ceiling",
    "Ceilings",
    "CensusOutcome",
    "Comparison",
    "Conventions",
    "Desk",
    "ExtraMeetings",
    "Frontier",
    "Gap",
    "LastSafeDates",
    "Least",
    "Measures",
    "NeverDispatched",
    "Prospect",
    "Reaching",
    "RequiredInstructors",
    "RequiredMembers",
    "ResponseCache",
    "Responses",
    "Sensitivity",
    "allocate",
    "assign",
    "ceiling",
    "ceiling_table",
    "census_value",
    "compare",
    "conventions",
    "date_reaching",
    "explain_gap",
    "extra_meetings",
    "forecast",
    "frontier",
    "last_safe_dates",
    "measures",
    "never_dispatched",
    "required_instructors",
    "required_members",
    "sensitivity",
    "simulate_census",
    "sweep",
    "time_needed",
]
