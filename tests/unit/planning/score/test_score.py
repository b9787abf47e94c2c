"""The score, recomputed organization by organization and replication by replication, without the code under test."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.inputs.register import in_scope, tiers
from workbench.planning.forecast import forecast
from workbench.planning.score import STATES, score, standing
from workbench.simulation import simulate, trace
from workbench.simulation.tracing import weekly_registers

CITY = make_city(170, 6, seed=8, systems=1, mean_members=4.0)
PLAN = Scenario().replace({
    "committee.every_weeks": 1, "committee.agenda": None, "calendar.formation_opens": date(2027, 7, 26),
    "targets.organization": 0.5,
})  # fmt: skip
GROUPING = group(CITY, PLAN, effort="quick")
OUTCOME = simulate(CITY, PLAN, GROUPING, replications=150)
DAYS = [date(2027, 7, 14), date(2027, 8, 6), date(2027, 8, 13), date(2027, 8, 20), date(2027, 8, 31)]
WEEKS = weekly_registers(CITY, PLAN, GROUPING, days=DAYS, replication=3, seed=77)


@pytest.fixture(scope="module")
def traced():
    return trace(CITY, PLAN, GROUPING, replication=3, seed=77).cases


@pytest.mark.parametrize("day", DAYS)
def test_states_are_those_of_the_trace(day, traced):
    found = standing(WEEKS[day], PLAN, GROUPING, day)
    last = OUTCOME.calendar.day_by(day)
    week = WEEKS[day]

    def happened(time):
        return time == time and int(time) <= last

    assert sorted(found.tasks.index) == sorted(traced["case"])
    for case in traced.to_dict("records"):
        state = found.tasks.loc[case["case"], "state"]
        most = PLAN.cases.of(case["kind"]).max_attempts
        if happened(case["formed"]) or happened(case["mass_org"]):
            expected = "formed"
        elif happened(case["approved"]):
            expected = "approved"
        elif happened(case["filed"]):
            expected = "filed"
        elif week.loc[case["case"], "attempt_on"] is not pd.NaT:
            expected = "in_work"
        else:
            expected = "abandoned" if week.loc[case["case"], "attempts"] >= most else "waiting"
        assert state == expected, case["case"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("with_previous", [True, False])
def test_every_number_of_the_table(day, with_previous, traced):
    earlier = max((each for each in DAYS if each < day), default=day - timedelta(days=7))
    previous = WEEKS.get(earlier) if with_previous else None
    since = earlier if with_previous else None
    found = score(standing(WEEKS[day], PLAN, GROUPING, day, previous=previous, since=since), OUTCOME, OUTCOME)
    calendar, week = OUTCOME.calendar, WEEKS[day]
    last, begin = max(calendar.day_by(day), 0), calendar.day_by(since or day - timedelta(days=7))
    cases = traced.set_index("case")
    forming = cases[cases["kind"] != "outreach"]
    counts = OUTCOME.dataset["organizations_with_branch"]
    assert list(found.table.index) == sorted(CITY["responsible"].unique())
    for unit, row in found.table.iterrows():
        own = week[week["responsible"] == unit]
        tasks = forming[forming["responsible"] == unit]
        formed = [floor for floor in np.floor(tasks["formed"].dropna()) if floor <= calendar.day_by(day)]
        assert row["organizations"] == len(own)
        assert row["at_start"] == CITY.loc[own.index, "has_branch"].sum()
        assert row["branches"] == own["has_branch"].sum()
        assert row["tasks"] == len(tasks) == sum(row[state] for state in STATES)
        assert row["formed"] == len(formed)
        assert row["this_week"] == sum(1 for floor in formed if floor > begin)
        left = own[~own["has_branch"] & ~own["dormant"]]
        assert row["uncovered"] == len(left)
        assert row["instructed"] == left["has_instructor"].sum()
        assert row["coverage"] == own["has_branch"].sum() / len(own)
        units = OUTCOME.organizations.loc[own.index]
        possible = (units["branch"] | units["kind"].isin(["standalone", "assisted", "joint", "attached"])).sum()
        assert row["possible"] == possible
        assert row["ceiling"] == possible / len(own)
        needed = min(int(np.ceil(0.5 * len(own))), possible)
        assert row["needed"] == needed
        series = counts.sel(responsible=unit).to_numpy()
        ends = sorted(series[:, calendar.deadline_day].tolist())
        assert row["expected"] == pytest.approx(np.mean(ends))
        assert row["probability"] == sum(end >= 0.5 * len(own) for end in ends) / 150
        assert row["sure"] == sum(end >= needed for end in ends) / 150
        assert [row["low"], row["median"], row["high"]] == [ends[7], ends[74], ends[142]]
        if possible > row["at_start"]:
            today = series[:, last].tolist()
            below, equal = (
                sum(each < row["branches"] for each in today),
                sum(each == row["branches"] for each in today),
            )
            assert row["percentile"] == pytest.approx(100 * (below + equal / 2) / 150)
            planned = [row[name] for name in ("plan_low", "plan_median", "plan_high")]
            assert planned == [sorted(today)[place] for place in (7, 74, 142)]
            assert row["rank_low"] <= row["rank_high"]
        else:
            assert np.isnan(row["percentile"])
            assert row["rank"] is pd.NA
    ranked = found.table["percentile"].dropna()
    assert all(found.table.loc[name, "rank"] == 1 + (ranked > own).sum() for name, own in ranked.items())
    assert found.city["branches"] == week["has_branch"].sum() == found.table["branches"].sum()
    assert found.city["probability"] == OUTCOME.probability().value


def edge(**columns):
    """The campaign's register with columns set for all."""
    return CITY.assign(**columns)


def test_nothing_formed_and_nothing_planned_tells_nobody_apart():
    found = score(standing(CITY, PLAN, GROUPING, date(2027, 7, 20)), OUTCOME, OUTCOME)
    assert found.table["percentile"].dropna().eq(50.0).all()
    assert found.table["rank"].dropna().eq(1).all()
    assert found.table["rank_high"].dropna().eq(1).all()
    assert found.candidates.empty
    assert (found.table["formed"] == 0).all()
    assert not found.behind["of_plan"].any()


def test_everything_formed():
    open_ = ~CITY["has_branch"] & OUTCOME.organizations["kind"].isin(["standalone", "assisted", "joint", "attached"])
    dates = pd.Series(pd.NaT, CITY.index, dtype="datetime64[us]").mask(open_, pd.Timestamp("2027-08-10"))
    whole = CITY.assign(has_branch=CITY["has_branch"] | open_, branch_on=dates)
    found = score(standing(whole, PLAN, GROUPING, date(2027, 8, 31)), OUTCOME, OUTCOME)
    assert (found.table["formed"] == found.table["tasks"]).all()
    assert (found.table["branches"] == found.table["possible"]).all()
    assert found.table["of_ceiling"].eq(1.0).all()
    assert (found.table["this_week"] == 0).all()
    assert (found.table["percentile"].dropna() >= 50.0).all()
    assert found.candidates["reached"].all()


def test_a_unit_with_nothing_to_form_is_not_ranked():
    first = sorted(CITY["responsible"].unique())[0]
    done = CITY.assign(has_branch=CITY["has_branch"] | ((CITY["responsible"] == first) & ~CITY["dormant"]))
    grouping = group(done, PLAN, effort="quick")
    plan = simulate(done, PLAN, grouping, replications=40)
    found = score(standing(done, PLAN, grouping, date(2027, 8, 20)), plan, plan)
    row = found.table.loc[first]
    assert row["tasks"] == 0
    assert row[["rank", "rank_low", "rank_high", "plan_median", "percentile", "instructed_share"]].isna().all()
    assert first not in found.candidates.index
    assert found.table["rank"].dropna().size == len(found.table) - 1


def test_a_unit_without_members_is_not_blamed():
    """Raw rates are shown, and decide no order: two units of unlike rates, both as planned, share a rank."""
    found = score(standing(CITY, PLAN, GROUPING, date(2027, 7, 16)), OUTCOME, OUTCOME)
    assert found.table["coverage"].nunique() > 1
    assert found.table["rank"].dropna().nunique() == 1
    assert (found.table["needed"] <= found.table["possible"]).all()


def test_who_is_dormant_needs_nobody():
    found = standing(CITY, PLAN, GROUPING, date(2027, 7, 16)).organizations
    asleep = in_scope(CITY, PLAN)["dormant"]
    assert asleep.any()
    assert not found.loc[asleep[asleep].index, "uncovered"].any()
    assert (tiers(CITY, PLAN).loc[found.index[found["at_start"]]] == "branch").all()


@pytest.mark.parametrize("approval", ["committee", "direct", "none"])
@pytest.mark.parametrize("counted_from", ["formed", "approved"])
def test_who_counts_today_is_who_counts_in_the_forecast(approval, counted_from):
    """Where approval counts, a unit that is approved has what it should, though its branch is not elected yet."""
    kinds = {f"cases.{kind}.approval": approval for kind in ("standalone", "assisted", "joint")}
    rules = PLAN.replace(kinds | {"policy.counted_from": counted_from})
    day = date(2027, 8, 13)
    week = weekly_registers(CITY, rules, GROUPING, days=[day], replication=3, seed=77)[day]
    ahead = forecast(week, rules, GROUPING, day, replications=2)
    counts = ahead.dataset["organizations_with_branch"].isel(day=ahead.calendar.day_by(day))
    found = standing(week, rules, GROUPING, day).organizations
    assert (counts == counts.isel(replication=0)).all()
    today = found.groupby("responsible")["branches"].sum()
    assert counts.isel(replication=0).to_series().to_dict() == today.to_dict()
    states = standing(week, rules, GROUPING, day).tasks["state"]
    assert ((states == "approved") | (states == "filed")).any()
