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
from workbench.simulation.kernels.start import (
    ABANDONED,
    APPROVED,
    FILED,
    IN_WORK,
    STATES,
    WAITING,
    PoolStart,
    at_the_beginning,
    draw_electing,
    draw_under_way,
    pool_start,
    release_from,
    survey_known,
)
from workbench.simulation.kernels.sweep import hears_all, sweep, sweep_workspace
from workbench.simulation.kernels.tally import STAGES, Counters, case_counts, empty_counters

__all__ = [
    "ABANDONED",
    "APPROVALS",
    "APPROVED",
    "COMMITTEE",
    "DIRECT",
    "FILED",
    "FOUNDS",
    "IN_WORK",
    "NO_APPROVAL",
    "STAGES",
    "STATES",
    "TABLE",
    "TICK",
    "UNLIMITED",
    "WAITING",
    "Counters",
    "Coverage",
    "DispatchInputs",
    "DrawInputs",
    "Draws",
    "Hearings",
    "LawTable",
    "Pool",
    "PoolStart",
    "Rules",
    "Times",
    "at_the_beginning",
    "case_counts",
    "checked_seed",
    "decide",
    "draw",
    "draw_electing",
    "draw_elections",
    "draw_under_way",
    "empty_counters",
    "hashes",
    "hears_all",
    "nobody_waits",
    "padded",
    "pool_start",
    "release_from",
    "replicate",
    "room_for_draws",
    "room_for_times",
    "start_at_release",
    "survey",
    "survey_known",
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
