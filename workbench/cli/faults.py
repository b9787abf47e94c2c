"""What went wrong though neither the input nor the workbench is at fault: the machine, the system, the cluster."""

from __future__ import annotations

import errno
from concurrent.futures import BrokenExecutor

from workbench.files import reason_of, shorten
from workbench.labels import text

#: What dask's scheduler, its clients and its connections raise, by name: dask need not be installed.
_CLUSTER = ("KilledWorker", "CommClosedError", "ClosedClientError", "FutureCancelledError", "WorkerStartTimeoutError")
_FULL = (errno.ENOSPC, errno.EDQUOT)


def told(fault: BaseException) -> str | None:
    """Cause and repair in words; None where it is ours."""
    names = {kind.__name__ for kind in type(fault).__mro__}
    if isinstance(fault, MemoryError):
        return text("error.memory")
    if isinstance(fault, BrokenExecutor):
        return text("error.worker_died")
    if names & {*_CLUSTER} or _closed(fault):
        return text("error.cluster", reason=shorten(" ".join(str(fault).split()) or type(fault).__name__, 200))
    if isinstance(fault, OSError):
        if fault.errno in _FULL:
            return text("error.disk_full", path=shorten(str(fault.filename or text("error.standard_output")), 200))
        if fault.errno == errno.EMFILE:
            return text("error.too_many_files")
        return text("error.system", path=shorten(str(fault.filename or "–"), 200), reason=reason_of(fault))
    if (isinstance(fault, ValueError) and "null byte" in str(fault)) or _circle(fault):
        return text("error.path")
    if isinstance(fault, UnicodeEncodeError):
        return text("error.not_a_character")
    return None


def _closed(fault: BaseException) -> bool:
    """An executor or client that was closed under our hands says so with a RuntimeError."""
    words = str(fault).lower()
    return isinstance(fault, RuntimeError) and ("after shutdown" in words or ("client" in words and "closed" in words))


def _circle(fault: BaseException) -> bool:
    return isinstance(fault, RuntimeError) and "Symlink loop" in str(fault)
