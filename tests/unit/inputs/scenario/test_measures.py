"""Measures of a scenario's own: what each may say, and one message for each thing that it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import ScenarioError
from workbench.inputs.scenario.measures import DEFAULT_MEASURES
from workbench.inputs.scenario.model import Scenario, read_scenario
from workbench.labels import table


def read(folder: Path, lines: str) -> Scenario:
    path = folder / "s.yaml"
    path.write_text(f"measures:\n{lines}", encoding="utf-8")
    return read_scenario(path)


def test_what_a_measure_may_say(tmp_path: Path) -> None:
    ours = read(
        tmp_path,
        "  retired_cadres:\n"
        "    title: {zh: 选派离退休干部, en: 010}\n"
        "    set: {instructors.total: 60, committee.on_demand: {cases: 3, lead: 3}, register.host_capacity: 2}\n"
        "    sort: resource\n    decided_by: 老干部局\n    cost: 12000\n    excludes: [weekly_meetings]\n"
        "  saturdays: null\n"
        "  two_weeks_later: {cost: 5}\n",
    )
    first = ours.measures["retired_cadres"]
    assert first is not None
    assert first.title is not None
    assert (first.title.en, first.decided_by, first.cost, first.excludes) == (
        "010",
        "老干部局",
        12000,
        ("weekly_meetings",),
    )
    assert first.set == {
        "instructors.total": 60, "committee.on_demand": {"cases": 3, "lead": 3}, "register.host_capacity": 2,
    }  # fmt: skip
    assert ours.measures["saturdays"] is None
    assert list(ours.measures) == ["retired_cadres", "saturdays", "two_weeks_later"]
    # What could be decided changes nothing that is simulated.
    assert ours.fingerprint == Scenario().fingerprint
    assert ours.replace("instructors.total", 3).measures == ours.measures
    assert (
        Scenario.model_validate(ours.model_dump(mode="json", by_alias=True) | {"base": None}).measures == ours.measures
    )


@pytest.mark.parametrize(
    ("lines", "line", "code"),
    [
        ("  a: {set: {committee.every_week: 1}}", 2, "key_unknown_near"),
        ("  a: {set: {committee.every_weeks: 0}}", 2, "at_least"),
        ("  a: {set: {nothing: 1}}", 2, "key_unknown"),
        ("  a: {set: {}}", 2, "measure_set"),
        ("  a: {set: [committee.agenda]}", 2, "measure_set"),
        ("  a: {cost: 3}", 2, "measure_sets_nothing"),
        ("  a:\n    set: {committee.agenda: 3}\n    excludes: [a]", 4, "measure_excludes_itself"),
        ("  a:\n    set: {committee.agenda: 3}\n    excludes: [b]", 4, "measure_excludes_unknown"),
        ("  a: {set: {committee.agenda: 3}, excludes: weekly_meetings}", 2, "list"),
        ("  a: {set: {committee.agenda: 3}, cost: -1}", 2, "at_least"),
        ("  a: {set: {committee.agenda: 3}, sort: other}", 2, "one_of"),
        ("  a: {set: {committee.agenda: 3}, costs: 3}", 2, "key_unknown_near"),
        ("  a: {set: {committee.agenda: 3}, title: x}", 2, "map"),
        ("  a: 3", 2, "map"),
        ("  a: null", 2, "measure_unknown"),
        ("  a: {set: {committee.agenda: 010}}", 2, "yaml_two_meanings"),
        ("  a: {set: {calendar.deadline: 2026-01-01}}", 2, "date_too_early"),
    ],
)  # fmt: skip
def test_one_message_each_at_its_line(tmp_path: Path, lines: str, line: int, code: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, lines)
    found = [(fault.place.split(" ")[0], fault.code) for fault in caught.value.faults]
    assert found == [(f"s.yaml:{line}", code)]
    assert caught.value.faults[0].repair
    # What is to be written stands there as it is to be written.
    assert not {"{{", "}}"} & {str(caught.value)[at : at + 2] for at in range(len(str(caught.value)))}


def test_measures_of_a_base_are_added_to_changed_and_struck(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        "measures: {a: {set: {committee.agenda: 30}, cost: 1}, b: {set: {committee.agenda: 40}}}", encoding="utf-8"
    )
    (tmp_path / "heir.yaml").write_text(
        "base: base.yaml\nmeasures: {a: {cost: 2}, c: {set: {committee.every_weeks: 1}}}", encoding="utf-8"
    )
    ours = read_scenario(tmp_path / "heir.yaml").measures
    assert list(ours) == ["a", "b", "c"]
    assert ours["a"] is not None
    assert (ours["a"].cost, ours["a"].set) == (2, {"committee.agenda": 30})


def test_the_default_names_are_those_that_have_words() -> None:
    titled = {key.removeprefix("measure.") for key in table() if key.startswith("measure.")}
    assert titled == set(DEFAULT_MEASURES)
