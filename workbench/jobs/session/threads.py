"""Long work beside the panels: one thread a job, with progress and cancel; what comes too late is dropped.

Results are handed over on the thread that the panels live on: by the running event loop where there is one (a
notebook's kernel), else when `settle` or `deliver` is called. Widgets are never touched from a worker's thread.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from threading import Event, Lock, Thread, get_native_id
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from workbench.errors import Cancelled

if TYPE_CHECKING:
    from workbench.grouping.search import SearchProgress


#: Jobs without whose answer a page stands still. Searches that may take long give way to them, and to every visitor's
#: clicks: on one machine many work.
AWAITED = ("open", "recompute")
#: How much: a thread of this rank gets a tenth of what one has that somebody waits for.
POLITE = 10
#: Seconds between two words of how far a job is.
BETWEEN_STEPS = 0.25


class Work(Protocol):
    """What a job does: told its ticket, it gives a result."""

    def __call__(self, ticket: Ticket, /) -> Any: ...


class Ticket:
    """What work knows of its job: whether it is still wanted, and where to say how far it is."""

    def __init__(self, report: Callable[[float | None], None]) -> None:
        self._stop = Event()
        self._enough = Event()
        self._report = report

    @property
    def wanted(self) -> bool:
        """False once somebody cancelled the job."""
        return not self._stop.is_set()

    def cancel(self) -> None:
        """Nobody wants the result any more; work that looks at its ticket ends early."""
        self._stop.set()

    def progress(self, done: int, total: int) -> bool:
        """Say how far the work is, as `simulate` and its like do; False asks them to stop."""
        self._report(done / total if total else None)
        return self.wanted

    def hurry(self) -> None:
        """Be content with the best so far, where work can stop there."""
        self._enough.set()

    def grouping(self, progress: SearchProgress) -> bool:
        """How far `group` is; False asks it to end with the best so far."""
        self._report(progress.fraction)
        return self.wanted and not self._enough.is_set()

    def check(self) -> None:
        """Between two steps of a job.

        Raises
        ------
        Cancelled
            nobody wants the result any more.
        """
        if not self.wanted:
            raise Cancelled("")


@dataclass
class Job:
    """One job that is running: its name, its generation, and how far it is (a share; None: nobody knows)."""

    name: str
    generation: int
    ticket: Ticket
    thread: Thread
    share: float | None = None


class Jobs:
    """Jobs by name. A new one of a name takes the place of an older one, whose result is dropped.

    Parameters
    ----------
    changed
        called, on the panels' thread, whenever a job begins, gets on or ends.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._running: dict[str, Job] = {}
        self._generation = 0
        self._waiting: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        self._threads: list[Thread] = []
        self._held = False

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs whose results are still wanted, oldest first."""
        return tuple(self._running.values())

    def runs(self, *names: str) -> bool:
        """Whether a job of one of these names is running."""
        return any(name in self._running for name in names)

    def start(
        self,
        name: str,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work` beside; then, unless it was replaced or cancelled, call `done` or `failed`."""
        self.cancel(name)
        self._generation += 1
        generation = self._generation
        loop = _running_loop()
        said, told = -1, float("-inf")

        def report(share: float | None) -> None:
            # In hundredths, and a few a second: more nobody sees, and server and browser would be busy with them while
            # others wait for theirs.
            nonlocal said, told
            step, now = -1 if share is None else int(share * 100), monotonic()
            if step != said and now - told >= BETWEEN_STEPS:
                said, told = step, now
                self._hand_over(lambda: self._moved(name, generation, share), loop)

        ticket = Ticket(report)

        def run() -> None:
            if name not in AWAITED:
                _give_way()
            try:
                result = work(ticket)
            except Cancelled:
                self._hand_over(lambda: self._ended(name, generation, None), loop)
            except BaseException as error:  # said in the panels: a thread has nobody else to tell
                fault = error
                self._hand_over(lambda: self._ended(name, generation, lambda: failed(fault)), loop)
            else:
                self._hand_over(lambda: self._ended(name, generation, lambda: done(result)), loop)

        context = copy_context()
        thread = Thread(target=lambda: context.run(run), name=f"workbench {name}", daemon=True)
        self._running[name] = Job(name, generation, ticket, thread)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()
        self._changed()

    def cancel(self, name: str) -> bool:
        """Stop a job and drop its result; whether there was one."""
        job = self._running.pop(name, None)
        if job is None:
            return False
        job.ticket.cancel()
        self._changed()
        return True

    def hold(self) -> None:
        """Hand nothing over until `release`: there is nobody yet to see it, and what is shown to nobody is lost."""
        self._held = True

    def release(self) -> None:
        """Hand over what has come in meanwhile, and from now on whatever comes."""
        self._held = False
        self.deliver()

    def deliver(self) -> None:
        """Hand over what has come in, on the thread that calls."""
        while not self._held:
            with self._lock:
                if not self._waiting:
                    return
                call = self._waiting.popleft()
            call()

    def settle(self, seconds: float = 600.0) -> None:
        """Wait until no job runs and all results are handed over: for tests, and for scripts without a loop."""
        while self._threads:
            thread = self._threads.pop(0)
            thread.join(seconds)
            if thread.is_alive():
                raise TimeoutError(f"{thread.name}: still running after {seconds:g} s")
            self.deliver()
        self.deliver()

    def _hand_over(self, call: Callable[[], None], loop: asyncio.AbstractEventLoop | None) -> None:
        with self._lock:
            self._waiting.append(call)
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.deliver)

    def _moved(self, name: str, generation: int, share: float | None) -> None:
        job = self._running.get(name)
        if job is not None and job.generation == generation:
            job.share = share
            self._changed()

    def _ended(self, name: str, generation: int, tell: Callable[[], None] | None) -> None:
        job = self._running.get(name)
        if job is None or job.generation != generation:
            return
        del self._running[name]
        if tell is not None:
            tell()
        self._changed()


def _give_way() -> None:
    """Let this thread, and those that it begins, work only where nobody else wants to: Linux knows that of a thread."""
    if sys.platform == "linux":
        with suppress(OSError):
            now = os.getpriority(os.PRIO_PROCESS, get_native_id())
            os.setpriority(os.PRIO_PROCESS, get_native_id(), min(now + POLITE, 19))


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
