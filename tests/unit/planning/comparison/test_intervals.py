"""Paired intervals: against a slow version of their definition, and their true rate of covering."""

from __future__ import annotations

from itertools import product
from math import comb, log

import numpy as np
import pytest

from workbench.planning.comparison.intervals import each_level, mean_difference, share_difference

Z95 = 1.959963984540054


def most_likely_loss(gained: int, lost: int, trials: int, difference: float) -> float:
    """The share lost that makes what was found most likely, given the difference: by looking at many."""
    ends = max(0.0, -difference), (1.0 - difference) / 2.0
    best = None
    for _ in range(6):  # closer and closer around the best
        grid = np.linspace(*ends, 41)
        worth = [
            sum(
                count * log(share) if count and share > 0 else -1e300 if count else 0.0
                for count, share in (
                    (gained, loss + difference),
                    (lost, loss),
                    (trials - gained - lost, 1.0 - 2.0 * loss - difference),
                )
            )
            for loss in grid
        ]
        best = int(np.argmax(worth))
        ends = grid[max(best - 1, 0)], grid[min(best + 1, 40)]
    return float(grid[best])


def plain_limits(gained: int, lost: int, trials: int) -> tuple[float, float]:
    """Tango's limits as defined: all differences whose score lies within 1.96, by steps and then by halving."""

    def score(difference: float) -> float:
        loss = most_likely_loss(gained, lost, trials, difference)
        spread = trials * (2.0 * loss + difference * (1.0 - difference))
        away = gained - lost - trials * difference
        return abs(away) / max(spread, 1e-300) ** 0.5

    found = (gained - lost) / trials
    limits = []
    for end in (-1.0, 1.0):
        inside, outside = found, end
        for _ in range(25):
            middle = (inside + outside) / 2.0
            inside, outside = (middle, outside) if score(middle) <= Z95 else (inside, middle)
        limits.append((inside + outside) / 2.0)
    return limits[0], limits[1]


@pytest.mark.parametrize(
    ("gained", "lost", "trials"),
    [(0, 0, 20), (3, 0, 20), (0, 7, 20), (5, 2, 20), (10, 10, 20), (20, 0, 20), (0, 20, 20), (1, 1, 2), (12, 30, 400)],
)
def test_share_limits_are_those_of_the_definition(gained, lost, trials):
    found = share_difference(gained, lost, trials)
    assert found.value == pytest.approx((gained - lost) / trials, abs=1e-15)
    low, high = plain_limits(gained, lost, trials)
    assert found.low == pytest.approx(low, abs=2e-4)
    assert found.high == pytest.approx(high, abs=2e-4)


def test_share_limits_change_sides_with_their_sides():
    one, other = share_difference(np.arange(9), 3, 30), share_difference(3, np.arange(9), 30)
    assert one.value == pytest.approx(-other.value)
    assert one.low == pytest.approx(-other.high)
    assert one.high == pytest.approx(-other.low)


def test_all_limits_of_a_sample_size_are_sane():
    """Within [−1, 1], around what was found, wider for a higher level; arrays and numbers alike."""
    trials = 12
    pairs = [(b, c) for b, c in product(range(trials + 1), repeat=2) if b + c <= trials]
    gained, lost = np.array(pairs).T
    found, wide = share_difference(gained, lost, trials), share_difference(gained, lost, trials, 0.999)
    for low, value, high in zip(found.low, found.value, found.high, strict=True):
        assert -1.0 <= low <= value <= high <= 1.0
    assert (wide.low <= found.low).all()
    assert (wide.high >= found.high).all()
    one = share_difference(*pairs[17], trials)
    assert (one.low, one.high) == (found.low[17], found.high[17])


@pytest.mark.parametrize(
    ("gain", "loss"), [(0.3, 0.2), (0.1, 0.1), (0.05, 0.01), (0.5, 0.02), (0.02, 0.4), (0.0, 0.05)]
)
@pytest.mark.parametrize("trials", [40, 100])
def test_shares_are_covered_at_the_nominal_rate(gain, loss, trials):
    """Exactly, over everything that can be found: no luck in this test."""
    gained, lost = np.array([(b, c) for b in range(trials + 1) for c in range(trials + 1 - b)]).T
    found = share_difference(gained, lost, trials)
    chance = np.array(
        [
            comb(trials, b) * comb(trials - b, c) * gain**b * loss**c * (1 - gain - loss) ** (trials - b - c)
            for b, c in zip(gained.tolist(), lost.tolist(), strict=True)
        ]
    )
    covered = chance[(found.low <= gain - loss) & (gain - loss <= found.high)].sum()
    # Whole numbers make any interval of shares swing around its level; a normal one falls to 0.80 here.
    assert 0.925 <= covered <= 1.0


def test_the_plain_normal_interval_would_not_be_enough():
    """What the score interval is for: with few discordant replications the normal one covers far too seldom."""
    trials, gain, loss = 100, 0.02, 0.0
    covered = 0.0
    for b in range(trials + 1):
        found, spread = b / trials, (b / trials - (b / trials) ** 2) ** 0.5 / trials**0.5
        covered += (abs(found - gain) <= Z95 * spread) * comb(trials, b) * gain**b * (1 - gain) ** (trials - b)
    assert covered < 0.88
    assert loss == 0.0


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("shape", ["normal", "skewed", "whole"])
def test_means_are_covered_at_the_nominal_rate(level, shape):
    rng = np.random.default_rng(5)
    count, times = 60, 4000
    draws = {
        "normal": rng.normal(0.3, 1.0, (count, times)),
        "skewed": rng.gamma(4.0, 1.0, (count, times)),
        "whole": rng.binomial(40, 0.1, (count, times)) - rng.binomial(40, 0.08, (count, times)),
    }[shape]
    truth = {"normal": 0.3, "skewed": 4.0, "whole": 0.8}[shape]
    found = mean_difference(draws, level)
    covered = ((found.low <= truth) & (truth <= found.high)).mean()
    assert covered == pytest.approx(level, abs=0.02)


def test_intervals_of_many_hold_together():
    rng = np.random.default_rng(11)
    times, comparisons = 1500, 24
    common = rng.normal(0, 1, (80, times, 1))  # what they share does not break it
    draws = common + rng.normal(0, 1, (80, times, comparisons))
    together = mean_difference(draws, each_level(0.95, comparisons))
    alone = mean_difference(draws, 0.95)
    covered = ((together.low <= 0) & (together.high >= 0)).all(axis=1).mean()
    assert 0.94 <= covered <= 0.99
    assert ((alone.low <= 0) & (alone.high >= 0)).all(axis=1).mean() < 0.7


def test_a_difference_that_never_varies_has_no_width():
    found = mean_difference(np.full((10, 3), 0.25))
    assert found.value.tolist() == found.low.tolist() == found.high.tolist() == [0.25] * 3


def test_too_few():
    with pytest.raises(ValueError, match="needs at least 2"):
        mean_difference([1.0])
    with pytest.raises(ValueError, match="trials = 0"):
        share_difference(0, 0, 0)
