"""A setup in the form that the compiled code reads: rules for all streets, and one street at a time."""

from __future__ import annotations

import numpy as np

from workbench.simulation.cases import KINDS
from workbench.simulation.dispatch import windows
from workbench.simulation.pool import Pool, Rules
from workbench.simulation.setup import Setup


def rules_of(setup: Setup, seed: int) -> Rules:
    """What holds for every street."""
    return Rules(
        laws=setup.laws,
        opening=setup.opening,
        approval=setup.approval,
        counts_approval=setup.scenario.policy.counted_from == "approved",
        census_end=float(setup.calendar.census_end),
        horizon=float(setup.calendar.horizon),
        seed=np.uint64(seed),
    )


def pool_of(setup: Setup, street: int) -> Pool:
    """The cases, slots and meetings of one street, by its code."""
    cases = setup.cases
    begin, end = cases.pool_start[street], cases.pool_start[street + 1]
    one = slice(begin, end)
    unit_begin, unit_end = cases.unit_start[begin], cases.unit_start[end]
    tally_begin, tally_end = setup.tally_start[begin], setup.tally_start[end]
    meeting = slice(setup.meeting_start[street], setup.meeting_start[street + 1])
    tally = slice(tally_begin, tally_end)
    window_start, window_stop, window_slots = windows(*setup.slots.of(street))
    kind = cases.kind[one]
    queue_class = setup.queue_class[one]
    return Pool(
        hash=cases.hash[one],
        by_hash=np.argsort(np.argsort(cases.hash[one], kind="stable"), kind="stable"),
        kind=kind,
        kind_start=np.searchsorted(kind, np.arange(len(KINDS) + 1)),
        distance=cases.distance[one],
        extra_units=np.maximum(cases.units[one] - 3, 0),
        approval=setup.approval[kind],
        max_attempts=setup.max_attempts[kind],
        queue_class=queue_class,
        class_start=np.searchsorted(np.sort(queue_class), np.arange(int(setup.classes[street]) + 1)),
        lead_unit=setup.lead_unit[one] - unit_begin,
        unit_start=cases.unit_start[begin : end + 1] - unit_begin,
        unit_hash=setup.unit_hash[unit_begin:unit_end],
        tally_start=setup.tally_start[begin : end + 1] - tally_begin,
        tally_street=setup.tally_street[tally],
        tally_units=setup.tally_units[tally],
        tally_works=setup.tally_works[tally],
        window_start=window_start,
        window_stop=window_stop,
        window_slots=window_slots,
        meeting_day=setup.meeting_day[meeting],
        agenda=setup.agenda[meeting],
    )
