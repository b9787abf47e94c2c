"""What panels have of their own, beside the plan: kept as plain data, and taken up again once there is a panel for it.

As with the plan, it is kept what leads to a result, not the result: that is worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

#: What a file is told by, so that it is written once only; and how it is written. None: there is none any more.
KeptFile = tuple[object, Callable[[Path], object]] | None


class Remembers(Protocol):
    """Something under a panel whose state comes back."""

    def saved(self) -> dict[str, Any]:
        """What there is to keep, as JSON can write it."""

    def take_up(self, saved: Mapping[str, Any]) -> None:
        """Begin from what was kept; the plan is open by now."""

    def forget(self) -> None:
        """Begin anew."""


class Memory:
    """What is remembered, by name.

    Panels are made when they are first opened: until then it waits here as it was saved.

    Examples
    --------
    >>> memory = Memory()
    >>> memory.fill({"review": {"day": "2027-08-13"}})
    >>> memory.saved()
    {'review': {'day': '2027-08-13'}}
    """

    def __init__(self) -> None:
        self._there: dict[str, Remembers] = {}
        self._waiting: dict[str, Any] = {}
        self._at_stake: list[Callable[[], bool]] = []
        #: Whether the last attempt to write all this failed.
        self.unwritten = False
        #: Files beside the work, by their endings; `Autosave` writes them and removes those that are none any more.
        self.files: dict[str, Callable[[], KeptFile]] = {}
        #: Where such a file lies, if it does.
        self.find: Callable[[str], Path | None] = lambda _: None
        self._open = False

    @property
    def would_be_lost(self) -> bool:
        """Whether something would be gone if the page were left now."""
        return self.unwritten or any(at_stake() for at_stake in self._at_stake)

    def attach(self, name: str, there: Remembers, at_stake: Callable[[], bool] = lambda: False) -> None:
        """Remember this from now on; it takes up what waits for it, as soon as a plan is open.

        Parameters
        ----------
        name
            under which it is saved.
        there
            what is remembered.
        at_stake
            whether it has something that is not saved.
        """
        self._there[name] = there
        self._at_stake.append(at_stake)
        if self._open:
            self._give(name)

    def fill(self, saved: object) -> None:
        """What was saved, for panels that are not made yet; whatever else stands there is nothing of ours."""
        if isinstance(saved, dict):
            self._waiting = dict(saved)

    def opened(self) -> None:
        """A plan is open: whoever is there takes up what waits for it."""
        self._open = True
        for name in list(self._there):
            self._give(name)

    def saved(self) -> dict[str, Any]:
        """All of it, as plain data."""
        return {**self._waiting, **{name: there.saved() for name, there in self._there.items()}}

    def forget(self) -> None:
        """Everything begins anew."""
        self._waiting.clear()
        for there in self._there.values():
            there.forget()

    def _give(self, name: str) -> None:
        saved = self._waiting.pop(name, None)
        if isinstance(saved, dict):
            with suppress(KeyError, TypeError, ValueError, AttributeError):  # of an earlier version, or damaged
                self._there[name].take_up(saved)
