"""What proofs rest on: prices bound from below, groups are listed completely, broken cuts are found."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from benchmarks.maps import instance
from tests.oracle.grouping_instances import rules
from workbench.grouping import group
from workbench.grouping.models import ProvenPrices, choose_groups, most_covered, set_partitioning
from workbench.grouping.models.basis import Basis, tried
from workbench.grouping.models.columns import (
    Columns,
    chosen_columns,
    columns_of,
    in_turn,
    joined_columns,
    list_columns,
    positions_in,
    without_duplicates,
)
from workbench.grouping.models.cuts import tighten
from workbench.grouping.models.disjunctions import Cuts
from workbench.grouping.models.lagrangian import least_groups, price_items
from workbench.grouping.models.set_partitioning import SetPartitioning
from workbench.grouping.models.subset_rows import broken_triples, groups_with_two
from workbench.grouping.problem.build import build_problem
from workbench.grouping.problem.core import core_of, parts_of
from workbench.grouping.problem.reduce import reduce_core
from workbench.inputs import make_city


def _largest_part(seed, **policy):
    core, _ = core_of(build_problem(make_city(260, 5, seed=seed), rules(policy=policy)))
    parts = parts_of(reduce_core(core).core)
    return max(parts, key=lambda part: part.core.items).core


def _best(core):
    """The whole part's optimum, by the compact model."""
    from workbench.grouping.models.compact import least_cost, most_covered

    covered = most_covered(core, start=None, work=10**6, seed=0)
    least = core.total(covered.chosen)[0]
    found = least_cost(core, least, start=covered.chosen, work=10**6, seed=0)
    return least, core.total(found.chosen)[1], found.chosen


@pytest.mark.parametrize(("seed", "policy"), [(0, {}), (1, {"two_members": "joint"}), (2, {"two_members": "joint"})])
def test_prices_and_cuts_bound_from_below(seed, policy):
    core = _largest_part(seed, **policy)
    covered, cost, chosen = _best(core)
    bounds = [price_items(core, covered, target=cost, rounds=rounds).bound for rounds in (1, 30, 400)]
    assert max(bounds) <= cost + 1e-9
    assert bounds[-1] > 0.9 * cost
    prices = price_items(core, covered, target=cost, rounds=400)
    pool = joined_columns(list_columns(core, prices.price, 0.5, 10**5), columns_of(core, chosen))
    heard = []
    found = tighten(
        core,
        without_duplicates(core, pool),
        covered,
        target=cost,
        rounds=20,
        most=10**5,
        tell=lambda bound: heard.append(bound) is None,
    )
    assert prices.bound - 1e-3 <= found.bound <= cost + 1e-9
    assert heard == sorted(heard)


@pytest.mark.parametrize(("seed", "policy"), [(1, {}), (2, {"two_members": "joint"}), (4, {})])
def test_what_is_priced_is_chosen_from_without_its_relaxation(seed, policy, monkeypatch):
    """With the same answer and proof, also where a known answer uses groups of much slack."""
    core = _largest_part(seed, **policy)
    covered, cost, chosen = _best(core)
    dear = most_covered(core, start=None, work=10**6, seed=1).chosen
    prices = price_items(core, covered, target=cost, rounds=400)
    some = joined_columns(list_columns(core, prices.price, 0.5, 10**5), columns_of(core, chosen))
    proof = tighten(core, without_duplicates(core, some), covered, target=cost, rounds=20, most=10**5,
                    tell=lambda bound: True)  # fmt: skip
    duals, relaxed, solve = proof.duals, [], SetPartitioning.relaxed
    monkeypatch.setattr(SetPartitioning, "relaxed", lambda self: relaxed.append(len(self.columns)) or solve(self))
    monkeypatch.setattr(set_partitioning, "FIRST_CHOICE", -core.items)
    for start in (None, dear, chosen):
        listed = list_columns(core, duals.price, cost - proof.bound + 1e-6, 10**6, fee=duals.fee, cuts=duals.cuts)
        listed = listed if start is None else joined_columns(listed, columns_of(core, start))
        for priced in (None, ProvenPrices(duals, proof.bound)):
            relaxed.clear()
            found = choose_groups(core, without_duplicates(core, listed), covered, start=start, looks=10**6, seed=0,
                                  triples=duals.cuts.triples, priced=priced)  # fmt: skip
            assert bool(relaxed) == (priced is None)
            assert found.optimal
            assert core.allows(found.chosen)
            assert core.total(found.chosen) == (covered, pytest.approx(cost))
            assert proof.bound - 1e-9 <= found.bound <= cost + 1e-6
    assert core.total(dear)[1] > cost + 0.1


def test_every_group_within_a_slack_is_listed():
    core = _largest_part(3, two_members="joint")
    prices = price_items(core, int(core.size.sum()), target=core.items * 1.0, rounds=300)
    triples = np.array([[0, 1, 2], [1, 2, 3], [2, 3, 4]])
    cuts = Cuts(triples, np.array([0.3, 0.1, 0.2]))
    within = 0.4
    listed = list_columns(core, prices.price, within, 10**6, cuts=cuts)
    seen = {
        (int(f), *map(int, listed.item[a:b]))
        for f, a, b in zip(listed.facility, listed.start, listed.start[1:], strict=False)
    }
    assert len(seen) == len(listed)
    wanted = set()
    for f in range(core.facilities):
        arcs = {
            int(i): c
            for i, c in zip(
                core.item[core.start[f] : core.start[f + 1]], core.cost[core.start[f] : core.start[f + 1]], strict=True
            )
        }
        # Far from their price, items cannot be in a cheap group: few are left to try.
        near = [i for i in arcs if arcs[i] - prices.price[i] < 1.2 or i == core.lead[f]]
        for count in range(1, int(min(core.capacity[f], 4)) + 1):
            for inside in combinations(sorted(near), count):
                if core.lead[f] >= 0 and core.lead[f] not in inside:
                    continue
                chosen = list(inside)
                if core.members[chosen].sum() < core.need[f] or core.size[chosen].sum() > core.capacity[f]:
                    continue
                slack = core.opening[f] + sum(arcs[i] - prices.price[i] for i in inside)
                slack += sum(p for t, p in zip(triples, cuts.price, strict=True) if len(set(t) & set(inside)) >= 2)
                if slack <= within - 1e-9:
                    wanted.add((f, *inside))
    assert wanted
    assert wanted <= seen
    assert {group for group in seen if len(group) <= 5} - wanted == {
        group for group in seen - wanted if len(group) <= 5
    }


@pytest.mark.parametrize("best", [1, 2, 4])
def test_of_each_facility_its_best_are_listed(best):
    core = _largest_part(4)
    price = price_items(core, int(core.size.sum()), target=core.items * 1.0, rounds=200).price
    everything = list_columns(core, price, 1.0, 10**6)
    some = list_columns(core, price, 1.0, 10**6, best=best)
    for f in np.unique(everything.facility):
        least = np.sort(everything.slack[everything.facility == f])[:best]
        assert np.sort(some.slack[some.facility == f])[:best] == pytest.approx(least)
    assert len(some) < len(everything)
    assert (positions_in(everything, some) >= 0).all()
    assert list_columns(core, price, 1.0, 3) is None


def test_groups_are_added_when_it_is_the_turn_of_all_their_items():
    rng = np.random.default_rng(3)
    for _ in range(100):
        length = rng.integers(1, 5, int(rng.integers(1, 40)))
        groups = [np.sort(rng.choice(9, size, replace=False)) for size in length]
        count = len(groups)
        some = Columns(np.concatenate([[0], np.cumsum(length)]), np.concatenate(groups), np.zeros(count, np.int64),
                       np.arange(count) / 1.0, -rng.integers(1, 9, count) / 4)  # fmt: skip
        order = np.argsort(some.slack, kind="stable").tolist()
        before, turn = [0] * 9, {}
        for k in order:
            turn[k] = max(before[i] for i in groups[k])
            for i in groups[k]:
                before[i] += 1
        few = int(rng.integers(1, 45))
        wanted = sorted(sorted(order, key=turn.__getitem__)[:few])
        found = in_turn(some, few)
        assert found.cost.tolist() == [float(k) for k in wanted]
        assert found.slack.min() == some.slack.min()


def test_triples_are_found_as_by_hand():
    groups = [[0, 1], [1, 2], [0, 2], [0, 1, 3], [2, 3, 4], [3, 4], [4, 5, 6], [3, 5, 6], [5, 6, 7, 8], [4, 7]]
    share = np.array([0.4, 0.45, 0.45, 0.1, 0.08, 0.35, 0.45, 0.35, 0.1, 0.05])
    start = np.cumsum([0] + [len(g) for g in groups])
    item = np.concatenate(groups).astype(np.int64)
    triples = np.array(list(combinations(range(9), 3)))
    held = {
        t: sum(s for g, s in zip(groups, share, strict=True) if len(set(g) & set(t)) >= 2)
        for t in map(tuple, triples.tolist())
    }
    found, amount = broken_triples(start, item, share, 9)
    told = {tuple(t): a for t, a in zip(found.tolist(), amount, strict=True)}
    assert 0 < len(told) == len(found)
    assert told == pytest.approx({t: value - 1 for t, value in held.items() if value > 1 + 1e-4})
    pairs = {tuple(p) for p in groups_with_two(start, item, triples, 9).tolist()}
    assert pairs == {
        (c, g)
        for c, t in enumerate(triples.tolist())
        for g, inside in enumerate(groups)
        if len(set(inside) & set(t)) >= 2
    }


def test_of_the_same_items_the_cheapest_leader_is_kept():
    core = _largest_part(0)
    lead = np.flatnonzero(core.lead >= 0)[:2]
    items = np.array([0, 1, 2, 0, 1, 2], np.int64)
    twice = Columns(np.array([0, 3, 6]), items, lead.astype(np.int64), np.array([2.0, 1.5]), np.zeros(2))
    kept = without_duplicates(core, twice)
    assert kept.facility.tolist() == [lead[1]]


def test_a_relaxation_begins_where_another_ended():
    """With the same answer, in fewer steps."""
    core, listed, covered = _listed(300)
    rng = np.random.default_rng(0)
    cold = SetPartitioning(core, listed, covered, {"solver": "simplex"})
    _, share = cold.relaxed()
    cold.cut(triples := cold.broken(share, 20))
    duals, share = cold.relaxed()
    steps = []
    # As many groups as there were, and some others among them in another order.
    other = chosen_columns(listed, rng.permutation(len(listed)))
    at = positions_in(listed, other)
    assert all(_same(other, k, listed, int(at[k])) for k in range(0, len(other), 7))
    for shares in (np.zeros(len(other)), share[at], rng.random(len(other))):
        warm = SetPartitioning(core, other, covered, {"solver": "simplex"})
        warm.cut(triples)
        warm.begin_at(shares, duals.cuts.price)
        warm.relaxed()
        assert warm.objective == pytest.approx(cold.objective, abs=1e-7)
        steps.append(warm.solver.getInfo().simplex_iteration_count)
    assert steps[1] < 0.7 * steps[0]


def test_a_relaxation_goes_back_to_where_it_was():
    """Past groups and cuts that have come since; and a few steps from there tell no more than all of them."""
    core, listed, covered = _listed(300)
    first, others = (np.flatnonzero(np.arange(len(listed)) % 3 == 0), np.flatnonzero(np.arange(len(listed)) % 3 > 0))
    model = SetPartitioning(core, chosen_columns(listed, first), covered, {"solver": "simplex"}, missing=10.0)
    nobody = np.zeros(0, np.int64)
    _, share = model.relaxed()
    before, basis, steps = model.objective, Basis.of(model.solver), model.solver.getInfo().simplex_iteration_count
    model.cut(model.broken(share, 5))
    model.add(chosen_columns(listed, others))
    model.relaxed()
    there = np.arange(len(listed)) < len(first)
    # The same groups, and the cuts that it breaks; then without one of those in use.
    for allowed in (there, there & (np.arange(len(listed)) != int(np.argmax(share)))):
        model.allow(allowed, nobody)
        after = []
        for most in (0, 3, 10**6):
            basis.restore(model.solver)
            after.append(tried(model.solver, most))
        assert before - 1e-7 <= after[0] <= after[1] + 1e-7 <= after[2] + 2e-7
        assert model.solver.getInfo().simplex_iteration_count < 0.3 * steps
        model.solver.clearSolver()
        model.relaxed()
        assert after[2] == pytest.approx(model.objective, abs=1e-7)
        assert model.solver.getInfo().simplex_iteration_count > 0.5 * steps
    assert after[2] > before + 1e-4


def _listed(units):
    """A part of a map, its groups of little slack, and how many it covers."""
    problem = build_problem(*instance("uniform", units))
    core = max(parts_of(reduce_core(core_of(problem)[0]).core), key=lambda part: part.core.items).core
    covered = int(core.size.sum())
    prices = price_items(core, covered, target=core.items * 0.7, rounds=400)
    return core, without_duplicates(core, list_columns(core, prices.price, 0.2, 10**5)), covered


def _same(some, k, others, j):
    """Whether a group is the other: its facility and its items."""
    return (
        j >= 0
        and some.facility[k] == others.facility[j]
        and np.array_equal(
            some.item[some.start[k] : some.start[k + 1]], others.item[others.start[j] : others.start[j + 1]]
        )
    )


def test_groups_that_others_do_not_hold_stand_nowhere():
    core = _largest_part(3)
    listed = list_columns(core, np.zeros(core.items), np.inf, 10**5)
    half = chosen_columns(listed, np.arange(0, len(listed), 2))
    at = positions_in(half, listed)
    assert (at[::2] == np.arange(len(half))).all()
    assert (at[1::2] == -1).all()
    none = chosen_columns(listed, np.zeros(0, np.int64))
    assert len(positions_in(half, none)) == len(positions_in(none, none)) == 0
    assert (positions_in(none, half) == -1).all()


def test_the_fewest_groups_that_can_hold_so_many():
    core = _largest_part(0)
    assert least_groups(core, 0) == 0
    assert least_groups(core, 1) == 1
    assert least_groups(core, int(core.size.sum())) * core.capacity.max() >= core.size.sum()


def test_a_gap_asked_for_is_reached_and_said():
    register = make_city(900, 10, seed=4)
    grouping = group(register, rules(policy={"two_members": "joint"}, max_distance_km=5), gap=0.05)
    assert grouping.status in ("within_gap", "optimal")
    assert grouping.gap <= 0.05
