"""Better by moving a block to another instructor, or two blocks against each other: local search, compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import inlined, kernel
from workbench.planning.assignment.blocks import Blocks

#: A change of cost, km², below which nothing is better.
LEAST_GAIN = 1e-9


def improve(blocks: Blocks, owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """An assignment that no single move or swap of blocks makes cheaper, loads staying within their limits.

    Parameters
    ----------
    owner
        int64 (blocks,), the instructor of each block.
    """
    better = owner.astype(np.int64)
    _improve(
        better, blocks.weights, blocks.placed, blocks.sums, blocks.least, blocks.most, blocks.instructors, LEAST_GAIN
    )
    return better


def cost_of(blocks: Blocks, owner: NDArray[np.int64]) -> float:
    """Sum of squared distances to the mean place of each instructor's organizations, km²."""
    placed = np.bincount(owner, blocks.placed, blocks.instructors)
    sums = np.stack([np.bincount(owner, blocks.sums[:, axis], blocks.instructors) for axis in (0, 1)], axis=1)
    squares = np.bincount(owner, blocks.squares, blocks.instructors)
    each = squares - (sums**2).sum(axis=1) / np.maximum(placed, 1)
    return float(np.maximum(each, 0.0).sum())


@inlined
def _around_mean(x, y, placed):
    """What the squares are to be reduced by: n times the mean's square."""
    return (x * x + y * y) / placed if placed > 0 else 0.0


@kernel
def _improve(owner, weights, placed, sums, least, most, instructors, nothing):
    """Change `owner` as long as a move or a swap reduces the cost."""
    blocks = owner.size
    load, count = np.zeros(instructors, np.int64), np.zeros(instructors, np.int64)
    x, y = np.zeros(instructors), np.zeros(instructors)
    for b in range(blocks):
        load[owner[b]] += weights[b]
        count[owner[b]] += placed[b]
        x[owner[b]] += sums[b, 0]
        y[owner[b]] += sums[b, 1]
    improved = True
    while improved:
        improved = False
        for b in range(blocks):
            a = owner[b]
            here = _around_mean(x[a], y[a], count[a])
            for c in range(instructors):
                if c == a or load[a] - weights[b] < least or load[c] + weights[b] > most:
                    continue
                after = _around_mean(x[a] - sums[b, 0], y[a] - sums[b, 1], count[a] - placed[b])
                after += _around_mean(x[c] + sums[b, 0], y[c] + sums[b, 1], count[c] + placed[b])
                if after > here + _around_mean(x[c], y[c], count[c]) + nothing:
                    load[a] -= weights[b]
                    load[c] += weights[b]
                    count[a] -= placed[b]
                    count[c] += placed[b]
                    x[a] -= sums[b, 0]
                    y[a] -= sums[b, 1]
                    x[c] += sums[b, 0]
                    y[c] += sums[b, 1]
                    owner[b] = c
                    improved = True
                    break
            a = owner[b]
            for d in range(b + 1, blocks):
                a, c = owner[b], owner[d]
                if a == c:
                    continue
                more = weights[d] - weights[b]
                if load[a] + more > most or load[a] + more < least or load[c] - more > most or load[c] - more < least:
                    continue
                dx, dy, dn = sums[d, 0] - sums[b, 0], sums[d, 1] - sums[b, 1], placed[d] - placed[b]
                after = _around_mean(x[a] + dx, y[a] + dy, count[a] + dn)
                after += _around_mean(x[c] - dx, y[c] - dy, count[c] - dn)
                before = _around_mean(x[a], y[a], count[a]) + _around_mean(x[c], y[c], count[c])
                if after > before + nothing:
                    load[a] += more
                    load[c] -= more
                    count[a] += dn
                    count[c] -= dn
                    x[a] += dx
                    y[a] += dy
                    x[c] -= dx
                    y[c] -= dy
                    owner[b], owner[d] = c, a
                    improved = True
