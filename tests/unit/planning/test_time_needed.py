"""The estimate of a time: on a clock that the test winds."""

from importlib import import_module

import pytest

from workbench.planning import time_needed

MODULE = import_module("workbench.planning.time_needed")


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(MODULE, "perf_counter", lambda: now[0])
    return now


def test_time_grows_evenly_with_replications(clock):
    asked = []

    def question(city, *, replications, seed):
        # The first call also compiles.
        clock[0] += (50.0 if not asked else 2.0) + 0.01 * replications
        asked.append((city, replications, seed))

    assert time_needed(question, "city", replications=10_000, seed=3) == pytest.approx(102.0)
    assert asked == [("city", 20, 3), ("city", 20, 3), ("city", 100, 3)]


def test_what_takes_the_same_however_often_is_told_as_it_is(clock):
    def question(*, replications):
        clock[0] += 3.0 - replications / 1000

    assert time_needed(question, replications=1_000_000) == pytest.approx(2.98)


def test_a_number_out_of_range_is_refused():
    with pytest.raises(ValueError, match="replications = 0: must be at least 1"):
        time_needed(print, replications=0)
