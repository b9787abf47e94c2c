"""Days that decide: the last that still count, further meetings, when the target is reached."""

from workbench.planning.dates.extra_meetings import DIRECT, ExtraMeetings, extra_meetings
from workbench.planning.dates.last_safe import FOR_DATES, LastSafeDates, last_safe_dates
from workbench.planning.dates.never_dispatched import NeverDispatched, never_dispatched
from workbench.planning.dates.reaching import Reaching, date_reaching

__all__ = [
    "DIRECT",
    "FOR_DATES",
    "ExtraMeetings",
    "LastSafeDates",
    "NeverDispatched",
    "Reaching",
    "date_reaching",
    "extra_meetings",
    "last_safe_dates",
    "never_dispatched",
]
