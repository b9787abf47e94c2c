"""The app as a process of its own, for tests that reach it over HTTP or by a browser."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.patience import GIVE_UP

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "0123456789abcdef-token"


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@cache
def _state_home() -> str:
    """Where servers under test keep their visitors' work: nowhere in anybody's home."""
    folder = tempfile.mkdtemp(prefix="workbench-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def hear_interrupts() -> None:
    """In a child: a shell that runs the tests in the background has taken Ctrl+C from all of them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def begin(command: Sequence[str], folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Start a Python module with its arguments in a folder; the package is the one under test."""
    own = {"PYTHONPATH": str(ROOT), "WORKBENCH_TOKEN": TOKEN, "XDG_STATE_HOME": _state_home()}
    with_ours = {**os.environ, **own, **environment}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    how = {"cwd": folder, "env": with_ours, "text": True, "encoding": "utf-8", "preexec_fn": hear_interrupts}
    return subprocess.Popen([sys.executable, "-m", *command], **how, **pipes)  # type: ignore[call-overload]


def until_it_listens(process: subprocess.Popen[str], port: int, seconds: float = GIVE_UP) -> None:
    """Wait for a server; where it ends instead, say what it said."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {process.communicate()}")
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on port {port} after {seconds:g} s")


@contextmanager
def running(command: Sequence[str], folder: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A server, from when it listens until it is ended."""
    process = begin(command, folder, **environment)
    try:
        until_it_listens(process, port)
        yield process
        process.send_signal(signal.SIGTERM)
        process.wait(GIVE_UP)
    finally:
        process.kill()
        process.communicate()
