"""What has lasted already when a forecast begins: how much of its law each has outlasted (MODEL §10)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Law
from workbench.simulation.kernels import APPROVED, COMMITTEE, DIRECT, FILED, IN_WORK
from workbench.simulation.setup.cases import ATTACHED, JOINT, KINDS, Cases
from workbench.simulation.setup.parameters import Parameters

if TYPE_CHECKING:
    from workbench.simulation.setup.prepare import Setup
    from workbench.simulation.setup.start import Start

#: Shares of a law that are kept for the next scenario are no more than these each, half a megabyte with as much to find
#: them by; a campaign asks for a dozen.
LARGEST_KEPT = 2**16


class Elapsed(NamedTuple):
    """Cases of which something is going on at t0, and the columns that those alike share: (e) cases, (c) columns.

    Attributes
    ----------
    column
        int64 (n,), each case's; -1 for all others.
    kind
        int64 (c,).
    lasted
        float64 (c,), working days by t0.
    distance, extra_units
        float64 (c,), of cases that take longer with them; else 0.
    """

    column: NDArray[np.int64]
    kind: NDArray[np.int64]
    lasted: NDArray[np.float64]
    distance: NDArray[np.float64]
    extra_units: NDArray[np.float64]


def in_work(cases: Cases, start: Start) -> Elapsed:
    """The attempts in work."""
    shared = (cases.kind == JOINT) | (cases.kind == ATTACHED)
    return _columns(cases, start, start.state == IN_WORK, shared)


def in_election(cases: Cases, start: Start, approval: NDArray[np.int8]) -> Elapsed:
    """The elections of cases that are approved, or filed where nobody approves; `approval` by kind."""
    needs_approval = np.isin(approval, (COMMITTEE, DIRECT))[cases.kind]
    runs = (start.state == APPROVED) | ((start.state == FILED) & ~needs_approval)
    return _columns(cases, start, runs, np.zeros(len(cases), dtype=bool))


def _columns(cases: Cases, start: Start, which: NDArray[np.bool_], shared: NDArray[np.bool_]) -> Elapsed:
    extra = np.maximum(cases.units - 3, 0)
    rows = np.column_stack(
        [
            cases.kind[which],
            start.t0 - start.since[which],
            np.where(shared, cases.distance, 0.0)[which],
            np.where(shared, extra, 0)[which],
        ]
    )
    distinct, inverse = np.unique(rows, axis=0, return_inverse=True)
    column = np.full(len(cases), -1, dtype=np.int64)
    column[which] = inverse.reshape(-1)
    return Elapsed(column, distinct[:, 0].astype(np.int64), *distinct[:, 1:].T.copy())


def with_elapsed(setup: Setup, parameters: Parameters) -> Parameters:
    """The city-wide draws of some replications with what they make of what has lasted already; R replications.

    F is taken at x · speed · (1 − absence) / factor, in this order.
    """
    if setup.start is None:
        return parameters
    works, elects = setup.works, setup.elects
    count = parameters.late.size
    lasted, elected = np.empty((count, works.kind.size)), np.empty((count, elects.kind.size))
    for kind, name in enumerate(KINDS):
        rules = setup.scenario.cases.of(name)
        own = works.kind == kind
        if own.any():
            per_km, per_extra = parameters.per_km[:, kind, None], parameters.per_extra_unit[:, kind, None]
            factor = 1.0 + per_km * works.distance[own] + per_extra * works.extra_units[own]
            at = works.lasted[own] * parameters.speed[:, None] * (1.0 - parameters.absence[:, None]) / factor
            lasted[:, own] = _cdf(rules.preparation, at)
        own = elects.kind == kind
        if own.any():
            with np.errstate(divide="ignore"):
                at = elects.lasted[own] / parameters.election[:, None]
            elected[:, own] = _cdf(rules.election or Law("fixed", (0.0,)), at)
    return parameters._replace(lasted=lasted, elected=elected, surveyed=_surveyed(setup, parameters.late))


def _cdf(law: Law, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """F, once where all replications are alike."""
    alike = at.shape[0] > 1 and bool((at == at[0]).all())
    asked = at[:1] if alike else at
    found = law.cdf(asked) if asked.size > LARGEST_KEPT else _kept(law, asked.tobytes()).reshape(asked.shape)
    return np.broadcast_to(found, at.shape)


@lru_cache(maxsize=16)
def _kept(law: Law, at: bytes) -> NDArray[np.float64]:
    """F at so many places, kept for scenarios that differ in other things, as the draws of factors are: an incomplete
    beta at each costs as much as all that a replication does with it."""
    return law.cdf(np.frombuffer(at, np.float64))


def _surveyed(setup: Setup, late: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that an organization is surveyed by t0, one number a replication."""
    assert setup.start is not None
    t0, end = setup.start.t0, setup.calendar.census_end
    if setup.start.surveyed is None:
        return np.zeros(late.size)
    if t0 < end:
        return (1.0 - late) * (t0 / end)
    return (1.0 - late) + late * setup.scenario.census.tail.cdf(t0 - end)
