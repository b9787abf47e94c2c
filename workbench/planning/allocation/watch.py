"""How a search tells that it is at work, and hears that it is to stop, while nobody knows how long it will take."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from workbench.errors import Cancelled
from workbench.labels import text
from workbench.progress import Progress
from workbench.stopping import stop_if_asked

#: Called several times a second by whatever may take long; what it raises ends the work.
Tick = Callable[[], object]
#: Seconds between two words to whoever watches.
REPORT_SECONDS = 0.1
#: Ticks at which the second half of the way is half done: a search has no known end, so it comes ever closer to it.
HALF_WAY = 200


def unwatched() -> None:
    """Nobody watches; the process may still be asked to stop."""
    stop_if_asked()


class Watch:
    """Tells of a job of two halves: pieces that are counted, then a search that ends when it ends.

    Parameters
    ----------
    progress
        told (done, in all); returning False stops the work. None: nobody is told.
    """

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._pieces = self._ticks = 0
        self._last = perf_counter()

    def piece(self, done: int, pieces: int) -> bool | None:
        """So many of the pieces are done."""
        self._pieces = pieces
        return None if self._progress is None else self._progress(done, 2 * pieces)

    def tick(self) -> None:
        """The search goes on.

        Raises
        ------
        Cancelled
            whoever watches wants it to stop.
        """
        self._ticks += 1
        stop_if_asked()
        if self._progress is not None and perf_counter() - self._last >= REPORT_SECONDS:
            self._tell(self._pieces + self._pieces * self._ticks // (self._ticks + HALF_WAY))

    def end(self) -> None:
        """All is done."""
        if self._progress is not None:
            self._tell(2 * self._pieces)

    def _tell(self, done: int) -> None:
        self._last = perf_counter()
        if self._progress is not None and self._progress(done, 2 * self._pieces) is False:
            raise Cancelled(text("error.cancelled"))
