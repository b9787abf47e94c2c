"""Stages of a job: what they say of the time that a long one takes, on a clock that the test winds."""

from __future__ import annotations

from importlib import import_module

import pytest

from workbench.jobs.stages import Stages

MODULE = import_module("workbench.jobs.stages")


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(MODULE, "perf_counter", lambda: now[0])
    return now


def run(clock, each: float, total: int, compiling: float = 0.0) -> list[str]:
    """What a stage of `total` steps of `each` seconds says, whose first step also compiles."""
    said: list[str] = []
    stages = Stages(["simulate"], show=False, tell=said.append)
    with stages("simulate"):
        clock[0] += compiling
        for done in range(1, total + 1):
            clock[0] += each
            assert stages.progress(done, total)
    return said


def test_a_long_stage_says_once_how_long_it_takes(clock):
    assert run(clock, 1.0, 300) == ["simulating: about 5 minutes to go"]


def test_compiling_is_not_taken_for_the_pace(clock):
    assert run(clock, 1.0, 300, compiling=500.0) == ["simulating: about 5 minutes to go"]
    assert run(clock, 0.1, 100, compiling=500.0) == []


def test_a_short_stage_says_nothing(clock):
    assert run(clock, 0.1, 200) == []
    assert run(clock, 20.0, 1) == []


def test_every_long_stage_says_so(clock):
    said: list[str] = []
    stages = Stages(["simulate", "measures"], show=False, tell=said.append)
    for name in ("simulate", "measures"):
        with stages(name):
            for done in range(100):
                clock[0] += 1.0
                stages.progress(done, 100)
    assert said == ["simulating: about 100 seconds to go", "trying measures: about 100 seconds to go"]
