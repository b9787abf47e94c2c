"""Files that came from a visitor: their names are words of a stranger, and are made fit for a disk first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

#: Bytes of a name that every disk takes, with room for what is added to it.
LONGEST_FILE_NAME = 120


def file_name(given: str, nameless: str) -> str:
    """A visitor's name for a file, without folders and short enough; `nameless` where nothing is left.

    >>> file_name("C:\\\\plans\\\\old/岚汀街道.xlsx", "ledger.xlsx"), file_name("..", "ledger.xlsx")
    ('岚汀街道.xlsx', 'ledger.xlsx')
    """
    name = "".join(letter for letter in PurePosixPath(given.replace("\\", "/")).name if letter.isprintable())
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    if not stem.strip(". "):
        return nameless
    while len(stem.encode()) > LONGEST_FILE_NAME:
        stem = stem[:-1]
    return stem + suffix[:12]


def received(files: Iterable[Mapping[str, Any]], nameless: str) -> dict[str, bytes]:
    """What an upload holds, by fit names; of two files of one name the second is told apart by a number."""
    found: dict[str, bytes] = {}
    for file in files:
        name = file_name(file["name"], nameless)
        stem, suffix, turn = PurePosixPath(name).stem, PurePosixPath(name).suffix, 1
        while any(name.casefold() == known.casefold() for known in found):
            turn += 1
            name = f"{stem}_{turn}{suffix}"
        found[name] = bytes(file["content"])
    return found
