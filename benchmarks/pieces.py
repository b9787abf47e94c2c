"""Long work in pieces: side by side, behind all other work, and kept where a folder is named, so that a run that was
stopped goes on where it was."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from workbench.files import written_beside
from workbench.simulation import processors

#: Numbers in a piece.
SIZE = 20
#: ``WORKBENCH_KEPT=folder``: finished pieces lie there, named by what was asked. Empty it when the model changes.
KEPT = os.environ.get("WORKBENCH_KEPT")


def each(work: Callable[[int], Any], numbers: range, asked: str) -> Iterator[Any]:
    """What `work` (a function of a module) gives for each number, in order.

    Parameters
    ----------
    work, numbers
        from as many processes as there are cores.
    asked
        everything beside the number that an answer depends on.
    """
    name = blake2b(asked.encode(), digest_size=6).hexdigest()
    pieces = [numbers[at : at + SIZE] for at in range(0, len(numbers), SIZE)]
    nice = partial(os.nice, 15) if hasattr(os, "nice") else None
    with ProcessPoolExecutor(processors(), mp_context=get_context("spawn"), initializer=nice) as pool:
        for found in pool.map(partial(_piece, work, name), pieces):
            yield from found


def _piece(work: Callable[[int], Any], name: str, numbers: range) -> list[Any]:
    if KEPT is None:
        return [work(number) for number in numbers]
    path = Path(KEPT) / f"{work.__name__}-{name}-{numbers[0]}-{numbers[-1]}.pickle"
    if not path.exists():
        found = [work(number) for number in numbers]
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_beside(path) as temporary:
            temporary.write_bytes(pickle.dumps(found))
    return list(pickle.loads(path.read_bytes()))
