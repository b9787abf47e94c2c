"""Compile the kernels ahead, once at set-up: ``python -m workbench.simulation.warm``."""

from __future__ import annotations

from workbench.inputs.scenario import Scenario
from workbench.inputs.synthesis import make_city
from workbench.simulation.run import simulate
from workbench.simulation.trace import trace


def compile_ahead() -> None:
    """Run everything compiled once on a hamlet; numba keeps the machine code beside the package."""
    hamlet, scenario = make_city(12, 2), Scenario()
    simulate(hamlet, scenario, replications=1, workers=1)
    trace(hamlet, scenario)


if __name__ == "__main__":
    compile_ahead()
