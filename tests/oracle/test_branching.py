"""Branch and price against HiGHS on all groups there are."""

from __future__ import annotations

import os

import numpy as np
import pytest

from tests.oracle.grouping_instances import quick_city, rules
from workbench.grouping.models import (
    ProvenPrices,
    Solution,
    Tree,
    branching,
    choose_groups,
    columns_of,
    joined_columns,
    list_columns,
    slacks_of,
)
from workbench.grouping.models.columns import Columns, chosen_columns, without_duplicates
from workbench.grouping.problem import Core, build_problem, core_of, reduce_core
from workbench.grouping.search.by_hand import by_hand
from workbench.grouping.search.short_lists import within_gap
from workbench.grouping.tolerances import SOLVER_COST

#: Random towns of each kind; ``WORKBENCH_INSTANCES=3000 pytest …`` compares more.
INSTANCES = int(os.environ.get("WORKBENCH_INSTANCES", "16"))
NONE = np.zeros((0, 3), np.int64)
#: A town of several nodes.
DEEP = 3


def _core(rng: np.random.Generator) -> Core:
    """Some streets of a town on a grid: ties, shared points, hosts, a centre, some of two members, who must be in."""
    names = [f"u{k:02d}" for k in range(int(rng.integers(6, 12)))]
    side = int(rng.choice([2, 4, 40]))
    rows = [
        {
            "x": float(rng.integers(side)) * 4 / side, "y": float(rng.integers(side)) * 4 / side,
            "industry": f"i{rng.integers(3)}", "supervisor": f"s{rng.integers(2)}", "community": f"c{rng.integers(2)}",
            "full_members": int(rng.choice([1, 1, 2])), "has_branch": False, "host_capacity": 0, "street": "甲街道",
        }
        for _ in names
    ]  # fmt: skip
    for k in range(int(rng.integers(0, 3))):
        rows[k] |= {"has_branch": True, "full_members": 4, "host_capacity": int(rng.integers(1, 4))}
    said = rules(
        policy={"two_members": "joint"}, max_units=int(rng.integers(3, 7)),
        facilities=["peer", "host", "community"] if rng.random() < 0.8 else ["host", "community"],
        cannot_link=[[names[-1], names[-2]]] if rng.random() < 0.5 else [],
    )  # fmt: skip
    core = reduce_core(core_of(build_problem(quick_city(rows, names), said))[0]).core
    return core.with_must(np.arange(core.items) == 1) if rng.random() < 0.2 else core


def _few(every: Columns, rng: np.random.Generator, start: Columns) -> Columns:
    """Hardly any of all groups, and those of a known answer."""
    some = chosen_columns(every, np.flatnonzero(rng.random(len(every)) < rng.choice([0.0, 0.05, 0.5])))
    return joined_columns(some, start)


@pytest.mark.parametrize("rounds", [0, 2], ids=["branching alone", "cuts too"])
def test_the_best_of_all_groups_is_found_and_proven(rounds, monkeypatch):
    """The relaxation begins with next to nothing: what it lacks is priced, and who is missing, is missed."""
    monkeypatch.setattr(branching, "FIRST_ROUNDS", rounds)
    monkeypatch.setattr(branching, "ROUNDS", rounds)
    monkeypatch.setattr(branching, "ADDED", 5)
    monkeypatch.setattr(branching, "SHARED", 2)
    split = better = dived = sharpened = 0
    for seed in range(INSTANCES):
        rng = np.random.default_rng([seed, rounds])
        core = _core(rng)
        start = by_hand(core, rng.random(len(core.item)), "nearest", core.leads, core.lead < 0)
        if not core.allows(start):
            continue
        covered, known = core.total(start)
        at_least = covered - int(rng.integers(0, 2)) * int(covered > 1)
        every = list_columns(core, np.zeros(core.items), np.inf, 10**6)
        best = choose_groups(
            core, without_duplicates(core, joined_columns(every, columns_of(core, start))), at_least, start=None,
            looks=10**6, seed=0,
        )  # fmt: skip
        assert best.optimal
        least = core.total(best.chosen)[1]
        few = _few(every, rng, columns_of(core, start))
        told = []
        found = _searched(core, few, at_least, start,
                          tell=lambda cost, bound, told=told: told.append((cost, bound)) is None)  # fmt: skip
        assert found.optimal
        assert core.allows(found.chosen)
        assert core.total(found.chosen)[0] >= at_least
        off = SOLVER_COST * (1 + least)
        assert core.total(found.chosen)[1] == pytest.approx(min(known, least), abs=off)
        assert min(known, least) - 2 * off <= found.bound <= min(known, least) + off
        assert all(bound <= least + off <= cost + 2 * off for cost, bound in told)
        # Stopped early, or satisfied with less: the bound holds.
        early = _searched(core, few, at_least, start, solves=1 + seed % 9)
        rough = _searched(core, few, at_least, start, gap=0.05)
        for one in (early, rough):
            assert one.bound <= least + off <= core.total(one.chosen)[1] + 2 * off
        assert core.total(rough.chosen)[1] <= rough.bound * 1.05 + off
        # Sharpened first: its prices hold for all groups, and the search after it comes to the same.
        tree = Tree(core, few, at_least, NONE, start, 0.0, 10**6)
        sharpest = tree.sharpen(10**5, lambda *_: True)
        assert tree.sharpen(10**5, lambda *_: True) is None
        if sharpest is not None:
            sharpened += 1
            assert sharpest.bound <= least + off
            assert slacks_of(core, every, sharpest.duals).min() > -1e-6
            assert len(sharpest.share) == len(sharpest.columns)
            # The groups within the gap hold the best, and say that it is.
            listed = joined_columns(within_gap(core, sharpest, known, 10**6), columns_of(core, start))
            listed = without_duplicates(core, listed)
            priced = ProvenPrices(sharpest.duals, sharpest.bound)
            said = choose_groups(core, listed, at_least, start=start, looks=10**6, seed=0, priced=priced)
            assert said.optimal
            assert core.total(said.chosen)[1] == pytest.approx(min(known, least), abs=off)
            assert said.bound <= least + off
        assert tree.search(10**5, lambda *_: True).optimal
        assert tree.known == pytest.approx(min(known, least), abs=off)
        # A dive comes to an answer, and never to a worse one.
        tree = Tree(core, few, at_least, NONE, start, 0.0, 10**6)
        tree.dive(10**5, lambda *_: True)
        assert core.allows(tree.chosen)
        assert core.total(tree.chosen)[0] >= at_least
        assert least - 1e-6 <= core.total(tree.chosen)[1] == tree.known <= known
        dived += tree.known < known - 1e-6
        split += len(told) > 1
        better += least < known - 1e-6
    assert min(split, better, dived) >= INSTANCES // 8
    assert sharpened > 0


def test_a_tree_stops_where_it_is_told():
    core, start, _ = _deep()
    nodes, told = [], []
    for kept, on in ((nodes, True), (told, False)):
        _searched(core, columns_of(core, start), core.total(start)[0], start,
                  tell=lambda *pair, kept=kept, on=on: kept.append(pair) is None and on)  # fmt: skip
    assert len(nodes) > 1
    assert len(told) == 1


def test_a_tree_goes_on_where_it_was_stopped():
    """Wherever it is told to stop, in a node or in a piece: asked again, it comes to the same proof."""
    core, start, at_least = _deep()
    whole = Tree(core, columns_of(core, start), at_least, NONE, start, 0.0, 10**6).search(10**5, lambda *_: True)
    tree = Tree(core, columns_of(core, start), at_least, NONE, start, 0.0, 10**6)
    for stops in range(20):
        left = iter(range(2**stops))
        found = tree.search(10**5, lambda *_, left=left: next(left, -1) >= 0)
        assert found.bound <= core.total(whole.chosen)[1] + 1e-6
        if found.optimal:
            break
    assert found.optimal
    assert stops > 2
    assert core.total(found.chosen)[1] == pytest.approx(core.total(whole.chosen)[1])


def test_cuts_are_added_at_the_first_node_too(monkeypatch):
    """Where nothing is known of the bound yet."""
    core, start, at_least = _deep()
    cut = []
    monkeypatch.setattr(branching.SetPartitioning, "cut", lambda self, triples: cut.append(len(triples)))
    Tree(core, columns_of(core, start), at_least, NONE, start, 0.0, 10**6).search(1, lambda *_: True)
    assert sum(cut) > 0


def test_a_tree_that_gives_up_is_not_taken_for_a_proof(monkeypatch):
    core, start, at_least = _deep()
    monkeypatch.setattr(branching, "PRICINGS", 1)
    tree = Tree(core, columns_of(core, start), at_least, NONE, start, 0.0, 10**6)
    found = tree.search(10**5, lambda *_: True)
    assert tree.ended
    assert found.bound < tree.known
    assert not found.optimal


def _searched(core: Core, columns: Columns, at_least: int, start: np.ndarray, *, solves: int = 10**5, gap: float = 0.0,
              tell=lambda *_: True) -> Solution:  # fmt: skip
    return Tree(core, columns, at_least, NONE, start, gap, 10**6).search(solves, tell)


def _deep() -> tuple[Core, np.ndarray, int]:
    """A town whose relaxation is in part, so that its tree has several nodes; an answer, and what it covers."""
    rng = np.random.default_rng([DEEP, 0])
    core = _core(rng)
    start = by_hand(core, rng.random(len(core.item)), "nearest", core.leads, core.lead < 0)
    return core, start, core.total(start)[0]
