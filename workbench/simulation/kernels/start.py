"""A campaign that is under way at t0: what is drawn given what has been seen, and who holds which slot (MODEL §10).

An attempt's number counts from the first attempt of all; what is drawn lies as many places earlier as attempts have
failed before, so that dispatch knows nothing of them. A case that begins as ever is drawn as ever.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import bare_kernel, inlined
from workbench.simulation.kernels.draws import _rounded
from workbench.simulation.kernels.philox import block, uniform_of
from workbench.simulation.kernels.quantiles import evaluate, place, polynomial

#: Where a case stands at t0; the words are those of a trace.
STATES = ("waiting", "in_work", "filed", "approved", "abandoned")
WAITING, IN_WORK, FILED, APPROVED, ABANDONED = range(5)
#: The greatest number below 1.
_BELOW_ONE = 1.0 - 2.0**-53


class PoolStart(NamedTuple):
    """Where the (n) cases of a pool stand at t0; lists of cases are empty where the campaign begins.

    Attributes
    ----------
    t0
        what is simulated begins here.
    moved
        whether anything differs from the campaign's own beginning.
    fresh
        bool (n,), waits for its first attempt; `comes`, or works on one, or waits for a further one.
    since
        float64 (n,), when the attempt in work began, or the case was filed or approved.
    before
        int64 (n,), attempts that have failed before.
    begun
        int64, cases in work by (since, hash), then those that wait for a further attempt.
    in_work
        how many of `begun` are in work.
    lasted
        int64 (in_work,), the column of ``Parameters.lasted`` that is each one's.
    settled
        int64, cases filed or approved.
    electing
        int64, those of them whose election is all that is to come; `elected`, their columns of ``Parameters.elected``.
    surveyed
        float64, when each unit was surveyed, in the order of ``DrawInputs.hash``, NaN where that is not known by t0;
        empty: surveys are drawn.
    """

    t0: float
    moved: bool
    fresh: NDArray[np.bool_]
    comes: NDArray[np.bool_]
    since: NDArray[np.float64]
    before: NDArray[np.int64]
    begun: NDArray[np.int64]
    in_work: int
    lasted: NDArray[np.int64]
    settled: NDArray[np.int64]
    electing: NDArray[np.int64]
    elected: NDArray[np.int64]
    surveyed: NDArray[np.float64]


def pool_start(
    t0: float,
    state: NDArray[np.int8],
    since: NDArray[np.float64],
    before: NDArray[np.int64],
    max_attempts: NDArray[np.int64],
    needs_approval: NDArray[np.bool_],
    tie: NDArray[np.int64],
) -> PoolStart:
    """Where a pool's cases stand; nothing is drawn for it yet: no columns, and no surveys that are known."""
    working = np.flatnonzero(state == IN_WORK)
    again = np.flatnonzero((state == WAITING) & (before > 0) & (before < max_attempts))
    working = working[np.lexsort((tie[working], since[working]))]
    fresh = (state == WAITING) & (before == 0)
    comes = fresh.copy()
    comes[working] = comes[again] = True
    settled = np.flatnonzero((state == FILED) | (state == APPROVED))
    electing = settled[(state[settled] == APPROVED) | ~needs_approval[settled]]
    return PoolStart(
        t0=float(t0),
        moved=bool(t0 > 0.0 or (state != WAITING).any() or (before > 0).any()),
        fresh=fresh,
        comes=comes,
        since=since.astype(np.float64),
        before=before.astype(np.int64),
        begun=np.concatenate([working, again]).astype(np.int64),
        in_work=int(working.size),
        lasted=np.zeros(working.size, np.int64),
        settled=settled.astype(np.int64),
        electing=electing.astype(np.int64),
        elected=np.zeros(electing.size, np.int64),
        surveyed=np.empty(0),
    )


def at_the_beginning(cases: int) -> PoolStart:
    """Where the cases of a pool stand when the campaign begins."""
    nothing = np.zeros(cases, np.int64)
    never, state = np.full(cases, np.nan), nothing.astype(np.int8)
    return pool_start(0.0, state, never, nothing, nothing, nothing == 1, nothing)


@inlined
def _given(u, share):
    """A uniform number given that it is at least `share`, which is less than 1."""
    return min(share + u * (1.0 - share), _BELOW_ONE)


@bare_kernel
def survey_known(start, chances, rules, parameters, begin, rows, replication, columns, draws):
    """`survey` where the register says when units were surveyed: who was not is surveyed later than t0."""
    laws, end, seed, t0 = rules.laws, rules.census_end, rules.seed, start.t0
    tail, known, attempt = laws.family.size - 1, start.surveyed, np.uint64(0)
    word, time, some = columns.word, columns.time, columns.some
    hashes, units, other_case, opening = chances.hash, chances.units, chances.other_case, chances.opening
    cases, surveyed, release = chances.kind.size, draws.survey, draws.release
    unknown = 0
    for unit in range(units):
        time[unit] = known[unit]
        some[unknown] = unit
        unknown += np.int64(np.isnan(known[unit]))
    for row in range(rows):
        number, late = replication + np.uint64(row), parameters.late[begin + row]
        share, on_time = parameters.surveyed[begin + row], 1.0 - late
        for i in range(unknown):
            word[i] = block(hashes[some[i]], number, attempt, seed)[0]
        for i in range(unknown):
            u, when = _given(uniform_of(word[i]), share), t0
            if share < 1.0 and u < on_time:
                when = _rounded(u / on_time * end)
            elif share < 1.0:
                when = _rounded(end + evaluate(max((u - 1.0 + late) / late, 0.0), tail, laws))
            time[some[i]] = max(when, t0)
        for case in range(cases):
            surveyed[row, case] = time[case]
            release[row, case] = max(time[case], opening[case])
        for i in range(other_case.size):
            case = other_case[i]
            release[row, case] = max(release[row, case], time[cases + i])


@bare_kernel
def draw_under_way(start, chances, rules, parameters, begin, rows, replication, every_attempt, columns, draws):
    """`draw` of a campaign under way: the attempts to come, the one in work given that it has lasted until t0."""
    laws, seed, kinds = rules.laws, rules.seed, rules.approval.size
    coefficients = laws.coefficients
    pace, rate, per_km, per_extra = parameters.pace, parameters.success, parameters.per_km, parameters.per_extra_unit
    word, succeeds, delay = columns.word, columns.success, columns.retry_delay
    part, time, some, share = columns.part, columns.time, columns.some, columns.share
    hashes, kind_of, distance, extra_units = chances.hash, chances.kind, chances.distance, chances.extra_units
    max_attempts, shared_start, shared_end = chances.max_attempts, chances.shared_start, chances.shared_end
    tabulated, first, bits, scale = chances.tabulated, chances.first, chances.bits, chances.scale
    preparation, success, retry_delay = draws.preparation, draws.success, draws.retry_delay
    election_word = draws.election_word
    comes, begun, working_cases, before = start.comes, start.begun, start.in_work, start.before
    t0, since, lasted, shares = start.t0, start.since, start.lasted, parameters.lasted
    for row in range(rows):
        number, divisor = replication + np.uint64(row), pace[begin + row]
        for case in range(bits.size):
            word[case], succeeds[case], delay[case], election_word[row, case] = block(
                hashes[case], number, np.uint64(1), seed
            )
        for i in range(begun.size):
            case = begun[i]
            if before[case] > 0:
                word[case], succeeds[case], _, _ = block(hashes[case], number, np.uint64(before[case] + 1), seed)
        # Where nothing has lasted yet the share is 0, and the number stays as it is.
        for i in range(working_cases):
            share[begun[i]] = shares[begin + row, lasted[i]]
        for case in range(bits.size):
            part[case], time[case] = place(_given(uniform_of(word[case]), share[case]), bits[case], scale[case])
        for case in range(kind_of.size):
            if tabulated[case]:
                time[case] = polynomial(time[case], part[case], coefficients, first[case])
            else:
                time[case] = evaluate(_given(uniform_of(word[case]), share[case]), kind_of[case], laws)
        for case in range(shared_start, shared_end):
            kind = kind_of[case]
            time[case] *= (
                1.0 + per_km[begin + row, kind] * distance[case] + per_extra[begin + row, kind] * extra_units[case]
            )
        for case in range(bits.size):
            preparation[0, row, case] = _rounded(time[case] / divisor)
        for i in range(working_cases):
            case = begun[i]
            least = t0 - since[case]
            preparation[0, row, case] = max(preparation[0, row, case] if share[case] < 1.0 else least, least)
        count = 0
        for case in range(kind_of.size):
            succeeded = uniform_of(succeeds[case]) < rate[begin + row, kind_of[case]]
            success[0, row, case] = succeeded
            some[count] = case
            count += np.int64(every_attempt | (comes[case] & (not succeeded) & (max_attempts[case] > 1)))
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
                w0, w1, _, _ = block(hashes[case], number, np.uint64(before[case] + attempt + 1), seed)
                value = evaluate(uniform_of(w0), kind, laws)
                preparation[attempt, row, case] = _rounded(value * factor / divisor)
                success[attempt, row, case] = uniform_of(w1) < rate[begin + row, kind]
                if success[attempt, row, case] and not every_attempt:
                    break


@bare_kernel
def draw_electing(start, chances, rules, parameters, begin, rows, draws):
    """draws.election_lag of the cases that wait for their election alone, given that it has lasted until t0."""
    laws, kinds = rules.laws, rules.approval.size
    kind, word, lag, factors = chances.kind, draws.election_word, draws.election_lag, parameters.election
    electing, elected, since, shares = start.electing, start.elected, start.since, parameters.elected
    for row in range(rows):
        for i in range(electing.size):
            case = electing[i]
            least, share = start.t0 - since[case], shares[begin + row, elected[i]]
            if share >= 1.0:
                lag[row, case] = least
                continue
            u = _given(uniform_of(word[row, case]), share)
            value = evaluate(u, 2 * kinds + kind[case], laws)
            lag[row, case] = max(_rounded(value * factors[begin + row]), least)


@bare_kernel
def release_from(start, rows, horizon, draws, times):
    """Releases from t0 on. Who does not wait for a first attempt is not released as if it did: at the horizon.

    For those, times.dispatched holds the release from t0 on: whoever waits for a further attempt waits since then.
    """
    fresh, release, dispatched = start.fresh, draws.release, times.dispatched
    for row in range(rows):
        for case in range(fresh.size):
            since = max(release[row, case], start.t0)
            dispatched[row, case] = since
            release[row, case] = since if fresh[case] else horizon
