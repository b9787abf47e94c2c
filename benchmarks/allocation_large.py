"""Allocation of 15,000 instructors to 300 streets and 50,000 cases: minutes."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.allocation import LARGE, _sizes
from benchmarks.measuring import table

TITLE = "Allocation, a large city"
LONG = True


def measure() -> Iterator[str]:
    """One city."""
    yield "As under *Allocation*, at 300 streets."
    yield table(_sizes((LARGE,)), index=False)
