"""Forecasts in the middle of campaigns whose truth is known: intervals, ranks of true factors, what learning brings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import workbench as wb
from benchmarks.measuring import cpu_seconds, table
from benchmarks.pieces import each
from tests.oracle.campaigns import campaign_under, told_weekly
from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.learning import FACTORS, Learnt, learning_scenario, learnt
from workbench.shipped import shipped
from workbench.simulation import prepare
from workbench.simulation.kernels import APPROVED
from workbench.simulation.results import wilson
from workbench.simulation.run import Chunk, run_part
from workbench.simulation.setup import Cases, Setup
from workbench.simulation.start import cases_at_first, prepare_from

TITLE = "Forecasts in the middle of a campaign"
LONG = True
PACKAGES = ("simpy",)

#: Campaigns made; ``WORKBENCH_CAMPAIGNS=100`` makes fewer.
ALL = 1000
CAMPAIGNS = int(os.environ.get("WORKBENCH_CAMPAIGNS", str(ALL)))
DATES = tuple(date.fromisoformat(day) for day in ("2027-07-30", "2027-08-06", "2027-08-13", "2027-08-20"))
#: When learning is held against not learning: in the middle, and once elections have been seen.
MIDDLE = DATES[2:]
REPLICATIONS = 200
#: Of campaigns whose factors lie outside the middle half fewer tell.
APART_FROM_ASSUMED = CAMPAIGNS // 4
#: Campaigns in which one rule is held against another.
FEW = min(CAMPAIGNS, 250)
#: Seeds apart from those of the campaigns, and numbers of campaigns whose factors lie outside the middle half.
APART, OUTSIDE = 10**6, 10**7
#: A city in which one organization hardly matters: what an interval of whole counts holds is hardly more than 90 %.
CITY = {"organizations": 1200, "streets": 12, "seed": 3}
#: The campaigns' elections carry the factor that learning assumes: so do the forecasts.
SCENARIO = learning_scenario(
    Scenario.model_validate({"calendar": {"holidays": None}, "instructors": {"total": 300}})
)  # fmt: skip


def measure() -> Iterator[str]:
    """Campaigns by the SimPy twin, forecast on four dates; learning's ranks; what learning brings; and the speed."""
    register, _ = town()
    yield _speed()
    fewer = "" if CAMPAIGNS >= ALL else f" (of {ALL:,}, for want of time)"
    yield (
        f"{CAMPAIGNS:,} campaigns{fewer} of {len(register):,} organizations, each one replication whose times the "
        "SimPy twin makes, with factors drawn from the prior; the register of each date shows what was known on it."
    )
    _the_same_as_forecast()
    asked = f"{CITY} {SCENARIO.fingerprint} {DATES} {REPLICATIONS}"
    found = pd.DataFrame([row for rows in each(judged, range(CAMPAIGNS), asked) for row in rows])
    yield table(_ends(found), index=False)
    yield (
        "*Inside*: campaigns whose end the forecast's 90 % interval contains, with its 95 % interval; *claimed*: what "
        "the forecast itself gives that interval, more than 90 % since ends are whole counts; *p*: of the randomised "
        "PIT of the end being uniform (chi-square, ten bins), and *place* its mean; *width*: mean of the interval, in "
        "points."
    )
    yield _half_a_day(np.array(list(each(from_the_days_begin, range(FEW), asked))))
    yield table(_factors(found), index=False)
    yield (
        "*Ranks*: p that those of the true factors among 99 posterior draws are uniform (chi-square, ten bins; of 16 "
        "the least is expected near 0.06). *Inside*: 90 % intervals that hold the true factor, with the 95 % interval "
        "of that share. *Effective*: draws, the median and the least."
    )
    yield _paired(np.array(list(each(gained, range(OUTSIDE, OUTSIDE + APART_FROM_ASSUMED), asked))))


@cache
def town() -> tuple[pd.DataFrame, Grouping]:
    """The city whose campaigns are made, and its joint branches."""
    register = make_city(**CITY)
    return register, group(register, SCENARIO, method="nearest")


@cache
def begins() -> Cases:
    """Its cases: every campaign begins with the same."""
    return cases_at_first(town()[0], SCENARIO, town()[1])


def campaign(number: int, days: Sequence[date]) -> tuple[dict[date, pd.DataFrame], dict[str, float], int]:
    """A campaign's registers, its true factors, and how many organizations have a branch in the end.

    The factors are drawn from the prior; of campaigns from `OUTSIDE` on, from outside its middle half.
    """
    register, grouping = town()
    rng = np.random.Generator(np.random.Philox(key=number))
    true = {}
    for name in FACTORS:
        u = rng.uniform()
        if number >= OUTSIDE:
            u = u / 2 if u < 0.5 else 0.5 + u / 2
        true[name] = float(getattr(SCENARIO.uncertainty, name).quantile(u))
    deadline = SCENARIO.calendar.deadline
    weeks = told_weekly(register, campaign_under(SCENARIO, true), grouping, number, [*days, deadline])
    return weeks, true, int(weeks.pop(deadline)["has_branch"].sum())


def judged(number: int) -> list[dict[str, Any]]:
    """A campaign forecast on every date, without and with learning: one row a date."""
    weeks, true, end = campaign(number, DATES)
    rng = np.random.Generator(np.random.Philox(key=2 * APART + number))
    rows = []
    for day, register in weeks.items():
        setup, answer = from_a_day(register, day, number)
        row: dict[str, Any] = {"day": day, "effective": float(answer.table["effective"].iloc[0])}
        for way, start in (("assumed", setup), ("learnt", _with(setup, answer))):
            counts = np.sort(ends(start, number))
            low, high = np.quantile(counts, (0.05, 0.95), method="inverted_cdf")
            below, same = int((counts < end).sum()), int((counts == end).sum())
            row |= {
                (way, "inside"): bool(low <= end <= high),
                (way, "claimed"): float(((counts >= low) & (counts <= high)).mean()),
                (way, "place"): (below + rng.uniform() * (same + 1)) / (counts.size + 1),
                (way, "width"): float(high - low) / len(register) * 100,
            }
        for name in FACTORS:
            drawn = getattr(SCENARIO.uncertainty, name).quantile(answer.factors[name][:: REPLICATIONS // 99][:99])
            told = answer.table.loc[name]
            row[name, "rank"] = (float((drawn < true[name]).sum()) + rng.uniform()) / 100
            row[name, "inside"] = bool(told["low"] <= true[name] <= told["high"])
        rows.append(row)
    return rows


def gained(number: int) -> list[float]:
    """How much lower the CRPS of a campaign's end is with learning, in points, on the days of `MIDDLE`."""
    weeks, _, end = campaign(number, MIDDLE)
    gains = []
    for day, register in weeks.items():
        setup, answer = from_a_day(register, day, number)
        scores = [_crps(ends(start, number), end) for start in (setup, _with(setup, answer))]
        gains.append((scores[0] - scores[1]) / len(register) * 100)
    return gains


def from_the_days_begin(number: int) -> list[float]:
    """By how much a campaign ends above its last forecast's mean, in points; and above that of a forecast in which
    every approval counts from the beginning of its day, when committees meet, and not from the middle of it."""
    day = DATES[-1]
    weeks, _, end = campaign(number, [day])
    setup, answer = from_a_day(weeks[day], day, number)
    start = setup.start
    assert start is not None
    since = np.where(start.state == APPROVED, np.floor(start.since), start.since)
    both = (setup, replace(setup, start=replace(start, since=since)))
    return [float(end - ends(_with(each, answer), number).mean()) / len(weeks[day]) * 100 for each in both]


def from_a_day(register: pd.DataFrame, day: date, number: int) -> tuple[Setup, Learnt]:
    """What `wb.forecast` simulates from, and what it learns."""
    _, grouping = town()
    evidence = Evidence.of(register, SCENARIO, grouping, day, at_first=begins())
    answer = learnt(evidence, SCENARIO, REPLICATIONS, seed_of(number))
    return prepare_from(register, SCENARIO, grouping, day, at_first=begins()), answer


def seed_of(number: int) -> int:
    """The forecasts' seed: another one for every twenty campaigns, since drawing the prior anew takes longer than the
    rest."""
    return APART + number // 20


def _with(setup: Setup, answer: Learnt) -> Setup:
    assert setup.start is not None
    return replace(setup, start=replace(setup.start, factors=answer.factors))


def ends(setup: Setup, number: int) -> NDArray[np.int64]:
    """Organizations with a branch by the deadline, by replication: the kernel's counts, on one thread."""
    every = range(len(setup.cases.responsible_units))
    counters = run_part(setup, Chunk(every, 0, REPLICATIONS), seed_of(number), "city")
    formed = counters.branches[:, :, : setup.calendar.deadline_day + 1].sum(axis=(0, 2), dtype=np.int64)
    return np.asarray(formed + int(setup.cases.organizations["branch"].sum()))


def _the_same_as_forecast() -> None:
    """The shortcut is `wb.forecast`'s, count by count."""
    (day,) = MIDDLE[:1]
    weeks, _, _ = campaign(0, [day])
    setup, answer = from_a_day(weeks[day], day, 0)
    for learn, start in ((False, setup), (True, _with(setup, answer))):
        found = wb.forecast(
            weeks[day], SCENARIO, town()[1], day, learn=learn, replications=REPLICATIONS, seed=seed_of(0)
        )
        assert np.array_equal(found.counts()[:, found.calendar.deadline_day], ends(start, 0))


def _flat(places: Sequence[float] | NDArray[np.float64]) -> float:
    from scipy.stats import chisquare

    return float(chisquare(np.histogram(places, 10, (0.0, 1.0))[0]).pvalue)


def _share(inside: pd.Series[bool]) -> str:
    """A share with its 95 % interval."""
    of = wilson(int(inside.sum()), len(inside))
    return f"{of.value:.1%} ({of.low:.1%} to {of.high:.1%})"


def _ends(found: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for way in ("assumed", "learnt"):
        for day, own in found.groupby("day"):
            rows.append(
                {
                    "factors": way, "as of": str(day), "inside": _share(own[way, "inside"]),
                    "claimed": f"{own[way, 'claimed'].mean():.1%}", "p": _flat(own[way, "place"].to_numpy()),
                    "place": float(own[way, "place"].mean()), "width": float(own[way, "width"].mean()),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _factors(found: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for day, own in found.groupby("day"):
        effective = f"{own['effective'].median():,.0f}, {own['effective'].min():,.0f}"
        for name in FACTORS:
            ranks = _flat(own[name, "rank"].to_numpy())
            rows.append((str(day), name, ranks, _share(own[name, "inside"]), effective))
    return pd.DataFrame(rows, columns=["as of", "factor", "ranks", "inside", "effective"])


def _half_a_day(above: NDArray[np.float64]) -> str:
    """What it costs that a date counts as the middle of its day (MODEL §10) where what happened began with it."""
    as_dated, early = (f"{mean:+.2f} ± {half:.2f}" for mean, half in zip(*_mean(above), strict=True))
    return (
        "A date counts as the middle of its day, and committees meet when it begins. The ends of "
        f"{len(above)} campaigns lie {as_dated} points off the mean of the forecast as of {DATES[-1]} with learning "
        f"(95 %), and {early} points off one in which approvals count from the beginning of their day. The narrower "
        "intervals are, the more it shows."
    )


def _mean(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean of each column, and half its 95 % interval."""
    return values.mean(axis=0), 1.96 * values.std(axis=0, ddof=1) / len(values) ** 0.5


def _paired(better: NDArray[np.float64]) -> str:
    """What learning brings where the true factors lie outside the prior's middle half: mean CRPS, paired."""
    told = []
    for day, mean, half in zip(MIDDLE, *_mean(better), strict=True):
        told.append(f"as of {day} by {mean:.3f} points (95 %: {mean - half:.3f} to {mean + half:.3f})")
    return (
        f"True factors outside the prior's middle half, {len(better):,} campaigns: learning lowers the mean CRPS of "
        f"the end {', '.join(told)}."
    )


def _crps(counts: NDArray[np.int64], end: int) -> float:
    values = np.sort(counts.astype(np.float64))
    weights = 2 * np.arange(1, values.size + 1) - values.size - 1
    return float(np.abs(values - end).mean() - (weights @ values) / values.size**2)


def _speed() -> str:
    """Forecasts against a simulation of the same cases, and learning: CPU time of one run."""
    place = shipped() / "data/campaign"
    scenario = wb.read_scenario(place / "scenarios/campaign.yaml")
    begin = wb.read_register(place / "registers/register_2027-07-14.csv")
    weeks = {day: wb.read_register(place / f"registers/register_{day}.csv") for day in DATES}
    grouping = group(begin, scenario)
    register, own = town()
    few = SCENARIO.replace("instructors.total", 100)
    waiting = told_weekly(register, few, own, 0, DATES)
    day, latest = list(weeks.items())[-1]
    rules = learning_scenario(scenario)

    def learn(seed: int) -> None:
        learnt(Evidence.of(latest, scenario, grouping, day), rules, 1000, seed)

    learning = [cpu_seconds(partial(learn, seed))[0] for seed in range(3)]
    return (
        "CPU time of the kernel from a state, 1,000 replications, as a share of that from the beginning. The shipped "
        f"campaign ({len(begin)} organizations, a slot for every case, so that both take the shorter way; both keep "
        "what uncertain factors draw, and what shares of laws have passed, from run to run): "
        f"{_shares(begin, scenario, grouping, weeks)}. A city of {len(register):,} in which cases wait for 100 "
        f"instructors: {_shares(register, few, own, waiting)}. Learning from the shipped campaign as of {day}, with "
        f"seeds never seen before: {np.median(learning):.2f} s of CPU."
    )


def _shares(begin: pd.DataFrame, scenario: Scenario, grouping: Grouping, weeks: dict[date, pd.DataFrame]) -> str:
    setups = {"simulation": prepare(begin, scenario, grouping)}
    setups |= {str(day): prepare_from(register, scenario, grouping, day) for day, register in weeks.items()}

    def run(setup: Setup) -> None:
        run_part(setup, Chunk(range(len(setup.cases.responsible_units)), 0, 1000), 0, "responsible")

    kernel = _against(partial(run, setups["simulation"]), {day: partial(run, setups[str(day)]) for day in weeks})
    few = {"replications": 1000, "workers": 1}
    whole = _against(
        partial(wb.simulate, begin, scenario, grouping, **few),
        {day: partial(wb.forecast, register, scenario, grouping, day, **few) for day, register in weeks.items()},
    )
    return f"{kernel} (the whole of `forecast` against the whole of `simulate`: {whole})"


def _against(usual: Callable[[], object], works: dict[date, Callable[[], object]]) -> str:
    """The CPU time of each as a share of the usual one's: the least of nine, in turn, so that whatever else the machine
    does meets all of them."""
    times = np.array([[cpu_seconds(work)[0] for work in (usual, *works.values())] for _ in range(9)]).min(axis=0)
    return ", ".join(f"{day} {share:.2f}" for day, share in zip(works, times[1:] / times[0], strict=True))
