"""The scenarios that come with the workbench: complete, sourced, and each about one thing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from workbench.inputs.scenario.json_schema import scenario_schema
from workbench.inputs.scenario.model import Scenario, read_scenario

FOLDER = Path(__file__).parents[4] / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))
BASELINE = FOLDER / "baseline.yaml"
#: What is new in a file beside its name, title and sources: one change each, but for the one that is tuned.
CHANGES = {
    "more_instructors": {"instructors.total"},
    "weekly_meetings": {"committee.every_weeks"},
    "regulation_two_members": {"policy.two_members"},
    "members_on_roll": {"policy.member_basis"},
    "work_first": {"discipline"},
    "low_start": {"register", "instructors.total"},
    "members_middle": {"register"},
    "county": {"register"},
}


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Dotted path -> value of everything that is not a map; a law is a value."""
    if (
        isinstance(value, dict)
        and value
        and set(value) != {"pert"}
        and set(value) != {"exponential"}
        and (set(value) != {"fixed"})
    ):
        return {
            inner: leaf
            for key, below in value.items()
            for inner, leaf in leaves(below, f"{path}.{key}" if path else key).items()
        }
    return {path: value}


def plain(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def is_number(leaf: Any) -> bool:
    """A number, a date or a law; an empty map holds none."""
    return isinstance(leaf, (int, float, date, dict)) and not isinstance(leaf, bool) and leaf != {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_reads_has_a_title_and_a_register_that_is_there(path: Path) -> None:
    ours = read_scenario(path)
    assert ours.name == path.stem
    assert ours.title is not None
    assert ours.title.zh != ours.title.en
    assert ours.register_file is not None
    assert ours.register_file.exists()


def test_the_baseline_is_the_default() -> None:
    assert read_scenario(BASELINE).fingerprint == Scenario().fingerprint


def test_the_baseline_writes_every_key() -> None:
    written = set(leaves(plain(BASELINE)))
    known = set(leaves(json.loads(json.dumps(Scenario().model_dump(by_alias=True), default=str))))
    assert {path for path in known if not path.startswith("sources")} <= written | {"title"}


def test_every_number_of_the_baseline_has_its_source() -> None:
    content = plain(BASELINE)
    sources = content.pop("sources")
    numbers = [path for path, leaf in leaves(content).items() if is_number(leaf)]
    assert len(numbers) > 60
    unmarked = [path for path in numbers if not any(f"{path}.".startswith(f"{mark}.") for mark in sources)]
    assert unmarked == []
    # No mark for what is not there, and each says which of the three it is.
    known = set(leaves(content))
    assert [mark for mark in sources if not any(f"{path}.".startswith(f"{mark}.") for path in known)] == []
    for path in FILES:
        for mark, source in plain(path).get("sources", {}).items():
            kind, _, words = source.partition(": ")
            assert kind in ("sourced", "derived", "assumed"), mark
            assert len(words) > 5, mark


def test_marks_are_honest() -> None:
    """Derived is computed from published figures; what nobody published is assumed, however plausible."""
    sources = plain(BASELINE)["sources"]
    for key in (
        *("calendar.weekmask", "calendar.holidays", "calendar.horizon", "instructors.caseload"),
        *("committee.every_weeks", "cases.joint.success", "cases.standalone.election", "uncertainty.failure"),
    ):
        assert sources[key].startswith("assumed: "), key
    derived = [key for path in FILES for key, source in plain(path).get("sources", {}).items() if "derived:" in source]
    assert set(derived) == {"instructors.total"}
    for path in FILES:
        for key, source in plain(path).get("sources", {}).items():
            assert not (source.startswith("derived") and "assumed" in source), (path.name, key)


@pytest.mark.parametrize("name", CHANGES)
def test_it_changes_one_thing_against_the_baseline(name: str) -> None:
    content = plain(FOLDER / f"{name}.yaml")
    assert content.pop("base") == "baseline.yaml"
    del content["title"]
    sources = content.pop("sources", {})
    assert set(leaves(content)) == CHANGES[name]
    # Who has a register of its own says whose dates it goes by.
    assert set(sources) == CHANGES[name] - {"register"} | ({"calendar"} if "register" in CHANGES[name] else set())
    before, after = leaves(plain(BASELINE)), leaves(content)
    assert all(before[path] != leaf for path, leaf in after.items())


def test_every_change_of_the_tuned_one_has_its_source() -> None:
    content = plain(FOLDER / "reachable.yaml")
    sources = content.pop("sources")
    numbers = [path for path, leaf in leaves(content).items() if is_number(leaf)]
    assert [path for path in numbers if path not in sources] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_says_what_it_asks(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("$schema=scenario.schema.json")
    assert lines[1].startswith("# ")
    assert f"| `{path.stem}` |" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_schema_is_current() -> None:
    shipped = FOLDER / "scenario.schema.json"
    write = "python -m workbench.inputs.scenario.json_schema scenarios/scenario.schema.json"
    assert shipped.read_text(encoding="utf-8") == scenario_schema(), write


def test_editors_accept_what_is_shipped_and_underline_slips() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    checker = jsonschema.Draft202012Validator(json.loads(scenario_schema()))
    for path in FILES:
        content = json.loads(json.dumps(plain(path), default=str))
        assert list(checker.iter_errors(content)) == [], path.name
    slips = [
        {"targets": {"work": 2}},
        {"colour": 1},
        {"discipline": "lifo"},
        {"calendar": {"weekmask": ["M"]}},
        {"cases": {"joint": {"preparation": {"pert": [1, 2]}}}},
    ]
    for slip in slips:
        assert list(checker.iter_errors(slip)), slip
