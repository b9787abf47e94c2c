"""The simulation at the size of a nation: 900,000 cases in 5,400 streets, a thousand replications."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pandas as pd

from benchmarks.measuring import cpu_seconds, in_child, peak_mib, table
from workbench.inputs import Scenario, make_city
from workbench.simulation import draw_sample, prepare, simulate

TITLE = "A nation"
LONG = True

#: The most that a made-up city may have, few of them covered at the start.
ORGANIZATIONS, STREETS, REPLICATIONS = 1_000_000, 5_400, 1_000


def measure() -> Iterator[str]:
    """In a process of its own, for its memory."""
    yield (
        '`simulate(..., keep="city")` on two threads, without joint branches: whoever could join one is an outreach '
        "case. Times are of `simulate` alone, set-up from the register included; the register is made before."
    )
    child = in_child(_simulated)
    yield table(pd.DataFrame([child.result | {"peak, MiB": child.peak_mib}]), index=False)


def _simulated() -> dict[str, float]:
    from benchmarks.bare import Bare

    register = make_city(ORGANIZATIONS, STREETS, seed=0, covered=0.05, dormant=0.0)
    scenario = Scenario().replace("instructors.total", ORGANIZATIONS // 10)
    simulate(register.iloc[:500], scenario, replications=1)
    before, clock, cases = peak_mib(), perf_counter(), []
    cpu = cpu_seconds(
        lambda: cases.append(
            len(simulate(register, scenario, replications=REPLICATIONS, keep="city", workers=2).case_days["case"])
        )
    )[0]
    clock = perf_counter() - clock
    setup = prepare(register, scenario)
    few = 10
    bare = cpu_seconds(Bare(setup, draw_sample(setup, 0, few, 0)))[0] / few / cases[0] * 1e9
    return {
        "cases": cases[0], "streets": STREETS, "replications": REPLICATIONS, "before, MiB": before, "CPU s": cpu,
        "clock s": clock, "ns of CPU a case-replication": cpu / cases[0] / REPLICATIONS * 1e9, "bare kernel, ns": bare,
    }  # fmt: skip
