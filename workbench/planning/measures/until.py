"""Until when a measure must be decided: the last safe date of the step that it speeds up (MODEL §7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from workbench.planning.measures.measure import HOST_CAPACITY, Measure
from workbench.simulation.setup import KINDS, OUTREACH

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.planning.dates import LastSafeDates

#: Beginning of a path -> the step whose last safe date tells until when; the first that fits.
STEPS = {
    "committee.": "meeting",
    "cases.": "meeting",
    "instructors.": "dispatch",
    "grouping.": "dispatch",
    HOST_CAPACITY: "dispatch",
    "calendar.deadline": "deadline",
    "calendar.horizon": "deadline",
    "calendar.formation_opens": "opening",
    "calendar.": "dispatch",
    "policy.": "deadline",
}
#: Kinds of cases that only these paths concern.
JOINT = {"grouping.": ("joint", "attached"), HOST_CAPACITY: ("attached",)}


def decide_by(measure: Measure, scenario: Scenario, dates: LastSafeDates) -> date | None:
    """The date by which a measure must be decided so that what it brings still counts: nine times in ten, or at even
    odds where no date is that safe; None where no date of the campaign is early enough.

    A meeting, a filing or a dispatch later than this mostly comes too late, with or without the measure. Opening
    earlier must be decided before the day on which formation opens now.
    """
    found = [_date(path, scenario, dates) for path in measure.set]
    known = [day for day in found if day is not None]
    return min(known) if known and len(known) == len(found) else None


def _date(path: str, scenario: Scenario, dates: LastSafeDates) -> date | None:
    begins, step = next(((begins, step) for begins, step in STEPS.items() if path.startswith(begins)), ("", "deadline"))
    if step == "deadline":
        return scenario.calendar.deadline
    if step == "opening":
        return scenario.calendar.formation_opens
    rows = dates.by_kind
    rows = rows[rows.index != KINDS[OUTREACH]]
    concerned = JOINT.get(begins)
    if begins == "cases.":
        concerned = (path.split(".")[1],)
    if concerned is not None and rows.index.isin(concerned).any():
        rows = rows[rows.index.isin(concerned)]
    days = rows[f"{step}_90"].fillna(rows[f"{step}_50"]).dropna()
    # The first door to close: later, some kind of case gets nothing of it.
    return None if days.empty else pd.Timestamp(days.min()).date()
