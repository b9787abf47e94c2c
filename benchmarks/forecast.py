"""Forecasts in the middle of campaigns whose truth is known: intervals, ranks of true factors, what learning brings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import workbench as wb
from benchmarks.measuring import cpu_seconds, table
from tests.oracle.campaigns import campaign_under, written_down
from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.learning import FACTORS, learning_scenario, learnt
from workbench.simulation import prepare
from workbench.simulation.run import Chunk, run_part
from workbench.simulation.start import prepare_from

TITLE = "Forecasts in the middle of a campaign"
LONG = True
PACKAGES = ("simpy",)

#: Campaigns made; ``WORKBENCH_CAMPAIGNS=100`` makes fewer.
CAMPAIGNS = int(os.environ.get("WORKBENCH_CAMPAIGNS", "1000"))
DATES = tuple(date.fromisoformat(day) for day in ("2027-07-30", "2027-08-06", "2027-08-13", "2027-08-20"))
REPLICATIONS = 200
SCENARIO = Scenario.model_validate({"calendar": {"holidays": None}, "instructors": {"total": 40}})


def measure() -> Iterator[str]:
    """Campaigns by the SimPy twin, forecast on four dates; learning's ranks; and the kernel's time."""
    register = make_city(160, 3, seed=3)
    grouping = group(register, SCENARIO, method="nearest")
    yield (
        f"{CAMPAIGNS:,} campaigns of {len(register)} organizations, each one replication whose times the SimPy twin "
        "makes, with factors drawn from the prior and written down as a dated register."
    )
    yield table(_calibration(register, grouping), index=False)
    yield (
        "*Inside*: campaigns whose end the forecast's 90 % interval contains; *p* of the randomised PIT of the end "
        "being uniform (chi-square, ten bins); *width*: mean of the interval, in points, of whole counts."
    )
    yield table(_learning(register, grouping), index=False)
    yield (
        "*Ranks*: p that those of the true factors among 99 posterior draws are uniform (chi-square, ten bins). "
        "*Inside*: 90 % intervals that hold the true factor."
    )
    yield _paired(register, grouping)
    yield _speed(register, grouping)


def campaign(
    register: pd.DataFrame, grouping: Grouping, number: int, outside: bool = False
) -> tuple[pd.DataFrame, dict[str, float]]:
    """A campaign's dated register, and its true factors: drawn from the prior, or from outside its middle half."""
    rng = np.random.Generator(np.random.Philox(key=number))
    prior, true = learning_scenario(SCENARIO).uncertainty, {}
    for name in FACTORS:
        u = rng.uniform()
        if outside:
            u = u / 2 if u < 0.5 else 0.5 + u / 2
        true[name] = float(getattr(prior, name).quantile(u))
    scenario = campaign_under(learning_scenario(SCENARIO), true)
    return written_down(register, scenario, grouping, number, independent=True), true


def _ends(register: pd.DataFrame, dated: pd.DataFrame) -> int:
    return int(dated.loc[register.index, "has_branch"].sum())


def _calibration(register: pd.DataFrame, grouping: Grouping) -> pd.DataFrame:
    # The campaigns' elections carry the factor that learning assumes: so does the forecast here.
    scenario, rows = learning_scenario(SCENARIO), []
    inside: dict[date, list[bool]] = {day: [] for day in DATES}
    places: dict[date, list[float]] = {day: [] for day in DATES}
    widths: dict[date, list[float]] = {day: [] for day in DATES}
    for number in range(CAMPAIGNS):
        dated, _ = campaign(register, grouping, number)
        end = _ends(register, dated)
        for day in DATES:
            found = wb.forecast(dated, scenario, grouping, day, replications=REPLICATIONS, seed=number + 1)
            counts = np.sort(found.counts().to_numpy()[:, -1])
            low, high = np.quantile(counts, (0.05, 0.95), method="inverted_cdf")
            inside[day].append(bool(low <= end <= high))
            widths[day].append(float(high - low) / len(register) * 100)
            places[day].append(_place(counts, end, number))
    for day in DATES:
        rows.append(
            {
                "as of": day.isoformat(), "inside": f"{np.mean(inside[day]):.1%}", "p": _flat(np.array(places[day])),
                "width": float(np.mean(widths[day])),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _place(counts: NDArray[np.integer], end: int, number: int) -> float:
    """Where the end lies among the replications; ties are broken at random."""
    below, same = int((counts < end).sum()), int((counts == end).sum())
    u = np.random.Generator(np.random.Philox(key=10**6 + number)).uniform()
    return (below + u * (same + 1)) / (counts.size + 1)


def _flat(places: NDArray[np.float64]) -> float:
    from scipy.stats import chisquare

    return float(chisquare(np.histogram(places, 10, (0.0, 1.0))[0]).pvalue)


def _learning(register: pd.DataFrame, grouping: Grouping) -> pd.DataFrame:
    scenario = learning_scenario(SCENARIO)
    ranks: dict[str, list[float]] = {name: [] for name in FACTORS}
    inside: dict[str, list[bool]] = {name: [] for name in FACTORS}
    for number in range(CAMPAIGNS):
        dated, true = campaign(register, grouping, number)
        answer = learnt(Evidence.of(dated, scenario, grouping, DATES[-1]), scenario, 99, number + 1)
        rng = np.random.Generator(np.random.Philox(key=2 * 10**6 + number))
        for name in FACTORS:
            drawn = getattr(scenario.uncertainty, name).quantile(answer.factors[name])
            ranks[name].append((float((drawn < true[name]).sum()) + rng.uniform()) / 100)
            row = answer.table.loc[name]
            inside[name].append(bool(row["low"] <= true[name] <= row["high"]))
    rows = [(name, _flat(np.array(ranks[name])), f"{np.mean(inside[name]):.1%}") for name in FACTORS]
    return pd.DataFrame(rows, columns=["factor", "ranks", "inside"])


def _paired(register: pd.DataFrame, grouping: Grouping) -> str:
    """What learning brings where the true factors lie outside the prior's middle half: mean CRPS, paired."""
    scenario, better = learning_scenario(SCENARIO), []
    for number in range(max(CAMPAIGNS // 4, 10)):
        dated, _ = campaign(register, grouping, 10**7 + number, outside=True)
        end, scores = _ends(register, dated), []
        for learn in (False, True):
            found = wb.forecast(
                dated, scenario, grouping, DATES[2], learn=learn, replications=REPLICATIONS, seed=number
            )
            scores.append(_crps(found.counts().to_numpy()[:, -1], end) / len(register) * 100)
        better.append(scores[0] - scores[1])
    mean, half = float(np.mean(better)), 1.96 * float(np.std(better, ddof=1)) / len(better) ** 0.5
    return (
        f"True factors outside the prior's middle half, as of {DATES[2]}, {len(better)} campaigns: learning lowers the "
        f"mean CRPS of the end by {mean:.3f} points (95 %: {mean - half:.3f} to {mean + half:.3f})."
    )


def _crps(counts: NDArray[np.integer], end: int) -> float:
    values = np.sort(counts.astype(np.float64))
    weights = 2 * np.arange(1, values.size + 1) - values.size - 1
    return float(np.abs(values - end).mean() - (weights @ values) / values.size**2)


def _speed(register: pd.DataFrame, grouping: Grouping) -> str:
    """The kernel from a state against the kernel from the beginning, on one thread."""
    dated, _ = campaign(register, grouping, 0)
    setups = {"simulation": prepare(register, SCENARIO, grouping)}
    setups |= {day.isoformat(): prepare_from(dated, SCENARIO, grouping, day) for day in DATES}

    def run(name: str) -> None:
        setup = setups[name]
        run_part(setup, Chunk(range(len(setup.cases.responsible_units)), 0, 1000), 0, "responsible")

    times = {name: min(cpu_seconds(lambda name=name: run(name), 7)) for name in setups}
    plain = times["simulation"]
    told = ", ".join(f"{name} {seconds / plain:.2f}" for name, seconds in times.items() if name != "simulation")
    return f"CPU time of a forecast as a share of that of a simulation of the whole campaign, as of: {told}."
