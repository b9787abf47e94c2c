"""`--cluster` has a dask cluster do the work: the same words, to the letter, and none of it done here."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.functional.conftest import snapshot

QUICK = ("--replications", "20")
VERBS = {
    "simulate": ("small.yaml", *QUICK),
    "group": ("small.yaml",),
    "allocate": ("small.yaml", "--total", "10", *QUICK),
    "assign": ("small.yaml",),
    "measures": ("small.yaml", "--most", "1", *QUICK),
    "compare": ("small.yaml", "weekly.yaml", *QUICK),
    "census": ("small.yaml", "--outcomes", "2", "--replications", "2"),
}


def steps(cluster) -> int:
    """How many steps the scheduler has taken with tasks so far."""
    return cluster._client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.transition_counter)


@pytest.mark.parametrize("verb", VERBS)
def test_a_cluster_gives_the_same_answer(here, type_in, cluster, verb):
    (here / "weekly.yaml").write_text("base: small.yaml\ncommittee: {every_weeks: 1}\n", encoding="utf-8")
    alone = type_in(verb, *VERBS[verb])
    assert alone.code == 0, alone.err
    before = steps(cluster)
    together = type_in(verb, *VERBS[verb], "--cluster", cluster._client.scheduler.address)
    assert together.code == 0, together.err
    assert together.out == alone.out
    assert steps(cluster) > before, "the workers had something to do"


def test_a_word_in_chinese_comes_back_in_chinese(here, type_in, cluster):
    """What a worker says is said in the language that was asked for, faults included."""
    (here / "odd.yaml").write_text("base: small.yaml\ngrouping: {max_units: 2}\n", encoding="utf-8")
    done = type_in("group", "odd.yaml", "--lang", "zh", "--cluster", cluster._client.scheduler.address)
    assert done.code == 1
    assert done.err == type_in("group", "odd.yaml", "--lang", "zh").err


@pytest.mark.parametrize("verb", ["plan", "group", "simulate"])
def test_a_scheduler_that_does_not_answer_is_told_at_once(here, type_in, verb):
    before = snapshot(here)
    done = type_in(verb, "small.yaml", "--cluster", "nonsense://here:1")
    assert done.code == 2
    assert "--cluster" in done.err
    assert "No dask scheduler answers" in " ".join(done.err.replace("│", " ").split())
    assert snapshot(here) == before


def test_what_comes_after_a_cluster_is_done_here(here, type_in, cluster):
    """Files are saved when the client is gone."""
    address = cluster._client.scheduler.address
    done = type_in("simulate", "small.yaml", *QUICK, "--out", "outcome.nc", "--cluster", address)
    assert done.code == 0, done.err
    assert type_in("simulate", "small.yaml", *QUICK, "--out", "again.nc").code == 0
    outcome, again = (wb.load_outcome(here / name) for name in ("outcome.nc", "again.nc"))
    assert (outcome.counts() == again.counts()).all()
