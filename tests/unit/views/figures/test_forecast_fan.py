"""The fan of a campaign under way: plan, facts and forecast are the outcomes' own quantiles, in both languages."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import workbench as wb
from tests.unit.views.figures.test_figures import assert_nothing_is_cut_off, part, said, size
from workbench.inputs import Scenario, make_city
from workbench.labels import in_language
from workbench.simulation.tracing import weekly_registers
from workbench.views import figures


@pytest.fixture(scope="module")
def outcomes():
    city = make_city(120, 5, seed=2)
    plan = Scenario().replace({"committee.every_weeks": 1, "committee.agenda": None})
    days = [date(2027, 7, 20), date(2027, 8, 20), date(2027, 8, 31), date(2027, 9, 3)]
    weeks = weekly_registers(city, plan, False, days=days, seed=4)
    found = {str(day): wb.forecast(weeks[day], plan, False, str(day), replications=60) for day in days}
    # What stands formed on 20 August is enough for a low target, with days left.
    low = plan.replace("targets.organization", 0.3)
    found["reached"] = wb.forecast(weeks[days[1]], low, False, "2027-08-20", replications=60)
    return wb.simulate(city, plan, False, replications=60), found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("day", ["2027-07-20", "2027-08-20", "2027-08-31", "2027-09-03"])
def test_drawn_in_both_languages_on_every_day(outcomes, language, day):
    plan, found = outcomes
    with in_language(language):
        for beside in (plan, None):
            ax = figures.forecast_fan(found[day], beside)
            assert_nothing_is_cut_off(ax)
            assert size(figures.png(ax, 900))[0] == 900


def test_lines_are_quantiles(outcomes):
    plan, found = outcomes
    ax = figures.forecast_fan(found["2027-08-20"], plan)
    own, planned = found["2027-08-20"].quantiles((0.5,)), plan.quantiles((0.5,))
    today = own.index.get_loc("2027-08-20")
    assert np.array_equal(part(ax, "plan/median").get_ydata(), planned[0.5])
    assert np.array_equal(part(ax, "facts").get_ydata(), own[0.5].iloc[: today + 1])
    assert np.array_equal(part(ax, "forecast/median").get_ydata(), own[0.5].iloc[today:])
    counts = found["2027-08-20"].counts().to_numpy()[:, : today + 1]
    assert (counts == counts[0]).all()


def test_what_it_says_is_true_on_the_deadline(outcomes):
    plan, found = outcomes
    words = said(figures.forecast_fan(found["2027-08-31"], plan))
    reached = found["2027-08-31"].probability().value == 1.0
    assert ("is reached" in words) == reached
    assert ("is missed" in words) == (not reached)
    assert "Chance" not in words
    assert "Chance of" in said(figures.forecast_fan(found["2027-08-20"], plan))


def test_a_target_that_is_reached_already_has_no_chance(outcomes):
    _, found = outcomes
    words = said(figures.forecast_fan(found["reached"]))
    assert "The target of 30% is reached already; expected by 31 Aug: " in words
    assert "Chance" not in words
