"""Jobs run beside, are replaced and cancelled by name, and hand over on the panels' thread."""

from __future__ import annotations

import asyncio
import os
import sys
from threading import Event, current_thread, get_native_id, main_thread

import pytest

from tests.patience import GIVE_UP
from workbench.jobs.session import threads
from workbench.jobs.session.threads import Jobs
from workbench.labels import in_language, language


@pytest.fixture
def jobs() -> Jobs:
    return Jobs(lambda: None)


def test_a_result_is_handed_over_on_the_thread_of_the_panels(jobs: Jobs) -> None:
    seen = []
    jobs.start("a", lambda ticket: seen.append(current_thread()) or 5, lambda result: seen.append(result), pytest.fail)
    assert [job.name for job in jobs.running] == ["a"]
    jobs.settle()
    worker, result = seen
    assert result == 5
    assert worker is not main_thread()
    assert jobs.running == ()


def test_nothing_is_handed_over_before_somebody_asks_for_it(jobs: Jobs) -> None:
    heard: list[int] = []
    finished = Event()
    jobs.start("a", lambda ticket: finished.set(), lambda result: heard.append(1), pytest.fail)
    assert finished.wait(GIVE_UP)
    assert heard == []
    jobs.settle()
    assert heard == [1]


def test_what_is_held_is_handed_over_once_somebody_is_there(jobs: Jobs) -> None:
    """A page forgets what changes before it has made its widgets."""
    heard: list[str] = []
    jobs.hold()
    jobs.start("one", lambda ticket: "first", heard.append, _unexpected)
    jobs.settle()
    assert heard == []
    assert [job.name for job in jobs.running] == ["one"]
    jobs.release()
    assert heard == ["first"]
    jobs.start("two", lambda ticket: "second", heard.append, _unexpected)
    jobs.settle()
    assert heard == ["first", "second"]


def _unexpected(error: BaseException) -> None:
    raise AssertionError from error


def test_a_newer_job_of_a_name_drops_the_older_ones_result(jobs: Jobs) -> None:
    heard: list[str] = []
    go = Event()
    jobs.start("a", lambda ticket: go.wait(GIVE_UP) and "old", heard.append, pytest.fail)
    old = jobs.running[0].ticket
    jobs.start("a", lambda ticket: "new", heard.append, pytest.fail)
    assert not old.wanted
    go.set()
    jobs.settle()
    assert heard == ["new"]


def test_jobs_of_other_names_do_not_disturb_each_other(jobs: Jobs) -> None:
    heard: list[str] = []
    jobs.start("a", lambda ticket: "a", heard.append, pytest.fail)
    jobs.start("b", lambda ticket: "b", heard.append, pytest.fail)
    jobs.settle()
    assert sorted(heard) == ["a", "b"]


def test_a_cancelled_job_tells_nothing_and_its_work_hears_of_it(jobs: Jobs) -> None:
    seen: list[bool] = []
    go = Event()

    def work(ticket):
        assert go.wait(GIVE_UP)
        seen.append(ticket.progress(1, 2))
        ticket.check()
        seen.append(True)

    jobs.start("a", work, lambda result: pytest.fail("a result"), lambda error: pytest.fail("an error"))
    assert jobs.cancel("a")
    assert not jobs.cancel("a")
    go.set()
    jobs.settle()
    assert seen == [False]


def test_an_error_is_told_and_ends_the_job(jobs: Jobs) -> None:
    heard: list[BaseException] = []

    def work(ticket):
        raise ValueError("no")

    jobs.start("a", work, pytest.fail, heard.append)
    jobs.settle()
    assert [str(error) for error in heard] == ["no"]
    assert jobs.running == ()


def test_progress_is_told_in_hundredths_and_a_few_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(threads, "monotonic", lambda: clock[0])
    shares: list[float | None] = []
    jobs = Jobs(lambda: shares.extend(job.share for job in jobs.running))

    def work(seconds):
        def step(ticket):
            for done in range(1000):
                clock[0] += seconds / 1000
                assert ticket.progress(done, 1000)

        return step

    for seconds, least, most in ((10.0, 35, 40), (1000.0, 90, 101)):
        shares.clear()
        jobs.start("a", work(seconds), lambda result: None, pytest.fail)
        jobs.settle()
        told = [share for share in shares if share is not None]
        assert told == sorted(told)
        assert least <= len(told) <= most


def test_hurrying_ends_a_search_with_the_best_so_far_but_is_no_cancel(jobs: Jobs) -> None:
    from types import SimpleNamespace

    heard: list[list[bool]] = []
    go = Event()

    def work(ticket):
        first = ticket.grouping(SimpleNamespace(fraction=0.5))
        assert go.wait(GIVE_UP)
        return [first, ticket.grouping(SimpleNamespace(fraction=0.6)), ticket.wanted]

    jobs.start("a", work, heard.append, pytest.fail)
    jobs.running[0].ticket.hurry()
    go.set()
    jobs.settle()
    assert heard[0][1:] == [False, True]


def test_work_speaks_the_language_in_which_it_was_started(jobs: Jobs) -> None:
    heard: list[str] = []
    with in_language("zh"):
        jobs.start("a", lambda ticket: language(), heard.append, pytest.fail)
    jobs.settle()
    assert heard == ["zh"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a rank is a process's")
def test_a_search_gives_way_to_what_somebody_waits_for(jobs: Jobs) -> None:
    def rank(*_: object) -> int:
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    own, heard = rank(), {}
    for name in ("open", "recompute", "optimise", "measures"):
        jobs.start(name, rank, lambda found, name=name: heard.update({name: found}), pytest.fail)
    jobs.settle()
    polite = min(own + 10, 19)
    assert heard == {"open": own, "recompute": own, "optimise": polite, "measures": polite}
    assert rank() == own


def test_a_running_loop_delivers_by_itself() -> None:
    async def scene() -> int:
        jobs = Jobs(lambda: None)
        heard: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        jobs.start("a", lambda ticket: 7, heard.set_result, pytest.fail)
        return await asyncio.wait_for(heard, GIVE_UP)

    assert asyncio.run(scene()) == 7


def test_work_that_does_not_end_is_said(jobs: Jobs) -> None:
    go = Event()
    jobs.start("a", lambda ticket: go.wait(GIVE_UP), lambda result: None, pytest.fail)
    with pytest.raises(TimeoutError, match="workbench a"):
        jobs.settle(0.01)
    go.set()
