"""Which slot worked on which attempt, and what waited: a trace played again, by the rule of MODEL §5.2 as written.

A trace tells when a case was first started and when it was filed, not where. This is the rule once more, plain and
slow, for one replication that somebody looks at; the tests hold it to the times of the trace.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from workbench.simulation.tracing.trace import Trace

_TYPES = {
    "responsible": "str",
    "slot": "int64",
    "case": "str",
    "kind": "str",
    "attempt": "int64",
    "waits_from": "float64",
    "start": "float64",
    "end": "float64",
    "success": "bool",
}


def replay(trace: Trace, responsible: str | None = None) -> pd.DataFrame:
    """Every attempt of one replication, with the slot that worked on it.

    Parameters
    ----------
    trace
        what `simulation.trace` gave.
    responsible
        one responsible unit only; by default all.

    Returns
    -------
    DataFrame : one row an attempt that was started, by responsible unit and start: responsible unit, slot (0 … within
    the responsible unit, as in
        ``trace.slots``), case, kind, attempt (1, 2, …), waits_from (the release that it started from), start, end
        (may lie beyond the horizon), success. Working-day times.
    """
    wanted = sorted(set(trace.cases["responsible"])) if responsible is None else [responsible]
    rows = [row for name in wanted for row in _responsible(trace, name)]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


def _responsible(trace: Trace, responsible: str) -> list[dict[str, Any]]:
    horizon = trace.settings["horizon_day"] + 1
    cases = trace.cases[trace.cases["responsible"] == responsible].to_dict("records")
    slots = trace.slots[trace.slots["responsible"] == responsible]
    windows = list(zip(slots["start"].tolist(), slots["stop"].tolist(), strict=True))
    free_from = [float("-inf")] * len(windows)
    begun = [0] * len(cases)
    coming = [(float(case["release"]), number) for number, case in enumerate(cases)]
    heapify(coming)
    waiting: list[tuple[int, float, int, int]] = []  # priority, release, rank, number of the case
    rows: list[dict[str, Any]] = []
    now = float("-inf")
    while True:
        due = [coming[0][0]] if coming else []
        if waiting:
            due += [time for time in (*free_from, *(opens for opens, _ in windows)) if time > now]
        now = min(due, default=horizon)
        if not now < horizon:
            return rows
        while True:
            while coming and coming[0][0] <= now:
                since, number = heappop(coming)
                heappush(waiting, (cases[number]["priority"], since, cases[number]["rank"], number))
            idle = [
                slot for slot, (opens, closes) in enumerate(windows) if opens <= now < closes and free_from[slot] <= now
            ]
            if not (waiting and idle):
                break
            _, since, _, number = heappop(waiting)
            case, slot = cases[number], idle[0]
            begun[number] += 1
            end = now + float(case[f"prep_{begun[number]}"])
            success = bool(case[f"success_{begun[number]}"])
            free_from[slot] = end
            values = (responsible, slot, case["case"], case["kind"], begun[number], since, now, end, success)
            rows.append(dict(zip(_TYPES, values, strict=True)))
            if not success and begun[number] < case["max_attempts"]:
                heappush(coming, (end + float(case["retry_delay"]), number))
