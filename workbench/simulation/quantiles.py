"""Laws as compiled quantile functions, so that a draw costs nanoseconds.

`fixed`, `uniform`, `triangular`, `exponential` and `empirical` are evaluated in closed form. `pert` and `lognormal`,
whose inverse beta and normal are slow, become piecewise polynomials of degree five on octaves of u from both ends,
each octave in 2^bits parts, refined until the error found is below 2^-23 working day: smaller than the rounding to
2^-20 that follows (MODEL §3). A law so wide that this needs more than 2^10 parts an octave is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from workbench.errors import ScenarioError
from workbench.inputs.laws import Law
from workbench.labels import text

FIXED, UNIFORM, TRIANGULAR, EXPONENTIAL, EMPIRICAL, TABLE = range(6)
_CLOSED = {"fixed": FIXED, "uniform": UNIFORM, "triangular": TRIANGULAR, "exponential": EXPONENTIAL, "empirical": EMPIRICAL}

#: The tables cover u from 2^-53 to 1 - 2^-53; octave k of the lower side is [2^(k-53), 2^(k-52)).
OCTAVES = 52
DEGREE = 5
TOLERANCE = 2.0**-23
_EXPONENT_OF_LEAST = 1023 - 53
_LEAST_U = 2.0**-53


@dataclass(frozen=True)
class LawTable:
    """Some laws, packed for the kernels; law i is row i.

    Attributes
    ----------
    family : int8, how to evaluate it (`FIXED` … `TABLE`).
    numbers : float64 (laws, 3), low/mode/high, the mean, or the count of a list.
    bits : int64, log2 of the parts an octave of a table.
    offset : int64, where the law's coefficients or list begin.
    coefficients : float64, all of them; a part of a table has `DEGREE` + 1, constant first.
    """

    family: NDArray[np.int8]
    numbers: NDArray[np.float64]
    bits: NDArray[np.int64]
    offset: NDArray[np.int64]
    coefficients: NDArray[np.float64]

    @property
    def arrays(self) -> tuple[NDArray[np.generic], ...]:
        """What the kernels take."""
        return self.family, self.numbers, self.bits, self.offset, self.coefficients

    @classmethod
    def of(cls, laws: list[Law]) -> LawTable:
        """Pack laws; equal ones share their coefficients."""
        count = len(laws)
        family = np.zeros(count, dtype=np.int8)
        numbers = np.zeros((count, 3))
        bits = np.zeros(count, dtype=np.int64)
        offset = np.zeros(count, dtype=np.int64)
        pieces: list[NDArray[np.float64]] = []
        placed: dict[Law, int] = {}
        end = 0
        for i, law in enumerate(laws):
            if law in placed:
                j = placed[law]
                family[i], numbers[i], bits[i], offset[i] = family[j], numbers[j], bits[j], offset[j]
                continue
            placed[law] = i
            offset[i] = end
            family[i] = FIXED if law.is_fixed else _CLOSED.get(law.family, TABLE)
            if family[i] == EMPIRICAL:
                piece = np.asarray(law.parameters, dtype=np.float64)
                numbers[i, 0] = piece.size
            elif family[i] == TABLE:
                piece, bits[i] = _tabulate(law)
            else:
                piece = np.empty(0)
                numbers[i, : len(law.parameters)] = law.parameters
            pieces.append(piece)
            end += piece.size
        return cls(family, numbers, bits, offset, np.concatenate([*pieces, np.zeros(1)]))


@cache
def _tabulate(law: Law) -> tuple[NDArray[np.float64], int]:
    """Coefficients of a law's table (lower side first, then upper side), and its bits."""
    for bits in range(1, 11):
        sides = [_one_side(law, bits, upper) for upper in (False, True)]
        if max(error for _, error in sides) < TOLERANCE:
            return np.concatenate([coefficients.ravel() for coefficients, _ in sides]), bits
    raise ScenarioError(text("error.law_too_wide", law=str(law)))


def _one_side(law: Law, bits: int, upper: bool) -> tuple[NDArray[np.float64], float]:
    """Interpolate at Chebyshev points in every part of every octave; also the greatest error found between them."""
    parts = 1 << bits
    octave = np.repeat(np.arange(OCTAVES), parts)
    left = np.ldexp(1.0 + np.tile(np.arange(parts), OCTAVES) / parts, octave - 53)
    width = np.ldexp(1.0 / parts, octave - 53)
    nodes = 0.5 - 0.5 * np.cos(np.pi * (np.arange(DEGREE + 1) + 0.5) / (DEGREE + 1))
    between = np.linspace(0.0, 1.0, 4 * DEGREE + 1)

    def quantile(position: NDArray[np.float64]) -> NDArray[np.float64]:
        u = left[:, None] + width[:, None] * position
        return law.quantile(1.0 - u if upper else u)

    coefficients = np.linalg.solve(np.vander(nodes, increasing=True), quantile(nodes).T).T
    found = np.polynomial.polynomial.polyval(between, coefficients.T)
    error = np.abs(found - quantile(between))
    # Below u = 2^-34 no word of the generator falls; only the survey's tail, once in billions, evaluates there.
    return coefficients, float(error[octave >= 53 - 34].max())


@njit(inline="always")
def evaluate(u, law, laws, scratch, scratch_bits):  # type: ignore[no-untyped-def]
    """The quantile of row `law` at u in [0, 1); `laws` is `LawTable.arrays`.

    `scratch` is a float64 array of one element and `scratch_bits` the same memory as int64: the way to read a
    double's exponent and leading bits.
    """
    family, numbers, bits, offset, coefficients = laws
    kind = family[law]
    if kind == TABLE:
        upper = u >= 0.5
        v = 1.0 - u if upper else u
        if v < _LEAST_U:
            v = _LEAST_U
        scratch[0] = v
        pattern = scratch_bits[0]
        shift = 52 - bits[law]
        part = (pattern >> shift) - (np.int64(_EXPONENT_OF_LEAST) << bits[law])
        if upper:
            part += OCTAVES << bits[law]
        x = (pattern & ((np.int64(1) << shift) - 1)) * 2.0 ** (-shift)
        at = offset[law] + part * (DEGREE + 1)
        value = coefficients[at + 5]
        value = value * x + coefficients[at + 4]
        value = value * x + coefficients[at + 3]
        value = value * x + coefficients[at + 2]
        value = value * x + coefficients[at + 1]
        return value * x + coefficients[at]
    if kind == FIXED:
        return numbers[law, 0]
    if kind == UNIFORM:
        return numbers[law, 0] + u * (numbers[law, 1] - numbers[law, 0])
    if kind == EXPONENTIAL:
        return -numbers[law, 0] * np.log1p(-u)
    if kind == EMPIRICAL:
        index = min(int(u * numbers[law, 0]), int(numbers[law, 0]) - 1)
        return coefficients[offset[law] + index]
    low, mode, high = numbers[law, 0], numbers[law, 1], numbers[law, 2]
    if u * (high - low) < mode - low:
        return low + np.sqrt(u * (high - low) * (mode - low))
    return high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
