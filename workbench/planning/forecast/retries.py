"""Further attempts against what was assumed: none sooner after a failure than the delay, none too many (MODEL §10).

A register does not date a failure. What it bounds is the delay from above: between an organization's instructor, or the
opening, and its present attempt lie all that failed before, each with a delay behind it. How much of the time somebody
waited for an instructor is not known, so that a delay too short is told and one too long is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation import KINDS

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: A date is the middle of its day.
HALF_A_DAY = 0.5


class Retries(NamedTuple):
    """Cases of which an attempt has failed and another was begun, or may be, (n).

    Attributes
    ----------
    kind
        indices into `KINDS`.
    failed
        how many attempts.
    room
        working days that these, and the delays behind them, can have taken at most; NaN where no other has begun.
    factor
        of distance and size, of a preparation.
    """

    kind: NDArray[np.int64]
    failed: NDArray[np.int64]
    room: NDArray[np.float64]
    factor: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        kind: NDArray[np.int64],
        failed: NDArray[np.int64],
        time: Mapping[Any, NDArray[np.float64]],
        opening: NDArray[np.float64],
        factor: NDArray[np.float64],
        scenario: Scenario,
    ) -> Retries:
        """Read them off the dates of each case's lead."""
        begun = ~np.isnan(time["attempt_on"])
        most = np.array([scenario.cases.of(name).max_attempts for name in KINDS])[kind]
        own = (failed > 0) & (begun | (failed < most))
        first = np.fmax(opening, time["instructor_on"] - HALF_A_DAY)
        room = time["attempt_on"] + HALF_A_DAY - first
        return cls(kind[own], failed[own], room[own], factor[own])


def of_retries(seen: Retries, scenario: Scenario, kind: int, fastest: float) -> tuple[int, float, float, float, str]:
    """How many were begun again, the mean delay assumed, the longest it can have been, p, and the law that would fit.

    Parameters
    ----------
    fastest
        the greatest pace of work that was thought possible.
    """
    rule = scenario.cases.of(KINDS[kind])
    own = seen.kind == kind
    again = own & ~np.isnan(seen.room)
    count, law = int(again.sum()), rule.retry_delay
    if not count:
        return 0, law.mean, np.nan, np.nan, ""
    spent = seen.failed * rule.preparation.low * seen.factor / fastest
    longest = ((seen.room - spent) / seen.failed)[again]
    allowed = seen.failed[again] < rule.max_attempts

    def probability(times: float) -> float:
        return _too_soon(np.where(allowed, law.cdf(longest / times), 0.0), int(own.sum()))

    fitting = [times for times in np.geomspace(1.0, 0.01, 60) if probability(times) >= 0.5]
    fits = str(law.scaled(fitting[0])) if fitting and fitting[0] < 1.0 else ""
    return count, law.mean, float(np.maximum(longest, 0.0).mean()), probability(1.0), fits


def _too_soon(shares: NDArray[np.float64], among: int) -> float:
    """The chance that so many of so many delays are as short as they must have been: Bonferroni over the k shortest."""
    from scipy.stats import binom

    ordered = np.sort(shares)
    chances = binom.sf(np.arange(ordered.size), among, ordered)
    return float(min(1.0, ordered.size * chances.min()))
