"""Any result as an Excel file: what it says, then every table it holds, a sheet each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.arguments import as_path
from workbench.files import written_beside
from workbench.labels import table as labels
from workbench.labels import text
from workbench.shown import Shown
from workbench.views.files.exports import refuse_kind
from workbench.views.formats import Sheet, workbook_bytes

#: Rows that a sheet can hold, without its head.
MOST_SHEET_ROWS = 1_048_575


def to_excel(result: Shown, path: str | Path) -> Path:
    """Write a result to an Excel file, beside and then renamed: its summary, then a sheet per table.

    Parameters
    ----------
    result
        anything that the workbench computes: an outcome, a gap, an allocation, a comparison, a grouping, ….
    path
        ends with .xlsx.

    Returns
    -------
    Path
        the file.

    Raises
    ------
    StoreError
        another ending, or the place cannot be written.
    """
    place = as_path(path)
    refuse_kind(place, (".xlsx",))
    if not isinstance(result, Shown):
        raise TypeError(text("error.no_result", found=type(result).__name__))
    said = pd.DataFrame({"summary": result.summary().splitlines()}, dtype="str")
    sheets = [Sheet(text("sheet.summary"), said, [("summary", text("sheet.summary"), "text")])]
    for name, table in tables_of(result):
        sheets.append(_sheet(name, table))
    with written_beside(place) as temporary:
        temporary.write_bytes(workbook_bytes(sheets, date(2000, 1, 1)))
    return place


def tables_of(result: Shown) -> Iterator[tuple[str, pd.DataFrame]]:
    """The public frames and series of a result, by attribute; the register and what it computes for itself apart."""
    for name in sorted(dir(result)):
        if name.startswith("_") or name in ("register", "shown_table", "shown_figure"):
            continue
        value = getattr(result, name)
        if isinstance(value, pd.Series):
            value = value.to_frame()
        if isinstance(value, pd.DataFrame) and len(value.columns):
            yield name, value


def _sheet(name: str, table: pd.DataFrame) -> Sheet:
    named = any(level is not None for level in table.index.names)
    shown = table.reset_index() if named else table
    shown = shown.head(MOST_SHEET_ROWS).copy()
    shown.columns = pd.Index(["/".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in shown])
    for column in shown.columns:
        if shown[column].dtype == object:
            shown[column] = shown[column].map(_plain)
    return Sheet(name[:31], shown, [(column, _heading(column), _sort(shown[column])) for column in shown.columns])


def _heading(column: str) -> str:
    """The words for a column where the workbench has any, else its own name."""
    return text(f"column.{column}") if f"column.{column}" in labels() else column


def _sort(column: pd.Series[Any]) -> str:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if pd.api.types.is_bool_dtype(column):
        return "mixed"
    return "number" if pd.api.types.is_numeric_dtype(column) else "text"


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float)) or value is None else str(value)
