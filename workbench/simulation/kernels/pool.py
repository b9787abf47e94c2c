"""What the compiled code reads: rules for all responsible units, and the cases, slots and meetings of one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.simulation.kernels.quantiles import LawTable
from workbench.simulation.kernels.start import PoolStart


class Rules(NamedTuple):
    """What holds for every pool: laws, kinds, calendar. Openings are the days on which kinds may be released."""

    laws: LawTable
    first_opening: float
    last_opening: float
    approval: NDArray[np.int8]
    counts_approval: bool
    census_end: float
    horizon: float
    assigned_on: int
    seed: np.uint64


class DrawInputs(NamedTuple):
    """What the draws read of a responsible unit: (n) cases, and arrays that are longer, so that vectorised loops need
    no rest.

    hash : uint64, of the units: the cases' leads in their order, then all other units.
    units : how many. other_case : int64, the case of each unit that is no lead.
    kind : int64 (n,); shared_start, shared_end : the slice of cases that take longer with distance and size.
    opening : float64, when each case may be released at the earliest.
    tabulated, first, bits, scale : where the table of each case's preparation is, see `LawTable`.
    """

    hash: NDArray[np.uint64]
    units: int
    other_case: NDArray[np.int64]
    kind: NDArray[np.int64]
    shared_start: int
    shared_end: int
    distance: NDArray[np.float64]
    extra_units: NDArray[np.int64]
    max_attempts: NDArray[np.int64]
    opening: NDArray[np.float64]
    tabulated: NDArray[np.bool_]
    first: NDArray[np.int64]
    bits: NDArray[np.int64]
    scale: NDArray[np.float64]


class DispatchInputs(NamedTuple):
    """What dispatch reads of a responsible unit: (n) cases in classes 0, 1, …, and windows.

    tie : int64 (n,), orders cases whose leads are surveyed at the same time. class_start : int64 (classes + 1,).
    Windows are runs of slots with the same start and stop, in slot order.
    """

    queue_class: NDArray[np.int64]
    class_start: NDArray[np.int64]
    tie: NDArray[np.int64]
    max_attempts: NDArray[np.int64]
    window_start: NDArray[np.float64]
    window_stop: NDArray[np.float64]
    window_slots: NDArray[np.int64]


class Hearings(NamedTuple):
    """What approval reads of a pool: (n) cases, (m) regular meetings.

    Attributes
    ----------
    approval
        int8 (n,), how each case is approved.
    meeting_day, agenda
        (m,), the regular meetings, rising, and how many cases each hears at most.
    calls_at
        cases filed and unheard at which a meeting is called on demand; 0: no meeting is called.
    calls_ahead
        working days at least from the call to the meeting.
    called_agenda
        how many cases a called meeting hears at most.
    begins
        the start of what is simulated: from then on meetings are called, and nothing is decided before.
    """

    approval: NDArray[np.int8]
    meeting_day: NDArray[np.float64]
    agenda: NDArray[np.int64]
    calls_at: np.int64
    calls_ahead: float
    called_agenda: np.int64
    begins: float = 0.0


class Coverage(NamedTuple):
    """What the counters read of a pool: (n) cases, (e) entries of what they cover of other responsible units.

    Attributes
    ----------
    kind
        int64 (n,).
    units
        int64 (n,), organizations of the pool's own responsible unit that a case covers.
    works
        int64 (n,), of them without work at the start, and without an instructor assigned.
    early
        int64 (n,), of them without work at the start, that will have one assigned: they count from the case's
        dispatch until then.
    other_start
        int64 (n + 1,), the slice of each case in the entries.
    other_responsible, other_units, other_works, other_early
        int64 (e,), the same of other responsible units.
    """

    kind: NDArray[np.int64]
    units: NDArray[np.int64]
    works: NDArray[np.int64]
    early: NDArray[np.int64]
    other_start: NDArray[np.int64]
    other_responsible: NDArray[np.int64]
    other_units: NDArray[np.int64]
    other_works: NDArray[np.int64]
    other_early: NDArray[np.int64]


class Pool(NamedTuple):
    """The cases of one responsible unit, by kind and hash: slices of `Setup`."""

    chances: DrawInputs
    service: DispatchInputs
    hearings: Hearings
    coverage: Coverage
    start: PoolStart
