"""How the simulation's functions are compiled: kept on disk, without the GIL, and division as numpy does it.

Numpy's division gives infinity where Python's raises: no check stands in the loops, so that they vectorise. No
fast-math: sums and roundings happen as written, to the last bit.
"""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")
inlined = njit(inline="always", error_model="numpy")
