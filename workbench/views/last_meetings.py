"""The last committee meeting that still counts: an election comes after every approval (MODEL §5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.inputs.calendar import Calendar
from workbench.inputs.committees import meetings
from workbench.inputs.laws import Law
from workbench.inputs.scenario_parts import CASE_KINDS, CaseKind

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.simulation import Outcome

#: How sure one may want to be that a branch approved at a meeting has elected by the deadline.
EVEN, SAFE = 0.5, 0.9


@dataclass(frozen=True)
class Closing:
    """Until when a kind of case must be approved for its election to fall before the deadline.

    Attributes
    ----------
    kind : the kind; `cases` says how many of them there are.
    election : working days that its election takes at least.
    possible, even, safe : the last working day of a meeting that can still count at all, counts at even odds, and
        counts nine times in ten; None where no working day of the campaign does.
    """

    kind: CaseKind
    cases: int
    election: float
    possible: date | None
    even: date | None
    safe: date | None


@dataclass(frozen=True, eq=False)
class LastMeetings:
    """Until when committees must have met.

    Attributes
    ----------
    closings : one for each kind of case that committees approve.
    by_street : one row a street: meetings, held by the deadline; in_time, how many of them count at even odds or
        better for every kind.
    """

    closings: tuple[Closing, ...]
    by_street: pd.DataFrame

    @property
    def first_to_close(self) -> Closing | None:
        """The kind for which the door closes first, among elections of a day or more; None without any."""
        late = [closing for closing in self.closings if closing.election >= 1.0]
        return min(late, key=lambda closing: (closing.even or date.min, -closing.cases), default=None)


def last_meetings(outcome: Outcome) -> LastMeetings:
    """Work the last meetings out from the scenario's elections and calendar; no randomness."""
    scenario, calendar = outcome.scenario, outcome.calendar
    counts = outcome.cases["kind"].value_counts()
    kinds = [
        kind
        for kind in CASE_KINDS
        if scenario.cases.of(kind).approval == "committee" and counts.get(kind, 0)
    ]
    closings = [_closing(scenario, calendar, kind, int(counts[kind])) for kind in kinds]
    even = [_last_day(_election(scenario, kind), calendar.deadline_day, EVEN) for kind in kinds]
    return LastMeetings(tuple(closings), _by_street(outcome, min(even, default=calendar.deadline_day)))


def _closing(scenario: Scenario, calendar: Calendar, kind: CaseKind, cases: int) -> Closing:
    law = _election(scenario, kind)
    days = [_last_day(law, calendar.deadline_day, share) for share in (None, EVEN, SAFE)]
    dates = [calendar.date_of(day) if day >= 0 else None for day in days]
    return Closing(kind, cases, 0.0 if law is None else law.low, *dates)


def _election(scenario: Scenario, kind: CaseKind) -> Law | None:
    # What counts from approval on does not wait for an election.
    return None if scenario.policy.counted_from == "approved" else scenario.cases.of(kind).election


def _last_day(law: Law | None, deadline_day: int, share: float | None) -> int:
    """The last working day m with m + e before the deadline's end; e is the quantile of the law, or its least."""
    if law is None:
        return deadline_day
    days = law.low if share is None else float(law.quantile(np.array([share]))[0])
    return int(np.ceil(deadline_day + 1 - days)) - 1


def _by_street(outcome: Outcome, closing: int) -> pd.DataFrame:
    """Meetings of each street by the deadline, and by the day on which the door closes."""
    streets = [str(street) for street in outcome.stages["street"].to_numpy()]
    held = meetings(outcome.scenario, outcome.calendar, streets)
    until = {"meetings": outcome.calendar.deadline_day, "in_time": closing}
    counts = {
        name: held.loc[held["day"] <= day, "street"].value_counts().reindex(streets, fill_value=0).astype("int64")
        for name, day in until.items()
    }
    return pd.DataFrame(counts, index=pd.Index(streets, name="street", dtype="str"))
