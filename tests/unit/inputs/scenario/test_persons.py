"""A scenario holds no person's number, whatever field it would stand in (made-up ones, to show it)."""

import pytest
import yaml

from workbench.errors import ScenarioError
from workbench.inputs.scenario import Scenario, read_scenario

MOBILE, LANDLINE, IDENTITY, EMAIL = "13800000000", "0755-23456789", "110101190001010006", "office@example.org"

PLACES = {
    "name": {"name": f"plan of {MOBILE}"},
    "title.zh": {"title": {"zh": f"基准方案（联系 {MOBILE}）", "en": "Baseline"}},
    "title.en": {"title": {"zh": "基准方案", "en": f"Baseline, call {LANDLINE}"}},
    "sources.targets": {"sources": {"targets": f"sourced: {EMAIL}"}},
    f"instructors.by_responsible.张 {MOBILE}": {"instructors": {"by_responsible": {f"张 {MOBILE}": 2}}},
    f"instructors.limits.{LANDLINE}": {"instructors": {"limits": {LANDLINE: [0, 2]}}},
    "instructors.arrivals.0.responsible": {"instructors": {"arrivals": [{"responsible": IDENTITY, "count": 2}]}},
    f"committee.by_responsible.{EMAIL}": {"committee": {"by_responsible": {EMAIL: {"agenda": 3}}}},
    f"grouping.pinned.{IDENTITY}": {"grouping": {"pinned": {IDENTITY: ["peer", "SO0001"]}}},
    "grouping.pinned.SO0001.1": {"grouping": {"pinned": {"SO0001": ["host", IDENTITY]}}},
    "grouping.must_link.0.1": {"grouping": {"must_link": [["SO0001", IDENTITY]]}},
    f"census.discovery.by.street.{MOBILE}": {
        "census": {"discovery": {"chance": 0.1, "more": {1: 1.0}, "by": {"street": {MOBILE: {"chance": 0.2}}}}}
    },
    "measures.m.title.zh": {
        "measures": {"m": {"title": {"zh": f"问 {MOBILE}", "en": "m"}, "set": {}, "sort": "decision"}}
    },
}


@pytest.mark.parametrize("place", PLACES)
def test_it_is_refused_wherever_it_stands_and_never_quoted(place):
    with pytest.raises(ScenarioError) as refused:
        Scenario.model_validate(PLACES[place])
    said = str(refused.value)
    assert "which a scenario must not hold" in said
    assert not any(number in said for number in (MOBILE, LANDLINE, IDENTITY, EMAIL))


def test_a_file_is_told_by_line(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(
        yaml.safe_dump({"name": "plan", "sources": {"targets": f"assumed, ask {MOBILE}"}}), encoding="utf-8"
    )
    with pytest.raises(ScenarioError, match=r"plan\.yaml:3 sources\.targets") as refused:
        read_scenario(file)
    assert MOBILE not in str(refused.value)


def test_what_reads_alike_and_is_none_is_let_pass():
    codes = ["51100000500000015P", "SO0001", "0755-2024-0001"]
    Scenario.model_validate({
        "name": "plan 2027-08-31",
        "grouping": {"must_link": [codes[:2]], "pinned": {codes[0]: ["peer", codes[0]]}},
        "sources": {"targets": "sourced: 2024 yearbook, table 12, 1,234,567 organizations"},
        "instructors": {"by_responsible": {"市文化和旅游局": 3}},
    })  # fmt: skip
