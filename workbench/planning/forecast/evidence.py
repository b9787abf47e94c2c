"""What a dated register shows of the laws by a day: lengths known to the day, what still runs, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.scenario import Calendar, Law
from workbench.planning.forecast.approvals import Filings
from workbench.planning.forecast.retries import HALF_A_DAY, Retries
from workbench.simulation import KINDS, OUTREACH
from workbench.simulation.setup import Cases, factors, nominal
from workbench.simulation.start import cases_at_first, known_by, planned_groups

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: What an impossible length counts as.
LEAST_LIKELIHOOD = 1e-300


class Lengths(NamedTuple):
    """Lengths seen by t0, (n): each lies in [low, high), or is `low` at least where it still runs (high infinite).

    They are lengths in units of one's own: divided by the distance and unit factors, before any random factor; so is
    `since`, how long ago each began.
    """

    kind: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    since: NDArray[np.float64]

    def of(self, kind: int) -> Lengths:
        """Those of one kind."""
        return self.where(self.kind == kind)

    def where(self, own: NDArray[np.bool_]) -> Lengths:
        """Some of them."""
        return Lengths(self.kind[own], self.low[own], self.high[own], self.since[own])

    def shares(self, law: Law, paces: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """F at both ends where a length is a draw divided by each pace, (paces, n)."""
        ends = np.where(np.isfinite(self.high), self.high, 0.0)
        above = np.where(np.isfinite(self.high), law.cdf(ends * paces[:, None]), 1.0)
        return law.cdf(self.low * paces[:, None]), above

    def log_probability(self, law: Law, paces: NDArray[np.float64], gone: float = 0.0) -> NDArray[np.float64]:
        """The logarithm of the probability of all of them, for each pace; equal ones are worked out once.

        A law without spread says nothing about what is known to the day only.

        Parameters
        ----------
        law, paces
            a length is a draw of the law divided by the pace.
        gone
            the share of those that have ended of which no length is left: of attempts those that failed. What is seen
            is then what is left of all that began: long ago mostly those that ended, and of late those that run.
        """
        if not self.low.size or law.is_fixed:
            return np.zeros(paces.size)
        each, count = np.unique(np.stack([self.low, self.high, self.since]), axis=1, return_counts=True)
        below, above = Lengths(self.kind, *each).shares(law, paces)
        left = 1.0 - gone * law.cdf(each[2] * paces[:, None]) if gone else 1.0
        return np.asarray(
            (np.log(np.maximum(above - below, LEAST_LIKELIHOOD)) - np.log(np.maximum(left, LEAST_LIKELIHOOD))) @ count
        )


@dataclass(frozen=True)
class Evidence:
    """What was seen by t0.

    Attributes
    ----------
    attempts, elections
        their lengths, by kind.
    failures, successes
        int64 (kinds,), attempts that ended one way or the other.
    surveys
        when organizations were surveyed, working-day time; empty where the register does not say.
    retries, filings
        further attempts, and what has been filed.
    t0
        the end of what was seen.
    """

    attempts: Lengths
    elections: Lengths
    failures: NDArray[np.int64]
    successes: NDArray[np.int64]
    surveys: Lengths
    retries: Retries
    filings: Filings
    t0: float

    @classmethod
    def of(
        cls,
        register: pd.DataFrame,
        scenario: Scenario,
        grouping: Grouping | Literal[False] | None,
        as_of: date,
        *,
        at_first: Cases | None = None,
    ) -> Evidence:
        """Read it off a register, case by case, by the dates of each case's lead; `at_first` as for `prepare_from`."""
        known = known_by(register, scenario, as_of)
        cases = at_first
        if cases is None:
            cases = cases_at_first(register, scenario, planned_groups(register, scenario, grouping))
        leads = cases.organizations.index[cases.lead]
        time = {name: known.time[name].loc[leads].to_numpy() for name in known.time}
        failed = known.register["attempts"].loc[leads].to_numpy(dtype=np.int64)
        founds = cases.kind == OUTREACH
        # A branch without an application or an approval that is dated ended its attempt at an unknown time.
        ended = np.where(founds, time["mass_org_on"], time["filed_on"])
        succeeded = ~np.isnan(ended) | (~founds & ~(np.isnan(time["approved_on"]) & np.isnan(time["branch_on"])))
        running = ~np.isnan(time["attempt_on"]) & ~succeeded
        seen = ~np.isnan(time["attempt_on"]) & ~np.isnan(ended)
        calendar = Calendar.of(scenario.calendar)
        opening = np.where(founds, calendar.instructors_open, calendar.formation_opens)
        # Who begins on the opening day begins when it does; a meeting, too, is at its day's start.
        begin = np.where(time["attempt_on"] == opening + HALF_A_DAY, opening, time["attempt_on"])
        heard = np.array([scenario.cases.of(kind).approval == "committee" for kind in KINDS])[cases.kind]
        factor = _factors(cases, scenario)
        attempts = _lengths(cases.kind, begin, ended, seen, running, known.t0, factor)
        formed, approved = time["branch_on"], time["approved_on"]
        elected = ~np.isnan(approved) & ~np.isnan(formed) & ~founds
        electing = ~np.isnan(approved) & np.isnan(formed) & ~founds
        alone = np.ones(len(cases))
        surveyed = known.time["surveyed_on"].to_numpy() if known.surveyed else np.empty(0)
        nothing, begin = np.zeros(surveyed.size, np.int64), np.zeros(surveyed.size)
        there = ~np.isnan(surveyed)
        return cls(
            attempts,
            _lengths(cases.kind, approved - HALF_A_DAY * heard, formed, elected, electing, known.t0, alone),
            np.bincount(cases.kind, weights=failed, minlength=len(KINDS)).astype(np.int64),
            np.bincount(cases.kind[succeeded], minlength=len(KINDS)),
            _lengths(nothing, begin, surveyed, there, ~there, known.t0, np.ones(surveyed.size)),
            Retries.of(cases.kind, failed, time, opening, factor, scenario),
            Filings.of(cases, time, scenario),
            known.t0,
        )


def _factors(cases: Cases, scenario: Scenario) -> NDArray[np.float64]:
    """What distance and size multiply preparation by, where these carry a law at its mean."""
    rules = [scenario.cases.of(kind) for kind in KINDS]
    per_km = np.array([nominal(rule.per_km) for rule in rules])
    return factors(cases, per_km, np.array([nominal(rule.per_extra_unit) for rule in rules]))


def _lengths(
    kind: NDArray[np.int64],
    begin: NDArray[np.float64],
    end: NDArray[np.float64],
    ended: NDArray[np.bool_],
    running: NDArray[np.bool_],
    t0: float,
    factor: NDArray[np.float64],
) -> Lengths:
    low = np.where(ended, np.maximum(end - begin - HALF_A_DAY, 0.0), t0 - begin) / factor
    high = np.where(ended, end - begin + HALF_A_DAY, np.inf) / factor
    seen = ended | running
    return Lengths(kind[seen], low[seen], high[seen], ((t0 - begin) / factor)[seen])
