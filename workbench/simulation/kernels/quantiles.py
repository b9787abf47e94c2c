"""Laws as compiled quantile functions, so that a draw costs nanoseconds.

`fixed`, `uniform`, `triangular`, `exponential` and `empirical` are evaluated in closed form. `pert` and `lognormal`,
whose inverse beta and normal are slow, become piecewise polynomials of degree five on octaves of u from both ends,
each octave in 2^bits parts, refined until the error found is below 2^-23 working day: smaller than the rounding to
2^-20 that follows (MODEL §3). A law so wide that this needs more than 2^10 parts an octave is refused.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from workbench.compiled import inlined
from workbench.errors import ScenarioError
from workbench.inputs.scenario import Law
from workbench.labels import text

FIXED, UNIFORM, TRIANGULAR, EXPONENTIAL, EMPIRICAL, TABLE = range(6)
_CLOSED = {
    "fixed": FIXED,
    "uniform": UNIFORM,
    "triangular": TRIANGULAR,
    "exponential": EXPONENTIAL,
    "empirical": EMPIRICAL,
}

#: The tables cover u from 2^-53 to 1 - 2^-53; octave k of the lower side is [2^(k-53), 2^(k-52)).
OCTAVES = 52
DEGREE = 5
TOLERANCE = 2.0**-23
_EXPONENT_OF_LEAST = 1023 - 53
_LEAST_U = 2.0**-53


class LawTable(NamedTuple):
    """Some laws, packed for the kernels; law i is row i.

    Attributes
    ----------
    family
        int8, how to evaluate it (`FIXED` … `TABLE`).
    numbers
        float64 (laws, 3), low/mode/high, the mean, the count of a list, or what scales a table's bits to [0, 1).
    bits
        int64, log2 of the parts an octave of a table.
    offset
        int64, where the law's coefficients or list begin.
    coefficients
        float64, all of them; a part of a table has `DEGREE` + 1, constant first.
    """

    family: NDArray[np.int8]
    numbers: NDArray[np.float64]
    bits: NDArray[np.int64]
    offset: NDArray[np.int64]
    coefficients: NDArray[np.float64]

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
                numbers[i, 0] = 2.0 ** (bits[i] - 52)
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

    def points(positions: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where in its part each u lies, and the quantile there."""
        v = left[:, None] + width[:, None] * positions
        if not upper:
            return np.broadcast_to(positions, v.shape), law.quantile(v)
        # Near 1 doubles are coarse: what lies at u = 1 - v is the position of 1 - u, not of v.
        u = 1.0 - v
        return ((1.0 - u) - left[:, None]) / width[:, None], law.quantile(u)

    position, value = points(nodes)
    powers = position[:, :, None] ** np.arange(DEGREE + 1)
    # No word of the generator falls below u = 2^-33; only the census tail, once in billions, evaluates there.
    met = octave >= 53 - 34
    usable = met | (not upper)  # nearer to 1 doubles are too coarse to tell a part's points apart
    coefficients = np.zeros((octave.size, DEGREE + 1))
    coefficients[usable] = np.linalg.solve(powers[usable], value[usable][:, :, None])[:, :, 0]
    coefficients[~usable, 0] = value[~usable, 0]
    position, value = points(np.linspace(0.0, 1.0, 4 * DEGREE + 1))
    found = (position[:, :, None] ** np.arange(DEGREE + 1) @ coefficients[:, :, None])[:, :, 0]
    return coefficients, float(np.abs(found - value)[met].max())


@intrinsic
def _bits(typing_context, value):
    """The pattern of a double as int64: sign, exponent, leading bits first."""

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.int64))

    return types.int64(types.float64), generate


@inlined
def place(u, bits, scale):
    """The part of a table with 2^bits parts an octave that u lies in, and where in it: [0, 1)."""
    upper = np.int64(u >= 0.5)
    v = max(1.0 - u if upper else u, _LEAST_U)
    pattern = _bits(v)
    shift = 52 - bits
    part = (pattern >> shift) - (np.int64(_EXPONENT_OF_LEAST) << bits) + upper * (np.int64(OCTAVES) << bits)
    return part, np.float64(pattern & ((np.int64(1) << shift) - 1)) * scale


@inlined
def polynomial(x, part, coefficients, first):
    """The value at `x` in a part of the table whose coefficients begin at `first`."""
    # Unsigned: no check for indices from the end.
    at = np.uint64(first + part * (DEGREE + 1))
    value = coefficients[at + np.uint64(5)]
    value = value * x + coefficients[at + np.uint64(4)]
    value = value * x + coefficients[at + np.uint64(3)]
    value = value * x + coefficients[at + np.uint64(2)]
    value = value * x + coefficients[at + np.uint64(1)]
    return value * x + coefficients[at]


@inlined
def evaluate(u, law, laws):
    """The quantile of row `law` at u in [0, 1); `laws` is a `LawTable`."""
    family, numbers, bits, offset, coefficients = laws
    kind = family[law]
    if kind == TABLE:
        part, x = place(u, bits[law], numbers[law, 0])
        return polynomial(x, part, coefficients, offset[law])
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
