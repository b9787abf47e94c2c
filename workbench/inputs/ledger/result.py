"""What reading a ledger gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from workbench.inputs.ledger import synonyms
from workbench.inputs.ledger.headers import SURE_HEADER
from workbench.inputs.ledger.notes import table
from workbench.inputs.register import BY_NAME, shown
from workbench.labels import text
from workbench.shown import Shown

if TYPE_CHECKING:
    from workbench.inputs.ledger.headers import Label
    from workbench.inputs.ledger.read import Examination

#: What a column of another meaning gives to the register.
_GIVES = {
    synonyms.DISTRICT: "street",
    synonyms.LON_LAT: "lon, lat",
    synonyms.BRANCH_NAME: "has_branch",
    synonyms.COVERAGE: "has_branch",
    synonyms.RUNNING: "dormant",
    synonyms.STATUS: "dormant",
    synonyms.LIST: "has_mass_org",
    synonyms.INSTRUCTOR: "has_instructor",
}


@dataclass(frozen=True, repr=False)
class Ledger(Shown):
    """A ledger once read.

    Attributes
    ----------
    register
        the register: index `org_id`, as `read_register` gives it.
    findings
        everything to be looked at: severity (finding; note: what was done), sheet, row and column (as Excel counts
        them), value, rule, repair.
    warnings
        the findings of severity ``"finding"`` in words.
    mapping
        how each header was understood: sheet, letter, header, column (missing: not needed or not known), confidence,
        why.
    rows
        every row of every sheet: sheet, row, fate (taken, merged: taken with a merged range's value, dropped), why,
        org_id.
    """

    shown_table: ClassVar[str] = "findings"

    register: pd.DataFrame
    findings: pd.DataFrame
    warnings: tuple[str, ...]
    mapping: pd.DataFrame
    rows: pd.DataFrame

    @classmethod
    def of(cls, examination: Examination) -> Ledger:
        """From an examination that found no fault."""
        notes = examination.notes
        return cls(
            examination.frame.set_index("org_id"),
            table(notes),
            tuple(
                text("ledger.warning", place=note.place, value=note.value, rule=note.rule, repair=note.repair)
                for note in notes
                if note.severity == "finding"
            ),
            mapping_table(examination),
            rows_table(examination),
        )

    def summary(self) -> str:
        """One line: organizations taken, and findings."""
        return text("ledger.summary", count=len(self.register), findings=len(self.warnings))


def column_of(label: Label) -> str | None:
    """The column of the register that a header gives something to; None where it gives nothing."""
    if label.target is None or label.confidence < SURE_HEADER or label.why == "twice":
        return None
    return label.target if label.target in BY_NAME else _GIVES.get(label.target)


def why(label: Label) -> str:
    """How a header was understood, in words."""
    if label.target == synonyms.TOTAL and label.why != "settled":
        return text("ledger.why.total")
    if label.target == synonyms.NEEDLESS:
        return text("ledger.why.settled" if label.why == "settled" else "ledger.why.needless")
    return text(f"ledger.why.{label.why}")


def mapping_table(examination: Examination) -> pd.DataFrame:
    """How each header was understood."""
    frame = pd.DataFrame(
        [
            (sheet, label.letter, shown(label.header), column_of(label), label.confidence, why(label))
            for sheet, labels in examination.labels.items()
            for label in labels
        ],
        columns=["sheet", "letter", "header", "column", "confidence", "why"],
    )
    return frame.astype(dict.fromkeys(("sheet", "letter", "header", "column", "why"), "str"))


def rows_table(examination: Examination) -> pd.DataFrame:
    """What became of every row."""
    ids = dict(zip(examination.places, examination.frame["org_id"], strict=True))
    return pd.DataFrame(
        [
            (
                sheet,
                row.number,
                row.fate,
                text(f"ledger.row.{row.why}"),
                ids.get((sheet, row.number)) if row.fate != "dropped" else None,
            )
            for sheet, fates in examination.fates.items()
            for row in fates
        ],
        columns=["sheet", "row", "fate", "why", "org_id"],
    ).astype({"sheet": "str", "fate": "str", "why": "str", "org_id": "str"})
