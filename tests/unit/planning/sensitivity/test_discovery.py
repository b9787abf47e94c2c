"""Rules for when something happens: planted ones are found, chance is not taken for one."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.labels import in_language
from workbench.planning.sensitivity.discovery import MOST_LIMITS, discover

NAMES = ("speed", "failure", "absence", "approval_delay")


def cube(count, seed, dimensions=4):
    return np.random.default_rng(seed).uniform(size=(count, dimensions))


def found(happens, count=2000, seed=1, **options):
    """The rule found for what `happens` says, judged on fresh points."""
    points, fresh = cube(count, seed), cube(count, seed + 1)
    return discover(points, happens(points), NAMES, fresh=(fresh, happens(fresh)), **options)


def limits_of(rule):
    return {(limit.name, limit.above): limit.value for limit in rule.limits}


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_box_is_found(seed):
    rule = found(lambda x: (x[:, 3] > 0.6) & (x[:, 0] < 0.5), seed=100 * seed)
    assert limits_of(rule) == {
        ("approval_delay", True): pytest.approx(0.6, abs=0.03),
        ("speed", False): pytest.approx(0.5, abs=0.03),
    }
    assert rule.density.value > 0.93
    assert rule.coverage.value > 0.93


def test_both_sides_of_one_parameter():
    rule = found(lambda x: (x[:, 1] > 0.3) & (x[:, 1] < 0.7))
    assert limits_of(rule) == {
        ("failure", True): pytest.approx(0.3, abs=0.03),
        ("failure", False): pytest.approx(0.7, abs=0.03),
    }


def test_a_noisy_box_is_found_and_its_density_is_honest():
    """Nine in ten inside, one in ten outside."""
    luck = np.random.default_rng(8)

    def happens(x):
        inside = (x[:, 3] > 0.7) & (x[:, 0] < 0.6)
        return luck.uniform(size=len(x)) < np.where(inside, 0.9, 0.1)

    rule = found(happens, count=4000)
    assert {name for name, _ in limits_of(rule)} == {"approval_delay", "speed"}
    assert rule.density.low < 0.9 < rule.density.high + 0.05
    assert rule.base == pytest.approx(0.18 * 0.9 + 0.82 * 0.1, abs=0.03)


def test_density_and_coverage_are_counted_on_the_fresh_points():
    points, fresh = cube(1000, 1), cube(1000, 2)
    happens = points[:, 0] < 0.4
    other = fresh[:, 0] < 0.2  # the world has changed: the rule must say so
    rule = discover(points, happens, NAMES, fresh=(fresh, other))
    limit = limits_of(rule)["speed", False]
    inside = fresh[:, 0] < limit
    assert rule.density.value == (inside & other).sum() / inside.sum()
    assert rule.coverage.value == (inside & other).sum() / other.sum()
    assert rule.support == inside.mean()
    assert (rule.base, rule.points) == (other.mean(), 1000)
    assert rule.density.value < 0.6


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_chance_is_no_rule(share):
    luck = np.random.default_rng(4)
    rules = [found(lambda x: luck.uniform(size=len(x)) < share, seed=seed) for seed in (1, 50, 99)]
    # Now and then chance looks like a rule; the fresh points then show that it tells nothing.
    for rule in rules:
        assert rule is None or rule.density.low < rule.base < rule.density.high
    assert rules.count(None) >= 2


def test_nothing_or_everything_has_no_rule():
    assert found(lambda x: np.zeros(len(x), bool)) is None
    assert found(lambda x: np.ones(len(x), bool)) is None


def test_a_rule_stays_plain():
    def corner(x):
        return (x < 0.75).all(axis=1)

    assert len(found(corner).limits) == MOST_LIMITS
    assert len(found(corner, most_limits=4).limits) == 4
    assert len(found(corner, most_limits=1).limits) == 1


def test_values_that_repeat():
    """An empirical law has a few values only: a slice may hold many points, or none."""

    def steps(count, seed):
        points = cube(count, seed)
        points[:, 2] = np.floor(points[:, 2] * 4)
        return points

    points, fresh = steps(1500, 1), steps(1500, 2)
    rule = discover(points, points[:, 2] >= 2, NAMES, fresh=(fresh, fresh[:, 2] >= 2))
    ((name, above),) = limits_of(rule)
    assert (name, above) == ("absence", True)
    assert rule.density.value == rule.coverage.value == 1.0


def test_in_words():
    rule = found(lambda x: (x[:, 3] > 0.6) & (x[:, 0] < 0.5))
    assert str(rule).startswith("speed < 0.")
    assert " and approval delay > 0." in str(rule)
    with in_language("zh"):
        assert " 且 报批延误 > 0." in str(rule)


def test_a_rule_that_nothing_fresh_judges_is_none():
    points = cube(500, 1)
    nowhere = np.full((10, 4), 0.99)
    rule = discover(points, points[:, 0] < 0.4, NAMES, fresh=(nowhere, np.zeros(10, bool)))
    assert rule is None
    few = np.vstack([cube(9, 2), np.full((400, 4), 0.99)])
    assert discover(points, points[:, 0] < 0.4, NAMES, fresh=(few, few[:, 0] < 0.4)) is None


def test_what_happens_once_makes_no_rule():
    points, fresh = cube(1000, 1), cube(1000, 2)
    once = np.zeros(1000, bool)
    once[7] = True
    assert discover(points, once, NAMES, fresh=(fresh, once)) is None
    assert discover(points, points[:, 0] < 0.4, NAMES, fresh=(fresh, once)) is None


def test_a_rule_that_fresh_points_do_not_bear_out_is_none():
    points, fresh = cube(1000, 1), cube(1000, 2)
    assert discover(points, points[:, 0] < 0.4, NAMES, fresh=(fresh, fresh[:, 0] > 0.6)) is None
