"""What has been simulated and may be asked for again: kept within a budget of memory, least recently used out first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

#: Bytes that kept responses may take, by default.
MOST_RESPONSE_BYTES = 512 * 2**20


class ResponseCache:
    """Results by key, within a budget of bytes; safe among threads.

    Keys say everything that a result depends on, so that one `ResponseCache` may serve several scenarios, groupings and
    samples: what two of them have in common is simulated once.

    Parameters
    ----------
    most_bytes
        the budget. A single result above it is not kept.
    """

    def __init__(self, most_bytes: int = MOST_RESPONSE_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lock = Lock()
        self._results: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def __getstate__(self) -> dict[str, Any]:
        """What a copy gets: the budget. Whatever it asks for is simulated anew, to the same bits."""
        return {"most_bytes": self.most_bytes}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """An empty cache of the same budget."""
        self.__init__(**state)  # type: ignore[misc]

    def __len__(self) -> int:
        return len(self._results)

    def get(self, key: Hashable) -> Any:
        """The result under a key, or None."""
        with self._lock:
            if key not in self._results:
                return None
            self._results.move_to_end(key)
            return self._results[key][0]

    def put(self, key: Hashable, result: Any, size: int) -> Any:
        """Keep a result of so many bytes; gives what is kept under the key, which another thread may have put first."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key][0]
            if size > self.most_bytes:
                return result
            self._results[key] = result, size
            self.bytes += size
            while self.bytes > self.most_bytes:
                _, (_, freed) = self._results.popitem(last=False)
                self.bytes -= freed
            return result
