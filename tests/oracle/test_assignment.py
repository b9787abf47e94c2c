"""Assignment lists against enumeration: every way to give a few organizations to a few instructors."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product

import numpy as np
import pytest

from workbench.planning.assignment.blocks import Blocks
from workbench.planning.assignment.columns import _nearest, _within, solve
from workbench.planning.assignment.exchange import cost_of, improve


def made_up(number):
    """Up to eight blocks of one to three organizations, some without a place, some in one; up to four instructors."""
    rng = np.random.default_rng(number)
    blocks, instructors = int(rng.integers(1, 9)), int(rng.integers(1, 5))
    weights = rng.choice([1, 1, 1, 2, 3], blocks)
    start = np.concatenate([[0], np.cumsum(weights)])
    places = rng.integers(0, 5, (start[-1], 2)).astype(float) if number % 2 else rng.normal(0, 3, (start[-1], 2))
    known = rng.random(start[-1]) < (0.8 if number % 3 == 0 else 1.0)
    places = np.where(known[:, None], places, 0.0)
    loads = [0] * instructors
    for weight in sorted(weights, reverse=True):
        loads[loads.index(min(loads))] += weight
    whole = int(start[-1])
    sums = np.add.reduceat(places, start[:-1], axis=0)
    return (
        Blocks(
            responsible="unit",
            instructors=instructors,
            rows=np.arange(whole),
            start=start.astype(np.int64),
            placed=np.add.reduceat(known.astype(np.int64), start[:-1]),
            sums=sums,
            squares=np.add.reduceat((places**2).sum(axis=1), start[:-1]),
            least=min(whole // instructors, min(loads)),
            most=max(-(-whole // instructors), max(loads)),
            left=np.empty(0, np.int64),
        ),
        places,
        known,
    )


def plain_cost(blocks, places, known, owner):
    """Point by point: squared distances to the mean place."""
    total = 0.0
    each = np.repeat(owner, blocks.weights)
    for instructor in set(owner):
        own = places[(each == instructor) & known]
        if len(own):
            total += float(((own - own.mean(axis=0)) ** 2).sum())
    return total


def cheapest(blocks, places, known):
    """The least cost of all assignments within the limits."""
    best = np.inf
    for owner in product(range(blocks.instructors), repeat=len(blocks.weights)):
        loads = np.bincount(owner, blocks.weights, blocks.instructors)
        if blocks.least <= loads.min() and loads.max() <= blocks.most:
            best = min(best, plain_cost(blocks, places, known, owner))
    return best


@pytest.mark.parametrize("number", range(150))
def test_the_cost_is_the_least_and_no_bound_is_above_it(number):
    blocks, places, known = made_up(number)
    best = cheapest(blocks, places, known)
    found = solve(blocks)
    loads = np.bincount(found.owner, blocks.weights, blocks.instructors)
    assert blocks.least <= loads.min()
    assert loads.max() <= blocks.most
    assert found.cost == pytest.approx(plain_cost(blocks, places, known, found.owner), abs=1e-7)
    assert found.bound <= best + 1e-6
    assert _nearest(blocks) <= best + 1e-6
    assert found.cost == pytest.approx(best, abs=1e-6)


def test_exchanging_never_makes_it_dearer():
    for number in range(60):
        blocks, places, known = made_up(number)
        owner = np.argmin(
            [[abs(hash((number, block, own))) % 97 for own in range(blocks.instructors)] for block in
             range(len(blocks.weights))], axis=1,
        )  # fmt: skip
        loads = np.bincount(owner, blocks.weights, blocks.instructors)
        if blocks.least <= loads.min() and loads.max() <= blocks.most:
            assert cost_of(blocks, improve(blocks, owner)) <= plain_cost(blocks, places, known, owner) + 1e-9


def pairs_by_subsets(places, instructors):
    """The least cost of giving single organizations to so many instructors, one or two each: over all subsets."""

    @cache
    def least(left, free):
        if not left:
            return 0.0
        if free <= 0 or len(left) > 2 * free:
            return np.inf
        first, *others = left
        best = least(tuple(others), free - 1) if len(others) >= free - 1 else np.inf
        for other in others:
            rest = tuple(each for each in others if each != other)
            if len(rest) >= free - 1:
                best = min(best, float(((places[first] - places[other]) ** 2).sum()) / 2.0 + least(rest, free - 1))
        return best

    return least(tuple(range(len(places))), instructors)


@pytest.mark.parametrize("number", range(24))
def test_whoever_stands_for_one_or_two_is_assigned_by_proof(number):
    """Triangles of neighbours, of which a relaxation would make halves: the cost is the least, and proven so."""
    rng = np.random.default_rng(number)
    triangles = int(rng.integers(2, 5))
    places = (rng.integers(0, 9, (triangles, 1, 2)) * 10.0 + rng.normal(0, 0.3, (triangles, 3, 2))).reshape(-1, 2)
    count = len(places)
    instructors = int(rng.integers(-(-count // 2), count + 1))
    blocks = Blocks(
        responsible="unit", instructors=instructors, rows=np.arange(count), start=np.arange(count + 1),
        placed=np.ones(count, np.int64), sums=places, squares=(places**2).sum(axis=1),
        least=count // instructors, most=-(-count // instructors), left=np.empty(0, np.int64),
    )  # fmt: skip
    found = solve(blocks)
    assert found.cost == pytest.approx(pairs_by_subsets(places, instructors), abs=1e-6)
    assert found.bound == pytest.approx(found.cost, rel=1e-5, abs=1e-6)


def sets_by_subsets(places, instructors, least, most):
    """The least cost of so many sets of least to most places each: over all subsets."""
    count = len(places)
    sizes = [n for n in range(least, most + 1) if n]
    cost = {
        members: float(((places[list(members)] - places[list(members)].mean(axis=0)) ** 2).sum())
        for size in sizes for members in combinations(range(count), size)
    }  # fmt: skip

    @cache
    def cheapest_of(left, free):
        if not left:
            return 0.0 if least == 0 or free == 0 else np.inf
        if free == 0 or not least * free <= len(left) <= most * free:
            return np.inf
        first, *others = left
        best = np.inf
        for size in sizes:
            for rest in combinations(others, size - 1):
                taken = (first, *rest)
                then = tuple(each for each in left if each not in taken)
                best = min(best, cost[taken] + cheapest_of(then, free - 1))
        return best

    return cheapest_of(tuple(range(count)), instructors)


@pytest.mark.parametrize("number", range(40))
def test_whoever_stands_for_more_is_assigned_by_proof_too(number):
    """Clumps whose sizes do not go into loads: a relaxation leaves a gap, which the sets within it close."""
    rng = np.random.default_rng(1000 + number)
    clumps = rng.integers(0, 6, (int(rng.integers(2, 4)), 2)) * 5.0
    count = int(rng.integers(7, 12))
    places = clumps[rng.integers(0, len(clumps), count)] + rng.normal(0, 1.0, (count, 2))
    instructors = int(rng.integers(2, 4))
    blocks = Blocks(
        responsible="unit", instructors=instructors, rows=np.arange(count), start=np.arange(count + 1),
        placed=np.ones(count, np.int64), sums=places, squares=(places**2).sum(axis=1),
        least=count // instructors, most=-(-count // instructors), left=np.empty(0, np.int64),
    )  # fmt: skip
    found = solve(blocks)
    assert found.cost == pytest.approx(sets_by_subsets(places, instructors, blocks.least, blocks.most), abs=1e-6)
    assert found.bound == pytest.approx(found.cost, rel=1e-5, abs=1e-6)


def test_every_set_below_a_reduced_cost_is_listed():
    """None forgotten, none twice, none above: against all subsets."""
    for number in range(40):
        blocks, places, known = made_up(number)
        count = len(blocks.weights)
        rng = np.random.default_rng(number)
        duals, dual, below = rng.normal(1.0, 2.0, count), float(rng.normal()), float(rng.uniform(0, 4))
        wanted = set()
        for size in range(1, count + 1):
            for members in combinations(range(count), size):
                inside = np.isin(np.arange(count), members)
                points = known & np.repeat(inside, blocks.weights)
                own = places[points]
                cost = float(((own - own.mean(axis=0)) ** 2).sum()) if len(own) else 0.0
                reduced = cost - duals[inside].sum() - dual
                if blocks.least <= blocks.weights[inside].sum() <= blocks.most and abs(reduced - below) > 1e-9:
                    wanted |= {members} if reduced < below else set()
        listed = _within(blocks, duals, dual, below)
        assert listed is not None
        found = [tuple(int(each) for each in one) for one in listed]
        assert len(found) == len(set(found))
        assert set(found) == wanted
