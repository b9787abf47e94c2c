"""A bar for whoever asks with ``progress=True``."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from tqdm import tqdm

#: Told (done, in all) as a job goes on; returning False stops it.
Progress = Callable[[int, int], bool | None]
#: Steps of a bar whose job tells only a share.
STEPS = 1000


class Bar:
    """A tqdm bar that any job of the workbench can tell how far it is; taken away at the end of its ``with`` block.

    Jobs tell ``(done, total)``, or one object with a `fraction` from 0 to 1, as the search for groupings does.

    Examples
    --------
    >>> with Bar("simulate") as bar:
    ...     goes_on = bar(3, 10)
    >>> goes_on
    True
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, *told: Any) -> bool:
        """Show how far the job is; True, so that it goes on."""
        if len(told) == 2:
            done, total = int(told[0]), int(told[1])
        else:
            done, total = round(told[0].fraction * STEPS), STEPS
        if self._bar is None:
            from tqdm.auto import tqdm

            form = "{desc} {percentage:3.0f}%|{bar:30}| {elapsed}<{remaining}"
            self._bar = tqdm(total=total, desc=self._name, leave=False, bar_format=form)
        self._bar.total = total
        self._bar.n = min(done, total)
        self._bar.refresh()
        return True

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()
