"""Allocation: what it adds over rules of thumb on fresh campaigns, what it takes, and a pool moved on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.measuring import cpu_seconds, in_child, table
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.planning import Desk, Responses, allocate
from workbench.planning.allocation.options import Options
from workbench.planning.allocation.simple_rules import RULES, by_rule
from workbench.simulation import prepare, simulate

TITLE = "Allocation"
LONG = False

REPLICATIONS = 1000
#: Organizations, responsible units, instructors in all. Of a hundred organizations some fifty-four are cases.
SIZES = ((1200, 24, 376), (9250, 30, 1500))
LARGE = (92_500, 300, 15_000)


def measure() -> Iterator[str]:
    """Desk, sizes, benefit."""
    yield (
        "**One pool moved** (170 cases, 1,000 replications) to a new fan and P, and the same from kept responses; "
        "the peer simulates the whole city of 30 such responsible units again. Milliseconds of CPU."
    )
    yield table(_desk(), index=False)
    yield (
        "**`allocate(total=…)`**, 1,000 replications, the target at the median of the present coverage. *Simulated* "
        "are the responses, every pool with every number of instructors, on two threads; *searched* is all else, "
        "fresh replications included. The peer is one `simulate` of the same city: what the best costs in simulations."
    )
    yield table(_sizes(SIZES), index=False)
    yield (
        "**What it adds** on as many fresh replications, in percentage points, over rules of thumb with the same "
        "total; on the sample, where the search starts from them, no rule is above it."
    )
    yield table(_benefit(), index=False)


def _city(organizations: int, responsible_units: int) -> tuple[pd.DataFrame, Scenario, Any]:
    """A made-up city whose committees hear everything, so that instructors decide."""
    city = make_city(organizations, responsible_units, seed=1)
    scenario = Scenario().replace(
        {"committee.agenda": None, "committee.every_weeks": 1, "policy.counted_from": "approved"}
    )
    return city, scenario, group(city, scenario, method="community")


def _aimed(city: pd.DataFrame, scenario: Scenario, grouping: Any, total: int) -> Scenario:
    """The scenario with so many instructors, its target at the median of what they reach."""
    scenario = scenario.replace("instructors.total", total)
    outcome = simulate(city, scenario, grouping, replications=200, keep="city")
    return scenario.replace("targets.organization", float(np.median(outcome.by_deadline())))


def _desk() -> pd.DataFrame:
    city, scenario, grouping = _city(300, 1)
    desk = Desk(city, scenario, grouping, replications=REPLICATIONS, workers=1)
    responsible = desk.responsible_units[0]

    def read() -> None:
        desk.fan()
        desk.probability()

    moved, kept = [], []
    numbers = range(1, 2 * min(desk.enough(responsible) // 2, 20), 2)
    for times in (moved, kept):
        for number in numbers:
            begun = process_time()
            desk.set(responsible, number)
            read()
            times.append(process_time() - begun)
    whole, rules, joined = _city(9000, 30)
    again = cpu_seconds(lambda: simulate(whole, rules, joined, replications=REPLICATIONS, workers=1))[0]
    rows = [
        ("one responsible unit moved", moved),
        ("from kept responses", kept),
        ("fan and P alone", cpu_seconds(read, 50)),
    ]
    return pd.DataFrame(
        [(name, median(times) * 1e3, again / median(times)) for name, times in rows],
        columns=["what", "ms", "times faster than the city again"],
    )


def _sizes(sizes: tuple[tuple[int, int, int], ...]) -> pd.DataFrame:
    return pd.DataFrame([in_child(_one_size, *size).result for size in sizes])


def _one_size(organizations: int, responsible_units: int, total: int) -> dict[str, float]:
    city, scenario, grouping = _city(organizations, responsible_units)
    scenario = _aimed(city, scenario, grouping, total)
    allocate(city.head(40), scenario, total=2, replications=5)  # compiled before the clock starts
    one = cpu_seconds(lambda: simulate(city, scenario, grouping, replications=REPLICATIONS, keep="city"))[0]
    sample = Responses(prepare(city, scenario, grouping), replications=REPLICATIONS, seed=0)
    clock, cpu = perf_counter(), process_time()
    sample.fill([min(sample.enough(responsible), total) for responsible in range(responsible_units)])
    filled = process_time() - cpu
    found = allocate(city, scenario, grouping, total=total, replications=REPLICATIONS, kept=sample.kept)
    spent = process_time() - cpu
    return {
        "cases": len(sample.setup.cases),
        "responsible_units": responsible_units,
        "total": total,
        "simulated CPU s": filled,
        "searched CPU s": spent - filled,
        "clock s": perf_counter() - clock,
        "simulations": spent / one,
        "P on the sample": found.sample_probability,
        "bound": found.probability_bound,
    }


def _benefit() -> pd.DataFrame:
    rows = []
    for organizations, responsible_units, total in ((1200, 24, 200), (1200, 24, 100), (600, 8, 60)):
        city, scenario, grouping = _city(organizations, responsible_units)
        scenario = _aimed(city, scenario, grouping, total)
        found = allocate(city, scenario, grouping, total=total, replications=REPLICATIONS)
        sample = found.responses
        fresh = Responses(sample.setup, replications=REPLICATIONS, seed=0, first=REPLICATIONS)
        limits = (
            [0] * responsible_units,
            [min(sample.enough(responsible), total) for responsible in range(responsible_units)],
        )
        shares = by_rule(Options.of(sample, *limits), sample.setup.cases, scenario, total)
        ours = fresh.branches(found.instructors.tolist()) / len(city)
        for rule in RULES:
            theirs = fresh.branches(shares[rule].tolist()) / len(city)
            gain = (ours - theirs) * 100
            half = 1.96 * gain.std(ddof=1) / np.sqrt(gain.size)
            target = scenario.targets.organization
            rows.append(
                {
                    "responsible_units": responsible_units,
                    "total": total,
                    "over": rule,
                    "expected, points": f"{gain.mean():+.2f} ± {half:.2f}",
                    "P, points": f"{((ours >= target).mean() - (theirs >= target).mean()) * 100:+.1f}",
                    "P": f"{(ours >= target).mean():.1%}",
                    "P on the sample, theirs": f"{found.rules.loc[rule, 'probability']:.1%}",
                    "ours": f"{found.sample_probability:.1%}",
                }
            )
    return pd.DataFrame(rows)
