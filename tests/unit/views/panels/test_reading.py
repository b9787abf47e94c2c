"""What planners type is taken as it was meant, or refused with what is wanted; never for something else."""

from __future__ import annotations

from datetime import date

import pytest

from workbench.errors import ScenarioError
from workbench.labels import in_language
from workbench.views.panels.reading import read_days, read_number

FIRST, LAST = date(2027, 7, 15), date(2027, 8, 31)


@pytest.mark.parametrize(
    ("written", "number"),
    [("60", 60), (" 60 ", 60), ("６０", 60), ("1e3", 1000), ("1,200", 1200), ("60.0", 60), ("0", 0), ("+5", 5)],
)
def test_a_whole_number(written: str, number: int) -> None:
    assert read_number(written, 0, 5000, whole=True) == number


@pytest.mark.parametrize(
    "written", ["60.5", "6e9", "-1", "", "x", "1 2", "1_000", "nan", "inf", "1,20", "0x10", "5001"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_one_is_said(written: str, language: str) -> None:
    with in_language(language), pytest.raises(ScenarioError) as refused:
        read_number(written, 0, 5000, whole=True)
    assert written.strip() in str(refused.value)
    assert "5,000" in str(refused.value)
    beyond = written in ("6e9", "-1", "5001")
    assert any(words in str(refused.value) for words in ("超出范围", "out of range")) == beyond


def test_a_number_with_a_fraction() -> None:
    assert read_number("60.5", 0, 100, whole=False) == 60.5
    assert read_number("１．５", 0, 100, whole=False) == 1.5
    assert f"{read_number('-0', 0, 100, whole=False):g}" == "0"


@pytest.mark.parametrize(
    "written",
    ["2027-08-24", "2027/08/24", "2027.8.24", "2027年8月24日", "8月24日", "8/24", "８月２４日", "24 Aug", "Aug 24 2027",
     "24 August 2027", " 8月 24 日 "],
)  # fmt: skip
def test_a_date_in_several_forms(written: str) -> None:
    assert read_days(written, FIRST, LAST) == [date(2027, 8, 24)]


@pytest.mark.parametrize(
    "written", ["2027-08-20, 2027-08-24", "8月20日，8月24日", "8/20、8/24", "2027-08-20 2027-08-24", "20 Aug; 24 Aug,"]
)
def test_several_dates(written: str) -> None:
    assert read_days(written, FIRST, LAST) == [date(2027, 8, 20), date(2027, 8, 24)]
    assert read_days("", FIRST, LAST) == []


@pytest.mark.parametrize("written", ["tomorrow", "2027-13-01", "8月", "24", "31 Jun", "24 Foo", "2027-08-24x"])
def test_what_is_no_date_is_said(written: str) -> None:
    with in_language("en"), pytest.raises(ScenarioError, match="write dates like") as refused:
        read_days(written, FIRST, LAST)
    assert written in str(refused.value)


@pytest.mark.parametrize("written", ["2027-07-14", "2027-09-01", "2026-08-24"])
def test_a_date_outside_the_campaign_is_no_meeting(written: str) -> None:
    with in_language("en"), pytest.raises(ScenarioError, match="outside the campaign"):
        read_days(written, FIRST, LAST)
