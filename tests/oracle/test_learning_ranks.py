"""What is learnt is neither too sure nor too cautious: the truth ranks anywhere among what is thought likely."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.planning.forecast.test_learning import AS_OF, SCENARIO, campaign, town
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.learning import learning_scenario, learnt


def test_ranks_of_true_factors_are_spread_evenly() -> None:
    """Simulation-based calibration in small: 40 campaigns, factors from the prior; the benchmark makes 1,000."""
    prior, inside, ranks = learning_scenario(SCENARIO).uncertainty, 0, []
    for number in range(40):
        u = (number + 0.5) / 40
        true = {"speed": float(prior.speed.quantile(u)), "election": float(prior.election.quantile((7 * u) % 1.0))}
        register = campaign(number, **true)
        evidence = Evidence.of(register, SCENARIO, town()[1], AS_OF)
        answer = learnt(evidence, learning_scenario(SCENARIO), 99, 0)
        inside += answer.table.loc["election", "low"] <= true["election"] <= answer.table.loc["election", "high"]
        drawn = prior.election.quantile(answer.factors["election"])
        ranks.append(float((drawn < true["election"]).mean()))
    assert 30 <= inside <= 40
    assert 0.35 < np.mean(ranks) < 0.65
    assert np.std(ranks) == pytest.approx(np.sqrt(1 / 12), abs=0.1)
