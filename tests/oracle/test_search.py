"""The search for an allocation against enumeration, on made-up responses by the hundred: rising, falling, at random.

With the proof it finds the best allocation and the fewest instructors every time. Climbing alone, as on large cities,
misses the best in few of a hundred; what it says of bounds and of the best in expectation holds all the same.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from workbench.planning.allocation import search as search_module
from workbench.planning.allocation.branch_and_bound import MOST_ADDITIONS, foresight, prove, tractable
from workbench.planning.allocation.dynamic import best_of_sums
from workbench.planning.allocation.lagrangian import Priced
from workbench.planning.allocation.options import Options
from workbench.planning.allocation.search import Search

NUMBERS = range(300)


def made_up(number):
    """One to four pools with their limits; targets somewhere in between; in every third a condition on work."""
    rng = np.random.default_rng(number)
    responsible_units, replications = int(rng.integers(1, 5)), int(rng.integers(1, 40))
    least = rng.integers(0, 2, responsible_units)
    most = least + rng.integers(0, 5, responsible_units)
    branches, works = [], []
    for span in most - least + 1:
        lowest, highest = [(0, 4), (-1, 4), (0, 6)][rng.integers(0, 3)]
        steps = rng.integers(lowest, highest, (span, replications))
        branches.append(np.maximum(steps if highest == 6 else steps.cumsum(axis=0), 0))
        works.append(rng.integers(0, 4, (span, replications)).cumsum(axis=0))
    first = np.concatenate([[0], np.cumsum(most - least + 1)])[:-1]
    work = number % 3 == 0
    added = np.concatenate(branches).astype(np.int32)
    every = np.concatenate(works).astype(np.int32)
    worked = every if work else np.zeros((0, replications), np.int32)
    return Options(
        least=least.astype(np.int64),
        most=most.astype(np.int64),
        first=first.astype(np.int64),
        branches=added,
        works=worked,
        work_sums=every.sum(axis=1, dtype=np.int64),
        needed=int(added[first].sum(axis=0).mean() + added.max() * responsible_units * rng.random()),
        work_needed=int(worked.max() * responsible_units * rng.random()) if work else 0,
        work_wanted=int(np.ceil(replications * rng.random())) if work else 0,
    )


def every(options):
    """Worth by allocation: all there are."""
    ranges = [range(low, high + 1) for low, high in zip(options.least, options.most, strict=True)]
    return {each: options.worth(np.array(each, dtype=np.int64)) for each in product(*ranges)}


def within(worths, total):
    return {each: worth for each, worth in worths.items() if sum(each) <= total}


def level(options):
    """The same where most replications and allocations are equally good: what decides is work coverage."""
    return replace(options, branches=np.minimum(options.branches, 1), needed=min(options.needed, 2))


@pytest.mark.parametrize("made", [made_up, lambda number: level(made_up(number))], ids=["any", "level"])
def test_the_proof_ends_with_the_best_and_the_fewest(made):
    for number in NUMBERS:
        options = made(number)
        worths = every(options)
        total = int(np.random.default_rng(number).integers(options.floor, options.top + 1))
        found = Search(options, total).most(total)
        assert found.proven
        assert options.fits(found.chosen, total)
        assert found.worth == worths[tuple(found.chosen.tolist())]
        assert found.worth[:4] == max(within(worths, total).values())[:4], number

        wanted = 1 + number % options.replications
        fewest, reached = Search(options, options.top).fewest(wanted)
        enough = [
            sum(each) for each, worth in worths.items() if worth.work >= options.work_wanted and worth.reached >= wanted
        ]
        assert reached is bool(enough), number
        assert fewest.proven
        if reached:
            assert fewest.chosen.sum() == min(enough), number
            assert fewest.worth[:2] == max(within(worths, min(enough)).values())[:2]
        else:
            assert fewest.worth[:4] == max(worths.values())[:4]


def test_nobody_stays_at_home_who_could_be_sent_to_somebody():
    """Without any branch to be won, everybody whom work coverage needs is sent, and nobody else."""
    for number in NUMBERS[::10]:
        options = replace(made_up(number), work_wanted=0)
        options = replace(options, branches=np.zeros_like(options.branches), needed=1)
        found = Search(options, options.top).most(options.top)
        best = max(every(options).values())
        assert (found.worth.worked, found.worth.home) == (best.worked, best.home), number


def test_climbing_alone_nearly_does(monkeypatch):
    monkeypatch.setattr(search_module, "tractable", lambda *_: False)
    missed = 0
    for number in NUMBERS:
        options = made_up(number)
        found = Search(options, options.top).most(options.top)
        assert not found.proven
        best = max(every(options).values())
        assert found.worth <= best
        missed += found.worth[:4] < best[:4]
    assert missed <= 0.02 * len(NUMBERS)


def test_on_large_cities_fewer_starts_are_climbed_from_and_none_is_better(monkeypatch):
    monkeypatch.setattr(search_module, "tractable", lambda *_: False)
    monkeypatch.setattr(search_module, "LARGE_SWEEP", 0)
    missed = 0
    for number in NUMBERS[:100]:
        options = made_up(number)
        search = Search(options, options.top)
        found = search.most(options.top)
        assert found.worth >= max(map(options.worth, search._starts(options.top)))
        missed += found.worth[:4] < max(every(options).values())[:4]
    assert missed <= 10


@pytest.mark.parametrize("number", range(0, 300, 12))
def test_bounds_and_the_best_in_expectation_hold_for_every_total(number):
    options = made_up(number)
    worths, search = every(options), Search(options, options.top)
    ahead, priced = foresight(options, options.top), Priced.of(options)
    for total in range(options.floor, options.top + 1):
        possible = within(worths, total).values()
        reached = max(worth.reached for worth in possible)
        assert search.bounds[total] == ahead[total - options.floor] >= reached
        # Prices are a relaxation of the same: never below.
        assert priced.reached(options, total) >= ahead[total - options.floor]
        expected = max(worth.covered for worth in possible)
        assert search.optimum.at_most()[total] == expected
        # Of equally good ones the one with most work coverage, and of those the fewest instructors.
        equal = [(worth.worked, worth.home) for worth in possible if worth.covered == expected]
        best = worths[tuple(search.optimum.allocation(total).tolist())]
        assert (best.covered, best.worked, best.home) == (expected, *max(equal))
        assert search.by_total[total][0] <= max(possible)


def test_without_room_for_the_exact_bound_prices_give_one(monkeypatch):
    monkeypatch.setattr(search_module, "MOST_ADDITIONS", 0)
    options = made_up(7)
    bounds = Search(options, options.top).bounds
    assert (bounds[options.floor :] >= foresight(options, options.top)).all()
    assert (bounds[: options.floor] == -1).all()
    assert MOST_ADDITIONS > 0


def test_a_proof_given_up_is_none():
    options = made_up(11)
    start = Search(options, options.top).optimum.allocation(options.top)
    assert tractable(options, options.top)
    found = prove(options, start, options.top, most_work=0)
    assert not found.proven
    assert (found.chosen == start).all()


def test_any_values_are_programmed_exactly():
    """Also negative ones, and where the limits forbid most totals."""
    for number in range(40):
        options = made_up(number)
        values = np.random.default_rng(number).normal(size=len(options.branches))
        optimum = best_of_sums(options, values, options.top)
        for total in range(options.top + 1):
            exact = [
                values[options.rows(np.array(each, dtype=np.int64))].sum()
                for each in every(options)
                if sum(each) == total
            ]
            assert optimum.value[total] == (pytest.approx(max(exact)) if exact else -np.inf)
