"""When each responsible unit's committee meets, and how many cases it hears (MODEL §5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.holidays import WEEKDAYS
from workbench.inputs.scenario.sections import Committee

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario.model import Scenario

ONE_WEEK = timedelta(weeks=1)


class Held(NamedTuple):
    """One responsible unit's meetings: their working days, in order, and how many cases each hears (NaN: no limit)."""

    responsible: str
    days: list[int]
    agenda: float


def meetings(scenario: Scenario, calendar: Calendar, responsible_units: Sequence[str]) -> pd.DataFrame:
    """The meetings of every responsible unit's committee up to the horizon.

    A responsible unit meets on `weekdays`, every `every_weeks` weeks counted from the week (Monday to Sunday) of
    `first`; with `stagger` the responsible units in order of their names begin 0, 1, … weeks later in turn. A date that
    is no working day moves to the next one, `extra` dates are added, and what falls on one day is one
    meeting.

    Parameters
    ----------
    scenario
        its `committee` section, with what `by_responsible` changes.
    calendar
        the campaign's calendar.
    responsible_units
        the responsible units' names; their order by name gives the turns, the order given here does not matter.

    Returns
    -------
    pd.DataFrame
        DataFrame with the columns ``responsible`` (str), ``day`` (int64, working day, 0 to the horizon's) and
        ``agenda`` (float64, cases heard at most; NaN is without limit), one row a meeting, sorted by responsible unit
        and day.

    Examples
    --------
    >>> from workbench.inputs.scenario.model import Scenario
    >>> scenario = Scenario()
    >>> meetings(scenario, Calendar.of(scenario.calendar), ["河口街道", "东山镇"])
      responsible  day  agenda
    0         东山镇   13    15.0
    1         东山镇   23    15.0
    2         东山镇   33    15.0
    3        河口街道   18    15.0
    4        河口街道   28    15.0
    """
    import pandas as pd

    held = every_meeting(scenario, calendar, responsible_units)
    return pd.DataFrame(
        {
            "responsible": pd.Series([each.responsible for each in held for _ in each.days], dtype="str"),
            "day": pd.Series([day for each in held for day in each.days], dtype="int64"),
            "agenda": pd.Series([each.agenda for each in held for _ in each.days], dtype="float64"),
        }
    )


def every_meeting(scenario: Scenario, calendar: Calendar, responsible_units: Sequence[str]) -> list[Held]:
    """The same, one entry a responsible unit in the order of their names: what a simulation is prepared from."""
    held = []
    usual: dict[int, list[int]] = {}  # the days of responsible units without rules of their own, by turn
    for turn, responsible in enumerate(sorted(set(responsible_units))):
        rules = scenario.committee.of(responsible)
        if responsible in scenario.committee.by_responsible:
            days = meeting_days(rules, calendar, turn)
        else:
            begins = turn % rules.every_weeks
            if begins not in usual:
                usual[begins] = meeting_days(rules, calendar, begins)
            days = usual[begins]
        held.append(Held(responsible, days, float("nan") if rules.agenda is None else float(rules.agenda)))
    return held


def meeting_days(rules: Committee, calendar: Calendar, turn: int = 0) -> list[int]:
    """The working days, in order, on which a committee with these rules meets; responsible units take turns by name."""
    begins = rules.first + ONE_WEEK * (turn % rules.every_weeks if rules.stagger else 0)
    monday = begins - timedelta(days=begins.weekday())
    last = calendar.date_of(calendar.horizon_day)
    dates = set(rules.extra)
    while monday <= last:
        week = {monday + timedelta(days=WEEKDAYS.index(name)) for name in rules.weekdays}
        dates |= {date for date in week if date >= begins}
        monday += ONE_WEEK * rules.every_weeks
    moved = {calendar.next_working_day(date) for date in dates if date <= last}
    return sorted(calendar.day_from(date) for date in moved if calendar.first <= date <= last)
