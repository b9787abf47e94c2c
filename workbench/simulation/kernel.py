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
from numpy.typing import ArrayLike, NDArray

from workbench.simulation.bitset import NONE, add, least, remove
from workbench.simulation.compiled import inlined, kernel
from workbench.simulation.heap import pop, push
from workbench.simulation.ordering import sort_by

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


@inlined
def _before(a, b, priority, waiting_since, rank):  # type: ignore[no-untyped-def]
    """Does waiting case a go before waiting case b?"""
    if priority[a] != priority[b]:
        return priority[a] < priority[b]
    if waiting_since[a] != waiting_since[b]:
        return waiting_since[a] < waiting_since[b]
    return rank[a] < rank[b]


@inlined
def _push_retry(retries, size, case, priority, waiting_since, rank):  # type: ignore[no-untyped-def]
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if _before(retries[parent], case, priority, waiting_since, rank):
            break
        retries[at] = retries[parent]
        at = parent
    retries[at] = case


@inlined
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
    """Work space of `work_through` and `decide`, made once and used for many calls: (n) cases, (s) slots."""

    place: NDArray[np.int64]  # (n) case -> place in the queue
    waiting: NDArray[np.uint64]  # bits (n): places whose case waits for its first attempt
    waiting_since: NDArray[np.float64]  # (n) the release of the attempt a case waits for
    retries: NDArray[np.int64]  # (n) heap: cases that wait for a further attempt
    coming_time: NDArray[np.float64]  # (n) heap: when failed cases are released again …
    coming_case: NDArray[np.int64]  # (n) … and which they are
    idle: NDArray[np.int64]  # (s) slots of each window that are not at work
    busy_until: NDArray[np.float64]  # (s) heap: when busy slots complete …
    busy_window: NDArray[np.int64]  # (s) … and whose they are
    filed_cases: NDArray[np.int64]  # (n) cases before the committee
    heard_order: NDArray[np.int64]  # (n) the same by (filed, rank)
    first_meeting: NDArray[np.int64]  # (n) the meeting that may hear a case first
    bucket_of: NDArray[np.int64]  # (n)
    bucket_end: NDArray[np.int64]  # (2 n + 2)


def work_space(cases: int, slots: int) -> Space:
    """Work space for up to so many cases and slots."""
    n, s = max(cases, 1), max(slots, 1)

    def whole(size: int) -> NDArray[np.int64]:
        return np.empty(size, np.int64)

    return Space(
        whole(n), np.empty((n + 63) // 64, np.uint64), np.empty(n), whole(n), np.empty(n), whole(n), whole(s),
        np.empty(s), whole(s), whole(n), whole(n), whole(n), whole(n), whole(2 * n + 2),
    )  # fmt: skip


@inlined
def _idle_window(now, window_start, window_stop, idle, busy_until, busy_window, busy):  # type: ignore[no-untyped-def]
    """The first open window with an idle slot, or `NONE`; and how many slots are busy once completions are seen.

    Slots of one window are alike, and windows stand in slot order: the first idle one is that of least index.
    """
    if window_start.size == 1:
        # With one window it does not matter which slot: look at completions only when none is idle.
        if not window_start[0] <= now < window_stop[0]:
            return NONE, busy
        if idle[0] == 0:
            while busy > 0 and busy_until[0] <= now:
                pop(busy_until, busy_window, busy)
                busy -= 1
                idle[0] += 1
        return (0 if idle[0] > 0 else NONE), busy
    while busy > 0 and busy_until[0] <= now:
        idle[busy_window[0]] += 1
        pop(busy_until, busy_window, busy)
        busy -= 1
    for window in range(window_start.size):
        if idle[window] > 0 and window_start[window] <= now < window_stop[window]:
            return window, busy
    return NONE, busy


@inlined
def _next_chance(now, window_start, window_stop, busy_until, busy):  # type: ignore[no-untyped-def]
    """When a case that waits now may next find an idle slot: a completion, or a window that opens."""
    chance = np.inf
    for window in range(window_start.size):
        if window_start[window] > now:
            chance = min(chance, window_start[window])
        elif now < window_stop[window] and busy > 0:
            chance = min(chance, busy_until[0])
    return chance


@kernel
def work_through(  # type: ignore[no-untyped-def]
    queue, arrivals, release, priority, rank, max_attempts, preparation, success, retry_delay,
    window_start, window_stop, window_slots, horizon, space, dispatched, filed, attempts,
):  # fmt: skip
    """Dispatch and preparation, to the horizon: fills dispatched, filed and attempts; returns the days of work.

    `queue` holds the cases by (priority, first release, rank) and `arrivals` by first release. Windows are runs of
    slots with the same start and stop, in slot order. `filed` is the end of the successful attempt.
    """
    cases = queue.size
    place, waiting, waiting_since, retries, coming_time, coming_case = space[:6]
    idle, busy_until, busy_window = space.idle, space.busy_until, space.busy_window
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
    for window in range(window_start.size):
        idle[window] = window_slots[window]
    arrived = coming = busy = retrying = waiting_count = 0
    now, worked = -np.inf, 0.0

    while True:
        # The next instant at which something falls due that matters to who is dispatched.
        after = np.inf
        if waiting_count > 0:
            after = _next_chance(now, window_start, window_stop, busy_until, busy)
        if arrived < cases:
            after = min(after, release[arrivals[arrived]])
        if coming > 0:
            after = min(after, coming_time[0])
        if not after < horizon:
            break
        now = after
        # Completions come first, but matter only to a case that looks for a slot: `_idle_window` sees to them.
        while arrived < cases and release[arrivals[arrived]] <= now:
            position = place[arrivals[arrived]]
            add(waiting, position)
            first_word = min(first_word, position >> 6)
            arrived += 1
            waiting_count += 1
        while coming > 0 and coming_time[0] <= now:
            case = coming_case[0]
            pop(coming_time, coming_case, coming)
            coming -= 1
            _push_retry(retries, retrying, case, priority, waiting_since, rank)
            retrying += 1
            waiting_count += 1
        # Dispatch, one start at a time.
        while waiting_count > 0:
            window, busy = _idle_window(now, window_start, window_stop, idle, busy_until, busy_window, busy)
            if window == NONE:
                break
            position = NONE
            if waiting_count > retrying:
                position = least(waiting, first_word)
                first_word = position >> 6
                case = queue[position]
                if retrying > 0 and _before(retries[0], case, priority, waiting_since, rank):
                    position = NONE
            if position != NONE:
                remove(waiting, position)
                dispatched[case] = now
            else:
                case = retries[0]
                _pop_retry(retries, retrying, priority, waiting_since, rank)
                retrying -= 1
            waiting_count -= 1
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
                    # Nothing lasted any time: what falls due now is handled before the next start.
                    _push_retry(retries, retrying, case, priority, waiting_since, rank)
                    retrying += 1
                    waiting_count += 1
                else:
                    push(coming_time, coming_case, coming, again, case)
                    coming += 1
            if end > now:
                idle[window] -= 1
                push(busy_until, busy_window, busy, end, window)
                busy += 1
    return worked


@inlined
def _first_at_or_after(days, time):  # type: ignore[no-untyped-def]
    """Index of the first day at or after a time; days rise."""
    low, high = 0, days.size
    while low < high:
        middle = (low + high) >> 1
        if days[middle] < time:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def decide(  # type: ignore[no-untyped-def]
    by_rank, rank, filed, approval, election_lag, meeting_day, agenda, notice, horizon, space, approved, formed,
    mass_org,
):  # fmt: skip
    """Approval and election: fills approved, formed and mass_org, and takes outreach out of `filed`.

    `by_rank` holds the cases by rank. `agenda` may be `UNLIMITED`.
    """
    filed_cases, heard_order, first_meeting = space.filed_cases, space.heard_order, space.first_meeting
    before_committee = 0
    least_filed = horizon
    for i in range(by_rank.size):
        case = by_rank[i]
        approved[case] = np.nan
        formed[case] = np.nan
        mass_org[case] = np.nan
        time = filed[case]
        if not time < horizon:
            continue
        rule = approval[case]
        if rule == COMMITTEE:
            filed_cases[before_committee] = case
            first_meeting[case] = _first_at_or_after(meeting_day, time + notice)
            before_committee += 1
            least_filed = min(least_filed, time)
        elif rule == FOUNDS:
            mass_org[case] = time
            filed[case] = np.nan
        elif rule == DIRECT:
            if time + notice < horizon:
                approved[case] = time + notice
                if time + notice + election_lag[case] < horizon:
                    formed[case] = time + notice + election_lag[case]
        elif time + election_lag[case] < horizon:
            formed[case] = time + election_lag[case]

    # Where every meeting has room for all that may come to it, the order does not matter.
    crowded = False
    for meeting in range(meeting_day.size):
        crowded = crowded or agenda[meeting] < before_committee
    if crowded:
        sort_by(
            filed, rank, filed_cases[:before_committee], least_filed, horizon, heard_order[:before_committee],
            space.bucket_of, space.bucket_end,
        )  # fmt: skip
        meeting, room = -1, np.int64(0)
        for i in range(before_committee):
            case = heard_order[i]
            while meeting < first_meeting[case] or room == 0:
                meeting += 1
                if meeting >= meeting_day.size:
                    break
                room = agenda[meeting]
            if meeting >= meeting_day.size:
                first_meeting[case] = meeting_day.size
            else:
                first_meeting[case] = meeting
                room -= 1
    for i in range(before_committee):
        case = filed_cases[i]
        if first_meeting[case] < meeting_day.size:
            day = meeting_day[first_meeting[case]]
            if day < horizon:
                approved[case] = day
                if day + election_lag[case] < horizon:
                    formed[case] = day + election_lag[case]


def windows(
    slot_start: NDArray[np.float64], slot_stop: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Runs of slots with the same start and stop, in slot order: their starts, stops and numbers of slots."""
    if slot_start.size == 0:
        return np.empty(0), np.empty(0), np.empty(0, np.int64)
    begins = np.flatnonzero(np.append(True, (np.diff(slot_start) != 0) | (np.diff(slot_stop) != 0)))
    return slot_start[begins], slot_stop[begins], np.diff(np.append(begins, slot_start.size)).astype(np.int64)


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
    space = work_space(cases, given.slot_start.size)
    work_through(
        queue, arrivals, given.release, given.priority, given.rank, given.max_attempts, given.preparation,
        given.success, given.retry_delay, *windows(given.slot_start, given.slot_stop), given.horizon, space, served.dispatched, served.filed, served.attempts,
    )  # fmt: skip
    decide(
        by_rank, given.rank, served.filed, given.approval, given.election_lag, given.meeting_day, given.agenda,
        given.notice, given.horizon, space, served.approved, served.formed, served.mass_org,
    )  # fmt: skip
    return served
