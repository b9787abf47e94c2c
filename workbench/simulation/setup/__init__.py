"""From register, scenario and grouping to the arrays that kernels take."""

from workbench.simulation.setup.assignment import BEFORE_ALL, StandingAssignment, numbers_of
from workbench.simulation.setup.cases import FORMING, KINDS, OUTREACH, Cases, build_cases, cases_of, coverable
from workbench.simulation.setup.checks import Checked, checked
from workbench.simulation.setup.elapsed import with_elapsed
from workbench.simulation.setup.instructors import (
    Windows,
    arriving,
    build_slots,
    instructors_by_responsible,
    responsible_slots,
    share,
)
from workbench.simulation.setup.parameters import Parameters, draw_parameters, with_failure_factor
from workbench.simulation.setup.pools import coverage_of, pool_of, rules_of
from workbench.simulation.setup.population import Flags, Placement, Population, leader_at
from workbench.simulation.setup.prepare import Setup, prepare, prepared
from workbench.simulation.setup.priorities import factors, nominal
from workbench.simulation.setup.start import BEFORE, NOT_YET, Start

__all__ = [
    "BEFORE",
    "BEFORE_ALL",
    "FORMING",
    "KINDS",
    "NOT_YET",
    "OUTREACH",
    "Cases",
    "Checked",
    "Flags",
    "Parameters",
    "Placement",
    "Population",
    "Setup",
    "StandingAssignment",
    "Start",
    "Windows",
    "arriving",
    "build_cases",
    "build_slots",
    "cases_of",
    "checked",
    "coverable",
    "coverage_of",
    "draw_parameters",
    "factors",
    "instructors_by_responsible",
    "leader_at",
    "nominal",
    "numbers_of",
    "pool_of",
    "prepare",
    "prepared",
    "responsible_slots",
    "rules_of",
    "share",
    "with_elapsed",
    "with_failure_factor",
]
