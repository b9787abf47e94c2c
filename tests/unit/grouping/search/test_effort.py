"""The steps of a search: what each begins with, and that they go on from one another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.maps import instance
from tests.oracle.grouping_instances import rules
from workbench.grouping import group
from workbench.grouping.problem import build_problem, core_of, parts_of, reduce_core
from workbench.grouping.search import Effort, Monitor, by_hand
from workbench.grouping.search import component as search
from workbench.inputs import make_city


def test_a_window_is_searched_to_its_end_and_stops_with_the_rest():
    register, scenario = instance("dense", 130, seed=1)
    core, _ = core_of(build_problem(register, scenario))
    part = max(parts_of(reduce_core(core).core), key=lambda part: part.core.items).core
    begin = by_hand(part, part.cost, "nearest", np.ones(len(part.item), np.bool_), part.lead < 0)
    best = group(register, scenario)
    for stopped in (None, "cancelled"):
        monitor = Monitor([part.items], None, None, 0.0)
        monitor.stopped = stopped
        whole = search.ComponentSearch(
            core=part, effort=Effort.of(1), seed=0, monitor=monitor, part=0, gap=0.0, chosen=begin
        )
        found = whole.searched(part, begin)
        assert part.allows(found)
        assert part.total(found)[1] <= part.total(begin)[1]
        near = part.total(found) == (best.covered, pytest.approx(best.cost, rel=search.REPAIR_GAP))
        assert near == (stopped is None)


def test_what_is_proven_was_stopped_by_nothing():
    register = make_city(200, 4, seed=1)
    assert group(register, rules()).stopped_by == ""
    assert group(register, rules(), method="nearest").stopped_by == ""
    assert group(register, rules(), time_limit=0.0).stopped_by == "time_limit"
    assert group(register, rules(), progress=lambda _: False).stopped_by == "cancelled"


def test_a_step_is_the_whole_of_a_lesser_effort():
    assert [step.units for step in Effort.of(100).steps(8)] == [8, 64, 100]
    assert Effort.of(4).steps(8) == (Effort.of(4),)
    for units in (1, 5, 8, 64, 1000):
        assert Effort.of(units).steps(1)[-1] == Effort.of(units)


def test_bounds_and_answers_improve_from_the_first_second_on():
    seen = []
    register, scenario = instance("dense", 130, seed=1)
    grouping = group(register, scenario, progress=lambda now: seen.append((now.cost, now.cost_bound)) is None)
    costs, bounds = np.array(seen).T
    assert (np.diff(costs) <= 1e-9).all()
    assert (np.diff(bounds) >= -1e-9).all()
    assert grouping.status == "optimal"
    assert len(np.unique(bounds)) > 2


def test_a_dense_map_is_the_same_in_any_order_and_on_any_day():
    register, scenario = instance("dense", 130, seed=4)
    first = group(register, scenario)
    second = group(register.iloc[::-1], scenario)
    pd.testing.assert_frame_equal(first.assignment, second.assignment)
    assert first.cost_bound == second.cost_bound
