"""What stands in a file, whatever its kind: headers, cells, row numbers, and cells that the file shows to be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import Fault, RegisterError
from workbench.labels import text
from workbench.privacy import masked


class CellMark(NamedTuple):
    """A cell that the file shows to be wrong: the fault's code, the positions of row and column, the value.

    Without a column's position (None) the whole row is meant.
    """

    code: str
    position: int
    place: int | None
    value: object = ""
    details: Mapping[str, object] = MappingProxyType({})


class FileTable(NamedTuple):
    """What stands in a file.

    Attributes
    ----------
    headers
        the columns' headers, trimmed; they may be wrong or there twice.
    cells
        the rows below, columns numbered from 0.
    rows
        each row's number in the file, as the planner sees it; shape (rows,).
    marks
        cells that the file itself shows to be wrong.
    """

    headers: list[str]
    cells: pd.DataFrame
    rows: npt.NDArray[np.int64]
    marks: tuple[CellMark, ...] = ()


def shown_name(path: Path) -> str:
    """A file's name as a message may show it: without its folder, which is the machine's business."""
    name = masked(path.name) or "."
    return name if len(name) <= 80 else name[:79] + "…"


def refuse(path: Path, code: str, **details: object) -> RegisterError:
    """The error of a file that cannot be read at all."""
    return RegisterError(
        text("error.register_file", name=shown_name(path)), [Fault(code, shown_name(path), details=details)]
    )


def tidy(
    headers: list[str],
    cells: pd.DataFrame,
    rows: npt.NDArray[np.int64],
    path: Path,
    marks: Sequence[CellMark] = (),
) -> FileTable:
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
        CellMark(
            mark.code,
            int(new_row[mark.position]),
            None if mark.place is None else new_column[mark.place],
            mark.value,
            mark.details,
        )
        for mark in marks
    )
    return FileTable([headers[place] for place in columns], kept, rows[lines], moved)


def frame_table(frame: pd.DataFrame) -> FileTable:
    """A table in memory: rows are numbered from 1; an index named `org_id` is a column like the others."""
    if frame.index.name == "org_id":
        frame = frame.reset_index(allow_duplicates=True)
    headers = [str(header).strip() for header in frame.columns]
    cells = frame.set_axis(range(len(headers)), axis=1).reset_index(drop=True)
    return FileTable(headers, cells, np.arange(1, len(cells) + 1))
