"""Files are written beside and renamed: a crash, a full disk or a cancel leaves the old one whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench.errors import StoreError
from workbench.labels import text


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder; on success it becomes `path`, on failure it is removed.

    Raises
    ------
    StoreError
        the folder cannot be written, or the disk is full.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise StoreError(text("error.cannot_write", path=str(path), reason=reason)) from fault
    finally:
        # Where the folder is gone or read-only, there is nothing of ours left in it to remove.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
