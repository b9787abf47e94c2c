"""What had happened when a forecast began: counted in every replication, on its own day (MODEL §10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.labels import Spoken, text
from workbench.simulation.kernels import APPROVED, FILED, Counters
from workbench.simulation.setup import BEFORE, NOT_YET, Setup
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.simulation.results.outcome import Outcome, Target


def at_the_start(setup: Setup) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which organizations had a branch, and which had any work, when the campaign began; bool (organizations,)."""
    if setup.start is None:
        organizations = setup.cases.organizations
        return organizations["branch"].to_numpy(dtype=bool), organizations["worked"].to_numpy(dtype=bool)
    return setup.start.branch_day == BEFORE, setup.start.work_day == BEFORE


def by_the_deadline(setup: Setup) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The same of what had happened by t0; by the deadline, where that comes before."""
    if setup.start is None:
        return at_the_start(setup)
    last = setup.calendar.deadline_day
    return setup.start.branch_day <= last, setup.start.work_day <= last


def add_facts(setup: Setup, counters: Counters) -> None:
    """Add to the counters of all replications what had happened by t0, and take out stages that were passed before."""
    start, cases = setup.start, setup.cases
    if start is None:
        return
    places, replications, days = counters.branches.shape
    responsible = cases.organizations["responsible"].to_numpy(dtype=np.int64)
    place = responsible if places > 1 else np.zeros_like(responsible)
    for counter, day in ((counters.branches, start.branch_day), (counters.works, start.work_day)):
        now = (day >= 0) & (day < days)
        counts = np.zeros((places, days), counter.dtype)
        np.add.at(counts, (place[now], day[now]), 1)
        counter += counts[:, None, :]
    begun = start.dispatch_day < NOT_YET
    day = np.clip(start.dispatch_day[begun], 0, days - 1)
    counters.dispatched_on[np.flatnonzero(begun), day] += counters.dispatched_on.dtype.type(replications)
    approved = start.state == APPROVED
    for stage, passed in ((1, approved | (start.state == FILED)), (2, approved)):
        # A stage passed before t0 was counted with no time at all.
        passed &= start.since < setup.calendar.horizon
        np.add.at(counters.stage_count[:, :, stage], (cases.pool[passed], cases.kind[passed]), -replications)


def sure(outcome: Outcome, target: Target) -> str:
    """How sure a target is, in the language in use: no chance where the facts of a forecast reach it."""
    if reached_already(outcome, target):
        return Spoken(text("outcome.reached_already"))
    return str(outcome.probability(target))


def reached_already(outcome: Outcome, target: Target) -> bool:
    """Whether what has happened by the day of a forecast reaches a target: what is formed stays."""
    if outcome.as_of is None:
        return False
    today = min(outcome.calendar.day_by(outcome.as_of), outcome.calendar.deadline_day)
    if today < 0:
        return False
    facts = int(outcome.counts(target).isel(day=today).min())
    return reaches(facts, outcome.wanted(target), outcome.total)
