"""Start-up money: what the branches that an allocation brings cost beside its instructors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbench.simulation import Chunk, run_part
from workbench.simulation.setup import KINDS, Setup

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
