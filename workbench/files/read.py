"""What is read is a regular file below a stated size: no pipe that never ends, no device."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotReadable(OSError):
    """A path that is there and is still not read: not a regular file, or too large.

    Attributes
    ----------
    code
        the fault's name in the labels table: ``"file_not_regular"`` or ``"file_too_large"``.
    details
        what the fault's sentences fill in.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def read_regular(path: Path, most: int) -> bytes:
    """The content of a regular file of at most `most` bytes.

    The file is opened without waiting, and looked at once it is open, so that nobody changes it in between.

    Raises
    ------
    NotReadable
        a folder, pipe, socket or device, or a file that is larger.
    OSError
        there is no such file, or it cannot be opened.
    """
    # What opens without a writer at the other end does not wait for one; Windows has no such flag, and no such pipes.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(found.st_mode):
            raise NotReadable("file_not_regular")
        with os.fdopen(handle, "rb", closefd=False) as file:
            # Some files say that they are empty and are not, and others grow: never more than this.
            content = b"" if found.st_size > most else file.read(most + 1)
    finally:
        os.close(handle)
    if max(found.st_size, len(content)) > most:
        raise NotReadable("file_too_large", most=f"{most // 2**20} MiB")
    return content
