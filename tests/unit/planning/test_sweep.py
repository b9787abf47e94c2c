"""A grid of settings: every row is what `simulate` gives for it, on the same random numbers."""

from __future__ import annotations

import pytest

from workbench.errors import Cancelled, ScenarioError
from workbench.grouping import group
from workbench.planning import ceiling, sweep
from workbench.simulation import simulate

GRID = {"instructors.total": [4, 9], "committee.agenda": [3, None], "grouping.max_units": [5, 4]}


@pytest.fixture(scope="module")
def found(hamlet, plan):
    return sweep(hamlet, plan, GRID, replications=30, seed=4)


def test_every_row_is_the_simulation_of_its_settings(found, hamlet, plan):
    assert len(found) == 8
    for row in found.to_dict("records"):
        agenda = None if row["committee.agenda"] != row["committee.agenda"] else int(row["committee.agenda"])
        changed = plan.replace({path: row[path] for path in GRID} | {"committee.agenda": agenda})
        joined = group(hamlet, changed, seed=4)
        run = simulate(hamlet, changed, joined, replications=30, seed=4)
        assert row["expected"] == run.expected()
        assert row["expected_work"] == run.expected("work")
        assert (row["probability"], row["low"], row["high"]) == tuple(run.probability())
        assert (row["work_probability"], row["work_low"], row["work_high"]) == tuple(run.probability("work"))
        assert row["ceiling"] == ceiling(hamlet, changed, joined).value


def test_the_last_setting_changes_fastest(found):
    assert found["grouping.max_units"].tolist() == [5, 4] * 4
    assert found["instructors.total"].tolist() == [4] * 4 + [9] * 4


def test_a_grouping_is_taken_where_its_rules_stand_or_left_out(hamlet, plan, joined):
    grid = {"instructors.total": [9]}
    given = sweep(hamlet, plan, grid, joined, replications=10)
    assert given["expected"].iloc[0] == simulate(hamlet, plan, joined, replications=10).expected()
    without = sweep(hamlet, plan, grid, False, replications=10)
    assert without["expected"].iloc[0] == simulate(hamlet, plan, False, replications=10).expected()


def test_what_no_scenario_can_be_is_refused_before_anything_is_simulated(hamlet, plan):
    told = []
    for grid, words in (
        ({}, "sweep takes a grid"), ({"instructors.total": 5}, "as a list"), ({"instructors.total": []}, "as a list"),
        ({"instructors.total": "12"}, "as a list"), ({"instructors.totel": [1]}, "totel"),
        ({"instructors.total": [4, -1]}, "-1"), ({"instructors.total": list(range(200)), "targets.work": [0.5] * 51},
                                                 "10200 combinations"),
    ):  # fmt: skip
        with pytest.raises(ScenarioError, match=words):
            sweep(hamlet, plan, grid, replications=5, progress=lambda *step: told.append(step))
    assert not told


def test_progress_and_stopping(hamlet, plan, joined):
    told = []
    sweep(hamlet, plan, {"instructors.total": [1, 2, 3]}, joined, replications=5, progress=lambda *s: told.append(s))
    assert told == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(Cancelled):
        sweep(hamlet, plan, {"instructors.total": [1, 2]}, joined, replications=5, progress=lambda *_: False)
