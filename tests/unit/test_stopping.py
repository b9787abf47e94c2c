"""Whoever asks the process to stop finds the exit code that was meant, wherever the process was at that moment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import workbench
from tests.patience import GIVE_UP
from tests.serving import hear_interrupts
from workbench.stopping import Threads, asked, stop_if_asked

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix")

#: Asked while Python runs code from text; caught, as the command does, and ended with a code of its own.
PROGRAM = """
import signal, sys
from workbench.stopping import Stop, hear_stops
signal.signal(signal.SIGINT, {before})
hear_stops()
try:
    exec("signal.raise_signal(signal.{name})")
except KeyboardInterrupt as asked:
    assert type(asked) is Stop
    sys.exit(130)
sys.exit(7)
"""


def ended(folder: Path, name: str, before: str) -> int:
    """The exit code of the program, started as ``python -m`` starts the command."""
    (folder / "asked.py").write_text(PROGRAM.format(name=name, before=f"signal.{before}"), encoding="utf-8")
    found = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(Path(workbench.__file__).parents[1])])}
    return subprocess.run([sys.executable, "-m", "asked"], env=found, timeout=GIVE_UP, check=False).returncode


@unix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_the_exit_code_is_kept_wherever_the_signal_comes(tmp_path, name):
    assert ended(tmp_path, name, "default_int_handler") == 130


def test_ignored_in_the_background_stays_ignored(tmp_path):
    assert ended(tmp_path, "SIGINT", "SIG_IGN") == 7


#: Where what is raised is dropped, by what drops it.
LOST = """
import ctypes, gc, signal, sys, time, weakref
from workbench.stopping import answered, hear_stops
hear_stops()
hear_stops()
def ask(*given):
    signal.raise_signal(signal.SIGINT)
    return 0
class Tidy:
    pass
class Deleted:
    def __del__(self):
        ask()
def collected(phase, found):
    gc.callbacks.clear()
    ask()
try:
    {drop}
    while True:
        time.sleep(0.01)
except KeyboardInterrupt:
    answered()
    sys.exit(130)
"""
DROPS = {
    "deleted": "Deleted()",
    "called from C": "ctypes.CFUNCTYPE(ctypes.c_int)(ask)()",
    "weak": "it = Tidy(); weak = weakref.ref(it, ask); del it",
    "collected": "gc.callbacks.append(collected); gc.collect()",
}
#: What else is dropped is told as ever.
OTHERS = """
from workbench.stopping import hear_stops
hear_stops()
class Deleted:
    def __del__(self):
        raise ValueError("told as ever")
Deleted()
"""
WHOLE = """
import signal, sys, types
from workbench.stopping import answered, hear_stops
hear_stops()
whole = types.ModuleType("workbench.files.example")
exec("def put(ask, seen):\\n    ask()\\n    seen.append(1)\\n    seen.append(2)", vars(whole))
seen = []
try:
    whole.put(lambda: signal.raise_signal(signal.SIGINT), seen)
    while True:
        pass
except KeyboardInterrupt:
    answered()
    sys.exit(130 if seen == [1, 2] else 7)
"""
TWICE = """
import signal, sys, time
from workbench.stopping import hear_stops
hear_stops()
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    signal.raise_signal(signal.SIGINT)
    sys.exit(7)
"""
ASLEEP = """
import signal, sys, threading
from workbench.stopping import answered, hear_stops
hear_stops()
lock = threading.Lock()
lock.acquire()
try:
    threading.Thread(target=lambda: signal.raise_signal(signal.SIGINT)).start()
    lock.acquire()
except KeyboardInterrupt:
    answered()
    sys.exit(130)
"""
TORN = """
import signal, sys
from workbench.stopping import Threads, answered, hear_stops
hear_stops()
try:
    with Threads(2) as pool:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("release unlocked lock") from None
except KeyboardInterrupt:
    answered()
    sys.exit(130)
"""
THREADS = """
import os, signal, sys, threading, time
from workbench.stopping import Threads, answered, asked, end_soon, hear_stops
hear_stops()
begun = []
def work(number):
    begun.append(number)
    if number == 3:
        while 5 not in begun:
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)
    while number == 5 or not (asked() or number < 3):
        time.sleep(0.001)
try:
    with Threads(4) as pool:
        list(pool.map(work, range(1000)))
except KeyboardInterrupt:
    answered()
    print(len(begun))
    sys.stdout.flush()
    end_soon()
sys.exit(7)
"""


def program(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    found = {**os.environ, "PYTHONPATH": str(Path(workbench.__file__).parents[1])}
    (folder / "asked.py").write_text(code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(folder / "asked.py")],
        env=found,
        timeout=GIVE_UP,
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=hear_interrupts,
    )


@unix
@pytest.mark.parametrize("drop", DROPS)
def test_a_stop_that_python_drops_is_asked_again_and_not_shown(tmp_path, drop):
    """Exceptions in `__del__` and in callbacks from C are dropped: 3 of 49 stops were, once."""
    done = program(tmp_path, LOST.replace("{drop}", DROPS[drop]))
    assert (done.returncode, done.stderr) == (130, "")


@unix
def test_what_else_python_drops_is_told(tmp_path):
    assert "told as ever" in program(tmp_path, OTHERS).stderr


@unix
def test_files_are_put_in_their_place_before_a_stop_is_answered(tmp_path):
    assert program(tmp_path, WHOLE).returncode == 130


@unix
def test_who_asks_twice_is_not_kept_waiting(tmp_path):
    done = program(tmp_path, TWICE)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@unix
def test_a_stop_that_comes_while_the_main_thread_falls_asleep_is_heard(tmp_path):
    """Python's own look at signals is over by then, and what another thread was sent does not wake this one."""
    assert program(tmp_path, ASLEEP).returncode == 130


@unix
def test_what_fails_because_of_a_stop_is_a_stop(tmp_path):
    """A lock of Python's own that is interrupted half way is left torn and fails at its next use."""
    assert program(tmp_path, TORN).returncode == 130


@unix
def test_threads_begin_nothing_more_and_nobody_waits_for_the_one_that_never_ends(tmp_path):
    done = program(tmp_path, THREADS)
    assert done.returncode == 130, done.stderr
    assert int(done.stdout) < 20


def test_a_failure_cancels_what_waits():
    begun: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        time.sleep(0.01)
        if number == 1:
            raise KeyError(number)

    def all_of_it() -> None:
        with Threads(1) as pool:
            for future in [pool.submit(work, number) for number in range(1000)]:
                future.result()

    with pytest.raises(KeyError):
        all_of_it()
    assert len(begun) < 1000


def test_nothing_is_asked_of_whoever_was_not_asked():
    assert not asked()
    stop_if_asked()
