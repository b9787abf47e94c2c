"""Files are written beside and renamed: a crash, a full disk or a cancel leaves the old one whole."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import errorcode
from pathlib import Path

from workbench.errors import StoreError
from workbench.files.lock import held
from workbench.labels import text

#: Why the system refuses a file, mostly: these have words of ours.
COMMON = (
    "EACCES", "EPERM", "EBUSY", "ETXTBSY", "ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "ENAMETOOLONG", "ENOENT",
    "EEXIST", "EISDIR", "ENOTDIR", "ENOTEMPTY", "ELOOP", "EADDRNOTAVAIL",
)  # fmt: skip
#: Seconds that a file is waited for which another process is just writing.
_LOCK_SECONDS = 20.0


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder; on success it becomes `path`, on failure it is removed.

    What a killed process left of its own attempt is swept away.

    Raises
    ------
    StoreError
        the folder cannot be written, the disk is full, or another process is at it.
    """
    path = settled(path)
    temporary = beside(path, "tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with held(path, _LOCK_SECONDS) as alone:
            if alone:
                for left in left_beside(path, "tmp"):
                    remove(left)
            yield temporary
            temporary.replace(path)
    except OSError as fault:
        raise StoreError(text("error.cannot_write", path=str(path), reason=reason_of(fault))) from fault
    finally:
        remove(temporary)


def settled(path: Path) -> Path:
    """A path with nothing left to follow, for writing.

    Raises
    ------
    StoreError
        no file can have that name: a NUL in it, links that lead in a circle, a name that is too long.
    """
    try:
        whole = path.resolve()
        whole.exists()
    except (OSError, ValueError, RuntimeError) as fault:
        reason = text("error.no_such_name") if isinstance(fault, ValueError) else reason_of(fault)
        name = shorten(repr(str(path))[1:-1], 200)
        raise StoreError(text("error.cannot_write", path=name, reason=shorten(reason, 200))) from fault
    return whole


def shorten(words: str, most: int) -> str:
    """Words of at most so many signs; the middle goes.

    >>> shorten("abcdefghij", 5)
    'ab…ij'
    """
    return words if len(words) <= most else f"{words[: most // 2]}…{words[-(most // 2) :]}"


def beside(path: Path, ending: str) -> Path:
    """A hidden name beside a path that nobody else has, for what will take its place or has had it."""
    return path.with_name(f".{path.name[:60]}.{uuid.uuid4().hex[:12]}.{ending}")


def _pattern(path: Path, ending: str) -> str:
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in f".{path.name[:60]}") + f".*.{ending}"


def left_beside(path: Path, ending: str) -> list[Path]:
    """What processes that were killed left there under such names, the newest first."""
    return sorted(path.parent.glob(_pattern(path, ending)), key=lambda left: left.stat().st_mtime, reverse=True)


def remove(path: Path) -> None:
    """Take a file or folder of ours away; where that cannot be, nothing of ours is in it."""
    with suppress(OSError, ValueError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def reason_of(fault: BaseException) -> str:
    """Why something could not be read or written, in the language in use; what is rare, or more than a number says, as
    the system says it."""
    said = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    number = getattr(fault, "errno", None) or 0
    name = errorcode.get(number)
    return text(f"system.{name}") if name in COMMON and said == os.strerror(number) else said
