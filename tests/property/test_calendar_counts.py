"""Working-day time against counting day by day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.holidays import WEEKDAYS
from workbench.inputs.scenario.sections import CalendarSpec

START = date(2027, 7, 1)
near = st.integers(-20, 90).map(lambda days: START + timedelta(days=days))


@st.composite
def specs(draw: st.DrawFn) -> CalendarSpec:
    start = START + timedelta(days=draw(st.integers(0, 9)))
    return CalendarSpec.model_validate(
        {
            "start": start,
            "deadline": start + timedelta(days=60),
            "weekmask": draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)),
            "holidays": draw(st.lists(near, max_size=12)),
            "extra_workdays": draw(st.lists(near, max_size=6)),
        }
    )


def worked(spec: CalendarSpec, on: date) -> bool:
    """The rule, word by word."""
    regular = WEEKDAYS[on.weekday()] in spec.weekmask and on not in spec.holidays
    return regular or on in spec.extra_workdays


def working_days(spec: CalendarSpec) -> list[date]:
    """Every working day of a long stretch from the start on: the slow, plain oracle."""
    return [on for days in range(400) if worked(spec, on := spec.start + timedelta(days=days))]


@settings(deadline=None)
@given(specs(), near)
def test_dates_become_working_days_as_counted(spec: CalendarSpec, on: date) -> None:
    calendar, days = Calendar.of(spec), working_days(spec)
    assert calendar.first == days[0]
    assert calendar.is_working_day(on) == worked(spec, on)
    assert calendar.day_from(on) == next(number for number, day in enumerate(days) if day >= on)
    assert calendar.day_by(on) == sum(day <= on for day in days) - 1


@settings(deadline=None)
@given(specs(), st.integers(0, 45))
def test_working_days_become_dates_and_back(spec: CalendarSpec, day: int) -> None:
    calendar, days = Calendar.of(spec), working_days(spec)
    on = calendar.date_of(day)
    assert on == days[day]
    assert calendar.day_from(on) == calendar.day_by(on) == day
    assert [each.date() for each in calendar.dates(day + 1)] == days[: day + 1]
