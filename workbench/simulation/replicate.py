"""Replications of one street, compiled: draws, orders, the kernel, and the tally (MODEL §5-§7).

Nothing is kept of a replication but what it adds to the counters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.committee import decide
from workbench.simulation.compiled import kernel
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


@kernel
def arrange(pool, rules, late, surveyed, release, orders):
    """Orders by rank, by release and by place in the queue."""
    # Most are surveyed evenly over the census; where many come late, the buckets must reach as far as they do.
    high = rules.census_end
    if late > 0.25:
        high = surveyed.max()
    sort_by(surveyed, pool.by_hash, orders.given, 0.0, high, orders.by_rank, orders.bucket_of, orders.bucket_end)
    by_rank, rank = orders.by_rank, orders.rank
    for i in range(by_rank.size):
        rank[by_rank[i]] = i
    order_arrivals(release, by_rank, rules.opening, orders.arrivals, orders.batch, orders.late)
    order_queue(pool.queue_class, pool.class_start, orders.arrivals, orders.queue, orders.bucket_end)


@kernel
def replicate(pool, rules, parameters, first, first_case, street, shop, by_street, counters):
    """Simulate one street in replications first, first + 1, … and add what happens to the counters.

    `parameters` has one row a replication, `first_case` is the number of the street's first case in the city and
    `by_street` whether coverage is kept by street.
    """
    draws, columns, orders, times, space = shop
    replications = parameters.late.size
    branches, works, worked_ticks = counters.branches, counters.works, counters.worked_ticks
    formed_on, dispatched_on = counters.formed_on[first_case:], counters.dispatched_on[first_case:]
    ticks, count = counters.stage_ticks[street], counters.stage_count[street]
    for begin in range(0, replications, BLOCK):
        rows = min(BLOCK, replications - begin)
        replication = np.uint64(first + begin)
        survey(pool, rules, parameters, begin, rows, replication, columns, draws)
        draw(pool, rules, parameters, begin, rows, replication, False, columns, draws)
        for row in range(rows):
            release = draws.release[row]
            arrange(pool, rules, parameters.late[begin + row], draws.survey[row], release, orders)
            worked = work_through(
                orders.queue,
                orders.arrivals,
                release,
                pool.queue_class,
                orders.rank,
                pool.max_attempts,
                draws.preparation[row],
                draws.success[row],
                draws.retry_delay[row],
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
                draws.election_lag[row],
                pool.meeting_day,
                pool.agenda,
                parameters.notice[begin + row],
                rules.horizon,
                space,
                times.approved,
                times.formed,
                times.mass_org,
            )
            worked_ticks[street] += np.int64(worked * TICKS)
            tally(
                pool,
                rules,
                release,
                times,
                begin + row,
                by_street,
                branches,
                works,
                formed_on,
                dispatched_on,
                ticks,
                count,
            )
