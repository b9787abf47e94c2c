"""How a long search tells where it stands, and learns that it should stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

import numpy as np
import pandas as pd

from workbench.errors import Cancelled
from workbench.stopping import asked


@dataclass(frozen=True)
class SearchProgress:
    """Where a search stands.

    Attributes
    ----------
    covered, covered_bound
        units covered by the best answer so far, and what none can exceed.
    cost, cost_bound
        its cost, and what none of that coverage can undercut (0 until something is known).
    fraction
        share of the work that is done, from 0 to 1; a guess.
    seconds
        since the search began.
    """

    covered: int
    covered_bound: int
    cost: float
    cost_bound: float
    fraction: float
    seconds: float


#: Called with where the search stands; False, or raising `Cancelled`, stops it with the best answer so far.
Callback = Callable[[SearchProgress], object]


class Monitor:
    """Adds up the parts of a search, keeps its trace, and knows when to stop; `begun` is a reading of the clock.

    Parts may report from several threads; the callback is called by one at a time.
    """

    def __init__(
        self, sizes: list[int], time_limit: float | None, callback: Callback | None, begun: float, unit: float = 1.0
    ) -> None:
        self.begun = begun
        #: What the costs that are reported are multiples of.
        self._unit = unit
        self.limit = np.inf if time_limit is None else float(time_limit)
        self.callback = callback
        self.stopped: str | None = None
        self._lock = RLock()
        self._weight = np.array(sizes, dtype=np.float64)
        #: By part: covered, covered_bound, cost, cost_bound.
        self._known = np.zeros((len(sizes), 4))
        self._known[:, 1] = sizes
        self._done = np.zeros(len(sizes))
        self._events: list[list[tuple[float, ...]]] = [[] for _ in sizes]

    @property
    def seconds(self) -> float:
        """Seconds since the search began."""
        return time.perf_counter() - self.begun

    @property
    def left(self) -> float:
        """Seconds left until the time limit."""
        return max(0.0, self.limit - self.seconds)

    def go_on(self) -> bool:
        """Whether to go on: not cancelled, the process not asked to stop, and time left."""
        if self.stopped is None and asked():
            self.stopped = "cancelled"
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
        with self._lock:
            money = [None if value is None else value * self._unit for value in (cost, cost_bound)]
            for column, value in enumerate((covered, covered_bound, *money)):
                if value is not None:
                    self._known[part, column] = value
            if done is not None:
                self._done[part] = max(done, self._done[part])
            known = tuple(float(value) for value in self._known[part])
            events = self._events[part]
            if not events or events[-1][1:] != known:
                events.append((self.seconds, *known))
            if self.callback is not None and self.stopped is None:
                try:
                    if self.callback(self.now()) is False:
                        self.stopped = "cancelled"
                except Cancelled:
                    self.stopped = "cancelled"
        return self.go_on()

    def now(self) -> SearchProgress:
        """Where the search stands."""
        total = float(self._weight.sum())
        fraction = float((self._weight * self._done).sum() / total) if total else 1.0
        covered, covered_bound, cost, cost_bound = (float(value) for value in self._known.sum(axis=0))
        return SearchProgress(int(covered), int(covered_bound), cost, cost_bound, min(1.0, fraction), self.seconds)

    def trace(self) -> pd.DataFrame:
        """What was known when: seconds, covered, covered_bound, cost, cost_bound; one part after the other.

        Parts that were searched side by side stand in their own order, not in that of the clock, so that all but
        the seconds are the same in every run.
        """
        rows: list[tuple[float, ...]] = []
        base = np.zeros(4)
        base[1] = self._weight.sum()
        latest = 0.0
        for events, size in zip(self._events, self._weight, strict=True):
            base[1] -= size
            for seconds, *known in events:
                latest = max(latest, seconds)
                row = (latest, *(base + known))
                if not rows or row[1:] != rows[-1][1:]:
                    rows.append(row)
            base = base + (events[-1][1:] if events else (0.0, size, 0.0, 0.0))
        names = ("seconds", "covered", "covered_bound", "cost", "cost_bound")
        frame = pd.DataFrame(rows, columns=list(names), dtype="float64")
        return frame.astype({"covered": "int64", "covered_bound": "int64"})
