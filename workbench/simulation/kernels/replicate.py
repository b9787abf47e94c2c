"""Replications of one responsible unit, compiled: draws, orders, the kernel, and the tally (MODEL §5-§7).

Nothing is kept of a replication but what it adds to the counters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import bare_kernel
from workbench.simulation.kernels.committee import decide
from workbench.simulation.kernels.dispatch import nobody_waits, start_at_release, work_through
from workbench.simulation.kernels.draws import DrawBuffers, Draws, draw, draw_elections, padded, room_for_draws, survey
from workbench.simulation.kernels.ordering import order_arrivals
from workbench.simulation.kernels.pool import Pool
from workbench.simulation.kernels.space import Space, Times, room_for_times, work_space
from workbench.simulation.kernels.start import draw_electing, draw_under_way, release_from, survey_known
from workbench.simulation.kernels.tally import TICKS, tally

#: A block of replications is drawn and served at once, about so many cases in all: what a processor's cache holds.
BLOCK = 4096
ROWS_AT_ONCE = 256


class Workspace(NamedTuple):
    """All work space of one responsible unit, made once a chunk."""

    draws: Draws
    columns: DrawBuffers
    arrivals: NDArray[np.int64]
    arriving: NDArray[np.int64]
    times: Times
    space: Space


def workspace_of(pool: Pool, replications: int, days: int) -> Workspace:
    """Work space for a responsible unit; `days` are those that are simulated."""
    cases, service = pool.service.tie.size, pool.service
    rows = max(1, min(BLOCK // padded(cases), ROWS_AT_ONCE, replications))
    draws, columns = room_for_draws(rows, cases, pool.chances.units, int(service.max_attempts.max()))
    return Workspace(
        draws,
        columns,
        np.zeros((rows, cases), np.int64),
        np.zeros(rows, np.int64),
        room_for_times(rows, cases, days if pool.hearings.calls_at else 0),
        work_space(cases, int(service.window_slots.sum()), pool.hearings.meeting_day.size),
    )


@bare_kernel
def replicate(pool, rules, parameters, first, first_case, responsible, workspace, by_responsible, counters):
    """Simulate one responsible unit in replications first, first + 1, … and add what happens to the counters.

    `parameters` has one row a replication, `first_case` is the number of the responsible unit's first case in the
    counters, `responsible` the responsible unit's own, and `by_responsible` says whether coverage is kept by
    responsible unit.
    """
    chances, service, hearings, coverage, start = pool
    draws, columns, arrivals, arriving, times, space = workspace
    notice, horizon = parameters.notice, rules.horizon
    block = arriving.size
    only_needed = np.bool_(False)  # attempts; a literal would be a type of its own, and all that draws compiled twice
    unhindered = nobody_waits(service, start)
    worked = 0.0
    for begin in range(0, notice.size, block):
        rows = min(block, notice.size - begin)
        replication = np.uint64(first + begin)
        if start.surveyed.size > 0:
            survey_known(start, chances, rules, parameters, begin, rows, replication, columns, draws)
        else:
            survey(chances, rules, parameters, begin, rows, replication, columns, draws)
        if start.moved:
            draw_under_way(start, chances, rules, parameters, begin, rows, replication, only_needed, columns, draws)
            release_from(start, rows, horizon, draws, times)
        else:
            draw(chances, rules, parameters, begin, rows, replication, only_needed, columns, draws)
        if unhindered:
            worked += start_at_release(rows, service, draws, start, horizon, times)
        else:
            order_arrivals(rows, service, draws, rules, space, arrivals, arriving)
            worked += work_through(rows, service, draws, arrivals, arriving, start, horizon, space, times)
        draw_elections(chances, rules, parameters, begin, rows, times.finished, times.finished_count, draws)
        if start.electing.size > 0:
            draw_electing(start, chances, rules, parameters, begin, rows, draws)
        decide(rows, hearings, draws, service.tie, notice, begin, horizon, space, times)
        tally(
            rows, coverage, rules, draws, service.max_attempts, times, first, begin, by_responsible, responsible,
            first_case, counters,
        )  # fmt: skip
    counters.worked_ticks[responsible] += np.int64(worked * TICKS)
