"""Patterns of types against trying every way to fill a group, and the relaxation over them against the best choice."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from workbench.grouping.patterns.item_types import ItemTypes, step_of
from workbench.grouping.patterns.master import Master
from workbench.grouping.patterns.patterns import best_patterns, joined, list_patterns


def _types(seed: int) -> ItemTypes:
    """Up to four types of items, of one unit or two, some led; hosts and centres beside them; a pair that clashes."""
    rng = np.random.default_rng(seed)
    kinds, alone = int(rng.integers(2, 5)), int(rng.integers(0, 3))
    lead = np.concatenate([np.arange(kinds), np.full(alone, -1)])
    cost = rng.integers(0, 6, (len(lead), kinds)) / 10
    cost[rng.random(cost.shape) < 0.15] = np.inf
    cost[np.arange(kinds), np.arange(kinds)] = 0.0
    enemy = np.zeros((kinds, kinds), bool)
    if seed % 2:
        enemy[0, 1] = enemy[1, 0] = True
    return ItemTypes(
        count=rng.integers(1, 5, kinds), size=rng.choice([1, 1, 2], kinds), members=rng.choice([1, 1, 2], kinds),
        must=np.zeros(kinds, bool), lead=lead, opening=np.where(lead >= 0, 0.3, 0.1),
        capacity=np.where(lead >= 0, int(rng.integers(3, 6)), rng.integers(1, 4, len(lead))),
        need=np.where(lead >= 0, 3, 0), cost=cost, enemy=enemy,
    )  # fmt: skip


def _all(types: ItemTypes) -> dict[tuple[int, tuple[int, ...]], float]:
    """Cost of every pattern: facility, and how many of each type."""
    found = {}
    for s, lead in enumerate(types.lead):
        for held in product(*(range(count + 1) for count in types.count)):
            many, here = np.array(held), np.flatnonzero(held)
            legal = many.any() and np.isfinite(types.cost[s, here]).all() and not types.enemy[np.ix_(here, here)].any()
            legal &= many @ types.size <= types.capacity[s] and many @ types.members >= types.need[s]
            if legal and (lead < 0 or many[lead]):
                found[s, held] = float(types.opening[s] + many[here] @ types.cost[s, here])
    return found


def _held(types: ItemTypes, patterns) -> list[tuple[int, ...]]:
    return [tuple(int((row == k).sum()) for k in range(len(types.count))) for row in patterns.held]


@pytest.mark.parametrize("seed", range(60))
def test_patterns_are_priced_and_listed_as_if_all_were_tried(seed):
    types, rng = _types(seed), np.random.default_rng([seed, 1])
    most = int(types.capacity.max())
    worth = np.concatenate([np.zeros((len(types.count), 1)), rng.uniform(-0.1, 0.4, (len(types.count), most))], axis=1)
    worth = np.cumsum(worth, axis=1)
    fee = rng.uniform(-0.2, 0.2, len(types.lead))
    every = _all(types)
    slack = {
        (s, held): cost + fee[s] - sum(worth[k, c] for k, c in enumerate(held)) for (s, held), cost in every.items()
    }
    best = best_patterns(types, worth, fee)
    least: dict[int, float] = {}
    for (s, _), value in slack.items():
        least[s] = min(value, least.get(s, np.inf))
    assert dict(zip(best.facility.tolist(), best.slack.tolist(), strict=True)) == pytest.approx(least)
    # A little more than one of them, lest rounding decide.
    within = float(np.median(list(slack.values()))) + 1e-9 if slack else 0.0
    listed = list_patterns(types, worth, fee, within, 100_000)
    got = dict(zip(zip(_held(types, listed), listed.facility.tolist(), strict=True), listed.cost.tolist(), strict=True))
    # Of those that differ only in who leads, the cheapest.
    wanted: dict[tuple, float] = {}
    for (s, held), value in slack.items():
        if value <= within:
            key = (held, -1 if types.lead[s] >= 0 else s)
            wanted[key] = min(every[s, held], wanted.get(key, np.inf))
    assert {(held, -1 if types.lead[s] >= 0 else s): cost for (held, s), cost in got.items()} == pytest.approx(wanted)
    if len(wanted) > 1:
        assert list_patterns(types, worth, fee, within, len(wanted) - 1) is None


@pytest.mark.parametrize("seed", range(40))
def test_prices_and_cuts_never_bound_above_the_best_choice(seed):
    types = _types(seed)
    spare = int(seed % 3)
    every = list_patterns(types, np.zeros((len(types.count), 12)), np.zeros(len(types.lead)), np.inf, 100_000)
    master = Master(types, spare, every.some(np.zeros(0, np.int64)), {"mip_abs_gap": 1e-9}, lambda: np.inf)
    assert master.price()
    first = master.relaxed
    assert master.tighten()
    assert master.relaxed >= first - 1e-9
    times, value, optimal, _ = master.whole(every, 10**6, None)
    if times is None:
        assert value == np.inf
        return
    assert optimal
    assert value == pytest.approx(times @ every.cost)
    assert master.relaxed <= value + 1e-7
    assert master.bound <= value + 1e-7
    held = np.array(_held(types, every)).reshape(len(every), -1)
    out = types.count - times @ held
    assert (out >= 0).all()
    assert out @ types.size <= spare
    assert len(joined(every, every)) == 2 * len(every)


def test_seconds_that_are_left_are_not_counted_twice():
    """HiGHS holds the seconds of all its runs against the limit: that rises with each, or a search would end early."""
    types = _types(0)
    every = list_patterns(types, np.zeros((len(types.count), 12)), np.zeros(len(types.lead)), np.inf, 100_000)
    master = Master(types, 0, every.some(np.zeros(0, np.int64)), {}, lambda: 7.0)
    limits = []
    for _ in range(3):
        assert master.price()
        limits.append(master.solver.getOptionValue("time_limit")[1])
    assert 7.0 < limits[0] < limits[1] < limits[2]


def test_what_is_fixed_leaves_the_rest():
    types = _types(0)
    every = list_patterns(types, np.zeros((len(types.count), 12)), np.zeros(len(types.lead)), np.inf, 100_000)
    master = Master(types, int(types.count @ types.size), every, {}, lambda: np.inf)
    assert master.tighten()
    times = np.zeros(len(every), np.int64)
    times[0] = 1
    master.fix(times, np.zeros(len(types.count), np.int64))
    assert master.types.count.tolist() == (types.count - np.array(_held(types, every)[0])).tolist()
    assert master.price()
    assert master.relaxed == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("costs", "step"),
    [
        ([0.3, 0.5, 0.1 + 0.2], 0.1), ([0.25, 1.0], 0.25), ([0.3, 0.30000001], 0.0), ([0.0, 0.0], 0.0), ([], 0.0),
        ([0.000002, 0.000004], 0.0), ([1 / 3, 0.5], 0.0), ([2.0, 6.0], 2.0),
    ],
)  # fmt: skip
def test_a_step_is_what_all_costs_are_multiples_of(costs, step):
    assert step_of(np.array(costs)) == step
