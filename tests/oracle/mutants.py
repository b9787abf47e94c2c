"""Mistakes that look plausible, to plant in the kernel: does the comparison with the twins see each of them?

Each is a small replacement of text, so that it says what the mistake is. A text that is no longer there, or stands
there twice, is an error: whoever changes the kernel says here how the mistake would look now.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SIMULATION = "workbench/simulation"


class Mutant(NamedTuple):
    """A mistake: its name, what it does in words, the module, and what stands there in place of what."""

    name: str
    mistake: str
    module: str
    old: str
    new: str


MUTANTS = (
    # --- the clock and the events -------------------------------------------------------------------------
    Mutant(
        "clock_backward",
        "a start is put back to when its slot became idle, though nobody waited then",
        "kernels/dispatch",
        "take(busy, soonest, scale, working, chain, following)\n",
        "now = soonest\n                    take(busy, soonest, scale, working, chain, following)\n",
    ),
    Mutant(
        "past_the_end",
        "releases are read on when all are used up",
        "kernels/dispatch",
        "while arrived < due and release[row, arrivals[row, arrived]] <= now:",
        "while release[row, arrivals[row, arrived]] <= now:",
    ),
    Mutant(
        "starts_at_the_horizon",
        "a case may start at the horizon itself",
        "kernels/dispatch",
        "            if not after < horizon:\n                break\n            now = after\n",
        "            if not after <= horizon:\n                break\n            now = after\n",
    ),
    Mutant(
        "filed_at_the_horizon",
        "an attempt that ends at the horizon is filed",
        "kernels/dispatch",
        "                    if end < horizon:\n                        filed[row, case] = end\n"
        "                        finished[row, done] = case\n                        done += 1\n"
        "                elif attempt + 1",
        "                    if end <= horizon:\n                        filed[row, case] = end\n"
        "                        finished[row, done] = case\n                        done += 1\n"
        "                elif attempt + 1",
    ),
    Mutant(
        "slots_by_the_day",
        "a slot is idle again on the next morning only",
        "kernels/dispatch",
        "                        frees -= 1\n",
        "                        end = np.ceil(end)\n                        frees -= 1\n",
    ),
    Mutant(
        "zero_durations_later",
        "what falls due at once is handled after the other starts of that instant",
        "kernels/dispatch",
        "                    if again <= now:\n",
        "                    if again < now:\n",
    ),
    # --- windows ------------------------------------------------------------------------------------------
    Mutant(
        "sorted_slots",
        "slots are sorted by their windows: the least index is no longer the first",
        "kernels/dispatch",
        "    begins = np.flatnonzero(",
        "    order = np.lexsort((slot_stop, slot_start))\n"
        "    slot_start, slot_stop = slot_start[order], slot_stop[order]\n"
        "    begins = np.flatnonzero(",
    ),
    Mutant(
        "window_end_included",
        "a slot may start work at the end of its window",
        "kernels/dispatch",
        "        if idle[window] > 0 and window_start[window] <= now < window_stop[window]:",
        "        if idle[window] > 0 and window_start[window] <= now <= window_stop[window]:",
    ),
    Mutant(
        "last_window",
        "the last idle slot is taken, not the first",
        "kernels/dispatch",
        "    for window in range(window_start.size):\n        if idle[window] > 0",
        "    for window in range(window_start.size - 1, -1, -1):\n        if idle[window] > 0",
    ),
    Mutant(
        "before_the_window",
        "where nobody waits, a case starts at its release though no window is open",
        "kernels/dispatch",
        "            now = max(release[row, case], opens)\n",
        "            now = release[row, case]\n",
    ),
    # --- who is next --------------------------------------------------------------------------------------
    Mutant(
        "two_queues",
        "outreach and formation are queued apart, each as if the slots were its own",
        "kernel",
        "        work_through(1, service, draws, arrivals[None, :], arriving, start, horizon, space, times)\n",
        "        listed = []\n"
        "        for founds in (True, False):\n"
        "            own = arrivals[(given.approval[arrivals] == FOUNDS) == founds]\n"
        "            due = np.array([np.searchsorted(given.release[own], horizon)])\n"
        "            work_through(1, service, draws, own[None, :], due, start, horizon, space, times)\n"
        "            listed.append((times.started[0, : times.started_count[0]].copy(),\n"
        "                           times.finished[0, : times.finished_count[0]].copy()))\n"
        "        started, finished = (np.concatenate(part) for part in zip(*listed))\n"
        "        times.started[0, : started.size], times.started_count[0] = started, started.size\n"
        "        times.finished[0, : finished.size], times.finished_count[0] = finished, finished.size\n",
    ),
    Mutant(
        "rank_by_position",
        "ties go to whoever stands first in the register",
        "kernel",
        "    rank[np.argsort(given.rank, kind=\"stable\")] = np.arange(cases)\n",
        "    rank[:] = np.arange(cases)\n",
    ),
    Mutant(
        "rank_before_release",
        "among equal priorities the rank decides, whoever was released first",
        "kernels/dispatch",
        "    if since_a != since_b:\n        return since_a < since_b\n",
        "",
    ),
    Mutant(
        "retry_keeps_its_place",
        "a failed case waits with its first release, not with that of its next attempt",
        "kernels/dispatch",
        "                    waiting_since[case] = again\n",
        "                    waiting_since[case] = release[row, case]\n",
    ),
    # --- attempts -----------------------------------------------------------------------------------------
    Mutant(
        "retry_at_once",
        "a failed case is released again at once",
        "kernels/dispatch",
        "                    again = end + retry_delay[row, case]\n",
        "                    again = end\n",
    ),
    Mutant(
        "one_attempt_less",
        "the last attempt is not made",
        "kernels/dispatch",
        "                elif attempt + 1 < max_attempts[case]:\n",
        "                elif attempt + 2 < max_attempts[case]:\n",
    ),
    Mutant(
        "first_preparation_again",
        "every attempt takes as long as the first",
        "kernels/dispatch",
        "                end = now + preparation[attempt, row, case]\n                worked += min(end, window_stop",
        "                end = now + preparation[0, row, case]\n                worked += min(end, window_stop",
    ),
    # --- the committee ------------------------------------------------------------------------------------
    Mutant(
        "notice_ignored",
        "a meeting hears whoever is filed by then",
        "kernels/committee",
        "_first_at_or_after(meeting_day, time + ahead)",
        "_first_at_or_after(meeting_day, time)",
    ),
    Mutant(
        "heard_a_meeting_late",
        "who is filed exactly in time waits for the next meeting",
        "kernels/committee",
        "        index += np.int64(days[meeting] < time)\n",
        "        index += np.int64(days[meeting] <= time)\n",
    ),
    Mutant(
        "agenda_off_by_one",
        "a full meeting hears one more",
        "kernels/committee",
        "            room = agenda[meeting] if meeting < meetings else np.int64(0)\n",
        "            room = agenda[meeting] + 1 if meeting < meetings else np.int64(0)\n",
    ),
    Mutant(
        "heard_by_rank",
        "equal filing times are heard in the order in which they ended",
        "kernels/ordering",
        "            if time[row, other] == value and rank_before(row, other, case, survey, tie):\n",
        "            if time[row, other] == value:\n",
    ),
    Mutant(
        "somebody_s_election",
        "a case that is approved takes another one's election",
        "kernels/committee",
        "    ends = time + election_lag[row, case]\n",
        "    ends = time + election_lag[row, done]\n",
    ),
    Mutant(
        "direct_without_notice",
        "the higher committee decides at filing",
        "kernels/committee",
        "                if rule == DIRECT:\n                    time = max(time + ahead, hearings.begins)\n",
        "",
    ),
    Mutant(
        "formed_at_the_horizon",
        "an election that ends at the horizon counts",
        "kernels/committee",
        "done + np.int64(ends < horizon)",
        "done + np.int64(ends <= horizon)",
    ),
    # --- meetings on demand -------------------------------------------------------------------------------
    Mutant(
        "asked_at_filing_only",
        "after a meeting that left enough cases unheard no further one is called",
        "kernels/committee",
        "                heard += 1\n                room -= 1\n        else:\n",
        "                heard += 1\n                room -= 1\n            continue\n        else:\n",
    ),
    Mutant(
        "called_without_notice",
        "a meeting is called for a day by which nobody's notice is over",
        "kernels/committee",
        "    day = np.ceil(time + max(hearings.calls_ahead, notice))\n",
        "    day = np.ceil(time + hearings.calls_ahead)\n",
    ),
    Mutant(
        "called_beside_a_regular_one",
        "a meeting is called although a regular one that may hear the case is as near",
        "kernels/committee",
        "hearings.meeting_day[near] <= day:\n",
        "hearings.meeting_day[near] < np.floor(time):\n",
    ),
    Mutant(
        "any_regular_one_is_near",
        "a regular meeting before the notice is over keeps another from being called",
        "kernels/committee",
        "    near = _first_at_or_after(hearings.meeting_day, earliest)\n",
        "    near = _first_at_or_after(hearings.meeting_day, time)\n",
    ),
    Mutant(
        "two_called_at_once",
        "a meeting is called while one that was called is still to come",
        "kernels/committee",
        " and coming == np.inf:\n",
        ":\n",
    ),
    Mutant(
        "called_beyond_the_horizon",
        "a meeting is called for a day that is not simulated any more",
        "kernels/committee",
        "    if not day < horizon:\n        return np.inf\n    near",
        "    near",
    ),
    Mutant(
        "called_by_the_regular_agenda",
        "a called meeting hears all that are filed",
        "kernels/committee",
        "            room = hearings.called_agenda\n",
        "            room = UNLIMITED\n",
    ),
    # --- draws, and what is counted -----------------------------------------------------------------------
    Mutant(
        "rounded_down",
        "times are cut to whole ticks instead of rounded half to even",
        "kernels/draws",
        "    return (time + _TICKS_IN_LAST_BIT) - _TICKS_IN_LAST_BIT\n",
        "    return np.floor(time * 2.0**20) / 2.0**20\n",
    ),
    Mutant(
        "one_word_twice",
        "a further attempt succeeds by the number that gave its duration",
        "kernels/draws",
        "                success[attempt, row, case] = uniform_of(w1) < rate[begin + row, kind]\n",
        "                success[attempt, row, case] = uniform_of(w0) < rate[begin + row, kind]\n",
    ),
    Mutant(
        "released_out_of_order",
        "many replications: equal releases are started in the register's order",
        "kernels/ordering",
        "        sort_nearly(row, row, count, arrivals, release, survey, tie)\n",
        "",
    ),
    Mutant(
        "counted_where_the_pool_is",
        "an organization of another responsible unit counts in the responsible unit whose instructors came",
        "kernels/tally",
        "branches[other_responsible[entry] if by_responsible else 0, begin + row, day]",
        "branches[place, begin + row, day]",
    ),
    # --- a campaign under way -----------------------------------------------------------------------------
    Mutant(
        "held_by_rank",
        "cases in work hold the slots in order of rank, whoever began first",
        "kernels/dispatch",
        "            if since[other] < since[case] or rank_before(row, other, case, survey, tie):\n",
        "            if rank_before(row, other, case, survey, tie):\n",
    ),
    Mutant(
        "held_while_open",
        "cases in work hold only slots that are open at t0",
        "kernels/dispatch",
        "                room = window_slots[window] if window < window_slots.size else 0\n",
        "                room = 0\n"
        "                if window < window_slots.size and window_start[window] <= t0 < window_stop[window]:\n"
        "                    room = window_slots[window]\n",
    ),
    Mutant(
        "ended_in_the_past",
        "an attempt in work may have ended before t0",
        "kernels/dispatch",
        "    return max(since + length, t0)\n",
        "    return since + length\n",
    ),
    Mutant(
        "begun_anew",
        "an attempt in work begins anew at t0",
        "kernels/dispatch",
        "    return max(since + length, t0)\n",
        "    return t0 + length\n",
    ),
    Mutant(
        "heard_in_the_past",
        "a meeting before t0 hears who was filed in time for it",
        "kernel",
        "        given.meeting_day[given.meeting_day >= given.t0],\n"
        "        given.agenda[given.meeting_day >= given.t0],\n",
        "        given.meeting_day,\n        given.agenda,\n",
    ),
    Mutant(
        "called_in_the_past",
        "a meeting is called when cases were filed, before t0",
        "kernels/committee",
        "            time = max(filed[row, ordered[0, filings]], hearings.begins)\n",
        "            time = filed[row, ordered[0, filings]]\n",
    ),
    Mutant(
        "decided_in_the_past",
        "the higher committee has decided before t0, and nobody knows",
        "kernels/committee",
        "                    time = max(time + ahead, hearings.begins)\n",
        "                    time = time + ahead\n",
    ),
    Mutant(
        "released_in_the_past",
        "who waits at t0 has waited since the campaign's own release",
        "kernels/start",
        "            since = max(release[row, case], start.t0)\n",
        "            since = release[row, case]\n",
    ),
    Mutant(
        "failures_forgotten",
        "attempts that failed before t0 do not count",
        "kernel",
        "        max_attempts=np.maximum(given.max_attempts - given.before, 1),\n",
        "        max_attempts=given.max_attempts,\n",
    ),
    Mutant(
        "given_up_and_tried",
        "a case whose attempts are used up is tried once more",
        "kernels/start",
        " & (before < max_attempts))\n",
        ")\n",
    ),
    Mutant(
        "elected_anew",
        "an election that runs at t0 begins anew",
        "kernel",
        "np.maximum(given.election_lag, given.t0 - given.since)",
        "given.election_lag + given.t0 - given.since",
    ),
    Mutant(
        "drawn_unconditionally",
        "what has lasted until t0 is drawn as if nobody had looked",
        "kernels/start",
        "    return min(share + u * (1.0 - share), _BELOW_ONE)\n",
        "    return u\n",
    ),
    Mutant(
        "surveyed_again",
        "who was surveyed by the register's word is surveyed at random",
        "kernels/start",
        "        unknown += np.int64(np.isnan(known[unit]))\n",
        "        unknown += 1\n",
    ),
)  # fmt: skip


def source(mutant: Mutant) -> str:
    """The module's text with the mistake in it.

    Raises
    ------
    ValueError : what it replaces does not stand there exactly once.
    """
    path = ROOT / SIMULATION / f"{mutant.module}.py"
    text = path.read_text(encoding="utf-8")
    found = text.count(mutant.old)
    if found != 1:
        raise ValueError(f"mutant {mutant.name}: its text stands {found} times in {path.name}; it must be there once")
    return text.replace(mutant.old, mutant.new)


def plant(mutant: Mutant | None, folder: Path) -> None:
    """A copy of the package in a folder, with the mistake in it; without one, as it is."""
    shutil.copytree(ROOT / "workbench", folder / "workbench", ignore=shutil.ignore_patterns("__pycache__"))
    if mutant is not None:
        (folder / SIMULATION / f"{mutant.module}.py").write_text(source(mutant), encoding="utf-8")
