"""The same map in millimetres or in millions of kilometres: the same answer, and no bound above it."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.maps import instance
from tests.oracle.grouping_instances import city, rules
from tests.oracle.grouping_twin import best_grouping
from workbench.grouping import group
from workbench.inputs import Scenario

SCALES = [10.0**k for k in (-6, -3, 3, 6)]
KILOMETRES = ("max_distance_km", "open_peer", "open_community", "open_host", "w_industry", "w_supervisor", "w_street")


def _scaled(register, scenario: Scenario, scale: float):
    """A map and all that its rules say in kilometres, so many times larger."""
    found = scenario.grouping.model_dump()
    changes = {f"grouping.{name}": getattr(scenario.grouping, name) * scale for name in KILOMETRES}
    assert set(KILOMETRES) <= set(found)
    return register.assign(x=register["x"] * scale, y=register["y"] * scale), scenario.replace(changes)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_few_units_at_any_scale_are_grouped_as_trying_everything_does(scale, free, seed):
    rng = np.random.default_rng([seed, 7])
    rows = [
        {"x": float(rng.uniform(0, 4)), "y": float(rng.uniform(0, 4)), "industry": str(rng.choice(["a", "b"]))}
        for _ in range(9)
    ]
    rows.append({"x": 2.0, "y": 2.0, "has_branch": True, "full_members": 4, "host_capacity": 2})
    weights = dict.fromkeys(KILOMETRES[1:], 0.0) if free else {}
    register, scenario = _scaled(city(*rows), rules(**weights), scale)
    covered, cost = best_grouping(register, scenario)
    grouping = group(register, scenario)
    assert (grouping.covered, grouping.covered_bound) == (covered, covered)
    assert grouping.cost == pytest.approx(cost, rel=1e-9)
    assert grouping.cost_bound <= cost * (1 + 1e-9)
    assert grouping.status == "optimal"


@pytest.mark.parametrize("family", ["dense", "dense, distances only"])
def test_a_town_at_any_scale_has_the_same_answer_and_no_bound_above_it(family):
    register, scenario = instance(family, 50, seed=1)
    best = group(register, scenario)
    assert best.status == "optimal"
    for scale in SCALES:
        scaled = group(*_scaled(register, scenario, scale))
        assert scaled.covered == best.covered
        assert scaled.cost / scale == pytest.approx(best.cost, rel=1e-7)
        assert scaled.cost_bound / scale <= best.cost * (1 + 1e-9)
        seen = scaled.trace
        assert (seen["cost_bound"] / scale <= best.cost * (1 + 1e-9)).all()


@pytest.mark.parametrize("scale", SCALES)
def test_the_least_effort_bounds_from_below_at_any_scale(scale):
    register, scenario = instance("dense, distances only", 60, seed=4)
    best = group(register, scenario)
    told = group(*_scaled(register, scenario, scale), effort="quick")
    assert told.cost_bound / scale <= best.cost * (1 + 1e-9)
    assert told.cost / scale >= best.cost * (1 - 1e-7)
