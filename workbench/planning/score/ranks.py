"""Ahead or behind its own plan, and how far a rank is luck (MODEL §10, Score).

A unit is held against the plan's own distribution of what it would have by today, never against other units' rates:
nobody is praised for its members or blamed for their lack. Ranks order units by that percentile; what ranks they would
take by luck alone is seen in the plan's replications, each of which is put in the place of what happened.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: The range of ranks that luck gives: 5 % lie below it at most, and 5 % above.
LEVEL = 0.9


def percentiles(planned: NDArray[np.integer], happened: NDArray[np.integer]) -> NDArray[np.float64]:
    """Where counts stand in the plan's distribution: the share below, and half of the equal ones, times 100.

    Parameters
    ----------
    planned
        (R, units), what each replication of the plan has.
    happened
        (…, units), what there is.

    Returns
    -------
    NDArray[np.float64]
        like `happened`; 50 is as planned.

    Examples
    --------
    >>> percentiles(np.array([[1, 5], [2, 5], [3, 5], [4, 5]]), np.array([2, 5])).tolist()
    [37.5, 50.0]
    """
    order = np.sort(planned, axis=0)
    found = np.empty(happened.shape, dtype=np.float64)
    for unit in range(order.shape[1]):
        column, own = order[:, unit], happened[..., unit]
        found[..., unit] = np.searchsorted(column, own, "left") + np.searchsorted(column, own, "right")
    return found * (50.0 / len(order))


def ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Ranks along the last axis, the highest value first; equal values share the better rank.

    >>> ranks(np.array([30.0, 90.0, 30.0, 10.0])).tolist()
    [2, 1, 2, 4]
    """
    order = np.argsort(-values, axis=-1, kind="stable")
    down = np.take_along_axis(values, order, axis=-1)
    place = np.broadcast_to(np.arange(values.shape[-1]), values.shape)
    new = np.ones(values.shape, dtype=bool)
    new[..., 1:] = down[..., 1:] != down[..., :-1]
    first = np.maximum.accumulate(np.where(new, place, 0), axis=-1)
    found = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(found, order, first + 1, axis=-1)
    return found


def ranks_by_luck(planned: NDArray[np.integer], level: float = LEVEL) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The range of ranks that each unit takes by luck alone, if all goes by the plan.

    Parameters
    ----------
    planned
        (R, units), what each replication of the plan has.
    level
        the range holds at least this share of the replications; below it and above it lies at most half of the rest.

    Returns
    -------
    tuple[NDArray[np.int64], NDArray[np.int64]]
        best and worst rank, (units,) each.

    Examples
    --------
    Two units that are never apart from their plan share the first rank, whatever happens:

    >>> [each.tolist() for each in ranks_by_luck(np.array([[3, 7], [3, 7]]))]
    [[1, 1], [1, 1]]
    """
    taken = np.sort(ranks(percentiles(planned, planned)), axis=0)
    outside = int((1.0 - level) / 2.0 * len(taken) + 1e-9)
    return taken[outside], taken[len(taken) - 1 - outside]
