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
from workbench.inputs.fit import DATED, is_silent
from workbench.labels import text
from workbench.numbers import iso_date
from workbench.simulation.kernels import STATES
from workbench.simulation.setup import KINDS
from workbench.simulation.start.known import FLAGS, Dates
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
    dates = Dates.of(register, scenario)
    found = _found(dates, scenario, grouping, None if as_of is None else as_date(as_of), weekly)
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
    *,
    dates: Dates | None = None,
) -> list[tuple[Fault, int]]:
    """The same of a register handed in on a day, as findings for a page: many of a kind in a column are one. First,
    whether it says anything of the days before that one.

    Parameters
    ----------
    setup
        what `prepare_from` gave for these four, where it is there already.
    dates
        the register's, where they have been read already.

    Returns
    -------
    list[tuple[Fault, int]]
        each with how many cells it stands for.
    """
    dates = dates or Dates.of(register, scenario)
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in _found(dates, scenario, grouping, as_of, weekly=True, setup=setup):
        alike.setdefault((row[1], row[2]), []).append(row)
    told = [(fault, 1) for fault in (*_silence(dates, scenario, as_of), *_skipped(dates, as_of))]
    for rows in alike.values():
        shown = rows if len(rows) <= TOLD_ONE_BY_ONE else rows[:1]
        for org_id, column, code, value, details in shown:
            place, more = f"{org_id} {column}", len(rows) - len(shown)
            told.append((Fault(code, place, value, details | ({"more": more} if more else {})), more + 1))
    return told


def _silence(dates: Dates, scenario: Scenario, as_of: date) -> Iterator[Fault]:
    """A register that is probably an old one: what was done since would count as not done."""
    campaign = dates.on[dates.on >= np.datetime64(dates.calendar.first)]
    latest = pd.Timestamp(campaign.max()).date() if campaign.size else None
    if not is_silent(latest, scenario, as_of):
        return
    # A finding is kept with its outcome: nothing in it may be in one language only.
    day = iso_date(as_of)
    if latest is None:
        yield Fault("register_without_dates", ", ".join(DATED), "", {"as_of": day})
    else:
        column = DATED[int(np.flatnonzero((dates.on == np.datetime64(latest)).any(axis=0))[0])]
        yield Fault("register_silent", column, iso_date(latest), {"as_of": day, "days": (as_of - latest).days})


def _skipped(dates: Dates, as_of: date) -> Iterator[Fault]:
    """Steps of which nothing is dated though others are: whoever has come that far counts as not that far. A register
    that dates branches alone skips none."""
    start, day = np.datetime64(dates.calendar.first), np.datetime64(as_of)
    within = (dates.on >= start) & (dates.on <= day)
    dated = [name for name in _STEPS if within[:, DATED.index(name)].any()]
    steps = [name for name in dated if name != "branch_on"]
    for place, column in enumerate(_STEPS[:-1]):
        later = [name for name in dated if name in _STEPS[place + 1 :]]
        if later and steps and column not in dated:
            yield Fault("step_undated", column, "", {"later": later[0]})


def _found(
    dates: Dates,
    scenario: Scenario,
    grouping: Grouping | bool | None,
    day: date | None,
    weekly: bool,
    setup: Setup | None = None,
) -> list[Row]:
    found = [
        *_dates(dates, day if weekly else None),
        *_undated(dates),
        *_too_often(dates, scenario),
        *_units(dates, scenario, grouping, day, setup),
    ]
    return sorted(found, key=lambda row: row[:2])


def _dates(dates: Dates, handed_in: date | None) -> Iterator[Row]:
    calendar, on = dates.calendar, dates.on
    start = np.datetime64(calendar.first)
    days = [pd.Timestamp(each) for each in np.unique(on[on >= start])]
    off = np.isin(on, np.array([each for each in days if not calendar.is_working_day(each.date())], dtype=on.dtype))
    late = on > np.datetime64(pd.Timestamp.max if handed_in is None else pd.Timestamp(handed_in))
    early = (on < start) & np.isin(DATED, _OF_THE_CAMPAIGN)
    for column, place in np.argwhere((off | late | early).T).tolist():
        org_id, when = str(dates.register.index[place]), pd.Timestamp(on[place, column]).date()
        where = (org_id, DATED[column])
        if handed_in is not None and late[place, column]:
            yield *where, "date_after_the_day", iso_date(when), {"as_of": iso_date(handed_in)}
        elif early[place, column]:
            yield *where, "date_before_the_start", iso_date(when), {"start": iso_date(calendar.first)}
        else:
            counted = calendar.date_of(max(calendar.day_by(when), 0))
            yield *where, "date_off", iso_date(when), {"counted": iso_date(counted)}


def _undated(dates: Dates) -> Iterator[Row]:
    register, org_ids = dates.register, dates.register.index
    there = dict(zip(DATED, ~np.isnat(dates.on).T, strict=True))
    for column, flag in FLAGS.items():
        odd = there[column] & ~register[flag].to_numpy(dtype=bool)
        for place in np.flatnonzero(odd).tolist():
            when = pd.Timestamp(dates.on[place, DATED.index(column)]).date()
            yield str(org_ids[place]), column, "date_without_yes", iso_date(when), {"flag": flag}
    branch, attempts = register["has_branch"].to_numpy(dtype=bool), register["attempts"].to_numpy()
    begun = there["attempt_on"] | there["filed_on"] | there["approved_on"]
    for place in np.flatnonzero(branch & ~there["branch_on"] & begun).tolist():
        yield str(org_ids[place]), "branch_on", "branch_undated", "", {}
    for place in np.flatnonzero(~branch & (attempts > 0) & ~begun & ~there["instructor_on"]).tolist():
        yield str(org_ids[place]), "attempts", "attempts_undated", str(attempts[place]), {}


def _too_often(dates: Dates, scenario: Scenario) -> Iterator[Row]:
    """More failed attempts than a case of any kind may have: whoever they were counted for is given up, slip or not."""
    most = max(scenario.cases.of(name).max_attempts for name in KINDS)
    register, begun = dates.register, ~np.isnat(dates.on[:, [DATED.index(name) for name in _STEPS]]).all(axis=1)
    attempts = register["attempts"].to_numpy()
    given_up = ~register["has_branch"].to_numpy(dtype=bool) & ~begun & (attempts > most)
    for place in np.flatnonzero(given_up).tolist():
        yield str(register.index[place]), "attempts", "attempts_too_many", str(attempts[place]), {"most": most}


def _units(
    dates: Dates,
    scenario: Scenario,
    grouping: Grouping | bool | None,
    as_of: date | None,
    setup: Setup | None,
) -> Iterator[Row]:
    """Units of a group whose own dates tell another state than their lead's; the group's is its lead's."""
    if grouping is None or isinstance(grouping, bool):
        return
    day = dates.calendar.spec.last if as_of is None else as_of
    known, placed = dates.by(day), dates.placed(grouping)
    assert placed is not None
    covered = known.has["has_branch"]
    behind = (placed.kind == "peer") & (placed.row >= 0) & (placed.facility >= 0)
    behind[behind] = covered[placed.facility[behind]] & ~covered[placed.row[behind]]
    for at in np.flatnonzero(behind):
        yield str(placed.org_id[at]), "branch_on", "unit_left_behind", "", {"lead": str(placed.facility_id[at])}
    setup = setup or prepare_from(dates.register, scenario, grouping, day, dates=dates)
    cases, start, people = setup.cases, setup.start, dates.people(scenario)
    assert start is not None
    rows = people.row[cases.unit_row]
    attempts = known.attempts[rows]
    unit_state = state_of(known.time_of(rows), attempts, cases.kind[cases.unit_case], scenario)[0]
    for at in np.flatnonzero(unit_state != start.state[cases.unit_case]):
        case = cases.unit_case[at]
        # A finding is kept with its outcome: states are told by their names, not in one language.
        own, state = (STATES[each] for each in (unit_state[at], start.state[case]))
        details: dict[str, object] = {"lead": str(cases.ids[case]), "state": state, "own": own}
        yield str(cases.organizations.index[cases.unit_row[at]]), "attempt_on", "unit_differs", "", details
