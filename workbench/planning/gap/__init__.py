"""The ceiling, what holds coverage below it, and what would close the gap."""

from workbench.planning.gap.ceiling import COVERED, NOT_COVERED, Ceiling, ceiling
from workbench.planning.gap.ceiling_table import CLOSE_ENOUGH, Ceilings, ceiling_table
from workbench.planning.gap.gap import PARTS, Gap, explain_gap
from workbench.planning.gap.required import RequiredInstructors, RequiredMembers, required_instructors, required_members

__all__ = [
    "CLOSE_ENOUGH",
    "COVERED",
    "NOT_COVERED",
    "PARTS",
    "Ceiling",
    "Ceilings",
    "Gap",
    "RequiredInstructors",
    "RequiredMembers",
    "ceiling",
    "ceiling_table",
    "explain_gap",
    "required_instructors",
    "required_members",
]
