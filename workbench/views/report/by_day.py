"""The campaign day by day: what must be filed by when, whose committees meet, and what is to be expected formed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from workbench.inputs.scenario import meetings, parameter_name
from workbench.labels import text
from workbench.views.formats import Column, TableBlock

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: Dates of a scenario's calendar that a day may be, in their order.
PHASES: Final = ("start", "mobilisation", "census_end", "formation_opens", "review", "deadline")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def by_day(plan: Plan, found: pd.DataFrame) -> pd.DataFrame:
    """One row per day of the campaign that is worked, or on which something falls due.

    Parameters
    ----------
    plan
        what `make_plan` found out.
    found
        the tasks that come to a Party organization, as `branches_to_form` gives them.

    Returns
    -------
    pd.DataFrame
        date; weekday (in words); phase (what the calendar says of the day, in words); to_file, tasks whose last safe
        day of filing it is; meetings held, and room, the cases that they hear at most (missing without a limit);
        who, the responsible units that meet; formed, tasks whose median date of formation it is.
    """
    outcome, spec = plan.outcome, plan.scenario.calendar
    units = [str(name) for name in outcome.stages["responsible"].to_numpy()]
    held = meetings(plan.scenario, outcome.calendar, units)
    held["date"] = [pd.Timestamp(outcome.calendar.date_of(int(day))) for day in held["day"]]
    phases: dict[pd.Timestamp, list[str]] = {}
    for name in PHASES:
        phases.setdefault(pd.Timestamp(getattr(spec, name)), []).append(parameter_name(f"calendar.{name}"))
    first, last = pd.Timestamp(spec.start), pd.Timestamp(outcome.deadline)
    worked = outcome.calendar.dates(outcome.calendar.deadline_day + 1)
    days = {pd.Timestamp(day) for day in (*worked, *held["date"], *phases, *found["due"].dropna())}
    on = held.groupby("date")
    to_file, formed = found["due"].value_counts(), found["formed_median"].value_counts()
    rows = [
        {
            "date": day,
            "weekday": text(f"choice.{_WEEKDAYS[day.weekday()]}"),
            "phase": text("value.and").join(phases.get(day, ())),
            "to_file": int(to_file.get(day, 0)),
            "meetings": len(on.get_group(day)) if day in on.groups else 0,
            "room": on.get_group(day)["agenda"].sum(skipna=False) if day in on.groups else float("nan"),
            "who": text("value.and").join(on.get_group(day)["responsible"]) if day in on.groups else "",
            "formed": int(formed.get(day, 0)),
        }
        for day in sorted(days)
        if first <= day <= last
    ]
    return pd.DataFrame(rows)


def calendar_table(days: pd.DataFrame, title: str = "", names: bool = True) -> TableBlock:
    """Days side by side; with the names of the units that meet, or without."""
    columns: list[Column] = [
        ("date", text("column.date"), "date"),
        ("weekday", text("column.weekday"), "text"),
        ("phase", text("column.phase"), "text"),
        ("to_file", text("column.to_file"), "whole"),
        ("meetings", text("column.meetings"), "whole"),
        ("room", text("column.room"), "whole"),
        ("formed", text("column.formed_tasks"), "whole"),
        *([("who", text("column.who_meets"), "wide")] if names else []),
    ]
    totals = {
        "date": text("brief.total"),
        **{name: int(days[name].sum()) for name in ("to_file", "meetings", "formed")},
    }
    return TableBlock(days, columns, title, totals, text("calendar.note"))


def eventful(days: pd.DataFrame) -> pd.DataFrame:
    """The days on which something falls due, is decided, is to be expected or begins: all that the totals count."""
    return days[(days[["to_file", "meetings", "formed"]] > 0).any(axis=1) | (days["phase"] != "")]
