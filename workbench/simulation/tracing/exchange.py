"""A trace's numbers as the kernel takes them: the way in and out for another implementation of the model.

`trace` shows tables that people read; `kernel.serve` takes plain arrays, one street a call. Whoever compares a
simulation of their own gets the same arrays from here, and gives the same times back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.labels import text
from workbench.simulation.kernel import APPROVALS, FOUNDS, Served, serve
from workbench.simulation.setup import KINDS, OUTREACH

if TYPE_CHECKING:
    from workbench.simulation.tracing.trace import Trace


def streets_of(trace: Trace) -> list[str]:
    """The streets whose pools have cases, by name."""
    return sorted(set(trace.cases["street"]))


def kernel_inputs(trace: Trace, street: str) -> dict[str, Any]:
    """What `kernel.serve` takes for one street of a trace.

    Parameters
    ----------
    trace
        what `workbench.trace` gave, or any object with frames of the same columns: times are not read.
    street
        one that has cases.

    Returns
    -------
    dict[str, Any]
        the keyword arguments of `serve`, arrays in the order of the street's rows in ``trace.cases``.

    Raises
    ------
    ValueError
        no case is in this street's pool.
    """
    return _Columns(trace).of(street)


class _Columns:
    """A trace's tables as arrays: taken out once, so that each street costs little."""

    def __init__(self, trace: Trace) -> None:
        cases, slots, meetings = trace.cases, trace.slots, trace.meetings
        attempts = range(1, 1 + sum(name.startswith("prep_") for name in cases.columns))
        founds = (cases["kind"] == KINDS[OUTREACH]).to_numpy()
        approval = np.array([APPROVALS[word] for word in cases["approval"]], dtype=np.int64)
        names = ("release", "priority", "rank", "max_attempts", "retry_delay", "election_lag")
        self.street = cases["street"].to_numpy()
        self._settings = trace.settings
        #: What is to be cut to a street's rows, with the street of each row.
        self._tables: list[tuple[NDArray[Any], dict[str, NDArray[Any]]]] = [
            (
                self.street,
                {
                    **{name: cases[name].to_numpy() for name in names},
                    "preparation": np.column_stack([cases[f"prep_{k}"].to_numpy() for k in attempts]),
                    # Beyond a case's last attempt there is nothing to read; a table may hold NaN there.
                    "success": np.column_stack(
                        [cases[f"success_{k}"].to_numpy(dtype=np.float64) == 1.0 for k in attempts]
                    ),
                    "approval": np.where(founds, FOUNDS, approval),
                },
            ),
            (
                slots["street"].to_numpy(),
                {"slot_start": slots["start"].to_numpy(), "slot_stop": slots["stop"].to_numpy()},
            ),
            (
                meetings["street"].to_numpy(),
                {"meeting_day": meetings["day"].to_numpy(dtype=np.float64), "agenda": meetings["agenda"].to_numpy()},
            ),
        ]

    def of(self, street: str) -> dict[str, Any]:
        """The keyword arguments of `serve` for a street."""
        if not (self.street == street).any():
            raise ValueError(text("error.trace_street", street=street))
        cut = {name: column[where == street] for where, table in self._tables for name, column in table.items()}
        settings = {"notice": float(self._settings["notice"]), "horizon": float(self._settings["horizon_day"]) + 1.0}
        return cut | settings


def serve_trace(trace: Trace) -> pd.DataFrame:
    """The kernel's answer to a trace's inputs, street by street: its times once more, bit for bit.

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
    answer = {name: np.full(len(trace.cases), np.nan) for name in Served._fields}
    columns = _Columns(trace)
    for street in streets_of(trace):
        for name, times in serve(**columns.of(street))._asdict().items():
            answer[name][columns.street == street] = times
    return pd.DataFrame(answer, index=trace.cases.index).astype({"attempts": "int64"})
