"""What happens to the cases of one street, given every number that chance decides (MODEL §5.2-§5.6).

No randomness lives here: plain arrays in, times out. `serve` is the entry for comparing an outside implementation
of the model with this one, bit for bit; `trace` shows what goes in and what comes out. The compiled parts,
`work_through` and `decide`, are what `simulate` runs too.

Streets share nothing, so one call serves one street. All times are working-day times; they are exact as long as
they are multiples of 2^-20 (MODEL §3). NaN means that it never happened.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from workbench.simulation.bitset import NONE, add, least, remove
from workbench.simulation.heap import pop, push

#: How a case becomes a branch once it is filed; `FOUNDS` is outreach, whose success is a mass organization.
NO_APPROVAL, DIRECT, COMMITTEE, FOUNDS = range(4)
APPROVALS = {"none": NO_APPROVAL, "direct": DIRECT, "committee": COMMITTEE}

UNLIMITED = np.int64(2**62)


class Served(NamedTuple):
    """What `serve` gives: one entry a case; times are float64, NaN where it never happened."""

    dispatched: NDArray[np.float64]
    filed: NDArray[np.float64]
    approved: NDArray[np.float64]
    formed: NDArray[np.float64]
    mass_org: NDArray[np.float64]
    attempts: NDArray[np.int64]


@njit(inline="always")
def _before(a, b, priority, waiting_since, rank):  # type: ignore[no-untyped-def]
    """Does waiting case a go before waiting case b?"""
    if priority[a] != priority[b]:
        return priority[a] < priority[b]
    if waiting_since[a] != waiting_since[b]:
        return waiting_since[a] < waiting_since[b]
    return rank[a] < rank[b]


@njit(inline="always")
def _push_retry(retries, size, case, priority, waiting_since, rank):  # type: ignore[no-untyped-def]
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if _before(retries[parent], case, priority, waiting_since, rank):
            break
        retries[at] = retries[parent]
        at = parent
    retries[at] = case


@njit(inline="always")
def _pop_retry(retries, size, priority, waiting_since, rank):  # type: ignore[no-untyped-def]
    size -= 1
    case = retries[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _before(retries[child + 1], retries[child], priority, waiting_since, rank):
            child += 1
        if _before(case, retries[child], priority, waiting_since, rank):
            break
        retries[at] = retries[child]
        at = child
    retries[at] = case


class Space(NamedTuple):
    """Work space of `work_through`, made once and used for many calls: (n) cases, (s) slots."""

    place: NDArray[np.int64]  # (n) case -> place in the queue
    waiting: NDArray[np.uint64]  # bits (n): places whose case waits for its first attempt
    waiting_since: NDArray[np.float64]  # (n) the release of the attempt a case waits for
    retries: NDArray[np.int64]  # (n) heap: cases that wait for a further attempt
    coming_time: NDArray[np.float64]  # (n) heap: when failed cases are released again …
    coming_case: NDArray[np.int64]  # (n) … and which they are
    idle: NDArray[np.uint64]  # bits (s): slots that are idle and have opened
    busy_until: NDArray[np.float64]  # (s) heap: when busy slots complete …
    busy_slot: NDArray[np.int64]  # (s) … and which they are


def work_space(cases: int, slots: int) -> Space:
    """Work space for up to so many cases and slots."""
    n, s = max(cases, 1), max(slots, 1)
    return Space(
        np.empty(n, np.int64), np.empty((n + 63) // 64, np.uint64), np.empty(n), np.empty(n, np.int64), np.empty(n),
        np.empty(n, np.int64), np.empty((s + 63) // 64, np.uint64), np.empty(s), np.empty(s, np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def work_through(  # type: ignore[no-untyped-def]
    queue, arrivals, release, priority, rank, max_attempts, preparation, success, retry_delay,
    slot_start, slot_stop, openings, horizon, space, dispatched, filed, attempts,
):  # fmt: skip
    """Dispatch and preparation, to the horizon: fills dispatched, filed and attempts; returns the days of work.

    `queue` holds the cases by (priority, first release, rank), `arrivals` by first release, `openings` the slots by
    start. `filed` is the end of the successful attempt.
    """
    cases = queue.size
    slots = slot_start.size
    place, waiting, waiting_since, retries, coming_time, coming_case, idle, busy_until, busy_slot = space
    for position in range(cases):
        place[queue[position]] = position
    for case in range(cases):
        waiting_since[case] = release[case]
        dispatched[case] = np.nan
        filed[case] = np.nan
        attempts[case] = 0
    words = (cases + 63) >> 6
    waiting[:words] = 0
    first_word = words  # no waiting place lies in an earlier word
    waiting = waiting[:words]
    idle[:] = 0
    arrived = coming = opened = busy = retrying = 0
    worked = 0.0

    while True:
        # The next instant at which something falls due.
        now = np.inf
        if arrived < cases:
            now = release[arrivals[arrived]]
        if coming > 0:
            now = min(now, coming_time[0])
        if opened < slots:
            now = min(now, slot_start[openings[opened]])
        if busy > 0:
            now = min(now, busy_until[0])
        if now >= horizon:
            break
        # Completions, releases, windows: all that is due, before anyone is dispatched.
        while busy > 0 and busy_until[0] <= now:
            slot = busy_slot[0]
            pop(busy_until, busy_slot, busy)
            busy -= 1
            if now < slot_stop[slot]:
                add(idle, slot)
        while arrived < cases and release[arrivals[arrived]] <= now:
            position = place[arrivals[arrived]]
            add(waiting, position)
            first_word = min(first_word, position >> 6)
            arrived += 1
        while coming > 0 and coming_time[0] <= now:
            case = coming_case[0]
            pop(coming_time, coming_case, coming)
            coming -= 1
            _push_retry(retries, retrying, case, priority, waiting_since, rank)
            retrying += 1
        while opened < slots and slot_start[openings[opened]] <= now:
            if now < slot_stop[openings[opened]]:
                add(idle, openings[opened])
            opened += 1
        # Dispatch, one start at a time.
        while True:
            slot = least(idle, 0)
            while slot != NONE and slot_stop[slot] <= now:
                remove(idle, slot)
                slot = least(idle, 0)
            if slot == NONE:
                break
            position = least(waiting, first_word)
            if position != NONE:
                first_word = position >> 6
                case = queue[position]
                if retrying > 0 and _before(retries[0], case, priority, waiting_since, rank):
                    position = NONE
            else:
                first_word = words
                if retrying == 0:
                    break
            if position != NONE:
                remove(waiting, position)
                dispatched[case] = now
            else:
                case = retries[0]
                _pop_retry(retries, retrying, priority, waiting_since, rank)
                retrying -= 1
            attempt = attempts[case]
            attempts[case] = attempt + 1
            end = now + preparation[case, attempt]
            worked += min(end, horizon) - now
            if success[case, attempt]:
                if end < horizon:
                    filed[case] = end
            elif attempt + 1 < max_attempts[case]:
                again = end + retry_delay[case]
                waiting_since[case] = again
                if again <= now:
                    _push_retry(retries, retrying, case, priority, waiting_since, rank)
                    retrying += 1
                else:
                    push(coming_time, coming_case, coming, again, case)
                    coming += 1
            if end > now:
                remove(idle, slot)
                push(busy_until, busy_slot, busy, end, slot)
                busy += 1
    return worked


@njit(cache=True, nogil=True)
def decide(  # type: ignore[no-untyped-def]
    by_rank, filed, approval, election_lag, meeting_day, agenda, notice, horizon, heard, approved, formed, mass_org
):  # fmt: skip
    """Approval and election: fills approved, formed and mass_org, and takes outreach out of `filed`.

    `by_rank` holds the cases by rank; `heard` is int64 work space, one a case. `agenda` may be `UNLIMITED`.
    """
    queued = 0
    for i in range(by_rank.size):
        case = by_rank[i]
        approved[case] = np.nan
        formed[case] = np.nan
        mass_org[case] = np.nan
        time = filed[case]
        if np.isnan(time):
            continue
        rule = approval[case]
        if rule == FOUNDS:
            mass_org[case] = time
            filed[case] = np.nan
        elif rule == COMMITTEE:
            # The committee's queue, by (filed, rank): cases come by rank, so equal times stand right.
            j = queued
            while j > 0 and filed[heard[j - 1]] > time:
                heard[j] = heard[j - 1]
                j -= 1
            heard[j] = case
            queued += 1
        else:
            decided = time
            if rule == DIRECT:
                decided = time + notice
                if decided >= horizon:
                    continue
                approved[case] = decided
            if decided + election_lag[case] < horizon:
                formed[case] = decided + election_lag[case]
    next_case = 0
    for meeting in range(meeting_day.size):
        day = meeting_day[meeting]
        if day >= horizon:
            break
        room = agenda[meeting]
        while next_case < queued and room > 0 and filed[heard[next_case]] + notice <= day:
            case = heard[next_case]
            approved[case] = day
            if day + election_lag[case] < horizon:
                formed[case] = day + election_lag[case]
            next_case += 1
            room -= 1


def serve(
    *,
    release: ArrayLike,
    priority: ArrayLike,
    rank: ArrayLike,
    max_attempts: ArrayLike,
    preparation: ArrayLike,
    success: ArrayLike,
    retry_delay: ArrayLike,
    approval: ArrayLike,
    election_lag: ArrayLike,
    slot_start: ArrayLike,
    slot_stop: ArrayLike,
    meeting_day: ArrayLike,
    agenda: ArrayLike,
    notice: float,
    horizon: float,
) -> Served:
    """Serve the cases of one street, deterministically: the entry for outside comparison (MODEL §5.2-§5.6).

    Parameters
    ----------
    release, retry_delay, election_lag : float (n,), working-day times and durations; 0 for no election.
    priority, rank : int (n,), least first; ranks are distinct.
    max_attempts : int (n,), at least 1.
    preparation : float (n, K), working days of attempt 1 … K; NaN beyond ``max_attempts``.
    success : bool (n, K), whether that attempt succeeds.
    approval : int (n,), `NO_APPROVAL`, `DIRECT`, `COMMITTEE`, or `FOUNDS` for outreach.
    slot_start, slot_stop : float (s,), the windows, in slot order.
    meeting_day : float (m,), rising.
    agenda : float (m,), cases a meeting hears at most; NaN is unlimited.
    notice : working days between filing and the meeting (or direct decision).
    horizon : nothing starts at or after it, and what has not happened before it never happened.

    Returns
    -------
    Served : arrays (n,), one entry a case.

    Raises
    ------
    ValueError : an array breaks a rule; the message names the array, the index and the rule.

    Examples
    --------
    One slot, two cases of a day each, a meeting on day 2 that hears one case:

    >>> served = serve(release=[0, 0], priority=[0, 0], rank=[1, 0], max_attempts=[1, 1],
    ...                preparation=[[1.0], [1.0]], success=[[True], [True]], retry_delay=[0, 0],
    ...                approval=[COMMITTEE, COMMITTEE], election_lag=[0.5, 0.5], slot_start=[0], slot_stop=[9],
    ...                meeting_day=[2], agenda=[1], notice=0, horizon=10)
    >>> served.dispatched.tolist(), served.formed.tolist()
    ([1.0, 0.0], [nan, 2.5])
    """
    from workbench.simulation.checks import checked

    given = checked(
        release=release, priority=priority, rank=rank, max_attempts=max_attempts, preparation=preparation,
        success=success, retry_delay=retry_delay, approval=approval, election_lag=election_lag,
        slot_start=slot_start, slot_stop=slot_stop, meeting_day=meeting_day, agenda=agenda, notice=notice,
        horizon=horizon,
    )  # fmt: skip
    cases = given.release.size
    served = Served(*(np.empty(cases) for _ in range(5)), attempts=np.empty(cases, np.int64))
    by_rank = np.argsort(given.rank, kind="stable")
    arrivals = by_rank[np.argsort(given.release[by_rank], kind="stable")]
    queue = np.lexsort((given.rank, given.release, given.priority))
    openings = np.argsort(given.slot_start, kind="stable")
    work_through(
        queue, arrivals, given.release, given.priority, given.rank, given.max_attempts, given.preparation,
        given.success, given.retry_delay, given.slot_start, given.slot_stop, openings, given.horizon,
        work_space(cases, given.slot_start.size), served.dispatched, served.filed, served.attempts,
    )  # fmt: skip
    decide(
        by_rank, served.filed, given.approval, given.election_lag, given.meeting_day, given.agenda, given.notice,
        given.horizon, np.empty(cases, np.int64), served.approved, served.formed, served.mass_org,
    )  # fmt: skip
    return served
