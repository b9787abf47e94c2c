"""What is odd about a campaign's dates, at the door of a forecast and of a review: told with its place and repair."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import workbench as wb
from workbench.arguments import as_date
from workbench.errors import ArgumentError, RegisterError
from workbench.jobs.review.checks import check_previous
from workbench.labels import in_language
from workbench.shipped import shipped
from workbench.simulation.start import date_faults
from workbench.views.report import check_file

CITY = wb.make_city(60, 2, seed=1)
OPEN = CITY.index[~CITY["has_branch"] & (CITY["full_members"] >= 3)]
SCENARIO = wb.Scenario()


def dated(**cells: object) -> pd.DataFrame:
    """The city with these cells in its first open organization; the second one's instructor came the day before."""
    register = CITY.copy()
    register.loc[OPEN[1], ["has_instructor", "instructor_on"]] = True, pd.Timestamp("2027-08-12")
    for column, value in cells.items():
        register.loc[OPEN[0], column] = pd.Timestamp(value) if isinstance(value, str) else value
    return register


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"attempt_on": "2027-08-08"}, "attempt_on", "counts on 2027-08-06"),
        ({"filed_on": "2027-08-07", "attempt_on": "2027-08-02"}, "filed_on", "counts on 2027-08-06"),
        ({"attempt_on": "2027-08-02", "filed_on": "2027-08-19"}, "filed_on", "counts as not yet known"),
        ({"surveyed_on": "2026-07-20"}, "surveyed_on", "counts as before it"),
        ({"attempts": 2}, "attempts", "nothing is dated"),
        (
            {"attempts": 30, "has_instructor": True, "instructor_on": "2027-08-02"},
            "attempts",
            "a case, 3: it counts as",
        ),
        ({"has_branch": True, "attempt_on": "2027-08-02"}, "branch_on", "Give branch_on"),
        ({"branch_on": "2027-08-05"}, "branch_on", "has_branch must be true"),
    ],
    ids=["sunday", "saturday", "later", "last year", "attempts", "too many", "branch", "no yes"],
)
def test_a_forecast_tells_what_is_odd_about_its_dates(cells: dict[str, object], place: str, words: str) -> None:
    with in_language("en"):
        found = wb.forecast(dated(**cells), SCENARIO, False, "2027-08-13", replications=2)
        assert [fault.place for fault in found.findings] == [f"{OPEN[0]} {place}"]
        assert words in str(found.findings[0])
        assert words in found.summary()
        assert "The first" in found.summary()


def test_a_clean_register_has_nothing_to_tell() -> None:
    found = wb.forecast(dated(attempt_on="2027-08-02"), SCENARIO, False, "2027-08-13", replications=2)
    assert found.findings == ()
    # So many that nobody tries again is what the scenario says; in work, one more than that is being tried.
    for cells in ({"instructor_on": "2027-08-02", "has_instructor": True, "attempts": 3},
                  {"attempt_on": "2027-08-02", "attempts": 4}):  # fmt: skip
        assert wb.forecast(dated(**cells), SCENARIO, False, "2027-08-13", replications=2).findings == ()
    assert "reached already" not in found.summary()
    low = wb.forecast(CITY, SCENARIO.replace("targets.organization", 0.01), False, "2027-07-16", replications=2)
    with in_language("en"):
        assert "probability of the target: reached already\nWork" in low.summary()
    assert wb.simulate(CITY, SCENARIO, False, replications=2).findings == ()


def test_a_register_of_a_campaign_under_way_is_told_by_a_check_of_it_alone() -> None:
    place = shipped() / "data/campaign/registers"
    for language, words in (("en", "the campaign is under way"), ("zh", "活动正在推进")):
        with in_language(language):
            begin, later = (check_file(place / f"register_{day}.csv") for day in ("2027-07-14", "2027-08-06"))
            assert (words in begin, words in later) == (False, True)


@pytest.mark.parametrize(
    ("day", "days"), [("2027-08-12", None), ("2027-08-19", None), ("2027-08-20", 8), ("2027-08-31", 19)]
)
def test_a_register_that_is_probably_an_old_one_is_told_at_every_door(day: str, days: int | None) -> None:
    with in_language("en"):
        for found in (
            wb.forecast(dated(), SCENARIO, False, day, replications=2),
            wb.review(dated(), SCENARIO, False, day, learn=False, replications=20),
        ):
            told = [str(fault) for fault in found.findings]
            assert len(told) == (days is not None)
            words = f"instructor_on, found '2027-08-12': is the register's latest date, {days} days before {day}"
            assert days is None or words in told[0]


def test_a_register_of_all_dates_tells_any_day() -> None:
    """One final register gives the forecast of every week: what is dated later is not silence."""
    late = dated(attempt_on="2027-08-30")
    assert "register_silent" not in {
        fault.code for fault in wb.forecast(late, SCENARIO, False, "2027-08-20", replications=2).findings
    }


def test_a_register_that_dates_nothing_is_told_once_a_week_is_over() -> None:
    with in_language("en"):
        for day, count in (("2027-07-14", 0), ("2027-07-22", 0), ("2027-07-23", 1), ("2027-08-20", 1)):
            found = wb.forecast(CITY, SCENARIO, False, day, replications=2).findings
            assert len(found) == count, day
            assert not count or f"as of {day} nothing counts as done" in str(found[0])


def test_a_step_that_nobody_dates_is_told_once() -> None:
    """Without the column of what was filed, all of it would count as in work, and not a word."""
    whole = dated(attempt_on="2027-08-02", filed_on="2027-08-04", approved_on="2027-08-06")
    with in_language("en"):
        for missing, count in (("attempt_on", 1), ("filed_on", 1), ("approved_on", 0), ("surveyed_on", 0)):
            register = whole.assign(**{missing: pd.NaT})
            told = [str(each) for each in wb.forecast(register, SCENARIO, False, "2027-08-13", replications=2).findings]
            assert len([each for each in told if each.startswith(f"{missing}: holds no date")]) == count
            assert len(told) == count
    # Branches alone are dated: no step is skipped.
    only = dated(branch_on="2027-08-05", has_branch=True)
    assert wb.forecast(only, SCENARIO, False, "2027-08-13", replications=2).findings == ()


def test_what_was_odd_is_kept_with_the_outcome(tmp_path) -> None:
    found = wb.forecast(dated(attempt_on="2027-08-08"), SCENARIO, False, "2027-08-13", replications=2)
    again = wb.load_outcome(found.save(tmp_path / "forecast.nc"))
    assert again.findings == found.findings


def test_a_review_tells_them_too() -> None:
    with in_language("en"):
        found = wb.review(dated(attempt_on="2027-08-08"), SCENARIO, False, "2027-08-13", learn=False, replications=20)
        assert "counts on 2027-08-06" in " ".join(map(str, found.findings))


@pytest.mark.parametrize(
    "cells",
    [
        {"filed_on": "2027-08-06", "approved_on": "2027-08-05"},
        {"attempt_on": "2027-08-06", "filed_on": "2027-08-05"},
        {"approved_on": "2027-08-06", "branch_on": "2027-08-05", "has_branch": True},
    ],
)
def test_dates_out_of_order_are_refused_by_every_door(cells: dict[str, object]) -> None:
    for door in (wb.forecast, wb.review):
        with pytest.raises(RegisterError, match=next(reversed([name for name in cells if name.endswith("_on")]))):
            door(dated(**cells), SCENARIO, False, "2027-08-13")


def test_many_of_a_kind_are_one() -> None:
    register = CITY.copy()
    register.loc[OPEN[:9], "attempt_on"] = pd.Timestamp("2027-08-08")
    with in_language("en"):
        ((fault, count),) = date_faults(register, SCENARIO, False, date(2027, 8, 13))
        assert (count, fault.place, fault.where) == (9, place := f"{min(OPEN[:9])} attempt_on", f"{place} and 8 more")
    # A finding is kept with its outcome, and read in either language.
    with in_language("zh"):
        assert fault.where in str(fault)
        assert fault.where == f"{place}，另有 8 处"


@pytest.mark.parametrize("value", ["3/8/2027", "13.8.2027", "2027-8-20", "20270820", "August", "2027-02-30", ""])
def test_a_day_that_may_be_two_is_asked_for(value: str) -> None:
    with pytest.raises(ArgumentError, match="as_of"):
        as_date(value)


def test_weeks_that_disagree_are_told() -> None:
    then = dated(attempt_on="2027-08-02", filed_on="2027-08-05", attempts=1)
    now = dated(attempt_on="2027-08-02", filed_on="2027-08-06", attempts=0)
    now.loc[OPEN[1], "has_branch"] = True
    with in_language("en"):
        told = check_previous(then, now, date(2027, 8, 6), date(2027, 8, 13))
        assert [(fault.code, fault.place) for fault in told] == [
            ("step_redated", OPEN[0]), ("attempts_fewer", OPEN[0]), ("branch_new_undated", OPEN[1]),
        ]  # fmt: skip
        assert "2027-08-05" in str(told[0])
        assert all(fault.repair for fault in told)
