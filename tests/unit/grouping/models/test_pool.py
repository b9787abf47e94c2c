"""Long lists: prices at which no group is below zero, and shortening that loses no better choice."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.maps import instance
from workbench.grouping.models import (
    choose_groups,
    columns_of,
    feasible_duals,
    joined_columns,
    list_columns,
    plain_duals,
    price_items,
    shorten,
    without_duplicates,
)
from workbench.grouping.models.compact import least_cost, most_covered
from workbench.grouping.models.set_partitioning import SetPartitioning
from workbench.grouping.problem import build_problem, core_of, parts_of, reduce_core

FAMILIES = ("dense", "dense, distances only", "dense, shared points", "clustered", "geocoded")


def _core(family, units, seed, **policy):
    register, scenario = instance(family, units, seed)
    if policy:
        register.loc[register.index[::3], "full_members"] += ~register["has_branch"][::3].to_numpy()
        scenario = scenario.replace({f"policy.{key}": value for key, value in policy.items()})
    core, _ = core_of(build_problem(register, scenario))
    return max(parts_of(reduce_core(core).core), key=lambda part: part.core.items).core


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("policy", [{}, {"two_members": "joint"}])
def test_at_feasible_prices_no_group_is_below_zero_and_the_bound_is_no_worse(family, policy):
    core = _core(family, 60, 3, **policy)
    everybody = int(core.size.sum())
    prices = price_items(core, everybody, target=core.items * 1.0, rounds=120)
    duals = feasible_duals(core, prices)
    below = list_columns(core, duals.price, -1e-9, 10**6, fee=duals.fee)
    assert len(below) == 0
    assert (
        len(
            list_columns(
                core, plain_duals(core, prices).price, -1e-9, 10**6, fee=np.full(core.facilities, -prices.bonus)
            )
        )
        > 0
    )
    begin = columns_of(core, np.full(core.items, -1, np.int64))
    bound = SetPartitioning(core, begin, everybody, {}).bound(duals)
    assert bound >= prices.bound - 1e-9


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(2))
def test_shortening_keeps_the_best_choice_and_bounds_it(family, seed):
    core = _core(family, 26, seed)
    covered = most_covered(core, start=None, work=10**6, seed=0)
    everybody = core.total(covered.chosen)[0]
    best = least_cost(core, everybody, start=covered.chosen, work=10**6, seed=0)
    assert best.optimal
    cost = core.total(best.chosen)[1]
    duals = feasible_duals(core, price_items(core, everybody, target=cost, rounds=100))
    known = cost * 1.01
    bound = SetPartitioning(core, columns_of(core, best.chosen), everybody, {}).bound(duals)
    listed = list_columns(core, duals.price, known - bound + 1e-9, 10**6, fee=duals.fee)
    listed = without_duplicates(core, joined_columns(listed, columns_of(core, best.chosen)))
    heard = []
    found = shorten(core, listed, everybody, triples=np.zeros((0, 3), np.int64), known=known, rounds=20,
                    tell=lambda bound: heard.append(bound) is None)  # fmt: skip
    assert bound - 1e-6 <= found.bound <= cost + 1e-6
    assert heard == sorted(heard)
    assert len(found.columns) <= len(listed)
    again = choose_groups(core, found.columns, everybody, start=None, looks=10**6, seed=0)
    assert core.total(again.chosen)[1] == pytest.approx(cost, abs=1e-6)
