"""A campaign's folder: weeks by date, what is missing or twice told, nothing guessed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from workbench.errors import RegisterError, ScenarioError, StoreError
from workbench.inputs import read_register
from workbench.jobs.campaign import date_in, is_campaign, open_campaign, put_week
from workbench.labels import in_language
from workbench.shipped import shipped

SHIPPED = shipped() / "data/campaign"
FRIDAYS = [
    date(2027, 7, 23),
    date(2027, 7, 30),
    date(2027, 8, 6),
    date(2027, 8, 13),
    date(2027, 8, 20),
    date(2027, 8, 27),
]


@pytest.fixture
def folder(tmp_path) -> Path:
    place = tmp_path / "ours"
    shutil.copytree(SHIPPED / "registers", place / "registers")
    (place / "scenarios").mkdir()
    rules = "name: ours\nregister: ../registers/register_2027-07-14.csv\n"
    (place / "scenarios/my_city.yaml").write_text(rules, encoding="utf-8")
    return place


def codes(error: Exception) -> list[str]:
    return [fault.code for fault in error.faults]


def test_the_latest_week_and_the_one_before_are_found(folder):
    found = open_campaign(folder)
    assert found.as_of == date(2027, 8, 31)
    assert found.register_file.name == "register_2027-08-31.csv"
    assert found.previous == (date(2027, 8, 27), folder / "registers/register_2027-08-27.csv")
    assert found.plan_file is None
    assert found.findings == ()
    assert found.scenario_file.name == "my_city.yaml"


def test_an_earlier_day_knows_nothing_of_later_weeks(folder):
    found = open_campaign(folder, date(2027, 8, 6))
    assert list(found.weeks) == [date(2027, 7, 14), *FRIDAYS[:3]]
    assert found.previous is not None
    assert found.previous[0] == FRIDAYS[1]
    assert open_campaign(folder, date(2027, 7, 14)).previous is None


def test_the_plan_is_found_by_the_scenario_s_name(folder):
    plan = folder / "results/ours/outcome.nc"
    plan.parent.mkdir(parents=True)
    plan.write_bytes(b"")
    assert open_campaign(folder).plan_file == plan


@pytest.mark.parametrize("gone", FRIDAYS[1:5])
def test_a_deleted_week_is_told(folder, gone):
    (folder / f"registers/register_{gone}.csv").unlink()
    [told] = open_campaign(folder).findings
    assert told.code == "week_missing"
    assert told.details["first"] <= str(gone) <= told.details["last"]
    if gone != FRIDAYS[4]:
        assert open_campaign(folder, FRIDAYS[4]).previous[0] != gone


def test_two_deleted_weeks_are_two(folder):
    for gone in FRIDAYS[2:4]:
        (folder / f"registers/register_{gone}.csv").unlink()
    assert [each.code for each in open_campaign(folder).findings] == ["week_missing"] * 2


@pytest.mark.parametrize("name", ["register_2027-08-13 (2).csv", "copy of 20270813.csv", "register_2027-08-13.xlsx"])
def test_a_week_handed_in_twice_is_asked_for(folder, name):
    shutil.copy(folder / "registers/register_2027-08-06.csv", folder / "registers" / name)
    with pytest.raises(RegisterError) as refused:
        open_campaign(folder)
    assert codes(refused.value) == ["week_twice"]
    assert "2027-08-13" in str(refused.value)


def test_every_fault_at_once(folder):
    for name in ("latest.csv", "register_2027-08-13b.csv", "register_2027-02-31.csv"):
        shutil.copy(folder / "registers/register_2027-08-06.csv", folder / "registers" / name)
    with pytest.raises(RegisterError) as refused:
        open_campaign(folder)
    assert sorted(codes(refused.value)) == ["week_twice", "week_undated", "week_undated"]


def test_last_week_s_register_handed_in_again_is_told(folder):
    shutil.copy(folder / "registers/register_2027-08-13.csv", folder / "registers/register_2027-08-20.csv")
    assert [each.code for each in open_campaign(folder).findings] == ["week_repeated"]


def test_a_day_without_a_register_is_asked_for(folder):
    with pytest.raises(RegisterError, match="2027-08-13"):
        open_campaign(folder, date(2027, 8, 16))
    with pytest.raises(RegisterError) as refused:
        open_campaign(folder, date(2027, 1, 1))
    assert codes(refused.value) == ["no_register_of_day"]


def test_no_register_at_all(tmp_path):
    assert not is_campaign(tmp_path)
    with pytest.raises(RegisterError) as refused:
        open_campaign(tmp_path)
    assert codes(refused.value) == ["campaign_without_registers"]


def test_a_scenario_that_cannot_be_told(folder):
    (folder / "scenarios/my_city.yaml").rename(folder / "scenarios/a.yaml")
    assert open_campaign(folder).scenario_file.name == "a.yaml"
    shutil.copy(folder / "scenarios/a.yaml", folder / "scenarios/b.yaml")
    with pytest.raises(ScenarioError) as refused:
        open_campaign(folder)
    assert codes(refused.value) == ["campaign_scenario"]
    assert open_campaign(folder, scenario_file=folder / "scenarios/b.yaml").scenario_file.name == "b.yaml"


def test_a_week_is_put_by_its_date_and_never_over_another(folder):
    week = read_register(folder / "registers/register_2027-08-27.csv")
    again = put_week(folder, week, date(2027, 8, 27))
    assert again.name == "register_2027-08-27.csv"
    put_week(folder, week, date(2027, 9, 3))
    assert open_campaign(folder).as_of == date(2027, 9, 3)
    with pytest.raises(StoreError) as refused:
        put_week(folder, week, date(2027, 8, 13))
    assert codes(refused.value) == ["week_there"]
    before = (SHIPPED / "registers/register_2027-08-13.csv").read_bytes()
    assert (folder / "registers/register_2027-08-13.csv").read_bytes() == before
    (folder / "registers/register_2027-09-10.csv").write_text("not a register", encoding="utf-8")
    with pytest.raises(StoreError):
        put_week(folder, week, date(2027, 9, 10))


def test_faults_are_said_in_both_languages(folder):
    (folder / "registers/register_2027-08-13.csv").unlink()
    [told] = open_campaign(folder).findings
    for language in ("zh", "en"):
        with in_language(language):
            assert "2027-08-09" in str(told)
            assert "2027-08-15" in str(told)


def test_dates_in_names():
    assert date_in("register_2027-8-13") is None
    assert date_in("2027-08-13 to 2027-08-20") is None
    assert date_in("2027-08-13_2027-08-13") == date(2027, 8, 13)
    assert date_in("12027081399") is None
