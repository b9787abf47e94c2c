"""The way that large parts go, on small towns: who is left out is brought in, or proven to be left out."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracle.test_grouping_milp import _milp, _town
from workbench.grouping import group
from workbench.grouping.problem.build import build_problem
from workbench.grouping.problem.core import core_of, parts_of
from workbench.grouping.problem.reduce import reduce_core
from workbench.grouping.search import component as search
from workbench.grouping.search import neighbourhoods
from workbench.grouping.search import uncovered as leftover


@pytest.fixture
def as_if_large(monkeypatch):
    """No compact model of a whole part, neighbourhoods in the smallest, and little to be seen around those left out."""
    monkeypatch.setattr(search, "COMPACT_ARCS", 0)
    monkeypatch.setattr(search, "ONE_LIST_ITEMS", 1)
    monkeypatch.setattr(neighbourhoods, "ITEMS", 12)
    monkeypatch.setattr(neighbourhoods, "CLOSE", 6)
    monkeypatch.setattr(leftover, "ITEMS_AROUND", 8)


def _sparse(seed: int):
    """A town in which some find no group."""
    register, scenario = _town(seed, 12 + seed % 9)
    register[["x", "y"]] *= 1.6
    if scenario.grouping.must_link:
        register.loc[["u00", "u01"], "full_members"] = 1
    return register, scenario


@pytest.mark.parametrize("batch", range(6))
def test_bounds_hold_and_nearly_everybody_is_brought_in(as_if_large, batch):
    short = loose = 0
    for seed in range(200 + 10 * batch, 210 + 10 * batch):
        register, scenario = _sparse(seed)
        covered, cost = _milp(register, scenario)
        grouping = group(register, scenario)
        assert grouping.covered <= covered <= grouping.covered_bound
        if grouping.covered == covered:
            assert grouping.cost_bound <= cost + 1e-5
            assert grouping.cost >= cost - 1e-5
        assert grouping.check(register, scenario).ok
        short += covered - grouping.covered
        loose += grouping.covered_bound - covered
    # Of some 120 units; what a bound of this kind cannot see is seldom more than a unit a town.
    assert short <= 2
    assert loose <= 10


def test_nobody_is_said_to_be_lost_who_can_be_covered():
    seen = 0
    for seed in range(300, 340):
        register, scenario = _sparse(seed)
        core = reduce_core(core_of(build_problem(register, scenario))[0]).core
        for part in parts_of(core):
            items = part.core.items
            nobody = np.full(items, -1, np.int64)
            lost = leftover.left_out_at_least(part.core, nobody, looks=1000, seed=0, left=lambda: np.inf)
            best = search.most_covered(part.core, start=None, work=10_000, seed=0).bound
            assert lost <= int(part.core.size.sum()) - round(best)
            seen += lost
    assert seen > 0
