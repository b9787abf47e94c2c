"""Compile everything ahead, once at set-up: ``python -m workbench.planning.warm``."""

from __future__ import annotations

from workbench.inputs.scenario import Scenario
from workbench.inputs.synthesis import make_city
from workbench.planning.allocation import allocate
from workbench.simulation.warm import compile_ahead as compile_simulation


def compile_ahead() -> None:
    """Run the simulation's kernels and the search's once on a hamlet; numba keeps the machine code."""
    compile_simulation()
    hamlet, scenario = make_city(40, 2), Scenario().replace("targets.organization", 0.4)
    allocate(hamlet, scenario, total=3, work=0.5, replications=5)
    allocate(hamlet, scenario, confidence=0.5, replications=5)


if __name__ == "__main__":
    compile_ahead()
