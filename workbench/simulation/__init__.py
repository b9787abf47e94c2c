"""What happens: cases, draws, the kernel, and what many replications show."""

from workbench.simulation.cases import KINDS, OUTREACH, Cases, build_cases
from workbench.simulation.estimate import Estimate, wilson
from workbench.simulation.instructors import instructors_by_street, share
from workbench.simulation.outcome import Outcome
from workbench.simulation.philox import checked_seed, uniform
from workbench.simulation.provenance import provenance
from workbench.simulation.response import Response, Street, city_identity, streets_of
from workbench.simulation.run import draw_sample, processors, simulate
from workbench.simulation.setup import Setup, prepare
from workbench.simulation.store import load_outcome
from workbench.simulation.trace import Trace, trace

__all__ = [
    "KINDS",
    "OUTREACH",
    "Cases",
    "Estimate",
    "Outcome",
    "Response",
    "Setup",
    "Street",
    "Trace",
    "build_cases",
    "checked_seed",
    "city_identity",
    "draw_sample",
    "instructors_by_street",
    "load_outcome",
    "prepare",
    "processors",
    "provenance",
    "share",
    "simulate",
    "streets_of",
    "trace",
    "uniform",
    "wilson",
]
