"""What a forecast starts from: where each case stands at t0, and what has happened before (MODEL §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

#: The day of what has not happened by t0, and of what was so before working day 0.
NOT_YET, BEFORE = np.iinfo(np.int64).max, -1


@dataclass(frozen=True)
class Start:
    """The state in which a forecast finds the campaign: (n) cases, (o) organizations, in the order of `Cases`.

    Attributes
    ----------
    as_of
        the last date of which what it says has happened.
    t0
        the start of the first working day after it: what is simulated begins here.
    state
        int8 (n,), indices into `kernels.STATES`.
    since
        float64 (n,), when the attempt in work began, or the case was filed or approved; NaN for the others.
    before
        int64 (n,), attempts that have failed before the one in work, or before the case was filed.
    surveyed
        float64 (o,), when each was surveyed, NaN where that is not known by t0; None: the register does not say.
    branch_day, work_day
        int64 (o,), the working day from which each has had a branch, and a branch, an instructor or a mass
        organization; `BEFORE` the campaign, or `NOT_YET`.
    dispatch_day
        int64 (n,), the working day on which the case's first attempt began, as far as is known, or `NOT_YET`.
    factors
        by name the uniform numbers in (0, 1) that replications 0, 1, … take for the uncertain factors that were learnt;
        empty: each replication draws its own.
    """

    as_of: date
    t0: float
    state: NDArray[np.int8]
    since: NDArray[np.float64]
    before: NDArray[np.int64]
    surveyed: NDArray[np.float64] | None
    branch_day: NDArray[np.int64]
    work_day: NDArray[np.int64]
    dispatch_day: NDArray[np.int64]
    factors: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
