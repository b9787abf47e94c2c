"""How a long search tells where it stands, and learns that it should stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.errors import Cancelled


@dataclass(frozen=True)
class Progress:
    """Where a search stands.

    Attributes
    ----------
    covered, covered_bound : units covered by the best answer so far, and what none can exceed.
    cost, cost_bound : its cost, and what none of that coverage can undercut (0 until something is known).
    fraction : share of the work that is done, from 0 to 1; a guess.
    seconds : since the search began.
    """

    covered: int
    covered_bound: int
    cost: float
    cost_bound: float
    fraction: float
    seconds: float


#: Called with where the search stands; False, or raising `Cancelled`, stops it with the best answer so far.
Callback = Callable[[Progress], object]


class Monitor:
    """Adds up the parts of a search, keeps its trace, and knows when to stop; `begun` is a reading of the clock."""

    def __init__(self, sizes: list[int], time_limit: float | None, callback: Callback | None, begun: float) -> None:
        self.begun = begun
        self.limit = np.inf if time_limit is None else float(time_limit)
        self.callback = callback
        self.stopped: str | None = None
        self._weight = np.array(sizes, dtype=np.float64)
        self._covered = np.zeros(len(sizes), np.int64)
        self._covered_bound = np.array(sizes, np.int64)
        self._cost = np.zeros(len(sizes))
        self._cost_bound = np.zeros(len(sizes))
        self._done = np.zeros(len(sizes))
        self._rows: list[Progress] = []

    @property
    def seconds(self) -> float:
        """Seconds since the search began."""
        return time.perf_counter() - self.begun

    @property
    def left(self) -> float:
        """Seconds left until the time limit."""
        return max(0.0, self.limit - self.seconds)

    def go_on(self) -> bool:
        """Whether to go on: not cancelled, and time left."""
        if self.stopped is None and self.left <= 0.0:
            self.stopped = "time_limit"
        return self.stopped is None

    def report(
        self,
        part: int,
        *,
        covered: int | None = None,
        covered_bound: int | None = None,
        cost: float | None = None,
        cost_bound: float | None = None,
        done: float | None = None,
    ) -> bool:
        """Say what is new about a part; returns whether to go on."""
        for store, value in (
            (self._covered, covered),
            (self._covered_bound, covered_bound),
            (self._cost, cost),
            (self._cost_bound, cost_bound),
            (self._done, done),
        ):
            if value is not None:
                store[part] = value
        now = self.now()
        last = self._rows[-1] if self._rows else None
        if last is None or (now.covered, now.covered_bound, now.cost, now.cost_bound) != (
            last.covered,
            last.covered_bound,
            last.cost,
            last.cost_bound,
        ):
            self._rows.append(now)
        if self.callback is not None and self.stopped is None:
            try:
                if self.callback(now) is False:
                    self.stopped = "cancelled"
            except Cancelled:
                self.stopped = "cancelled"
        return self.go_on()

    def now(self) -> Progress:
        """Where the search stands."""
        total = float(self._weight.sum())
        fraction = float((self._weight * self._done).sum() / total) if total else 1.0
        return Progress(
            int(self._covered.sum()),
            int(self._covered_bound.sum()),
            float(self._cost.sum()),
            float(self._cost_bound.sum()),
            min(1.0, fraction),
            self.seconds,
        )

    def trace(self) -> pd.DataFrame:
        """What was known when: seconds, covered, covered_bound, cost, cost_bound."""
        names = ("seconds", "covered", "covered_bound", "cost", "cost_bound")
        kinds = ("float64", "int64", "int64", "float64", "float64")
        return pd.DataFrame(
            {
                name: pd.Series([getattr(row, name) for row in self._rows], dtype=kind)
                for name, kind in zip(names, kinds, strict=True)
            }
        )
