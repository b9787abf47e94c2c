"""One responsible unit with one number of instructors after the other, compiled: what it adds by the deadline (MODEL
§9).

What chance decides, and the order in which cases are released, depend on no instructor: they are worked out once for a
block of replications, and dispatch and approval run for each number. Nothing is kept but two counts a replication.

Nothing that happens after the deadline changes what happened before it, so the rules' horizon may be cut to the
deadline's end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import bare_kernel
from workbench.simulation.kernels.committee import COMMITTEE, decide, last_filing
from workbench.simulation.kernels.dispatch import work_through
from workbench.simulation.kernels.draws import draw, draw_elections, survey
from workbench.simulation.kernels.ordering import order_arrivals
from workbench.simulation.kernels.pool import Coverage, Hearings, Pool
from workbench.simulation.kernels.replicate import Workspace, workspace_of
from workbench.simulation.kernels.start import draw_electing, draw_under_way, release_from, survey_known


class SweepWorkspace(NamedTuple):
    """Work space of a sweep beside that of `replicate`: (r) replications of a block, (n) cases."""

    workspace: Workspace
    everybody: NDArray[np.int64]  # (r, n) all cases …
    many: NDArray[np.int64]  # (r) … and how many they are
    last: NDArray[np.float64]  # (r, n) until when a case may be filed and counts
    settled: NDArray[np.bool_]  # (r) whether a greater number changes nothing
    units: NDArray[np.int64]  # (n) organizations that a case covers, of whatever responsible unit
    works: NDArray[np.int64]  # (k, n) those of them that get work by its dispatch, for each number of instructors
    settled_cases: NDArray[np.int64]  # (r, n) who was dispatched where a greater number changes nothing …
    settled_count: NDArray[np.int64]  # (r) … and how many


def sweep_workspace(pool: Pool, replications: int, days: int, works: NDArray[np.int64]) -> SweepWorkspace:
    """Work space for a pool with all its slots; `works` as in `SweepWorkspace`."""
    workspace, cases, coverage = workspace_of(pool, replications, days), pool.service.tie.size, pool.coverage
    rows = workspace.arriving.size
    return SweepWorkspace(
        workspace,
        everybody=np.tile(np.arange(cases), (rows, 1)),
        many=np.full(rows, cases),
        last=np.zeros((rows, cases)),
        settled=np.zeros(rows, np.bool_),
        units=_everywhere(coverage, coverage.units, coverage.other_units),
        works=works,
        settled_cases=np.zeros((rows, cases), np.int64),
        settled_count=np.zeros(rows, np.int64),
    )


def _everywhere(coverage: Coverage, own: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    counts = own.copy()
    np.add.at(counts, np.repeat(np.arange(own.size), np.diff(coverage.other_start)), other)
    return counts


def hears_all(hearings: Hearings, end: float) -> bool:
    """Whether every meeting before `end` has room for all cases of the pool, and no other is called."""
    if hearings.calls_at:
        return False
    agenda = hearings.agenda[hearings.meeting_day < end]
    return bool((agenda >= np.count_nonzero(hearings.approval == COMMITTEE)).all())


@bare_kernel
def sweep(pool, rules, parameters, first, slots, unlimited, room, branches, works):
    """Organizations that a responsible unit adds before the rules' horizon with slots[0], slots[1], … in its first
    window.

    Parameters
    ----------
    pool
        whose first window is the one of all instructors but arrivals; its number of slots is changed.
    slots
        int64 (k,), rising.
    unlimited
        from `hears_all`.
    branches, works
        int32 (k, R), filled.
    """
    chances, service, hearings, _, start = pool
    workspace, everybody, many, last, settled, units, idle_units, settled_cases, settled_count = room
    draws, columns, arrivals, arriving, times, space = workspace
    notice, horizon, window_slots = parameters.notice, rules.horizon, service.window_slots
    if rules.counts_approval:
        counted, counted_count = times.passed, times.passed_count
    else:
        counted, counted_count = times.covered, times.covered_count
    started, started_count, hindered = times.started, times.started_count, times.hindered
    finished, finished_count, filed = times.finished, times.finished_count, times.filed
    block = arriving.size
    only_needed = np.bool_(False)  # attempts; a literal would be a type of its own, and all that draws compiled twice
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
        order_arrivals(rows, service, draws, rules, space, arrivals, arriving)
        if not rules.counts_approval:
            draw_elections(chances, rules, parameters, begin, rows, everybody, many, draws)
            if start.electing.size > 0:
                draw_electing(start, chances, rules, parameters, begin, rows, draws)
        if unlimited:
            last_filing(rows, hearings, draws, rules.counts_approval, notice, begin, horizon, last)
        for row in range(rows):
            settled[row] = False
        open_ones = rows
        for number in range(slots.size):
            if open_ones > 0:
                if window_slots.size > 0:
                    window_slots[0] = slots[number]
                work_through(rows, service, draws, arrivals, arriving, start, horizon, space, times)
                if not unlimited:
                    decide(rows, hearings, draws, service.tie, notice, begin, horizon, space, times)
            for row in range(rows):
                if settled[row]:
                    branches[number, begin + row] = branches[number - 1, begin + row]
                    worked = 0
                    for i in range(settled_count[row]):
                        worked += idle_units[number, settled_cases[row, i]]
                    works[number, begin + row] = worked
                    continue
                covered = worked = 0
                for i in range(started_count[row]):
                    worked += idle_units[number, started[row, i]]
                if unlimited:
                    for i in range(finished_count[row]):
                        case = finished[row, i]
                        covered += units[case] if filed[row, case] <= last[row, case] else 0
                else:
                    for i in range(counted_count[row]):
                        covered += units[counted[row, i]]
                branches[number, begin + row] = covered
                works[number, begin + row] = worked
                if not hindered[row]:
                    # Whoever came found an idle slot of the first window, and would find it among more: every greater
                    # number gives the same starts. From here on nobody comes in this replication.
                    settled[row] = True
                    settled_count[row] = started_count[row]
                    for i in range(started_count[row]):
                        settled_cases[row, i] = started[row, i]
                    arriving[row] = 0
                    open_ones -= 1
