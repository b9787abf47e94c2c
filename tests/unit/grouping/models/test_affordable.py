"""Groups are found among the pairings that they can hold as among all, and in the same order."""

from __future__ import annotations

import os
from itertools import combinations

import numpy as np
import pytest

from workbench.grouping.models import columns, fixing
from workbench.grouping.models.affordable import affordable
from workbench.grouping.models.columns import Columns
from workbench.grouping.models.disjunctions import Cuts, Disjunction, features_of
from workbench.grouping.models.set_partitioning import Duals, slacks_of
from workbench.grouping.problem import Core

#: Random facilities; ``WORKBENCH_INSTANCES=20000 pytest …`` compares more.
CASES = int(os.environ.get("WORKBENCH_INSTANCES", "300"))


def _core(rng):
    """Some facilities, led or not, that want several members and have little room, and items of one unit or more."""
    items, facilities = int(rng.integers(3, 9)), int(rng.integers(1, 4))
    pairs = np.argwhere(rng.random((facilities, items)) < 0.8)
    lead = np.where(rng.random(facilities) < 0.7, rng.integers(0, items, facilities), -1)
    alike = np.arange(items)
    if rng.random() < 0.5:
        alike[rng.choice(items, 3, replace=False)] = 0
    conflicts = np.array(list(combinations(range(items), 2)))
    counts = np.bincount(pairs[:, 0], minlength=facilities)
    # A few steps of cost, so that many are equal.
    return Core(
        size=rng.choice([1, 1, 1, 2, 3], items), members=rng.choice([1, 1, 2, 3], items), must=np.zeros(items, bool),
        opening=rng.integers(0, 5, facilities) / 8, capacity=rng.integers(1, 8, facilities),
        need=rng.integers(0, 7, facilities), lead=lead, start=np.concatenate([[0], np.cumsum(counts)]),
        item=np.ascontiguousarray(pairs[:, 1]), facility=np.ascontiguousarray(pairs[:, 0]),
        cost=rng.integers(0, 9, len(pairs)) / rng.choice([8, 7]),
        conflicts=conflicts[rng.random(len(conflicts)) < rng.choice([0.0, 0.2])], alike=alike, place=np.arange(items),
    )  # fmt: skip


def _triples(core, rng, count):
    drawn = np.array([rng.choice(core.items, 3, replace=False) for _ in range(count)], np.int64).reshape(-1, 3)
    return np.sort(drawn, axis=1)


def _duals(core, rng):
    """Prices on all that there is."""
    told = []
    for _ in range(int(rng.integers(0, 3))):
        some = np.flatnonzero(rng.random(len(core.item)) < 0.6)
        leaves = int(rng.integers(1, 4))
        told.append((Disjunction(core.facility[some] * core.items + core.item[some],
                                 rng.normal(0, 0.3, (len(some), leaves)), _triples(core, rng, 2),
                                 rng.random((2, leaves)) * 0.2, shared := np.flatnonzero(core.lead < 0),
                                 rng.random((len(shared), leaves)) * 0.2, 0.0), float(rng.random())))  # fmt: skip
    count = int(rng.integers(0, 4))
    cuts = Cuts(_triples(core, rng, count), rng.random(count))
    return Duals(rng.normal(0.5, 0.7, core.items), np.zeros(core.facilities), float(rng.random() * 0.2), cuts,
                 rng.normal(0, 0.2, core.facilities), disjunctions=tuple(told))  # fmt: skip


def _everything(core, worth, fee, within):
    """What was searched among before there was a choice."""
    return core.start, np.lexsort((worth, core.facility))


def _listed(core, duals, within, most=10**5, best=0):
    return columns.list_columns(core, duals.price, within, most, fee=duals.fee, cuts=duals.cuts,
                                disjunctions=duals.disjunctions, best=best)  # fmt: skip


def _found(core, duals, within):
    """All that is searched for: slacks are rounded, as they are summed on the way there."""
    told = [fixing.pairings_within(core, duals, within).tolist()]
    for asked in ({}, {"best": 1}, {"best": 3}, {"most": 5}):
        listed = _listed(core, duals, within, **asked)
        told += ["too many"] if listed is None else [
            listed.facility.tolist(), listed.start.tolist(), listed.item.tolist(), listed.slack.round(9).tolist()
        ]  # fmt: skip
    return told


def test_nothing_is_missed_and_nothing_else_is_found(monkeypatch):
    looked_at, there, most = 0, 0, 0
    for seed in range(CASES):
        rng = np.random.default_rng([seed, 3])
        core = _core(rng)
        duals = _duals(core, rng)
        every = _listed(core, duals, np.inf)
        # Also just what some group has.
        limits = [float(rng.normal(0, 1)), *(rng.choice(every.slack, 2) + 1e-12 if len(every) else ())]
        for within in limits:
            found = _found(core, duals, within)
            with monkeypatch.context() as before:
                before.setattr(columns, "affordable", _everything)
                before.setattr(fixing, "affordable", _everything)
                assert found == _found(core, duals, within)
            worth = core.cost - duals.price[core.item] - features_of(core, duals.cuts, duals.disjunctions).hoped
            looked_at, there = looked_at + len(affordable(core, worth, duals.fee, within)[1]), there + len(worth)
        most = max(most, len(every))
    assert looked_at < 0.75 * there
    assert most > 50


def test_all_groups_of_so_little_slack_are_listed():
    """Against all sets of items, whoever leads."""
    many = 0
    for seed in range(CASES // 4):
        rng = np.random.default_rng([seed, 4])
        core = _core(rng)
        core.alike[:] = np.arange(core.items)
        duals = _duals(core, rng)
        apart = {tuple(pair) for pair in core.conflicts.tolist()}
        groups, costs = [], []
        for f in range(core.facilities):
            arcs = range(core.start[f], core.start[f + 1])
            for size in range(1, len(arcs) + 1):
                for some in combinations(arcs, size):
                    inside = core.item[list(some)]
                    led = core.lead[f] < 0 or core.lead[f] in inside
                    full = core.size[inside].sum() > core.capacity[f] or core.members[inside].sum() < core.need[f]
                    if led and not full and not apart & set(combinations(inside.tolist(), 2)):
                        groups.append((f, *inside.tolist()))
                        costs.append(core.opening[f] + core.cost[list(some)].sum())
        if not groups:
            continue
        start = np.cumsum([0, *(len(group) - 1 for group in groups)])
        every = Columns(start, np.concatenate([group[1:] for group in groups]), np.array([f for f, *_ in groups]),
                        np.array(costs), np.zeros(len(groups)))  # fmt: skip
        slack = slacks_of(core, every, duals)
        within = float(np.quantile(slack, rng.random())) + 1e-7
        told = _listed(core, duals, within)
        found = {(int(f), *told.item[a:b].tolist()): (c, s) for f, a, b, c, s in
                 zip(told.facility, told.start, told.start[1:], told.cost, told.slack, strict=False)}  # fmt: skip
        wanted = {group: (c, s) for group, c, s in zip(groups, costs, slack, strict=True) if s <= within}
        assert found.keys() == wanted.keys()
        assert all(found[group] == pytest.approx(wanted[group]) for group in found)
        held = {(f, i) for f, *group in wanted for i in group}
        kept = fixing.pairings_within(core, duals, within)
        assert {(int(core.facility[arc]), int(core.item[arc])) for arc in np.flatnonzero(kept)} == held
        many += len(found)
    assert many > CASES // 4
