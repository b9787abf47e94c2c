"""What a planner is told of a scenario and its register before any number: true in each case in which it is said."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbench.inputs import Scenario, check_fits, instructors_total, make_city, notes, read_scenario, write_register
from workbench.inputs.scenario.holidays import public_days
from workbench.labels import in_language

SHIPPED = Path(__file__).parents[4] / "scenarios"


@pytest.fixture(scope="module")
def city() -> pd.DataFrame:
    return make_city(100, 4, seed=3, dormant=0.0)


def told(changes: dict[str, object], register: pd.DataFrame) -> list[str]:
    found = check_fits(Scenario.model_validate({}).replace(changes), register)
    with in_language("zh"):
        assert len(check_fits(Scenario.model_validate({}).replace(changes), register)) == len(found)
    return found


# -- instructors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("organizations", "total"), [(1, 1), (2, 1), (5, 2), (11, 5), (828, 376), (147, 67), (0, 0)])
def test_the_default_follows_the_size(organizations: int, total: int) -> None:
    register = make_city(organizations + 7, 2, covered=0.0, dormant=0.0)
    register["has_branch"] = [False] * organizations + [True] * 7
    assert instructors_total(Scenario(), register) == total
    assert instructors_total(Scenario().replace("instructors.total", 3), register) == 3


def test_branches_of_the_campaign_do_not_lessen_the_number() -> None:
    register = make_city(50, 2, covered=0.0)
    before = instructors_total(Scenario(), register)
    formed = register.assign(has_branch=True, branch_on=pd.Timestamp("2027-08-09"))
    assert instructors_total(Scenario(), formed) == before
    assert instructors_total(Scenario(), formed.assign(branch_on=pd.Timestamp("2026-08-09"))) == 0


def test_a_number_by_size_is_told(city: pd.DataFrame) -> None:
    (words,) = told({}, city)
    assert "assumed: 31, which is one per 2.2 of the 69 organizations without a branch" in words


@pytest.mark.parametrize(
    ("total", "words"),
    [(30, None), (69, None), (70, "more than one each"), (8, None), (7, "9.9 to one"), (376, "more than")],
)
def test_a_number_of_another_city_is_questioned(city: pd.DataFrame, total: int, words: str | None) -> None:
    found = told({"instructors.total": total}, city)
    assert len(found) == (0 if words is None else 1)
    assert all(words in each for each in found if words)


def test_a_total_that_leaves_units_with_nobody(city: pd.DataFrame) -> None:
    found = told({"instructors.total": 3}, city)
    assert any("3 instructors is shared among more" in each and "at least 1 " in each for each in found)
    street = str(city["street"].iloc[0])
    arriving = told({"instructors.total": 3, "instructors.arrivals": [{"responsible": street, "count": 9}]}, city)
    assert arriving == []


def test_arrivals_after_the_end_change_nothing(city: pd.DataFrame) -> None:
    street = str(city["street"].iloc[0])
    for day, late in (("2027-08-31", False), ("2027-09-01", True)):
        found = told(
            {"instructors.total": 30, "instructors.arrivals": [{"responsible": street, "count": 1, "from": day}]}, city
        )
        assert [street in each for each in found] == [True] * late


# -- dates -------------------------------------------------------------------------------------------------


def scenario(folder: Path, city: pd.DataFrame, lines: str, base: str = "baseline.yaml") -> list[str]:
    """What is told of a file beside the shipped ones, without what is told of numbers."""
    write_register(city, folder / "our_city.csv")
    path = folder / "ours.yaml"
    path.write_text(f"base: {SHIPPED / base}\nregister: our_city.csv\n{lines}", encoding="utf-8")
    return check_fits(read_scenario(path), city)


def test_the_three_lines_of_the_readme_are_told_what_they_inherit(tmp_path: Path, city: pd.DataFrame) -> None:
    size, dates = scenario(tmp_path, city, "title: {zh: 我市, en: Our city}")
    assert "assumed: 31" in size
    assert "takes these dates from baseline.yaml: calendar.start 2027-07-15" in dates
    assert "committee.first 2027-08-03" in dates


def test_own_dates_and_confirmed_ones_are_not_questioned(tmp_path: Path, city: pd.DataFrame) -> None:
    total = "instructors: {total: 31}\n"
    assert scenario(tmp_path, city, total + "sources: {calendar: 'assumed: the same'}\n") == []
    days = "start: 2027-07-15, mobilisation: 2027-07-25, census_end: 2027-07-31, formation_opens: 2027-08-01"
    own = f"calendar: {{{days}, review: 2027-08-16, deadline: 2027-08-31}}\n"
    assigned = "instructors: {total: 31, assigned_on: 2027-08-01}\n"
    (left,) = scenario(tmp_path, city, total + own)
    assert "committee.first 2027-08-03" in left
    assert "calendar." not in left
    assert "instructors.assigned_on 2027-08-01" in left
    assert scenario(tmp_path, city, assigned + own + "committee: {first: 2027-08-03}\n") == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_scenarios_say_whose_dates_they_have(path: Path) -> None:
    ours = read_scenario(path)
    assert ours.register_file is not None
    from workbench.inputs import read_register

    found = check_fits(ours, read_register(ours.register_file))
    assert [each for each in found if "dates" in each or "meeting" in each or "holidays" in each] == []


def test_meetings_that_come_too_late_are_told(city: pd.DataFrame) -> None:
    base = {"instructors.total": 31}
    assert told(base | {"committee.first": "2027-08-31", "committee.stagger": False}, city) == []
    (late,) = told(base | {"committee.first": "2027-09-07"}, city)
    assert "4 of 4" in late
    (some,) = told(base | {"committee.first": "2027-08-31"}, city)  # every second unit begins a week later
    assert "2 of 4" in some
    (deaf,) = told(base | {"committee.agenda": 0}, city)
    assert "without a meeting that hears a case" in deaf
    direct = {f"cases.{kind}.approval": "direct" for kind in ("standalone", "assisted", "joint", "attached")}
    assert told(base | {"committee.first": "2027-09-07"} | direct, city) == []


def test_holidays_that_are_not_announced_are_told(city: pd.DataFrame) -> None:
    known = public_days("CN", 2026, 2026).announced_until
    assert known is not None
    dates = dict.fromkeys(("start", "mobilisation", "census_end", "formation_opens", "review"), f"{known + 1}-09-10")
    autumn = {f"calendar.{key}": day for key, day in dates.items()}
    autumn |= {
        "calendar.deadline": f"{known + 1}-10-20",
        "committee.first": f"{known + 1}-09-10",
        "instructors.total": 31,
    }
    (words,) = told(autumn, city)
    assert f"The holidays of {known + 1} are not announced yet (known until {known})" in words
    assert told(autumn | {"calendar.holidays": None}, city) == []


# -- what is counted ---------------------------------------------------------------------------------------


def test_dormant_ones_that_forbid_the_work_target(city: pd.DataFrame) -> None:
    asleep = city.copy()
    free = ~city["has_branch"] & ~city["has_instructor"] & ~city["has_mass_org"]
    asleep.loc[city.index[free][:5], "dormant"] = True
    rules = {"instructors.total": 31}
    assert told(rules, asleep) == []

    def noted(changes: dict[str, object], register: pd.DataFrame) -> list[str]:
        return notes(Scenario().replace(changes), register)

    (words,) = noted(rules, asleep)
    assert "5 of 100 organizations" in words
    assert "work coverage at 95.0% at most" in words
    assert "coverage is 31.0% today; without the dormant ones (active) the total is 95," in words
    assert f"{31 / 95:.1%} today" in words
    assert noted(rules | {"policy.denominator": "active"}, asleep) == []
    assert noted(rules | {"targets.work": 0.95}, asleep) == []
    assert noted(rules, city) == []
    # Where all are dormant, nothing is left to be a share of.
    assert noted(rules, city.assign(dormant=True, has_branch=False, has_mass_org=False, has_instructor=False)) == []


# -- the census --------------------------------------------------------------------------------------------


def test_members_lost_that_nobody_has(city: pd.DataFrame) -> None:
    most = int(city.loc[~city["has_branch"], "full_members"].max())

    def losses(**discovery: object) -> list[str]:
        return [each for each in told({"census.discovery": discovery}, city) if "takes" in each]

    assert len(losses(fewer=0.1, more={most + 1: 1.0})) == 1
    assert not losses(fewer=0.1, more={most: 1.0})
    assert not losses(fewer=0.1, more={most + 1: 0.5, 1: 0.5})
    assert not losses(chance=0.1, more={most + 1: 1.0})
    street = str(city["street"].iloc[0])
    (words,) = losses(by={"street": {street: {"fewer": 0.2, "more": {10_000: 1.0}}}})
    assert street in words
    assert "10,000 members" in words
