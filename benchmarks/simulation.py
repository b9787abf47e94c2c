"""The simulation against its peers, by size; its threads, its memory, its first run."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

import pandas as pd

from benchmarks.measuring import cpu_seconds, table
from tests.oracle import simpy_twin
from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.simulation import prepare, simulate, trace
from workbench.simulation.run import run_chunk

TITLE = "Simulation"
LONG = False
PACKAGES = ("simpy",)


class Town(NamedTuple):
    """A made-up city of about so many cases, with what `simulate` takes."""

    register: pd.DataFrame
    scenario: Scenario
    grouping: Grouping
    cases: int


#: Streets -> organizations, which make about 500, 5,000 and 50,000 cases.
SIZES = {10: 700, 30: 7_000, 300: 70_000}


def town(streets: int, organizations: int) -> Town:
    """Instructors in proportion, and joint branches by hand: what they cost is not measured here."""
    register = make_city(organizations, streets, seed=0)
    scenario = Scenario().replace({"instructors.total": organizations // 10})
    grouping = group(register, scenario, method="nearest")
    return Town(register, scenario, grouping, len(prepare(register, scenario, grouping).cases))


def measure() -> Iterator[str]:
    """Nanoseconds of CPU a case-replication, by size."""
    rows = []
    for streets, organizations in SIZES.items():
        given = town(streets, organizations)
        rows.append(_row(given, streets))
    yield "Nanoseconds of CPU a case-replication."
    yield table(pd.DataFrame(rows), index=False)


def _row(given: Town, streets: int) -> dict[str, float]:
    setup = prepare(*given[:3])
    replications = max(20, 2_000_000 // given.cases)
    simulate(*given[:3], replications=1)
    shown = trace(*given[:3])

    def spent(replications: int, seconds: list[float]) -> float:
        return median(seconds) / given.cases / replications * 1e9

    kernel = spent(replications, cpu_seconds(lambda: run_chunk(setup, 0, replications, 0, "street"), 5))
    whole = spent(replications, cpu_seconds(lambda: simulate(*given[:3], replications=replications, workers=1), 3))
    twin = spent(1, cpu_seconds(lambda: simpy_twin.serve(shown.cases, shown.slots, shown.meetings, shown.settings)))
    return {
        "cases": given.cases, "streets": streets, "kernel with draws": kernel, "register to Outcome": whole,
        "SimPy twin": twin, "twin / kernel": twin / kernel,
    }  # fmt: skip
