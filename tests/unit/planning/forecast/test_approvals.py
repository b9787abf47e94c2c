"""Approvals and retries held against what was assumed: by hand, where the rule holds and where it does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.cities import organization, register, scenario
from workbench.inputs import Scenario
from workbench.inputs.register import check_register
from workbench.inputs.scenario import Calendar, Law, meetings
from workbench.planning.forecast import assumptions
from workbench.planning.forecast.approvals import Filings
from workbench.planning.forecast.retries import _too_soon

#: Meetings on Tuesdays (3, 10, 17, 24, 31 August), a notice of two days, nothing uncertain.
RULES = {
    **{"committee__every_weeks": 1, "committee__weekdays": ["Tue"], "committee__stagger": False},
    **{"committee__notice": 2, "committee__agenda": None, "uncertainty": {}},
}


def told(
    dates: list[dict[str, object]], rules: dict[str, object] | None = None, as_of: str = "2027-08-27"
) -> pd.DataFrame:
    """The assumptions about standalone cases with these dates."""
    given = register(*[organization(f"a{number:02}") for number in range(len(dates))])
    for org_id, own in zip(given.index, dates, strict=True):
        for column, value in own.items():
            given.loc[org_id, column] = pd.Timestamp(value) if isinstance(value, str) else value
    table = assumptions(check_register(given), scenario(**(RULES | (rules or {}))), False, "2027-08-27")
    return table.set_index(["assumption", "kind"])


def filed(on: str, approved: str | None = None) -> dict[str, object]:
    return {"attempt_on": "2027-08-02", "filed_on": on, **({"approved_on": approved} if approved else {})}


def test_approvals_as_assumed_hold() -> None:
    """Filed on a Thursday, heard on Tuesday; filed on a Friday, on the Tuesday after the next."""
    row = told([filed("2027-08-05", "2027-08-10")] * 4 + [filed("2027-08-06", "2027-08-17")] * 4).loc[("approval", "")]
    assert row["observed"] == 8
    # From the middle of the day of filing: 2.5 working days, and 6.5.
    assert row["seen"] == row["assumed"] == 4.5
    assert row["p"] > 0.05


@pytest.mark.parametrize(
    ("dates", "fits"),
    [
        # Filed on a Monday and heard on the next day: no notice at all.
        ([filed("2027-08-09", "2027-08-10")] * 5, 0.0),
        # Filed on a Wednesday, and heard a week later than Tuesday: a notice of five to eight days.
        ([filed("2027-08-04", "2027-08-17")] * 5, 6.0),
        # Nobody is heard.
        ([filed("2027-08-04")] * 5, 15.0),
    ],
    ids=["sooner", "later", "never"],
)
def test_approvals_that_come_otherwise_fail(dates: list[dict[str, object]], fits: float) -> None:
    row = told(dates).loc[("approval", "")]
    assert row["p_holm"] < 0.01
    assert float(row["fits"]) == pytest.approx(fits, abs=3.0)


def test_a_full_agenda_explains_who_waits() -> None:
    """Two are heard a week: five filed on a day take three weeks, and that is as assumed."""
    dates = [filed("2027-08-04", "2027-08-10")] * 2 + [filed("2027-08-04", "2027-08-17")] * 2
    dates += [filed("2027-08-04", "2027-08-24")]
    row = told(dates, {"committee__agenda": 2}).loc[("approval", "")]
    assert row["seen"] == row["assumed"]
    assert row["p"] > 0.05
    assert told(dates).loc[("approval", ""), "p_holm"] < 0.01


def test_the_factor_s_range_explains_what_it_can() -> None:
    dates = [filed("2027-08-05", "2027-08-17")] * 5
    assert told(dates).loc[("approval", ""), "p"] < 0.01
    wide = {"uncertainty": {"approval_delay": {"uniform": [0, 4]}}}
    assert told(dates, wide).loc[("approval", ""), "p"] > 0.05


def test_meetings_on_demand_have_no_calendar_to_be_held_against() -> None:
    row = told([filed("2027-08-04")] * 5, {"committee__on_demand": {"cases": 2, "lead": 3}}).loc[("approval", "")]
    assert row["observed"] == 0
    assert np.isnan(row["p"])


def test_a_decision_without_a_committee_takes_the_notice() -> None:
    rules = {"cases__standalone__approval": "direct"}
    assert told([filed("2027-08-04", "2027-08-06")] * 5, rules).loc[("approval", ""), "p"] > 0.05
    row = told([filed("2027-08-04", "2027-08-13")] * 5, rules).loc[("approval", "")]
    assert row["p_holm"] < 0.01
    assert float(row["fits"]) == pytest.approx(7.0, abs=0.5)


def test_committees_held_again_one_by_one() -> None:
    """What is waited in all, against a plain loop over the meetings."""
    rng = np.random.default_rng(3)
    rules = Scenario.model_validate({"calendar": {"holidays": None}, "committee": {"agenda": 3, "every_weeks": 1}})
    pool = np.array(["a", "b"], dtype=object)[rng.integers(0, 2, 30)]
    filings = Filings(pool, np.ones(30, bool), rng.integers(5, 25, 30).astype(float), np.full(30, np.nan))
    times, notices, t0 = rng.uniform(size=(30, 5)), np.array([0.0, 2.5]), 28.0
    again = filings.held_again(rules, notices, times, t0)
    schedule = meetings(rules, Calendar.of(rules.calendar), ["a", "b"])
    for row, notice in enumerate(notices):
        for column in range(times.shape[1]):
            heard = np.full(30, t0)
            for name in ("a", "b"):
                queue = sorted(np.flatnonzero(pool == name), key=lambda i: filings.filed[i] + times[i, column])
                for day in schedule.loc[schedule["responsible"] == name, "day"]:
                    ready = [i for i in queue if filings.filed[i] + times[i, column] + notice <= day < t0]
                    for i in ready[:3]:
                        heard[i] = day
                        queue.remove(i)
            assert again[row, column] == pytest.approx((heard - filings.filed - 0.5).sum())


def again(on: str, attempts: int = 1) -> dict[str, object]:
    return {"has_instructor": True, "instructor_on": "2027-08-02", "attempt_on": on, "attempts": attempts}


def test_attempts_that_are_begun_again_too_soon_fail() -> None:
    """Preparation takes two days at least, and nobody begins again within five days of a failure, it was assumed."""
    rules = {"cases__standalone__preparation": {"uniform": [2, 4]}, "cases__standalone__retry_delay": 5}
    late = told([again("2027-08-12")] * 4, rules).loc[("retry", "standalone")]
    assert late["observed"] == 4
    assert late["assumed"] == 5.0
    # From Monday the 2nd, its morning, to the end of Thursday the 12th are nine days, two of them a preparation.
    assert late["seen"] == 7.0
    assert late["p"] == 1.0
    soon = told([again("2027-08-05")] * 4, rules).loc[("retry", "standalone")]
    assert soon["p_holm"] < 0.01
    assert float(soon["fits"]) <= 2.0


def test_a_delay_with_a_spread_is_too_short_only_where_many_are() -> None:
    rules = {
        "cases__standalone__preparation": {"uniform": [2, 4]},
        "cases__standalone__retry_delay": {"uniform": [0, 10]},
    }
    one = told([again("2027-08-05"), *[{"attempts": 1}] * 9], rules).loc[("retry", "standalone")]
    assert one["p"] > 0.05
    many = told([again("2027-08-05")] * 9, rules).loc[("retry", "standalone")]
    assert many["p_holm"] < 0.01


def test_more_attempts_than_there_may_be_fail() -> None:
    row = told([again("2027-08-26", attempts=3)], {"cases__standalone__max_attempts": 3}).loc[("retry", "standalone")]
    assert row["p_holm"] < 0.01
    assert row["fits"] == ""


def test_delays_as_assumed_are_seldom_called_too_short() -> None:
    """Among 20 delays those that came within a bound of their own: the test errs as seldom as it says."""
    rng, law, called = np.random.default_rng(5), Law("uniform", (0.0, 10.0)), 0
    for _ in range(400):
        delays, bounds = rng.uniform(0, 10, 20), rng.uniform(0, 12, 20)
        seen = delays <= bounds
        called += seen.any() and _too_soon(law.cdf(bounds[seen]), 20) < 0.05
    assert called <= 30
