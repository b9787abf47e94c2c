"""The calendar: from and by, holidays, other weeks, extra working days."""

import pickle
from datetime import date

import numpy as np
import pytest

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.holidays import public_days
from workbench.inputs.scenario.sections import CalendarSpec

AUTUMN_2026 = {
    "start": "2026-09-14",
    "mobilisation": "2026-09-15",
    "census_end": "2026-09-16",
    "formation_opens": "2026-09-17",
    "review": "2026-09-30",
    "deadline": "2026-10-14",
}


def calendar(**changes: object) -> Calendar:
    return Calendar.of(CalendarSpec.model_validate(changes))


def test_the_campaign_of_2027() -> None:
    ours = calendar()
    assert ours.first == date(2027, 7, 15)
    assert ours.instructors_open == 7.0  # Monday, 26 July: the day after the last working day by the 25th
    assert ours.census_end == 12.0  # the end of Friday, 30 July
    assert ours.formation_opens == 12.0  # the start of Monday, 2 August
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
    assert date(2027, 8, 1) not in public_days("CN", 2027, 2027).off


def test_holidays_as_a_list_or_none() -> None:
    listed = calendar(holidays=["2027-07-16", "2027-07-16", "2027-07-19"])
    assert listed.date_of(1) == date(2027, 7, 20)
    assert calendar(holidays=None).date_of(1) == date(2027, 7, 16)
    with pytest.raises(ValueError, match="XX"):
        public_days("XX", 2027, 2027)


def test_days_worked_in_return_for_a_bridge_day_count() -> None:
    ours = calendar(**AUTUMN_2026)
    sunday, saturday = date(2026, 9, 20), date(2026, 10, 10)
    assert ours.is_working_day(sunday)
    assert ours.is_working_day(saturday)
    assert not ours.is_working_day(date(2026, 9, 19))
    # 14-18, 20-24 and 28-30 September, 8-10 and 12-14 October; 25 September and 1-7 October are off.
    assert ours.deadline_day + 1 == 5 + 5 + 3 + 3 + 3
    assert ours.date_of(ours.day_from(sunday)) == sunday
    assert sunday in [each.date() for each in ours.dates(ours.deadline_day + 1)]
    # Named twice it is one day, and a list of one's own says for itself what is off.
    assert calendar(**ours.spec.model_dump() | {"extra_workdays": [sunday]}).deadline_day == ours.deadline_day
    listed = calendar(**ours.spec.model_dump() | {"holidays": ["2026-09-25"]})
    assert not listed.is_working_day(sunday)


def test_the_day_in_return_for_new_year_may_lie_in_the_year_before() -> None:
    assert date(2011, 12, 31) in public_days("CN", 2011, 2011).worked
    assert date(2012, 1, 3) in public_days("CN", 2012, 2012).off
    assert date(2011, 12, 31) not in public_days("CN", 2012, 2012).worked


def test_what_is_not_announced_yet_is_predicted() -> None:
    known = public_days("CN", 2026, 2026).announced_until
    assert known is not None
    year = known + 1  # holds with newer versions of the library, too

    def campaign(first: str, last: str, holidays: object = "CN") -> Calendar:
        dates = dict.fromkeys(("start", "mobilisation", "census_end", "formation_opens", "review"), f"{year}-{first}")
        return calendar(**dates, deadline=f"{year}-{last}", holidays=holidays)

    autumn = campaign("09-01", "10-20")
    assert autumn.predicted_holidays
    assert autumn.is_predicted(date(year, 10, 20))
    assert not autumn.is_predicted(date(year, 8, 20))
    # Nothing is off in July and August: there is nothing to announce that could move a date.
    summer = campaign("07-15", "08-20")
    assert summer.predicted_holidays == ()
    assert not summer.is_predicted(date(year, 8, 20))
    assert campaign("09-01", "10-20", [f"{year}-10-01"]).predicted_holidays == ()
    assert campaign("09-01", "10-20", "DE").predicted_holidays == ()
    announced = calendar(**AUTUMN_2026)
    assert announced.predicted_holidays == ()


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
