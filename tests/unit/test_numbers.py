"""How numbers are written: never against what the sentence says, in the extremes, too."""

from __future__ import annotations

import copy
import math
import pickle
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.labels import in_language, text
from workbench.numbers import (
    Share,
    bare_points,
    chance_words,
    change,
    change_words,
    date_words,
    decimal,
    percent,
    signed,
    signed_decimal,
    signed_points,
    span,
    target_percent,
)
from workbench.simulation.results import Estimate, wilson

SHARES = st.floats(0.0, 1.0)


def value_of(words: str) -> float:
    return float(words.removesuffix("%"))


def together(*shares: Share) -> list[float]:
    """What one sentence with these shares says of each."""
    return [value_of(each.beside(shares)) for each in shares]


@given(SHARES, SHARES, SHARES)
def test_the_written_shares_of_a_sentence_stand_in_their_true_order(one, two, wanted):
    measured = [percent(one), percent(two)]
    # A target is set by hand, with a few decimals.
    target = target_percent(round(wanted, 4))
    true = [one, two, round(wanted, 4)]
    written = together(*measured, target)
    for a in range(3):
        for b in range(3):
            if true[a] < true[b] - 1e-7:
                assert written[a] < written[b]


@pytest.mark.parametrize(
    ("ceiling", "target", "says"),
    [
        (0.6551, 0.66, "65.5%"),
        (0.5996, 0.6, "59.96%"),
        (0.59999, 0.6, "59.999%"),
        (0.60001, 0.6, "60.001%"),
        (0.6, 0.6, "60.0%"),
    ],
)
def test_a_sentence_adds_decimals_until_it_is_true(ceiling, target, says):
    assert says in text(
        "gap.head", expected=percent(ceiling), target=target_percent(target), ceiling=percent(1.0), short="", words=""
    )


def test_what_a_sentence_does_not_say_adds_no_decimals():
    found = text(
        "figure.allocation.before", now=376, before="", before_expected=percent(0.414303), before_work=percent(0.981),
        changed=3, expected=percent(0.414299),
    )  # fmt: skip
    assert "coverage 41.4%," in found


@given(SHARES, SHARES)
def test_a_gain_is_what_its_ends_say(before, after):
    """97.65 % → 98.04 % is +0.39 points, never +0.4 beside 97.7 % → 98.0 %."""
    found = change(before, after)
    ends = [Decimal(words.removesuffix("%")) for words in (found.before, found.after)]
    assert ends[1] - ends[0] == Decimal(found.gain)
    assert float(found.gain) == pytest.approx((after - before) * 100, abs=0.0501)
    assert [float(end) for end in ends] == pytest.approx([before * 100, after * 100], abs=0.0501)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.9765, 0.9804, "97.65% → 98.04% (+0.39 points)"),
        (0.412, 0.434, "41.2% → 43.4% (+2.2 points)"),
        (0.434, 0.412, "43.4% → 41.2% (-2.2 points)"),
        (0.9996, 1.0, "99.96% → 100.00% (+0.04 points)"),
        (0.00004, 0.5, "0.004% → 50.000% (+49.996 points)"),
        (0.4126, 0.4134, "41.26% → 41.34% (+0.08 points)"),
        (0.41303, 0.41297, "41.3%, unchanged at this precision"),
        (1.0, 1.0, "100.0%, unchanged"),
    ],
)
def test_a_change_in_words(before, after, words):
    assert change_words(before, after) == words


def test_a_target_is_written_as_it_was_set():
    assert [target_percent(share) for share in (0.6, 0.644, 0.625, 1.0, 0.0)] == ["60%", "64.4%", "62.5%", "100%", "0%"]


@given(st.floats(1e-8, 1.0 - 1e-8))
def test_only_nothing_is_nothing_and_only_all_is_all(share):
    assert 0.0 < value_of(percent(share)) < 100.0


def test_nothing_and_all_are_said_plainly():
    assert [percent(0.0), percent(-0.0), percent(1.0), percent(0.5, 0)] == ["0.0%", "0.0%", "100.0%", "50%"]
    assert percent(math.nan) == decimal(math.nan) == bare_points(math.nan) == "–"


@given(st.floats(-1.0, 1.0))
def test_points_have_the_sign_of_the_difference_or_none_at_all(share):
    words = signed_points(share)
    if set(words) <= set("0."):
        assert abs(share) <= 0.5000001e-5
    else:
        assert (words[0] == "-") == (share < 0)
        assert float(words) == pytest.approx(share * 100, abs=0.0501)


def test_a_zero_has_no_sign():
    assert [signed(0), signed(-0.2), signed_decimal(-0.001), decimal(-0.001), signed_points(-1e-9)] == [
        "0", "0", "0.0", "0.0", "0.0",
    ]  # fmt: skip


def test_a_chance_of_nothing_says_of_how_many_simulations():
    with in_language("zh"):
        assert chance_words(wilson(0, 1000)) == "千次模拟中 0 次"
        assert chance_words(wilson(0, 250)) == "250 次模拟中 0 次"
        # A blank parts a number from Chinese words, a colon words.
        for hits, runs, words in (
            (0, 1000, "概率：千次模拟中 0 次 → 千次"),
            (0, 250, "概率：250 次模拟中 0 次 → 250 次"),
            (415, 1000, "概率 41.5% ["),
        ):
            chance = chance_words(wilson(hits, runs))
            assert words in text(
                "finding.before_and_after", coverage="", change="", chance_before=chance, chance=chance
            )
    assert str(wilson(0, 2000)) == "in 0 of 2,000 simulations"
    assert chance_words(Estimate(0.0, 0.0, 0.004)) == "0.0% [0.0%, 0.4%]"
    assert chance_words(wilson(1, 1000)).startswith("0.1% [")


def test_an_estimate_remembers_its_trials_and_is_still_three_numbers():
    estimate = wilson(0, 1000)
    assert len(estimate) == 3
    for twin in (pickle.loads(pickle.dumps(estimate)), copy.deepcopy(estimate)):
        assert twin == estimate
        assert str(twin) == str(estimate)


def test_a_share_survives_a_copy():
    share = percent(0.5996)
    assert pickle.loads(pickle.dumps(share)).value == copy.copy(share).value == 0.5996


def test_dates_in_words():
    days = [date(2027, month, 1) for month in range(1, 13)]
    for language in ("zh", "en"):
        with in_language(language):
            words = [date_words(day) for day in days]
            assert len(set(words)) == 12
            assert all("2027" in date_words(day, year=True) for day in days)
            assert span(date(2026, 12, 20), date(2027, 1, 5)).count("202") == 2
            assert span(date(2027, 7, 15), date(2027, 8, 31)).count("2027") == 1


def test_written_shares_rise_with_what_they_say():
    words = [percent(share / 10000) for share in range(10001)]
    assert all(value_of(one) <= value_of(two) for one, two in pairwise(words))
