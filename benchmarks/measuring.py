"""What every section needs: CPU seconds, a fresh process with its own peak memory, the machine, tables."""

from __future__ import annotations

import multiprocessing
import os
import platform
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

import pandas as pd

from workbench.simulation import processors


class Child(NamedTuple):
    """What a fresh process gave back, the CPU and clock seconds of the call in it, and its peak memory in MiB."""

    result: Any
    cpu: float
    clock: float
    peak_mib: float


def cpu_seconds(work: Callable[[], object], repeat: int = 1) -> list[float]:
    """CPU seconds of all threads of this process for a call, so many times over."""
    found = []
    for _ in range(repeat):
        begun = process_time()
        work()
        found.append(process_time() - begun)
    return found


def in_child(work: Callable[..., Any], *given: Any) -> Child:
    """Call a function of a module, with what can be pickled, in a process that has done nothing before."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as one:
        return one.submit(_measured, work, given).result()


def _measured(work: Callable[..., Any], given: tuple[Any, ...]) -> Child:
    clock, cpu = perf_counter(), process_time()
    result = work(*given)
    return Child(result, process_time() - cpu, perf_counter() - clock, peak_mib())


def peak_mib() -> float:
    """The most memory that this process has held so far, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux: getrusage would count what the parent held when it forked.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024


def table(frame: pd.DataFrame, index: bool = True) -> str:
    """A frame as a Markdown table; floats with three significant digits, or whole from a hundred on."""
    shown = frame.reset_index() if index else frame
    columns = [str(name) for name in shown.columns]
    right = [pd.api.types.is_numeric_dtype(dtype) for dtype in shown.dtypes]
    lines = ["| " + " | ".join(columns) + " |", "|" + "|".join(" ---: " if r else " --- " for r in right) + "|"]
    rows = shown.itertuples(index=False, name=None)
    return "\n".join(lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows])


def _cell(value: object) -> str:
    if isinstance(value, float):
        if value != value:
            return "–"
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def setting(*packages: str) -> str:
    """One line: the date, the machine, and the versions of Python, this project and the packages named."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("campaign-workbench", *packages))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{processors()} cores of {_processor()}, {memory:.0f} GiB, {platform.system()}"
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 0.5:
        machine += f", busy with other work (load {os.getloadavg()[0]:.0f}): ratios are rough, clock times mean little"
    return f"*{date.today().isoformat()}, {machine}; Python {platform.python_version()}, {versions}.*"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        if names:
            return names[0].split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
