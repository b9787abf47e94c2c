"""Damaged files, kills and stops at any moment, many times over: whether anything breaks, and how long it takes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

import workbench as wb
from benchmarks.measuring import in_child, table
from tests.damage import refusals, whole_files

TITLE = "Damaged files, kills and stops"
LONG = True
#: Files of each kind that are damaged; processes that are killed, and stopped (each after up to some minutes).
FILES, KILLS, STOPS = 2000, 40, 10
#: A city on which every stage of a plan takes a while.
ORGANIZATIONS = 10_000
#: A stop must be answered within so many seconds.
ANSWER = 2.0


def measure() -> Iterator[str]:
    """Damage, kill and stop."""
    with TemporaryDirectory() as name:
        whole = whole_files(Path(name))
        rows = []
        for kind, path in whole.items():
            child = in_child(damage, path, FILES)
            rows.append({"file": kind, "damaged": FILES, **child.result, "peak MiB": round(child.peak_mib)})
    yield (
        f"Each file is damaged {FILES:,} times: bits, pieces cut or doubled, words put in. *Refused*: by an error of "
        "ours, with words; anything else that is raised would end this section."
    )
    yield table(pd.DataFrame(rows), index=False)
    with TemporaryDirectory() as name:
        folder = office(Path(name), 300)
        command(folder, "20").wait()
        broken = [number for number in range(KILLS) if not stands_a_kill(folder, number)]
    yield f"Killed at {KILLS} moments of a plan: earlier results damaged or the next run failed in {len(broken)}."
    with TemporaryDirectory() as name:
        folder = office(Path(name), ORGANIZATIONS)
        begun = time.perf_counter()
        command(folder, "1000").wait()
        whole_run = time.perf_counter() - begun
        answers = [answer(folder, whole_run * (number + 0.5) / STOPS) for number in range(STOPS)]
    lost = sum(code not in (0, 130) for code, _ in answers)
    seconds = pd.Series([waited for code, waited in answers if code == 130])
    yield (
        f"Stopped by Ctrl-C at {STOPS} moments of a plan for {ORGANIZATIONS:,} organizations ({whole_run:,.0f} s in "
        f"all): {len(seconds)} ended as stopped, {lost} otherwise; seconds to the end: median {seconds.median():.2f}, "
        f"worst {seconds.max():.2f}; within {ANSWER:.0f} s: {(seconds <= ANSWER).mean():.0%}."
    )


def damage(path: Path, count: int) -> dict[str, float]:
    """Damage a file so many times; how many were read and refused, and the slowest reading."""
    content, worst, said = path.read_bytes(), 0.0, []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = refusals(path, content, range(count))
        while True:
            begun = time.perf_counter()
            try:
                said.append(next(found)[2])
            except StopIteration:
                break
            worst = max(worst, time.perf_counter() - begun)
    return {
        "readings": len(said),
        "refused": sum(bool(words) for words in said),
        "slowest s": round(worst, 2),
    }


def office(folder: Path, organizations: int) -> Path:
    """A folder with a city and a scenario to plan with."""
    wb.write_register(wb.make_city(organizations, max(4, organizations // 50), seed=3), folder / "city.csv")
    total = max(4, organizations // 5)
    (folder / "small.yaml").write_text(f"name: small\nregister: city.csv\ninstructors: {{total: {total}}}\n", "utf-8")
    return folder


def command(folder: Path, replications: str) -> subprocess.Popen[bytes]:
    """Begin a plan there, as from a shell of its own."""
    root = str(Path(__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "workbench", "plan", "small.yaml", "--replications", replications],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def listing(folder: Path) -> dict[str, bytes]:
    """Every file of the results."""
    return {str(path): path.read_bytes() for path in (folder / "results" / "small").rglob("*") if path.is_file()}


def stands_a_kill(folder: Path, number: int) -> bool:
    """Whether the results stay whole, and the next run works and sweeps, after a kill at a moment of luck."""
    before = listing(folder)
    victim = command(folder, "200")
    time.sleep(random.Random(number).uniform(0.5, 14.0))
    victim.kill()
    victim.wait()
    if set(listing(folder)) != set(before):
        return False
    done = command(folder, "20").wait() == 0
    return done and [path.name for path in (folder / "results").iterdir()] == ["small"]


def answer(folder: Path, after: float) -> tuple[int, float]:
    """Ask a plan to stop after so many seconds: its exit code, and how long it took to end."""
    process = command(folder, "1000")
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    begun = time.perf_counter()
    return process.wait(), time.perf_counter() - begun
