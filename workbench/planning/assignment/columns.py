"""The least cost there can be: set partitioning by column generation, priced by branch and bound, compiled.

A column is what one instructor may be given. The linear relaxation over all columns bounds every assignment from
below; columns that would improve it are searched for exactly: adding a block to a set never makes the set cheaper, so a
partial set that costs more than its duals and the best of what may still join are worth is cut.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.compiled import inlined, kernel
from workbench.planning.assignment.blocks import Blocks
from workbench.planning.assignment.exchange import cost_of, improve

#: Sets that one search for columns may look at, and rounds of it: beyond, the bound is what was proven so far.
MOST_SETS = 4_000_000
COLUMN_ROUNDS = 80
#: Share of the cost below which a gap counts as closed.
CLOSED = 1e-6
#: A reduced cost, km², below which a column is of use.
USEFUL = 1e-7
#: Nodes that choosing among the columns may take.
MASTER_NODES = 200
#: Columns of which the integer program is solved at once, with none left out that could matter: all singles and pairs
#: of 200 blocks.
ALL_COLUMNS = 20_100


class Solved(NamedTuple):
    """Owners by block, their cost, and what no assignment costs less than; km²."""

    owner: NDArray[np.int64]
    cost: float
    bound: float


def solve(blocks: Blocks) -> Solved:
    """The best assignment found for one responsible unit, and a lower bound."""
    owner = min((improve(blocks, start) for start in _starts(blocks)), key=lambda each: cost_of(blocks, each))
    cost = cost_of(blocks, owner)
    bound = min(_nearest(blocks), cost)
    if cost - bound <= max(CLOSED * cost, USEFUL):
        return Solved(owner, cost, bound)
    if blocks.most <= 2 and blocks.weights.size * (blocks.weights.size + 1) // 2 <= ALL_COLUMNS:
        return _of_all(blocks, _singles_and_pairs(blocks), Solved(owner, cost, bound))
    columns: list[NDArray[np.int64]] = [np.flatnonzero(owner == each) for each in np.unique(owner)]
    priced = False
    for _ in range(COLUMN_ROUNDS):
        duals, count_dual = _relaxed(blocks, columns)
        found, least, complete = _price(blocks, duals, count_dual)
        if not complete:
            break
        # An instructor each has a set of reduced cost `least` at best.
        at_best = float(duals.sum()) + blocks.instructors * (count_dual + min(least, 0.0))
        bound = max(bound, at_best)
        priced = least > -USEFUL
        if priced or cost - bound <= CLOSED * cost:
            break
        columns += found
    if cost - bound > CLOSED * cost:
        chosen, _ = _whole(blocks, columns)
        if chosen is not None and cost_of(blocks, better := improve(blocks, chosen)) < cost:
            owner, cost = better, cost_of(blocks, better)
    if priced and cost - bound > CLOSED * cost:
        # Nothing cheaper has a set in it whose reduced cost is more than what the bound leaves.
        near = _within(blocks, duals, count_dual, cost - bound + blocks.instructors * USEFUL)
        if near is not None:
            return _of_all(blocks, near, Solved(owner, cost, bound))
    return Solved(owner, cost, min(bound, cost))


def _singles_and_pairs(blocks: Blocks) -> list[NDArray[np.int64]]:
    """Every set that an instructor of two organizations at most may be given."""
    first, second = np.triu_indices(blocks.weights.size)
    load = blocks.weights[first] + np.where(first == second, 0, blocks.weights[second])
    allowed = (blocks.least <= load) & (load <= blocks.most)
    return [np.unique(pair) for pair in np.column_stack([first, second])[allowed]]


def _of_all(blocks: Blocks, columns: list[NDArray[np.int64]], found: Solved) -> Solved:
    """The best choice where the columns are all that anything cheaper can be made of: the integer program's own bound
    holds. A relaxation has halves in it (three of whom each stands half with either other), and proves less."""
    chosen, bound = _whole(blocks, columns)
    owner, cost = found.owner, found.cost
    if chosen is not None and cost_of(blocks, better := improve(blocks, chosen)) < cost:
        owner, cost = better, cost_of(blocks, better)
    return Solved(owner, cost, min(max(bound, found.bound), cost))


def _nearest(blocks: Blocks) -> float:
    """A bound from neighbours alone: each block costs what it has inside, and as much as standing with its nearest.

    Of k points the squares to their mean are 1/2k of all squared distances between them; whoever is in a set of at
    least k has the nearest k - 1 in it at best.
    """
    from scipy.spatial import cKDTree

    known = blocks.placed > 0
    if not known.any():
        return 0.0
    means = blocks.sums[known] / blocks.placed[known][:, None]
    inside = blocks.squares[known] - (blocks.sums[known] ** 2).sum(axis=1) / blocks.placed[known]
    spare = int(blocks.weights[~known].sum())
    fewest = max(-(-(blocks.least - spare) // int(blocks.weights.max())), 1)
    near, _ = cKDTree(means).query(means, k=list(range(1, min(fewest, len(means)) + 1)))
    return float(np.maximum(inside, 0.0).sum() + (near**2).sum() / (2.0 * fewest))


def _starts(blocks: Blocks) -> list[NDArray[np.int64]]:
    """Assignments within the limits: the largest block to whoever has least, along either axis."""
    starts = []
    means = blocks.sums / np.maximum(blocks.placed, 1)[:, None]
    for along in (means[:, 0], means[:, 1], means.sum(axis=1)):
        owner, load = np.zeros(blocks.weights.size, np.int64), np.zeros(blocks.instructors, np.int64)
        room = _even_loads(blocks)
        for block in np.lexsort((along, -blocks.weights)):
            # The first with room enough, so that neighbours along the axis stand together.
            free = np.flatnonzero(load + blocks.weights[block] <= room)
            own = int(free[0]) if free.size else int(np.argmin(load))
            owner[block], load[own] = own, load[own] + blocks.weights[block]
        if blocks.least <= load.min() and load.max() <= blocks.most:
            starts.append(owner)
    return starts or [_packed(blocks)]


def _even_loads(blocks: Blocks) -> NDArray[np.int64]:
    """Loads even to one."""
    whole, more = divmod(int(blocks.weights.sum()), blocks.instructors)
    return np.array([whole + (place < more) for place in range(blocks.instructors)], dtype=np.int64)


def _packed(blocks: Blocks) -> NDArray[np.int64]:
    """Any assignment within the limits: as the limits were found, largest first."""
    owner, load = np.zeros(blocks.weights.size, np.int64), np.zeros(blocks.instructors, np.int64)
    for block in np.argsort(-blocks.weights, kind="stable"):
        own = int(np.argmin(load))
        owner[block], load[own] = own, load[own] + blocks.weights[block]
    return owner


def _matrix(blocks: Blocks, columns: list[NDArray[np.int64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Costs of the columns, and which blocks each holds, (blocks, columns)."""
    holds = np.zeros((blocks.weights.size, len(columns)))
    for place, column in enumerate(columns):
        holds[column, place] = 1.0
    sums, placed = holds.T @ blocks.sums, holds.T @ blocks.placed
    costs = holds.T @ blocks.squares - (sums**2).sum(axis=1) / np.maximum(placed, 1.0)
    return np.maximum(costs, 0.0), holds


def _relaxed(blocks: Blocks, columns: list[NDArray[np.int64]]) -> tuple[NDArray[np.float64], float]:
    """Duals of the blocks and of the number of instructors."""
    from scipy.optimize import linprog

    costs, holds = _matrix(blocks, columns)
    # Whoever stands for nobody needs no column.
    count = {"A_ub": np.ones((1, len(columns))), "b_ub": [blocks.instructors]}
    if blocks.least > 0:
        holds = np.vstack([holds, np.ones(len(columns))])
        found = linprog(costs, A_eq=holds, b_eq=[*np.ones(blocks.weights.size), blocks.instructors], method="highs")
        return np.asarray(found.eqlin.marginals[:-1]), float(found.eqlin.marginals[-1])
    found = linprog(costs, A_eq=holds, b_eq=np.ones(blocks.weights.size), method="highs", **count)
    return np.asarray(found.eqlin.marginals), min(float(found.ineqlin.marginals[0]), 0.0)


def _whole(blocks: Blocks, columns: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64] | None, float]:
    """The best choice of whole columns, as far as it is looked for, and what no choice of these costs less than."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    costs, holds = _matrix(blocks, columns)
    least = blocks.instructors if blocks.least > 0 else 0
    rules = [LinearConstraint(holds, 1.0, 1.0), LinearConstraint(np.ones(len(columns)), least, blocks.instructors)]
    # HiGHS's presolve has called a program infeasible that had an answer.
    options = {"node_limit": MASTER_NODES, "mip_rel_gap": CLOSED, "presolve": False}
    found = milp(costs, constraints=rules, integrality=1, bounds=Bounds(0, 1), options=options)
    bound = found.mip_dual_bound
    bound = float(bound) if bound is not None and np.isfinite(bound) else 0.0
    if found.x is None:
        return None, bound
    owner = np.full(blocks.weights.size, -1, np.int64)
    for number, place in enumerate(np.flatnonzero(np.round(found.x) > 0.0)):
        owner[columns[place]] = number
    return (owner if owner.min() >= 0 else None), bound


def _price(
    blocks: Blocks, duals: NDArray[np.float64], count_dual: float
) -> tuple[list[NDArray[np.int64]], float, bool]:
    """The best set that begins with each block, if of use; the least reduced cost; whether all was looked at."""
    order = np.argsort(-duals, kind="stable")
    sets = np.full((order.size, order.size), -1, np.int64)
    worth = np.zeros(order.size)
    number = _search(
        blocks.weights[order], blocks.placed[order], blocks.sums[order], blocks.squares[order], duals[order],
        count_dual, blocks.least, blocks.most, -USEFUL, False, MOST_SETS, sets, worth,
    )  # fmt: skip
    found = [np.sort(order[each[each >= 0]]) for each, value in zip(sets, worth, strict=True) if value < -USEFUL]
    return found, float(worth.min(initial=0.0)), number >= 0


def _within(
    blocks: Blocks, duals: NDArray[np.float64], count_dual: float, below: float
) -> list[NDArray[np.int64]] | None:
    """Every set whose reduced cost is less; None where they are too many to be listed."""
    order = np.argsort(-duals, kind="stable")
    sets = np.full((ALL_COLUMNS, min(order.size, blocks.most)), -1, np.int64)
    number = _search(
        blocks.weights[order], blocks.placed[order], blocks.sums[order], blocks.squares[order], duals[order],
        count_dual, blocks.least, blocks.most, below, True, MOST_SETS, sets, np.zeros(ALL_COLUMNS),
    )  # fmt: skip
    return None if number < 0 else [np.sort(order[each[each >= 0]]) for each in sets[:number]]


@inlined
def _cost(x, y, squares, placed):
    return max(squares - (x * x + y * y) / placed, 0.0) if placed > 0 else 0.0


@kernel
def _search(weights, placed, sums, squares, duals, count_dual, least, most, below, every, most_sets, sets, worth):
    """Sets whose reduced cost is below a limit, depth first: for each first block that of the least, or every one.

    Blocks stand by falling duals. Returns how many sets were listed; -1 where there was more to look at than may be.
    """
    blocks = weights.size
    # What any r of the blocks from b on are worth at best.
    gains = np.zeros(blocks + 1)
    for b in range(blocks):
        gains[b + 1] = gains[b] + max(duals[b], 0.0)
    chosen = np.zeros(blocks + 1, np.int64)
    x, y, q, value = np.zeros(blocks + 1), np.zeros(blocks + 1), np.zeros(blocks + 1), np.zeros(blocks + 1)
    load, count = np.zeros(blocks + 1, np.int64), np.zeros(blocks + 1, np.int64)
    looked = listed = 0
    for first in range(blocks):
        if weights[first] > most:
            continue
        best = below
        depth, chosen[0] = 1, first
        x[1], y[1], q[1] = sums[first, 0], sums[first, 1], squares[first]
        load[1], count[1], value[1] = weights[first], placed[first], duals[first]
        following = first + 1
        entering = True
        while depth > 0:
            if entering:
                looked += 1
                if looked > most_sets:
                    return -1
                cost = _cost(x[depth], y[depth], q[depth], count[depth])
                reduced = cost - value[depth] - count_dual
                if load[depth] >= least and reduced < best:
                    row = listed if every else first
                    if row == sets.shape[0]:
                        return -1
                    if not every:
                        best = reduced
                    listed += 1
                    worth[row] = reduced
                    for k in range(sets.shape[1]):
                        sets[row, k] = chosen[k] if k < depth else -1
            # The next block that may join and could make it better.
            entering = False
            joined = False
            cost = _cost(x[depth], y[depth], q[depth], count[depth])
            for b in range(following, blocks):
                room = most - load[depth]
                if cost - value[depth] - count_dual - (gains[min(b + room, blocks)] - gains[b]) >= best:
                    break
                if weights[b] > room:
                    continue
                after = _cost(
                    x[depth] + sums[b, 0], y[depth] + sums[b, 1], q[depth] + squares[b], count[depth] + placed[b]
                )
                left = most - load[depth] - weights[b]
                onward = gains[min(b + 1 + left, blocks)] - gains[b + 1]
                if after - value[depth] - duals[b] - count_dual - onward >= best:
                    continue
                chosen[depth] = b
                depth += 1
                x[depth], y[depth] = x[depth - 1] + sums[b, 0], y[depth - 1] + sums[b, 1]
                q[depth], count[depth] = q[depth - 1] + squares[b], count[depth - 1] + placed[b]
                load[depth], value[depth] = load[depth - 1] + weights[b], value[depth - 1] + duals[b]
                following = b + 1
                entering = joined = True
                break
            if not joined:
                depth -= 1
                following = chosen[depth] + 1
                if depth == 0:
                    break
    return listed
