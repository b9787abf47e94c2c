"""How many come at a time, and what becomes of the processes of those who left without a word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from jupyter_core.utils import ensure_async

#: Seconds between two looks at who is there.
SWEEP = 15
#: Seconds without a wire after which a page that never had one is taken for abandoned; and after which whoever has none
#: (a lid that was closed) gives their place to others who wait for one.
NEVER_CAME, WAITED_FOR = 180.0, 20.0


class Kernels(Protocol):
    """What is asked of Jupyter's manager of kernels."""

    def list_kernel_ids(self) -> list[str]: ...

    def kernel_model(self, kernel_id: str) -> dict[str, Any]: ...

    def shutdown_kernel(self, kernel_id: str, now: bool = False) -> Any: ...


@dataclass(eq=False)
class Coming:
    """One whose page is being made, and their process once there is one."""

    kernel: str | None = None


class Visitors:
    """Who is there.

    Parameters
    ----------
    kernels
        their processes.
    most
        how many may be there at a time.
    spare
        processes that are kept ready beside.
    now
        the clock.
    """

    def __init__(self, kernels: Kernels, most: int, spare: int = 0, now: Any = monotonic) -> None:
        self._kernels, self.most, self._spare, self._now = kernels, most, spare, now
        self._alone: dict[str, float] = {}
        self._met: set[str] = set()
        self._coming: list[Coming] = []

    @contextmanager
    def coming(self) -> Iterator[Coming]:
        """A visitor whose page is being made."""
        visitor = Coming()
        self._coming.append(visitor)
        try:
            yield visitor
        finally:
            self._coming.remove(visitor)

    async def has_room(self) -> bool:
        """Whether one more may come; those who left without a word make room first."""
        self._look()
        if self._count() >= self.most:
            for kernel in self._left(WAITED_FOR):
                await self.end(kernel)
        return self._count() < self.most

    def met(self, kernel: str) -> None:
        """A page has opened its wire: however soon it goes, it came."""
        self._met.add(kernel)
        self._alone.pop(kernel, None)

    def parted(self) -> None:
        """A wire was closed: from now on, not from the next sweep, its process may be alone."""
        self._look()

    async def sweep(self) -> None:
        """End what was never used by anybody."""
        self._look()
        for kernel in self._left(NEVER_CAME):
            if kernel not in self._met and not self._spare:
                await self.end(kernel)

    async def end(self, kernel: str) -> None:
        """End a process, if it is there."""
        if kernel in self._kernels.list_kernel_ids():
            await ensure_async(self._kernels.shutdown_kernel(kernel, now=True))
        self._alone.pop(kernel, None)
        self._met.discard(kernel)

    def _count(self) -> int:
        there = max(len(self._kernels.list_kernel_ids()) - self._spare, 0)
        return there + sum(visitor.kernel is None for visitor in self._coming)

    def _left(self, seconds: float) -> list[str]:
        limit = self._now() - seconds
        return [kernel for kernel, since in self._alone.items() if since <= limit]

    def _look(self) -> None:
        ids = set(self._kernels.list_kernel_ids())
        made = {visitor.kernel for visitor in self._coming}
        self._met &= ids
        self._alone = {kernel: since for kernel, since in self._alone.items() if kernel in ids}
        for kernel in ids:
            if self._kernels.kernel_model(kernel).get("connections", 0):
                self._met.add(kernel)
                self._alone.pop(kernel, None)
            elif kernel in made:
                self._alone.pop(kernel, None)
            else:
                self._alone.setdefault(kernel, self._now())
