"""Compile the kernels ahead, once at set-up: ``python -m workbench.simulation.warm``."""

from __future__ import annotations

from workbench.grouping import group
from workbench.grouping import warm as grouping_warm
from workbench.inputs.scenario import Scenario
from workbench.inputs.synthesis import make_city
from workbench.simulation.run import simulate
from workbench.simulation.trace import trace


def compile_ahead() -> None:
    """Run everything compiled once on a small town; numba keeps the machine code beside the package."""
    town, scenario = make_city(300, 4), Scenario()
    grouping_warm.compile_ahead()
    grouping = group(town, scenario)
    simulate(town, scenario, grouping, replications=1, workers=1)
    trace(town, scenario, grouping)


if __name__ == "__main__":
    compile_ahead()
