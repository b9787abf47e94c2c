"""Where simulations run: threads of this process, an executor, or the workers of a dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Any, TypeVar

from workbench.arguments import shown
from workbench.errors import ArgumentError
from workbench.labels import Language, in_language, language, text
from workbench.stopping import Threads

Answer = TypeVar("Answer")
#: Seconds after which a scheduler that does not answer is taken not to be there.
CONNECTING = 10
#: The address of the scheduler whose workers do what names no executor of its own; None where this machine does it.
_cluster: ContextVar[str | None] = ContextVar("cluster", default=None)


def use_cluster(address: str | None) -> None:
    """Have the workers of a dask scheduler do what names no executor of its own, from here on in this context.

    Raises
    ------
    ArgumentError
        no scheduler answers there: said at once, not when the first simulation begins.
    """
    if address is not None:
        with _connected(address):
            pass
    _cluster.set(address)


def cluster() -> str | None:
    """The address that `use_cluster` named."""
    return _cluster.get()


def there(question: Callable[..., Answer], *given: Any, progress: Any = None, **named: Any) -> Answer:
    """The answer to a question that is one piece of work: a cluster's worker's, or this process's if there is none.

    A worker does not tell how far it is.
    """
    address = cluster()
    if address is None:
        return question(*given, progress=progress, **named)
    with _connected(address) as client:
        answer: Answer = client.submit(_asked, language(), question, given, named, pure=False).result()
        return answer


def _asked(spoken: Language, question: Callable[..., Answer], given: tuple[Any, ...], named: dict[str, Any]) -> Answer:
    with in_language(spoken):
        return question(*given, **named)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers_of(executor: Any) -> int:
    """How many pieces of work an executor does side by side: the threads of a dask cluster, an executor's workers.

    One that does not say is taken to be as wide as this machine.
    """
    client: Any = getattr(executor, "_client", None)
    if hasattr(client, "nthreads"):
        return max(1, int(sum(client.nthreads().values())))
    width = getattr(executor, "_max_workers", None)
    return width if isinstance(width, int) and width > 0 else processors()


def _connected(address: str) -> Any:
    """A client of the dask scheduler at that address."""
    try:
        distributed: Any = import_module("distributed")
        # Not dask's default: whoever saves arrays afterwards would be told to ask a client that is gone.
        return distributed.Client(address, timeout=CONNECTING, set_as_default=False)
    except ImportError:
        raise ArgumentError(text("argument.no_cluster")) from None
    except (OSError, ValueError) as fault:
        reason = " ".join(str(fault).split()) or type(fault).__name__
        raise ArgumentError(text("argument.no_scheduler", address=shown(address), reason=reason[:200])) from None


@contextmanager
def running(executor: Any, workers: int) -> Iterator[Executor]:
    """Where the parts run: threads of this process, an executor, or the workers of a dask cluster."""
    if isinstance(executor, str):
        with _connected(executor) as client:
            yield client.get_executor()
        return
    if hasattr(executor, "get_executor"):
        yield executor.get_executor()  # a dask client
        return
    if executor is not None:
        if not callable(getattr(executor, "submit", None)):
            raise ArgumentError(text("argument.executor", value=shown(executor)))
        yield executor
        return
    with Threads(workers) as threads:
        yield threads
