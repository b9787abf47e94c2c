"""Did what was observed leave what was assumed? One test per assumption, and the law that would fit (MODEL §10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import as_date
from workbench.inputs import asked
from workbench.inputs.scenario import Calendar, Law
from workbench.planning.forecast.approvals import of_approvals
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.learning import learning_scenario
from workbench.planning.forecast.lengths import Lengths
from workbench.planning.forecast.retries import of_retries
from workbench.simulation import KINDS
from workbench.simulation.kernels import hashes, uniforms
from workbench.simulation.setup import nominal, with_failure_factor

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: What is tried of a factor's range, and how wide the search for what would fit is.
INSIDE, AROUND = 41, 200
#: So many of the factor that lengthens the committees' notice.
DELAYS = 20
COLUMNS: Final = ("assumption", "kind", "observed", "assumed", "seen", "p", "p_holm", "fits")


@asked
def assumptions(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    as_of: date | str | None = None,
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """What was assumed, held against what a dated register shows by the end of a day.

    An assumption fails where no value of its factor that was thought possible (the middle 99 % of its law) explains
    what was seen: the p-value is the largest over that range, of a test whether the randomised PIT values are uniform.
    What still runs counts as at least so long.

    Parameters
    ----------
    register, scenario, grouping, as_of
        as for `forecast`.
    seed
        of the numbers that place a length within its day.

    Returns
    -------
    pd.DataFrame
        one row per assumption: assumption (preparation, success, retry, election, approval, survey), kind (of case;
        empty for approvals and surveys), observed (how many), assumed and seen (means in working days, NaN where none
        has ended; of success the rate; of a retry the delay after a failure, seen the longest that it can have been; of
        approvals the days from filing, those that wait so far among them), p, p_holm (after Holm), and fits, the law,
        rate or notice that would fit best, as a scenario writes it.

    Examples
    --------
    >>> import workbench as wb
    >>> table = assumptions(wb.make_city(60, 2, seed=1), wb.Scenario(), False, "2027-08-20")
    >>> int(table["observed"].sum())
    0
    """
    evidence = Evidence.of(register, scenario, grouping, as_date(as_of))
    prior = learning_scenario(scenario).uncertainty
    paces = np.unique(np.outer(_range(prior.speed, 1.0), 1.0 - _range(prior.absence, 0.0)))
    paces = np.linspace(paces.min(), paces.max(), INSIDE)
    rows: list[tuple[Any, ...]] = []
    for kind, name in enumerate(KINDS):
        rule = scenario.cases.of(name)
        own = evidence.attempts.of(kind)
        # Failed attempts have left no dates: of those in work so many count as will succeed, so that the two match.
        stays = _uniforms(f"in work {name}", own.low.size, seed) < nominal(rule.success)
        own = own.where(np.isfinite(own.high) | stays)
        rows.append(("preparation", name, *_of_lengths(own, rule.preparation, paces, f"preparation {name}", seed)))
    for kind, name in enumerate(KINDS):
        counts = int(evidence.successes[kind]), int(evidence.failures[kind])
        rows.append(("success", name, *_of_successes(*counts, scenario, kind, _range(prior.failure, 1.0), seed)))
    for kind, name in enumerate(KINDS):
        rows.append(("retry", name, *of_retries(evidence.retries, scenario, kind, float(paces.max()))))
    for kind, name in enumerate(KINDS):
        law = scenario.cases.of(name).election
        if law is not None:
            own, among = evidence.elections.of(kind), 1.0 / _range(prior.election, 1.0)
            rows.append(("election", name, *_of_lengths(own, law, among, f"election {name}", seed)))
    delays = _range(prior.approval_delay, 0.0)[:: INSIDE // DELAYS]
    rows.append(("approval", "", *of_approvals(evidence.filings, scenario, delays, evidence.t0, seed)))
    rows.append(("survey", "", *_of_surveys(evidence.surveys, scenario, seed)))
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "p_holm"])
    table["p_holm"] = holm(table["p"].to_numpy(dtype=np.float64))
    return table[list(COLUMNS)]


def holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """p-values after Holm: of m tests the k-th least times m - k + 1, never less than one before it; NaN stays.

    >>> holm(np.array([0.01, 0.04, np.nan, 0.03])).round(3).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    told = np.flatnonzero(~np.isnan(p))
    order = told[np.argsort(p[told], kind="stable")]
    adjusted = np.full(p.size, np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * (order.size - np.arange(order.size))), 1.0)
    return adjusted


def _range(law: Any, neutral: float) -> NDArray[np.float64]:
    """What was thought possible of a factor."""
    return law.quantile(np.linspace(0.005, 0.995, INSIDE)) if isinstance(law, Law) else np.array([neutral])


def _uniforms(name: str, count: int, seed: int) -> NDArray[np.float64]:
    """Numbers that place each length within its day: parameter keys at attempt 1, word 1, one number each."""
    return uniforms(hashes([name], "parameter"), np.arange(count, dtype=np.uint64), 1, 1, seed)


def _uniformity(below: NDArray[np.float64], above: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """p of the Kolmogorov-Smirnov test of the randomised PIT values, row by row; Stephens' form for any number."""
    from scipy.special import kolmogorov

    places = np.sort(below + u * (above - below), axis=-1)
    count = u.size
    steps = np.arange(1, count + 1) / count
    apart = np.maximum((steps - places).max(axis=-1), (places - steps + 1.0 / count).max(axis=-1))
    root = np.sqrt(count)
    return np.asarray(kolmogorov((root + 0.12 + 0.11 / root) * apart))


def _of_lengths(
    seen: Lengths, law: Law, paces: NDArray[np.float64], name: str, seed: int
) -> tuple[int, float, float, float, str]:
    count, assumed = seen.low.size, law.mean / float(np.median(paces))
    if not count or law.is_fixed:
        return count, assumed, np.nan, np.nan, ""
    p = float(_uniformity(*seen.shares(law, paces), _uniforms(name, count, seed)).max())
    if not np.isfinite(seen.high).any():
        return count, assumed, np.nan, p, ""  # none has ended: any slow enough law would do
    tried = np.geomspace(0.1, 10.0, AROUND)
    fitted = float(tried[np.argmax(seen.log_probability(law, tried))])
    return count, assumed, law.mean / fitted, p, str(law.scaled(1.0 / fitted))


def _of_successes(
    successes: int, failures: int, scenario: Scenario, kind: int, factors: NDArray[np.float64], seed: int
) -> tuple[int, float, float, float, str]:
    from scipy.stats import binom

    count, assumed = successes + failures, nominal(scenario.cases.of(KINDS[kind]).success)
    if not count:
        return 0, assumed, np.nan, np.nan, ""
    rates = with_failure_factor(np.full(factors.size, assumed), factors)
    below, above = binom.cdf(successes - 1, count, rates), binom.cdf(successes, count, rates)
    place = below + _uniforms(f"success {KINDS[kind]}", 1, seed)[0] * (above - below)
    p = float(np.minimum(2.0 * np.minimum(place, 1.0 - place), 1.0).max())
    return count, assumed, successes / count, p, f"{successes / count:.2g}"


def _of_surveys(seen: Lengths, scenario: Scenario, seed: int) -> tuple[int, float, float, float, str]:
    late, end = nominal(scenario.census.late), Calendar.of(scenario.calendar).census_end
    assumed = (1.0 - late) * end / 2.0 + late * (end + scenario.census.tail.mean)
    known = np.isfinite(seen.high)
    if not known.any():
        return 0, assumed, np.nan, np.nan, ""

    def share(time: NDArray[np.float64]) -> NDArray[np.float64]:
        tail = scenario.census.tail.cdf(np.maximum(time - end, 0.0))
        return np.where(time < end, (1.0 - late) * time / max(end, 1e-9), 1.0 - late + late * tail)

    finite = np.where(known, seen.high, 0.0)
    above = np.where(known, share(finite), 1.0)
    p = float(_uniformity(share(seen.low), above, _uniforms("survey", seen.low.size, seed)))
    return int(known.sum()), assumed, float((seen.low + 0.5)[known].mean()), p, ""
