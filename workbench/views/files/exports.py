"""Single tables as files: CSV or XLSX by the name's ending, safe to open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from workbench.errors import StoreError
from workbench.files import written_beside
from workbench.labels import text
from workbench.views.formats import Sheet, workbook_bytes

KINDS = (".csv", ".xlsx")
#: Signs with which a spreadsheet program takes text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def refuse_kind(path: Path, known: Sequence[str]) -> None:
    """Say early that a file of that ending cannot be written.

    Raises
    ------
    StoreError
        the ending is none of `known`.
    """
    if path.suffix.lower() not in known:
        raise StoreError(text("error.table_kind", path=str(path), suffix=path.suffix or "–", known=", ".join(known)))


def write_table(table: pd.DataFrame, path: Path) -> Path:
    """Write a table of text and numbers to CSV or XLSX; the file is whole or not there.

    Text that a spreadsheet program would run as a formula gets an apostrophe before it in CSV, and stays as
    it is in XLSX.

    Raises
    ------
    StoreError
        another ending, or the place cannot be written.
    """
    refuse_kind(path, KINDS)
    if path.suffix.lower() == ".csv":
        safe = table.map(_harmless).rename(columns=_harmless)
        content = safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    else:
        sorts = {
            column: "number" if pd.api.types.is_numeric_dtype(table[column]) else "text" for column in table.columns
        }
        columns = [(column, column, sorts[column]) for column in table.columns]
        content = workbook_bytes([Sheet("1", table, columns)], date(2000, 1, 1))
    with written_beside(path) as temporary:
        temporary.write_bytes(content)
    return path


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
