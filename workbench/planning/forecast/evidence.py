"""What a dated register shows of the laws by a day: lengths known to the day, what still runs, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.fit import DATED
from workbench.inputs.scenario import Calendar
from workbench.planning.forecast.approvals import Filings
from workbench.planning.forecast.lengths import Lengths
from workbench.planning.forecast.retries import Retries
from workbench.simulation import KINDS, OUTREACH
from workbench.simulation.setup import Cases, factors, nominal
from workbench.simulation.start import Dates, cases_at_first, planned_groups

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


@dataclass(frozen=True)
class Evidence:
    """What was seen by t0.

    Attributes
    ----------
    attempts, elections
        their lengths, by kind.
    failures, successes
        int64 (kinds,), attempts that ended one way or the other.
    failed
        attempts that failed by t0 of which it is known when they began, by kind.
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
    failed: Lengths
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
        dates: Dates | None = None,
    ) -> Evidence:
        """Read it off a register, case by case, by the dates of each case's lead; `at_first` and `dates` as for
        `prepare_from`."""
        dates = dates or Dates.of(register, scenario)
        known, cases = dates.by(as_of), at_first
        if cases is None:
            planned = planned_groups(register, scenario, grouping, dates=dates)
            cases = cases_at_first(register, scenario, planned, dates=dates)
        rows = dates.people(scenario).row
        time, failed = known.time_of(rows[cases.lead]), known.attempts[rows[cases.lead]]
        founds = cases.kind == OUTREACH
        # A branch without an application or an approval that is dated ended its attempt at an unknown time.
        ended = np.where(founds, time["mass_org_on"], time["filed_on"])
        succeeded = ~np.isnan(ended) | (~founds & ~(np.isnan(time["approved_on"]) & np.isnan(time["branch_on"])))
        running = ~np.isnan(time["attempt_on"]) & ~succeeded
        calendar = Calendar.of(scenario.calendar)
        opening = np.where(founds, calendar.instructors_open, calendar.formation_opens)
        factor = _factors(cases, scenario)
        # Who is released by the opening begins with that day, and so does what a meeting decides.
        early = _surveyed_by(known.time_of(rows)["surveyed_on"], cases, opening)
        begun, sent = np.floor(time["attempt_on"]), np.floor(time["instructor_on"])
        told = _begun_when_sent(cases.kind, begun, sent, failed, scenario)
        attempts = Lengths.seen(
            cases.kind, begun, ended, running, known.t0, early & (begun == opening), factor, told & (begun == sent)
        )
        lost = (failed > 0) & told & (sent >= opening) & (sent < known.t0)
        over = Lengths.over(
            cases.kind[lost], sent[lost], known.t0, (early & (sent == opening))[lost], factor[lost]
        )  # fmt: skip
        heard = np.array([scenario.cases.of(kind).approval == "committee" for kind in KINDS])[cases.kind]
        approved, formed = np.where(founds, np.nan, time["approved_on"]), time["branch_on"]
        electing = ~np.isnan(approved) & np.isnan(formed)
        surveyed = known.middle[:, DATED.index("surveyed_on")] if known.surveyed else np.empty(0)
        nothing, begin = np.zeros(surveyed.size, np.int64), np.zeros(surveyed.size)
        return cls(
            attempts,
            Lengths.seen(cases.kind, approved, formed, electing, known.t0, heard),
            np.bincount(cases.kind, weights=failed, minlength=len(KINDS)).astype(np.int64),
            np.bincount(cases.kind[succeeded], minlength=len(KINDS)),
            over,
            Lengths.seen(nothing, begin, surveyed, np.isnan(surveyed), known.t0, with_the_day=True),
            Retries.of(cases.kind, failed, time, opening, factor, scenario),
            Filings.of(cases, time, scenario),
            known.t0,
        )


def _surveyed_by(surveyed: NDArray[np.float64], cases: Cases, opening: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which cases' units were all surveyed before the day of their opening, as far as the register says."""
    late = np.nan_to_num(surveyed, nan=-1.0)[cases.unit_row] >= opening[cases.unit_case]
    return np.asarray(np.bincount(cases.unit_case[late], minlength=len(cases)) == 0)


def _begun_when_sent(
    kind: NDArray[np.int64],
    begun: NDArray[np.float64],
    sent: NDArray[np.float64],
    failed: NDArray[np.int64],
    scenario: Scenario,
) -> NDArray[np.bool_]:
    """Which cases' first attempts began when their instructor was sent: whose was not assigned before any work, of the
    kinds of which most are seen to have begun so."""
    rules = scenario.instructors
    told = ~np.isnan(sent)
    if rules.standing is not None:
        told &= sent != Calendar.of(scenario.calendar).day_from(rules.assigned_on)
    first = told & (failed == 0) & ~np.isnan(begun)
    seen, at_once = (np.bincount(kind[own], minlength=len(KINDS)) for own in (first, first & (begun == sent)))
    return told & (2 * at_once >= seen)[kind]


def _factors(cases: Cases, scenario: Scenario) -> NDArray[np.float64]:
    """What distance and size multiply preparation by, where these carry a law at its mean."""
    rules = [scenario.cases.of(kind) for kind in KINDS]
    per_km = np.array([nominal(rule.per_km) for rule in rules])
    return factors(cases, per_km, np.array([nominal(rule.per_extra_unit) for rule in rules]))
