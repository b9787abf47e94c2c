"""What is known: calendar, register, scenario, made-up cities."""

from __future__ import annotations

from workbench.inputs.asked import asked
from workbench.inputs.city import make_city
from workbench.inputs.fit import check_fits, instructors_total, notes, refuse_misfit
from workbench.inputs.ledger import Ledger, read_ledger
from workbench.inputs.register import check_register, inspect, read_register, write_register
from workbench.inputs.scenario import Calendar, Law, Quantity, Scenario, meetings, read_scenario

__all__ = [
    "Calendar",
    "Law",
    "Ledger",
    "Quantity",
    "Scenario",
    "asked",
    "check_fits",
    "check_register",
    "inspect",
    "instructors_total",
    "make_city",
    "meetings",
    "notes",
    "read_ledger",
    "read_register",
    "read_scenario",
    "refuse_misfit",
    "write_register",
]
