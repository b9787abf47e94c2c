"""Percentiles, ranks and the ranks that luck gives, against counting by hand: thousands of random plans."""

import random

import numpy as np
import pytest

from workbench.planning.score import percentiles, ranks, ranks_by_luck


def slow_percentile(planned: list[int], happened: int) -> float:
    below = sum(1 for count in planned if count < happened)
    equal = sum(1 for count in planned if count == happened)
    return 100.0 * (below + equal / 2.0) / len(planned)


def slow_ranks(values: list[float]) -> list[int]:
    return [1 + sum(1 for other in values if other > value) for value in values]


def slow_luck(planned: list[list[int]], level: float) -> list[tuple[int, int]]:
    units = range(len(planned[0]))
    taken: list[list[int]] = [[] for _ in units]
    for replication in planned:
        values = [slow_percentile([other[unit] for other in planned], replication[unit]) for unit in units]
        for unit, rank in enumerate(slow_ranks(values)):
            taken[unit].append(rank)
    found = []
    for own in taken:
        most = (1.0 - level) / 2.0 * len(own) + 1e-9
        lows = [rank for rank in own if sum(1 for other in own if other < rank) <= most]
        highs = [rank for rank in own if sum(1 for other in own if other > rank) <= most]
        found.append((max(lows), min(highs)))
    return found


def random_plan(dice: random.Random) -> np.ndarray:
    """Few different counts, so that ties are the rule; units that never change among them."""
    units, size = dice.randint(1, 6), dice.randint(1, 25)
    spread = [dice.choice((0, 1, 2, 9)) for _ in range(units)]
    return np.array([[dice.randint(0, most) for most in spread] for _ in range(size)])


@pytest.mark.parametrize("seed", range(8))
def test_against_counting_by_hand(seed):
    dice = random.Random(seed)
    for _ in range(250):
        plan = random_plan(dice)
        happened = np.array([dice.randint(-1, 10) for _ in range(plan.shape[1])])
        found = percentiles(plan, happened)
        expected = [slow_percentile(plan[:, unit].tolist(), happened[unit]) for unit in range(plan.shape[1])]
        assert found == pytest.approx(expected, abs=1e-9)
        assert ranks(found).tolist() == slow_ranks(found.tolist())
        level = dice.choice((0.5, 0.8, 0.9, 1.0))
        best, worst = ranks_by_luck(plan, level)
        assert list(zip(best.tolist(), worst.tolist(), strict=True)) == slow_luck(plan.tolist(), level)


def test_the_range_holds_what_it_says():
    """Within it lie at least nine in ten of the ranks that the replications of the plan take."""
    plan = np.random.Generator(np.random.Philox(1)).binomial([30, 8, 3, 50, 12], 0.4, (997, 5))
    best, worst = ranks_by_luck(plan)
    taken = ranks(percentiles(plan, plan))
    inside = ((taken >= best) & (taken <= worst)).mean(axis=0)
    assert (inside >= 0.9).all()


def test_a_unit_that_is_as_planned_in_the_middle_stands_at_50():
    plan = np.repeat(np.arange(101)[:, None], 3, axis=1)
    assert percentiles(plan, np.array([50, 0, 100])).tolist() == pytest.approx([50.0, 50 / 101, 100 - 50 / 101])
    assert percentiles(plan, np.array([-1, 101, 50])).tolist() == [0.0, 100.0, 50.0]


def test_no_unit_at_all():
    nobody = np.empty((7, 0), dtype=np.int64)
    assert percentiles(nobody, np.empty(0, dtype=np.int64)).size == 0
    assert [each.size for each in ranks_by_luck(nobody)] == [0, 0]
