"""Who wants to know when something changes: callbacks by subject."""

from __future__ import annotations

from collections.abc import Callable


class Signals:
    """Callbacks by subject, called in the order in which they came.

    Examples
    --------
    >>> heard = []
    >>> signals = Signals()
    >>> signals.watch("answer", lambda: heard.append("answer"))
    >>> signals.tell("answer", "language")
    >>> heard
    ['answer']
    """

    def __init__(self) -> None:
        self._callbacks: dict[str, list[Callable[[], None]]] = {}

    def watch(self, subject: str, callback: Callable[[], None]) -> None:
        """Call `callback` whenever `subject` has changed."""
        self._callbacks.setdefault(subject, []).append(callback)

    def tell(self, *subjects: str) -> None:
        """Say that these have changed; who watches several of them is called once a subject."""
        for subject in subjects:
            for callback in list(self._callbacks.get(subject, ())):
                callback()
