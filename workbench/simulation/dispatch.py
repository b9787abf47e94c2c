"""Who is started when, in which slot, and when the work is done (MODEL §5.2, §5.3), compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import inlined, kernel
from workbench.simulation.bitset import NONE, add, least, remove
from workbench.simulation.heap import pop, push


def windows(
    slot_start: NDArray[np.float64], slot_stop: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Runs of slots with the same start and stop, in slot order: their starts, stops and numbers of slots."""
    if slot_start.size == 0:
        return np.empty(0), np.empty(0), np.empty(0, np.int64)
    begins = np.flatnonzero(np.append(True, (np.diff(slot_start) != 0) | (np.diff(slot_stop) != 0)))
    return slot_start[begins], slot_stop[begins], np.diff(np.append(begins, slot_start.size)).astype(np.int64)


@inlined
def _before(a, b, priority, waiting_since, rank):
    """Does waiting case a go before waiting case b?"""
    if priority[a] != priority[b]:
        return priority[a] < priority[b]
    if waiting_since[a] != waiting_since[b]:
        return waiting_since[a] < waiting_since[b]
    return rank[a] < rank[b]


@inlined
def _push_retry(retries, size, case, priority, waiting_since, rank):
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if _before(retries[parent], case, priority, waiting_since, rank):
            break
        retries[at] = retries[parent]
        at = parent
    retries[at] = case


@inlined
def _pop_retry(retries, size, priority, waiting_since, rank):
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


@inlined
def _idle_window(now, window_start, window_stop, idle, busy_until, busy_window, busy):
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
def _next_chance(now, window_start, window_stop, busy_until, busy):
    """When a case that waits now may next find an idle slot: a completion, or a window that opens."""
    chance = np.inf
    for window in range(window_start.size):
        if window_start[window] > now:
            chance = min(chance, window_start[window])
        elif now < window_stop[window] and busy > 0:
            chance = min(chance, busy_until[0])
    return chance


@kernel
def work_through(
    queue,
    arrivals,
    release,
    priority,
    rank,
    max_attempts,
    preparation,
    success,
    retry_delay,
    window_start,
    window_stop,
    window_slots,
    horizon,
    space,
    dispatched,
    filed,
    attempts,
):
    """Dispatch and preparation, to the horizon: fills dispatched, filed and attempts; returns the days of work
    within the windows.

    `queue` holds the cases by (priority, first release, rank) and `arrivals` by first release. Windows are runs of
    slots with the same start and stop, in slot order. `filed` is the end of the successful attempt.
    """
    cases = queue.size
    place, waiting, waiting_since, retries = space.place, space.waiting, space.waiting_since, space.retries
    coming_time, coming_case = space.coming_time, space.coming_case
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
            worked += min(end, window_stop[window]) - now
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
