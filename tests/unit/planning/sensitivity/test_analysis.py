"""Sensitivity of a small city: against plain simulations, what is fixed or idle, words, and what is refused."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from tests import cities
from workbench.errors import Cancelled, WorkbenchError
from workbench.inputs.scenario.names import short_name
from workbench.labels import in_language
from workbench.planning import sensitivity
from workbench.planning.sensitivity.discovery import FEWEST_CAMPAIGNS
from workbench.planning.sensitivity.indices import LUCK
from workbench.planning.sensitivity.runs import Campaigns
from workbench.simulation import prepare, simulate, uniform

UNCERTAIN = {
    "speed": {"uniform": [0.4, 1.6]},
    "failure": {"uniform": [0.5, 3.0]},
    "absence": 0.1,
    "approval_delay": {"triangular": [0, 0, 2]},
}


@pytest.fixture(scope="module")
def rules(plan):
    # A kilometre matters to no case of one organization: a law without any effect.
    return plan.replace(
        {
            "uncertainty": UNCERTAIN,
            "cases.standalone.per_km": {"uniform": [0, 5]},
            "targets.organization": 0.36,
        }
    )


@pytest.fixture(scope="module")
def found(hamlet, rules, joined):
    return sensitivity(hamlet, rules, joined, base=1024, screening=64, seed=5)


def test_every_parameter_has_its_row(found, rules):
    assert set(found.table.index) == {*rules.drawn_parameters, LUCK}
    assert found.table["status"].loc["absence"] == "fixed"
    assert found.table["status"].loc["cases.standalone.per_km"] == "screened"
    assert {"speed", "failure"} <= set(found.deciding.index)
    assert found.table.index[-1] == LUCK
    assert found.deciding["total"].is_monotonic_decreasing
    assert found.table["law"].loc["speed"] == "uniform [0.4, 1.6]"


def test_what_is_fixed_or_idle_has_no_effect(found):
    fixed = found.table.loc["absence", ["effect", "first", "total", "reach_first", "reach_total"]]
    assert (fixed == 0.0).all()
    assert found.table["effect"].loc["cases.standalone.per_km"] == 0.0
    assert found.table[["first", "total"]].loc["cases.standalone.per_km"].isna().all()


def test_it_states_how_many_runs(found):
    kept = len(found.deciding)
    assert found.screening_runs == 64 * (4 + 1)
    assert found.runs == found.screening_runs + 1024 * (kept + 3)
    assert f"{found.runs:,} campaigns simulated" in found.summary()
    assert len(found.points) == 2 * 1024


def test_the_ends_are_means_of_the_campaigns_there(found):
    for name in found.deciding.index:
        low, high = found.points[name].quantile([0.1, 0.9])
        row = found.table.loc[name]
        for end, inside in (("low", found.points[name] < low), ("high", found.points[name] > high)):
            assert row[f"at_{end}"] == pytest.approx(found.points["coverage"][inside].mean(), abs=0.005)
            assert row[f"reach_at_{end}"] == pytest.approx(found.points["reached"][inside].mean(), abs=0.03)
            assert row[f"at_{end}_low"] < row[f"at_{end}"] < row[f"at_{end}_high"]
    assert found.table["at_low"].loc["speed"] < found.table["at_high"].loc["speed"]
    assert found.table["at_low"].loc["failure"] > found.table["at_high"].loc["failure"]


def test_the_rule_holds_where_it_says(found):
    assert found.rule is not None
    fresh = found.points.iloc[1024:]
    inside = np.ones(len(fresh), dtype=bool)
    for limit in found.rule.limits:
        values = fresh[limit.name]
        inside &= (values > limit.value) if limit.above else (values < limit.value)
    happens = ~fresh["reached"] if found.rule_of == "missed" else fresh["reached"]
    if found.probability.value < 0.5:
        assert found.rule_of == "reached"
    assert found.rule.density.value == pytest.approx((inside & happens).sum() / inside.sum())
    assert found.rule.coverage.value == pytest.approx((inside & happens).sum() / happens.sum())
    assert found.rule.density.value > found.rule.base + 0.2


# --- Campaigns at given points --------------------------------------------------------------------------------


def test_campaigns_at_their_own_draws_are_the_simulation(hamlet, rules, joined):
    """What a replication draws itself, given back to it, changes nothing; work coverage as well."""
    run = simulate(hamlet, rules, joined, replications=30, seed=5)
    own = {
        name: np.array([uniform([name], r, 0, "value", seed=5, kind="parameter")[0] for r in range(30)])
        for name in ("speed", "failure")
    }
    for target in ("organization", "work"):
        campaigns = Campaigns(prepare(hamlet, rules, joined), target, 5)
        expected = run.counts(target).to_numpy()[:, run.calendar.deadline_day].tolist()
        assert campaigns.covered({}, 30).tolist() == expected
        assert campaigns.covered(own, 30).tolist() == expected
        assert campaigns.covered({}, 10, first=20).tolist() == expected[20:]
        assert campaigns.runs == 70


def test_the_same_for_any_number_of_workers(hamlet, rules, joined):
    one, two = (sensitivity(hamlet, rules, joined, base=32, screening=8, workers=workers) for workers in (1, 2))
    pd.testing.assert_frame_equal(one.table, two.table)
    pd.testing.assert_frame_equal(one.points, two.points)
    other = sensitivity(hamlet, rules, joined, base=32, screening=8, seed=1)
    assert not other.points.equals(one.points)


# --- Edges ----------------------------------------------------------------------------------------------------


def test_without_any_uncertain_parameter(hamlet, plan, joined):
    found = sensitivity(hamlet, plan.replace("uncertainty", {}), joined, base=32, screening=8)
    assert found.table.index.tolist() == [LUCK]
    assert found.deciding.empty
    assert found.rule is None
    assert found.known == pytest.approx(0.0, abs=0.35)
    assert "all the spread is the luck of single cases" in found.summary()


@pytest.mark.parametrize(("threshold", "words"), [(0.99, "None of 64"), (0.01, "All 64")])
def test_a_target_that_is_certain_has_no_rule(hamlet, rules, joined, threshold, words):
    found = sensitivity(hamlet, rules, joined, base=32, screening=8, threshold=threshold)
    assert found.rule is None
    assert (found.table[["reach_first", "reach_total"]].dropna() == 0.0).all(axis=None)
    assert found.summary().splitlines()[-1].startswith(f"{words} independent campaigns")
    assert "try another coverage" in found.summary()


def test_a_few_campaigns_make_no_rule(hamlet, rules, joined):
    """A threshold that only the best campaigns reach: one of them is no rule, whatever its parameters were."""
    every = sensitivity(hamlet, rules, joined, base=32, screening=8)
    best = float(every.points["coverage"].nlargest(3).iloc[-1])
    found = sensitivity(hamlet, rules, joined, base=32, screening=8, threshold=best)
    assert 0 < found.rarer < 2 * FEWEST_CAMPAIGNS
    assert found.rule is None
    assert found.summary().splitlines()[-1].startswith(f"Only {found.rarer} of 64 independent campaigns reach")
    assert "nan" not in found.summary()


def test_where_nothing_varies_nothing_decides(plan):
    """Everybody has a branch: no luck, no spread, and nobody's hand in it."""
    covered = cities.register(*(cities.organization(f"o{i}", 3, has_branch=True) for i in range(4)))
    rules = plan.replace({"uncertainty": {"speed": {"uniform": [0.5, 1.5]}}, "targets.organization": 0.5})
    found = sensitivity(covered, rules, base=16, screening=2)
    assert not found.varies
    assert np.isnan(found.known)
    assert "luck" not in found.summary()
    assert "nothing varies, so that nothing decides" in found.summary()
    with in_language("zh"):
        assert "运气" not in found.summary()


def test_the_smallest_design_has_intervals_everywhere(hamlet, rules, joined):
    """Also in the lowest and the highest tenth, where only some of the points lie; below it nothing is said at all."""
    for seed in range(6):
        found = sensitivity(hamlet, rules, joined, base=16, screening=2, seed=seed)
        assert not found.deciding.drop(columns="law").isna().any(axis=None)
        assert "nan" not in found.summary()
    with pytest.raises(ValueError, match="base = 8: must be a power of two, at least 16"):
        sensitivity(hamlet, rules, joined, base=8, screening=2)


def test_work_coverage(hamlet, rules, joined):
    found = sensitivity(hamlet, rules, joined, base=32, screening=8, target="work")
    assert found.threshold == rules.targets.work
    assert "work coverage" in found.summary()


def test_the_summary_in_both_languages(found):
    first = found.deciding.index[0]
    english = found.summary()
    assert f"{short_name(first)}: has a hand in {found.table['total'].loc[first]:.0%}" in english
    assert "Screened out, as they hardly matter: standalone preparation a km" in english
    with in_language("zh"):
        chinese = found.summary()
    assert "几乎没有影响，已筛除：单独组建每公里增加的筹备" in chinese
    assert "规律：" in chinese


def test_every_parameter_that_can_be_drawn_has_a_short_name(plan):
    drawn = plan.replace(
        {
            "uncertainty": {
                name: {"uniform": [0.1, 0.2]} for name in ("speed", "failure", "absence", "approval_delay")
            },
            "committee.notice": {"uniform": [1, 2]},
            "census.late": {"uniform": [0, 0.1]},
        }
        | {
            f"cases.{kind}.{name}": {"uniform": [0.1, 0.2]}
            for kind in ("standalone", "assisted", "joint", "attached", "outreach")
            for name in ("success", "per_km", "per_extra_unit")
        }
    ).drawn_parameters
    assert len(drawn) == 4 + 2 + 15
    for language in ("zh", "en"):
        with in_language(language):
            assert all(short_name(path) for path in (*drawn, "late"))


def test_progress_and_stopping(hamlet, rules, joined):
    told = []
    sensitivity(hamlet, rules, joined, base=32, screening=8, progress=lambda *steps: told.append(steps))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    with pytest.raises(Cancelled):
        sensitivity(hamlet, rules, joined, base=32, screening=8, progress=lambda done, _: done < 20)


def test_what_is_refused(hamlet, rules, joined, monkeypatch):
    for wrong in ({"base": 100}, {"screening": 1}, {"target": "all"}, {"level": 1.0}, {"threshold": 60}, {"seed": -1}):
        with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
            sensitivity(hamlet, rules, joined, **wrong)
    monkeypatch.setattr(import_module("workbench.planning.sensitivity.indices"), "find_spec", lambda _: None)
    with in_language("zh"), pytest.raises(WorkbenchError, match="make lab"):
        sensitivity(hamlet, rules, joined)
