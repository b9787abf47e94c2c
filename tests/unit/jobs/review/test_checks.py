"""What does not belong together is refused with its place and its repair; what a person should look at is told."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import Fault, RegisterError, StoreError
from workbench.jobs.campaign import read_quietly
from workbench.jobs.review.checks import check_plan, check_previous
from workbench.jobs.review.review import _apart
from workbench.labels import in_language
from workbench.shipped import shipped

PLACE = shipped() / "data/campaign"
SCENARIO = wb.read_scenario(PLACE / "scenarios/campaign.yaml")
BEGIN, WEEK, NEXT = (read_quietly(PLACE / f"registers/register_{day}.csv") for day in (
    "2027-07-14", "2027-08-13", "2027-08-20"))  # fmt: skip
THAT, THEN = date(2027, 8, 13), date(2027, 8, 20)


@pytest.fixture(scope="module")
def plan():
    return wb.simulate(BEGIN, SCENARIO, False, replications=8)


def codes(found) -> list[str]:
    return [fault.code for fault in getattr(found, "faults", found)]


def test_the_campaign_s_own_plan_is_taken(plan):
    assert check_plan(plan, BEGIN, SCENARIO) == []


@pytest.mark.parametrize("other", ["demo_city", "low_start", "county"])
def test_a_plan_of_another_register_is_refused(other):
    """Made-up cities share their identifiers: what tells them apart is who is responsible, and who has a branch."""
    city = read_quietly(shipped() / f"data/{other}.csv")
    strange = wb.simulate(city, SCENARIO, False, replications=4)
    with pytest.raises(StoreError) as refused:
        check_plan(strange, BEGIN, SCENARIO)
    assert codes(refused.value) == ["plan_of_another_register"]


def test_a_city_with_the_same_names_and_another_start_is_another():
    low = wb.make_city(260, 8, seed=16, systems=2, mean_members=4.5, covered=0.1)
    with pytest.raises(StoreError):
        check_plan(wb.simulate(low, SCENARIO, False, replications=4), BEGIN, SCENARIO)


def test_a_plan_of_another_calendar_and_one_without_units_are_refused_together():
    later = SCENARIO.replace({"calendar.start": date(2027, 7, 16), "calendar.deadline": date(2027, 9, 30)})
    strange = wb.simulate(BEGIN, later, False, replications=4, keep="city")
    with pytest.raises(StoreError) as refused:
        check_plan(strange, BEGIN, SCENARIO)
    assert codes(refused.value) == ["plan_without_units", "plan_of_another_calendar", "plan_of_another_calendar"]
    assert "2027-09-30" in str(refused.value)


def test_an_organization_more_or_less_than_the_plan_is_told(plan):
    fewer = BEGIN.drop(index=BEGIN.index[:2])
    assert codes(check_plan(plan, fewer, SCENARIO)) == ["plan_has_more"] * 2
    more = wb.simulate(fewer, SCENARIO, False, replications=4)
    assert codes(check_plan(more, BEGIN, SCENARIO)) == ["plan_lacks"] * 2


def test_last_week_s_register_is_taken():
    assert check_previous(WEEK, NEXT, THAT, THEN) == []
    assert check_previous(WEEK, NEXT, None, THEN) == []


@pytest.mark.parametrize("since", [THEN, date(2027, 8, 27), None])
def test_a_register_that_is_not_earlier_is_refused(since):
    with pytest.raises(RegisterError) as refused:
        check_previous(NEXT, WEEK, since, THAT)
    assert codes(refused.value) == ["previous_later"]
    assert "2027-08-13" in str(refused.value)


def test_the_same_register_given_as_the_last_one_is_refused():
    with pytest.raises(RegisterError):
        check_previous(WEEK, WEEK, THAT, THAT)


def test_last_week_s_register_saved_again_is_told_whatever_its_bytes():
    again = WEEK.iloc[::-1]
    (told,) = check_previous(WEEK, again, THAT, THEN)
    assert (told.code, told.place, told.details) == ("week_repeated", "2027-08-20", {"other": "2027-08-13"})
    changed = again.assign(instructor_on=again["instructor_on"].fillna(pd.Timestamp("2027-08-13")))
    assert codes(check_previous(WEEK, changed, THAT, THEN)) == []


def test_a_repeated_week_that_the_folder_told_is_told_once_and_no_other_is_lost():
    found = check_previous(WEEK, WEEK.iloc[::-1], THAT, THEN)
    same, older = (Fault("week_repeated", "registers", f"register_{day}.csv", {"other": ""}) for day in (THEN, THAT))
    assert _apart(found, [same, older], THEN) == []
    assert _apart(found, [older], THEN) == found
    assert _apart(found, [], THEN) == found


def test_a_register_of_another_city_is_refused():
    other = read_quietly(shipped() / "data/demo_city.csv")
    with pytest.raises(RegisterError) as refused:
        check_previous(other, WEEK, None, THAT)
    assert codes(refused.value) == ["previous_of_another_city"]


def test_who_is_gone_and_what_was_undone_is_told():
    formed = NEXT.index[NEXT["branch_on"].notna()][0]
    filed = NEXT.index[NEXT["filed_on"].notna() & NEXT["branch_on"].isna()][0]
    changed = NEXT.copy()
    changed.loc[formed, ["has_branch", "branch_on"]] = False, pd.NaT
    changed.loc[filed, "filed_on"] = pd.NaT
    gone = next(org_id for org_id in NEXT.index if org_id not in (formed, filed))
    changed = changed.drop(index=gone)
    told = check_previous(NEXT, changed, THEN, date(2027, 8, 27))
    assert codes(told) == ["organization_gone", "branch_lost", "step_undone"]
    assert [each.place for each in told] == [gone, formed, filed]
    for language in ("zh", "en"):
        with in_language(language):
            assert all(each.rule and each.repair for each in told)
            assert {"zh": "“申请时间”", "en": "filed on"}[language] in told[2].rule  # the column as people call it


def test_a_review_tells_them_with_what_was_noticed_before(plan):
    gone = NEXT.drop(index=NEXT.index[5])
    found = wb.review(gone, SCENARIO, False, THEN, plan=plan, previous=WEEK, learn=False, replications=8)
    assert codes(found.findings) == ["organization_gone", "plan_has_more"]
