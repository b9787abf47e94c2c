"""How a process is asked to stop: by Ctrl+C, or by SIGTERM as machines do it."""

from __future__ import annotations

import contextlib
import signal


class Stop(KeyboardInterrupt):
    """Somebody asked this process to stop.

    A kind of its own: where a plain KeyboardInterrupt passes through code that Python runs from text (such as the
    making of a dataclass), Python 3.11 ends the process as killed, whoever catches it, and its exit code is lost.
    """


def _stop(*_: object) -> None:
    raise Stop


def hear_stops() -> None:
    """From here on both raise `Stop` in the main thread; where Ctrl+C is ignored, as in the background, it stays so."""
    with contextlib.suppress(ValueError):  # only the main thread may ask for signals
        signal.signal(signal.SIGTERM, _stop)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _stop)
