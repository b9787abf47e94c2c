"""No compiled loop reads or writes outside an array: numba does not look, so here it is told to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.patience import GIVE_UP

ROOT = Path(__file__).parents[2]


def test_compiled_code_stays_within_its_arrays(tmp_path):
    # A folder of its own: nothing that nobody else needs stays behind.
    environment = os.environ | {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path), "NUMBA_OPT": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.simulation.kernels.bounds_checked"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=GIVE_UP, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["checks", "instances", "cities"]
