"""How likely dates make a pace of work: against begins and ends tried one by one, and campaigns whose pace is known."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.inputs.scenario import Law
from workbench.planning.forecast.lengths import Lengths, share_by

LAWS = [
    Law("pert", (2.0, 5.0, 12.0)), Law("uniform", (0.5, 2.0)), Law("triangular", (0.0, 1.0, 4.0)),
    Law("lognormal", (4.0, 2.0)), Law("exponential", (3.0,)), Law("empirical", (1.0, 1.0, 2.5, 7.0)),
]  # fmt: skip
PACES = np.array([0.7, 1.0, 1.3])
HISTORIES = 80


def over_by(law: Law, after: float, width: float, pace: float) -> float:
    """How many of 20,000 attempts, begun one after the other in the course of `width`, are over by then."""
    begins = (np.arange(2_000) + 0.5) / 2_000 * width
    return float(law.cdf((after - begins) * pace).mean())


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_lengths_known_to_the_day(law: Law) -> None:
    rng = np.random.default_rng(4)
    begin, t0 = rng.integers(0, 12, 40).astype(float), 14.0
    end = begin + rng.integers(0, 6, 40).astype(float)
    end[rng.uniform(size=40) < 0.3] = np.nan
    end[end >= t0] = np.nan
    factor = rng.choice([1.0, 1.25], 40)
    opens = begin == 0.0
    seen = Lengths.seen(np.zeros(40, int), begin + 0.5, end + 0.5, np.isnan(end), t0, opens, factor)
    told = seen.log_probability(law, PACES)
    for pace, found in zip(PACES, told, strict=True):
        slow = 0.0
        for b, e, by, opening in zip(begin, end, factor, opens, strict=True):
            own, width = pace / by, 0.0 if opening else 1.0
            last = over_by(law, (t0 if np.isnan(e) else e) - b, width, own)
            after = 1.0 if np.isnan(e) else over_by(law, e + 1.0 - b, width, own)
            slow += np.log(max(after - last, 1e-14))
        assert found == pytest.approx(slow, rel=2e-3)


def test_attempts_that_failed_with_a_date_and_without() -> None:
    """Each is over by t0; of what is seen only because it did not fail, each counts given that it is seen."""
    law, t0, gone = LAWS[0], 9.0, 0.6
    begin, opens = np.array([3.0, 3.0, 5.0]), np.array([True, False, False])
    kind, factor = np.zeros(3, int), np.array([1.0, 1.25, 1.0])
    failed = Lengths.over(kind, begin, t0, opens, factor).log_probability(law, PACES)
    seen = Lengths.seen(kind, begin, np.full(3, np.nan), np.full(3, True), t0, opens, factor, leaves_a_date=~opens)
    among = seen.log_probability(law, PACES, gone)
    for pace, lost, left in zip(PACES, failed, among, strict=True):
        over = [
            over_by(law, t0 - b, 0.0 if opening else 1.0, pace / by)
            for b, opening, by in zip(begin, opens, factor, strict=True)
        ]
        assert lost == pytest.approx(np.log(over).sum(), rel=2e-3)
        slow = np.log1p(-np.array(over)).sum() - np.log1p(-gone * over[0])
        assert left == pytest.approx(slow, rel=2e-3)


def synthetic(rng: np.random.Generator, law: Law, pace: float, chance: float, dated: float) -> tuple[Lengths, Lengths]:
    """What is seen at t0 of 60 attempts, each drawn: begun with the opening or later, a share of them without success,
    and of these a share with the day of their begin."""
    size, t0 = 60, float(rng.integers(5, 12))
    opens, told = rng.uniform(size=size) < 0.5, rng.uniform(size=size) < dated
    begin = np.where(opens, 0.0, rng.uniform(0.0, t0, size))
    end = begin + law.quantile(rng.uniform(size=size)) / pace
    over, good = np.floor(end) < t0, rng.uniform(size=size) < chance
    failed, kind, alone = over & ~good, np.zeros(size, int), np.ones(size)
    shown = np.where(failed, np.nan, begin)
    seen = Lengths.seen(kind, shown, np.where(over, end, np.nan), ~over, t0, opens, alone, told)
    lost = failed & told
    return seen, Lengths.over(kind[lost], begin[lost], t0, opens[lost], alone[lost])


@pytest.mark.parametrize(("chance", "dated"), [(0.9, 0.0), (0.05, 0.8)])
def test_intervals_of_a_pace_hold_it(chance: float, dated: float) -> None:
    """90 % intervals of the pace hold it nine times in ten, where most attempts succeed and where hardly any does."""
    rng, law = np.random.default_rng(1), Law("pert", (2.0, 5.0, 12.0))
    paces = np.linspace(0.75, 1.25, 41)
    places: list[float] = []
    for _ in range(HISTORIES):
        pace = float(rng.uniform(0.75, 1.25))
        seen, failed = synthetic(rng, law, pace, chance, dated)
        likely = seen.log_probability(law, paces, 1.0 - chance) + failed.log_probability(law, paces)
        weights = np.exp(likely - likely.max())
        places.append(float(np.interp(pace, paces, np.cumsum(weights) - weights / 2.0) / weights.sum()))
    inside = np.mean(np.abs(np.array(places) - 0.5) < 0.45)
    assert 0.83 <= inside <= 0.97
    assert np.mean(places) == pytest.approx(0.5, abs=0.08)


def test_nothing_begun_is_over_at_once() -> None:
    found = share_by(LAWS[0], np.zeros(2), np.array([0.0, 1.0]), PACES)
    assert found.tolist() == [[0.0, 0.0]] * 3
