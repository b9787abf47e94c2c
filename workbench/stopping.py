"""How a process is asked to stop, by Ctrl+C or by SIGTERM as machines do it, and how all that runs hears of it.

The question is a flag that stays up until it is answered: every loop and every thread asks for it. Beside that the main
thread is interrupted where it stands. Where that is lost (Python drops what is raised while it tidies up), or it is
putting files in their place, which is done whole, it is interrupted again a little later. Who asks a second time is not
kept waiting: the process ends at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import FrameType, TracebackType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds until the main thread is interrupted again, if nothing has answered.
_ASK_AGAIN_SECONDS = 0.7
#: Modules whose work is done whole: Python's own imports, and how files are put in their place.
_WHOLE = ("importlib._bootstrap", "_frozen_importlib", "workbench.files", "workbench.views.formats.folder")
#: What a shell reports of a process that was stopped by hand.
STOPPED = 130

_asked = threading.Event()
_again = threading.Event()


class Stop(KeyboardInterrupt):
    """Somebody asked this process to stop.

    A kind of its own: where a plain KeyboardInterrupt passes through code that Python runs from text (such as the
    making of a dataclass), Python 3.11 ends the process as killed, whoever catches it, and its exit code is lost.
    """


def asked() -> bool:
    """Whether somebody asked this process to stop; what long loops ask now and then, in any thread."""
    return _asked.is_set()


def stop_if_asked() -> None:
    """Raise `Stop` if somebody asked for it."""
    if _asked.is_set():
        raise Stop


def answered() -> None:
    """Take the flag down: what was running has ended."""
    _asked.clear()
    _again.clear()


def hear_stops() -> None:
    """From here on both signals ask to stop; where Ctrl+C is ignored, as in the background, it stays so."""
    with contextlib.suppress(ValueError):  # only the main thread may ask for signals
        signal.signal(signal.SIGTERM, _ask)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _ask)


def _ask(number: int, frame: FrameType | None) -> None:
    if _again.is_set():
        _again.clear()
    elif _asked.is_set():
        end_now()
    _asked.set()
    reminder = threading.Timer(_ASK_AGAIN_SECONDS, _remind, [number])
    reminder.daemon = True
    reminder.start()
    if not _at_it(frame):
        raise Stop


def _at_it(frame: FrameType | None) -> bool:
    """Whether the main thread is at what must not be left half done: an import, or putting files in their place.

    It is asked again a moment later.
    """
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith(_WHOLE):
            return True
        frame = frame.f_back
    return False


def _remind(number: int) -> None:
    """Interrupt the main thread once more: the first time was lost, or it is still on its way."""
    if _asked.is_set():
        import _thread

        _again.set()
        _thread.interrupt_main(signal.Signals(number))


def end_now() -> None:
    """End the process without another word; what it had begun to write is swept away by the next run."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(STOPPED)


def end_soon() -> None:
    """After a stop: end the process even where a thread is still at a long piece of work."""
    others = [each for each in threading.enumerate() if each is not threading.current_thread() and not each.daemon]
    for each in others:
        each.join(timeout=0.3 / len(others))
    if any(each.is_alive() for each in others):
        end_now()


class Threads(ThreadPoolExecutor):
    """Threads side by side that hear of a stop: what waits is not begun, and nobody waits for what runs."""

    def submit(self, work: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> Future[T]:
        """Begin a piece of work when a thread is free, unless somebody has asked to stop by then."""
        return super().submit(_unless_asked, work, *given, **named)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        waited_for = kind is None or not issubclass(kind, KeyboardInterrupt)
        self.shutdown(wait=waited_for, cancel_futures=kind is not None)


def _unless_asked(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    stop_if_asked()
    return work(*given, **named)
