"""What an allocation costs: an instructor by the month, and the branches that it brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from workbench.simulation import Chunk, run_part
from workbench.simulation.setup import KINDS, Setup, Windows

if TYPE_CHECKING:
    from workbench.inputs.scenario import Calendar, Scenario

#: Working days in the month that an instructor's monthly cost pays for.
DAYS_A_MONTH = 21.75
#: Kinds of cases that found a branch, one a case: a joint one for all its units together. Whoever joins a host's
#: branch founds none.
FOUNDING = ("standalone", "assisted", "joint")


def expected_branches(
    setup: Setup, instructors: Mapping[str, int], *, first: int, replications: int, seed: int
) -> float:
    """How many branches are founded by the deadline on average, with so many instructors by responsible unit.

    Parameters
    ----------
    setup
        register, scenario and grouping, worked out; its own instructors are left aside.
    first, replications, seed
        replications first … first + replications - 1 under that seed.
    """
    responsible_units = setup.cases.responsible_units
    manned = setup.with_instructors(instructors)
    counters = run_part(manned, Chunk(range(len(responsible_units)), first, replications), seed, "city")
    founding = np.isin(setup.cases.kind, [KINDS.index(kind) for kind in FOUNDING])
    formed = counters.formed_on[founding, : setup.calendar.deadline_day + 1]
    return float(formed.sum(dtype=np.int64) / replications)


def cost_each(scenario: Scenario, calendar: Calendar) -> float:
    """Yuan for an instructor from the opening to the deadline."""
    months = (calendar.deadline_day + 1 - calendar.instructors_open) / DAYS_A_MONTH
    return float(months * scenario.costs.instructor_month)


def cost_of_arrivals(windows: Iterable[Windows], scenario: Scenario, calendar: Calendar) -> float:
    """Yuan for those who come later or leave earlier, each for the time until the deadline that they are there."""
    end = calendar.deadline_day + 1.0
    days = sum(count * max(0.0, min(stop, end) - start) for each in windows for start, stop, count in each.arrivals)
    return float(days / DAYS_A_MONTH * scenario.costs.instructor_month)
