"""What has happened tells of the uncertain factors: importance resampling of draws of their prior (MODEL §10).

Each prior draw is a pure function of the seed, as all numbers are (MODEL §6): parameter keys at attempt 1, word 0, with
the draw's number in place of the replication's; attempt 0 is what simulations draw. The resample begins at the number
of the parameter "learning" there. Speed and absence act through the pace that they make, so the likelihood is worked
out on a grid of paces, and of election factors, and read between its points.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.scenario import Law
from workbench.planning.forecast.evidence import LEAST, Evidence
from workbench.simulation import KINDS
from workbench.simulation.kernels import hashes, uniforms
from workbench.simulation.setup import nominal, with_failure_factor

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Draws of the prior.
DRAWS: Final = 65_536
#: The factors that are learnt, in the order in which they are told.
FACTORS: Final = ("speed", "failure", "absence", "election")
#: What a scenario without a factor for elections gets, where it learns only.
ELECTION: Final = Law("lognormal", (1.0, 0.25))
#: Fewer effective draws than these: what happened lies outside what was assumed.
FEWEST: Final = 100
#: Points of the grids on which likelihoods are worked out.
POINTS: Final = 256


class Learnt(NamedTuple):
    """What was learnt: (R) replications.

    Attributes
    ----------
    factors
        by name the uniform numbers that replications 0 … R - 1 take.
    table
        by factor: prior_mean, prior_low, prior_high, mean, low, high (90 %), effective.
    """

    factors: dict[str, NDArray[np.float64]]
    table: pd.DataFrame


def learning_scenario(scenario: Scenario) -> Scenario:
    """The scenario with a factor for elections."""
    if scenario.uncertainty.election is not None:
        return scenario
    return scenario.replace("uncertainty.election", ELECTION.dump())


def learnt(evidence: Evidence, scenario: Scenario, replications: int, seed: int) -> Learnt:
    """The posterior of a scenario's factors, and which draw of it each replication takes.

    Parameters
    ----------
    evidence
        what was seen by t0.
    scenario
        from `learning_scenario`: its ``uncertainty`` is the prior.
    """
    laws: dict[str, Law] = {
        name: law for name in FACTORS if isinstance(law := getattr(scenario.uncertainty, name), Law)
    }
    drawn = {name: _drawn(name, seed) for name in laws}
    values = {name: _values(law, name, seed) for name, law in laws.items()}
    likely = log_likelihood(evidence, scenario, values)
    weights = np.exp(likely - likely.max())
    weights /= weights.sum()
    effective = 1.0 / float((weights**2).sum())
    first = float(uniforms(hashes(["learning"], "parameter"), 0, 1, 0, seed)[0])
    chosen = np.searchsorted(np.cumsum(weights), (np.arange(replications) + first) / replications, side="right")
    chosen = np.minimum(chosen, DRAWS - 1)
    rows = [_row(name, values[name], weights, effective) for name in laws]
    return Learnt({name: drawn[name][chosen] for name in laws}, pd.DataFrame(rows).set_index("factor"))


def _drawn(name: str, seed: int) -> NDArray[np.float64]:
    return uniforms(hashes([name], "parameter"), np.arange(DRAWS, dtype=np.uint64), 1, 0, seed)


@lru_cache(maxsize=16)
def _values(law: Law, name: str, seed: int) -> NDArray[np.float64]:
    """A factor's prior draws, kept from forecast to forecast: an inverse beta costs more than the rest."""
    return law.quantile(_drawn(name, seed))


def log_likelihood(
    evidence: Evidence, scenario: Scenario, values: dict[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """The logarithm of the probability of what was seen, for each draw of the factors."""
    size = next(iter(values.values())).size
    one = np.ones(size)
    pace = values.get("speed", one) * (1.0 - values.get("absence", np.zeros(size)))
    rules = [scenario.cases.of(kind) for kind in KINDS]
    total = np.zeros(size)
    factor = values.get("election", one)
    for kind, rule in enumerate(rules):
        total += _on_a_grid(pace, partial(evidence.attempts.of(kind).log_probability, rule.preparation))
        if rule.election is not None:
            elections = evidence.elections.of(kind)
            total += _on_a_grid(1.0 / factor, partial(elections.log_probability, rule.election))
    for kind, rule in enumerate(rules):
        rate = with_failure_factor(np.full(size, nominal(rule.success)), values.get("failure", one))
        for count, chance in ((evidence.successes[kind], rate), (evidence.failures[kind], 1.0 - rate)):
            if count:
                total = total + count * np.log(np.maximum(chance, LEAST))
    return np.asarray(total)


def _on_a_grid(
    values: NDArray[np.float64], log_probability: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """A smooth function of one number, worked out at so many of them and read between."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        return np.full(values.size, log_probability(np.array([low]))[0])
    points = np.linspace(low, high, POINTS)
    return np.asarray(np.interp(values, points, log_probability(points)))


def _row(name: str, values: NDArray[np.float64], weights: NDArray[np.float64], effective: float) -> dict[str, Any]:
    order = np.argsort(values)
    cumulated = np.cumsum(weights[order])
    place = np.minimum(np.searchsorted(cumulated, (0.05, 0.95)), values.size - 1)
    low, high = values[order][place]
    return {
        "factor": name,
        "prior_mean": float(values.mean()),
        "prior_low": float(np.quantile(values, 0.05)),
        "prior_high": float(np.quantile(values, 0.95)),
        "mean": float(weights @ values),
        "low": float(low),
        "high": float(high),
        "effective": effective,
    }
