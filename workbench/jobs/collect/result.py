"""What collecting gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pandas as pd

from workbench.inputs.ledger import called
from workbench.jobs.collect.changes import KINDS, is_flag
from workbench.jobs.collect.handed_in import HandedIn
from workbench.labels import text
from workbench.numbers import iso_date
from workbench.shown import Shown

#: A notice names so many organizations of a kind of change, and counts the rest.
CHANGES_NAMED = 50


@dataclass(frozen=True, repr=False)
class Collection(Shown):
    """Many ledgers as one register.

    Attributes
    ----------
    register
        the register of this week.
    ledgers
        per ledger: unit, file, verdict (accept, findings, refuse), organizations, faults, findings.
    findings
        everything said of them: unit, file, severity, sheet, row, column, value, rule, repair; what concerns two
        ledgers stands with the one whose row was not taken.
    changes
        against last week's register: org_id, column, before, now, change, responsible, name; empty without one.
    missing
        units that handed nothing in.
    as_of
        the register's date; None where none was given.
    handed_in
        the ledgers as they were read.
    """

    shown_table: ClassVar[str] = "ledgers"

    register: pd.DataFrame
    ledgers: pd.DataFrame
    findings: pd.DataFrame
    changes: pd.DataFrame
    missing: tuple[str, ...]
    as_of: date | None
    handed_in: tuple[HandedIn, ...]

    def summary(self) -> str:
        """In a few lines: ledgers, organizations, who is missing, what changed."""
        lines = [
            text(
                "collect.summary",
                ledgers=len(self.ledgers),
                refused=int((self.ledgers["verdict"] == "refuse").sum()),
                organizations=len(self.register),
            )
        ]
        if self.missing:
            lines.append(text("collect.missing", units=text("collect.and").join(self.missing), count=len(self.missing)))
        counts = self.changes["change"].value_counts()
        told = [text(f"collect.count.{kind}", count=int(counts[kind])) for kind in KINDS if kind in counts]
        if told:
            lines.append(text("collect.changes", changes=text("collect.and").join(told)))
        return "\n".join(lines)

    def notice(self, unit: str | None = None) -> str:
        """The note of what changed since last week (变更说明), of one unit or of all."""
        changes = self.changes if unit is None else self.changes[self.changes["responsible"] == unit]
        who = unit or text("collect.whole_city")
        title = text("collect.notice", unit=who, date=iso_date(self.as_of) if self.as_of else "").strip()
        if changes.empty:
            return f"{title}\n{text('collect.nothing_changed')}"
        lines = [title]
        for kind in KINDS:
            these = changes[changes["change"] == kind]
            if these.empty:
                continue
            lines.append(text(f"collect.kind.{kind}", count=these["org_id"].nunique()))
            lines += [f"  {_line(row)}" for row in these.head(CHANGES_NAMED).itertuples(index=False)]
            if len(these) > CHANGES_NAMED:
                lines.append("  " + text("collect.more", count=len(these) - CHANGES_NAMED))
        return "\n".join(lines)


def _line(change: object) -> str:
    row = change._asdict()  # type: ignore[attr-defined]
    who = f"{row['name']}（{row['org_id']}）" if isinstance(row["name"], str) and row["name"] else str(row["org_id"])
    if row["change"] in ("new", "gone", "formed"):
        return who
    before, now = (_words(row["column"], row[side]) for side in ("before", "now"))
    return text("collect.line", who=who, column=called(row["column"]), before=before, now=now)


def _words(column: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        return text("collect.empty")
    if is_flag(column):
        return text("collect.yes" if value == "true" else "collect.no")
    return value
