"""What chance decides: survey times, preparations, successes, delays, elections, compiled (MODEL §5, §6).

A block of replications is drawn at once, case by case: the loops run over replications, whose number does not depend
on the size of a street, so that they vectorise in a hamlet and in a city alike.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import inlined, kernel
from workbench.simulation.cases import ATTACHED, JOINT
from workbench.simulation.philox import block, uniform_of
from workbench.simulation.quantiles import evaluate, fill

#: Replications drawn at once: a multiple of what a vectorised loop takes in one step.
BLOCK = 32
_TICKS_IN_LAST_BIT = 1.5 * 2.0**32


class Draws(NamedTuple):
    """What chance decides for the cases of one street in a block: (r) replications, (n) cases, K attempts."""

    survey: NDArray[np.float64]  # (r, n) the lead's survey time
    release: NDArray[np.float64]  # (r, n)
    preparation: NDArray[np.float64]  # (r, n, K)
    success: NDArray[np.bool_]  # (r, n, K)
    retry_delay: NDArray[np.float64]  # (r, n)
    election_lag: NDArray[np.float64]  # (r, n)


class Columns(NamedTuple):
    """Work space: one number a replication of the block."""

    word: NDArray[np.uint64]
    success: NDArray[np.uint64]
    retry_delay: NDArray[np.uint64]
    election: NDArray[np.uint64]
    time: NDArray[np.float64]
    latest: NDArray[np.float64]


def room_for_draws(replications: int, cases: int, attempts: int) -> tuple[Draws, Columns]:
    """Empty draws and their work space."""
    shape = (replications, max(cases, 1))
    draws = Draws(
        np.zeros(shape),
        np.zeros(shape),
        np.full((*shape, attempts), np.nan),
        np.zeros((*shape, attempts), np.bool_),
        np.zeros(shape),
        np.zeros(shape),
    )
    words = [np.zeros(replications, np.uint64) for _ in range(4)]
    return draws, Columns(words[0], words[1], words[2], words[3], np.zeros(replications), np.zeros(replications))


@inlined
def _rounded(time):
    """To whole ticks, half to even: the sum's last bit is a tick, so adding rounds (for times below 2^31 days)."""
    return (time + _TICKS_IN_LAST_BIT) - _TICKS_IN_LAST_BIT


# Arrays are taken out of their tuples before a loop: within it, numba would count references at every access.


@kernel
def survey(pool, rules, parameters, begin, rows, replication, columns, draws):
    """Census and release (MODEL §5.1) of `rows` replications from `replication` on: draws.survey and draws.release.

    `begin` is the row of the first of them in `parameters`.
    """
    laws, opening, end, seed = rules.laws, rules.opening, rules.census_end, rules.seed
    tail, attempt = laws.family.size - 1, np.uint64(0)
    late = parameters.late
    word, time, latest = columns.word, columns.time, columns.latest
    kind, unit_start, unit_hash, lead_unit = pool.kind, pool.unit_start, pool.unit_hash, pool.lead_unit
    surveyed, release = draws.survey, draws.release
    for case in range(kind.size):
        for row in range(rows):
            latest[row] = opening[kind[case]]
        for unit in range(unit_start[case], unit_start[case + 1]):
            hash_ = unit_hash[unit]
            for row in range(rows):
                word[row] = block(hash_, replication + np.uint64(row), attempt, seed)[0]
            for row in range(rows):
                time[row] = _rounded(uniform_of(word[row]) / (1.0 - late[begin + row]) * end)
            for row in range(rows):
                u, share = uniform_of(word[row]), late[begin + row]
                if u >= 1.0 - share:
                    time[row] = _rounded(end + evaluate(max((u - 1.0 + share) / share, 0.0), tail, laws))
            for row in range(rows):
                latest[row] = max(latest[row], time[row])
            if unit == lead_unit[case]:
                for row in range(rows):
                    surveyed[row, case] = time[row]
        for row in range(rows):
            release[row, case] = latest[row]


@kernel
def draw(pool, rules, parameters, begin, rows, replication, every_attempt, columns, draws):
    """Preparations, successes, retry delay and election: all attempts, or up to the first success."""
    laws, seed, kinds = rules.laws, rules.seed, rules.approval.size
    pace, success, per_km, per_extra = parameters.pace, parameters.success, parameters.per_km, parameters.per_extra_unit
    word, succeeds, delay, election, time = (
        columns.word,
        columns.success,
        columns.retry_delay,
        columns.election,
        columns.time,
    )
    hashes, kind_of, distance, extra_units = pool.hash, pool.kind, pool.distance, pool.extra_units
    max_attempts = pool.max_attempts
    preparation, successes, retry_delay = draws.preparation, draws.success, draws.retry_delay
    election_lag = draws.election_lag
    for case in range(hashes.size):
        hash_, kind, attempts = hashes[case], kind_of[case], max_attempts[case]
        # Only what several organizations share takes longer with distance and size.
        shared = kind in (JOINT, ATTACHED)
        km = distance[case] if shared else 0.0
        extra = np.float64(extra_units[case]) if shared else 0.0
        for row in range(rows):
            word[row], succeeds[row], delay[row], election[row] = block(
                hash_, replication + np.uint64(row), np.uint64(1), seed
            )
        fill(word, 0, rows, kind, laws, time)
        for row in range(rows):
            factor = 1.0 + per_km[begin + row, kind] * km + per_extra[begin + row, kind] * extra
            time[row] = _rounded(time[row] * factor / pace[begin + row])
        for row in range(rows):
            preparation[row, case, 0] = time[row]
            successes[row, case, 0] = uniform_of(succeeds[row]) < success[begin + row, kind]
        if attempts > 1:
            for row in range(rows):
                if successes[row, case, 0] and not every_attempt:
                    continue
                factor = 1.0 + per_km[begin + row, kind] * km + per_extra[begin + row, kind] * extra
                for attempt in range(1, attempts):
                    w0, w1, _, _ = block(hash_, replication + np.uint64(row), np.uint64(attempt + 1), seed)
                    value = evaluate(uniform_of(w0), kind, laws)
                    preparation[row, case, attempt] = _rounded(value * factor / pace[begin + row])
                    successes[row, case, attempt] = uniform_of(w1) < success[begin + row, kind]
                    if successes[row, case, attempt] and not every_attempt:
                        break
        if attempts > 1 or every_attempt:
            fill(delay, 0, rows, kinds + kind, laws, time)
            for row in range(rows):
                retry_delay[row, case] = _rounded(time[row])
        fill(election, 0, rows, 2 * kinds + kind, laws, time)
        for row in range(rows):
            election_lag[row, case] = _rounded(time[row])
