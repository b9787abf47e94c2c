"""What is said of a ledger: each finding at its sheet, row and column, and each change by what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from workbench.errors import Fault
from workbench.inputs.ledger.sheets import letter
from workbench.inputs.register import shown
from workbench.labels import text

Severity = Literal["fault", "finding", "note"]
#: In the order of their weight.
SEVERITIES: Final = ("fault", "finding", "note")


@dataclass(frozen=True)
class Note:
    """One thing said of a ledger.

    Attributes
    ----------
    severity
        fault (the ledger is refused), finding (a person should look), note (what was done, to be known).
    code
        its name in the labels table: ``fault.<code>.rule`` and ``.repair``.
    sheet, row, at
        where: the sheet's name, the row as Excel counts it and the column from 0; None where it is all of them.
    header
        what the column is called there.
    value
        what stands there, fit to be shown.
    details
        what the sentences fill in.
    """

    severity: Severity
    code: str
    sheet: str = ""
    row: int | None = None
    at: int | None = None
    header: str = ""
    value: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """What should be so, in the language in use."""
        return text(f"fault.{self.code}.rule", **self.details)

    @property
    def repair(self) -> str:
        """What to do, in the language in use."""
        return text(f"fault.{self.code}.repair", **self.details)

    @property
    def letter(self) -> str:
        """The column's letters, "" where it is none."""
        return "" if self.at is None else letter(self.at)

    @property
    def place(self) -> str:
        """Where, in words."""
        parts = []
        if self.sheet:
            parts.append(text("place.sheet", sheet=shown(self.sheet)))
        if self.row is not None:
            parts.append(text("place.row", row=self.row))
        if self.at is not None:
            parts.append(text("place.ledger_column", letter=self.letter, header=shown(self.header)))
        return ", ".join(parts) or text("place.file")

    def fault(self) -> Fault:
        """As one fault of an error."""
        return Fault(self.code, self.place, self.value, self.details)


@dataclass(frozen=True)
class NotedChange:
    """What was read otherwise than it stands: the column, what was done, an example, and the rows."""

    sheet: str
    at: int
    header: str
    code: str
    before: str
    after: str
    rows: tuple[int, ...]


def table(notes: Sequence[Note]) -> pd.DataFrame:
    """Notes as a table: severity, sheet, row, column (letters, as Excel has them), value, rule, repair."""
    frame = pd.DataFrame(
        [(each.severity, each.sheet, each.row, each.letter, each.value, each.rule, each.repair) for each in notes],
        columns=["severity", "sheet", "row", "column", "value", "rule", "repair"],
    )
    return frame.astype({name: "str" for name in frame.columns if name != "row"} | {"row": "Int64"})


def in_order(notes: Sequence[Note], sheets: Sequence[str]) -> list[Note]:
    """The heaviest first, then as a reader meets them."""
    turn = {name: place for place, name in enumerate(sheets)}
    return sorted(
        notes,
        key=lambda each: (
            SEVERITIES.index(each.severity),
            turn.get(each.sheet, -1),
            -1 if each.row is None else each.row,
            -1 if each.at is None else each.at,
        ),
    )
