"""The register's rules on what was read of a ledger, each finding led back to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbench.inputs.ledger.called import CalledColumn, header_of
from workbench.inputs.ledger.headers import SURE_HEADER
from workbench.inputs.ledger.notes import Note
from workbench.inputs.ledger.parts import LedgerPart, every
from workbench.inputs.ledger.synonyms import TOTAL
from workbench.inputs.register import BY_NAME, PARTS, FileTable, Finding, examined, nonsense, shown


def judged(
    frame: pd.DataFrame, places: list[tuple[str, int]], parts: list[LedgerPart], notes: list[Note]
) -> tuple[pd.DataFrame, list[Note]]:
    """The register's rules on what was read, each fault led back to its cell; then what is plausible nonsense."""
    by_sheet = {part.sheet.name: part for part in parts}
    spoilt = {(part.sheet.name, number, at) for part in parts for number, at in part.notices}
    several = len(parts) > 1
    table = FileTable(
        list(frame.columns), frame.set_axis(range(frame.shape[1]), axis=1), np.arange(len(frame), dtype=np.int64)
    )
    read, findings = examined(table)

    def note(
        severity: Any, code: str, position: int | None, column: str, value: object, details: Mapping[str, Any]
    ) -> None:
        details = dict(details)
        if isinstance(details.get("row"), int) and 0 <= details["row"] < len(places):
            sheet, row = places[details["row"]]
            details["row"] = f"{row}（{sheet}）" if several else row
        if position is None:
            label = every(parts, column)
            first = parts[0]
            notes.append(
                Note(
                    severity,
                    code,
                    first.sheet.name,
                    first.header.last,
                    label.at if label else None,
                    label.header if label else header_of(column),
                    shown(value),
                    details,
                )
            )
            return
        sheet, row = places[position]
        label = by_sheet[sheet].came.get(column)
        if label and (sheet, row, label.at) in spoilt:
            return
        notes.append(
            Note(
                severity,
                code,
                sheet,
                row,
                label.at if label else None,
                label.header if label else header_of(column),
                shown(value),
                details,
            )
        )

    for each in findings.found:
        if each.position is None and each.code in ("missing_column", "missing_column_near"):
            _missing_column(each, parts, notes)
        else:
            note("fault", each.code, each.position, each.column, each.value, each.details)
    if findings.found or any(each.severity == "fault" for each in notes):
        return read, notes
    register = read.set_index("org_id")
    twins: set[int] = set()
    for odd in nonsense(register):
        twins |= set(odd.where.tolist()) if odd.code == "entered_twice" else set()
        cells = register.index if odd.column == "org_id" else register[odd.column]
        values = cells.to_numpy(dtype=object)
        for position in odd.where.tolist():
            note(
                "finding",
                odd.code,
                position,
                odd.column,
                values[position],
                odd.details(position) if odd.details else {},
            )
    for position, other in _same_names(read):
        if position not in twins:
            note("finding", "name_again", position, "name", read["name"].iloc[position], {"other": shown(other)})
    return read, notes


def _same_names(read: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Where a name stands again in a street, and the identifier that it has there."""
    again = read[read.duplicated(["name", "street"], keep=False) & read["name"].notna()]
    for _, group in again.groupby(["name", "street"], sort=False):
        for position in group.index[1:]:
            yield int(position), str(group["org_id"].iloc[0])


def _missing_column(finding: Finding, parts: list[LedgerPart], notes: list[Note]) -> None:
    """A required column that is not there: where a header may mean it, that one is named."""
    part, name = parts[0], finding.column
    labels = [label for part in parts for label in part.header.labels]
    if name == "full_members" or name in PARTS:
        totals = [label for label in labels if label.target == TOTAL]
        if totals and name == "full_members":
            for label in totals:
                notes.append(
                    Note(
                        "fault",
                        "members_ambiguous",
                        part.sheet.name,
                        part.header.last,
                        label.at,
                        label.header,
                        shown(label.header),
                        {"header": shown(label.header), "name": CalledColumn(name)},
                    )
                )
            return
    near = [label for label in labels if label.target == name and label.confidence < SURE_HEADER]
    for label in near:
        notes.append(
            Note(
                "fault",
                "column_unsure",
                part.sheet.name,
                part.header.last,
                label.at,
                label.header,
                shown(label.header),
                {"header": shown(label.header), "meant": header_of(name), "name": CalledColumn(name)},
            )
        )
    if not near:
        notes.append(
            Note(
                "fault",
                "ledger_column_missing",
                part.sheet.name,
                part.header.last,
                None,
                header_of(name),
                "",
                {"name": CalledColumn(name), "headers": "、".join(BY_NAME[name].headers[:4])},
            )
        )
