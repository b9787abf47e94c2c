"""Lengths known to the day: both ends of an attempt are dates, or one is, and how likely that makes what was seen.

A date says the day only. What begins in the course of a day begins anywhere in it, so that a length of d working days
by its dates is one of d - 1 to d + 1, and each with another weight: of the law's distribution function it is the mean
over the day that counts. What begins with the day (work on the opening day, an election after a meeting) does not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.inputs.scenario import Law

#: A time at which nothing can be over yet.
NEVER_OVER = -1.0
#: What an impossible length counts as: of two shares near 1 doubles tell no less apart.
LEAST_LIKELIHOOD = 1e-14


class Lengths(NamedTuple):
    """Lengths seen by t0, (n): each lies in [low, high), or is `low` at least where it still runs (high infinite).

    They are lengths in units of one's own: divided by the distance and unit factors, before any random factor; so are
    `width` and `since`.

    Attributes
    ----------
    kind
        indices into `KINDS`.
    low, high
        how long it took if it began with its day.
    width
        the day in whose course it may have begun; 0 where it began with it.
    since
        how long ago it began, if a failure would have left no date of it; `NEVER_OVER` for those that are seen
        however they end.
    """

    kind: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    width: NDArray[np.float64]
    since: NDArray[np.float64]

    @classmethod
    def seen(
        cls,
        kind: NDArray[np.int64],
        begin: NDArray[np.float64],
        end: NDArray[np.float64],
        running: NDArray[np.bool_],
        t0: float,
        with_the_day: NDArray[np.bool_] | bool,
        factor: NDArray[np.float64] | float = 1.0,
        leaves_a_date: NDArray[np.bool_] | bool = True,
    ) -> Lengths:
        """Those with a begin and an end that are dated (each by any time of its day), and those that run.

        Parameters
        ----------
        with_the_day
            those that began with their day, not in its course.
        leaves_a_date
            those of which the begin would be known had they failed.
        """
        first, ended = np.floor(begin), ~np.isnan(begin) & ~np.isnan(end)
        low = np.where(ended, np.maximum(np.floor(end) - first, 0.0), t0 - first)
        high = np.where(ended, low + 1.0, np.inf)
        width = np.where(with_the_day, 0.0, np.ones(kind.size))
        since = np.where(leaves_a_date, NEVER_OVER, t0 - first)
        return cls(kind, low / factor, high / factor, width / factor, since / factor).where(ended | running)

    @classmethod
    def over(
        cls,
        kind: NDArray[np.int64],
        begin: NDArray[np.float64],
        t0: float,
        with_the_day: NDArray[np.bool_],
        factor: NDArray[np.float64],
    ) -> Lengths:
        """Those that are over by t0, nobody knows since when."""
        never, width = np.full(kind.size, NEVER_OVER), np.where(with_the_day, 0.0, 1.0)
        return cls(kind, never, (t0 - np.floor(begin)) / factor, width / factor, never)

    def of(self, kind: int) -> Lengths:
        """Those of one kind."""
        return self.where(self.kind == kind)

    def where(self, own: NDArray[np.bool_]) -> Lengths:
        """Some of them."""
        return Lengths(self.kind[own], self.low[own], self.high[own], self.width[own], self.since[own])

    def shares(self, law: Law, paces: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """F at both ends where a length is a draw divided by each pace, (paces, n), as a mean over the day of begin."""
        ended = np.isfinite(self.high)
        ends = np.concatenate([self.low, np.where(ended, self.high, 0.0)])
        below, above = np.split(share_by(law, ends, np.tile(self.width, 2), paces), 2, axis=1)
        return below, np.where(ended, above, 1.0)

    def log_probability(self, law: Law, paces: NDArray[np.float64], gone: float = 0.0) -> NDArray[np.float64]:
        """The logarithm of the probability of all of them, for each pace; equal ones are worked out once.

        A law without spread says nothing about what is known to the day only.

        Parameters
        ----------
        law, paces
            a length is a draw of the law divided by the pace.
        gone
            the share of attempts that fail. Where a failure leaves no date, what is seen is what is left of all that
            began: long ago mostly those that ended well, and of late those that run.
        """
        if not self.low.size or law.is_fixed:
            return np.zeros(paces.size)
        *each, count = self._alike()
        alike = Lengths(self.kind, *each)
        below, above = alike.shares(law, paces)
        likely = np.log(np.maximum(above - below, LEAST_LIKELIHOOD))
        if gone:
            likely -= np.log(np.maximum(1.0 - gone * share_by(law, alike.since, alike.width, paces), LEAST_LIKELIHOOD))
        return np.asarray(likely @ count)

    def _alike(self) -> tuple[NDArray[np.float64], ...]:
        rows, count = np.unique(np.stack(self[1:]), axis=1, return_counts=True)
        return *rows, count.astype(np.float64)


def share_by(
    law: Law, after: NDArray[np.float64], width: NDArray[np.float64], paces: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How likely what began within `width` is over so long `after` its begin: (paces, n).

    Parameters
    ----------
    law, paces
        a length is a draw of the law divided by the pace.
    after, width
        in units of one's own, (n,).
    """
    shares = np.empty((paces.size, after.size))
    by_day = width > 0.0
    shares[:, ~by_day] = law.cdf(after[~by_day] * paces[:, None])
    # Most lengths are whole days: each is worked out once.
    ends = np.concatenate([after[by_day], after[by_day] - width[by_day]])
    each, place = np.unique(ends, return_inverse=True)
    latest, earliest = np.split(law.limited_mean(each * paces[:, None])[:, place], 2, axis=1)
    shares[:, by_day] = 1.0 - (latest - earliest) / (width[by_day] * paces[:, None])
    return np.clip(shares, 0.0, 1.0)
