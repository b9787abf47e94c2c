"""Planning and simulation of a city's campaign to give its social organizations a Party organization.

The public face. Parts are imported when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbench.errors import (
    Cancelled,
    InfeasibleError,
    RegisterError,
    RegisterWarning,
    ScenarioError,
    StoreError,
    WorkbenchError,
)
from workbench.labels import use_language
from workbench.version import VERSION

if TYPE_CHECKING:
    from workbench.grouping import group
    from workbench.grouping.answer import Grouping
    from workbench.inputs.city import make_city
    from workbench.inputs.ledger import Ledger, read_ledger
    from workbench.inputs.register import check_register, inspect, read_register, write_register
    from workbench.inputs.scenario import Scenario, read_scenario
    from workbench.jobs.collect import Collection, collect
    from workbench.jobs.review import review
    from workbench.planning.allocation import Allocation, Frontier, allocate, frontier
    from workbench.planning.assignment import Assignment, assign
    from workbench.planning.census import CensusOutcome, census_value, simulate_census
    from workbench.planning.comparison import Comparison, compare
    from workbench.planning.dates import (
        ExtraMeetings,
        LastSafeDates,
        NeverDispatched,
        Reaching,
        date_reaching,
        extra_meetings,
        last_safe_dates,
        never_dispatched,
    )
    from workbench.planning.desk import Desk
    from workbench.planning.forecast import forecast
    from workbench.planning.gap import (
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
    from workbench.planning.measures import Conventions, Measures, conventions, measures
    from workbench.planning.sensitivity import Sensitivity, sensitivity
    from workbench.planning.sweep import sweep
    from workbench.planning.time_needed import time_needed
    from workbench.simulation import simulate
    from workbench.simulation.kernels import uniform
    from workbench.simulation.results import Estimate, Outcome, load_outcome
    from workbench.simulation.tracing import Trace, trace
    from workbench.views import figures, to_excel

__version__ = VERSION

#: Public name -> the room that has it.
_ROOMS = {
    "inputs": (
        "Ledger",
        "Scenario",
        "check_register",
        "inspect",
        "make_city",
        "read_ledger",
        "read_register",
        "read_scenario",
        "write_register",
    ),
    "grouping": ("Grouping", "group"),
    "simulation": ("Estimate", "Outcome", "Trace", "load_outcome", "simulate", "trace", "uniform"),
    "planning": (
        "Allocation",
        "Assignment",
        "Ceiling",
        "CensusOutcome",
        "Ceilings",
        "Comparison",
        "Conventions",
        "Desk",
        "ExtraMeetings",
        "Frontier",
        "Gap",
        "LastSafeDates",
        "Measures",
        "NeverDispatched",
        "Reaching",
        "RequiredInstructors",
        "RequiredMembers",
        "Sensitivity",
        "allocate",
        "assign",
        "ceiling",
        "ceiling_table",
        "census_value",
        "simulate_census",
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
        "sweep",
        "time_needed",
    ),
    "jobs": ("Collection", "collect", "review"),
    "views": ("figures", "to_excel"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Allocation",
    "Assignment",
    "Cancelled",
    "Ceiling",
    "Ceilings",
    "CensusOutcome",
    "Collection",
    "Comparison",
    "Conventions",
    "Desk",
    "Estimate",
    "ExtraMeetings",
    "Frontier",
    "Gap",
    "Grouping",
    "InfeasibleError",
    "LastSafeDates",
    "Ledger",
    "Measures",
    "NeverDispatched",
    "Outcome",
    "Reaching",
    "RegisterError",
    "RegisterWarning",
    "RequiredInstructors",
    "RequiredMembers",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "StoreError",
    "Trace",
    "WorkbenchError",
    "allocate",
    "assign",
    "ceiling",
    "ceiling_table",
    "census_value",
    "check_register",
    "collect",
    "compare",
    "conventions",
    "date_reaching",
    "explain_gap",
    "extra_meetings",
    "figures",
    "forecast",
    "frontier",
    "group",
    "inspect",
    "last_safe_dates",
    "load_outcome",
    "make_city",
    "measures",
    "never_dispatched",
    "read_ledger",
    "read_register",
    "read_scenario",
    "required_instructors",
    "required_members",
    "review",
    "sensitivity",
    "simulate",
    "simulate_census",
    "sweep",
    "time_needed",
    "to_excel",
    "trace",
    "uniform",
    "use_language",
    "write_register",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'workbench' has no attribute {name!r}")
    value = getattr(import_module(f"workbench.{_ROOM_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
