"""Indices of a small city against plain simulations, by their definitions."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.planning.sensitivity.test_analysis import found as found
from tests.unit.planning.sensitivity.test_analysis import rules as rules
from workbench.planning.sensitivity.indices import LUCK
from workbench.simulation import simulate


@pytest.mark.parametrize("name", ["speed", "failure"])
def test_first_index_against_plain_simulations(found, hamlet, rules, joined, name):
    """The parameter fixed at many places, all else as it falls: the variance of the means, by definition."""
    law, places, replications = rules.drawn_parameters[name], 24, 400
    means, within = [], []
    for place in range(places):
        value = float(law.quantile([(place + 0.5) / places])[0])
        fixed = rules.replace(f"uncertainty.{name}", value)
        # Other luck at each place, so that the means are independent.
        run = simulate(hamlet, fixed, joined, replications=replications, seed=1000 + place, keep="city")
        means.append(run.by_deadline().mean())
        within.append(run.by_deadline().var(ddof=1))
    noise = np.mean(within) / replications
    first = (np.var(means, ddof=0) - noise) / (np.var(means, ddof=0) + np.mean(within))
    assert found.table["first"].loc[name] == pytest.approx(first, abs=0.06)


def test_luck_against_plain_simulations(found, hamlet, rules, joined):
    """All parameters fixed at many points: the mean of the variances is luck's total index, by definition."""
    points = found.points.iloc[::70]
    within = []
    for turn, (_, row) in enumerate(points.iterrows()):
        fixed = {f"uncertainty.{name}": float(row[name]) for name in found.deciding.index}
        run = simulate(hamlet, rules.replace(fixed), joined, replications=60, seed=turn, keep="city")
        within.append(run.by_deadline().var(ddof=1))
    total = np.mean(within) / found.points["coverage"].var()
    assert found.table["total"].loc[LUCK] == pytest.approx(total, abs=0.08)
    assert found.known == pytest.approx(1.0 - total, abs=0.08)
