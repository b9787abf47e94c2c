"""How often the intervals of a comparison hold, all together: over 500 comparisons whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import workbench as wb
from workbench.planning.comparison.compare import _fineness
from workbench.planning.comparison.intervals import mean_difference, mean_differences_together, share_difference
from workbench.simulation import simulate

#: Comparisons, and the replications of each: so few that whole days and units see no difference.
COMPARISONS, REPLICATIONS = 500, 50
#: 95 % less three standard errors of a share over 500.
LEAST = 0.95 - 3 * (0.95 * 0.05 / COMPARISONS) ** 0.5


@pytest.fixture(scope="module")
def runs():
    """Two scenarios on replications enough for all comparisons: every number is keyed by its replication, so that
    blocks of them are as independent as runs of as many seeds."""
    city, rules = (
        wb.make_city(40, 3, seed=2),
        wb.Scenario().replace({"instructors.total": 5, "targets.organization": 0.4}),
    )
    plans = {"plan": rules, "weekly": rules.replace("committee.every_weeks", 1)}
    count = COMPARISONS * REPLICATIONS
    return {name: wb.simulate(city, each, replications=count, seed=1) for name, each in plans.items()}


def holds(found: pd.DataFrame, truth: pd.DataFrame, gain: str) -> bool:
    """Whether every row's interval has the truth in it."""
    true = truth.loc[found.index, gain]
    return bool(((found[f"{gain}_low"] - 1e-12 <= true) & (true <= found[f"{gain}_high"] + 1e-12)).all())


def test_all_intervals_hold_together_as_often_as_they_say(runs):
    truth = wb.compare(runs)
    # There is something to be missed: the scenarios differ, on some days and not on others.
    assert truth.by_day["gain"].max() > 0.01
    assert truth.by_day["gain"].iloc[0] == 0.0
    times = dict.fromkeys(("day", "day's chance", "unit", "pair", "pair's chance", "best"), 0)
    for turn in range(COMPARISONS):
        part = slice(turn * REPLICATIONS, (turn + 1) * REPLICATIONS)
        found = wb.compare(
            {name: replace(each, dataset=each.dataset.isel(replication=part)) for name, each in runs.items()}
        )
        assert found.replications == REPLICATIONS
        times["day"] += holds(found.by_day, truth.by_day, "gain")
        times["day's chance"] += holds(found.by_day, truth.by_day, "probability_gain")
        times["unit"] += holds(found.by_responsible, truth.by_responsible, "gain")
        times["pair"] += holds(found.pairs, truth.pairs, "gain")
        times["pair's chance"] += holds(found.pairs, truth.pairs, "probability_gain")
        times["best"] += truth.best[0] in found.best
    assert not {name: count / COMPARISONS for name, count in times.items() if count < LEAST * COMPARISONS}


@pytest.fixture(scope="module")
def rules(plan):
    return plan.replace({"targets.organization": 0.38, "instructors.total": 7})


def test_intervals_of_simulated_campaigns_hold_as_often_as_they_say(hamlet, rules, joined):
    """Whole counts, many ties, rare reversals: 200 samples of 100 campaigns against all 20,000 of them."""
    size, times = 100, 200
    one, two = (
        simulate(hamlet, each, joined, replications=size * times, seed=1, keep="city").by_deadline()
        for each in (rules, rules.replace("instructors.total", 9))
    )
    gain = (two - one).reshape(times, size)
    hit, other = (two >= 0.38).reshape(times, size), (one >= 0.38).reshape(times, size)
    mean = mean_difference(gain.T)
    share = share_difference((hit & ~other).sum(axis=1), (other & ~hit).sum(axis=1), size)
    assert 0.0 < gain.mean() < 0.05
    assert 0.0 < (hit.mean() - other.mean()) < 0.5
    for interval, truth in ((mean, gain.mean()), (share, hit.mean() - other.mean())):
        held = ((interval.low <= truth) & (truth <= interval.high)).mean()
        # At a true rate of 0.95, fewer than 0.90 of 200 come once in five hundred times.
        assert held >= 0.90


@pytest.mark.parametrize("size", [50, 200])
@pytest.mark.parametrize("change", [{"instructors.total": 9}, {"cases.joint.success": 0.83}, {"committee.agenda": 5}])
@pytest.mark.parametrize("target", ["organization", "work"])
def test_all_days_and_units_hold_together_as_often_as_they_say(hamlet, rules, joined, change, size, target):
    """500 samples of 50 campaigns (125 of 200), rare differences and days without any among them: the intervals of all
    rows contain what 25,000 campaigns come to, together. A day without a difference would be [0, 0] by Student's."""
    every = 25_000
    one, two = (simulate(hamlet, each, joined, replications=every, seed=1) for each in (rules, rules.replace(change)))
    sizes, step = one.organizations.groupby("responsible").size().to_numpy(), _fineness([one, two])
    name = {"organization": "organizations_with_branch", "work": "organizations_with_work"}[target]
    by_unit = (two.dataset[name] - one.dataset[name]).isel(day=one.calendar.deadline_day).to_numpy() / sizes
    by_day = (two.counts(target) - one.counts(target)).to_numpy() / one.total
    for differences, unit in ((by_day, step.share), (by_unit, 1.0 / sizes)):
        truth, held = differences.mean(axis=0), 0
        for start in range(0, every, size):
            sample = differences[start : start + size]
            found = mean_differences_together(sample, 0.95, unit=unit, least=step.least, most=1.0)
            held += bool(((found.low <= truth + 1e-12) & (truth - 1e-12 <= found.high)).all())
        # At a true rate of 0.95, fewer than 0.925 of 500 (0.90 of 125) come once in two hundred times.
        assert held / (every / size) >= (0.925 if size == 50 else 0.90)
