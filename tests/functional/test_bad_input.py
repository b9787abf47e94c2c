"""Bad input, typed in: one clear message, the right exit code, nothing half-written, earlier results whole."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.extremes import STRUCK
from tests.functional.conftest import ONE_POINT, Done, snapshot
from tests.patience import GIVE_UP
from workbench.cli.context import say

HEAD = "org_id,street,full_members,has_branch,x,y\n"
ROWS = "a1,East,3,no,0,0\na2,East,1,no,1,1\na3,West,0,yes,,\n"

#: What stands in the register -> what the message names: the place, the value, the rule in words.
REGISTERS = {
    "empty": ("", ["city.csv", "the file is empty"]),
    "only a head": (HEAD, ["city.csv"]),
    "missing column": ("org_id,street,has_branch\na1,East,no\n", ["full_members"]),
    "duplicate id": (HEAD + ROWS + "a2,West,1,no,,\n", ["row 5", "org_id", "a2"]),
    "negative count": (HEAD + ROWS + "a4,West,-2,no,,\n", ["row 5, column full_members", "-2"]),
    "fractional count": (HEAD + ROWS + "a4,West,1.5,no,,\n", ["row 5, column full_members", "1.5"]),
    "no number": (HEAD + ROWS + "a4,West,three,no,,\n", ["row 5, column full_members", "three"]),
    "column of persons": (HEAD.replace("\n", ",负责人\n") + "a1,East,3,no,,,x\n", ["负责人"]),
    "neither yes nor no": (HEAD + "a1,East,3,perhaps,,\n", ["row 2, column has_branch", "perhaps"]),
}

#: What stands in the scenario, below the name of its register -> what the message names.
SCENARIOS = {
    "unknown street": ("instructors: {by_responsible: {Eats: 3}}", ["Eats", "East", "bad.yaml:3"]),
    "deadline before start": ("calendar: {deadline: 2027-06-30}", ["calendar.deadline", "2027-06-30", "bad.yaml:3"]),
    "law with low above high": (
        "cases: {joint: {preparation: {pert: [12, 5, 2]}}}",
        ["cases.joint.preparation", "bad.yaml:3"],
    ),
    "unknown key": ("committee: {every_week: 1}", ["every_week", "bad.yaml:3"]),
    "inherits from itself": ("base: bad.yaml", ["bad.yaml"]),
    "inherits from nothing": ("base: gone.yaml", ["gone.yaml"]),
    "no YAML": ("calendar: {", ["bad.yaml"]),
    "negative number": ("instructors: {total: -1}", ["instructors.total", "-1"]),
    "share above one": ("targets: {organization: 60}", ["targets.organization", "60"]),
    "basis that the register cannot tell": ("policy: {member_basis: on_roll}", ["policy.member_basis"]),
    "pinned to nobody": ("grouping: {pinned: {a2: [host, a9]}}", ["a9"]),
}


@pytest.fixture
def office(tmp_path, monkeypatch) -> Path:
    """A working folder with earlier results in it, which must outlive everything here."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city.csv").write_text(HEAD + ROWS, encoding="utf-8")
    measures = f"measures: {json.dumps(STRUCK)}\n"
    (tmp_path / "bad.yaml").write_text(f"name: bad\nregister: city.csv\n{measures}", encoding="utf-8")
    earlier = tmp_path / "results" / "bad"
    earlier.mkdir(parents=True)
    (earlier / "manifest.json").write_text('{"files": {}}', encoding="utf-8")
    (earlier / "report.html").write_text("earlier", encoding="utf-8")
    return tmp_path


@pytest.fixture
def refused(office, type_in) -> Callable[..., Done]:
    """Type a command that must be refused with exit 1 and a message that names all of `named`."""

    def run(*arguments: str, named: list[str], code: int = 1) -> Done:
        before = snapshot(office)
        done = type_in(*arguments)
        assert done.code == code, done.err
        assert done.out == ""
        assert "Traceback" not in done.err
        assert "wrong inside the workbench" not in done.err
        assert [name for name in named if name not in done.err] == [], done.err
        assert snapshot(office) == before
        assert [path.name for path in (office / "results").iterdir()] == ["bad"], "nothing temporary stays"
        return done

    return run


@pytest.mark.parametrize("fault", REGISTERS)
def test_a_bad_register(office, refused, fault):
    content, named = REGISTERS[fault]
    (office / "city.csv").write_text(content, encoding="utf-8")
    planned = refused("plan", "bad.yaml", named=named)
    checked = refused("check", "city.csv", named=named)
    assert checked.err == planned.err


@pytest.mark.parametrize("fault", SCENARIOS)
@pytest.mark.parametrize("verb", ["plan", "check", "simulate"])
def test_a_bad_scenario(office, refused, verb, fault):
    content, named = SCENARIOS[fault]
    (office / "bad.yaml").write_text(f"name: bad\nregister: city.csv\n{content}\n", encoding="utf-8")
    refused(verb, "bad.yaml", named=named)


def test_nothing_that_is_told_speaks_to_the_terminal(office, refused, capsys):
    """An escape that would rename the window, the bell, and what turns the direction of writing: told by number."""
    (office / "city.csv").write_text(HEAD + "a\x1b]0;b\x07,We\u202est,1,no,,\n", encoding="utf-8")
    done = refused("check", "city.csv", named=["a[U+001B]]0;b[U+0007]", "We[U+202E]st"])
    assert not {"\x1b", "\x07", "\u202e"} & {*done.err}
    say("turned \u202eround \x1b[2J")
    assert capsys.readouterr().out == "turned [U+202E]round [U+001B][2J\n"


def test_every_fault_at_once(office, refused):
    (office / "city.csv").write_text(HEAD + "a1,East,-1,no,,\na1,East,2.5,maybe,,\n", encoding="utf-8")
    done = refused("plan", "bad.yaml", named=["-1", "2.5", "maybe", "a1"])
    assert done.err.count("\n  - ") == 4


def test_it_is_said_in_chinese(office, refused):
    (office / "city.csv").write_text("", encoding="utf-8")
    refused("plan", "bad.yaml", "--lang", "zh", named=["台账", "文件里什么也没有"])


def test_files_that_are_not_there(office, refused):
    refused("plan", "gone.yaml", named=["gone.yaml"])
    refused("check", "gone.csv", named=["gone.csv", "there is no such file"])
    refused("plan", "bad.yaml", "--register", "gone.csv", named=["gone.csv", "there is no such file"])
    (office / "city.csv").unlink()
    refused("plan", "bad.yaml", named=["city.csv", "there is no such file"])


def test_a_scenario_without_a_register(office, refused):
    (office / "bad.yaml").write_text("name: bad\n", encoding="utf-8")
    refused("plan", "bad.yaml", named=["register", "--register"])


def test_a_city_that_cannot_be(office, refused):
    refused("city", "--out", "x.csv", "--covered", "1.5", named=["covered"])
    refused("city", "--out", "x.csv", "--organizations", "0", named=["organizations = 0"])
    refused("city", "--out", "x.doc", named=[".doc", ".csv"])


# --- Places that cannot be written ----------------------------------------------------------------------------


def test_results_below_a_file(office, refused):
    """Permissions do not bind root; a file where a folder is needed binds everybody."""
    (office / "file").write_text("x", encoding="utf-8")
    refused("plan", "bad.yaml", "--out", "file/results", "--replications", "20", named=["file"])
    refused("plan", "bad.yaml", "--out", "file", "--replications", "20", named=["file", "--out"])
    refused("city", "--out", "file/x.csv", named=["file"])
    refused("city", "--out", "file/x.xlsx", named=["file"])


@pytest.mark.parametrize(
    ("verb", "out"),
    [("group", "file/x.csv"), ("simulate", "file/x.nc"), ("check", "file/x.csv"), ("allocate", "file/x.yaml")],
)
def test_a_single_file_below_a_file(office, type_in, verb, out):
    (office / "file").write_text("x", encoding="utf-8")
    options = {"simulate": ["--replications", "20"], "allocate": ["--replications", "20", "--total", "2"]}
    before = snapshot(office)
    done = type_in(verb, "bad.yaml", "--out", out, *options.get(verb, []))
    assert done.code == 1
    assert "Cannot write" in done.err
    assert snapshot(office) == before


@pytest.mark.parametrize("written", ["picture", "report", "workbook", "outcome", "manifest"])
def test_a_full_disk(office, type_in, monkeypatch, written):
    """Whichever file is the last straw: the message, exit 1, and the earlier results."""
    place = {
        "picture": "workbench.views.files.plan.draw_pictures",
        "report": "workbench.views.files.plan.report_html",
        "workbook": "workbench.views.files.plan.write_workbook",
        "outcome": "workbench.simulation.results.store._write",
        "manifest": "workbench.views.files.plan.write_manifest",
    }[written]

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("workbench.views.files.plan.draw_pictures", lambda plan: {"fan": ONE_POINT})
    monkeypatch.setattr(place, full)
    before = snapshot(office)
    done = type_in("plan", "bad.yaml", "--replications", "20")
    assert done.code == 1
    assert os.strerror(errno.ENOSPC) in done.err
    assert "what was there is untouched" in done.err
    assert done.err.count("\n") == 1
    assert "1 · Ceiling" in done.out, "the answer is on the screen all the same"
    assert snapshot(office) == before
    assert [path.name for path in (office / "results").iterdir()] == ["bad"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(office, refused):
    (office / "results").chmod(0o555)
    try:
        refused("plan", "bad.yaml", named=["results"])
    finally:
        (office / "results").chmod(0o755)


@pytest.mark.parametrize("verb", ["plan", "city"])
def test_what_another_program_holds_open(office, type_in, monkeypatch, without_pictures, verb):
    """As on Windows, where a file that is open in a spreadsheet program cannot be replaced, nor its folder renamed."""
    (office / "city.xlsx").write_bytes(b"earlier")
    locked = office / ("results/bad" if verb == "plan" else "city.xlsx")
    rename = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if locked in (self, Path(target)):
            raise PermissionError(errno.EACCES, "The file is in use by another process", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    options = (
        ["bad.yaml", "--replications", "20"] if verb == "plan" else ["--organizations", "30", "--out", "city.xlsx"]
    )
    before = snapshot(office)
    done = type_in(verb, *options)
    assert done.code == 1
    assert "The file is in use by another process" in done.err
    assert "Traceback" not in done.err
    assert snapshot(office) == before
    assert [path.name for path in (office / "results").iterdir()] == ["bad"], "nothing temporary stays"


@pytest.mark.parametrize("sign", ["x", "甲"])
def test_names_as_long_as_a_file_s_may_be(office, type_in, without_pictures, sign):
    """255 bytes are a folder's name; one more is told, and nothing is written."""
    name = sign * (255 // len(sign.encode()))
    scenario = "register: city.csv\ninstructors: {total: 2}\nmeasures: {half_more_instructors: null}\n"
    (office / "bad.yaml").write_text(f"name: {name}\n{scenario}", encoding="utf-8")
    assert type_in("plan", "bad.yaml", "--replications", "20").code == 0
    assert (office / "results" / name / "plan.xlsx").stat().st_size > 10_000
    before = snapshot(office)
    done = type_in("plan", "bad.yaml", "--replications", "20", "--out", f"results/{name}x")
    assert done.code == 1
    assert os.strerror(errno.ENAMETOOLONG) in done.err
    assert snapshot(office) == before


def test_a_really_full_disk(office, start, tmp_path):
    """A file system of one small size, where this machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        process = start("plan", "bad.yaml", "--out", "disk/results", "--replications", "20")
        _, err = process.communicate(timeout=GIVE_UP)
        assert process.returncode == 1
        assert os.strerror(errno.ENOSPC) in err
        assert "Traceback" not in err
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_units_without_any_place(office, type_in, monkeypatch):
    """Four columns are enough to plan: without places the planner is told that no joint branches are planned."""
    monkeypatch.setattr("workbench.views.files.plan.draw_pictures", lambda plan: {"fan": ONE_POINT})
    (office / "city.csv").write_text("org_id,street,full_members,has_branch\na1,East,1,no\n", encoding="utf-8")
    done = type_in("plan", "bad.yaml", "--replications", "20")
    assert done.code == 0
    assert "no joint branches are planned" in " ".join(done.out.split())
    grouped = type_in("group", "bad.yaml")
    assert grouped.code == 1
    assert "x, y" in grouped.err


# --- What is allowed ------------------------------------------------------------------------------------------


def test_a_street_without_an_instructor_is_a_warning(office, type_in, monkeypatch):
    monkeypatch.setattr("workbench.views.files.plan.draw_pictures", lambda plan: {"fan": ONE_POINT})
    # West has somebody to form: a unit with nothing left to do needs no instructor, and no warning.
    (office / "city.csv").write_text(HEAD + ROWS + "a4,West,3,no,2,2\n", encoding="utf-8")
    (office / "bad.yaml").write_text(
        "name: bad\nregister: city.csv\ninstructors: {by_responsible: {East: 2}}\n", encoding="utf-8"
    )
    done = type_in("plan", "bad.yaml", "--replications", "20")
    assert done.code == 0
    assert "! " in done.out
    assert "West" in done.out
    assert "West" in (office / "results" / "bad" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "rows",
    ["a1,East,5,yes,,\n", "a1,East,0,no,,\n", "a1,East,1,no,0,0\na2,East,1,no,1,1\n"],
    ids=["done", "nobody", "no group"],
)
def test_registers_with_hardly_anything_to_do(office, type_in, rows):
    """With every picture: none of them may stumble over nothing to show."""
    (office / "city.csv").write_text(HEAD + rows, encoding="utf-8")
    assert wb.read_register(office / "city.csv") is not None
    done = type_in("plan", "bad.yaml", "--replications", "20")
    assert done.code == 0, done.err
