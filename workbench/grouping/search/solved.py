"""Parts of a map that were solved before: of what did not change, nothing is searched again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from workbench.grouping.problem import Core, Ints


class How(NamedTuple):
    """What a part's answer depends on beside the part itself: `others` is whether there were other parts."""

    effort: int
    seed: int
    gap: float
    others: bool


@dataclass(frozen=True, eq=False)
class SolvedPart:
    """What a search found of one independent part, by its own means: no clock and nobody stopped it.

    Attributes
    ----------
    chosen
        (n,) the facility of each item, -1 where left out.
    covered, covered_bound, cost, cost_bound
        the answer's figures and proofs.
    proven
        whether nothing better exists.
    how
        what the search was asked.
    """

    chosen: Ints
    covered: int
    covered_bound: int
    cost: float
    cost_bound: float
    proven: bool
    how: How

    def serves(self, how: How) -> bool:
        """Whether it is what a search that is asked `how` would find, or cannot be bettered."""
        return self.proven or self.how == how


Solved = Mapping[bytes, SolvedPart]


def content_of(core: Core) -> bytes:
    """A hash of all that a part's answer can depend on."""
    digest = blake2b(digest_size=16)
    for each in fields(core):
        values = np.ascontiguousarray(getattr(core, each.name))
        digest.update(f"{each.name}{values.dtype}{values.shape}".encode())
        digest.update(values.tobytes())
    return digest.digest()
