"""What plain words mean: YAML 1.2's core schema, and refusal where YAML 1.1 reads something else."""

from pathlib import Path

import pytest

from workbench.errors import ScenarioError
from workbench.inputs.scenario.core_schema import MOST_DIGITS, LongNumber, ambiguous, core, other_meaning
from workbench.inputs.scenario.model import Scenario, read_scenario


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("12", 12), ("-12", -12), ("+12", 12), ("0", 0), ("0x1F", 31), ("0o17", 15), ("0120", 120), ("089", 89),
        ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("1.e-2", 0.01), ("-.5e+1", -5.0),
        ("true", True), ("False", False), ("~", None), ("", None), ("NULL", None),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("y", "y"), ("tRue", "tRue"), ("nul", "nul"),
        ("1:30", "1:30"), ("1_000", "1_000"), ("0b11", "0b11"), ("2027-08-31", "2027-08-31"), ("1.2.3", "1.2.3"),
        (".inf", float("inf")), ("-.INF", float("-inf")), ("１２", "１２"), ("0x", "0x"), ("0o8", "0o8"), (".", "."),
    ],
)  # fmt: skip
def test_the_core_schema(word: str, value: object) -> None:
    found = core(word)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("word", "old"),
    [
        ("0120", 80), ("010", 8), ("yes", True), ("No", False), ("ON", True), ("off", False), ("1:30", 90),
        ("1_000", 1000), ("0b11", 3), ("1e3", "1e3"), ("0o17", "0o17"), ("089", "089"), ("190:20:30", 685230),
        ("1_0.5", 10.5), ("1:30.5", 90.5), ("-012", -10), ("+.5", "+.5"),
    ],
)  # fmt: skip
def test_where_the_two_differ(word: str, old: object) -> None:
    assert ambiguous(word)
    assert (other_meaning(word), type(other_meaning(word))) == (old, type(old))


@pytest.mark.parametrize(
    "word", ["12", "-3", "0", "1.5", ".5", "5.", "true", "~", "", "word", "2027-08-31", ".nan", "0x1F"]
)
def test_where_the_two_agree(word: str) -> None:
    assert not ambiguous(word)


def test_a_number_of_a_million_digits_is_not_converted() -> None:
    for long in ("9" * 10**6, "0x" + "f" * 10**6, "1." + "0" * 10**6):
        with pytest.raises(LongNumber):
            core(long)
    assert core("9" * MOST_DIGITS) == int("9" * MOST_DIGITS)
    assert core("a" * 10**6) == "a" * 10**6


def read(tmp_path: Path, content: str) -> Scenario:
    path = tmp_path / "s.yaml"
    path.write_text(content, encoding="utf-8")
    return read_scenario(path)


@pytest.mark.parametrize(
    ("line", "value", "meanings"),
    [
        ("instructors: {total: 0120}", "0120", ("80", "120")),
        ("instructors: {by_responsible: {A: 010}}", "010", ("8", "10")),
        ("committee: {stagger: yes}", "yes", ("true", '"yes"')),
        ("committee: {stagger: off}", "off", ("false", '"off"')),
        ("committee: {notice: 1:30}", "1:30", ("90", '"1:30"')),
        ("costs: {branch_start_up: 2_000}", "2_000", ("2000", '"2_000"')),
        ("cases: {joint: {preparation: {pert: [1, 2, 1e3]}}}", "1e3", ('"1e3"', "1000.0")),
    ],
)
def test_two_meanings_are_one_fault_with_both(tmp_path: Path, line: str, value: str, meanings: tuple[str, str]) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, f"name: x\n{line}\n")
    (fault,) = caught.value.faults
    assert (fault.code, fault.value, fault.place[:8]) == ("yaml_two_meanings", value, "s.yaml:2")
    assert all(meaning in fault.rule for meaning in meanings)


def test_names_and_dates_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    ours = read(
        tmp_path,
        "name: 0120\ncalendar: {holidays: [2027-08-02], deadline: 2027-08-30}\n"
        "instructors: {arrivals: [{responsible: 010, count: 1}], by_responsible: {no: 1, 1:30: 2, 2027-08-01: 3}}\n",
    )
    assert ours.name == "0120"
    assert ours.instructors.arrivals[0].responsible == "010"
    assert list(ours.instructors.by_responsible) == ["no", "1:30", "2027-08-01"]
    assert ours.calendar.deadline.isoformat() == "2027-08-30"
    assert read(tmp_path, "calendar: {holidays: NO}").calendar.holidays == "NO"  # Norway
    assert read(tmp_path, "calendar: {holidays: null}").calendar.holidays is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("census: {late: " + "9" * 299 + "}", "between"),
        ("costs: {instructor_month: 1" + "0" * 299 + "}", None),
        ("costs: {instructor_month: 1" + "0" * 310 + "}", "number_long"),
        ("costs: {instructor_month: 1e999}", "yaml_two_meanings"),
        ("costs: {instructor_month: 1.0e+999}", "number_finite"),
        ("instructors: {total: " + "9" * 6000 + "}", "number_long"),
        ('title: {zh: "\\ud800", en: b}', "yaml_character"),
        ('instructors: {by_responsible: {"\\udfff": 1}}', "yaml_character"),
        ('register: "a\\0b"', "text_character"),
        ('base: "a\\0b"', "base_missing"),
        ("a: " * 1 + "[" * 60 + "]" * 60, "yaml_deep"),
        ("instructors: {total: !!int '3'}", "yaml_tag"),
    ],
)
def test_numbers_and_letters_that_nothing_can_hold(tmp_path: Path, content: str, code: str | None) -> None:
    if code is None:
        read(tmp_path, content)
        return
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, content)
    assert code in [fault.code for fault in caught.value.faults]
    str(caught.value).encode()


def test_in_memory_no_number_and_no_text_is_too_strange() -> None:
    for strange in (10**400, -(10**400), "\ud800", "a\0b", float("inf"), 1e308 * 10):
        for where in ("name", "instructors.total", "costs.instructor_month", "calendar.start", "census.late"):
            try:
                Scenario().replace(where, strange)
            except ScenarioError as fault:
                str(fault).encode()
