"""What happens to a filed case: approval and election (MODEL §5.4-§5.6), compiled."""

from __future__ import annotations

import numpy as np

from workbench.compiled import inlined, kernel
from workbench.simulation.ordering import sort_by

#: How a case becomes a branch once it is filed; `FOUNDS` is outreach, whose success is a mass organization.
NO_APPROVAL, DIRECT, COMMITTEE, FOUNDS = range(4)
APPROVALS = {"none": NO_APPROVAL, "direct": DIRECT, "committee": COMMITTEE}

UNLIMITED = np.int64(2**62)


@inlined
def _first_at_or_after(days, time):
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
def decide(
    by_rank,
    rank,
    filed,
    approval,
    election_lag,
    meeting_day,
    agenda,
    notice,
    horizon,
    space,
    approved,
    formed,
    mass_org,
):
    """Approval and election: fills approved, formed and mass_org, and takes outreach out of `filed`.

    `by_rank` holds the cases by rank. `agenda` may be `UNLIMITED`.
    """
    filed_cases, heard_order, first_meeting = space.filed_cases, space.heard_order, space.first_meeting
    coming = space.coming_cases
    for meeting in range(meeting_day.size):
        coming[meeting] = 0
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
            meeting = _first_at_or_after(meeting_day, time + notice)
            first_meeting[case] = meeting
            if meeting < meeting_day.size:
                coming[meeting] += 1
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

    # Where every meeting has room for all that come to it, the order does not matter.
    crowded = False
    for meeting in range(meeting_day.size):
        crowded = crowded or coming[meeting] > agenda[meeting]
    if crowded:
        sort_by(
            filed,
            rank,
            filed_cases[:before_committee],
            least_filed,
            horizon,
            heard_order[:before_committee],
            space.bucket_of,
            space.bucket_end,
        )
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
