"""One process at a time writes to a place; a lock beside it says who.

The system holds the lock for as long as the process lives (`flock`), so that a killed one leaves none behind,
whatever its number: in containers many processes have the same. Where the file system knows no locks, all goes on
without one.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from workbench.errors import StoreError
from workbench.labels import text
from workbench.stopping import stop_if_asked

if sys.platform != "win32":
    import fcntl

#: Seconds between two looks at a place that another process holds.
_LOOK = 0.05


@contextmanager
def held(path: Path, wait: float = 0.0) -> Iterator[bool]:
    """Hold a place within a ``with`` block; gives whether nobody else can be at it.

    Parameters
    ----------
    path
        the file or folder that is to be written; the lock lies beside it.
    wait
        so many seconds for another process to be done.

    Raises
    ------
    StoreError
        another process holds it; the message says which.
    OSError
        nothing can be written there.
    """
    place = path.with_name(f".{path.name[:60]}.lock")
    lock = _take(place, path, time.monotonic() + wait)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            with suppress(OSError):
                place.unlink()
            os.close(lock)


def _take(place: Path, path: Path, until: float) -> int | None:
    if sys.platform == "win32":
        return None
    while True:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_ino == place.stat().st_ino:
                _say_who(handle)
                return handle
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(handle)
                raise StoreError(text("error.held", path=str(path), **_who(place))) from None
            stop_if_asked()
            time.sleep(_LOOK)
        except FileNotFoundError:
            pass  # given back between the two looks: try again
        except OSError:
            os.close(handle)
            return None  # a file system without locks
        os.close(handle)


def _say_who(handle: int) -> None:
    who = {"process": os.getpid(), "host": platform.node(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
    with suppress(OSError):  # a full disk still has room for the lock itself
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(who).encode())


def _who(place: Path) -> dict[str, Any]:
    unknown = {"process": "?", "host": "?", "since": "?"}
    try:
        return {**unknown, **json.loads(place.read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError):
        return unknown
