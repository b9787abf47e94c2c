"""Damaged files are read or refused in words; a process killed at any moment leaves the earlier results whole."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import warnings
from pathlib import Path

import pytest

from tests.damage import refusals, whole_files
from tests.functional.conftest import snapshot
from tests.patience import GIVE_UP

FILES = ("register.csv", "register.xlsx", "register.parquet", "scenario.yaml", "outcome.nc")


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    found = whole_files(tmp_path_factory.mktemp("whole"))
    assert set(found) == set(FILES)
    return {name: path.read_bytes() for name, path in found.items()}


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_refused_in_words(tmp_path, files, name):
    path = tmp_path / name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is told beside a file that is read is not the question
        said = list(refusals(path, files[name], range(60)))
    refused = [words for _, _, words in said if words]
    assert refused, "some of it was beyond repair"
    for words in refused:
        words.encode("utf-8")
        assert "Traceback" not in words
        assert str(tmp_path.parent) not in words


@pytest.mark.skipif(os.name == "nt", reason="signals as on Unix")
def test_a_kill_at_any_moment_leaves_the_earlier_results_whole(here: Path, start):
    """And what it leaves behind is swept away by the next run."""

    def planned(replications: int) -> subprocess.Popen[str]:
        return start("plan", "small.yaml", "--replications", str(replications))

    first = planned(50)
    first.communicate(timeout=GIVE_UP)
    assert first.returncode == 0
    before = snapshot(here / "results" / "small")
    for moment in range(3):
        victim = planned(200_000)
        while victim.poll() is None and not list((here / "results").glob(".small.*.tmp")):
            time.sleep(0.01)
        time.sleep(0.5 * moment)
        victim.send_signal(signal.SIGKILL)
        victim.wait(GIVE_UP)
        assert victim.returncode == -signal.SIGKILL
        assert snapshot(here / "results" / "small") == before
    again = planned(50)
    _, err = again.communicate(timeout=GIVE_UP)
    assert again.returncode == 0, err
    assert [path.name for path in (here / "results").iterdir()] == ["small"]
