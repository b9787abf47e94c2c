"""Scenarios: sections and their rules, laws, the calendar, files that name a base."""

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.committees import every_meeting, meetings
from workbench.inputs.scenario.holidays import WEEKDAYS
from workbench.inputs.scenario.laws import Law, Quantity
from workbench.inputs.scenario.measures import DEFAULT_MEASURES, HOST_CAPACITY, measure_faults
from workbench.inputs.scenario.model import Scenario, read_scenario
from workbench.inputs.scenario.names import parameter_name, short_name
from workbench.inputs.scenario.origin import Keys
from workbench.inputs.scenario.sections import CASE_KINDS, CaseKind, GroupingRules, Targets

__all__ = [
    "CASE_KINDS",
    "DEFAULT_MEASURES",
    "HOST_CAPACITY",
    "WEEKDAYS",
    "Calendar",
    "CaseKind",
    "GroupingRules",
    "Keys",
    "Law",
    "Quantity",
    "Scenario",
    "Targets",
    "every_meeting",
    "measure_faults",
    "meetings",
    "parameter_name",
    "read_scenario",
    "short_name",
]
