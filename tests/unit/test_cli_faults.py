"""What is nobody's fault here is told with its cause and a repair, and never called ours."""

from __future__ import annotations

import errno
import os
import re
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from workbench.cli.faults import told
from workbench.files import reason_of
from workbench.labels import in_language


class KilledWorker(Exception):
    """As dask names it."""


class CommClosedError(OSError):
    """As dask names it."""


def after_shutdown() -> BaseException:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    try:
        pool.submit(int)
    except RuntimeError as fault:
        return fault
    raise AssertionError


def null_byte() -> BaseException:
    try:
        open("a\0b")  # noqa: PTH123, SIM115
    except ValueError as fault:
        return fault
    raise AssertionError


@pytest.mark.parametrize(
    ("fault", "cause", "repair"),
    [
        (MemoryError(), "not enough memory", "fewer --replications"),
        (BrokenProcessPool("died"), "ended by the system", "fewer workers"),
        (BrokenExecutor(), "ended by the system", "fewer workers"),
        (KilledWorker("task"), "cluster", "without a cluster"),
        (CommClosedError("in <TCP> closed"), "cluster", "without a cluster"),
        (after_shutdown(), "cluster", "without a cluster"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk of the standard output is full", "free some space"),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/a/b"), "disk of /a/b is full", "free some space"),
        (OSError(errno.EMFILE, "Too many open files"), "too many files", "ulimit"),
        (OSError(errno.ENAMETOOLONG, "File name too long", "x" * 5000), "File name too long", "Look at the path"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b"), "/a/b: Permission denied", "permissions"),
        (null_byte(), "cannot be used", "Name another one"),
        (RuntimeError("Symlink loop from '/a'"), "lead in a circle", "Name another one"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), "half a character", "title"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_cause_and_repair(fault, cause, repair):
    words = told(fault)
    assert words is not None
    assert cause in words
    assert repair in words
    assert len(words) < 600
    with in_language("zh"):
        assert told(fault) != words


@pytest.mark.parametrize("fault", [ZeroDivisionError("x"), KeyError("x"), RuntimeError("x"), ValueError("x")])
def test_what_is_ours_stays_ours(fault):
    assert told(fault) is None


def test_a_chinese_message_says_in_chinese_why_the_system_refused():
    """What is common; what is rare stands as the system says it."""
    with in_language("zh"):
        for code in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EISDIR, errno.ENAMETOOLONG):
            assert not re.search("[a-z]", reason_of(OSError(code, os.strerror(code))))
        assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
        # Windows says more than the number does, in its own language.
        assert reason_of(OSError(errno.EACCES, "另一个程序正在使用此文件")) == "另一个程序正在使用此文件"
    for code in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EISDIR, errno.ENAMETOOLONG):
        assert reason_of(OSError(code, os.strerror(code))) == os.strerror(code)
