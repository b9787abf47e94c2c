"""Replications of one street: draws, orders, the kernel, and the tally, compiled (MODEL §5-§7).

Nothing is kept of a replication but what it adds to whole-number counters, so that any split of the work adds up to
the same bits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from workbench.simulation.cases import ATTACHED, JOINT
from workbench.simulation.kernel import COMMITTEE, DIRECT, FOUNDS, Space, decide, work_space, work_through
from workbench.simulation.ordering import sort_by, sort_by_class
from workbench.simulation.philox import UNIT, block
from workbench.simulation.quantiles import evaluate

TICKS = 2.0**20
#: Stages of a case's way: waiting for an instructor, preparation (with retries), the committee, the election.
STAGES = ("dispatch", "preparation", "approval", "election")


class Draws(NamedTuple):
    """What chance decides for the cases of one street in one replication: (n) cases, K attempts."""

    survey: NDArray[np.float64]  # (n) the lead's survey time
    release: NDArray[np.float64]  # (n)
    preparation: NDArray[np.float64]  # (n, K)
    success: NDArray[np.bool_]  # (n, K)
    retry_delay: NDArray[np.float64]  # (n)
    election_lag: NDArray[np.float64]  # (n)


class Times(NamedTuple):
    """What the kernel fills: (n) cases."""

    dispatched: NDArray[np.float64]
    filed: NDArray[np.float64]
    approved: NDArray[np.float64]
    formed: NDArray[np.float64]
    mass_org: NDArray[np.float64]
    attempts: NDArray[np.int64]


class Orders(NamedTuple):
    """Orders of cases and their work space."""

    by_hash: NDArray[np.int64]  # (n) 0, 1, 2, …: cases stand by hash
    by_rank: NDArray[np.int64]  # (n)
    arrivals: NDArray[np.int64]  # (n)
    queue: NDArray[np.int64]  # (n)
    rank: NDArray[np.int64]  # (n)
    heard: NDArray[np.int64]  # (n)
    bucket_of: NDArray[np.int64]  # (n)
    bucket_end: NDArray[np.int64]  # (2 n + 2)


class Words(NamedTuple):
    """Random words on their way to times: (u) units, (n) cases, and a double that is read as bits."""

    survey: NDArray[np.uint64]  # (u)
    attempt: NDArray[np.uint64]  # (4, n)
    scratch: NDArray[np.float64]  # (1)
    scratch_bits: NDArray[np.int64]  # (1), the same memory


class Workshop(NamedTuple):
    """All work space of one street, made once a chunk."""

    draws: Draws
    times: Times
    orders: Orders
    words: Words
    space: Space


class Rules(NamedTuple):
    """What holds for every street: laws, kinds, calendar."""

    family: NDArray[np.int8]
    numbers: NDArray[np.float64]
    bits: NDArray[np.int64]
    offset: NDArray[np.int64]
    coefficients: NDArray[np.float64]
    opening: NDArray[np.float64]
    approval: NDArray[np.int8]
    counts_approval: bool
    census_end: float
    horizon: float
    seed: np.uint64


class Pool(NamedTuple):
    """The cases of one street (slices of `Setup`; unit and tally starts count from the slice's begin)."""

    hash: NDArray[np.uint64]
    kind: NDArray[np.int64]
    distance: NDArray[np.float64]
    extra_units: NDArray[np.int64]
    approval: NDArray[np.int8]
    max_attempts: NDArray[np.int64]
    queue_class: NDArray[np.int64]
    classes: int
    lead_unit: NDArray[np.int64]
    unit_start: NDArray[np.int64]
    unit_hash: NDArray[np.uint64]
    tally_start: NDArray[np.int64]
    tally_street: NDArray[np.int64]
    tally_units: NDArray[np.int64]
    tally_works: NDArray[np.int64]
    slot_start: NDArray[np.float64]
    slot_stop: NDArray[np.float64]
    openings: NDArray[np.int64]
    meeting_day: NDArray[np.float64]
    agenda: NDArray[np.int64]


class Counters(NamedTuple):
    """What replications add up to; (s) streets or one for the city, (n) cases of the whole city.

    branches, works : int32 (R, days, s), organizations newly covered on that day.
    formed_on, dispatched_on : int32 (n, days).
    stage_ticks, stage_count : int64 (streets, kinds, stages).
    worked_ticks : int64 (streets), of slot time in work.
    """

    branches: NDArray[np.int32]
    works: NDArray[np.int32]
    formed_on: NDArray[np.int32]
    dispatched_on: NDArray[np.int32]
    stage_ticks: NDArray[np.int64]
    stage_count: NDArray[np.int64]
    worked_ticks: NDArray[np.int64]


def workshop(cases: int, units: int, slots: int, attempts: int) -> Workshop:
    """Work space for a street."""
    n = max(cases, 1)
    scratch = np.zeros(1)
    return Workshop(
        Draws(
            np.empty(n), np.empty(n), np.empty((n, attempts)), np.empty((n, attempts), np.bool_), np.zeros(n), np.zeros(n)
        ),
        Times(*(np.empty(n) for _ in range(5)), np.empty(n, np.int64)),
        Orders(*(np.arange(n, dtype=np.int64) for _ in range(7)), np.empty(2 * n + 2, np.int64)),
        Words(np.empty(max(units, 1), np.uint64), np.empty((4, n), np.uint64), scratch, scratch.view(np.int64)),
        work_space(cases, slots),
    )


@njit(inline="always")
def _rounded(time):  # type: ignore[no-untyped-def]
    """To whole ticks, half to even."""
    return np.rint(time * TICKS) * (1.0 / TICKS)


@njit(cache=True, nogil=True)
def survey(pool, rules, words, late, replication, draws):  # type: ignore[no-untyped-def]
    """Census and release (MODEL §5.1): fills draws.survey and draws.release."""
    laws = (rules.family, rules.numbers, rules.bits, rules.offset, rules.coefficients)
    tail = rules.family.size - 1
    for unit in range(pool.unit_hash.size):
        words.survey[unit] = block(pool.unit_hash[unit], replication, np.uint64(0), rules.seed)[0]
    on_time = 1.0 - late
    for case in range(pool.kind.size):
        release = rules.opening[pool.kind[case]]
        for unit in range(pool.unit_start[case], pool.unit_start[case + 1]):
            u = (np.float64(words.survey[unit]) + 0.5) * UNIT
            if u < on_time:
                time = u / on_time * rules.census_end
            else:
                u = max((u - 1.0 + late) / late, 0.0)
                time = rules.census_end + evaluate(u, tail, laws, words.scratch, words.scratch_bits)
            time = _rounded(time)
            if unit == pool.lead_unit[case]:
                draws.survey[case] = time
            release = max(release, time)
        draws.release[case] = release


@njit(cache=True, nogil=True)
def draw(pool, rules, words, success, per_km, per_extra, pace, replication, every_attempt, draws):  # type: ignore[no-untyped-def]
    """Preparations, successes, retry delay and election: all attempts, or up to the first success."""
    laws = (rules.family, rules.numbers, rules.bits, rules.offset, rules.coefficients)
    kinds = rules.approval.size
    scratch, scratch_bits = words.scratch, words.scratch_bits
    for case in range(pool.kind.size):
        w0, w1, w2, w3 = block(pool.hash[case], replication, np.uint64(1), rules.seed)
        words.attempt[0, case], words.attempt[1, case] = w0, w1
        words.attempt[2, case], words.attempt[3, case] = w2, w3
    for case in range(pool.kind.size):
        kind = pool.kind[case]
        factor = 1.0
        if kind in (JOINT, ATTACHED):
            factor = 1.0 + per_km[kind] * pool.distance[case] + per_extra[kind] * pool.extra_units[case]
        w0, w1 = words.attempt[0, case], words.attempt[1, case]
        attempt = 0
        while True:
            value = evaluate((np.float64(w0) + 0.5) * UNIT, kind, laws, scratch, scratch_bits)
            draws.preparation[case, attempt] = _rounded(value * factor / pace)
            succeeds = (np.float64(w1) + 0.5) * UNIT < success[kind]
            draws.success[case, attempt] = succeeds
            attempt += 1
            if attempt == pool.max_attempts[case] or (succeeds and not every_attempt):
                break
            w0, w1, _, _ = block(pool.hash[case], replication, np.uint64(attempt + 1), rules.seed)
        if attempt > 1 or every_attempt:
            u = (np.float64(words.attempt[2, case]) + 0.5) * UNIT
            draws.retry_delay[case] = _rounded(evaluate(u, kinds + kind, laws, scratch, scratch_bits))
        u = (np.float64(words.attempt[3, case]) + 0.5) * UNIT
        draws.election_lag[case] = _rounded(evaluate(u, 2 * kinds + kind, laws, scratch, scratch_bits))


@njit(cache=True, nogil=True)
def arrange(pool, rules, draws, orders):  # type: ignore[no-untyped-def]
    """Orders by rank, by release and by place in the queue. Cases stand by hash, and all sorts are stable."""
    sort_by(draws.survey, orders.by_hash, 0.0, rules.census_end, orders.by_rank, orders.bucket_of, orders.bucket_end)
    for rank in range(orders.by_rank.size):
        orders.rank[orders.by_rank[rank]] = rank
    sort_by(draws.release, orders.by_rank, 0.0, rules.census_end, orders.arrivals, orders.bucket_of, orders.bucket_end)
    sort_by_class(pool.queue_class, pool.classes, orders.arrivals, orders.queue, orders.bucket_end)


@njit(cache=True, nogil=True)
def replicate(  # type: ignore[no-untyped-def]
    pool, rules, parameters, first, first_case, street, shop, by_street, counters
):
    """Simulate one street in replications first, first + 1, … and add what happens to the counters.

    `parameters` has one row a replication, `first_case` is the number of the street's first case in the city and
    `by_street` whether coverage is kept by street.
    """
    late, pace, notice, success, per_km, per_extra = parameters
    draws, times, orders, words, space = shop
    cases = pool.kind.size
    for row in range(late.size):
        replication = np.uint64(first + row)
        survey(pool, rules, words, late[row], replication, draws)
        draw(pool, rules, words, success[row], per_km[row], per_extra[row], pace[row], replication, False, draws)
        arrange(pool, rules, draws, orders)
        worked = work_through(
            orders.queue, orders.arrivals, draws.release, pool.queue_class, orders.rank, pool.max_attempts,
            draws.preparation, draws.success, draws.retry_delay, pool.slot_start, pool.slot_stop, pool.openings,
            rules.horizon, space, times.dispatched, times.filed, times.attempts,
        )  # fmt: skip
        decide(
            orders.by_rank, times.filed, pool.approval, draws.election_lag, pool.meeting_day, pool.agenda,
            notice[row], rules.horizon, orders.heard, times.approved, times.formed, times.mass_org,
        )  # fmt: skip
        counters.worked_ticks[street] += np.int64(worked * TICKS)
        for case in range(cases):
            dispatched = times.dispatched[case]
            if np.isnan(dispatched):
                continue
            kind = pool.kind[case]
            day = np.int64(dispatched)
            counters.dispatched_on[first_case + case, day] += 1
            counters.stage_ticks[street, kind, 0] += np.int64((dispatched - draws.release[case]) * TICKS)
            counters.stage_count[street, kind, 0] += 1
            for entry in range(pool.tally_start[case], pool.tally_start[case + 1]):
                place = pool.tally_street[entry] if by_street else 0
                counters.works[row, day, place] += np.int32(pool.tally_works[entry])
            rule = pool.approval[case]
            filed = times.mass_org[case] if rule == FOUNDS else times.filed[case]
            if np.isnan(filed):
                continue
            counters.stage_ticks[street, kind, 1] += np.int64((filed - dispatched) * TICKS)
            counters.stage_count[street, kind, 1] += 1
            if rule == FOUNDS:
                continue
            decided = times.approved[case] if rule in (COMMITTEE, DIRECT) else filed
            if np.isnan(decided):
                continue
            formed = times.formed[case]
            counters.stage_ticks[street, kind, 2] += np.int64((decided - filed) * TICKS)
            counters.stage_count[street, kind, 2] += 1
            if not np.isnan(formed):
                counters.stage_ticks[street, kind, 3] += np.int64((formed - decided) * TICKS)
                counters.stage_count[street, kind, 3] += 1
            counted = decided if rules.counts_approval else formed
            if np.isnan(counted):
                continue
            day = np.int64(counted)
            counters.formed_on[first_case + case, day] += 1
            for entry in range(pool.tally_start[case], pool.tally_start[case + 1]):
                place = pool.tally_street[entry] if by_street else 0
                counters.branches[row, day, place] += np.int32(pool.tally_units[entry])
