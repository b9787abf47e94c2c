"""What happens: cases, draws, the kernel, and what many replications show."""

from workbench.simulation.executors import processors, there, use_cluster
from workbench.simulation.kernels import checked_seed, uniform
from workbench.simulation.response import Response, ResponsibleUnit, city_identity, responsible_units_of
from workbench.simulation.results import Estimate, Outcome, load_outcome, provenance, wilson
from workbench.simulation.run import Chunk, Sample, draw_sample, run_part, simulate, simulated
from workbench.simulation.setup import (
    KINDS,
    OUTREACH,
    Cases,
    Setup,
    build_cases,
    instructors_by_responsible,
    prepare,
    share,
)
from workbench.simulation.tracing import Trace, trace

__all__ = [
    "KINDS",
    "OUTREACH",
    "Cases",
    "Chunk",
    "Estimate",
    "Outcome",
    "Response",
    "ResponsibleUnit",
    "Sample",
    "Setup",
    "Trace",
    "build_cases",
    "checked_seed",
    "city_identity",
    "draw_sample",
    "instructors_by_responsible",
    "load_outcome",
    "prepare",
    "processors",
    "provenance",
    "responsible_units_of",
    "run_part",
    "share",
    "simulate",
    "simulated",
    "there",
    "trace",
    "uniform",
    "use_cluster",
    "wilson",
]
