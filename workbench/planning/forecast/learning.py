"""What has happened tells of the uncertain factors: importance resampling of draws of their prior (MODEL §10).

Each prior draw is a pure function of the seed, as all numbers are (MODEL §6): parameter keys at attempt 1, word 0, with
the draw's number in place of the replication's; attempt 0 is what simulations draw. The resample begins at the number
of the parameter "learning" there. Speed and absence act through the pace that they make, so the likelihood is worked
out on a grid of paces, and of election factors, and read between its points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.scenario import Law
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.lengths import LEAST_LIKELIHOOD
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
FEWEST_EFFECTIVE: Final = 100
#: Points of the grids on which likelihoods are worked out, and laws' quantiles.
POINTS, PLACES = 256, 4096


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
    prior = {name: _draws(law, name, seed) for name, law in laws.items()}
    weights = weights_of(log_likelihood(evidence, scenario, {name: draws.value for name, draws in prior.items()}))
    effective = 1.0 / float((weights**2).sum())
    first = float(uniforms(hashes(["learning"], "parameter"), 0, 1, 0, seed)[0])
    chosen = np.searchsorted(np.cumsum(weights), (np.arange(replications) + first) / replications, side="right")
    chosen = np.minimum(chosen, DRAWS - 1)
    rows = [_row(name, draws, weights, effective) for name, draws in prior.items()]
    return Learnt(
        {name: draws.uniform[chosen] for name, draws in prior.items()}, pd.DataFrame(rows).set_index("factor")
    )


class _Draws(NamedTuple):
    """Prior draws of a factor, (DRAWS,): uniform numbers, values, places from low to high, values so ordered."""

    uniform: NDArray[np.float64]
    value: NDArray[np.float64]
    order: NDArray[np.intp]
    ordered: NDArray[np.float64]


@lru_cache(maxsize=16)
def _draws(law: Law, name: str, seed: int) -> _Draws:
    """A factor's prior draws, kept from forecast to forecast.

    An inverse beta costs more than all the rest: values are read between those at so many places, closest at the ends.
    """
    uniform = uniforms(hashes([name], "parameter"), np.arange(DRAWS, dtype=np.uint64), 1, 0, seed)
    order = np.argsort(uniform)
    low, high = uniform[order[[0, -1]]]
    places = low + (high - low) * (0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, PLACES)))
    value = np.interp(uniform, places, law.quantile(places))
    return _Draws(uniform, value, order, value[order])


def log_likelihood(
    evidence: Evidence, scenario: Scenario, values: dict[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """The logarithm of the probability of what was seen, for each draw of the factors."""
    size = next(iter(values.values())).size
    one = np.ones(size)
    pace = values.get("speed", one) * (1.0 - values.get("absence", 0.0 * one))
    rules = [scenario.cases.of(kind) for kind in KINDS]
    odds = values.get("failure", one)

    def ends(factors: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.zeros(factors.size)
        for rule, successes, failures in zip(rules, evidence.successes, evidence.failures, strict=True):
            rate = with_failure_factor(np.full(factors.size, nominal(rule.success)), factors)
            for count, chance in ((successes, rate), (failures, 1.0 - rate)):
                if count:
                    found += count * np.log(np.maximum(chance, LEAST_LIKELIHOOD))
        return found

    total = _on_a_grid(odds, ends)
    # How often attempts fail is what their ends say; of some of those that failed no date is left.
    usual = np.array([float(weights_of(total) @ odds)])
    gone = [1.0 - float(with_failure_factor(np.array([nominal(rule.success)]), usual)[0]) for rule in rules]

    def attempts(paces: NDArray[np.float64]) -> NDArray[np.float64]:
        return _sum(
            evidence.attempts.of(kind).log_probability(rule.preparation, paces, gone[kind])
            + evidence.failed.of(kind).log_probability(rule.preparation, paces)
            for kind, rule in enumerate(rules)
        )

    def elections(paces: NDArray[np.float64]) -> NDArray[np.float64]:
        return _sum(
            evidence.elections.of(kind).log_probability(rule.election, paces)
            for kind, rule in enumerate(rules)
            if rule.election is not None
        )

    longer = values.get("election", one)
    return np.asarray(total + _on_a_grid(pace, attempts) + _on_a_grid(1.0 / longer, elections))


def weights_of(likely: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draws' weights by the logarithm of how likely each makes what was seen."""
    weights = np.exp(likely - likely.max())
    return np.asarray(weights / weights.sum())


def _sum(parts: Iterable[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.asarray(sum(parts, np.zeros(1)))


def _on_a_grid(
    values: NDArray[np.float64], log_probability: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """A smooth function of one number, worked out at so many of them and read between."""
    low, high = float(values.min()), float(values.max())
    points = np.linspace(low, high, POINTS if low < high else 1)
    found = np.broadcast_to(log_probability(points), points.size)
    return np.asarray(np.interp(values, points, found))


def _row(name: str, draws: _Draws, weights: NDArray[np.float64], effective: float) -> dict[str, Any]:
    ordered, cumulated = draws.ordered, np.cumsum(weights[draws.order])
    low, high = ordered[np.minimum(np.searchsorted(cumulated, (0.05, 0.95)), DRAWS - 1)]
    return {
        "factor": name,
        "prior_mean": float(ordered.mean()),
        "prior_low": float(ordered[DRAWS // 20]),
        "prior_high": float(ordered[-DRAWS // 20]),
        "mean": float(weights @ draws.value),
        "low": float(low),
        "high": float(high),
        "effective": effective,
    }
