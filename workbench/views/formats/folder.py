"""A folder of results that appears whole or not at all, and takes nothing of the planner's away."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from workbench.errors import StoreError
from workbench.labels import text

#: What a folder of ours holds; it lists the files that the workbench wrote, with their hashes.
MANIFEST = "manifest.json"


def folder_name(name: str) -> str:
    """A scenario's name as a folder's: what a file system or a shell could misread becomes ``_``.

    >>> folder_name("每周 开会/../x")
    '每周_开会_.._x'
    """
    return re.sub(r"[^\w.\-]+", "_", name).strip("._") or "scenario"


@contextmanager
def folder_beside(folder: Path) -> Iterator[Path]:
    """Give a temporary folder beside `folder`; on success it takes its place in one step, on failure it goes.

    Files that the workbench did not write stay, and so do results that were changed by hand since: those get
    ``edited`` in their names.

    Raises
    ------
    StoreError
        the place cannot be written, the disk is full, or the folder belongs to something else.
    """
    folder = folder.resolve()
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        _refuse_foreign(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        yield temporary
        _swap(temporary, folder)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise StoreError(text("error.cannot_write", path=str(folder), reason=reason)) from fault
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    """Never put results in place of a folder that holds something else."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise StoreError(text("error.folder_not_ours", path=str(folder)))
    if folder.exists() and not folder.is_dir():
        raise StoreError(text("error.folder_is_file", path=str(folder)))


def _swap(temporary: Path, folder: Path) -> None:
    if not folder.exists():
        temporary.replace(folder)
        return
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    folder.replace(old)
    try:
        temporary.replace(folder)
    except BaseException:
        old.replace(folder)
        raise
    _carry_over(old, folder)
    shutil.rmtree(old, ignore_errors=True)


def _carry_over(old: Path, new: Path) -> None:
    """Move what the planner put or changed in the old folder to the new one."""
    ours = _listed(old)
    for path in sorted(path for path in old.rglob("*") if path.is_file()):
        name = path.relative_to(old)
        if name.as_posix() == MANIFEST or ours.get(name.as_posix()) == file_hash(path):
            continue
        place = new / name
        turn = 1
        while place.exists() or (turn == 1 and name.as_posix() in ours):
            number = "" if turn == 1 else f"-{turn}"
            place, turn = new / name.with_name(f"{name.stem}.edited{number}{name.suffix}"), turn + 1
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)


def _listed(folder: Path) -> dict[str, str]:
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, AttributeError):
        return {}


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return sha256(path.read_bytes()).hexdigest()
