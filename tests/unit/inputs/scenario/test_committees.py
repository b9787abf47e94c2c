"""Committees' meetings: weeks, turns, moved dates, extra dates, responsible units of their own."""

from datetime import date

import pandas as pd

from workbench.inputs.scenario.calendar import Calendar
from workbench.inputs.scenario.committees import meetings
from workbench.inputs.scenario.model import Scenario

STREETS = ["A", "B", "C", "D"]


def held(committee: dict, responsible_units: list[str] = STREETS, **calendar: object) -> dict[str, list[str]]:
    """Month and day of each responsible unit's meetings."""
    scenario = Scenario.model_validate({"committee": committee, "calendar": calendar})
    days = Calendar.of(scenario.calendar)
    table = meetings(scenario, days, responsible_units)
    return {
        responsible: [days.date_of(day).strftime("%m-%d") for day in table.day[table.responsible == responsible]]
        for responsible in responsible_units
    }


def test_responsible_units_take_turns_by_name() -> None:
    every_third = held({"weekdays": ["Tue"], "every_weeks": 3, "first": "2027-08-03", "stagger": True})
    assert every_third == {"A": ["08-03", "08-24"], "B": ["08-10", "08-31"], "C": ["08-17"], "D": ["08-03", "08-24"]}


def test_the_order_in_which_responsible_units_are_given_says_nothing() -> None:
    rules = {"weekdays": ["Tue"], "every_weeks": 2, "first": "2027-08-03", "stagger": True}
    assert held(rules, STREETS[::-1] + STREETS) == held(rules)


def test_without_turns_all_meet_at_once() -> None:
    fortnight = held({"weekdays": ["Tue"], "every_weeks": 2, "first": "2027-08-03", "stagger": False})
    assert fortnight == {responsible: ["08-03", "08-17", "08-31"] for responsible in STREETS}


def test_weeks_count_from_the_week_of_the_first_date() -> None:
    # First is a Wednesday: that week's Monday is past, its Friday is not.
    rules = {"weekdays": ["Fri", "Mon"], "every_weeks": 2, "first": "2027-08-04", "stagger": False}
    twice = held(rules, ["A"])
    assert twice == {"A": ["08-06", "08-16", "08-20", "08-30"]}


def test_a_date_that_is_not_worked_moves_to_the_next_one() -> None:
    sundays = {"weekdays": ["Sun", "Mon"], "every_weeks": 1, "first": "2027-08-02", "stagger": False}
    # Sunday the 8th moves to Monday the 9th, which is a meeting already: equal days are one.
    assert held(sundays, ["A"]) == {"A": ["08-02", "08-09", "08-16", "08-23", "08-30"]}
    assert held(sundays, ["A"], holidays=["2027-08-09"])["A"][:2] == ["08-02", "08-10"]


def test_moving_does_not_pass_the_horizon() -> None:
    saturdays = {"weekdays": ["Sat"], "every_weeks": 1, "first": "2027-08-21", "stagger": False}
    assert held(saturdays, ["A"], deadline="2027-08-28") == {"A": ["08-23"]}


def test_meetings_before_the_start_are_past() -> None:
    mondays = {"weekdays": ["Mon"], "every_weeks": 1, "first": "2027-06-07", "stagger": False}
    assert held(mondays, ["A"])["A"][0] == "07-19"
    # One on the Sunday before a Monday's start moves into the campaign.
    sundays = {"weekdays": ["Sun"], "every_weeks": 1, "first": "2027-06-06", "stagger": False}
    assert held(sundays, ["A"], start="2027-07-19")["A"][0] == "07-19"


def test_extra_dates_are_added_and_moved() -> None:
    rules = {
        "weekdays": ["Tue"],
        "every_weeks": 2,
        "first": "2027-08-03",
        "stagger": False,
        "extra": ["2027-08-28", "2027-08-03"],
        "by_responsible": {"B": {"extra": ["2027-08-12"]}},
    }
    found = held(rules)
    assert found["A"] == ["08-03", "08-17", "08-30", "08-31"]
    assert found["B"] == ["08-03", "08-12", "08-17", "08-30", "08-31"]


def test_a_responsible_may_have_its_own_rules() -> None:
    rules = {
        "weekdays": ["Tue"],
        "every_weeks": 2,
        "first": "2027-08-03",
        "stagger": True,
        "agenda": 7,
        "by_responsible": {
            "B": {"weekdays": ["Thu"], "every_weeks": 1},
            "C": {"agenda": None},
            "D": {"agenda": 0, "stagger": False, "first": "2027-08-17"},
        },
    }
    assert held(rules) == {
        "A": ["08-03", "08-17", "08-31"],
        "B": ["08-05", "08-12", "08-19", "08-26"],
        "C": ["08-03", "08-17", "08-31"],
        "D": ["08-17", "08-31"],
    }
    scenario = Scenario.model_validate({"committee": rules})
    agenda = meetings(scenario, Calendar.of(scenario.calendar), STREETS).groupby("responsible").agenda.first()
    assert agenda[["A", "B", "D"]].tolist() == [7.0, 7.0, 0.0]
    assert pd.isna(meetings(scenario, Calendar.of(scenario.calendar), ["C"]).agenda).all()


def test_the_table_has_its_types_even_when_nobody_meets() -> None:
    scenario = Scenario.model_validate({"committee": {"first": "2028-01-01"}})
    table = meetings(scenario, Calendar.of(scenario.calendar), STREETS)
    assert len(table) == 0
    assert table.dtypes.astype(str).to_dict() == {"responsible": "str", "day": "int64", "agenda": "float64"}


def test_against_every_date_looked_at_one_by_one() -> None:
    committee = {"weekdays": ["Wed", "Sat"], "every_weeks": 3, "first": "2027-07-29", "stagger": True}
    scenario = Scenario.model_validate({"committee": committee, "calendar": {"horizon": "2027-11-30"}})
    days = Calendar.of(scenario.calendar)
    table = meetings(scenario, days, STREETS)
    monday = date(2027, 7, 26)
    for turn, responsible in enumerate(STREETS):
        expected = set()
        for ahead in range(140):
            on = date.fromordinal(monday.toordinal() + ahead)
            weeks, begins = ahead // 7, date(2027, 7, 29).toordinal() + 7 * (turn % 3)
            if on.weekday() in (2, 5) and weeks % 3 == turn % 3 and on.toordinal() >= begins:
                expected.add(days.day_from(on))
        found = table.day[table.responsible == responsible].tolist()
        assert found == sorted(day for day in expected if day <= days.horizon_day)
