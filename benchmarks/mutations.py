"""Mistakes planted in the kernel, one after the other: which comparison with the twins catches each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.measuring import table
from tests.oracle.catch import INSTANCES
from tests.oracle.mutants import MUTANTS, ROOT, Mutant, plant

TITLE = "Planted mistakes"
LONG = True
#: A mistake that makes the kernel go round in circles is one that is noticed.
SECONDS = 300


def measure() -> Iterator[str]:
    """Plant each, compare until something differs."""
    control, tried = caught(None)
    if control:
        raise RuntimeError(f"without a mistake: {control}")
    yield (
        f"{len(MUTANTS)} mistakes, each planted alone in a copy of the package, which is then compared with the plain "
        f"twin: up to {INSTANCES:,} small instances through `kernel.serve`, then made-up registers through `trace` and "
        f"`simulate`. *After* is the number of instances that agreed before. The package itself agrees on all "
        f"{tried:,}, and on the registers."
    )
    rows = []
    for mutant in MUTANTS:
        found, after = caught(mutant)
        rows.append(
            {"mistake": mutant.mistake, "in": mutant.module, "caught by": found or "**nothing**", "after": after}
        )
    frame = pd.DataFrame(rows)
    missed = int((frame["caught by"] == "**nothing**").sum())
    yield table(frame, index=False)
    yield f"Caught: {len(frame) - missed} of {len(frame)}."


def caught(mutant: Mutant | None) -> tuple[str | None, int]:
    """What the twins say of a copy with this mistake, and after how many instances."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        plant(mutant, folder)
        run = [sys.executable, "-m", "tests.oracle.catch"]
        rules = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
        try:
            done = subprocess.run(run, cwd=folder, env=rules, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"no answer in {SECONDS} s", 0
    if done.returncode:
        raise RuntimeError(done.stderr.replace(str(folder), ""))
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["caught"], answer["tried"]
