"""How long cases wait at each stage: the mean of everybody's wait, not of those alone who got through in time.

Who is still waiting when the simulation ends has waited at least so long. A mean over the others would be shorter, the
slower the stage is. So waits are estimated as times that are cut short (Kaplan and Meier 1958), in whole working days,
and the mean of those who got through, which is known exactly, is corrected by what the cut takes from it. Where many
replications were simulated, lengths are known of a part of them: enough for the correction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.simulation.kernels import STAGES, Counters
from workbench.simulation.setup import FORMING, KINDS

if TYPE_CHECKING:
    from workbench.simulation.results.outcome import Outcome

#: Stages after filing: a mass organization is neither approved nor elected.
AFTER_FILING = 2


def by_length(counters: Counters) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cases by whole working days, int64 (kinds, stages, days) each: so long to get through, and so long watched of
    those who did not."""
    moved = counters.moved.astype(np.int64)
    days = moved.shape[-1]
    through = np.stack([np.trace(moved, length, axis1=2, axis2=3) for length in range(days)], axis=-1)
    entered = np.empty(moved.shape[:3], np.int64)
    entered[:, 0], entered[:, 1:] = counters.came, moved.sum(axis=2)[:, :-1]
    # Whose attempts all fail never comes to be filed, however long one waits.
    entered[:, 1] -= counters.lost
    entered[[kind not in FORMING for kind in KINDS], AFTER_FILING:] = 0
    # Who came on day d is watched until the last one.
    return through, (entered - moved.sum(axis=3))[:, :, ::-1]


class Waits(NamedTuple):
    """Of each kind and stage (kinds, stages): the mean wait, working days, and the share that waits longer than any
    case could be watched; the mean counts these as so long, and is what the wait is at least."""

    mean: NDArray[np.float64]
    longer: NDArray[np.float64]


def kaplan_meier(through: NDArray[np.int64], watched: NDArray[np.int64]) -> Waits:
    """Restricted means of whole working days (..., days); NaN where nobody got through.

    >>> through, watched = np.zeros((2, 6), np.int64)
    >>> through[4], watched[2] = 3, 5
    >>> kaplan_meier(through, watched).mean.round(6)
    np.float64(4.0)
    """
    # On the day on which one gets through all are at risk who are watched for so long.
    at_risk = np.flip(np.cumsum(np.flip(through + watched, axis=-1), axis=-1), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        stay = 1.0 - np.where(at_risk > 0, through / at_risk, 0.0)
    after = np.cumprod(stay, axis=-1)
    limit = (at_risk > 0).sum(axis=-1)
    # The mean is the sum over days of the share that waits for longer: up to the longest watch.
    within = np.arange(through.shape[-1]) < limit[..., None]
    mean = np.where(within, after, 0.0).sum(axis=-1)
    longer = np.take_along_axis(after, np.maximum(limit - 1, 0)[..., None], axis=-1)[..., 0]
    some = through.sum(axis=-1) > 0
    return Waits(np.where(some, mean, np.nan), np.where(limit > 0, longer, np.nan))


def passages(outcome: Outcome) -> pd.DataFrame:
    """`Outcome.passages`."""
    total = outcome.stages[["days", "cases"]].sum("responsible")
    passed, days = total["cases"].to_numpy(), total["days"].to_numpy()
    kinds = pd.Series(outcome.case_days["kind"].to_numpy(), dtype="str").value_counts()
    entered = np.empty_like(passed)
    entered[:, 0] = kinds.reindex(list(KINDS), fill_value=0).to_numpy() * outcome.replications
    entered[:, 1:] = passed[:, :-1]
    entered[[kind not in FORMING for kind in KINDS], AFTER_FILING:] = 0
    mean, longer = _corrected(outcome, days, passed)
    counts = {"entered": entered, "passed": passed, "never": entered - passed}
    index = pd.MultiIndex.from_product([KINDS, STAGES], names=["kind", "stage"])
    shares = {name: count.ravel() / outcome.replications for name, count in counts.items()}
    return pd.DataFrame({**shares, "mean": mean.ravel(), "longer": longer.ravel()}, index=index)


def _corrected(outcome: Outcome, days: NDArray[np.float64], passed: NDArray[np.int64]) -> Waits:
    """The exact mean of those who got through, and what the cut takes from it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = days / passed
    if "through" not in outcome.stages:  # saved by an older version
        return Waits(exact, np.full(exact.shape, np.nan))
    through, watched = (outcome.stages[name].to_numpy() for name in ("through", "watched"))
    whole = kaplan_meier(through, watched)
    with np.errstate(invalid="ignore", divide="ignore"):
        whole_exact = through @ np.arange(through.shape[-1]) / through.sum(axis=-1)
    cut = (watched.sum(axis=-1) > 0) & (passed > 0)
    return Waits(np.where(cut, exact + whole.mean - whole_exact, exact), whole.longer)
