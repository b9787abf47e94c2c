"""How often the intervals of a comparison hold, all together: over 500 comparisons whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import workbench as wb

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
