"""The review of the shipped campaign, week by week: every number found again by another way."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.inputs.scenario import Calendar
from workbench.jobs.campaign import read_quietly
from workbench.jobs.review import due_by_unit
from workbench.jobs.review.review import held_by_cases
from workbench.labels import in_language
from workbench.planning.dates import last_safe_dates
from workbench.planning.measures import FromToday
from workbench.planning.measures.packages_from_today import MOST, PACKED
from workbench.planning.score import score, standing
from workbench.shipped import shipped
from workbench.simulation.start import known_by, prepare_from

PLACE = shipped() / "data/campaign"
SCENARIO = wb.read_scenario(PLACE / "scenarios/campaign.yaml")
WEEKS = {day: read_quietly(PLACE / f"registers/register_{day}.csv") for day in (
    "2027-07-14", "2027-08-06", "2027-08-13", "2027-08-20", "2027-08-27", "2027-08-31")}  # fmt: skip
BEGIN = WEEKS["2027-07-14"]
GROUPING = wb.group(BEGIN, SCENARIO)
RUNS = 80


@pytest.fixture(scope="module")
def plan():
    return wb.simulate(BEGIN, SCENARIO, GROUPING, replications=RUNS)


@pytest.fixture(scope="module")
def found(plan):
    return wb.review(
        WEEKS["2027-08-13"], SCENARIO, GROUPING, "2027-08-13", plan=plan, previous=WEEKS["2027-08-06"],
        since=date(2027, 8, 6), learn=False, replications=RUNS,
    )  # fmt: skip


def test_its_forecast_is_the_forecast(found):
    again = wb.forecast(WEEKS["2027-08-13"], SCENARIO, GROUPING, "2027-08-13", replications=RUNS)
    assert found.forecast.dataset.equals(again.dataset)
    assert found.as_of == date(2027, 8, 13)
    assert found.days_left == 12
    assert not found.over
    assert not found.final


def test_its_score_is_the_score(found, plan):
    stands = standing(WEEKS["2027-08-13"], SCENARIO, GROUPING, date(2027, 8, 13), previous=WEEKS["2027-08-06"],
                      since=date(2027, 8, 6))  # fmt: skip
    again = score(stands, found.forecast, plan)
    pd.testing.assert_frame_equal(found.score.table, again.table)
    assert found.score.planned
    assert found.states.equals(stands.tasks)
    assert found.score.city["branches"] == WEEKS["2027-08-13"]["has_branch"].sum() == 88


def test_the_facts_of_the_forecast_are_the_score_s(found):
    day = found.forecast.calendar.day_by(found.as_of)
    counts = found.forecast.dataset["organizations_with_branch"].isel(day=day)
    assert (counts == counts.isel(replication=0)).all()
    now = counts.isel(replication=0).to_series()
    assert now.to_dict() == found.score.table["branches"].to_dict()


def test_without_a_plan_it_is_worked_out_from_the_start():
    # On the last day nothing is left to do that would have to be tried out.
    again = wb.review(
        WEEKS["2027-08-31"], SCENARIO, GROUPING, "2027-08-31", previous=WEEKS["2027-08-27"], learn=False,
        replications=RUNS,
    )  # fmt: skip
    assert not again.score.planned
    assert again.plan.dataset.equals(wb.simulate(BEGIN, SCENARIO, GROUPING, replications=RUNS).dataset)


MEASURED = {
    "two_weeks_later": {"calendar.deadline": date(2027, 9, 14)},
    "meetings_on_demand": {"committee.on_demand": {"cases": 3, "lead": 3}},
    "saturdays": {"calendar.extra_workdays": [date(2027, 8, 14), date(2027, 8, 21), date(2027, 8, 28)]},
    "direct_decision": {"cases.standalone.approval": "direct", "cases.assisted.approval": "direct"},
    "open_with_survey": {"calendar.formation_opens": date(2027, 7, 15)},
}


@pytest.mark.parametrize("name", MEASURED)
def test_a_measure_brings_what_a_forecast_under_it_says(found, name):
    row = found.measures.set_index("measure").loc[name]
    changed = SCENARIO.replace(MEASURED[name])
    again = wb.forecast(WEEKS["2027-08-13"], changed, GROUPING, "2027-08-13", replications=RUNS)
    assert row["expected"] == again.expected()
    assert row["probability"] == again.probability().value
    assert row["gain"] == pytest.approx(again.expected() - found.forecast.expected(), abs=1e-12)
    difference = again.by_deadline() - found.forecast.by_deadline()
    assert row["low"] <= difference.mean() <= row["high"]
    assert row["helps"] == (row["low"] > 0)


def test_packages_are_all_sets_of_those_that_bring_most(found):
    packages = found.packages
    helping = found.alone.loc[found.alone["helps"], "measure"].tolist()
    assert packages.of == tuple(helping[:PACKED])
    assert packages.left == len(helping) - len(packages.of)
    chosen = {name: found.listed[name] for name in packages.of}
    wanted = [
        each for size in range(1, MOST + 1) for each in combinations(chosen, size)
        if not any(chosen[one].conflicts(chosen[other]) for one, other in combinations(each, 2))
    ]  # fmt: skip
    assert packages.table["measures"].tolist() == wanted
    alone = found.alone.set_index("measure")
    for row in packages.table.to_dict("records"):
        if row["number"] == 1:
            assert row["expected"] == alone.loc[row["measures"][0], "expected"]


def test_a_package_brings_what_a_forecast_under_it_says(found):
    known = [name for name in found.packages.of if name in MEASURED]
    pair = tuple(known[:2])
    row = found.packages.table.set_index("number").loc[2].set_index("measures").loc[[pair]].iloc[0]
    changed = SCENARIO.replace({path: value for name in pair for path, value in MEASURED[name].items()})
    again = wb.forecast(WEEKS["2027-08-13"], changed, GROUPING, "2027-08-13", replications=RUNS)
    assert row["expected"] == again.expected()
    assert row["probability"] == again.probability().value


def test_what_is_said_of_a_package_was_not_chosen_on(found, plan):
    """Fresh replications: the next ones of the same campaign."""
    name = found.alone.loc[found.alone["helps"] & found.alone["measure"].isin(MEASURED), "measure"].iloc[0]
    experiment = FromToday(
        WEEKS["2027-08-13"], SCENARIO, GROUPING, date(2027, 8, 13), replications=RUNS
    )  # fmt: skip
    counts = experiment.fresh().run([found.listed[name]])
    changed = SCENARIO.replace(MEASURED[name])
    again = wb.forecast(WEEKS["2027-08-13"], changed, GROUPING, "2027-08-13", replications=2 * RUNS)
    ends = again.counts("organization").to_numpy()[RUNS:, again.calendar.deadline_day]
    assert counts.covered.tolist() == ends.tolist()


def test_a_review_speaks_the_language_in_use(found):
    with in_language("zh"):
        chinese = found.measures[["label", "decided_by"]].to_numpy().ravel().tolist()
        summary = found.summary()
    with in_language("en"):
        english = found.measures[["label", "decided_by"]].to_numpy().ravel().tolist()
    assert not set(chinese) & set(english)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in words) for words in chinese)
    assert chinese[0] in summary


def test_a_chance_comes_with_its_interval(found):
    from workbench.simulation.results import wilson

    for row in found.alone.to_dict("records"):
        chance = wilson(round(row["probability"] * RUNS), RUNS)
        assert (row["probability_low"], row["probability_high"]) == (chance.low, chance.high)


def test_one_more_meeting_lies_ahead(found):
    label = found.measures.set_index("measure").loc["one_more_meeting", "label"]
    calendar = Calendar.of(SCENARIO.calendar)
    ahead = [calendar.date_of(day) for day in range(calendar.day_by(found.as_of) + 1, calendar.deadline_day + 1)]
    assert any(f"{day.day} August" in label for day in ahead)


def test_groups_that_have_been_begun_stay(found):
    """Wider rules for joint branches never move a unit of a case in work, filed or approved."""
    row = found.measures.set_index("measure").loc["joint_farther"]
    changed = SCENARIO.replace("grouping.max_distance_km", 5)
    again = wb.forecast(WEEKS["2027-08-13"], changed, GROUPING, "2027-08-13", regroup=True, replications=RUNS)
    assert row["expected"] == again.expected()


def test_every_task_that_is_not_filed_has_its_last_days(found):
    dates = last_safe_dates(WEEKS["2027-08-13"], SCENARIO, GROUPING, as_of="2027-08-13", replications=RUNS).table
    assert (found.filing[["safe", "even"]].min() > pd.Timestamp(found.as_of)).all()
    open_ = found.states[found.states["forms"] & found.states["state"].isin(["in_work", "waiting"])]
    assert sorted(found.filing["case"]) == sorted(open_.index)
    for row in found.filing.to_dict("records"):
        known = dates.loc[(row["responsible"], row["kind"])]
        assert row["safe"] == known["filing_90"] or (pd.isna(row["safe"]) and pd.isna(known["filing_90"]))
        today = pd.Timestamp(found.as_of)
        when = "in_time" if row["safe"] > today else "hurry" if row["even"] > today else "late"
        assert row["when"] == when
    due = due_by_unit(found.filing)
    assert due["open"].sum() == len(found.filing)


def test_instructors_at_work_are_not_sent_away(found):
    setup = prepare_from(WEEKS["2027-08-13"], SCENARIO, GROUPING, "2027-08-13")
    held = held_by_cases(setup)
    states = found.states
    for unit, least in held.items():
        working = ((states["responsible"] == unit) & (states["state"] == "in_work")).sum()
        assert least == min(-(-working // 2), setup.instructors[unit])
        assert found.allocation.instructors[unit] >= least
    assert found.allocation.total <= sum(setup.instructors.values())


def test_today_s_instructors_bring_what_the_forecast_says(found):
    """The desk under the allocation starts from the same state: its sample is the forecast's, to the last bit."""
    responses = found.allocation.responses
    now = [found.allocation.start[unit] for unit in responses.responsible_units]
    last = found.forecast.calendar.deadline_day
    assert np.array_equal(responses.branches(now), found.forecast.counts().to_numpy()[:, last])


def test_on_the_deadline_nothing_is_left_to_do(plan):
    over = wb.review(
        WEEKS["2027-08-31"], SCENARIO, GROUPING, "2027-08-31", plan=plan, previous=WEEKS["2027-08-27"],
        since=date(2027, 8, 27), learn=False, replications=30,
    )  # fmt: skip
    assert over.over
    assert over.final
    assert over.days_left == 0
    assert over.measures.empty
    assert over.allocation is None
    assert over.forecast.expected() == 140 / 260
    assert over.forecast.probability().value == 0.0
    with in_language("en"):
        assert "missed" in over.summary()
        assert "53.8%" in over.summary()
    assert (over.score.table["low"] == over.score.table["high"]).all()
    assert (over.score.table["low"] == over.score.table["branches"]).all()
    assert set(over.filing["when"]) <= {"late"}


@pytest.fixture(scope="module")
def last(plan):
    return wb.review(WEEKS["2027-08-27"], SCENARIO, GROUPING, "2027-08-27", plan=plan, learn=False, replications=30)


def test_the_last_week_is_the_final_summary(last):
    assert last.final
    assert not last.over
    assert last.days_left == 2


def test_before_the_start_it_is_the_plan(plan):
    calm = wb.review(BEGIN, SCENARIO, GROUPING, "2027-07-14", plan=plan, learn=False, replications=RUNS)
    assert calm.forecast.dataset.equals(plan.dataset)
    assert calm.score.table["percentile"].dropna().eq(50.0).all()
    assert not calm.behind["of_plan"].any()


def test_one_final_register_tells_of_every_week(plan, last):
    """Later dates are not known yet: with what is dated, the last register gives the review of an earlier week."""
    early = wb.review(WEEKS["2027-08-31"], SCENARIO, GROUPING, "2027-08-27", plan=plan, learn=False, replications=30)
    facts = ["tasks", "formed", "this_week", "branches", "coverage", "of_ceiling"]
    pd.testing.assert_frame_equal(early.score.table[facts], last.score.table[facts])
    assert last.score.table["formed"].sum() > 0
    known = known_by(WEEKS["2027-08-31"], SCENARIO, date(2027, 8, 13)).register
    assert known["has_branch"].sum() == 88


@pytest.mark.parametrize("language", ["zh", "en"])
def test_summaries_are_short_and_in_the_language(found, language):
    with in_language(language):
        words = found.summary()
    assert len(words.splitlines()) == 3
    assert ("覆盖率" in words) == (language == "zh")
    assert repr(found)


@pytest.fixture(scope="module")
def learnt(plan):
    return wb.review(WEEKS["2027-08-13"], SCENARIO, GROUPING, "2027-08-13", plan=plan, replications=RUNS)


def test_what_was_learnt_reaches_forecast_measures_and_instructors(learnt):
    again = wb.forecast(WEEKS["2027-08-13"], SCENARIO, GROUPING, "2027-08-13", learn=True, replications=RUNS)
    assert learnt.forecast.dataset.equals(again.dataset)
    assert learnt.forecast.posterior is not None
    responses = learnt.allocation.responses
    now = [learnt.allocation.start[unit] for unit in responses.responsible_units]
    last = learnt.forecast.calendar.deadline_day
    assert np.array_equal(responses.branches(now), learnt.forecast.counts().to_numpy()[:, last])
    row = learnt.measures.set_index("measure").loc["two_weeks_later"]
    assert row["expected"] - row["gain"] == pytest.approx(learnt.forecast.expected(), abs=1e-12)
    later = SCENARIO.replace("calendar.deadline", date(2027, 9, 14))
    longer = wb.forecast(WEEKS["2027-08-13"], later, GROUPING, "2027-08-13", learn=True, replications=RUNS)
    assert row["expected"] == longer.expected()


def test_learning_comes_nearer_to_the_truth(learnt, found):
    """The truth of this campaign is known: slower work and longer elections than assumed, and 140 of 260 at the end."""
    mean = learnt.forecast.posterior["mean"]
    prior = learnt.forecast.posterior["prior_mean"]
    for name, true in {"speed": 0.87, "election": 1.2, "absence": 0.1}.items():
        assert abs(mean[name] - true) < abs(prior[name] - true), name
    assert abs(learnt.forecast.expected() - 140 / 260) < abs(found.forecast.expected() - 140 / 260)


def test_what_was_observed_is_held_against_what_was_assumed(learnt):
    from workbench.planning.forecast import assumptions

    again = assumptions(WEEKS["2027-08-13"], SCENARIO, GROUPING, "2027-08-13")
    pd.testing.assert_frame_equal(learnt.assumptions, again)
