"""Many numbers of instructors for one pool, worked out in pieces of the sample by whichever thread is free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from workbench.simulation import ResponsibleUnit

#: Cases times numbers times replications in a piece, at most: a fraction of a second, so that progress moves, who
#: stops it need not wait, and threads end together.
MOST_IN_A_PIECE = 4_000_000

Counts = NDArray[np.signedinteger]


class Filling:
    """What one responsible unit adds by the deadline with each of several numbers, piece by piece.

    Parameters
    ----------
    responsible
        the responsible unit. numbers : rising. replications : of the sample.
    done
        given branches and works, (numbers, replications) each, by the thread that ends the last piece.
    """

    def __init__(
        self,
        responsible: ResponsibleUnit,
        numbers: Sequence[int],
        replications: int,
        done: Callable[[Counts, Counts], object],
    ) -> None:
        self._responsible, self._numbers, self._done = responsible, numbers, done
        parts = -(-responsible.cases * len(numbers) * replications // MOST_IN_A_PIECE)
        parts = min(max(parts, 1), replications)
        #: First and last replication of each piece.
        self.pieces = list(pairwise(replications * part // parts for part in range(parts + 1)))
        self._results: dict[int, tuple[Counts, Counts]] = {}
        self._lock = Lock()

    def work(self, begin: int, end: int) -> None:
        """Work one piece out."""
        counted = self._responsible.added(self._numbers, begin, end)
        with self._lock:
            self._results[begin] = counted
            last = len(self._results) == len(self.pieces)
        if last:
            branches, works = zip(*(self._results[first] for first, _ in self.pieces), strict=True)
            self._results.clear()
            self._done(np.concatenate(branches, axis=1), np.concatenate(works, axis=1))
