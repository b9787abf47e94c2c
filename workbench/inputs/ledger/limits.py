"""Before a workbook is opened: how large it says it is, and what else it carries."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

from workbench.inputs.ledger.sheets import MOST_LEDGER_ROWS
from workbench.inputs.register import MOST_RATIO, SMALL_BYTES, refuse
from workbench.numbers import thousands

#: Bytes of a file, and of a workbook unpacked.
MOST_LEDGER_BYTES: Final = 100_000_000
MOST_UNPACKED: Final = 400_000_000
MOST_PARTS: Final = 5_000
#: A row of a ledger takes more bytes than this.
BYTES_PER_ROW: Final = 40


def look_at_size(path: Path) -> None:
    """Refuse a file that is too large to be a ledger, or no regular file, before a byte is read."""
    if not path.is_file():
        raise refuse(path, "file_is_folder" if path.is_dir() else "file_missing")
    size = path.stat().st_size
    if size == 0:
        raise refuse(path, "file_empty")
    if size > MOST_LEDGER_BYTES:
        raise refuse(path, "file_large", size=thousands(size / 1e6), most=thousands(MOST_LEDGER_BYTES / 1e6))


def look_inside(path: Path, archive: zipfile.ZipFile) -> list[tuple[str, dict[str, object]]]:
    """Refuse a workbook that unpacks to too much; say what it carries beside cells, which is left alone.

    Raises
    ------
    RegisterError
        a bomb, more rows than a ledger has, or encrypted.
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if (
        unpacked > MOST_UNPACKED
        or len(parts) > MOST_PARTS
        or (unpacked > SMALL_BYTES and unpacked / packed > MOST_RATIO)
        or len({part.filename for part in parts}) < len(parts)
    ):
        raise refuse(path, "file_bomb", size=thousands(unpacked / 1e6))
    if any(part.flag_bits & 1 for part in parts):
        raise refuse(path, "file_broken")
    for part in parts:
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            _look_at_rows(path, archive, part)
    names = [part.filename.casefold() for part in parts]
    beside: list[tuple[str, dict[str, object]]] = []
    if any("vbaproject" in name for name in names):
        beside.append(("carries_macros", {}))
    if any(name.startswith("xl/externallinks/") for name in names):
        beside.append(("carries_links", {}))
    if any(name.startswith(("xl/embeddings/", "xl/activex/", "xl/connections")) for name in names):
        beside.append(("carries_objects", {}))
    return beside


def _look_at_rows(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """What a sheet says of its own size is believed only where its bytes could hold so many rows."""
    with archive.open(part) as stream:
        head = stream.read(4096)
    said = re.search(rb"<(?:\w+:)?dimension\s+ref=\"[A-Z]+\d+:[A-Z]+(\d{1,12})\"", head)
    if said and int(said[1]) > MOST_LEDGER_ROWS and part.file_size > MOST_LEDGER_ROWS * BYTES_PER_ROW:
        raise refuse(path, "too_many_rows", most=thousands(MOST_LEDGER_ROWS))
