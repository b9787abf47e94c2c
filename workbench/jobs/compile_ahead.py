"""Compile everything ahead, once at set-up: ``python -m workbench.jobs.compile_ahead``."""

from __future__ import annotations

import numpy as np

from workbench.grouping import group
from workbench.grouping.models import (
    columns_of,
    feasible_duals,
    pairings_within,
    plain_duals,
    price_items,
    slacks_of,
    tighten,
)
from workbench.grouping.patterns import choose_by_type
from workbench.grouping.problem import build_problem, core_of, parts_of, reduce_core
from workbench.grouping.search import LargeNeighbourhoodSearch
from workbench.inputs.city import make_city
from workbench.inputs.scenario import Scenario
from workbench.planning.allocation import allocate
from workbench.planning.assignment import assign
from workbench.simulation import simulate
from workbench.simulation.tracing import trace


def compile_ahead() -> None:
    """Run everything compiled once, each for the types it meets; `workbench.compiled` keeps the machine code."""
    _grouping()
    _simulation()
    _allocation()


def _grouping() -> None:
    """Run everything compiled once on a small town, whichever way a search of it would go."""
    town, rules = make_city(150, 2), Scenario().replace("policy.two_members", "joint")
    core, _ = core_of(build_problem(town, rules))
    core = max(parts_of(reduce_core(core).core), key=lambda part: part.core.items).core
    everybody = int(core.size.sum())
    duals = plain_duals(core, price_items(core, everybody, target=float(everybody), rounds=3))
    nobody = np.full(core.items, -1, np.int64)
    windows = LargeNeighbourhoodSearch(core, duals, nobody, 0, lambda: np.inf)
    windows.improve(1, lambda chosen, done: True)
    used, covered = columns_of(core, windows.chosen), int(core.size[windows.chosen >= 0].sum())
    tighten(core, used, covered, target=np.inf, rounds=1, most=1_000_000, tell=lambda bound: True)
    feasible_duals(core, price_items(core, covered, target=float(covered), rounds=1))
    pairings_within(core, duals, 0.0)
    slacks_of(core, used, duals)
    point, _ = core_of(build_problem(town.assign(x=0.0, y=0.0), rules))
    nobody = np.full(point.items, -1, np.int64)
    choose_by_type(point, 0, start=nobody, looks=1, seed=0, gap=0.0, left=lambda: np.inf, watch=None)


def _simulation() -> None:
    """Run everything compiled once on a small town."""
    town, scenario = make_city(300, 4), Scenario()
    grouping = group(town, scenario)
    simulate(town, scenario, grouping, replications=1, workers=1)
    trace(town, scenario, grouping)


def _allocation() -> None:
    """Run the simulation's kernels and the search's once on a hamlet."""
    hamlet, scenario = make_city(40, 2), Scenario().replace("targets.organization", 0.4)
    allocate(hamlet, scenario, total=3, work=0.5, replications=5)
    allocate(hamlet, scenario, confidence=0.5, replications=5)
    assign(hamlet, scenario, standing=3)


if __name__ == "__main__":
    compile_ahead()
