"""The command line in poor surroundings: a full disk behind `>`, names that no file has, a stop at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.patience import GIVE_UP
from workbench.version import VERSION

COMMAND = [sys.executable, "-m", "workbench"]


def test_version_and_help_in_short(type_in):
    assert type_in("--version").out == f"workbench {VERSION}\n"
    assert type_in("-h").out == type_in("--help").out
    assert "--effort" in type_in("plan", "-h").out


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")  # noqa: PTH110
def test_a_full_disk_behind_the_output_is_told(here):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [*COMMAND, "check", "city.csv"], cwd=here, stdout=full, stderr=subprocess.PIPE, text=True, timeout=GIVE_UP
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The disk of the standard output is full")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["loop/results", "x" * 5000], ids=["links in a circle", "too long"])
def test_a_place_that_cannot_be_is_told_before_the_work(here, type_in, name):
    (here / "loop").symlink_to(here / "loop")
    done = type_in("plan", "small.yaml", "--out", name)
    assert done.code == 1
    assert done.err.startswith("Cannot write")
    assert len(done.err) < 1000


def test_effort_and_time_limit_reach_the_search(here, type_in):
    done = type_in("group", "small.yaml", "--effort", "quick", "--time-limit", "60")
    assert done.code == 0
    for wrong in ("enormous", "0"):
        refused = type_in("group", "small.yaml", "--effort", wrong)
        assert refused.code == 2
        assert "quick, normal, high" in refused.err


@pytest.mark.skipif(os.name == "nt", reason="signals as on Unix")
@pytest.mark.parametrize("number", range(4))
def test_a_stop_is_heard_whenever_it_comes(here, start, number):
    """Not one is lost: the process never goes on to the end, and nothing of it stays."""
    process = start("plan", "small.yaml", "--replications", "200000")
    while process.poll() is None and not list(here.glob("results/.small.*.tmp")):
        time.sleep(0.01)
    time.sleep(0.4 * number)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=GIVE_UP)
    assert process.returncode == 130, err
    assert err == "stopped; nothing was written\n"
    assert list((here / "results").iterdir()) == []
