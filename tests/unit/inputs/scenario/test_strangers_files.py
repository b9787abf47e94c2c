"""Files that a stranger names: no pipe, no device, nothing large, nobody else's words in a message."""

import os
from pathlib import Path

import pytest

from workbench.errors import ScenarioError
from workbench.files import NotReadable, read_regular
from workbench.inputs.scenario.model import read_scenario
from workbench.inputs.scenario.yaml_file import LARGEST_FILE, LARGEST_UPLOADED_SCENARIO

SECRET = "hunter2"


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def refused(path: Path, shipped: Path | None = None) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, shipped=shipped)
    assert SECRET not in str(caught.value)
    return [fault.code for fault in caught.value.faults]


def test_a_pipe_a_device_and_a_large_file_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path, "large", "#" * (LARGEST_FILE + 1))
    cases = {"pipe": "file_not_regular", "/dev/zero": "file_not_regular", "large": "file_too_large"}
    cases |= {"/dev/tty0": "base_missing"} if not os.access("/dev/tty0", os.R_OK) else {}
    for base, code in cases.items():
        assert refused(put(tmp_path, "s.yaml", f"name: x\nbase: {base}")) == [code], base
        if code != "base_missing":
            assert refused(tmp_path / base) == [code], base


def test_links_in_a_circle_and_endless_names_are_missing_files(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refused(put(tmp_path, "s.yaml", "base: loop")) == ["base_missing"]
    assert refused(put(tmp_path, "s.yaml", f"base: {'x' * 5000}")) == ["base_missing"]
    assert refused(tmp_path / "loop") == ["file_unreadable"]
    with pytest.raises(ScenarioError):
        read_scenario("a\0b")


def test_a_file_of_exactly_the_size_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "s", "12345")
    assert read_regular(path, 5) == b"12345"
    with pytest.raises(NotReadable) as caught:
        read_regular(path, 4)
    assert caught.value.code == "file_too_large"
    # Says that it is empty, and is not.
    if Path("/proc/self/status").exists():
        with pytest.raises(NotReadable):
            read_regular(Path("/proc/self/status"), 8)


@pytest.mark.parametrize(
    "content",
    [
        f"root:x:0:{SECRET}:/root\n\tbroken",
        f"{SECRET}",
        f"password: {SECRET}",
        f"instructors: {{total: {SECRET}}}",
        f"calendar: {{deadline: {SECRET}}}",
        f"targets: {{work: [{SECRET}]}}",
        f"instructors: {{total: !{SECRET} 3}}",
        "targets:\n  work: 1\n  work: 2",
        "committee: {stagger: yes}",
    ],
)
def test_values_of_another_file_are_not_quoted(tmp_path: Path, content: str) -> None:
    put(tmp_path, "other", content)
    assert refused(put(tmp_path, "s.yaml", "base: other"))
    with pytest.raises(ScenarioError) as caught:
        read_scenario(tmp_path / "s.yaml")
    assert all(not fault.value for fault in caught.value.faults if "other" in fault.place)


# -- uploads -----------------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "app" / "scenarios"
    put(folder, "baseline.yaml", "register: ../data/city.csv\ninstructors: {total: 5}")
    put(folder, "weekly.yaml", "base: baseline.yaml\ncommittee: {every_weeks: 1}")
    put(tmp_path, "app/local/plan.yaml", f"name: {SECRET}\ninstructors: {{total: 77}}")
    return folder


def test_an_upload_may_name_a_shipped_scenario(tmp_path: Path, shipped: Path) -> None:
    up = put(tmp_path, "up/u.yaml", "base: weekly.yaml\ninstructors: {caseload: 3}")
    ours = read_scenario(up, shipped=shipped)
    assert (ours.instructors.total, ours.instructors.caseload, ours.committee.every_weeks) == (5, 3, 1)
    assert ours.register_file == shipped / "../data/city.csv"
    own = read_scenario(put(tmp_path, "up/v.yaml", "register: ../data/city.csv"), shipped=shipped)
    assert own.register_file == shipped / "../data/city.csv"
    assert read_scenario(put(tmp_path, "up/w.yaml", "name: x"), shipped=shipped).register_file is None


@pytest.mark.parametrize("base", ["/etc/passwd", "../local/plan.yaml", "./baseline.yaml", "plan.yaml", "..", "3"])
def test_an_upload_may_name_nothing_else(tmp_path: Path, shipped: Path, base: str) -> None:
    put(tmp_path, "up/plan.yaml", "name: beside it")
    assert refused(put(tmp_path, "up/u.yaml", f"base: {base}"), shipped) == ["base_not_shipped"]
    # At home the same words are a path like any other.
    if base == "plan.yaml":
        assert read_scenario(tmp_path / "up/u.yaml").base == base


@pytest.mark.parametrize("register", ["/etc/passwd", "../local/other.csv", "city.csv"])
def test_an_upload_may_name_no_register_of_the_machine(tmp_path: Path, shipped: Path, register: str) -> None:
    up = put(tmp_path, "up/u.yaml", f"base: baseline.yaml\nregister: {register}\ntargets: {{work: 7}}")
    assert refused(up, shipped) == ["register_not_shipped", "between"]


def test_an_upload_is_smaller(tmp_path: Path, shipped: Path) -> None:
    up = put(tmp_path, "u.yaml", "name: x\n" + "#" * LARGEST_UPLOADED_SCENARIO)
    assert refused(up, shipped) == ["file_too_large"]
    assert read_scenario(up).name == "x"
