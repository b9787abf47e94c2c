"""How functions are compiled: kept on disk, without the GIL, and with division as numpy does it.

Numpy's division gives infinity where Python's raises: no check stands in the loops, so that they vectorise. No
fast-math: sums and roundings happen as written, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

from workbench.compiled.store import Store

compiler: Any = njit


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
    compiled = compiler(nogil=True, error_model="numpy", **options)(function)
    if hasattr(compiled, "targetoptions"):  # not where NUMBA_DISABLE_JIT leaves the function as it is
        compiled._cache = Store(function, compiled.targetoptions)
    return compiled


#: For small functions that only compiled code calls.
inlined = njit(inline="always", error_model="numpy")
