"""A campaign under way: what its dated register says, and the state that a forecast starts from (MODEL §10)."""

from workbench.simulation.start.findings import date_faults, date_findings
from workbench.simulation.start.known import Dates, Known, day_before_start, known_by
from workbench.simulation.start.prepare import cases_at_first, planned_groups, prepare_from, states

__all__ = [
    "Dates",
    "Known",
    "cases_at_first",
    "date_faults",
    "date_findings",
    "day_before_start",
    "known_by",
    "planned_groups",
    "prepare_from",
    "states",
]
