"""Compile the grouping's kernels ahead, each for the types that it meets."""

from __future__ import annotations

import numpy as np

from workbench.grouping.bound import price_items
from workbench.grouping.columns import columns_of
from workbench.grouping.core import core_of, parts_of
from workbench.grouping.crowd import choose_alike
from workbench.grouping.cutting import tighten
from workbench.grouping.partition import plain_duals
from workbench.grouping.problem import build_problem
from workbench.grouping.reduce import reduce_core
from workbench.grouping.windows import Windows
from workbench.inputs.scenario import Scenario
from workbench.inputs.synthesis import make_city


def compile_ahead() -> None:
    """Run everything compiled once on a small town, whichever way a search of it would go."""
    town, rules = make_city(150, 2), Scenario().replace("policy.two_members", "joint")
    core, _ = core_of(build_problem(town, rules))
    core = max(parts_of(reduce_core(core).core), key=lambda part: part.core.items).core
    everybody = int(core.size.sum())
    duals = plain_duals(core, price_items(core, everybody, target=float(everybody), rounds=3))
    nobody = np.full(core.items, -1, np.int64)
    windows = Windows(core, duals, nobody, 0, lambda: np.inf)
    windows.improve(1, lambda chosen, done: True)
    tighten(core, columns_of(core, windows.chosen), int(core.size[windows.chosen >= 0].sum()), target=np.inf, rounds=1,
            most=1_000_000, tell=lambda bound: True)  # fmt: skip
    point, _ = core_of(build_problem(town.assign(x=0.0, y=0.0), rules))
    nobody = np.full(point.items, -1, np.int64)
    choose_alike(point, 0, start=nobody, looks=1, seed=0, gap=0.0, left=lambda: np.inf, watch=None)
