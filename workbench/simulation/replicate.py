"""Replications of one street, compiled: draws, orders, the kernel, and the tally (MODEL §5-§7).

Nothing is kept of a replication but what it adds to the counters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import kernel
from workbench.simulation.committee import decide
from workbench.simulation.dispatch import work_through
from workbench.simulation.draws import BLOCK, Columns, Draws, draw, room_for_draws, survey
from workbench.simulation.ordering import Orders, order_arrivals, order_queue, room_for_orders, sort_by
from workbench.simulation.space import Space, work_space
from workbench.simulation.tally import TICKS, Times, tally


class Workshop(NamedTuple):
    """All work space of one street, made once a chunk."""

    draws: Draws
    columns: Columns
    orders: Orders
    times: Times
    space: Space


def workshop(cases: int, slots: int, meetings: int, attempts: int) -> Workshop:
    """Work space for a street."""
    draws, columns = room_for_draws(BLOCK, cases, attempts)
    times: list[NDArray[np.float64]] = [np.zeros(max(cases, 1)) for _ in range(5)]
    return Workshop(
        draws,
        columns,
        room_for_orders(cases),
        Times(times[0], times[1], times[2], times[3], times[4], np.zeros(max(cases, 1), np.int64)),
        work_space(cases, slots, meetings),
    )


# All arrays are taken out of their tuples before the loops, and functions take them one by one: numba counts references
# whenever it takes an array out of a tuple, which for a street of thirty cases took as long as the cases themselves.


@kernel
def replicate(pool, rules, parameters, first, first_case, street, shop, by_street, counters):
    """Simulate one street in replications first, first + 1, … and add what happens to the counters.

    `parameters` has one row a replication, `first_case` is the number of the street's first case in the city and
    `by_street` whether coverage is kept by street.
    """
    draws, columns, orders, times, space = shop
    given, by_rank, rank, arrivals, queue, batch, late_ones, bucket_of, bucket_end = orders
    dispatched, filed, approved, formed, mass_org, attempts = times
    survey_times, releases, preparation, success, retry_delay, election_lag = draws
    late, notice = parameters.late, parameters.notice
    census_end, horizon, opening = rules.census_end, rules.horizon, rules.opening
    by_hash, queue_class, class_start = pool.by_hash, pool.queue_class, pool.class_start
    max_attempts, approval, meeting_day, agenda = pool.max_attempts, pool.approval, pool.meeting_day, pool.agenda
    window_start, window_stop, window_slots = pool.window_start, pool.window_stop, pool.window_slots
    kind_start, kind_approval, counts_approval = pool.kind_start, rules.approval, rules.counts_approval
    tally_start, tally_street = pool.tally_start, pool.tally_street
    tally_units, tally_works = pool.tally_units, pool.tally_works
    branches, works, worked_ticks = counters.branches, counters.works, counters.worked_ticks
    formed_on, dispatched_on = counters.formed_on[first_case:], counters.dispatched_on[first_case:]
    ticks, count = counters.stage_ticks[street], counters.stage_count[street]
    worked = 0.0
    for begin in range(0, late.size, BLOCK):
        rows = min(BLOCK, late.size - begin)
        replication = np.uint64(first + begin)
        survey(pool, rules, parameters, begin, rows, replication, columns, draws)
        draw(pool, rules, parameters, begin, rows, replication, False, columns, draws)
        for row in range(rows):
            surveyed, release = survey_times[row], releases[row]
            # Most are surveyed evenly over the census; where many come late, buckets must reach as far as they do.
            high = surveyed.max() if late[begin + row] > 0.25 else census_end
            sort_by(surveyed, by_hash, given, 0.0, high, by_rank, bucket_of, bucket_end)
            for i in range(by_rank.size):
                rank[by_rank[i]] = i
            order_arrivals(release, by_rank, opening, arrivals, batch, late_ones)
            order_queue(queue_class, class_start, arrivals, queue, bucket_end)
            worked += work_through(
                queue,
                arrivals,
                release,
                queue_class,
                rank,
                max_attempts,
                preparation[row],
                success[row],
                retry_delay[row],
                window_start,
                window_stop,
                window_slots,
                horizon,
                space,
                dispatched,
                filed,
                attempts,
            )
            decide(
                by_rank,
                rank,
                filed,
                approval,
                election_lag[row],
                meeting_day,
                agenda,
                notice[begin + row],
                horizon,
                space,
                approved,
                formed,
                mass_org,
            )
            tally(
                kind_start,
                kind_approval,
                counts_approval,
                release,
                dispatched,
                filed,
                approved,
                formed,
                mass_org,
                tally_start,
                tally_street,
                tally_units,
                tally_works,
                begin + row,
                by_street,
                branches,
                works,
                formed_on,
                dispatched_on,
                ticks,
                count,
            )
    worked_ticks[street] += np.int64(worked * TICKS)
