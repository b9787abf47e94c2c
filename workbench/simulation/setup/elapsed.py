"""What has lasted already when a forecast begins: how much of its law each has outlasted (MODEL §10)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Law
from workbench.simulation.kernels import APPROVED, COMMITTEE, DIRECT, FILED, IN_WORK
from workbench.simulation.setup.cases import ATTACHED, JOINT, KINDS
from workbench.simulation.setup.parameters import Parameters
from workbench.simulation.setup.prepare import Setup


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


def in_work(setup: Setup) -> Elapsed:
    """The attempts in work."""
    assert setup.start is not None
    shared = (setup.cases.kind == JOINT) | (setup.cases.kind == ATTACHED)
    return _columns(setup, setup.start.state == IN_WORK, shared)


def in_election(setup: Setup) -> Elapsed:
    """The elections of cases that are approved, or filed where nobody approves."""
    assert setup.start is not None
    needs_approval = np.isin(setup.approval, (COMMITTEE, DIRECT))[setup.cases.kind]
    runs = (setup.start.state == APPROVED) | ((setup.start.state == FILED) & ~needs_approval)
    return _columns(setup, runs, np.zeros(len(setup.cases), dtype=bool))


def _columns(setup: Setup, which: NDArray[np.bool_], shared: NDArray[np.bool_]) -> Elapsed:
    cases, start = setup.cases, setup.start
    assert start is not None
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
    works, elects = in_work(setup), in_election(setup)
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
    return np.broadcast_to(law.cdf(at[:1]), at.shape) if alike else law.cdf(at)


def _surveyed(setup: Setup, late: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that an organization is surveyed by t0, one number a replication."""
    assert setup.start is not None
    t0, end = setup.start.t0, setup.calendar.census_end
    if setup.start.surveyed is None:
        return np.zeros(late.size)
    if t0 < end:
        return (1.0 - late) * (t0 / end)
    return (1.0 - late) + late * setup.scenario.census.tail.cdf(t0 - end)
