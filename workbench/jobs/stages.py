"""The stages of a long job: named, timed, and shown on a terminal while they run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from workbench.labels import text
from workbench.numbers import duration_words, percent
from workbench.stopping import asked, stop_if_asked

if TYPE_CHECKING:
    from tqdm import tqdm


#: A stage that would take longer than so many seconds says so, as soon as that can be told.
LONG = 30.0
#: Seconds of a stage from which on what it takes in all can be told.
ENOUGH = 2.0


class Stages:
    """Times stages by name; with `show` a bar on stderr says which one is running.

    Parameters
    ----------
    names
        the stages in order, as labels know them (``stage.<name>``).
    show
        by default only where stderr is a terminal.
    tell
        told once a stage how long it will take, where that is long: in words, reckoned from its first seconds.

    Examples
    --------
    >>> stages = Stages(["group", "simulate"])
    >>> with stages("group"):
    ...     pass
    >>> list(stages.seconds)
    ['group']
    """

    def __init__(
        self, names: Sequence[str], show: bool | None = None, tell: Callable[[str], None] | None = None
    ) -> None:
        self.names = tuple(names)
        self._tell = tell
        self._running = ""
        #: When the running stage first told how far it was, and how far; None once nothing is left to be said.
        self._first: tuple[float, int] | None = None
        self.seconds: dict[str, float] = {}
        self._show = sys.stderr.isatty() if show is None else show
        self._bar: tqdm[Any] | None = None

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Run one stage within a ``with`` block."""
        stop_if_asked()
        begun = perf_counter()
        self._running, self._first = name, (0.0, -1)
        if self._show:
            self._say(text(f"stage.{name}"))
        yield
        stop_if_asked()
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - begun
        if self._bar is not None:
            self._bar.update(1)

    def progress(self, *told: Any) -> bool:
        """How far the running stage is, as (done, in all) or as the search for joint branches says it.

        False, which ends the stage, if somebody asked the process to stop.
        """
        if self._bar is not None:
            self._bar.set_postfix_str(f"{told[0]}/{told[1]}" if len(told) == 2 else str(percent(told[0].fraction, 0)))
        if self._tell is not None and self._first is not None and len(told) == 2:
            self._estimate(int(told[0]), int(told[1]))
        return not asked()

    def _estimate(self, done: int, total: int) -> None:
        """Say how long the stage takes, once that can be told and is long. What is done when it first tells how far it
        is may have taken longer than the rest: code is compiled."""
        assert self._first is not None
        now, (begun, at) = perf_counter(), self._first
        if at < 0:
            self._first = (now, done)
            return
        if now - begun < ENOUGH or done <= at:
            return
        left = (now - begun) * (total - done) / (done - at)
        self._first = None
        if self._tell is not None and left > LONG:
            self._tell(text("stage.long", stage=text(f"stage.{self._running}"), time=duration_words(left)))

    def close(self) -> None:
        """Take the bar away; the next stage shows it again."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _say(self, words: str) -> None:
        bar = self._bar
        if bar is None:
            from tqdm import tqdm

            form = "{percentage:3.0f}%|{bar:20}| {desc}{postfix}"
            done = len(self.seconds)
            # A terminal that says it has no width would get no bar at all.
            columns = shutil.get_terminal_size().columns or 80
            bar = tqdm(
                total=len(self.names), initial=done, bar_format=form, leave=False, file=sys.stderr, ncols=columns
            )
            self._bar = bar
        bar.set_postfix_str("", refresh=False)
        bar.set_description_str(words)
