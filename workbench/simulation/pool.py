"""What the compiled replication loop reads: rules for all streets, and the cases of one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.quantiles import LawTable


class Rules(NamedTuple):
    """What holds for every street: laws, kinds, calendar."""

    laws: LawTable
    opening: NDArray[np.float64]
    approval: NDArray[np.int8]
    counts_approval: bool
    census_end: float
    horizon: float
    seed: np.uint64


class Pool(NamedTuple):
    """The cases of one street, by kind and hash: slices of `Setup`, whose starts count from the slice's begin.

    by_hash : int64 (n,), each case's place by hash. kind_start : int64 (kinds + 1,), the slice of each kind.
    class_start : int64 (classes + 1,), the slice of each priority class in the queue.
    """

    hash: NDArray[np.uint64]
    by_hash: NDArray[np.int64]
    kind: NDArray[np.int64]
    kind_start: NDArray[np.int64]
    distance: NDArray[np.float64]
    extra_units: NDArray[np.int64]
    approval: NDArray[np.int8]
    max_attempts: NDArray[np.int64]
    queue_class: NDArray[np.int64]
    class_start: NDArray[np.int64]
    lead_unit: NDArray[np.int64]
    unit_start: NDArray[np.int64]
    unit_hash: NDArray[np.uint64]
    tally_start: NDArray[np.int64]
    tally_street: NDArray[np.int64]
    tally_units: NDArray[np.int32]
    tally_works: NDArray[np.int32]
    window_start: NDArray[np.float64]
    window_stop: NDArray[np.float64]
    window_slots: NDArray[np.int64]
    meeting_day: NDArray[np.float64]
    agenda: NDArray[np.int64]
