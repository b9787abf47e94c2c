"""The calendar: from and by, holidays, other weeks, extra working days."""

import pickle
from datetime import date

import numpy as np
import pytest

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.holidays import public_holidays
from workbench.inputs.scenario.sections import CalendarSpec


def calendar(**changes: object) -> Calendar:
    return Calendar.of(CalendarSpec.model_validate(changes))


def test_the_campaign_of_2027() -> None:
    ours = calendar()
    assert ours.first == date(2027, 7, 15)
    assert ours.instructors_open == 7.0  # Monday, 26 July: the day after the last working day by the 25th
    assert ours.census_end == 12.0  # the end of Friday, 30 July
    assert ours.formation_opens == 12.0  # the start of Monday, 2 August
    assert ours.date_of(ours.review_day) == date(2027, 8, 16)
    assert ours.date_of(ours.deadline_day) == date(2027, 8, 31)
    assert ours.horizon == ours.deadline_day + 1.0 == 34.0


def test_2026_when_mobilisation_and_opening_are_saturdays() -> None:
    ours = calendar(
        start="2026-07-15",
        mobilisation="2026-07-25",
        census_end="2026-07-31",
        formation_opens="2026-08-01",
        review="2026-08-15",
        deadline="2026-08-31",
    )
    assert ours.date_of(int(ours.instructors_open)) == date(2026, 7, 27)
    assert ours.date_of(int(ours.formation_opens)) == date(2026, 8, 3)
    assert ours.census_end == ours.formation_opens
    assert ours.date_of(ours.review_day) == date(2026, 8, 14)


def test_from_is_on_or_after_and_by_is_on_or_before() -> None:
    ours = calendar()
    saturday, sunday = date(2027, 7, 17), date(2027, 7, 18)
    assert ours.day_from(saturday) == ours.day_from(sunday) == ours.day_from(date(2027, 7, 19)) == 2
    assert ours.day_by(saturday) == ours.day_by(sunday) == ours.day_by(date(2027, 7, 16)) == 1


def test_before_the_start() -> None:
    ours = calendar()
    assert ours.day_from(date(2027, 1, 1)) == 0
    assert ours.day_by(date(2027, 7, 14)) == -1
    with pytest.raises(ValueError, match="-1"):
        ours.date_of(-1)


def test_a_start_on_a_weekend_waits_for_monday() -> None:
    ours = calendar(start="2027-07-17")
    assert ours.first == date(2027, 7, 19)
    assert ours.day_by(date(2027, 7, 18)) == -1
    assert ours.day_from(date(2027, 7, 17)) == 0


def test_public_holidays_do_not_count() -> None:
    ours = calendar(deadline="2027-10-29", horizon=None)
    assert ours.day_by(date(2027, 10, 3)) == ours.day_by(date(2027, 9, 30))  # National Day
    assert not ours.is_working_day(date(2027, 10, 1))
    assert ours.is_working_day(date(2027, 9, 30))
    # Army Day is half a day off for soldiers, not a public holiday.
    assert date(2027, 8, 1) not in public_holidays("CN", 2027, 2027)


def test_holidays_as_a_list_or_none() -> None:
    listed = calendar(holidays=["2027-07-16", "2027-07-16", "2027-07-19"])
    assert listed.date_of(1) == date(2027, 7, 20)
    assert calendar(holidays=None).date_of(1) == date(2027, 7, 16)
    with pytest.raises(ValueError, match="XX"):
        public_holidays("XX", 2027, 2027)


def test_holidays_of_the_next_year_are_known() -> None:
    ours = calendar(deadline="2027-12-31", horizon="2027-12-31")
    assert not ours.is_working_day(date(2028, 1, 1))
    assert ours.date_of(ours.deadline_day + 1) > date(2028, 1, 1)


def test_other_weeks_and_extra_days() -> None:
    every_day = calendar(weekmask=["Sun", "Sat", "Mon", "Tue", "Wed", "Thu", "Fri"], holidays=None)
    assert every_day.deadline_day == 47
    extra = calendar(extra_workdays=["2027-07-18", "2027-07-17", "2027-07-16"])
    assert [extra.date_of(day) for day in range(5)] == [date(2027, 7, day) for day in range(15, 20)]
    assert extra.deadline_day == calendar().deadline_day + 2
    worked_holiday = calendar(holidays=["2027-07-16"], extra_workdays=["2027-07-16"])
    assert worked_holiday.is_working_day(date(2027, 7, 16))
    assert worked_holiday.deadline_day == calendar(holidays=None).deadline_day


def test_an_extra_day_may_be_day_0() -> None:
    ours = calendar(start="2027-07-17", extra_workdays=["2027-07-18", "2027-07-03"])
    assert ours.first == date(2027, 7, 18)
    assert ours.day_by(ours.first) == 0
    assert ours.date_of(1) == date(2027, 7, 19)


def test_dates_are_an_index_of_working_days() -> None:
    ours = calendar(extra_workdays=["2027-07-17"])
    index = ours.dates(5)
    assert index.name == "date"
    assert str(index.dtype) == "datetime64[us]"
    assert [each.date() for each in index] == [ours.date_of(day) for day in range(5)]
    assert len(ours.dates(0)) == 0


def test_a_horizon_looks_further() -> None:
    ours = calendar(horizon="2027-09-30")
    assert ours.date_of(ours.horizon_day) == date(2027, 9, 30)
    assert ours.horizon == ours.horizon_day + 1
    assert ours.deadline_day == calendar().deadline_day


def test_a_calendar_travels() -> None:
    ours = calendar()
    assert ours.deadline_day == 33  # its tables are made by then
    other = pickle.loads(pickle.dumps(ours))
    assert other == ours
    assert other.deadline_day == 33
    assert isinstance(ours.day_from(date(2027, 8, 1)), int)
    assert not isinstance(ours.deadline_day, np.integer)
