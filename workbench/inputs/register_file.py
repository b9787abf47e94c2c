"""Files of a register: CSV, Parquet and XLSX in, CSV out. Text stays text; nothing is guessed here."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import Fault, RegisterError
from workbench.inputs.register_schema import COLUMNS
from workbench.labels import text

SUFFIXES = (".csv", ".parquet", ".xlsx")


class Mark(NamedTuple):
    """A cell that the file shows to be wrong: the fault's code, the positions of row and column, the value.

    Without a column's position (None) the whole row is meant.
    """

    code: str
    position: int
    place: int | None
    value: object = ""
    details: Mapping[str, object] = MappingProxyType({})


class Table(NamedTuple):
    """What stands in a file.

    Attributes
    ----------
    headers : the columns' headers, trimmed; they may be wrong or there twice.
    cells : the rows below, columns numbered from 0.
    rows : each row's number in the file, as the planner sees it; shape (rows,).
    marks : cells that the file itself shows to be wrong.
    """

    headers: list[str]
    cells: pd.DataFrame
    rows: npt.NDArray[np.int64]
    marks: tuple[Mark, ...] = ()


def refuse(path: Path, code: str, **details: object) -> RegisterError:
    """The error of a file that cannot be read at all."""
    return RegisterError(text("error.register_file", name=path.name), [Fault(code, str(path), details=details)])


def read_table(path: Path) -> Table:
    """Read a file into cells.

    Raises
    ------
    RegisterError : there is no such file, it is a folder, of another kind, unreadable, or empty.
    """
    suffix = path.suffix.lower()
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refuse(path, "file_is_folder")
        if suffix not in SUFFIXES:
            raise refuse(path, "file_kind", suffix=path.suffix or "-", known=", ".join(SUFFIXES))
        if size == 0:
            raise refuse(path, "file_empty")
        if suffix == ".csv":
            return _read_csv(path)
        if suffix == ".parquet":
            return _read_parquet(path)
        from workbench.inputs.register_workbook import read_workbook

        return read_workbook(path)
    except FileNotFoundError as error:
        raise refuse(path, "file_missing") from error
    except OSError as error:
        raise refuse(path, "file_unreadable", reason=error.strerror or type(error).__name__) from error


def tidy(
    headers: list[str],
    cells: pd.DataFrame,
    rows: npt.NDArray[np.int64],
    path: Path,
    marks: Sequence[Mark] = (),
) -> Table:
    """Drop columns and rows in which nothing stands; a cell without a header is a fault."""
    filled = np.column_stack([(cells[place] != "").to_numpy(dtype=np.bool_) for place in cells])
    for mark in marks:
        filled[mark.position] = True
    for place, header in enumerate(headers):
        stands = (cells[place] != "").to_numpy(dtype=np.bool_)
        if not header and stands.any():
            raise refuse(path, "cells_without_header", number=place + 1, row=int(rows[np.argmax(stands)]))
    columns = [place for place, header in enumerate(headers) if header]
    if not columns:
        raise refuse(path, "file_empty")
    lines = filled.any(axis=1)
    kept = pd.DataFrame({turn: cells[place].to_numpy()[lines] for turn, place in enumerate(columns)})
    new_column = {place: turn for turn, place in enumerate(columns)}
    new_row = np.cumsum(lines) - 1
    moved = tuple(
        Mark(
            mark.code,
            int(new_row[mark.position]),
            None if mark.place is None else new_column[mark.place],
            mark.value,
            mark.details,
        )
        for mark in marks
    )
    return Table([headers[place] for place in columns], kept, rows[lines], moved)


# --- CSV --------------------------------------------------------------------------------------------------


_BLANK_LINES: Final = re.compile(r"(?:[ \t,]*\r?\n)+")


def _read_csv(path: Path) -> Table:
    content = _decoded(path)
    # Blank lines may stand above the header; Excel counts them as rows, and so do we.
    blank = _BLANK_LINES.match(content)
    body = content[blank.end() :] if blank else content
    above = blank.group().count("\n") if blank else 0
    first = body.split("\n", 1)[0]
    for separator, name in (("\t", "Tab"), (";", ";")):
        if separator in first and "," not in first:
            raise refuse(path, "file_separator", separator=name)
    cells, marks = _split(path, body)
    cells = pd.DataFrame({place: cells[place].str.strip() for place in cells})
    rows = np.arange(2, len(cells) + 1, dtype=np.int64) + above
    return tidy(list(cells.iloc[0]), cells.iloc[1:].reset_index(drop=True), rows, path, marks)


def _decoded(path: Path) -> str:
    """The file's text: UTF-8 with or without a mark, else GB18030, which holds GBK and GB2312."""
    raw = path.read_bytes()
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in raw:
        # With a mark it says itself what it is: damaged UTF-8 must not pass for GB18030.
        marked = raw.startswith(b"\xef\xbb\xbf")
        for encoding in ("utf-8-sig",) if marked else ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise refuse(path, "file_encoding")


def _split(path: Path, body: str) -> tuple[pd.DataFrame, list[Mark]]:
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


def _split_slowly(path: Path, body: str) -> tuple[pd.DataFrame, list[Mark]]:
    try:
        lines = list(csv.reader(io.StringIO(body, newline=""), strict=True))
    except csv.Error as error:
        raise refuse(path, "quotes_unclosed") from error
    width = len(lines[0])
    marks = [
        Mark("row_too_long", position, None, "", {"cells": len(line), "width": width})
        for position, line in enumerate(lines[1:])
        if len(line) > width and any(cell.strip() for cell in line[width:])
    ]
    cut = [line[:width] + [""] * (width - len(line)) for line in lines]
    return pd.DataFrame(cut, columns=range(width), dtype="str"), marks


# --- Parquet ----------------------------------------------------------------------------------------------


def _read_parquet(path: Path) -> Table:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            table = file.read()
        table.validate(full=True)
        # What pandas left in the file about itself is not needed: the columns say all.
        frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, LookupError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise refuse(path, "file_broken") from error
    return frame_table(frame)


def frame_table(frame: pd.DataFrame) -> Table:
    """A table in memory: rows are numbered from 1; an index named `org_id` is a column like the others."""
    if frame.index.name == "org_id":
        frame = frame.reset_index(allow_duplicates=True)
    headers = [str(header).strip() for header in frame.columns]
    cells = frame.set_axis(range(len(headers)), axis=1).reset_index(drop=True)
    return Table(headers, cells, np.arange(1, len(cells) + 1))


# --- writing ----------------------------------------------------------------------------------------------


def write_register(register: pd.DataFrame, path: str | Path) -> Path:
    """Write a register as CSV: UTF-8 with a mark (Excel opens it right), one line a row, file order kept.

    Columns in which every cell is its default are left out; `read_register` gives the same frame back. The
    file is written beside and renamed, so that a crash leaves the old one whole. Nothing is changed on the
    way: a name that begins with ``=`` stays, since the register is data, not a spreadsheet for people.

    Parameters
    ----------
    register : a validated register.
    path : where; its folder must exist.

    Returns
    -------
    The path.
    """
    path = Path(path)
    out: dict[str, Any] = {"org_id": register.index.to_numpy(dtype=object)}
    for column in COLUMNS[1:]:
        series = register[column.name]
        if column.required or not _is_default(series, column.default):
            out[column.name] = _written(series, column.holds)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            pd.DataFrame(out).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    beside.chmod(0o644)
    beside.replace(path)
    return path


def _is_default(series: pd.Series[Any], default: int | bool | None) -> bool:
    return bool(series.isna().all()) if default is None else bool((series == default).all())


def _written(series: pd.Series[Any], holds: str) -> Any:
    if holds == "flag":
        return np.where(series.to_numpy(), "true", "false")
    if holds == "date":
        return series.dt.strftime("%Y-%m-%d").to_numpy(dtype=object)
    return series.to_numpy(dtype=object, na_value="")
