"""From a dated register to the set-up of a forecast: cases, where each stands, and what has happened (MODEL §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import as_date
from workbench.grouping import joined
from workbench.inputs import asked, instructors_total, refuse_misfit
from workbench.simulation.kernels import ABANDONED, APPROVED, FILED, IN_WORK, STATES, WAITING
from workbench.simulation.setup import (
    BEFORE,
    KINDS,
    NOT_YET,
    OUTREACH,
    Cases,
    Flags,
    Population,
    Setup,
    Start,
    cases_of,
    instructors_by_responsible,
    prepare,
)
from workbench.simulation.start.known import FLAGS, Dates, Known

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


@asked
def states(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    as_of: date | str | None = None,
) -> pd.DataFrame:
    """Where every case stands at the end of a day, by the dates of a register (MODEL §10).

    Parameters
    ----------
    register
        a validated register with dates.
    scenario
        the rules and the calendar.
    grouping
        who joins whom in this campaign; None finds it in the register as it was before the start. False: no group takes
        anybody.
    as_of
        the day; later dates are not known yet. None: the day before the start.

    Returns
    -------
    pd.DataFrame
        one row per case: case (its lead's org_id), kind, responsible, units, state (waiting, in_work, filed, approved,
        abandoned), since (working-day time of the attempt in work, the filing or the approval; NaN for the others),
        attempts_before. Who has a branch already is in no case.

    Examples
    --------
    >>> import workbench as wb
    >>> found = states(wb.make_city(60, 2, seed=1), wb.Scenario(), as_of="2027-08-20")
    >>> found["state"].unique().tolist()
    ['waiting']
    """
    setup = prepare_from(register, scenario, planned_groups(register, scenario, grouping), as_of)
    start = setup.start
    assert start is not None
    return setup.cases.frame().assign(
        state=pd.Series(np.array(STATES, dtype=object)[start.state], dtype="str"),
        since=start.since,
        attempts_before=start.before,
    )


def planned_groups(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None,
    *,
    dates: Dates | None = None,
) -> Grouping | Literal[False]:
    """Who joins whom, as the campaign was planned: as `joined`, by the register as it was before the start."""
    return joined((dates or Dates.of(register, scenario)).before.register, scenario, grouping)


def prepare_from(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    as_of: date | str | None,
    *,
    planned: Grouping | Literal[False] | None = None,
    at_first: Cases | None = None,
    dates: Dates | None = None,
) -> Setup:
    """Everything that a replication reads, from the state that a register's dates give.

    Instructors are where they were sent when the campaign began: those that are shared by need are shared by the cases
    of that day (`at_first`, where `cases_at_first` has been asked already), under the groups that were planned then (by
    default the same). `dates` are the register's, where they have been read already.

    Raises
    ------
    ScenarioError, InfeasibleError
        as `prepare`.
    """
    refuse_misfit(scenario, register)
    dates = dates or Dates.of(register, scenario)
    now = dates.before if as_of is None else dates.by(as_date(as_of))
    if at_first is None:
        at_first = cases_at_first(register, scenario, grouping if planned is None else planned, dates=dates)
    cases = _cases(now, dates, scenario, grouping)
    start = _start(cases, dates.people(scenario), now, scenario)
    had, worked = cases.organizations, start.work_day < NOT_YET
    sent_one = had["instructor"].to_numpy() | (worked & _begun_units(cases, start))
    organizations = had.assign(instructor=sent_one, worked=had["worked"].to_numpy() | worked)
    cases = replace(cases, organizations=organizations)
    total = instructors_total(scenario, register)
    sent = instructors_by_responsible(at_first, scenario, total)
    return prepare(register, scenario, grouping, cases=cases, instructors=sent, start=start)


def cases_at_first(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    *,
    dates: Dates | None = None,
) -> Cases:
    """The cases of the campaign as it began, whatever has become of them."""
    dates = dates or Dates.of(register, scenario)
    return _cases(dates.before, dates, scenario, grouping)


def _cases(known: Known, dates: Dates, scenario: Scenario, grouping: Grouping | Literal[False]) -> Cases:
    """The cases of a day; the register says who has a branch at any time."""
    branch, instructor, mass_org = (known.has[name] for name in ("has_branch", "has_instructor", "has_mass_org"))
    flags = Flags(branch, instructor, mass_org, known.worked_before)
    placement = dates.placed(grouping)
    if placement is not None:
        later = dates.register["has_branch"].to_numpy(dtype=bool) & ~flags.branch
        placement = placement.left_to_form(flags.branch, later)
    return cases_of(dates.people(scenario), scenario, flags, placement)


def _start(cases: Cases, people: Population, known: Known, scenario: Scenario) -> Start:
    """Where each case stands: its lead's dates tell, the first of MODEL §10's that holds."""
    time = known.time_of(people.row)
    attempts = known.attempts[people.row]
    before = attempts[cases.lead]
    state, since = state_of({name: each[cases.lead] for name, each in time.items()}, before, cases.kind, scenario)
    branch = cases.organizations["branch"].to_numpy(dtype=bool)
    dispatch_day = _dispatch_days(cases, state, before, time, known.t0)
    return Start(
        as_of=known.as_of,
        t0=known.t0,
        state=state,
        since=since,
        before=before,
        surveyed=time["surveyed_on"] if known.surveyed else None,
        branch_day=np.where(branch, _days(time["branch_on"], BEFORE), NOT_YET),
        work_day=_work_days(cases, people, known, time, dispatch_day),
        dispatch_day=dispatch_day,
    )


def state_of(
    time: Mapping[str, NDArray[np.float64]], before: NDArray[np.int64], kind: NDArray[np.int64], scenario: Scenario
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Where each stands by its own dates, one row each, and since when: the first of MODEL §10's rules that holds."""
    at = [time[name] for name in ("approved_on", "filed_on", "attempt_on")]
    approved, filed, begun = (~np.isnan(values) for values in at)
    forms = kind != OUTREACH
    most = np.array([scenario.cases.of(name).max_attempts for name in KINDS], dtype=np.int64)[kind]
    holds = [approved & forms, filed & forms, begun]
    state = np.select([*holds, before >= most], [APPROVED, FILED, IN_WORK, ABANDONED], WAITING)
    return state.astype(np.int8), np.select(holds, at, np.nan)


def _days(values: NDArray[np.float64], missing: int) -> NDArray[np.int64]:
    """The working days of times, `BEFORE` at the least; `missing` where there is none."""
    found = np.maximum(np.floor(np.nan_to_num(values, nan=0.0)), BEFORE).astype(np.int64)
    return np.where(np.isnan(values), missing, found)


def _dispatch_days(
    cases: Cases,
    state: NDArray[np.int8],
    before: NDArray[np.int64],
    time: Mapping[str, NDArray[np.float64]],
    t0: float,
) -> NDArray[np.int64]:
    """When work on each case began: by the earliest of its lead's dates, or on the last day before t0."""
    own = np.fmin(np.fmin(time["attempt_on"], time["filed_on"]), time["approved_on"])[cases.lead]
    begun = ((state != WAITING) & (state != ABANDONED)) | (before > 0)
    return np.where(begun, _days(own, int(t0) - 1), NOT_YET)


def _begun_units(cases: Cases, start: Start) -> NDArray[np.bool_]:
    """Which organizations are units of a case on which work has begun."""
    begun = np.zeros(len(cases.organizations), dtype=bool)
    begun[cases.unit_row[(start.dispatch_day < NOT_YET)[cases.unit_case]]] = True
    return begun


def _work_days(
    cases: Cases,
    people: Population,
    known: Known,
    time: Mapping[str, NDArray[np.float64]],
    dispatch_day: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Since when each organization has a branch, an instructor or a mass organization: the first that is known."""
    day = np.full(len(people), NOT_YET, dtype=np.int64)
    for column, flag in FLAGS.items():
        has = known.has[flag][people.row]
        day[has] = np.minimum(day, _days(time[column], BEFORE))[has]
    np.minimum.at(day, cases.unit_row, dispatch_day[cases.unit_case])
    return day
