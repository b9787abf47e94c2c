"""What is known: calendar, register, scenario, made-up cities."""

from __future__ import annotations

from workbench.inputs.calendar import Calendar
from workbench.inputs.committees import meetings
from workbench.inputs.fit import check_fits
from workbench.inputs.laws import Law, Quantity
from workbench.inputs.register import check_register, read_register
from workbench.inputs.register_file import write_register
from workbench.inputs.scenario import Scenario, read_scenario
from workbench.inputs.synthesis import make_city

__all__ = [
    "Calendar",
    "Law",
    "Quantity",
    "Scenario",
    "check_fits",
    "check_register",
    "make_city",
    "meetings",
    "read_register",
    "read_scenario",
    "write_register",
]
