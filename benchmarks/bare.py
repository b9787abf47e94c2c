"""The kernel by itself: draws, order, dispatch, approval of many replications, with nothing counted or kept."""

from __future__ import annotations

import numpy as np

from workbench.compiled import bare_kernel
from workbench.simulation import Setup
from workbench.simulation.kernels.committee import decide
from workbench.simulation.kernels.dispatch import nobody_waits, start_at_release, work_through
from workbench.simulation.kernels.draws import draw, draw_elections, survey
from workbench.simulation.kernels.ordering import order_arrivals
from workbench.simulation.kernels.replicate import Workspace, workspace_of
from workbench.simulation.run import Sample
from workbench.simulation.setup.pools import pool_of, rules_of

DRAWS, DISPATCH, APPROVAL = range(1, 4)


@bare_kernel
def _bare(pool, rules, parameters, first, workspace, until):
    """What `replicate` does, up to a stage, without the tally."""
    chances, service, hearings, _, start = pool
    draws, columns, arrivals, arriving, times, space = workspace
    notice, horizon = parameters.notice, rules.horizon
    block = arriving.size
    unhindered = nobody_waits(service, start)
    for begin in range(0, notice.size, block):
        rows = min(block, notice.size - begin)
        replication = np.uint64(first + begin)
        survey(chances, rules, parameters, begin, rows, replication, columns, draws)
        draw(chances, rules, parameters, begin, rows, replication, False, columns, draws)
        if until < DISPATCH:
            continue
        if unhindered:
            start_at_release(rows, service, draws, start, horizon, times)
        else:
            order_arrivals(rows, service, draws, rules, space, arrivals, arriving)
            work_through(rows, service, draws, arrivals, arriving, start, horizon, space, times)
        if until < APPROVAL:
            continue
        draw_elections(chances, rules, parameters, begin, rows, times.finished, times.finished_count, draws)
        decide(rows, hearings, draws, service.tie, notice, begin, horizon, space, times)


class Bare:
    """Everything that the kernel reads, made ahead, so that a call does nothing else."""

    def __init__(self, setup: Setup, sample: Sample) -> None:
        self.sample, self.rules = sample, rules_of(setup, sample.seed)
        replications = sample.parameters.late.size
        pools = [pool_of(setup, responsible) for responsible in range(len(setup.cases.responsible_units))]
        self.pools = [pool for pool in pools if pool.service.tie.size]
        self.workspaces: list[Workspace] = [workspace_of(pool, replications, setup.days) for pool in self.pools]

    def __call__(self, until: int = APPROVAL) -> None:
        """All responsible units, all replications, on this thread."""
        for pool, workspace in zip(self.pools, self.workspaces, strict=True):
            _bare(pool, self.rules, self.sample.parameters, self.sample.first, workspace, until)
