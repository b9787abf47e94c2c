"""Files of a register: CSV, Parquet and XLSX in, CSV out. Text stays text; nothing is guessed here."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from workbench.files import reason_of
from workbench.inputs.register.encoding import decoded
from workbench.inputs.register.table import CellMark, FileTable, frame_table, refuse, tidy
from workbench.numbers import thousands

#: More than this is no register: rows (as many organizations as `make_city` makes), columns, bytes of a file.
MOST_REGISTER_ROWS = 1_000_000
MOST_REGISTER_COLUMNS = 512
MOST_REGISTER_BYTES = 1_000_000_000
SUFFIXES = (".csv", ".parquet", ".xlsx")


def read_table(path: Path) -> FileTable:
    """Read a file into cells.

    Raises
    ------
    RegisterError
        there is no such file, it is a folder, of another kind, unreadable, or empty.
    """
    suffix = path.suffix.lower()
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refuse(path, "file_is_folder")
        if not path.is_file():
            raise refuse(path, "file_not_regular")
        if suffix not in SUFFIXES:
            raise refuse(path, "file_kind", suffix=path.suffix or "-", known=", ".join(SUFFIXES))
        if size == 0:
            raise refuse(path, "file_empty")
        if size > MOST_REGISTER_BYTES:
            raise refuse(path, "file_large", size=thousands(size / 1e6), most=thousands(MOST_REGISTER_BYTES / 1e6))
        if not path.is_file():
            raise refuse(path, "file_unreadable", reason=path.suffix)
        if suffix == ".csv":
            return _read_csv(path)
        if suffix == ".parquet":
            return _read_parquet(path)
        from workbench.inputs.register.workbook import read_workbook

        return read_workbook(path)
    except FileNotFoundError as error:
        raise refuse(path, "file_missing") from error
    except OSError as error:
        raise refuse(path, "file_unreadable", reason=reason_of(error)) from error


# --- CSV --------------------------------------------------------------------------------------------------


_BLANK_LINES: Final = re.compile(r"(?:[ \t,]*\r?\n)+")


def _read_csv(path: Path) -> FileTable:
    content = decoded(path)
    # Blank lines may stand above the header; Excel counts them as rows, and so do we.
    blank = _BLANK_LINES.match(content)
    body = content[blank.end() :] if blank else content
    above = blank.group().count("\n") if blank else 0
    first = body.split("\n", 1)[0]
    if first.count(",") >= MOST_REGISTER_COLUMNS:
        raise refuse(path, "too_many_columns", most=MOST_REGISTER_COLUMNS)
    for separator, name in (("\t", "Tab"), (";", ";")):
        if separator in first and "," not in first:
            raise refuse(path, "file_separator", separator=name)
    cells, marks = _split(path, body)
    cells = pd.DataFrame({place: cells[place].str.strip() for place in cells})
    rows = np.arange(2, len(cells) + 1, dtype=np.int64) + above
    return tidy(list(cells.iloc[0]), cells.iloc[1:].reset_index(drop=True), rows, path, marks)


def _split(path: Path, body: str) -> tuple[pd.DataFrame, list[CellMark]]:
    """Cells of all lines, the header's first; a line with more cells than the header is cut and marked."""
    try:
        cells = pd.read_csv(
            io.StringIO(body),
            header=None,
            dtype="str",
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
        )
        return cells.fillna(""), []
    except pd.errors.EmptyDataError as error:
        raise refuse(path, "file_empty") from error
    except pd.errors.ParserError:
        # The fast reader stops at the first line that is too long; this one finds them all.
        return _split_slowly(path, body)


def _split_slowly(path: Path, body: str) -> tuple[pd.DataFrame, list[CellMark]]:
    try:
        lines = list(csv.reader(io.StringIO(body, newline=""), strict=True))
    except csv.Error as error:
        raise refuse(path, "quotes_unclosed") from error
    width = len(lines[0])
    marks = [
        CellMark("row_too_long", position, None, "", {"cells": len(line), "width": width})
        for position, line in enumerate(lines[1:])
        if len(line) > width and any(cell.strip() for cell in line[width:])
    ]
    cut = [line[:width] + [""] * (width - len(line)) for line in lines]
    return pd.DataFrame(cut, columns=range(width), dtype="str"), marks


# --- Parquet ----------------------------------------------------------------------------------------------


def _look_at_parquet(path: Path, said: Any) -> None:
    """Refuse before reading what the file itself says is too much: equal values take no room in it."""
    size = sum(said.row_group(group).total_byte_size for group in range(said.num_row_groups))
    if said.num_rows > MOST_REGISTER_ROWS:
        raise refuse(path, "too_many_rows", most=thousands(MOST_REGISTER_ROWS))
    if said.num_columns > MOST_REGISTER_COLUMNS:
        raise refuse(path, "too_many_columns", most=MOST_REGISTER_COLUMNS)
    if size > MOST_REGISTER_BYTES:
        raise refuse(path, "file_bomb", size=thousands(size / 1e6))


def _read_parquet(path: Path) -> FileTable:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            _look_at_parquet(path, file.metadata)
            table = file.read()
        table.validate(full=True)
        # What pandas left in the file about itself is not needed: the columns say all.
        frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, LookupError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise refuse(path, "file_broken") from error
    return frame_table(frame)
