"""Intervals of paired differences: of means, and of shares of the same replications (docs/model.md §13.3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Halvings of an interval until its end is as exact as a double of this size can be.
INTERVAL_HALVINGS = 60


class Interval(NamedTuple):
    """Differences with their limits, float64 of one shape."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def each_level(level: float, comparisons: int) -> float:
    """The level of each of several intervals so that all of them hold together at `level` (Bonferroni).

    >>> round(each_level(0.95, 10), 4)
    0.995
    """
    return 1.0 - (1.0 - level) / max(comparisons, 1)


def mean_difference(differences: ArrayLike, level: float = 0.95) -> Interval:
    """Student's interval of a mean of paired differences.

    Parameters
    ----------
    differences
        (R, …), one a replication; at least two replications.
    level
        confidence of each interval.

    Returns
    -------
    Interval
        Interval of shape (…). Where all replications differ alike it has no width: the difference is then the same in
        all that was looked at.

    Examples
    --------
    >>> found = mean_difference([1.0, 2.0, 3.0])
    >>> [round(float(each), 3) for each in found]
    [2.0, -0.484, 4.484]
    """
    from scipy.special import stdtrit

    values = np.asarray(differences, dtype=np.float64)
    count = values.shape[0]
    if count < 2:
        raise ValueError(f"replications = {count}: an interval needs at least 2")
    mean = values.mean(axis=0)
    half = stdtrit(count - 1, 0.5 + level / 2.0) * values.std(axis=0, ddof=1) / np.sqrt(count)
    return Interval(mean, mean - half, mean + half)


def mean_differences_together(
    differences: ArrayLike, level: float = 0.95, *, unit: ArrayLike = 1.0, least: int = 1, most: float = np.inf
) -> Interval:
    """Intervals of many means of paired differences that hold all together.

    Student's interval at Bonferroni's level, and room on either side for what so few replications cannot have shown:
    a value that no replication had may still have a chance of 1 − α^(1/R) (for one row the rule of three), and is
    taken to lie as far from the mean as the furthest seen in any row, and `least` units at least. A row in which all
    replications agree, a day before the first difference say, has a width, too.

    Parameters
    ----------
    differences
        (R, rows), one a replication; at least two replications. Multiples of `unit`.
    level
        confidence that all of them hold.
    unit
        the least difference there can be, one organization's share; (rows,) where it is not the same in all.
    least
        units that one event may change at once: the organizations of the largest case.
    most
        no difference is larger: 1 for shares.

    Returns
    -------
    Interval
        of shape (rows,).

    Examples
    --------
    >>> found = mean_differences_together([[0.0, 0.1], [0.0, 0.3], [0.0, 0.2]], unit=0.1)
    >>> bool(found.low[0] < 0.0 < found.high[0])
    True
    """
    values = np.asarray(differences, dtype=np.float64)
    rows, step = values.shape[1], np.broadcast_to(np.asarray(unit, dtype=np.float64), values.shape[1:])
    # Half of what may fail for Student's part, half for what was not seen.
    each = each_level(level, 2 * rows)
    found = mean_difference(values, each)
    unseen = 1.0 - (1.0 - each) ** (1.0 / values.shape[0])
    furthest = (np.abs(values - found.value) / step).max(axis=0)
    room = unseen * np.minimum(max(float(furthest.max(initial=0.0)), float(least)) * step, most)
    return Interval(found.value, np.maximum(found.low - room, -most), np.minimum(found.high + room, most))


def share_difference(gained: ArrayLike, lost: ArrayLike, trials: int, level: float = 0.95) -> Interval:
    """Tango's score interval of the difference of two shares found on the same replications (Tango 1998).

    Only the replications that the two disagree on tell them apart. The interval keeps its level where few or none
    do, which the plain normal one does not: without any it still says how large a difference could have hidden.

    Parameters
    ----------
    gained
        replications that only the second one has; `lost`, only the first one; whole numbers of one shape.
    trials
        replications in all.
    level
        confidence of each interval.

    Returns
    -------
    Interval
        second − first, within [−1, 1].

    Examples
    --------
    >>> [round(float(each), 4) for each in share_difference(0, 1, 44)]
    [-0.0227, -0.1181, 0.0594]
    >>> [round(float(each), 4) for each in share_difference(0, 0, 1000)]
    [0.0, -0.0038, 0.0038]
    """
    from scipy.special import ndtri

    if trials < 1:
        raise ValueError(f"trials = {trials}: must be at least 1")
    more, less = np.broadcast_arrays(np.asarray(gained, np.float64), np.asarray(lost, np.float64))
    z = float(ndtri(0.5 + level / 2.0))
    found = (more - less) / trials
    ends = []
    for end in (-1.0, 1.0):
        inside, outside = found, np.full(found.shape, end)
        for _ in range(INTERVAL_HALVINGS):
            middle = (inside + outside) / 2.0
            within = np.abs(_score(more, less, float(trials), middle)) <= z
            inside, outside = np.where(within, middle, inside), np.where(within, outside, middle)
        # The estimate itself is always inside; the limit is given on the safe side.
        ends.append(outside)
    return Interval(found, ends[0], ends[1])


def _score(
    more: NDArray[np.float64], less: NDArray[np.float64], trials: float, difference: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Tango's statistic: how far what was found lies from a supposed difference, in standard errors.

    The share of replications that only the first one has is put at its most likely value under the supposition.
    """
    linear = (2.0 * trials - more + less) * difference - more - less
    constant = -less * difference * (1.0 - difference)
    lost = (np.sqrt(np.maximum(linear**2 - 8.0 * trials * constant, 0.0)) - linear) / (4.0 * trials)
    spread = np.sqrt(np.maximum(trials * (2.0 * lost + difference * (1.0 - difference)), 0.0))
    away = more - less - trials * difference
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(away == 0.0, 0.0, away / spread)
