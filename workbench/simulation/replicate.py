"""Replications of one street: draws, orders, the kernel, and the tally, compiled (MODEL §5-§7).

Nothing is kept of a replication but what it adds to whole-number counters, so that any split of the work adds up to
the same bits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.cases import ATTACHED, JOINT
from workbench.simulation.committee import FOUNDS, NO_APPROVAL, decide
from workbench.simulation.compiled import inlined, kernel
from workbench.simulation.dispatch import work_through
from workbench.simulation.ordering import sort_by, sort_by_class
from workbench.simulation.philox import block, uniform_of
from workbench.simulation.quantiles import LawTable, evaluate, fill
from workbench.simulation.space import Space, work_space

TICKS = 2.0**20
_TICK_IS_LAST_BIT = 1.5 * 2.0**32
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

    given: NDArray[np.int64]  # (n) 0, 1, 2, …
    by_rank: NDArray[np.int64]  # (n)
    arrivals: NDArray[np.int64]  # (n)
    queue: NDArray[np.int64]  # (n)
    rank: NDArray[np.int64]  # (n)
    bucket_of: NDArray[np.int64]  # (n)
    bucket_end: NDArray[np.int64]  # (2 n + 2)


class Words(NamedTuple):
    """Random words on their way to times: (u) units, (n) cases."""

    survey: NDArray[np.uint64]  # (u)
    surveyed: NDArray[np.float64]  # (u) census times of all units
    preparation: NDArray[np.uint64]  # (n) the four words of the first attempt
    success: NDArray[np.uint64]  # (n)
    retry_delay: NDArray[np.uint64]  # (n)
    election: NDArray[np.uint64]  # (n)
    drawn: NDArray[np.float64]  # (n)


class Workshop(NamedTuple):
    """All work space of one street, made once a chunk."""

    draws: Draws
    times: Times
    orders: Orders
    words: Words
    space: Space


class Rules(NamedTuple):
    """What holds for every street: laws, kinds, calendar."""

    laws: LawTable
    opening: NDArray[np.float64]
    approval: NDArray[np.int8]
    counts_approval: bool
    census_end: float
    horizon: float
    seed: np.uint64


class Pool(NamedTuple):
    """The cases of one street, by kind and hash: slices of `Setup`, whose starts count from the slice's begin.

    by_hash : int64 (n,), each case's place by hash. kind_start : int64 (kinds + 1,), the slice of each kind.
    """

    hash: NDArray[np.uint64]
    by_hash: NDArray[np.int64]
    kind: NDArray[np.int64]
    kind_start: NDArray[np.int64]
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
    tally_units: NDArray[np.int32]
    tally_works: NDArray[np.int32]
    window_start: NDArray[np.float64]
    window_stop: NDArray[np.float64]
    window_slots: NDArray[np.int64]
    meeting_day: NDArray[np.float64]
    agenda: NDArray[np.int64]


class Counters(NamedTuple):
    """What replications add up to; (s) streets or one for the city, (n) cases of the whole city.

    branches, works : int32 (s, R, days), organizations newly covered on that day; street by street, as they are filled.
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
    n, u = max(cases, 1), max(units, 1)

    def times() -> NDArray[np.float64]:
        return np.zeros(n)

    def numbers() -> NDArray[np.int64]:
        return np.arange(n, dtype=np.int64)

    def words(size: int) -> NDArray[np.uint64]:
        return np.zeros(size, np.uint64)

    return Workshop(
        Draws(times(), times(), np.zeros((n, attempts)), np.zeros((n, attempts), np.bool_), times(), times()),
        Times(times(), times(), times(), times(), times(), numbers()),
        Orders(numbers(), numbers(), numbers(), numbers(), numbers(), numbers(), np.zeros(2 * n + 2, np.int64)),
        Words(words(u), np.zeros(u), words(n), words(n), words(n), words(n), times()),
        work_space(cases, slots),
    )


@inlined
def _rounded(time):
    """To whole ticks, half to even: the sum's last bit is a tick, so adding rounds (for times below 2^31 days)."""
    return (time + _TICK_IS_LAST_BIT) - _TICK_IS_LAST_BIT


# Arrays are taken out of their tuples before a loop: within it, numba would count references at every access.


@kernel
def survey(pool, rules, words, late, replication, draws):
    """Census and release (MODEL §5.1): fills draws.survey and draws.release."""
    laws, opening = rules.laws, rules.opening
    tail = laws.family.size - 1
    end, on_time, seed, first_attempt = rules.census_end, 1.0 - late, rules.seed, np.uint64(0)
    unit_hash, word, time = pool.unit_hash, words.survey, words.surveyed
    kind_start, unit_start, lead_unit = pool.kind_start, pool.unit_start, pool.lead_unit
    surveyed, released = draws.survey, draws.release
    for unit in range(unit_hash.size):
        word[unit] = block(unit_hash[unit], replication, first_attempt, seed)[0]
    for unit in range(unit_hash.size):
        time[unit] = _rounded(uniform_of(word[unit]) / on_time * end)
    for unit in range(unit_hash.size):
        u = uniform_of(word[unit])
        if u >= on_time:
            time[unit] = _rounded(end + evaluate(max((u - 1.0 + late) / late, 0.0), tail, laws))
    for kind in range(opening.size):
        for case in range(kind_start[kind], kind_start[kind + 1]):
            surveyed[case] = time[lead_unit[case]]
            release = opening[kind]
            for unit in range(unit_start[case], unit_start[case + 1]):
                release = max(release, time[unit])
            released[case] = release


@kernel
def draw(pool, rules, words, success, per_km, per_extra, pace, replication, every_attempt, draws):
    """Preparations, successes, retry delay and election: all attempts, or up to the first success."""
    laws = rules.laws
    kinds, seed, first_attempt = rules.approval.size, rules.seed, np.uint64(1)
    word, succeeds, delay, election = words.preparation, words.success, words.retry_delay, words.election
    hash_, kind_start, distance, extra_units = pool.hash, pool.kind_start, pool.distance, pool.extra_units
    max_attempts, drawn = pool.max_attempts, words.drawn
    preparation, successes, retry_delay, election_lag = (
        draws.preparation,
        draws.success,
        draws.retry_delay,
        draws.election_lag,
    )
    for case in range(hash_.size):
        word[case], succeeds[case], delay[case], election[case] = block(hash_[case], replication, first_attempt, seed)
    for kind in range(kinds):
        begin, end = kind_start[kind], kind_start[kind + 1]
        if begin == end:
            continue
        # Only what several organizations share takes longer with distance and size.
        a_km = per_km[kind] if kind in (JOINT, ATTACHED) else 0.0
        a_unit = per_extra[kind] if kind in (JOINT, ATTACHED) else 0.0
        rate = success[kind]
        fill(word, begin, end, kind, laws, drawn)
        for case in range(begin, end):
            factor = 1.0 + a_km * distance[case] + a_unit * extra_units[case]
            preparation[case, 0] = _rounded(drawn[case] * factor / pace)
            successes[case, 0] = uniform_of(succeeds[case]) < rate
        for case in range(begin, end):
            if successes[case, 0] and not every_attempt:
                continue
            factor = 1.0 + a_km * distance[case] + a_unit * extra_units[case]
            for attempt in range(1, max_attempts[case]):
                w0, w1, _, _ = block(hash_[case], replication, np.uint64(attempt + 1), seed)
                preparation[case, attempt] = _rounded(evaluate(uniform_of(w0), kind, laws) * factor / pace)
                successes[case, attempt] = uniform_of(w1) < rate
                if successes[case, attempt] and not every_attempt:
                    break
            retry_delay[case] = _rounded(evaluate(uniform_of(delay[case]), kinds + kind, laws))
        fill(election, begin, end, 2 * kinds + kind, laws, drawn)
        for case in range(begin, end):
            election_lag[case] = _rounded(drawn[case])


@kernel
def arrange(pool, rules, draws, orders):
    """Orders by rank, by release and by place in the queue."""
    end, bucket_of, bucket_end = rules.census_end, orders.bucket_of, orders.bucket_end
    sort_by(draws.survey, pool.by_hash, orders.given, 0.0, end, orders.by_rank, bucket_of, bucket_end)
    for rank in range(orders.by_rank.size):
        orders.rank[orders.by_rank[rank]] = rank
    sort_by(draws.release, orders.rank, orders.by_rank, 0.0, end, orders.arrivals, bucket_of, bucket_end)
    # By class, equal ones by (release, rank) as they stand.
    sort_by_class(pool.queue_class, pool.classes, orders.arrivals, orders.queue, bucket_end)


@kernel
def tally(pool, rules, draws, times, row, by_street, branches, works, formed_on, dispatched_on, ticks, count):
    """Add one replication's times to the counters. Sums of exact times are exact, in whatever order."""
    approval, counts_approval = rules.approval, rules.counts_approval
    kind_start, released = pool.kind_start, draws.release
    dispatches, filings, approvals, formations, founded = (
        times.dispatched,
        times.filed,
        times.approved,
        times.formed,
        times.mass_org,
    )
    tally_start, tally_street = pool.tally_start, pool.tally_street
    tally_units, tally_works = pool.tally_units, pool.tally_works
    for kind in range(approval.size):
        rule = approval[kind]
        days0 = days1 = days2 = days3 = 0.0
        passed0 = passed1 = passed2 = passed3 = 0
        for case in range(kind_start[kind], kind_start[kind + 1]):
            dispatched = dispatches[case]
            if not dispatched >= 0.0:  # NaN: never
                continue
            day = np.int64(dispatched)
            dispatched_on[case, day] += 1
            for entry in range(tally_start[case], tally_start[case + 1]):
                works[tally_street[entry] if by_street else 0, row, day] += tally_works[entry]
            days0 += dispatched - released[case]
            passed0 += 1
            filed = founded[case] if rule == FOUNDS else filings[case]
            if not filed >= 0.0:
                continue
            days1 += filed - dispatched
            passed1 += 1
            if rule == FOUNDS:
                continue
            decided = filed if rule == NO_APPROVAL else approvals[case]
            if not decided >= 0.0:
                continue
            days2 += decided - filed
            passed2 += 1
            formed = formations[case]
            if formed >= 0.0:
                days3 += formed - decided
                passed3 += 1
            counted = decided if counts_approval else formed
            if counted >= 0.0:
                day = np.int64(counted)
                formed_on[case, day] += 1
                for entry in range(tally_start[case], tally_start[case + 1]):
                    branches[tally_street[entry] if by_street else 0, row, day] += tally_units[entry]
        ticks[kind, 0] += np.int64(days0 * TICKS)
        ticks[kind, 1] += np.int64(days1 * TICKS)
        ticks[kind, 2] += np.int64(days2 * TICKS)
        ticks[kind, 3] += np.int64(days3 * TICKS)
        count[kind, 0] += passed0
        count[kind, 1] += passed1
        count[kind, 2] += passed2
        count[kind, 3] += passed3


@kernel
def replicate(pool, rules, parameters, first, first_case, street, shop, by_street, counters):
    """Simulate one street in replications first, first + 1, … and add what happens to the counters.

    `parameters` has one row a replication, `first_case` is the number of the street's first case in the city and
    `by_street` whether coverage is kept by street.
    """
    late, pace, notice, success, per_km, per_extra = parameters
    draws, times, orders, words, space = shop
    branches, works, worked_ticks = counters.branches, counters.works, counters.worked_ticks
    formed_on, dispatched_on = counters.formed_on[first_case:], counters.dispatched_on[first_case:]
    ticks, count = counters.stage_ticks[street], counters.stage_count[street]
    for row in range(late.size):
        replication = np.uint64(first + row)
        survey(pool, rules, words, late[row], replication, draws)
        draw(pool, rules, words, success[row], per_km[row], per_extra[row], pace[row], replication, False, draws)
        arrange(pool, rules, draws, orders)
        worked = work_through(
            orders.queue,
            orders.arrivals,
            draws.release,
            pool.queue_class,
            orders.rank,
            pool.max_attempts,
            draws.preparation,
            draws.success,
            draws.retry_delay,
            pool.window_start,
            pool.window_stop,
            pool.window_slots,
            rules.horizon,
            space,
            times.dispatched,
            times.filed,
            times.attempts,
        )
        decide(
            orders.by_rank,
            orders.rank,
            times.filed,
            pool.approval,
            draws.election_lag,
            pool.meeting_day,
            pool.agenda,
            notice[row],
            rules.horizon,
            space,
            times.approved,
            times.formed,
            times.mass_org,
        )
        worked_ticks[street] += np.int64(worked * TICKS)
        tally(pool, rules, draws, times, row, by_street, branches, works, formed_on, dispatched_on, ticks, count)
