"""Text files: in whatever encoding and with whatever separator an office program writes them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from workbench.inputs.ledger.sheets import MOST_LEDGER_COLUMNS, MOST_LEDGER_ROWS, Book, LedgerSheet, letter
from workbench.inputs.register import decoded, refuse
from workbench.numbers import thousands

_SEPARATORS: Final = (",", "\t", ";", "|", "，", "、")


def read_delimited(path: Path) -> Book:
    """Read a CSV or a tab-separated file.

    Raises
    ------
    RegisterError
        another encoding than UTF-8, UTF-16 or GB18030, a quote that is never closed, too many rows or columns.
    """
    content = decoded(path).removeprefix("\ufeff")
    number = 1
    separator = None
    if content[:4].casefold() == "sep=":
        first, _, content = content.partition("\n")
        separator, number = first.strip()[4:5] or None, 2
    separator = separator or _separator(content)
    sheet = LedgerSheet("")
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(1_000_000)
    ends = 0
    try:
        for line in reader:
            if any(cell.strip() for cell in line):
                if len(line) > MOST_LEDGER_COLUMNS and any(cell.strip() for cell in line[MOST_LEDGER_COLUMNS:]):
                    if len(line) > 8 * MOST_LEDGER_COLUMNS:
                        raise refuse(path, "too_many_columns", most=MOST_LEDGER_COLUMNS)
                    sheet.stray.append(f"{letter(MOST_LEDGER_COLUMNS)}{number}")
                sheet.rows[number] = [cell.strip() or None for cell in line[:MOST_LEDGER_COLUMNS]]
                if len(sheet.rows) > MOST_LEDGER_ROWS:
                    raise refuse(path, "too_many_rows", most=thousands(MOST_LEDGER_ROWS))
            number += 1
            ends = number
    except csv.Error as error:
        raise refuse(path, "file_broken" if "field larger" in str(error) else "quotes_unclosed") from error
    sheet.last = max(ends - 1, 0)
    return Book([sheet])


def _separator(content: str) -> str:
    """What the first lines are separated by: the sign that stands in most of them, the comma first."""
    lines = [line for line in content[:20_000].splitlines()[:20] if line.strip()]
    counts = {sign: sum(line.count(sign) for line in lines) for sign in _SEPARATORS}
    # A comma in a title is no separator; a tab hardly ever is anything else.
    if counts["\t"] >= len(lines) > 0:
        return "\t"
    if counts[","] >= len(lines):
        return ","
    best = max(_SEPARATORS, key=lambda sign: counts[sign])
    return best if counts[best] else ","
