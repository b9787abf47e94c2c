"""Choosing among few places for each against the best of all places."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from tests.oracle.grouping_instances import quick_city, rules
from workbench.grouping.models import least_cost
from workbench.grouping.patterns import choose_apart, few_costs, few_places, step_of
from workbench.grouping.patterns.by_type import TypeSearch
from workbench.grouping.patterns.item_types import item_types_of
from workbench.grouping.patterns.patterns import in_use
from workbench.grouping.problem import Core, build_problem, core_of, reduce_core
from workbench.grouping.search.by_hand import by_hand

#: Random cases; ``WORKBENCH_INSTANCES=2000 pytest …`` compares more.
INSTANCES = int(os.environ.get("WORKBENCH_INSTANCES", "24"))
#: An organization at the one address.
ALIKE = {"street": "甲街道", "community": "c0", "x": 0.0, "y": 0.0, "full_members": 1, "has_branch": False,
         "host_capacity": 0}  # fmt: skip


def _core(seed: int) -> Core:
    """One point: sorts that hardly repeat, hosts, some of two members, a pair that clashes, one that must be in."""
    rng = np.random.default_rng(seed)
    names = [f"u{k:02d}" for k in range(int(rng.integers(9, 13)))]
    rows = [
        ALIKE
        | {
            "street": rng.choice(["甲街道", "乙街道"]),
            "industry": f"i{rng.integers(5)}",
            "supervisor": f"s{rng.integers(4)}",
            "community": f"c{rng.integers(2)}",
            "full_members": int(rng.choice([1, 1, 2])),
        }
        for _ in names
    ]
    for k in range(2):
        rows[k] |= {"has_branch": bool(seed % 3), "full_members": 4 if seed % 3 else 1, "host_capacity": 2}
    said = rules(
        policy={"two_members": "joint"},
        cannot_link=[[names[-1], names[-2]]] if seed % 2 else [],
        w_industry=float(rng.choice([0.3, 0.37])),
    )
    core, _ = core_of(build_problem(quick_city(rows, names), said))
    core = reduce_core(core).core
    return core.with_must(np.arange(core.items) == 1) if seed % 5 == 0 else core


@pytest.mark.parametrize("seed", range(INSTANCES))
def test_few_places_give_a_legal_answer_and_a_bound_of_all(seed):
    core = _core(seed)
    assert few_costs(core)
    spare = seed % 2
    at_least = int(core.size.sum()) - spare
    best = least_cost(core, at_least, start=None, work=10**6, seed=0)
    # Down the list, whoever comes next: a dear answer, so that few places seldom hold the best.
    start = by_hand(core, np.zeros(len(core.item)), "nearest", core.leads, core.lead < 0)
    if best.chosen is None or core.total(start)[0] < at_least or not core.allows(start):
        return
    few = core.keep(few_places(core, start, 1 + seed % 3, seed))
    told = []
    found = choose_apart(
        core, few, at_least, start=start, looks=1000, seed=seed, gap=0.0, left=lambda: np.inf,
        watch=lambda cost, bound: told.append((cost, bound)) or True,
    )  # fmt: skip
    cost, least = core.total(found.chosen)[1], core.total(best.chosen)[1]
    assert core.allows(found.chosen)
    assert core.total(found.chosen)[0] >= at_least
    assert found.bound <= least + 1e-7 <= cost + 2e-7
    assert cost <= core.total(start)[1] + 1e-9
    assert all(bound <= least + 1e-7 <= before + 2e-7 for before, bound in told)


def test_groups_that_prices_say_cannot_save_are_the_best_of_their_items():
    passed = asked = 0
    for seed in range(max(16, INSTANCES // 3)):
        core, rng = _core(seed), np.random.default_rng(seed)
        start = by_hand(core, np.zeros(len(core.item)), "nearest", core.leads, core.lead < 0)
        everybody = int(core.size.sum())
        if core.total(start)[0] < everybody or not core.allows(start):
            continue
        chosen = least_cost(core, everybody, start=start, work=10**6, seed=0).chosen if seed % 2 else start
        types, names = item_types_of(core, apart=True)
        search = TypeSearch(types, 0, in_use(types, names, chosen), 0, 0.0, lambda: np.inf, None)
        assert search.root.tighten()
        slack, own = search.root.prices.slack(search.groups), np.unique(chosen)
        for _ in range(3):
            free = rng.random(len(own)) < 0.6
            asked += 1
            if not search.may_save(slack[free]):
                # Whoever stays, stays; what they use is too dear for the others.
                stay = ~np.isin(chosen, own[free])
                there = chosen[core.item] == core.facility
                same = np.where(stay[core.item], there, ~np.isin(core.facility, own[~free]))
                part = replace(core, cost=np.where(same, core.cost, core.cost + 100.0))
                least = least_cost(part, everybody, start=None, work=10**6, seed=0).chosen
                assert core.total(least)[1] == pytest.approx(core.total(chosen)[1])
                passed += 1
    assert 0 < passed < asked


#: What industry, supervisor and a peer's opening weigh: without industries all costs are multiples of a larger step.
WEIGHTS = ((0.7, 0.4, 0.4), (0.5, 0.2, 0.2), (0.3, 0.2, 0.4), (0.5, 0.4, 0.8), (0.3, 0.4, 1.2))


@pytest.mark.parametrize("seed", [3747, 3780, 3835, 3900, 3915, 3990])
def test_the_bound_knows_costs_that_few_places_have_not(seed):
    """The few cost multiples of a larger step, and the best answer costs none: rounding up to one would be wrong."""
    rng = np.random.default_rng(seed)
    names = [f"u{k:02d}" for k in range(int(rng.integers(9, 14)))]
    industries, supervisors = int(rng.integers(1, 4)), int(rng.integers(2, 7))
    rows = [
        ALIKE | {"industry": f"i{rng.integers(industries)}", "supervisor": f"s{rng.integers(supervisors)}"}
        for _ in names
    ]
    industry, step, opening = WEIGHTS[seed % 5]
    said = rules(
        policy={"two_members": "joint"}, max_units=int(rng.integers(3, 7)), w_industry=industry, w_supervisor=step,
        open_peer=opening, open_community=9.6,
    )  # fmt: skip
    core = reduce_core(core_of(build_problem(quick_city(rows, names), said))[0]).core
    everybody = int(core.size.sum())
    times = core.cost / step
    even = core.keep((np.abs(times - np.rint(times)) < 1e-9) | core.leads)
    start = least_cost(even, everybody, start=None, work=10**6, seed=0).chosen
    least = core.total(least_cost(core, everybody, start=None, work=10**6, seed=0).chosen)[1]
    assert abs(least / step - round(least / step)) > 1e-3
    coarser = 0
    for places in (3, 4, 5, 6):
        few = core.keep(few_places(core, start, places, seed))
        coarser += step_of(np.concatenate([few.opening, few.cost])) > step_of(np.concatenate([core.opening, core.cost]))
        found = choose_apart(
            core, few, everybody, start=start, looks=100, seed=seed, gap=0.0, left=lambda: np.inf,
            watch=lambda cost, bound: bound <= least + 1e-7,
        )  # fmt: skip
        assert found.bound <= least + 1e-7
    assert coarser


def test_few_places_keep_the_cheapest_and_what_is_in_use():
    core = _core(4)
    start = least_cost(core, int(core.size.sum()), start=None, work=10**6, seed=0).chosen
    for places in (3, 5):
        keep = few_places(core, start, places, 0)
        assert keep[core.leads].all()
        assert keep[core.arcs_of(start)].all()
        unled = core.lead[core.facility] < 0
        for item in range(core.items):
            for kind, most in ((unled, places - 2), (~unled, places)):
                own = np.flatnonzero((core.item == item) & kind)
                assert keep[own].sum() >= min(most, len(own))
                dear = core.cost[own[keep[own]]].max(initial=0.0)
                forced = core.leads[own] | np.isin(own, core.arcs_of(start))
                assert (core.cost[own[~keep[own]]] >= core.cost[own[keep[own] & ~forced]].max(initial=0.0)).all(), dear
