"""What happens to a filed case: approval and election (MODEL §5.4-§5.6), compiled."""

from __future__ import annotations

import numpy as np

from workbench.compiled import bare_kernel, inlined
from workbench.simulation.kernels.exact_time import TICK
from workbench.simulation.kernels.ordering import sort_nearly

#: How a case becomes a branch once it is filed; `FOUNDS` is outreach, whose success is a mass organization.
NO_APPROVAL, DIRECT, COMMITTEE, FOUNDS = range(4)
APPROVALS = {"none": NO_APPROVAL, "direct": DIRECT, "committee": COMMITTEE}

UNLIMITED = np.int64(2**62)


@inlined
def _first_at_or_after(days, time):
    """Index of the first day at or after a time; days rise."""
    # There are few: counting takes no branch that a processor could guess wrong.
    index = 0
    for meeting in range(days.size):
        index += np.int64(days[meeting] < time)
    return index


@inlined
def _pass(row, case, time, election_lag, horizon, passed, through, decided, covered, done, formed):
    """List a case as passed at `time`, and as covered after its election: what lies beyond the horizon is not counted.

    Without a branch: whether it does is what a processor would guess wrong.
    """
    ends = time + election_lag[row, case]
    decided[row, case] = time
    formed[row, case] = ends
    passed[row, through] = case
    covered[row, done] = case
    return through + np.int64(time < horizon), done + np.int64(ends < horizon)


@inlined
def _sort_by_filing(row, size, least, filed, survey, tie, horizon, space):
    """Put the first `size` cases of space.queue, none filed before `least`, into space.in_order by (filed, rank)."""
    listed, ordered, bucket_of, bucket_end = space.queue, space.in_order, space.bucket_of, space.bucket_end
    # A counting sort by time, and insertion for the rest.
    scale = size / (horizon - least) if horizon > least else 0.0
    for bucket in range(size + 2):
        bucket_end[bucket] = 0
    for i in range(size):
        bucket_of[i] = np.int64((filed[row, listed[i]] - least) * scale)
        bucket_end[bucket_of[i] + 1] += 1
    for bucket in range(1, size + 1):
        bucket_end[bucket] += bucket_end[bucket - 1]
    for i in range(size):
        bucket = bucket_of[i]
        ordered[0, bucket_end[bucket]] = listed[i]
        bucket_end[bucket] += 1
    sort_nearly(row, 0, size, ordered, filed, survey, tie)


@inlined
def _hear_in_order(row, count, filed, survey, tie, agenda, horizon, space):
    """Put off, by (filed, rank), who finds no room at the first meeting: changes space.first_meeting."""
    waits, first_meeting, coming = space.before_committee, space.first_meeting, space.coming_cases
    listed, ordered = space.queue, space.in_order
    meetings = agenda.size
    crowded = 0  # the first meeting that cannot hear all: until then nobody is put off
    while coming[crowded] <= agenda[crowded]:
        crowded += 1
    size = 0
    least = horizon
    for i in range(count):
        case = waits[i]
        if crowded <= first_meeting[case] < meetings:
            listed[size] = case
            size += 1
            least = min(least, filed[row, case])
    _sort_by_filing(row, size, least, filed, survey, tie, horizon, space)
    meeting, room = crowded - 1, np.int64(0)
    for i in range(size):
        case = ordered[0, i]
        while meeting < meetings and (meeting < first_meeting[case] or room == 0):
            meeting += 1
            room = agenda[meeting] if meeting < meetings else np.int64(0)
        first_meeting[case] = meeting
        room -= 1


@inlined
def _day_called(time, notice, hearings, horizon):
    """The day for which a meeting is called at `time`; infinity where a regular one is near, or none is left."""
    earliest = time + notice
    day = np.ceil(time + max(hearings.calls_ahead, notice))
    if not day < horizon:
        return np.inf
    near = _first_at_or_after(hearings.meeting_day, earliest)
    if near < hearings.meeting_day.size and hearings.meeting_day[near] <= day:
        return np.inf
    return day


@bare_kernel
def hear_on_demand(row, count, hearings, filed, survey, tie, notice, horizon, space, decided, called):
    """Hear the first `count` cases of space.before_committee at regular meetings and at those that are called.

    Fills decided[row, case], the horizon where nobody hears the case, and called[row] with the days of the meetings
    that were called; returns how many these are.
    """
    listed, ordered = space.queue, space.in_order
    meeting_day, agenda = hearings.meeting_day, hearings.agenda
    least = horizon
    for i in range(count):
        listed[i] = space.before_committee[i]
        least = min(least, filed[row, listed[i]])
    _sort_by_filing(row, count, least, filed, survey, tie, horizon, space)
    filings = heard = regular = calls = 0
    coming = np.inf  # the day of the meeting that is called
    while True:
        next_regular = meeting_day[regular] if regular < meeting_day.size else np.inf
        meeting = min(next_regular, coming)
        if filings < count and filed[row, ordered[0, filings]] <= meeting:
            # At equal times filings come before meetings.
            # What was filed before the simulation begins is asked about when it does.
            time = max(filed[row, ordered[0, filings]], hearings.begins)
            filings += 1
        elif meeting < horizon:
            time = meeting
            room = hearings.called_agenda
            if meeting == next_regular:
                room = agenda[regular]
                regular += 1
            if meeting == coming:
                coming = np.inf
            while heard < filings and room > 0 and filed[row, ordered[0, heard]] + notice <= meeting:
                decided[row, ordered[0, heard]] = meeting
                heard += 1
                room -= 1
        else:
            break
        if filings - heard >= hearings.calls_at and coming == np.inf:
            coming = _day_called(time, notice, hearings, horizon)
            if coming < np.inf:
                called[row, calls] = coming
                calls += 1
    for i in range(heard, count):
        decided[row, ordered[0, i]] = horizon
    return calls


@bare_kernel
def decide(rows, hearings, draws, tie, notice, begin, horizon, space, times):
    """Approval and election of the cases that `times` lists as finished: fills decided and formed, and their lists.

    `notice` has one number a replication, the first of them at `begin`. An agenda may be `UNLIMITED`.
    """
    approval, meeting_day, agenda = hearings.approval, hearings.meeting_day, hearings.agenda
    survey, election_lag = draws.survey, draws.election_lag
    finished, finished_count, filed = times.finished, times.finished_count, times.filed
    passed, passed_count, decided = times.passed, times.passed_count, times.decided
    covered, covered_count, formed = times.covered, times.covered_count, times.formed
    waits, first_meeting, coming = space.before_committee, space.first_meeting, space.coming_cases
    called, called_count = times.called, times.called_count
    meetings = meeting_day.size
    for row in range(rows):
        ahead = notice[begin + row]
        for meeting in range(meetings + 1):
            coming[meeting] = 0
        before_committee = through = done = np.int64(0)  # of one type from the first on, so as to compile once
        for i in range(finished_count[row]):
            case = finished[row, i]
            rule = approval[case]
            time = filed[row, case]
            if rule == COMMITTEE:
                waits[before_committee] = case
                before_committee += 1
                meeting = _first_at_or_after(meeting_day, time + ahead)
                first_meeting[case] = meeting
                coming[meeting] += 1
            elif rule != FOUNDS:
                if rule == DIRECT:
                    time = max(time + ahead, hearings.begins)
                through, done = _pass(
                    row, case, time, election_lag, horizon, passed, through, decided, covered, done, formed
                )
        if hearings.calls_at > 0:
            called_count[row] = hear_on_demand(
                row, before_committee, hearings, filed, survey, tie, ahead, horizon, space, decided, called
            )
            for i in range(before_committee):
                case = waits[i]
                through, done = _pass(
                    row,
                    case,
                    decided[row, case],
                    election_lag,
                    horizon,
                    passed,
                    through,
                    decided,
                    covered,
                    done,
                    formed,
                )
            passed_count[row], covered_count[row] = through, done
            continue
        # Where every meeting has room for all that come to it, the order does not matter.
        crowded = False
        for meeting in range(meetings):
            crowded = crowded or coming[meeting] > agenda[meeting]
        if crowded:
            _hear_in_order(row, before_committee, filed, survey, tie, agenda, horizon, space)
        for i in range(before_committee):
            case = waits[i]
            meeting = first_meeting[case]
            day = meeting_day[meeting] if meeting < meetings else horizon
            through, done = _pass(
                row, case, day, election_lag, horizon, passed, through, decided, covered, done, formed
            )
        passed_count[row], covered_count[row] = through, done


@bare_kernel
def last_filing(rows, hearings, draws, counts_approval, notice, begin, end, last):
    """Until when each case may be filed so that it is formed (or approved, if that counts) before `end`: fills
    last[row, case]; -inf where no time is early enough.

    What `decide` does, turned round, where every meeting hears all that come. Exact times, so sums may change sides.
    """
    approval, meeting_day, election_lag = hearings.approval, hearings.meeting_day, draws.election_lag
    for row in range(rows):
        ahead = notice[begin + row]
        for case in range(approval.size):
            rule = approval[case]
            before = end if counts_approval else end - election_lag[row, case]
            if rule == COMMITTEE:
                in_time = _first_at_or_after(meeting_day, before)
                last[row, case] = meeting_day[in_time - 1] - ahead if in_time > 0 else -np.inf
            elif rule == FOUNDS:
                last[row, case] = -np.inf
            elif rule == DIRECT:
                # Nothing is decided before the simulation begins.
                last[row, case] = before - ahead - TICK if before > hearings.begins else -np.inf
            else:
                last[row, case] = before - TICK
