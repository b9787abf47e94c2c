"""A folder of results that appears whole or not at all, and takes nothing of the planner's away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from workbench.errors import StoreError
from workbench.files import beside, held, left_beside, reason_of, remove, settled
from workbench.labels import text

#: What a folder of ours holds; it lists the files that the workbench wrote, with their hashes.
MANIFEST = "manifest.json"


@contextmanager
def folder_beside(folder: Path) -> Iterator[Path]:
    """Give a temporary folder beside `folder`; on success it takes its place in one step, on failure it goes.

    Files that the workbench did not write stay, and so do results that were changed by hand since: those get
    ``edited`` in their names.

    Raises
    ------
    StoreError
        the place cannot be written, the disk is full, another process is at it, or the folder belongs to something
        else.
    """
    folder = settled(folder)
    temporary = beside(folder, "tmp")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with held(folder) as alone:
            if alone:
                _recover(folder)
            _refuse_foreign(folder)
            temporary.mkdir()
            try:
                yield temporary
                _swap(temporary, folder)
            finally:
                remove(temporary)
    except OSError as fault:
        raise StoreError(text("error.cannot_write", path=str(folder), reason=reason_of(fault))) from fault


def write_pictures(pictures: Mapping[str, bytes], folder: Path) -> None:
    """The figures of a folder of results, each by its name, in a folder of their own."""
    (folder / "figures").mkdir()
    for name, png in pictures.items():
        (folder / "figures" / f"{name}.png").write_bytes(png)


def _recover(folder: Path) -> None:
    """Bring back what a killed process left hidden; nobody else is at the folder.

    Killed between the two renames of `_swap`, the earlier results are hidden; after them, the planner's own files.
    """
    for old in left_beside(folder, "old"):
        if folder.exists():
            _retire(old, folder)
        else:
            old.replace(folder)
    for left in left_beside(folder, "tmp"):
        remove(left)


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
    old = beside(folder, "old")
    folder.replace(old)
    try:
        temporary.replace(folder)
    except BaseException:
        old.replace(folder)
        raise
    _retire(old, folder)


def _retire(old: Path, folder: Path) -> None:
    """Carry the planner's own files over, then take the rest away: under another name, lest half of it come back."""
    _carry_over(old, folder)
    remove(old.replace(beside(folder, "tmp")))


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
