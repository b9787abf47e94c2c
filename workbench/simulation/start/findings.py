"""What is odd about a register's dates: told with its place and what to do, and never silently repaired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.arguments import as_date
from workbench.errors import Fault
from workbench.inputs import asked
from workbench.inputs.fit import DATED, is_silent, latest_date
from workbench.inputs.scenario import Calendar
from workbench.labels import text
from workbench.numbers import iso_date
from workbench.simulation.kernels import STATES
from workbench.simulation.start.known import FLAGS, known_by
from workbench.simulation.start.prepare import prepare_from, state_of

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.simulation.setup import Setup

#: So many findings of one kind in one column are told one by one; more are told by the first.
TOLD_ONE_BY_ONE = 5

#: Dates that belong to the campaign: before its start they are a slip. A branch may be as old as it likes.
_OF_THE_CAMPAIGN = ("surveyed_on", "attempt_on", "filed_on", "approved_on")

#: The steps to a branch, in the order in which they are taken.
_STEPS = ("attempt_on", "filed_on", "approved_on", "branch_on")

Row = tuple[str, str, str, str, dict[str, object]]


@asked
def date_findings(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | bool | None = None,
    as_of: date | str | None = None,
    *,
    weekly: bool = False,
) -> pd.DataFrame:
    """What breaks no rule of a dated register but should be looked at by a person.

    Parameters
    ----------
    register, scenario, grouping, as_of
        as for `states`; None: of all dates that there are.
    weekly
        whether the register was handed in on `as_of`, so that a later date in it is a slip.

    Returns
    -------
    pd.DataFrame
        one row per finding, by organization: `org_id`, `column`, `value`, `rule` (what is odd) and `repair` (what to
        do), in the language in use.

    Examples
    --------
    A date on a Sunday:

    >>> import workbench as wb
    >>> city = wb.make_city(60, 2, seed=1)
    >>> city.loc[city.index[:1], "surveyed_on"] = pd.Timestamp("2027-07-18")
    >>> date_findings(city, wb.Scenario())[["column", "value"]].to_numpy().tolist()
    [['surveyed_on', '2027-07-18']]
    """
    found = _found(register, scenario, grouping, None if as_of is None else as_date(as_of), weekly)
    return pd.DataFrame(
        [
            (org_id, column, value, text(f"fault.{code}.rule", **details), text(f"fault.{code}.repair", **details))
            for org_id, column, code, value, details in found
        ],
        columns=["org_id", "column", "value", "rule", "repair"],
        dtype="str",
    )


def date_faults(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | bool | None,
    as_of: date,
    setup: Setup | None = None,
) -> list[tuple[Fault, int]]:
    """The same of a register handed in on a day, as findings for a page: many of a kind in a column are one. First,
    whether it says anything of the days before that one.

    Parameters
    ----------
    setup
        what `prepare_from` gave for these four, where it is there already.

    Returns
    -------
    list[tuple[Fault, int]]
        each with how many cells it stands for.
    """
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in _found(register, scenario, grouping, as_of, weekly=True, setup=setup):
        alike.setdefault((row[1], row[2]), []).append(row)
    told = [(fault, 1) for fault in (*_silence(register, scenario, as_of), *_skipped(register, scenario, as_of))]
    for rows in alike.values():
        shown = rows if len(rows) <= TOLD_ONE_BY_ONE else rows[:1]
        for org_id, column, code, value, details in shown:
            place, more = f"{org_id} {column}", len(rows) - len(shown)
            place = text("fault.places", place=place, more=more) if more else place
            told.append((Fault(code, place, value, details), more + 1))
    return told


def _silence(register: pd.DataFrame, scenario: Scenario, as_of: date) -> Iterator[Fault]:
    """A register that is probably an old one: what was done since would count as not done."""
    latest = latest_date(register, scenario)
    if not is_silent(latest, scenario, as_of):
        return
    # A finding is kept with its outcome: nothing in it may be in one language only.
    day = iso_date(as_of)
    if latest is None:
        yield Fault("register_without_dates", ", ".join(DATED), "", {"as_of": day})
    else:
        column = next(name for name in DATED if (register[name] == pd.Timestamp(latest)).any())
        yield Fault("register_silent", column, iso_date(latest), {"as_of": day, "days": (as_of - latest).days})


def _skipped(register: pd.DataFrame, scenario: Scenario, as_of: date) -> Iterator[Fault]:
    """Steps of which nothing is dated though others are: whoever has come that far counts as not that far. A register
    that dates branches alone skips none."""
    start, day = pd.Timestamp(Calendar.of(scenario.calendar).first), pd.Timestamp(as_of)
    dated = [name for name in _STEPS if ((register[name] >= start) & (register[name] <= day)).any()]
    steps = [name for name in dated if name != "branch_on"]
    for place, column in enumerate(_STEPS[:-1]):
        later = [name for name in dated if name in _STEPS[place + 1 :]]
        if later and steps and column not in dated:
            yield Fault("step_undated", column, "", {"later": later[0]})


def _found(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | bool | None,
    day: date | None,
    weekly: bool,
    setup: Setup | None = None,
) -> list[Row]:
    found = [
        *_dates(register, scenario, day if weekly else None),
        *_undated(register),
        *_units(register, scenario, grouping, day, setup),
    ]
    return sorted(found, key=lambda row: row[:2])


def _dates(register: pd.DataFrame, scenario: Scenario, handed_in: date | None) -> Iterator[Row]:
    calendar = Calendar.of(scenario.calendar)
    start = pd.Timestamp(calendar.first)
    for column in DATED:
        dates = register[column].dropna()
        off = {each: not calendar.is_working_day(each.date()) for each in dates.unique() if each >= start}
        odd = dates.isin([each for each, not_worked in off.items() if not_worked])
        odd |= (dates < start) & (column in _OF_THE_CAMPAIGN)
        odd |= dates > (pd.Timestamp.max if handed_in is None else pd.Timestamp(handed_in))
        for org_id, when in dates[odd].items():
            value = iso_date(when.date())
            if handed_in is not None and when.date() > handed_in:
                yield str(org_id), column, "date_after_the_day", value, {"as_of": iso_date(handed_in)}
            elif when < start and column in _OF_THE_CAMPAIGN:
                yield str(org_id), column, "date_before_the_start", value, {"start": iso_date(calendar.first)}
            elif off.get(when):
                counted = calendar.date_of(max(calendar.day_by(when.date()), 0))
                yield str(org_id), column, "date_off", value, {"counted": iso_date(counted)}


def _undated(register: pd.DataFrame) -> Iterator[Row]:
    for column, flag in FLAGS.items():
        for org_id, when in register.loc[~register[flag] & register[column].notna(), column].items():
            yield str(org_id), column, "date_without_yes", iso_date(when.date()), {"flag": flag}
    branch = register["has_branch"].to_numpy(dtype=bool)
    begun = register[["attempt_on", "filed_on", "approved_on"]].notna().any(axis=1).to_numpy()
    for org_id in register.index[branch & register["branch_on"].isna().to_numpy() & begun]:
        yield str(org_id), "branch_on", "branch_undated", "", {}
    silent = register[["attempt_on", "instructor_on", "filed_on", "approved_on"]].isna().all(axis=1).to_numpy()
    for org_id in register.index[~branch & (register["attempts"].to_numpy() > 0) & silent]:
        yield str(org_id), "attempts", "attempts_undated", str(register.loc[org_id, "attempts"]), {}


def _units(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | bool | None,
    as_of: date | None,
    setup: Setup | None,
) -> Iterator[Row]:
    """Units of a group whose own dates tell another state than their lead's; the group's is its lead's."""
    if grouping is None or isinstance(grouping, bool):
        return
    day = Calendar.of(scenario.calendar).spec.last if as_of is None else as_of
    known = known_by(register, scenario, day)
    covered = known.register["has_branch"]
    for row in grouping.assignment.to_dict("records"):
        lead = row["facility_id"] if row["facility_kind"] == "peer" else row["org_id"]
        if lead in covered.index and covered.loc[lead] and not covered.loc[row["org_id"]]:
            yield str(row["org_id"]), "branch_on", "unit_left_behind", "", {"lead": lead}
    setup = setup or prepare_from(register, scenario, grouping, day)
    cases, start = setup.cases, setup.start
    assert start is not None
    unit_state = state_of(
        known.time.loc[cases.organizations.index].iloc[cases.unit_row],
        known.register["attempts"].loc[cases.organizations.index].to_numpy(dtype=np.int64)[cases.unit_row],
        cases.kind[cases.unit_case],
        scenario,
    )[0]
    for at in np.flatnonzero(unit_state != start.state[cases.unit_case]):
        case = cases.unit_case[at]
        details = {"lead": cases.ids[case], "state": text(f"state.{STATES[start.state[case]]}")}
        org_id = str(cases.organizations.index[cases.unit_row[at]])
        yield org_id, "attempt_on", "unit_differs", text(f"state.{STATES[unit_state[at]]}"), details
