"""The campaign's calendar: dates on one side, working-day time on the other (MODEL §3).

Working-day time ``t`` is a float; working day d, counted from the first working day on or after `start`,
covers [d, d + 1). Dates that say *from* are the start of the first working day on or after them; dates that
say *by* are the end of the last working day on or before them. Dates in scenarios are dates: only the
simulation sees ``t``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from workbench.inputs.scenario.holidays import REACH, WEEKDAYS, public_days

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario.sections import CalendarSpec

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Working days of a campaign, counted both ways.

    Make one with `Calendar.of`. Public holidays, and the weekend days that are worked in return for bridge days
    (调休), are known from the year of `start` to the year after the horizon; beyond, only the weekdays tell. Those of
    years that are not announced yet are predicted by the standing rules: `is_predicted` says of a date whether they
    may still move it.

    Examples
    --------
    >>> from workbench.inputs.scenario.sections import CalendarSpec
    >>> calendar = Calendar.of(CalendarSpec())
    >>> calendar.first, calendar.deadline_day, calendar.date_of(calendar.deadline_day)
    (datetime.date(2027, 7, 15), 33, datetime.date(2027, 8, 31))
    >>> calendar.census_end, calendar.formation_opens, calendar.instructors_open
    (12.0, 12.0, 7.0)
    """

    spec: CalendarSpec
    #: Days off beside those that the weekmask leaves out, sorted.
    days_off: tuple[date, ...]
    #: Days that are worked in return for a bridge day, whatever the weekmask says, sorted.
    made_up: tuple[date, ...] = ()
    #: The last year whose holidays are announced; None where none waits for it.
    announced_until: int | None = None

    @classmethod
    def of(cls, spec: CalendarSpec) -> Calendar:
        """The calendar that a scenario's `calendar` section describes."""
        if isinstance(spec.holidays, str):
            return cls(spec, *public_days(spec.holidays, spec.start.year, spec.last.year + 1))
        return cls(spec, tuple(sorted(set(spec.holidays or ()))))

    # -- counting ------------------------------------------------------------------------------------------

    @cached_property
    def first(self) -> date:
        """The date of working day 0."""
        return self.next_working_day(self.spec.start)

    def is_working_day(self, on: date) -> bool:
        """Whether `on` is worked: a weekday of the weekmask that is not a holiday, a day in return for one, or an
        extra working day."""
        if on in self._extra:
            return True
        return WEEKDAYS[on.weekday()] in self.spec.weekmask and on not in self._off

    def next_working_day(self, on: date) -> date:
        """The first working day on or after `on`."""
        while not self.is_working_day(on):
            on += ONE_DAY
        return on

    def day_from(self, on: date) -> int:
        """The number of the first working day on or after `on`; 0 for dates before the start."""
        if on <= self.spec.start:
            return 0
        regular = int(np.busday_count(self.spec.start, on, busdaycal=self._regular))
        return regular + bisect_left(self._added, on)

    def day_by(self, on: date) -> int:
        """The number of the last working day on or before `on`; -1 for dates before working day 0."""
        return self.day_from(on + ONE_DAY) - 1

    def date_of(self, day: int) -> date:
        """The date of working day `day` (0 or more)."""
        if day < 0:
            raise ValueError(f"working day {day}: the first one is 0")
        # The answer is the last date by which no more than `day` working days have passed: found by halving.
        low, high = self.first, self.first + ONE_DAY
        while self.day_by(high) < day:
            low, high = high, high + 2 * (high - self.first)
        while low < high:
            middle = low + (high - low) // 2
            low, high = (low, middle) if self.day_by(middle) >= day else (middle + ONE_DAY, high)
        return low

    def dates(self, count: int) -> pd.DatetimeIndex:
        """The dates of working days 0 to count - 1, as an index named ``date``."""
        import pandas as pd

        days = np.empty(0, dtype="datetime64[D]")
        if count > 0:
            first, last = np.datetime64(self.first, "D"), np.datetime64(self.date_of(count - 1), "D")
            every = np.arange(first, last + 1)
            added = np.array(self._added, dtype="datetime64[D]")
            days = every[np.is_busday(every, busdaycal=self._regular) | np.isin(every, added)]
        return pd.DatetimeIndex(days, name="date").as_unit("us")

    # -- what is not announced yet -------------------------------------------------------------------------

    def is_predicted(self, on: date) -> bool:
        """Whether holidays that are not announced yet may still make `on` another working day.

        They may where a holiday between the start and `on`, or near them, lies in a year without an announcement:
        bridge days and the days worked in return lie at most two weeks from their holiday.
        """
        return self.predicted_from is not None and on >= self.predicted_from

    @property
    def predicted_from(self) -> date | None:
        """The first date that `is_predicted`; None where there is none in or near the campaign."""
        return self.predicted_holidays[0] - REACH if self.predicted_holidays else None

    @property
    def predicted_in_sight(self) -> date | None:
        """The first date that `is_predicted`, where the horizon reaches it; else None."""
        since = self.predicted_from
        return since if self.is_predicted(self.date_of(self.horizon_day)) else None

    @cached_property
    def predicted_holidays(self) -> tuple[date, ...]:
        """The holidays in or near the campaign whose year's arrangement is not announced yet, sorted."""
        if self.announced_until is None:
            return ()
        first, last = self.spec.start - REACH, self.spec.last + REACH
        return tuple(day for day in self.days_off if first <= day <= last and day.year > self.announced_until)

    # -- the campaign's moments, in working-day time -------------------------------------------------------

    @property
    def census_end(self) -> float:
        """The end of the census (by), t."""
        return float(self.day_by(self.spec.census_end) + 1)

    @property
    def formation_opens(self) -> float:
        """When branches may be formed (from), t."""
        return float(self.day_from(self.spec.formation_opens))

    @property
    def instructors_open(self) -> float:
        """The start of the first working day after mobilisation: instructors and outreach begin, t."""
        return float(self.day_by(self.spec.mobilisation) + 1)

    @property
    def deadline_day(self) -> int:
        """D, the last working day on or before the deadline."""
        return self.day_by(self.spec.deadline)

    @property
    def horizon_day(self) -> int:
        """The last working day that is simulated: the deadline's, unless the scenario looks further."""
        return self.day_by(self.spec.last)

    @property
    def horizon(self) -> float:
        """H, the end of the horizon's day: nothing starts at or after it, t."""
        return float(self.horizon_day + 1)

    # -- tables --------------------------------------------------------------------------------------------

    @cached_property
    def _extra(self) -> frozenset[date]:
        return frozenset((*self.spec.extra_workdays, *self.made_up))

    @cached_property
    def _off(self) -> frozenset[date]:
        return frozenset(self.days_off)

    @cached_property
    def _added(self) -> tuple[date, ...]:
        """Extra days and days in return, from the start on, that would not be worked otherwise; sorted."""
        return tuple(
            day
            for day in sorted(self._extra)
            if day >= self.spec.start and (day in self._off or WEEKDAYS[day.weekday()] not in self.spec.weekmask)
        )

    @property
    def _regular(self) -> np.busdaycalendar:
        return _busdays(self.spec.weekmask, self.days_off)


@lru_cache(maxsize=64)
def _busdays(weekmask: tuple[str, ...], days_off: tuple[date, ...]) -> np.busdaycalendar:
    """numpy's view of the regular week; kept apart because it cannot be pickled."""
    mask = [name in weekmask for name in WEEKDAYS]
    return np.busdaycalendar(weekmask=mask, holidays=np.array(days_off, dtype="datetime64[D]"))
