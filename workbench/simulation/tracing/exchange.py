"""A trace's numbers as the kernel takes them: the way in and out for another implementation of the model.

`trace` shows tables that people read; `kernel.serve` takes plain arrays, one responsible unit a call. Whoever compares
a simulation of their own gets the same arrays from here, and gives the same times back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.labels import text
from workbench.simulation.kernel import APPROVALS, FOUNDS, HAPPENINGS, STATES, serve
from workbench.simulation.setup import KINDS, OUTREACH

if TYPE_CHECKING:
    from workbench.simulation.tracing.trace import Trace


def responsible_units_of(trace: Trace) -> list[str]:
    """The responsible units whose pools have cases, by name."""
    return sorted(set(trace.cases["responsible"]))


def kernel_inputs(trace: Trace, responsible: str) -> dict[str, Any]:
    """What `kernel.serve` takes for one responsible unit of a trace.

    Parameters
    ----------
    trace
        what `workbench.trace` gave, or any object with frames of the same columns: times are not read.
    responsible
        one that has cases.

    Returns
    -------
    dict[str, Any]
        the keyword arguments of `serve`, arrays in the order of the responsible unit's rows in ``trace.cases``.

    Raises
    ------
    ValueError
        no case is in this responsible unit's pool.
    """
    return _Columns(trace).of(responsible)


class _Columns:
    """A trace's tables as arrays: taken out once, so that each responsible unit costs little."""

    def __init__(self, trace: Trace) -> None:
        cases, slots, meetings = trace.cases, trace.slots, trace.meetings
        if "called" in meetings:  # what comes out of the kernel does not go in
            meetings = meetings[~meetings["called"].to_numpy(dtype=bool)]
        attempts = range(1, 1 + sum(name.startswith("prep_") for name in cases.columns))
        founds = (cases["kind"] == KINDS[OUTREACH]).to_numpy()
        approval = np.array([APPROVALS[word] for word in cases["approval"]], dtype=np.int64)
        names = ("release", "priority", "rank", "max_attempts", "retry_delay", "election_lag")
        begun: dict[str, NDArray[Any]] = {}
        if "state" in cases:
            begun = {
                "state": np.array([STATES.index(word) for word in cases["state"]], dtype=np.int64),
                "since": cases["since"].to_numpy(),
                "attempts_before": cases["attempts_before"].to_numpy(),
            }
        self.responsible = cases["responsible"].to_numpy()
        self._settings = trace.settings
        #: What is to be cut to a responsible unit's rows, with the responsible unit of each row.
        self._tables: list[tuple[NDArray[Any], dict[str, NDArray[Any]]]] = [
            (
                self.responsible,
                {
                    **{name: cases[name].to_numpy() for name in names},
                    "preparation": np.column_stack([cases[f"prep_{k}"].to_numpy() for k in attempts]),
                    # Beyond a case's last attempt there is nothing to read; a table may hold NaN there.
                    "success": np.column_stack(
                        [cases[f"success_{k}"].to_numpy(dtype=np.float64) == 1.0 for k in attempts]
                    ),
                    "approval": np.where(founds, FOUNDS, approval),
                    **begun,
                },
            ),
            (
                slots["responsible"].to_numpy(),
                {"slot_start": slots["start"].to_numpy(), "slot_stop": slots["stop"].to_numpy()},
            ),
            (
                meetings["responsible"].to_numpy(),
                {"meeting_day": meetings["day"].to_numpy(dtype=np.float64), "agenda": meetings["agenda"].to_numpy()},
            ),
        ]

    def of(self, responsible: str) -> dict[str, Any]:
        """The keyword arguments of `serve` for a responsible unit."""
        if not (self.responsible == responsible).any():
            raise ValueError(text("error.trace_responsible", responsible=responsible))
        cut = {name: column[where == responsible] for where, table in self._tables for name, column in table.items()}
        settings: dict[str, Any] = {
            "notice": float(self._settings["notice"]),
            "horizon": float(self._settings["horizon_day"]) + 1.0,
            "t0": float(self._settings.get("t0", 0.0)),
        }
        on_demand = self._settings.get("on_demand")
        if isinstance(on_demand, Mapping):
            on_demand = on_demand.get(responsible)
        if on_demand is not None:
            agendas = self._settings["called_agenda"]
            settings |= {"on_demand": tuple(on_demand), "called_agenda": float(agendas[responsible])}
        return cut | settings


def serve_trace(trace: Trace) -> pd.DataFrame:
    """The kernel's answer to a trace's inputs, responsible unit by responsible unit: its times once more, bit for bit.

    Returns
    -------
    DataFrame : dispatched, filed, approved, formed, mass_org (float, NaN where it never happened) and attempts, one row
        a row of ``trace.cases``, with its index.

    Examples
    --------
    >>> import workbench as wb
    >>> shown = wb.trace(wb.make_city(60, 2, seed=1), wb.Scenario(), replication=3)
    >>> again = serve_trace(shown)
    >>> bool(again["formed"].equals(shown.cases["formed"]))
    True
    """
    answer = {name: np.full(len(trace.cases), np.nan) for name in HAPPENINGS}
    columns = _Columns(trace)
    for responsible in responsible_units_of(trace):
        served = serve(**columns.of(responsible))
        for name in HAPPENINGS:
            answer[name][columns.responsible == responsible] = getattr(served, name)
    return pd.DataFrame(answer, index=trace.cases.index).astype({"attempts": "int64"})
