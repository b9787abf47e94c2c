"""The Wilson interval: the ends, a published value, its shape."""

from __future__ import annotations

import math

import pytest

from workbench.simulation import Estimate, wilson


def test_a_published_value():
    # Wilson's interval of 81 in 263: 0.255 to 0.366 (Newcombe 1998, table I, method 3).
    found = wilson(81, 263)
    assert found.value == 81 / 263
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize("trials", [1, 2, 10, 1000, 200_000])
def test_none_and_all(trials):
    z2 = 1.959963984540054**2
    none, every = wilson(0, trials), wilson(trials, trials)
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(z2 / (trials + z2), rel=1e-12)
    assert (every.value, every.high) == (1.0, 1.0)
    assert every.low == pytest.approx(trials / (trials + z2), rel=1e-12)


@pytest.mark.parametrize("trials", [1, 3, 40, 997])
def test_it_solves_the_score_equation_and_holds_the_share(trials):
    for hits in range(1, trials):
        found = wilson(hits, trials)
        assert 0.0 < found.low < found.value < found.high < 1.0
        for end in (found.low, found.high):
            score = (found.value - end) / math.sqrt(end * (1 - end) / trials)
            assert abs(score) == pytest.approx(1.959963984540054, rel=1e-9)


def test_symmetric_and_narrower_with_more_trials():
    for hits in range(11):
        one, other = wilson(hits, 10), wilson(10 - hits, 10)
        assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))
    widths = [wilson(n // 4, n).high - wilson(n // 4, n).low for n in (4, 40, 400, 4000)]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("trials", [0, -1])
def test_no_trial_no_share(trials):
    with pytest.raises(ValueError, match="trials"):
        wilson(0, trials)


def test_text():
    assert str(Estimate(0.5, 0.25, 0.754)) == "50.0% [25.0%, 75.4%]"
