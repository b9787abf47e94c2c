"""The tree over a long list against HiGHS on the same list."""

from __future__ import annotations

import os

import numpy as np
import pytest

from tests.oracle.grouping_instances import quick_city, rules
from workbench.grouping.models import branch, branching, choose_groups, columns_of, joined_columns, list_columns
from workbench.grouping.models.columns import Columns, chosen_columns, without_duplicates
from workbench.grouping.problem import Core, Ints, build_problem, core_of, reduce_core
from workbench.grouping.search.by_hand import by_hand

#: Random lists of each kind; ``WORKBENCH_INSTANCES=3000 pytest …`` compares more.
INSTANCES = int(os.environ.get("WORKBENCH_INSTANCES", "16"))
NONE = np.zeros((0, 3), np.int64)


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


def _list(core: Core, rng: np.random.Generator, start: Ints) -> Columns:
    """Some of all groups in any order, those of a known answer among them; slack as it would be at some prices."""
    every = list_columns(core, np.zeros(core.items), np.inf, 10**6)
    some = chosen_columns(every, np.flatnonzero(rng.random(len(every)) < rng.choice([0.1, 0.5, 1.0])))
    listed = without_duplicates(core, joined_columns(some, columns_of(core, start)))
    return Columns(listed.start, listed.item, listed.facility, listed.cost, rng.random(len(listed)))


@pytest.mark.parametrize("rounds", [0, 2], ids=["branching alone", "cuts too"])
def test_the_best_of_a_list_is_found_and_proven(rounds, monkeypatch):
    """The relaxation begins with next to nothing: what it lacks is priced, and who is missing, is missed."""
    monkeypatch.setattr(branching, "FIRST", 3)
    monkeypatch.setattr(branching, "EACH", 0)
    monkeypatch.setattr(branching, "FIRST_ROUNDS", rounds)
    monkeypatch.setattr(branching, "ROUNDS", rounds)
    split = better = 0
    for seed in range(INSTANCES):
        rng = np.random.default_rng([seed, rounds])
        core = _core(rng)
        start = by_hand(core, rng.random(len(core.item)), "nearest", core.leads, core.lead < 0)
        if not core.allows(start):
            continue
        covered, known = core.total(start)
        at_least, listed = covered - int(rng.integers(0, 2)) * int(covered > 1), _list(core, rng, start)
        best = choose_groups(core, listed, at_least, start=None, looks=10**6, seed=0)
        assert best.optimal
        least = core.total(best.chosen)[1]
        told = []
        found = branch(core, listed, at_least, start=start, triples=NONE, nodes=10**4,
                       tell=lambda cost, bound, told=told: told.append((cost, bound)) is None)  # fmt: skip
        assert found.optimal
        assert core.allows(found.chosen)
        assert core.total(found.chosen)[0] >= at_least
        assert core.total(found.chosen)[1] == pytest.approx(min(known, least), abs=1e-6)
        assert found.bound == pytest.approx(min(known, least), abs=1e-6)
        assert all(bound <= least + 1e-6 <= cost + 2e-6 for cost, bound in told)
        assert told == sorted(told, key=lambda pair: (-pair[0], pair[1]))
        # Stopped early, or satisfied with less: the bound holds.
        early = branch(core, listed, at_least, start=start, triples=NONE, nodes=1 + seed % 3, tell=lambda *_: True)
        rough = branch(core, listed, at_least, start=start, triples=NONE, nodes=10**4, gap=0.05, tell=lambda *_: True)
        # Below what is enough nothing is missed; what lies above it may be.
        enough = float(rng.uniform(0.8, 1.0)) * known
        some = branch(
            core, listed, at_least, start=start, triples=NONE, nodes=10**4, enough=enough, tell=lambda *_: True
        )
        assert some.bound == pytest.approx(min(enough, least), abs=1e-5)
        for one in (early, rough, some):
            assert one.bound <= least + 1e-6 <= core.total(one.chosen)[1] + 2e-6
        assert core.total(rough.chosen)[1] <= rough.bound * 1.05 + 1e-6
        split += found.work > 1
        better += least < known - 1e-6
    assert min(split, better) >= INSTANCES // 8


def test_a_tree_stops_where_it_is_told():
    rng = np.random.default_rng(5)
    core = _core(rng)
    start = by_hand(core, rng.random(len(core.item)), "nearest", core.leads, core.lead < 0)
    found = branch(core, _list(core, rng, start), core.total(start)[0], start=start, triples=NONE, nodes=9,
                   tell=lambda *_: False)  # fmt: skip
    assert found.work == 1
