"""Whoever asks the process to stop finds the exit code that was meant, wherever the process was at that moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import workbench
from tests.patience import GIVE_UP

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


@pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_the_exit_code_is_kept_wherever_the_signal_comes(tmp_path, name):
    assert ended(tmp_path, name, "default_int_handler") == 130


def test_ignored_in_the_background_stays_ignored(tmp_path):
    assert ended(tmp_path, "SIGINT", "SIG_IGN") == 7
