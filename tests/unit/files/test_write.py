"""Writing: whole or not at all, by one process at a time, and nothing left over from one that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.unit.house.plan import ROOT
from workbench.errors import StoreError
from workbench.files import held, left_beside, settled, written_beside
from workbench.jobs import lay_out
from workbench.views.formats import folder_beside
from workbench.views.formats.manifest import write_listing

#: What a child does before it is killed: `here` is where.
WRITES_A_FILE = """
from workbench.files import written_beside
with written_beside(here) as temporary:
    temporary.write_text("half")
    die()
"""
DIES_BEFORE_THE_SWAP = """
from workbench.views.formats import folder_beside
with folder_beside(here) as temporary:
    (temporary / "half.txt").write_text("half")
    die()
"""
DIES_IN_THE_SWAP = """
from pathlib import Path
from workbench.views.formats import folder, folder_beside
from workbench.views.formats.manifest import write_listing
plain, calls = Path.replace, []
def replace(self, other):
    calls.append(self)
    return plain(self, other) if len(calls) < {number} else die()
Path.replace = replace
with folder_beside(here) as temporary:
    (temporary / "plan.txt").write_text("new")
    write_listing({{}}, temporary)
"""


def killed(code: str, here: Path) -> None:
    """Run it in a process that kills itself where it calls `die`."""
    first = "import os, signal\nfrom pathlib import Path\n"
    first += f"here = Path({str(here)!r})\ndef die():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    done = subprocess.run([sys.executable, "-c", first + code], cwd=ROOT, check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL


def results(folder: Path, words: str) -> None:
    with folder_beside(folder) as temporary:
        (temporary / "plan.txt").write_text(words)
        write_listing({}, temporary)


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_what_a_killed_writer_left_is_swept_away_and_the_old_file_stays(tmp_path):
    place = tmp_path / "outcome [1]*.nc"
    place.write_text("whole")
    killed(WRITES_A_FILE, place)
    assert place.read_text() == "whole"
    assert hidden(tmp_path), "it did leave something"
    with written_beside(place) as temporary:
        temporary.write_text("new")
    assert place.read_text() == "new"
    assert not hidden(tmp_path)


def test_a_folder_half_written_is_swept_away(tmp_path):
    folder = tmp_path / "results"
    results(folder, "first")
    killed(DIES_BEFORE_THE_SWAP, folder)
    assert (folder / "plan.txt").read_text() == "first"
    results(folder, "second")
    assert (folder / "plan.txt").read_text() == "second"
    assert not hidden(tmp_path)


@pytest.mark.parametrize("number", [2, 3, 4], ids=["between the renames", "before notes are moved", "before the sweep"])
def test_killed_in_the_swap_nothing_is_lost(tmp_path, number):
    """Neither the results nor what the planner wrote beside them or into them."""
    folder = tmp_path / "results"
    results(folder, "first")
    (folder / "my notes.txt").write_text("mine")
    killed(DIES_IN_THE_SWAP.format(number=number), folder)
    results(folder, "third")
    assert (folder / "plan.txt").read_text() == "third"
    assert (folder / "my notes.txt").read_text() == "mine"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "my notes.txt", "plan.txt"]
    assert not hidden(tmp_path)


def test_a_second_writer_is_told_who_the_first_is(tmp_path):
    folder = tmp_path / "results"
    with folder_beside(folder) as temporary:
        with pytest.raises(StoreError, match=rf"number {os.getpid()} on .*since 20\d\d-"), folder_beside(folder):
            raise AssertionError("both write")
        write_listing({}, temporary)
    assert (folder / "manifest.json").is_file()
    assert not hidden(tmp_path)


def test_writers_of_one_file_take_turns(tmp_path):
    place, whole = tmp_path / "table.csv", {f"{number}" * 100_000 for number in range(6)}

    def write(words: str) -> None:
        with written_beside(place) as temporary:
            temporary.write_text(words)

    crowd = [threading.Thread(target=write, args=(words,)) for words in whole]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert place.read_text() in whole
    assert not hidden(tmp_path)


def test_a_lock_of_a_process_that_has_ended_holds_nothing(tmp_path):
    place = tmp_path / "table.csv"
    killed(WRITES_A_FILE, place)
    with held(place):
        pass


def test_a_failure_leaves_nothing(tmp_path):
    def fail() -> None:
        with written_beside(tmp_path / "x") as temporary:
            temporary.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not list(tmp_path.iterdir())
    assert not left_beside(tmp_path / "x", "tmp")


@pytest.mark.parametrize("name", ["a\0b.csv", "loop/x.csv", "x" * 5000], ids=["NUL", "links in a circle", "too long"])
def test_a_name_that_no_file_can_have_is_a_plain_message(tmp_path, name):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    def write() -> None:
        with written_beside(tmp_path / name):
            raise AssertionError("written")

    with pytest.raises(StoreError, match="Cannot write"):
        write()
    with pytest.raises(StoreError, match="Cannot write") as told:
        settled(tmp_path / name)
    assert len(str(told.value)) < 1000


def test_a_planning_folder_is_laid_out_once(tmp_path):
    folder = lay_out(tmp_path / "our city")
    wanted = {"scenarios/my_city.yaml", "scenarios/baseline.yaml", "data/demo_city.csv", "README.zh-CN.md"}
    wanted |= {"notebooks/app/planner.ipynb", "notebooks/guide/01_census_and_ceiling.ipynb"}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert wanted <= found
    assert (folder / "data/local").is_dir()
    assert not [name for name in found if "checkpoints" in name or name.startswith("data/local/")]
    with pytest.raises(StoreError, match="name a new one"):
        lay_out(folder)
    (tmp_path / "empty").mkdir()
    assert lay_out(tmp_path / "empty").is_dir()
    assert not hidden(tmp_path)
