"""What chance decides: survey times, preparations, successes, delays, elections, compiled (MODEL §5, §6).

A block of replications is drawn at once. The loops that draw run over the cases of a pool, without branches, so
that they vectorise; what only some cases need (a late survey, a second attempt, an election) is drawn for a list.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import bare_kernel, inlined
from workbench.simulation.kernels.philox import block, uniform_of
from workbench.simulation.kernels.quantiles import evaluate, place, polynomial

#: Vectorised loops run over a multiple of this many cases: what one step of them takes at most.
VECTOR_STEP = 32
_TICKS_IN_LAST_BIT = 1.5 * 2.0**32


def padded(count: int) -> int:
    """The least multiple of `STEP` that is not less."""
    return -(-count // VECTOR_STEP) * VECTOR_STEP


class Draws(NamedTuple):
    """What chance decides for the cases of one pool in a block: (r) replications, (p) padded cases, K attempts."""

    survey: NDArray[np.float64]  # (r, p) the lead's survey time
    release: NDArray[np.float64]  # (r, p)
    preparation: NDArray[np.float64]  # (K, r, p)
    success: NDArray[np.bool_]  # (K, r, p)
    retry_delay: NDArray[np.float64]  # (r, p)
    election_word: NDArray[np.uint32]  # (r, p) what the election will be drawn from
    election_lag: NDArray[np.float64]  # (r, p)


class DrawBuffers(NamedTuple):
    """Work space for one replication: a number a unit, or a case."""

    word: NDArray[np.uint32]
    success: NDArray[np.uint32]
    retry_delay: NDArray[np.uint32]
    part: NDArray[np.int64]
    time: NDArray[np.float64]
    share: NDArray[np.float64]
    some: NDArray[np.int64]


def room_for_draws(replications: int, cases: int, units: int, attempts: int) -> tuple[Draws, DrawBuffers]:
    """Empty draws and their work space."""
    shape, size = (replications, padded(cases)), padded(units)
    draws = Draws(
        np.zeros(shape),
        np.zeros(shape),
        np.full((attempts, *shape), np.nan),
        np.zeros((attempts, *shape), np.bool_),
        np.zeros(shape),
        np.zeros(shape, np.uint32),
        np.zeros(shape),
    )
    return draws, DrawBuffers(
        word=np.zeros(size, np.uint32),
        success=np.zeros(size, np.uint32),
        retry_delay=np.zeros(size, np.uint32),
        part=np.zeros(size, np.int64),
        time=np.zeros(size),
        share=np.zeros(size),
        some=np.zeros(size, np.int64),
    )


@inlined
def _rounded(time):
    """To whole ticks, half to even: the sum's last bit is a tick, so adding rounds (for times below 2^31 days)."""
    return (time + _TICKS_IN_LAST_BIT) - _TICKS_IN_LAST_BIT


# Arrays are taken out of their tuples before a loop: within it, numba would count references at every access.


@bare_kernel
def survey(chances, rules, parameters, begin, rows, replication, columns, draws):
    """Census and release (MODEL §5.1) of `rows` replications from `replication` on: draws.survey and draws.release.

    `begin` is the row of the first of them in `parameters`.
    """
    laws, end, seed = rules.laws, rules.census_end, rules.seed
    tail, attempt = laws.family.size - 1, np.uint64(0)
    late = parameters.late
    word, time, some = columns.word, columns.time, columns.some
    hashes, units, other_case, opening = chances.hash, chances.units, chances.other_case, chances.opening
    cases, surveyed, release = chances.kind.size, draws.survey, draws.release
    for row in range(rows):
        number, share = replication + np.uint64(row), late[begin + row]
        on_time = 1.0 - share
        for unit in range(hashes.size):
            word[unit] = block(hashes[unit], number, attempt, seed)[0]
        for unit in range(hashes.size):
            time[unit] = _rounded(uniform_of(word[unit]) / on_time * end)
        if share > 0.0:
            count = 0
            for unit in range(units):
                some[count] = unit
                count += np.int64(uniform_of(word[unit]) >= on_time)
            for i in range(count):
                u = uniform_of(word[some[i]])
                time[some[i]] = _rounded(end + evaluate(max((u - 1.0 + share) / share, 0.0), tail, laws))
        for case in range(opening.size):
            surveyed[row, case] = time[case]
            release[row, case] = max(time[case], opening[case])
        for i in range(other_case.size):
            case = other_case[i]
            release[row, case] = max(release[row, case], time[cases + i])


@bare_kernel
def draw(chances, rules, parameters, begin, rows, replication, every_attempt, columns, draws):
    """Preparations, successes and retry delays: all attempts, or up to the first success; words for elections."""
    laws, seed, kinds = rules.laws, rules.seed, rules.approval.size
    coefficients = laws.coefficients
    pace, rate, per_km, per_extra = parameters.pace, parameters.success, parameters.per_km, parameters.per_extra_unit
    word, succeeds, delay = columns.word, columns.success, columns.retry_delay
    part, time, some = columns.part, columns.time, columns.some
    hashes, kind_of, distance, extra_units = chances.hash, chances.kind, chances.distance, chances.extra_units
    max_attempts, shared_start, shared_end = chances.max_attempts, chances.shared_start, chances.shared_end
    tabulated, first, bits, scale = chances.tabulated, chances.first, chances.bits, chances.scale
    preparation, success, retry_delay = draws.preparation, draws.success, draws.retry_delay
    election_word = draws.election_word
    for row in range(rows):
        number, divisor = replication + np.uint64(row), pace[begin + row]
        for case in range(bits.size):
            word[case], succeeds[case], delay[case], election_word[row, case] = block(
                hashes[case], number, np.uint64(1), seed
            )
        for case in range(bits.size):
            part[case], time[case] = place(uniform_of(word[case]), bits[case], scale[case])
        for case in range(kind_of.size):
            if tabulated[case]:
                time[case] = polynomial(time[case], part[case], coefficients, first[case])
            else:
                time[case] = evaluate(uniform_of(word[case]), kind_of[case], laws)
        # Only what several organizations share takes longer with distance and size.
        for case in range(shared_start, shared_end):
            kind = kind_of[case]
            time[case] *= (
                1.0 + per_km[begin + row, kind] * distance[case] + per_extra[begin + row, kind] * extra_units[case]
            )
        for case in range(bits.size):
            preparation[0, row, case] = _rounded(time[case] / divisor)
        count = 0
        for case in range(kind_of.size):
            succeeded = uniform_of(succeeds[case]) < rate[begin + row, kind_of[case]]
            success[0, row, case] = succeeded
            some[count] = case
            count += np.int64(every_attempt | ((not succeeded) & (max_attempts[case] > 1)))
        for i in range(count):
            case = some[i]
            kind = kind_of[case]
            retry_delay[row, case] = _rounded(evaluate(uniform_of(delay[case]), kinds + kind, laws))
            factor = 1.0
            if shared_start <= case < shared_end:
                factor = (
                    1.0 + per_km[begin + row, kind] * distance[case] + per_extra[begin + row, kind] * extra_units[case]
                )
            for attempt in range(1, max_attempts[case]):
                w0, w1, _, _ = block(hashes[case], number, np.uint64(attempt + 1), seed)
                value = evaluate(uniform_of(w0), kind, laws)
                preparation[attempt, row, case] = _rounded(value * factor / divisor)
                success[attempt, row, case] = uniform_of(w1) < rate[begin + row, kind]
                if success[attempt, row, case] and not every_attempt:
                    break


@bare_kernel
def draw_elections(chances, rules, parameters, begin, rows, wanted, count, draws):
    """draws.election_lag of the cases wanted[row, : count[row]] of each of `rows` replications.

    `begin` is the row of the first of them in `parameters`.
    """
    laws, kinds = rules.laws, rules.approval.size
    kind, word, lag, factors = chances.kind, draws.election_word, draws.election_lag, parameters.election
    for row in range(rows):
        factor = factors[begin + row]
        for i in range(count[row]):
            case = wanted[row, i]
            lag[row, case] = _rounded(evaluate(uniform_of(word[row, case]), 2 * kinds + kind[case], laws) * factor)
