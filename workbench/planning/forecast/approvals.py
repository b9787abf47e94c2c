"""Approvals against the committees' calendar: how long what was filed has waited, and what was assumed (MODEL §10).

An approval is no draw of a law: it is the first meeting that may hear a case, filed at some time of its day, after a
notice that is the whole city's. So the committees are held again for what was filed, under every notice that was
thought possible, and for many times of day; what has been waited in all must lie among what they give.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.scenario import Calendar, meetings
from workbench.simulation import KINDS
from workbench.simulation.kernels import hashes, uniforms
from workbench.simulation.setup import nominal

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.simulation.setup import Cases

#: Times of day that are tried, and the notices among which the one that would fit is looked for, in working days.
TIMES: Final = 1000
NOTICES: Final = np.arange(0.0, 20.5, 0.5)


class Filings(NamedTuple):
    """What was filed by t0 with a date, (n): whose it is to approve, and what came of it.

    Attributes
    ----------
    pool
        the responsible unit's name.
    committee
        whether a committee hears it; else it is decided after the notice.
    filed, approved
        working days; approved NaN where it still waits.
    """

    pool: NDArray[np.object_]
    committee: NDArray[np.bool_]
    filed: NDArray[np.float64]
    approved: NDArray[np.float64]

    @classmethod
    def of(cls, cases: Cases, time: Mapping[Any, NDArray[np.float64]], scenario: Scenario) -> Filings:
        """Read them off the dates of each case's lead. What calls meetings by itself has no calendar: it is left out,
        and so is what has a branch, but no date of its approval."""
        rules = [scenario.cases.of(kind).approval for kind in KINDS]
        names = np.array(cases.responsible_units, dtype=object)
        called = np.array([scenario.committee.of(str(name)).on_demand is not None for name in names], dtype=bool)
        committee = np.array([rule == "committee" for rule in rules])[cases.kind]
        heard = np.where(committee, ~called[cases.pool], np.array([rule == "direct" for rule in rules])[cases.kind])
        known = np.isnan(time["branch_on"]) | ~np.isnan(time["approved_on"])
        seen = heard & known & (time["filed_on"] >= 0.0)
        days = [np.floor(time[name][seen]) for name in ("filed_on", "approved_on")]
        return cls(names[cases.pool][seen], committee[seen], *days)

    def waited(self, t0: float) -> float:
        """Working days in all, from the middle of each day of filing; what still waits counts until t0."""
        return float((np.where(np.isnan(self.approved), t0, self.approved) - self.filed - 0.5).sum())

    def held_again(
        self, scenario: Scenario, notices: NDArray[np.float64], times: NDArray[np.float64], t0: float
    ) -> NDArray[np.float64]:
        """What would have been waited in all, (notices, times): each column of `times` (n, times) is a time of day
        of each filing."""
        pools = sorted(set(map(str, self.pool)))
        schedule = meetings(scenario, Calendar.of(scenario.calendar), pools)
        total = np.zeros((notices.size, times.shape[1]))
        for pool, own in schedule[schedule["day"] < t0].groupby("responsible"):
            mine = self.committee & (self.pool == pool)
            total += _heard(self.filed[mine], times[mine], notices, own, t0)
        unheard = self.committee & ~np.isin(self.pool, schedule.loc[schedule["day"] < t0, "responsible"].unique())
        total += (t0 - self.filed[unheard] - 0.5).sum()
        filed = self.filed[~self.committee]
        at = filed[:, None] + times[~self.committee]
        decided = [np.minimum(np.floor(at + notice), t0).sum(axis=0) for notice in notices]
        return np.asarray(total + np.array(decided) - (filed + 0.5).sum())


def _heard(
    filed: NDArray[np.float64],
    times: NDArray[np.float64],
    notices: NDArray[np.float64],
    held: pd.DataFrame,
    t0: float,
) -> NDArray[np.float64]:
    """The days waited in one committee, whose meetings hear the cases in the order in which they were filed."""
    at = filed[:, None] + times
    order = np.argsort(at, axis=0, kind="stable")
    at = np.take_along_axis(at, order, axis=0)
    middles = np.vstack([np.zeros(times.shape[1]), np.cumsum(filed[order] + 0.5, axis=0)])
    columns = np.arange(times.shape[1])
    done = np.zeros((notices.size, times.shape[1]), dtype=np.int64)
    total = np.zeros(done.shape)
    for day, agenda in zip(held["day"], held["agenda"], strict=True):
        ready = np.array([(at + notice <= day).sum(axis=0) for notice in notices])
        most = ready if np.isnan(agenda) else np.minimum(ready, done + int(agenda))
        now = np.maximum(most, done)
        total += day * (now - done) - (middles[now, columns] - middles[done, columns])
        done = now
    return np.asarray(total + t0 * (filed.size - done) - (middles[-1] - middles[done, columns]))


def of_approvals(
    filings: Filings, scenario: Scenario, delays: NDArray[np.float64], t0: float, seed: int
) -> tuple[int, float, float, float, str]:
    """How many were filed, the mean wait assumed and seen, the p-value, and the notice that would fit.

    Parameters
    ----------
    delays
        what was thought possible of the factor that lengthens the notice.
    """
    count = filings.filed.size
    if not count:
        return 0, np.nan, np.nan, np.nan, ""
    keys = np.arange(count * TIMES, dtype=np.uint64)
    times = uniforms(hashes(["approval"], "parameter"), keys, 1, 1, seed).reshape(count, TIMES)
    notice = nominal(scenario.committee.notice)
    again, seen = filings.held_again(scenario, notice + delays, times, t0), filings.waited(t0)
    below, same = (again < seen - 1e-9).sum(axis=1), (np.abs(again - seen) <= 1e-9).sum(axis=1)
    u = float(uniforms(hashes(["approval place"], "parameter"), 0, 1, 1, seed)[0])
    place = (below + u * (same + 1)) / (TIMES + 1)
    p = float(np.minimum(2.0 * np.minimum(place, 1.0 - place), 1.0).max())
    tried = filings.held_again(scenario, NOTICES, times[:, :50], t0).mean(axis=1)
    fitting = NOTICES[np.isclose(np.abs(tried - seen), np.abs(tried - seen).min())]
    return count, float(again.mean()) / count, seen / count, p, f"{float(np.median(fitting)):g}"
