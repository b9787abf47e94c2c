"""Learning: the posterior of the uncertain factors, held against campaigns whose factors are known."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from pandas.tseries.offsets import BDay

import workbench as wb
from tests.cities import organization, scenario
from tests.cities import register as dated
from tests.oracle.campaigns import campaign_under, written_down
from workbench.arguments import as_date
from workbench.grouping import Grouping, group
from workbench.inputs import Calendar, Scenario, make_city
from workbench.planning.forecast import assumptions
from workbench.planning.forecast.assumptions import holm
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.learning import FACTORS, learning_scenario, learnt
from workbench.simulation.tracing import weekly_registers

SCENARIO = Scenario.model_validate({"calendar": {"holidays": None}, "instructors": {"total": 60}})
AS_OF = as_date("2027-08-20")


@cache
def town() -> tuple[pd.DataFrame, Grouping]:
    register = make_city(240, 4, seed=3)
    return register, group(register, SCENARIO, method="nearest")


def campaign(number: int, **factors: float) -> pd.DataFrame:
    """A register of a campaign under given factors, to its end; those that are not given are the prior's draws."""
    register, grouping = town()
    true = campaign_under(learning_scenario(SCENARIO), factors)
    return written_down(register, true, grouping, number)


def found(register: pd.DataFrame, replications: int = 200) -> pd.DataFrame:
    evidence = Evidence.of(register, SCENARIO, town()[1], AS_OF)
    return learnt(evidence, learning_scenario(SCENARIO), replications, 0).table


def test_factors_are_found_again() -> None:
    table = found(campaign(1, speed=0.85, failure=1.4, absence=0.02, election=1.3))
    assert table.index.tolist() == list(FACTORS)
    assert table.loc["speed", "mean"] < 0.95 < table.loc["speed", "prior_mean"]
    assert table.loc["election", "low"] < 1.3 < table.loc["election", "high"]
    assert (table["high"] - table["low"] < table["prior_high"] - table["prior_low"])[["speed", "election"]].all()
    assert table["effective"].min() > 100


def test_work_on_the_opening_day_begins_with_it_only_where_the_survey_was_before() -> None:
    """Who is surveyed on that day is released in its course, and an attempt of any other day begins in its course."""
    rules = scenario()
    calendar = Calendar.of(rules.calendar)
    opening = pd.Timestamp(calendar.date_of(int(calendar.formation_opens)))
    before, after = opening - pd.Timedelta(days=7), opening + pd.Timedelta(days=1)
    # Filed 1, 2 and 3 working days after the begin.
    dates = [(before, opening, 1), (opening, opening, 2), (before, after, 3)]
    orgs = dated(
        *(
            organization(f"o{days}", 3, surveyed_on=surveyed, attempt_on=begun, filed_on=begun + days * BDay())
            for surveyed, begun, days in dates
        )
    )
    found = Evidence.of(orgs, rules, False, AS_OF).attempts
    assert dict(zip(found.low.tolist(), found.width.tolist(), strict=True)) == {1.0: 0.0, 2.0: 1.0, 3.0: 1.0}


def test_attempts_that_failed_leave_work_no_slower_than_it_is() -> None:
    """Early on nearly all that is in work is outreach, of which nearly all fails and leaves no length behind."""
    (register, grouping), prior = town(), learning_scenario(SCENARIO)
    days = [as_date("2027-07-30"), as_date("2027-08-06")]
    ranks: dict[object, list[float]] = {day: [] for day in days}
    for number in range(16):
        true = campaign_under(prior, {"speed": float(prior.uncertainty.speed.quantile((number + 0.5) / 16))})
        weeks = weekly_registers(register, true, grouping, days=days, replication=number, seed=17)
        for day, week in weeks.items():
            answer = learnt(Evidence.of(week, SCENARIO, grouping, day), prior, 99, 0)
            drawn = prior.uncertainty.speed.quantile(answer.factors["speed"])
            ranks[day].append(float((drawn < true.uncertainty.speed.mean).mean()))
    for day in days:
        assert 0.3 < np.mean(ranks[day]) < 0.7, day
        assert np.std(ranks[day]) > 0.15, day


def test_forecasts_take_what_was_learnt() -> None:
    register, grouping = campaign(2, speed=0.8, election=1.4), town()[1]
    plain = wb.forecast(register, SCENARIO, grouping, AS_OF, replications=200)
    learning = wb.forecast(register, SCENARIO, grouping, AS_OF, replications=200, learn=True)
    assert plain.posterior is None
    assert learning.posterior is not None
    assert learning.scenario == plain.scenario == SCENARIO
    assert learning.posterior.index.tolist() == list(FACTORS)
    assert learning.expected() < plain.expected()
    # What happened by then is the same in both.
    day = plain.day_number(AS_OF)
    assert (learning.counts()[:, : day + 1] == plain.counts()[:, : day + 1]).all()
    again = wb.forecast(register, SCENARIO, grouping, AS_OF, replications=200, learn=True, workers=1)
    assert again.dataset.identical(learning.dataset)


def test_nothing_seen_leaves_the_prior() -> None:
    register, grouping = town()
    table = learnt(Evidence.of(register, SCENARIO, grouping, AS_OF), learning_scenario(SCENARIO), 10, 0).table
    assert table["mean"].to_numpy() == pytest.approx(table["prior_mean"].to_numpy())
    assert table["effective"].to_numpy() == pytest.approx(65_536)


def test_an_assumption_that_fails_is_told_with_what_would_fit() -> None:
    grouping = town()[1]
    fine = assumptions(campaign(5), SCENARIO, grouping, AS_OF)
    assert fine["p_holm"].min() > 0.01
    slow = SCENARIO.replace("cases.standalone.preparation", {"pert": [0.2, 0.4, 1.0]})
    told = assumptions(campaign(5), slow, grouping, AS_OF).set_index(["assumption", "kind"])
    row = told.loc[("preparation", "standalone")]
    assert row["p_holm"] < 1e-6
    assert row["seen"] > 3 * row["assumed"]
    assert row["fits"].startswith("pert")
    assert told.drop(index=("preparation", "standalone"))["p_holm"].min() > 0.01


def test_where_none_has_ended_no_length_is_told() -> None:
    """The likelihood of lengths that are all cut short grows without end: its best is the edge of what is tried."""
    register, grouping = town()
    begun = register.copy()
    alone = wb.trace(register, SCENARIO, grouping).cases
    alone = alone[alone["kind"] == "standalone"]["case"]
    begun.loc[alone, "attempt_on"] = pd.Timestamp("2027-08-03")
    told = assumptions(begun, SCENARIO, grouping, AS_OF).set_index(["assumption", "kind"])
    row = told.loc[("preparation", "standalone")]
    assert row["observed"] > 0
    assert np.isnan(row["seen"])
    assert row["fits"] == ""


def test_holm() -> None:
    assert holm(np.array([0.5, 0.6])).tolist() == [1.0, 1.0]
    assert np.isnan(holm(np.array([np.nan]))).all()
