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
def _hear_in_order(row, count, filed, survey, tie, agenda, horizon, space):
    """Put off, by (filed, rank), who finds no room at the first meeting: changes space.first_meeting."""
    waits, first_meeting, coming = space.before_committee, space.first_meeting, space.coming_cases
    crowd, ordered, bucket_of, bucket_end = space.queue, space.in_order, space.bucket_of, space.bucket_end
    meetings = agenda.size
    crowded = 0  # the first meeting that cannot hear all: until then nobody is put off
    while coming[crowded] <= agenda[crowded]:
        crowded += 1
    size = 0
    least = horizon
    for i in range(count):
        case = waits[i]
        if crowded <= first_meeting[case] < meetings:
            crowd[size] = case
            size += 1
            least = min(least, filed[row, case])
    # A counting sort by time, and insertion for the rest.
    scale = size / (horizon - least) if horizon > least else 0.0
    for bucket in range(size + 2):
        bucket_end[bucket] = 0
    for i in range(size):
        bucket_of[i] = np.int64((filed[row, crowd[i]] - least) * scale)
        bucket_end[bucket_of[i] + 1] += 1
    for bucket in range(1, size + 1):
        bucket_end[bucket] += bucket_end[bucket - 1]
    for i in range(size):
        bucket = bucket_of[i]
        ordered[0, bucket_end[bucket]] = crowd[i]
        bucket_end[bucket] += 1
    sort_nearly(row, 0, size, ordered, filed, survey, tie)
    meeting, room = crowded - 1, np.int64(0)
    for i in range(size):
        case = ordered[0, i]
        while meeting < meetings and (meeting < first_meeting[case] or room == 0):
            meeting += 1
            room = agenda[meeting] if meeting < meetings else np.int64(0)
        first_meeting[case] = meeting
        room -= 1


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
    meetings = meeting_day.size
    for row in range(rows):
        ahead = notice[begin + row]
        for meeting in range(meetings + 1):
            coming[meeting] = 0
        before_committee = through = done = 0
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
                    time += ahead
                through, done = _pass(
                    row, case, time, election_lag, horizon, passed, through, decided, covered, done, formed
                )
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
            else:
                last[row, case] = before - (ahead if rule == DIRECT else 0.0) - TICK
