"""How functions are compiled: kept on disk, without the GIL, and with division as numpy does it.

Numpy's division gives infinity where Python's raises: no check stands in the loops, so that they vectorise. No
fast-math: sums and roundings happen as written, to the last bit.

A compiled function holds those that it calls, but numba looks only at its own file to see whether what it kept is
stale. So the folder it is kept in is named after the content of its whole room: compiled code calls no other room's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from numba import njit
from numba.core import config as numba_config

config: Any = numba_config
compiler: Any = njit
PACKAGE = Path(__file__).resolve().parent


@cache
def kept_in(room: str) -> str:
    """The folder for machine code of exactly this room's source."""
    content = blake2b(digest_size=8)
    for path in [Path(__file__), *sorted((PACKAGE / room).rglob("*.py"))]:
        content.update(path.read_bytes())
    return str(PACKAGE / "__pycache__" / f"kernels-{content.hexdigest()}")


def kernel(function: Callable[..., Any]) -> Any:
    """Compile when first called, and keep the machine code."""
    return _kept(function)


def bare_kernel(function: Callable[..., Any]) -> Any:
    """The same for a function that makes no array of its own: no reference is counted.

    Numba counts one, in memory that all threads see, whenever a name is given to an array: with every call of a
    small function written into a loop.
    """
    return _kept(function, _nrt=False)


def _kept(function: Callable[..., Any], **options: bool) -> Any:
    before = config.CACHE_DIR
    config.CACHE_DIR = kept_in(function.__module__.split(".")[1])
    try:
        return compiler(cache=True, nogil=True, error_model="numpy", **options)(function)
    finally:
        config.CACHE_DIR = before


#: For small functions that only compiled code calls.
inlined = njit(inline="always", error_model="numpy")
