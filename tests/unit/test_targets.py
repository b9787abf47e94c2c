"""Whole counts decide whether a target is reached, wherever it is asked."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.cities import organization, register, scenario
from workbench.planning import Desk, allocate, ceiling, compare, explain_gap, extra_meetings, measures
from workbench.simulation import simulate
from workbench.targets import least_count, reaches


def test_the_least_count_is_the_first_whose_share_is_enough():
    generator = np.random.default_rng(1)
    for _ in range(20_000):
        of = int(generator.integers(1, 2_000))
        share = float(generator.choice([generator.random(), generator.integers(0, of + 1) / of, 0.6, 0.9, 1.0, 0.0]))
        count = least_count(share, of)
        assert count / of >= share
        assert count == 0 or (count - 1) / of < share


def test_large_numbers_are_counted_just_as_exactly():
    generator = np.random.default_rng(2)
    for of in map(int, generator.integers(10**8, 10**12, 2_000)):
        share = float(generator.random())
        count = least_count(share, of)
        assert count / of >= share > (count - 1) / of
        assert abs(Fraction(count, of) - Fraction(share)) < Fraction(2, of)


def test_nobody_reaches_no_target_but_zero():
    assert not reaches(0, 0.6, 0)
    assert reaches(0, 0.0, 0)


def test_counts_are_judged_one_by_one():
    assert reaches(np.array([2, 3, 4]), 0.6, 5).tolist() == [False, True, True]


@pytest.fixture(scope="module")
def one_in_five():
    """One of five has a branch, nobody else has a member: coverage is 20 % in every replication."""
    city = register(*(organization(f"o{i}", 0, has_branch=i == 0) for i in range(5)))
    return city, scenario(targets__organization=0.2, targets__work=0.2)


@pytest.mark.parametrize("replications", [7, 13, 100, 1000])
def test_what_is_reached_in_every_replication_is_reached_on_average(one_in_five, replications):
    """A float mean of seven times 20 % is 19.999999999999998 %: it must not decide anything."""
    city, rules = one_in_five
    run = simulate(city, rules, replications=replications)
    assert run.expected() == 0.2 == run.breakdown("street")["coverage"].loc["S"]
    assert run.probability().value == 1.0
    assert run.date_reaching(1.0) == run.calendar.date_of(0)
    desk = Desk(city, rules, replications=replications)
    assert desk.expected() == 0.2 == desk.by_responsible()["coverage"].loc["S"]
    assert desk.probability().value == 1.0
    assert desk.date_reaching(1.0) == run.date_reaching(1.0)
    assert ceiling(city, rules).reachable
    gap = explain_gap(city, rules, replications=replications)
    assert gap.expected == 0.2
    if replications < 50:
        decided = measures(city, rules, confidence=1.0, most=1, replications=replications)
        assert decided.least is not None
        assert decided.least.measures == ()
    found = allocate(city, rules, confidence=1.0, replications=replications)
    assert (found.total, found.expected_coverage, found.sample_expected, found.probability.value) == (0, 0.2, 0.2, 1.0)
    assert (found.curve["expected"] == 0.2).all()
    assert extra_meetings(city, rules, replications=replications).probability.value == 1.0
    both = compare({"one": run, "two": run})
    assert (both.table["probability"] == 1.0).all()
    assert (both.by_day["probability"] == 1.0).all()
