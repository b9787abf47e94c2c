"""Who is started when, in which slot, and when the work is done (MODEL §5.2, §5.3), compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import bare_kernel, inlined
from workbench.simulation.kernels.bitset import NONE, add, least, remove
from workbench.simulation.kernels.heap import pop, push
from workbench.simulation.kernels.ordering import rank_before
from workbench.simulation.kernels.timetable import first, put, take


def windows(
    slot_start: NDArray[np.float64], slot_stop: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Runs of slots with the same start and stop, in slot order: their starts, stops and numbers of slots."""
    if slot_start.size == 0:
        return np.empty(0), np.empty(0), np.empty(0, np.int64)
    begins = np.flatnonzero(np.append(True, (np.diff(slot_start) != 0) | (np.diff(slot_stop) != 0)))
    return slot_start[begins], slot_stop[begins], np.diff(np.append(begins, slot_start.size)).astype(np.int64)


@bare_kernel
def nobody_waits(service, start):
    """Is there a slot for every case that is still to be worked on whenever the one window is open?"""
    if service.window_slots.size != 1:
        return False
    if not start.moved:
        return service.window_slots[0] >= service.tie.size
    left = start.begun.size
    for case in range(start.fresh.size):
        left += np.int64(start.fresh[case])
    return service.window_slots[0] >= left


@inlined
def _end_in_work(since, length, t0):
    """When an attempt ends that is in work at t0: not before."""
    return max(since + length, t0)


@inlined
def _to_the_end(row, case, now, attempt, most, closes, stop, horizon, preparation, success, retry_delay, filed):
    """The attempts of a case that may start whenever it comes, the next of them at `now`: how many there were, the days
    of work in the window, and whether it was filed."""
    worked, through = 0.0, 0
    while now < closes:
        end = now + preparation[attempt, row, case]
        worked += min(end, stop) - now
        attempt += 1
        if success[attempt - 1, row, case]:
            if end < horizon:
                filed[row, case] = end
                through = 1
            break
        if attempt == most:
            break
        now = end + retry_delay[row, case]
    return attempt, worked, through


@bare_kernel
def start_at_release(rows, service, draws, start, horizon, times):
    """Dispatch and preparation where nobody waits for a slot: fills `times`, returns the days of work in the window.

    What `work_through` would give, of each case by itself; `start` as there.
    """
    release, preparation, success, retry_delay = draws.release, draws.preparation, draws.success, draws.retry_delay
    dispatched, filed, attempts, hindered = times.dispatched, times.filed, times.attempts, times.hindered
    started, started_count, finished, finished_count = (
        times.started,
        times.started_count,
        times.finished,
        times.finished_count,
    )
    max_attempts, opens, stop = service.max_attempts, service.window_start[0], service.window_stop[0]
    begun_before, working_cases, settled = start.begun, start.in_work, start.settled
    since_of, t0 = start.since, start.t0
    closes = min(stop, horizon)
    worked = 0.0
    for row in range(rows):
        begun = done = 0
        for i in range(settled.size):
            case = settled[i]
            dispatched[row, case] = filed[row, case] = since_of[case]
            finished[row, done] = case
            done += np.int64(since_of[case] < horizon)
        for i in range(begun_before.size):
            case = begun_before[i]
            if i >= working_cases:
                now, attempt = dispatched[row, case], 0
            else:
                dispatched[row, case] = since_of[case]
                end = _end_in_work(since_of[case], preparation[0, row, case], t0)
                worked += max(min(end, stop) - max(t0, opens), 0.0)
                attempts[row, case] = 1
                if success[0, row, case]:
                    filed[row, case] = end
                    finished[row, done] = case
                    done += np.int64(end < horizon)
                    continue
                if max_attempts[case] == 1:
                    continue
                now, attempt = end + retry_delay[row, case], 1
            attempts[row, case], days, through = _to_the_end(
                row, case, max(now, opens), attempt, max_attempts[case], closes, stop, horizon, preparation, success,
                retry_delay, filed,
            )  # fmt: skip
            worked += days
            finished[row, done] = case
            done += through
        for case in range(max_attempts.size):
            now = max(release[row, case], opens)
            if not now < closes:
                continue
            started[row, begun] = case
            begun += 1
            dispatched[row, case] = now
            attempts[row, case], days, through = _to_the_end(
                row, case, now, 0, max_attempts[case], closes, stop, horizon, preparation, success, retry_delay, filed
            )
            worked += days
            finished[row, done] = case
            done += through
        started_count[row], finished_count[row] = begun, done
        hindered[row] = False
    return worked


@inlined
def _before(row, a, since_a, b, since_b, queue_class, survey, tie):
    """Does case a, waiting since `since_a`, go before case b?"""
    if queue_class[a] != queue_class[b]:
        return queue_class[a] < queue_class[b]
    if since_a != since_b:
        return since_a < since_b
    return rank_before(row, a, b, survey, tie)


@inlined
def _push_retry(row, retries, size, case, waiting_since, queue_class, survey, tie):
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        other = retries[parent]
        if _before(row, other, waiting_since[other], case, waiting_since[case], queue_class, survey, tie):
            break
        retries[at] = other
        at = parent
    retries[at] = case


@inlined
def _pop_retry(row, retries, size, waiting_since, queue_class, survey, tie):
    size -= 1
    case = retries[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size:
            a, b = retries[child + 1], retries[child]
            if _before(row, a, waiting_since[a], b, waiting_since[b], queue_class, survey, tie):
                child += 1
        other = retries[child]
        if _before(row, case, waiting_since[case], other, waiting_since[other], queue_class, survey, tie):
            break
        retries[at] = other
        at = child
    retries[at] = case


@inlined
def _open_window(now, window_start, window_stop, idle):
    """The first open window with an idle slot, or `NONE`.

    Slots of one window are alike, and windows stand in slot order: the first idle one is that of least index.
    """
    for window in range(window_start.size):
        if idle[window] > 0 and window_start[window] <= now < window_stop[window]:
            return window
    return NONE


@inlined
def _next_chance(now, window_start, window_stop, soonest):
    """When a case that waits now may next find an idle slot: a completion, or a window that opens."""
    chance = np.inf
    for window in range(window_start.size):
        if window_start[window] > now:
            chance = min(chance, window_start[window])
        elif now < window_stop[window]:
            chance = min(chance, soonest)
    return chance


@inlined
def _sort_holders(row, count, holders, since, survey, tie):
    """Put the first `count` cases, which stand by `since`, in order of (since, rank)."""
    for i in range(1, count):
        case = holders[i]
        j = i
        while j > 0:
            other = holders[j - 1]
            if since[other] < since[case] or rank_before(row, other, case, survey, tie):
                break
            holders[j] = other
            j -= 1
        holders[j] = case


@bare_kernel
def work_through(rows, service, draws, arrivals, arriving, start, horizon, space, times):
    """Dispatch and preparation of `rows` replications, to the horizon: fills `times`; returns the days of work
    within the windows.

    `arrivals` holds the cases by (release, rank), arriving[row] of them: those released before the horizon. So what
    waits for a first attempt is a line for each class, of which only the first matters.

    A row is hindered where somebody looked for an idle slot of the first window once that had opened and found none,
    though a slot of another window may have been idle. Where a row is not, and the first window is open to the end,
    more slots in it change nothing: all starts were in it, so at each of these looks, which come at the same instants,
    there is one more to be had. A start in another window spoils this, since such windows close: with more slots in the
    first, a long attempt may move from a window about to close into one that stays open, where a later case then waits.

    `start` says who is in work, filed or approved at t0 already. Cases in work hold the slots of least index in order
    of (since, rank), whether or not these are open; where they are more than the first window's slots, another slot in
    it changes who holds which.
    """
    release, preparation, success, retry_delay = draws.release, draws.preparation, draws.success, draws.retry_delay
    survey, tie, queue_class, class_start = draws.survey, service.tie, service.queue_class, service.class_start
    max_attempts = service.max_attempts
    window_start, window_stop, window_slots = service.window_start, service.window_stop, service.window_slots
    queue, head, line_end, ready = space.queue, space.head, space.end, space.ready
    waiting_since, retries = space.waiting_since, space.retries
    coming_time, coming_case = space.coming_time, space.coming_case
    idle, working, chain, following = space.idle, space.working, space.chain, space.following
    busy_until, busy_window, free = space.busy_until, space.busy_window, space.free
    dispatched, filed, attempts, hindered = times.dispatched, times.filed, times.attempts, times.hindered
    started, started_count, finished, finished_count = (
        times.started,
        times.started_count,
        times.finished,
        times.finished_count,
    )
    begun_before, settled, since_of, t0 = start.begun, start.settled, start.since, start.t0
    holders, working_cases = space.before_committee, start.in_work
    slots = 0
    for window in range(window_slots.size):
        slots += window_slots[window]
    in_order = working_cases > slots or window_slots.size != 1
    classes = class_start.size - 1
    words = (classes + 63) >> 6
    one_window = window_start.size == 1
    opens = window_start[0] if window_start.size > 0 else np.inf
    scale = chain.size / horizon if horizon > 0.0 else 0.0
    worked = 0.0
    for row in range(rows):
        for class_ in range(classes):
            head[class_] = line_end[class_] = class_start[class_]
        ready[:words] = 0
        working[:] = 0
        first_word = words  # no class that waits lies in an earlier word
        for window in range(window_start.size):
            idle[window] = window_slots[window]
        found_busy = False
        due = arriving[row]
        arrived = coming = retrying = waiting = begun = done = 0
        now = -np.inf
        for entry in range(free.size):
            free[entry] = entry
        frees = free.size  # entries of the timetable that are not in use
        busy, soonest = NONE, np.inf  # the entry whose completion comes first, and when

        for i in range(settled.size):
            case = settled[i]
            dispatched[row, case] = filed[row, case] = since_of[case]
            if since_of[case] < horizon:
                finished[row, done] = case
                done += 1
        for i in range(working_cases, begun_before.size):
            case = begun_before[i]
            attempts[row, case] = 0
            waiting_since[case] = dispatched[row, case]
            push(coming_time, coming_case, coming, waiting_since[case], case)
            coming += 1
        for i in range(working_cases):
            holders[i] = begun_before[i]
        if in_order:
            _sort_holders(row, working_cases, holders, since_of, survey, tie)
        window, room = -1, 0
        for i in range(working_cases):
            case = holders[i]
            while room == 0 and window < window_slots.size:
                window += 1
                room = window_slots[window] if window < window_slots.size else 0
            end = _end_in_work(since_of[case], preparation[0, row, case], t0)
            attempts[row, case] = 1
            dispatched[row, case] = since_of[case]
            if success[0, row, case]:
                if end < horizon:
                    filed[row, case] = end
                    finished[row, done] = case
                    done += 1
            elif max_attempts[case] > 1:
                waiting_since[case] = end + retry_delay[row, case]
                push(coming_time, coming_case, coming, waiting_since[case], case)
                coming += 1
            if room == 0:
                continue  # more cases than slots: this one goes on without one
            room -= 1
            found_busy |= window > 0
            worked += max(min(end, window_stop[window]) - max(t0, window_start[window]), 0.0)
            idle[window] -= 1
            if end < horizon:
                frees -= 1
                entry = free[frees]
                busy_until[entry] = end
                busy_window[entry] = window
                put(end, entry, scale, working, chain, following)
                if end < soonest:
                    busy, soonest = entry, end
        found_busy |= working_cases > slots

        while True:
            # The next instant at which somebody may start: who waits needs a slot, or else somebody must come.
            after = np.inf
            if waiting > 0:
                after = _next_chance(now, window_start, window_stop, soonest)
            else:
                if arrived < due:
                    after = release[row, arrivals[row, arrived]]
                if coming > 0:
                    after = min(after, coming_time[0])
            if not after < horizon:
                break
            now = after
            # Completions come first, but matter only to a case that looks for a slot.
            while arrived < due and release[row, arrivals[row, arrived]] <= now:
                case = arrivals[row, arrived]
                class_ = queue_class[case]
                queue[line_end[class_]] = case
                line_end[class_] += 1
                add(ready, class_)
                first_word = min(first_word, class_ >> 6)
                arrived += 1
                waiting += 1
            while coming > 0 and coming_time[0] <= now:
                case = coming_case[0]
                pop(coming_time, coming_case, coming)
                coming -= 1
                _push_retry(row, retries, retrying, case, waiting_since, queue_class, survey, tie)
                retrying += 1
                waiting += 1
            # Dispatch, one start at a time.
            while waiting > 0:
                # With one window it does not matter which slot: look at completions only when none is idle.
                while soonest <= now and not (one_window and idle[0] > 0):
                    take(busy, soonest, scale, working, chain, following)
                    idle[busy_window[busy]] += 1
                    free[frees] = busy
                    frees += 1
                    busy = first(np.int64(soonest * scale) >> 6, busy_until, working, chain, following)
                    soonest = busy_until[busy] if busy != NONE else np.inf
                window = _open_window(now, window_start, window_stop, idle)
                found_busy |= (window != 0) & (now >= opens)
                if window == NONE:
                    break
                attempt = 0
                case = NONE
                if waiting > retrying:
                    class_ = least(ready, first_word)
                    first_word = class_ >> 6
                    case = queue[head[class_]]
                if retrying > 0 and (
                    case == NONE
                    or _before(
                        row, retries[0], waiting_since[retries[0]], case, release[row, case], queue_class, survey, tie
                    )
                ):
                    case = retries[0]
                    _pop_retry(row, retries, retrying, waiting_since, queue_class, survey, tie)
                    retrying -= 1
                    attempt = attempts[row, case]
                else:
                    head[class_] += 1
                    if head[class_] == line_end[class_]:
                        remove(ready, class_)
                    dispatched[row, case] = now
                    started[row, begun] = case
                    begun += 1
                waiting -= 1
                attempts[row, case] = attempt + 1
                end = now + preparation[attempt, row, case]
                worked += min(end, window_stop[window]) - now
                if success[attempt, row, case]:
                    if end < horizon:
                        filed[row, case] = end
                        finished[row, done] = case
                        done += 1
                elif attempt + 1 < max_attempts[case]:
                    again = end + retry_delay[row, case]
                    waiting_since[case] = again
                    if again <= now:
                        # Nothing lasted any time: what falls due now is handled before the next start.
                        _push_retry(row, retries, retrying, case, waiting_since, queue_class, survey, tie)
                        retrying += 1
                        waiting += 1
                    else:
                        push(coming_time, coming_case, coming, again, case)
                        coming += 1
                if end > now:
                    idle[window] -= 1
                    if end < horizon:
                        frees -= 1
                        entry = free[frees]
                        busy_until[entry] = end
                        busy_window[entry] = window
                        put(end, entry, scale, working, chain, following)
                        if end < soonest:
                            busy, soonest = entry, end
        started_count[row], finished_count[row] = begun, done
        hindered[row] = found_busy
    return worked
