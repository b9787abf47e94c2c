"""Whether a review's inputs belong together: the plan's outcome, last week's register, and this one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from workbench.errors import Fault, RegisterError, StoreError
from workbench.inputs.ledger import CalledColumn
from workbench.inputs.register import COLUMNS, in_scope, shown, tiers
from workbench.labels import text
from workbench.numbers import iso_date, percent

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.simulation.results import Outcome

#: A plan, or a register, of which fewer organizations are the same than this share is another city's.
SAME_CITY: Final = 0.9
#: Steps of a task that, once dated, do not go away.
STEPS: Final = ("filed_on", "approved_on", "branch_on")
COMPARED: Final = ("responsible", "branch", "tier")
_SAID: Final = [column.name for column in COLUMNS[1:]]


def check_plan(plan: Outcome, begin: pd.DataFrame, scenario: Scenario) -> list[Fault]:
    """Refuse a plan that was not made for this campaign; give what differs in little.

    Parameters
    ----------
    plan
        the outcome made when the campaign began.
    begin
        the register as it was then.
    scenario
        the campaign's.

    Raises
    ------
    StoreError
        the plan is of another register, another calendar, or keeps no responsible units.
    """
    place, faults = "outcome.nc", []
    if "responsible" not in plan.dataset.dims:
        faults.append(Fault("plan_without_units", place))
    own, other = plan.scenario.calendar, scenario.calendar
    for name in ("start", "deadline"):
        if getattr(own, name) != getattr(other, name):
            details: dict[str, object] = {"date": name, "wanted": iso_date(getattr(other, name))}
            faults.append(Fault("plan_of_another_calendar", place, iso_date(getattr(own, name)), details))
    scope = in_scope(begin, scenario)
    now = pd.DataFrame({
        "responsible": scope["responsible"] if scenario.policy.responsibility == "register" else scope["street"],
        "branch": scope["has_branch"].astype(bool),
        "tier": tiers(scope, scenario),
    })  # fmt: skip
    then = plan.organizations[list(COMPARED)]
    both = now.index.intersection(then.index)
    alike = (now.loc[both].astype(str) == then.loc[both].astype(str)).all(axis=1)
    share = int(alike.sum()) / max(len(now), len(then), 1)
    if share < SAME_CITY:
        faults.append(Fault("plan_of_another_register", place, str(percent(share)), {"same": percent(SAME_CITY, 0)}))
    if faults:
        raise StoreError(text("error.review"), faults)
    new, gone = now.index.difference(then.index), then.index.difference(now.index)
    found = [Fault("plan_lacks", shown(org_id), "") for org_id in new]
    return found + [Fault("plan_has_more", shown(org_id), "") for org_id in gone]


def check_previous(previous: pd.DataFrame, register: pd.DataFrame, since: date | None, as_of: date) -> list[Fault]:
    """Refuse a register that is not of an earlier day of this campaign; give who is gone, and what was undone.

    Parameters
    ----------
    previous, register
        last week's register, and this week's.
    since, as_of
        their days; None where last week's is not known.

    Raises
    ------
    RegisterError
        it is later than this week's, or of another city.
    """
    latest = _latest(previous)
    day = max((each for each in (since, latest) if each is not None), default=None)
    faults = []
    if day is not None and day >= as_of and (since is None or since >= as_of or latest != since):
        faults.append(Fault("previous_later", text("review.previous"), iso_date(day), {"day": iso_date(as_of)}))
    both = previous.index.intersection(register.index)
    share = len(both) / max(len(previous), len(register), 1)
    if share < SAME_CITY:
        faults.append(Fault("previous_of_another_city", text("review.previous"), str(percent(share))))
    if faults:
        raise RegisterError(text("error.review"), faults)
    then, now = previous.loc[both], register.loc[both]
    if since is not None and len(both) == len(previous) == len(register) and then[_SAID].equals(now[_SAID]):
        # Saved again it has other bytes: what it says is what counts.
        return [Fault("week_repeated", iso_date(as_of), "", {"other": iso_date(since)})]
    return [*_gone(previous, register), *_undone(then, now), *_redated(then, now)]


def _latest(register: pd.DataFrame) -> date | None:
    """The latest date that a register knows."""
    latest = [register[name].max() for name in (*STEPS, "surveyed_on", "instructor_on", "attempt_on", "mass_org_on")]
    return max((pd.Timestamp(each).date() for each in latest if pd.notna(each)), default=None)


def _gone(previous: pd.DataFrame, register: pd.DataFrame) -> Iterator[Fault]:
    for org_id in previous.index.difference(register.index):
        row = previous.loc[org_id]
        yield Fault("organization_gone", shown(org_id), shown(row["responsible"]), {"name": shown(row["name"])})


def _undone(previous: pd.DataFrame, register: pd.DataFrame) -> Iterator[Fault]:
    """What was so last week and is not any more: a branch, or a date of a step."""
    lost = previous["has_branch"] & ~register["has_branch"]
    for org_id in previous.index[lost]:
        yield Fault("branch_lost", shown(org_id), "")
    for step in STEPS:
        undone = previous[step].notna() & register[step].isna() & ~lost
        for org_id in previous.index[undone]:
            details: dict[str, object] = {"column": CalledColumn(step)}
            yield Fault("step_undone", shown(org_id), iso_date(previous.loc[org_id, step]), details)


def _redated(previous: pd.DataFrame, register: pd.DataFrame) -> Iterator[Fault]:
    """What has another date than last week, fewer failed attempts, or a new branch and no date of it."""
    for step in STEPS:
        changed = previous[step].notna() & register[step].notna() & (previous[step] != register[step])
        for org_id in previous.index[changed]:
            details: dict[str, object] = {"column": CalledColumn(step), "before": iso_date(previous.loc[org_id, step])}
            yield Fault("step_redated", shown(org_id), iso_date(register.loc[org_id, step]), details)
    for org_id in previous.index[register["attempts"] < previous["attempts"]]:
        details = {"before": int(previous.loc[org_id, "attempts"])}
        yield Fault("attempts_fewer", shown(org_id), str(register.loc[org_id, "attempts"]), details)
    begun = register[["attempt_on", "filed_on", "approved_on"]].notna().any(axis=1)
    new = register["has_branch"] & ~previous["has_branch"] & register["branch_on"].isna() & ~begun
    for org_id in previous.index[new]:
        yield Fault("branch_new_undated", shown(org_id), "")
