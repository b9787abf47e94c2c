"""How a process is asked to stop, by Ctrl+C or by SIGTERM as machines do it, and how all that runs hears of it.

The question is a flag that stays up until it is answered: every loop and every thread asks for it. Beside that the main
thread is interrupted where it stands. Where that is lost (Python drops what is raised while it tidies up or is called
from C, and does not hear of a signal that comes just before it falls asleep on a lock), or it is putting files in their
place, which is done whole, it is woken and interrupted again a little later, by a thread that hears of every signal.
Who asks a second time is not kept waiting: the process ends at once.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import FrameType, TracebackType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds until the main thread is woken after a signal, and again for as long as nothing has answered.
_WAKE_SECONDS, _WAKE_AGAIN_SECONDS = 0.2, 0.7
#: Modules whose work is done whole: Python's own imports, and how files are put in their place.
_WHOLE = ("importlib._bootstrap", "_frozen_importlib", "workbench.files", "workbench.views.formats.folder")
#: Modules that answer: what stands there is on its way out already.
_ANSWERING = ("workbench.stopping", "workbench.cli.main")
#: What a shell reports of a process that was stopped by hand.
STOPPED = 130


class _Question:
    """Whether somebody asked, and when the main thread was interrupted for it; `watched`: a thread hears of signals.

    No lock is taken, since whoever interrupts the main thread would wait for itself there.
    """

    asked = False
    interrupted = -math.inf
    watched = False


class Stop(KeyboardInterrupt):
    """Somebody asked this process to stop.

    A kind of its own: where a plain KeyboardInterrupt passes through code that Python runs from text (such as the
    making of a dataclass), Python 3.11 ends the process as killed, whoever catches it, and its exit code is lost.
    """


def asked() -> bool:
    """Whether somebody asked this process to stop; what long loops ask now and then, in any thread."""
    return _Question.asked


def stop_if_asked() -> None:
    """Raise `Stop` if somebody asked for it."""
    if _Question.asked:
        raise Stop


def stop_instead(fault: BaseException | None) -> None:
    """Raise `Stop` for what failed only because of it: a lock of Python's own, interrupted half way, is left torn."""
    if _Question.asked and not isinstance(fault, KeyboardInterrupt):
        raise Stop from fault


def answered() -> None:
    """Take the flag down: what was running has ended."""
    _Question.asked = False


def hear_stops() -> None:
    """From here on both signals ask to stop; where Ctrl+C is ignored, as in the background, it stays so."""
    with contextlib.suppress(ValueError):  # only the main thread may ask for signals
        signal.signal(signal.SIGTERM, _ask)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _ask)
        if not isinstance(sys.unraisablehook, _Dropped):
            sys.unraisablehook = _Dropped(sys.unraisablehook)
        if sys.platform != "win32":
            _watch()


class _Dropped:
    """Told what Python drops, it passes on all but a stop: that one comes again, and is nothing to be shown."""

    def __init__(self, otherwise: Callable[[Any], Any]) -> None:
        self._otherwise = otherwise

    def __call__(self, what: Any) -> None:
        if what.exc_type is not Stop:
            self._otherwise(what)


def _ask(number: int, frame: FrameType | None) -> None:
    if _Question.asked:
        end_now()
    _Question.asked, _Question.interrupted = True, -math.inf
    _interrupt(number, frame)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raise `Stop` in the main thread if it is asked for, was not a moment ago, and nothing would be left half done."""
    now = time.monotonic()
    if _Question.asked and now - _Question.interrupted >= _WAKE_AGAIN_SECONDS / 2 and not _at_it(frame):
        _Question.interrupted = now
        raise Stop


def _at_it(frame: FrameType | None) -> bool:
    """Whether the main thread is at what must not be left half done: an import, or putting files in their place.

    It is asked again a moment later. Where it answers already, there is nothing to ask.
    """
    if frame is not None and frame.f_globals.get("__name__") in _ANSWERING:
        return True
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith(_WHOLE):
            return True
        frame = frame.f_back
    return False


if sys.platform != "win32":

    def _watch() -> None:
        """Have a thread hear of signals, once in a process; what it wakes the main thread by is ignored elsewhere."""
        signal.signal(signal.SIGURG, _interrupt)
        if _Question.watched:
            return
        _Question.watched = True
        heard, told = os.pipe()
        os.set_blocking(told, False)
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        os.register_at_fork(after_in_child=lambda: signal.set_wakeup_fd(-1))
        threading.Thread(target=_wake, args=[heard], daemon=True, name="stopping").start()

    def _wake(heard: int) -> None:
        """After each signal, wake the main thread until it has heard and answered."""
        main = threading.main_thread().ident
        assert main is not None
        while True:
            if os.read(heard, 1)[0] == signal.SIGURG:
                continue
            time.sleep(_WAKE_SECONDS)
            signal.pthread_kill(main, signal.SIGURG)
            while _Question.asked:
                time.sleep(_WAKE_AGAIN_SECONDS)
                signal.pthread_kill(main, signal.SIGURG)


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
        stopped = asked() or (kind is not None and issubclass(kind, KeyboardInterrupt))
        self.shutdown(wait=not stopped, cancel_futures=stopped or kind is not None)
        stop_instead(fault)


def _unless_asked(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    stop_if_asked()
    return work(*given, **named)
