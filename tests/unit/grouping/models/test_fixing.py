"""Prices at which no group is below zero, and the pairings that groups of little slack hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.maps import instance
from workbench.grouping.models import (
    Cuts,
    Duals,
    columns_of,
    feasible_duals,
    list_columns,
    pairings_within,
    plain_duals,
    price_items,
)
from workbench.grouping.models.joining import best_completion
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
@pytest.mark.parametrize("policy", [{}, {"two_members": "joint"}])
def test_pairings_are_kept_that_a_group_of_little_slack_holds_and_no_others(family, policy):
    """Against a list of all groups of so little slack, with prices on cuts, fees and pairs that are kept apart."""
    rng = np.random.default_rng(5)
    core = _core(family, 40, 3, **policy)
    core = replace(core, conflicts=np.sort(rng.choice(core.items, (6, 2), replace=False), axis=1),
                   alike=np.arange(core.items))  # fmt: skip
    price = price_items(core, int(core.size.sum()), target=core.items * 1.0, rounds=60).price
    cuts = Cuts(np.sort(rng.permuted(np.tile(np.arange(core.items), (20, 1)), axis=1)[:, :3], axis=1), rng.random(20))
    duals = Duals(price, rng.random(core.facilities) * 0.2, 0.1, cuts)
    some = False
    for within in (0.0, 0.2, 0.6, 1.2):
        listed = list_columns(core, price, within, 10**6, fee=duals.fee, cuts=cuts)
        held = np.isin(core.facility * core.items + core.item, listed.facility[listed.group] * core.items + listed.item)
        assert pairings_within(core, duals, within).tolist() == held.tolist()
        some |= 0 < held.sum() < len(held)
    assert some


def test_who_is_in_already_does_not_join_again():
    """The best that can come of a pairing counts whoever is tried with it once, or little is dropped."""
    worth = np.array([-3.0, -2.0, -1.0])
    completed = best_completion.py_func
    assert completed(0.5, worth, np.arange(3), 3, 0, -1, 3, 0) == (-5.5, 3)
    assert completed(0.5, worth, np.arange(3), 3, 0, 1, 3, 0) == (-3.5, 2)
