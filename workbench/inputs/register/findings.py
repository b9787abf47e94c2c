"""Faults of a register while they are collected: by position and column, put in order and in words last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.errors import Fault, RegisterError
from workbench.inputs.register.columns import ORDER
from workbench.inputs.register.values import cell_text
from workbench.labels import text
from workbench.privacy import masked

#: Longer values are cut when they are shown.
SHOWN = 40


def shown(value: object) -> str:
    """A value as a message may show it: without personal numbers, on one line, not too long."""
    plain = " ".join(masked(cell_text(value)).split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


@dataclass(frozen=True)
class Finding:
    """One fault: its code, the row's position (None: no single row), the column ("": none), the value."""

    code: str
    position: int | None
    column: str
    value: object
    details: dict[str, object]


@dataclass
class Findings:
    """All faults found so far.

    Attributes
    ----------
    rows
        for each row of the table its number as the planner sees it; shape (rows,).
    """

    rows: npt.NDArray[np.int64]
    found: list[Finding] = field(default_factory=list)
    sealed: set[tuple[int | None, str]] = field(default_factory=set)

    def add(self, code: str, position: int | None, column: str, value: object = "", **details: object) -> None:
        """One fault."""
        if (position, column) in self.sealed:
            return
        self.found.append(Finding(code, position, column, value, details))

    def seal(self, code: str, position: int, column: str, value: object, **details: object) -> None:
        """One fault that explains its cell: no other is reported there."""
        self.add(code, position, column, value, **details)
        self.sealed.add((position, column))

    def add_where(
        self,
        code: str,
        where: npt.NDArray[np.bool_],
        column: str,
        values: Sequence[Any] | Any,
        **details: object,
    ) -> None:
        """A fault for each row where `where` is true; `values` is as long as the table."""
        for position in np.flatnonzero(where):
            self.add(code, int(position), column, values[int(position)], **details)

    def flagged(self, column: str) -> npt.NDArray[np.bool_]:
        """Which rows have a fault in a column: rules between columns leave them alone; shape (rows,)."""
        bad = np.zeros(len(self.rows), dtype=np.bool_)
        bad[[f.position for f in self.found if f.column == column and f.position is not None]] = True
        return bad

    def faults(self) -> list[Fault]:
        """The faults in the order a reader meets them: of the whole file, then row by row, left to right."""

        def order(finding: Finding) -> tuple[int, int]:
            position = -1 if finding.position is None else finding.position
            return position, ORDER.get(finding.column, len(ORDER))

        return [self._fault(finding) for finding in sorted(self.found, key=order)]

    def _fault(self, finding: Finding) -> Fault:
        if finding.position is not None:
            row = int(self.rows[finding.position])
            place = text("place.cell" if finding.column else "place.row", row=row, column=finding.column)
        elif finding.column:
            place = text("place.column", column=shown(finding.column))
        else:
            place = text("place.file")
        return Fault(finding.code, place, shown(finding.value), finding.details)

    def raise_if_any(self, name: str | None) -> None:
        """Raise one `RegisterError` with every fault, if there are any; a register in memory has no name."""
        if self.found:
            key = "error.register_frame" if name is None else "error.register"
            raise RegisterError(text(key, name=shown(name), count=len(self.found)), self.faults())
