"""The kernel against two models written from the same page, on a hundred thousand case-replications: mismatches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import table
from tests.oracle import plain_twin, simpy_twin
from tests.oracle.instances import Instance, from_a_state, instance, with_calls
from workbench.grouping import group
from workbench.inputs import read_register, read_scenario
from workbench.simulation import Trace, trace
from workbench.simulation.tracing.exchange import serve_trace

TITLE = "Agreement with other implementations"
LONG = True
PACKAGES = ("simpy",)

#: Case-replications of each variant.
WANTED = 30_000
SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
#: How an instance comes about, by number: meetings by the calendar alone, on demand, and either from a state at t0.
VARIANTS: dict[str, Callable[[Instance, int], Instance]] = {
    "regular meetings": lambda given, _: given,
    "meetings on demand": with_calls,
    "from a state": from_a_state,
    "on demand, from a state": lambda given, number: from_a_state(with_calls(given, number), number),
}
#: What is changed in every shipped scenario, beside the scenario as it is.
ON_DEMAND = {"committee.on_demand": {"cases": 3, "lead": 3}}
TWINS = {"plain": plain_twin.serve, "SimPy": simpy_twin.serve}


def measure() -> Iterator[str]:
    """Random small instances until there are enough, then a replication of every shipped scenario."""
    yield (
        "All six outputs of every case (dispatched, filed, approved, formed, mass_org, attempts), equal to the last "
        "bit, NaN equal to NaN: `kernel.serve` against the plain twin and the SimPy twin, which share no code with it. "
        f"At least {WANTED * len(VARIANTS):,} case-replications of `tests.oracle.instances`, of one to three "
        "responsible units, made so that nearly everything happens at the same time, every tenth of a crowd; then the "
        "traces of the shipped scenarios, as they are and with meetings on demand."
    )
    rows = [*(_instances(variant) for variant in VARIANTS), *_scenarios()]
    yield table(pd.DataFrame(rows), index=False)
    wrong = sum(row[f"mismatches, {name}"] for row in rows for name in TWINS)
    yield f"Mismatches in all: {wrong}."


def mismatches(shown: Trace) -> dict[str, int]:
    """How many outputs differ from each twin's."""
    found = serve_trace(shown).to_numpy(dtype=np.float64)
    differs, meetings = {}, shown.meetings
    if "called" in meetings:  # twins call them themselves
        meetings = meetings[~meetings["called"]].drop(columns="called").reset_index(drop=True)
    for name, serve in TWINS.items():
        expected = serve(shown.cases, shown.slots, meetings, shown.settings).to_numpy(dtype=np.float64)
        same = (found == expected) | (np.isnan(found) & np.isnan(expected))
        differs[name] = int((~same).sum())
    return differs


def _instances(variant: str) -> dict[str, object]:
    wrong = dict.fromkeys(TWINS, 0)
    cases = retried = never = 0
    for number in count(100_000):
        given = VARIANTS[variant](instance(number, cases=40 + number % 120 if number % 10 == 0 else None), number)
        if given.settings.get("t0", 0) > given.settings["horizon_day"]:
            continue  # SimPy has no time before it begins
        shown = Trace(given.cases, given.slots, given.meetings, given.settings)
        for name, differs in mismatches(shown).items():
            wrong[name] += differs
        cases += len(given.cases)
        if number % 50 == 0:
            served = serve_trace(shown)
            retried += int((served["attempts"] > 1).sum())
            never += int(served["dispatched"].isna().sum())
        if cases >= WANTED:
            break
    if not (retried and never):
        raise RuntimeError("the instances reach no retries, or everybody starts")
    return _row(f"{number - 99_999:,} instances, {variant}", cases, wrong)


def _scenarios() -> Iterator[dict[str, object]]:
    for path in SCENARIOS:
        scenario = read_scenario(path)
        if scenario.register_file is None:
            continue
        register = read_register(scenario.register_file)
        grouping = group(register, scenario, method="nearest")
        for words, changes in (("", {}), (", on demand", ON_DEMAND)):
            shown = trace(register, scenario.replace(changes), grouping, replication=5, seed=3)
            yield _row(f"scenario {path.stem}{words}", len(shown.cases), mismatches(shown))


def _row(what: str, cases: int, wrong: dict[str, int]) -> dict[str, object]:
    return {"what": what, "case-replications": cases} | {f"mismatches, {name}": wrong[name] for name in TWINS}
