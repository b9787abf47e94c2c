"""XLS and ODS, read by calamine in a child process: what it asks too much memory for ends the child only."""

from __future__ import annotations

import importlib.util
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from workbench.inputs.ledger.opendocument import shapes
from workbench.inputs.ledger.sheets import Book, LedgerSheet
from workbench.inputs.register import refuse
from workbench.numbers import thousands

#: What the child may take: bytes of memory and seconds.
_MEMORY: Final = 1_500_000_000
_SECONDS: Final = 60

_CHILD: Final = """
import pickle, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
except (ImportError, ValueError, OSError):
    pass
import python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
sheets = []
for meta in book.sheets_metadata:
    sheet = book.get_sheet_by_name(meta.name)
    if sheet.total_height > {rows} * 5 or sheet.total_width > 16384:
        raise SystemExit(3)
    start = sheet.start or (0, 0)
    rows = [row[:{columns}] for row in sheet.to_python(skip_empty_area=True)]
    merged = [(a, b) for a, b in (getattr(sheet, "merged_cell_ranges", None) or ())]
    sheets.append((meta.name, str(meta.visible).rpartition(".")[2] != "Visible", start, rows, merged))
sys.stdout.buffer.write(pickle.dumps(sheets))
"""


def read_other(path: Path) -> Book:
    """Read an XLS or ODS file.

    Raises
    ------
    RegisterError
        it is damaged, too large, or the reader is not installed: the message says how to save it.
    """
    from workbench.inputs.ledger.sheets import MOST_LEDGER_COLUMNS, MOST_LEDGER_ROWS

    if importlib.util.find_spec("python_calamine") is None:
        raise refuse(path, "file_save_as", suffix=path.suffix)
    # What an OpenDocument file says of itself is looked at first: it is a ZIP, and may be a bomb.
    shaped = shapes(path) if path.suffix.lower() == ".ods" else {}
    child = _CHILD.format(memory=_MEMORY, seconds=_SECONDS, rows=MOST_LEDGER_ROWS, columns=MOST_LEDGER_COLUMNS)
    try:
        run = subprocess.run([sys.executable, "-I", "-c", child, str(path)], capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise refuse(path, "file_save_as", suffix=path.suffix) from error
    if run.returncode == 3:
        raise refuse(path, "too_many_rows", most=thousands(MOST_LEDGER_ROWS))
    if run.returncode:
        raise refuse(path, "file_save_as", suffix=path.suffix)
    book = Book([_sheet(*each) for each in pickle.loads(run.stdout)])
    for sheet in book.sheets:
        if shape := shaped.get(sheet.name):
            sheet.merged, sheet.hidden_rows, sheet.hidden_columns = (
                shape.merged,
                shape.hidden_rows & sheet.rows.keys(),
                shape.hidden_columns,
            )
    return book


def _sheet(name: str, hidden: bool, start: tuple[int, int], rows: list[list[Any]], merged: list[Any]) -> LedgerSheet:
    from workbench.inputs.ledger.sheets import Merged

    sheet = LedgerSheet(name, hidden=hidden)
    for turn, row in enumerate(rows):
        cells = [None] * start[1] + [_plain(cell) for cell in row]
        if any(cell is not None for cell in cells):
            sheet.rows[start[0] + turn + 1] = cells
    sheet.last = max(sheet.rows, default=0)
    sheet.merged = [Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in merged]
    return sheet


def _plain(cell: Any) -> Any:
    """A cell as `sheets` has it: whole numbers whole, days at midnight, text trimmed, nothing for an empty one."""
    import datetime

    from workbench.inputs.ledger.sheets import CellError, CellNumber

    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        if abs(cell) >= 1e15:
            return CellNumber(f"{cell:.0f}")
        return int(cell) if float(cell).is_integer() else cell
    if isinstance(cell, datetime.datetime):
        return cell
    if isinstance(cell, datetime.date):
        return datetime.datetime(cell.year, cell.month, cell.day)
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    text = str(cell).strip()
    return CellError(text) if text.startswith("#") and text.rstrip("!?").isupper() else text or None
