"""All that is compiled: draws, dispatch, committees, counters. It knows arrays only."""

from workbench.simulation.kernels.committee import APPROVALS, COMMITTEE, DIRECT, FOUNDS, NO_APPROVAL, UNLIMITED, decide
from workbench.simulation.kernels.dispatch import nobody_waits, start_at_release, windows, work_through
from workbench.simulation.kernels.draws import Draws, draw, draw_elections, padded, room_for_draws, survey
from workbench.simulation.kernels.exact_time import TICK, to_ticks
from workbench.simulation.kernels.identity import hashes
from workbench.simulation.kernels.philox import checked_seed, uniform, uniforms
from workbench.simulation.kernels.pool import Coverage, DispatchInputs, DrawInputs, Hearings, Pool, Rules
from workbench.simulation.kernels.quantiles import TABLE, LawTable
from workbench.simulation.kernels.replicate import replicate, workspace_of
from workbench.simulation.kernels.space import Times, room_for_times, work_space
from workbench.simulation.kernels.sweep import hears_all, sweep, sweep_workspace
from workbench.simulation.kernels.tally import STAGES, Counters, case_counts, empty_counters

__all__ = [
    "APPROVALS",
    "COMMITTEE",
    "DIRECT",
    "FOUNDS",
    "NO_APPROVAL",
    "STAGES",
    "TABLE",
    "TICK",
    "UNLIMITED",
    "Counters",
    "Coverage",
    "DispatchInputs",
    "DrawInputs",
    "Draws",
    "Hearings",
    "LawTable",
    "Pool",
    "Rules",
    "Times",
    "case_counts",
    "checked_seed",
    "decide",
    "draw",
    "draw_elections",
    "empty_counters",
    "hashes",
    "hears_all",
    "nobody_waits",
    "padded",
    "replicate",
    "room_for_draws",
    "room_for_times",
    "start_at_release",
    "survey",
    "sweep",
    "sweep_workspace",
    "to_ticks",
    "uniform",
    "uniforms",
    "windows",
    "work_space",
    "work_through",
    "workspace_of",
]
