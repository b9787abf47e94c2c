"""The simulation against its peers, by size; its parts, its threads, its memory, its first run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

import pandas as pd

from benchmarks.measuring import cpu_seconds, in_child, peak_mib, table
from tests.oracle import simpy_twin
from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.simulation import draw_sample, prepare, simulate, trace

TITLE = "Simulation"
LONG = False
PACKAGES = ("simpy", "Ciw", "scipy")

#: Responsible units -> organizations, which make about 500, 5,000 and 50,000 cases.
SIZES = {10: 920, 30: 9_150, 300: 91_500}
MIDDLE = 30
REPEAT = 5


class Town(NamedTuple):
    """A made-up city, with what `simulate` takes."""

    register: pd.DataFrame
    scenario: Scenario
    grouping: Grouping | None


def town(responsible_units: int, organizations: int) -> Town:
    """Instructors in proportion; joint branches by hand, since what they cost is not measured here."""
    register = make_city(organizations, responsible_units, seed=0)
    scenario = Scenario().replace({"instructors.total": organizations // 10})
    return Town(register, scenario, group(register, scenario, method="nearest"))


def measure() -> Iterator[str]:
    """By size, then what the middle size spends it on, then threads, memory, and the first run."""
    yield (
        "Cities of `make_city` under the default scenario with an instructor for ten organizations: all kinds of "
        "cases, three attempts, uncertain parameters, agendas, elections. Nanoseconds of CPU a case-replication.\n\n"
        "- *bare kernel*: draws, order, dispatch, approval, on one thread; nothing set up, counted or kept.\n"
        "- *register to Outcome*: `simulate`, all of it, on one thread.\n"
        "- *SimPy twin*: the tests' model, which gives the same times to the last bit; its draws are given.\n"
        "- *SimPy*: as its documentation teaches, with draws of its own (`peers/simpy_model.py`).\n"
        "- *Ciw*: a network of queues (`peers/ciw_model.py`). It cannot say: windows that differ by slot, ranks among "
        "equals, the order of equal times, a case's own units and distance, draws that do not depend on the order of "
        "events; a limit of attempts takes routing of one's own."
    )
    rows, newly = [], []
    for responsible_units, organizations in SIZES.items():
        by_size, covered = _size(town(responsible_units, organizations), responsible_units)
        rows.append(by_size)
        newly.append(covered)
    frame = pd.DataFrame(rows)
    yield table(frame, index=False)
    small, large = frame["bare kernel"].iloc[0], frame["bare kernel"].iloc[-1]
    yield f"Growth: a hundred times the cases cost {large / small:.2f} times as much a case-replication (bare kernel)."
    yield "Organizations newly covered by the deadline, ± standard error (replications): each draws for itself."
    yield table(pd.DataFrame(newly), index=False)
    yield from _parts(town(MIDDLE, SIZES[MIDDLE]))


def _size(given: Town, responsible_units: int) -> tuple[dict[str, float], dict[str, object]]:
    from benchmarks.bare import Bare
    from benchmarks.peers import ciw_model, simpy_model
    from benchmarks.peers.city import city_of

    setup = prepare(*given)
    cases = len(setup.cases)
    replications, repeat = (1000, REPEAT) if cases < 20_000 else (200, 3)
    few = max(1, 4_000 // cases)
    bare, city, shown = Bare(setup, draw_sample(setup, 0, replications, 0)), city_of(setup), trace(*given)
    bare()
    simulate(*given, replications=1)
    found: dict[str, list[float]] = {"simpy": [], "ciw": []}

    def peer(name: str, model: Callable[..., float]) -> Callable[[], None]:
        return lambda: found[name].extend(model(city, len(found[name])) for _ in range(few))

    ways = {
        "bare kernel": (bare, replications, repeat),
        "register to Outcome": (lambda: simulate(*given, replications=replications, workers=1), replications, repeat),
        "SimPy twin": (lambda: simpy_twin.serve(shown.cases, shown.slots, shown.meetings, shown.settings), 1, 1),
        "SimPy": (peer("simpy", simpy_model.simulate), few, 3),
        "Ciw": (peer("ciw", ciw_model.simulate), few, 3 if cases < 20_000 else 2),
    }
    ns = _alternated(ways, cases)
    row = {"cases": cases, "responsible_units": responsible_units} | ns
    row["SimPy / bare"] = ns["SimPy"] / ns["bare kernel"]
    row["whole / bare"] = ns["register to Outcome"] / ns["bare kernel"]
    outcome = simulate(*given, replications=200, keep="city")
    added = pd.Series(outcome.counts().to_numpy()[:, -1] - outcome.organizations["branch"].sum())
    shares = {"workbench": added, "SimPy": pd.Series(found["simpy"]), "Ciw": pd.Series(found["ciw"])}
    told = {name: f"{part.mean():,.0f} ± {part.sem():,.0f} ({len(part)})" for name, part in shares.items()}
    return row, {"cases": cases, **told}


def _alternated(ways: dict[str, tuple[Callable[[], object], int, int]], cases: int) -> dict[str, float]:
    """Nanoseconds a case-replication of each, one after the other and again: name -> (call, replications, times)."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(max(repeat for _, _, repeat in ways.values())):
        for name, (call, replications, repeat) in ways.items():
            if turn < repeat:
                spent[name] += [seconds / cases / replications * 1e9 for seconds in cpu_seconds(call)]
    return {name: median(seconds) for name, seconds in spent.items()}


def _parts(given: Town) -> Iterator[str]:
    from benchmarks.bare import APPROVAL, DISPATCH, DRAWS, Bare

    setup = prepare(*given)
    cases, replications = len(setup.cases), 1000
    bare = Bare(setup, draw_sample(setup, 0, replications, 0))
    ways: dict[str, tuple[Callable[[], object], int, int]] = {
        "draws": (lambda: bare(DRAWS), replications, REPEAT),
        "+ order and dispatch": (lambda: bare(DISPATCH), replications, REPEAT),
        "+ approval and election: bare kernel": (lambda: bare(APPROVAL), replications, REPEAT),
        "register to Outcome, one thread": (lambda: simulate(*given, workers=1), replications, REPEAT),
        "register to Outcome, two threads": (lambda: simulate(*given, workers=2), replications, REPEAT),
    }
    ns = _alternated(ways, cases)
    yield f"What {cases:,} cases in {MIDDLE} responsible units spend it on, {replications:,} replications:"
    yield table(pd.DataFrame({"way": list(ns), "ns": list(ns.values())}), index=False)
    one, two = ns["register to Outcome, one thread"], ns["register to Outcome, two threads"]
    whole = one / ns["+ approval and election: bare kernel"]
    yield f"Two threads spend {two / one:.3f} times the CPU of one. Register to Outcome: {whole:.2f} × the bare kernel."
    yield from _children()


def _children() -> Iterator[str]:
    rows = []
    for what, keep, responsible_units in (
        ("responsible", "responsible", 30),
        ("city", "city", 30),
        ("responsible", "responsible", 300),
    ):
        child = in_child(_simulated, responsible_units, keep)
        before, cases, cpu, clock = child.result
        rows.append({"cases": cases, "replications": 1000, "keep": what, "before, MiB": before,
                     "peak, MiB": child.peak_mib, "CPU s": cpu, "clock s, two threads": clock})  # fmt: skip
    yield "Memory of a fresh process, before `simulate` (packages and register) and at its peak:"
    yield table(pd.DataFrame(rows), index=False)
    first = in_child(_first)
    yield (
        f"First simulation after set-up, in a fresh process with all imports (demo-sized city, one replication): "
        f"{first.cpu:.2f} s of CPU, {first.clock:.2f} s by the clock; the second takes {first.result:.3f} s of CPU."
    )
    counts = in_child(_signatures).result
    several = [name for name, count in counts.items() if count > 1]
    yield (
        f"Compiled: {len(counts)} kernels, {sum(counts.values())} signatures, after pools with and without slots, "
        f"`keep` either way, traces and responses; more than one: {', '.join(several) or 'none'}."
    )


def _simulated(responsible_units: int, keep: str) -> tuple[float, int, float, float]:
    from time import perf_counter

    given = town(responsible_units, SIZES[responsible_units])
    simulate(*given, replications=1)
    before, clock = peak_mib(), perf_counter()
    made: list[int] = []
    cpu = cpu_seconds(lambda: made.append(len(simulate(*given, keep=keep, workers=2).case_days["case"])))[0]  # type: ignore[arg-type]
    return before, made[0], cpu, perf_counter() - clock


def _first() -> float:
    register, scenario = make_city(1200, 24, seed=0), Scenario()
    simulate(register, scenario, replications=1)
    return cpu_seconds(lambda: simulate(register, scenario, replications=1))[0]


def _signatures() -> dict[str, int]:
    """Kernel -> how many signatures it was compiled for."""
    import sys

    from numba.core.registry import CPUDispatcher

    from workbench.planning import Responses

    given = Town(make_city(300, 4, seed=1), Scenario().replace("instructors.total", 12), None)
    for total, keep in ((12, "responsible"), (0, "city"), (400, "responsible")):
        simulate(given.register, given.scenario.replace("instructors.total", total), replications=20, keep=keep)  # type: ignore[arg-type]
    trace(*given)
    setup = prepare(*given)
    Responses(setup, replications=20, seed=0).branches([1] * 4)
    found = {}
    for name, module in list(sys.modules.items()):
        if name.startswith("workbench.simulation"):
            for value in vars(module).values():
                if isinstance(value, CPUDispatcher) and value.signatures:
                    found[value.py_func.__qualname__] = len(value.signatures)
    return found
