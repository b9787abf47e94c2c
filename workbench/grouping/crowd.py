"""Parts where many items are alike: choose how many of each sort go together, not who.

On one point, organizations of one industry, supervisor and street are interchangeable, and so many groups cost the
same that no list of them ends. Of their sorts there are few: a *pattern* is a facility's sort with how many of each
sort are in its group. Every pattern is listed, the relaxation prices the sorts, and the best choice among the
patterns that a better answer could hold is the best of all (integer programme over patterns; Gilmore and Gomory 1961).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np

from workbench.grouping.compact import Answer
from workbench.grouping.core import Core
from workbench.grouping.highs import Watch, quiet_solver, run
from workbench.grouping.places import Floats, Ints

#: Patterns listed at most; chosen from at first, and at most: HiGHS prepares longer lists for minutes, deaf to limits.
PATTERNS, FEW, MANY = 600_000, 3_000, 10_000
#: Costs within this are the same; and how far a sum of HiGHS's may be off, relative to a cost.
EQUAL, SOLVER = 1e-9, 1e-7


@dataclass(frozen=True, eq=False)
class Sorts:
    """Items and facilities by sort; k sorts of items, s of facilities.

    Attributes
    ----------
    of : (n,) int64, the sort of each item; count : (k,) int64, how many there are.
    facility : (f,) int64, the sort of each facility, -1 where nothing can join it; first : (s,) one of each sort.
    cost : (s, k) float64, of an item at a facility; inf where the two do not go together.
    """

    of: Ints
    count: Ints
    facility: Ints
    first: Ints
    cost: Floats


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patterns p: (p, k) how many of each sort, the facility's sort, and cost with opening."""

    held: Ints
    facility: Ints
    cost: Floats


def sorts_of(core: Core) -> Sorts | None:
    """The sorts of a part; None where hardly any items are alike, or sorts do not tell all there is to tell."""
    kind, count = core.alike, np.bincount(core.alike)
    sorts = len(count)
    if 2 * sorts > core.items:
        return None
    # A leader's facility is of its leader's sort; what nobody leads, or a single leads, is a sort by itself.
    lead = np.maximum(core.lead, 0)
    name = np.where((core.lead >= 0) & (count[kind[lead]] > 1), kind[lead], sorts + np.arange(core.facilities))
    used = np.unique(core.facility)
    _, first, inverse = np.unique(name[used], return_index=True, return_inverse=True)
    facility = np.full(core.facilities, -1, np.int64)
    facility[used] = inverse
    first = used[first]
    times = np.bincount(inverse)
    for value in (core.opening, core.capacity, core.need):
        if not np.array_equal(value[used], value[first][inverse]):
            return None
    for trait in (core.size, core.members, core.must.astype(np.int64)):
        example = np.zeros(sorts, np.int64)
        example[kind] = trait
        if not np.array_equal(trait, example[kind]):
            return None
    pair = facility[core.facility] * sorts + kind[core.item]
    least, most = np.full(len(first) * sorts, np.inf), np.full(len(first) * sorts, -np.inf)
    np.minimum.at(least, pair, core.cost)
    np.maximum.at(most, pair, core.cost)
    number = np.bincount(pair, minlength=len(least))
    whole = number == np.multiply.outer(times, count).ravel()
    if not (whole | (number == 0)).all() or (most - least > EQUAL).any():
        return None
    return Sorts(kind, count, facility, first, least.reshape(len(first), sorts))


def choose_alike(
    core: Core,
    at_least: int,
    *,
    upper: float,
    looks: int,
    seed: int,
    gap: float,
    left: Callable[[], float],
    watch: Watch | None,
) -> Answer | None:
    """The cheapest grouping that covers `at_least` units; None where sorts or patterns are too many.

    Parameters
    ----------
    upper : cost of a known answer of that coverage.
    left : says how many seconds are left.
    """
    sorts = sorts_of(core)
    patterns = None if sorts is None else list_patterns(core, sorts)
    if sorts is None or patterns is None or len(patterns.cost) == 0:
        return None
    options: dict[str, bool | float | str] = {
        "random_seed": seed % 2**31, "mip_rel_gap": gap / (1 + gap), "mip_abs_gap": EQUAL,
        "mip_feasibility_tolerance": 1e-9,
    }  # fmt: skip
    solver = _model(core, sorts, patterns, at_least, options | {"time_limit": left()})
    import highspy

    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    slack = np.asarray(solver.getSolution().col_dual)[: len(patterns.cost)]
    # What the solver's tolerance leaves below zero comes off the bound.
    relaxed = float(solver.getInfo().objective_function_value) + min(0.0, float(slack.min())) * core.items
    slack = np.round(slack, 9)
    # A first choice among the few of least slack; then among all that a better answer could hold.
    order = np.lexsort((patterns.cost, slack))
    chosen, taken, bound, optimal = None, 0, relaxed, False
    for most in (FEW, MANY):
        within = upper - relaxed + SOLVER * (1 + upper)
        better = order[: np.searchsorted(slack[order], within, side="right")]
        keep = np.sort(better[:most])
        some = Patterns(patterns.held[keep], patterns.facility[keep], patterns.cost[keep])
        found = _best(_model(core, sorts, some, at_least, options | {"time_limit": left()}), looks, watch)
        taken += found.work
        whole = len(keep) == len(better)
        if found.chosen is not None:
            now = _names(core, sorts, some, found.chosen)
            cost = core.total(now)[1]
            if cost < upper or chosen is None:
                chosen, upper = now, min(upper, cost)
        if whole:
            # What was not listed costs no less than what is known.
            bound, optimal = max(relaxed, min(found.bound, upper)), found.optimal
            break
    return Answer(chosen, bound, optimal, False, taken)


def list_patterns(core: Core, sorts: Sorts) -> Patterns | None:
    """Every pattern; of those that differ only in who leads, the cheapest. None where they are too many."""
    led = core.lead[sorts.first] >= 0
    reach = np.isfinite(sorts.cost).sum(axis=1)
    room = np.minimum(core.capacity[sorts.first], int(core.size.sum())) - led
    if sum(comb(int(many + places), int(places)) for many, places in zip(reach, room, strict=True)) > PATTERNS:
        return None
    enemy = np.zeros((len(sorts.count), len(sorts.count)), np.bool_)
    one, other = sorts.of[core.conflicts[:, 0]], sorts.of[core.conflicts[:, 1]]
    enemy[one, other] = enemy[other, one] = True
    listed = [
        Patterns(held, np.full(len(held), sort, np.int64), cost)
        for sort in range(len(sorts.first))
        for held, cost in _of_facility(core, sorts, sort, enemy)
    ]
    if not listed:
        return Patterns(np.zeros((0, len(sorts.count)), np.int64), np.zeros(0, np.int64), np.zeros(0))
    held = np.concatenate([part.held for part in listed])
    facility = np.concatenate([part.facility for part in listed])
    cost = np.concatenate([part.cost for part in listed])
    rank = np.where(led[facility], -1, facility)
    order = np.lexsort((facility, cost, rank, *held.T))
    ranked = np.column_stack([held, rank])[order]
    new = np.concatenate([[True], (ranked[1:] != ranked[:-1]).any(axis=1)])
    keep = np.sort(order[new])
    return Patterns(held[keep], facility[keep], cost[keep])


def _of_facility(core: Core, sorts: Sorts, sort: int, enemy: np.ndarray) -> Iterator[tuple[Ints, Floats]]:
    """A facility's patterns, one more item at a time: (p, k) how many of each sort, and costs."""
    facility = int(sorts.first[sort])
    kinds = len(sorts.count)
    size, members = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    size[sorts.of], members[sorts.of] = core.size, core.members
    joins = np.flatnonzero(np.isfinite(sorts.cost[sort]))
    held = np.zeros((1, kinds), np.int16)
    cost = np.full(1, core.opening[facility])
    last = np.zeros(1, np.int64)
    if core.lead[facility] >= 0:
        leader = int(sorts.of[core.lead[facility]])
        if leader not in joins:
            return
        held[0, leader] = 1
        cost += sorts.cost[sort, leader]
    while len(held):
        units, strong = held @ size, held @ members
        good = (units > 0) & (units <= core.capacity[facility]) & (strong >= core.need[facility])
        if good.any():
            yield held[good], cost[good]
        # Sorts are added in ascending order, so that each pattern comes once.
        row, at = np.nonzero(np.arange(len(joins))[None, :] >= last[:, None])
        kind = joins[at]
        fits = units[row] + size[kind] <= core.capacity[facility]
        fits &= held[row, kind] < sorts.count[kind]
        fits &= ~((held[row] > 0) & enemy[kind]).any(axis=1) if enemy.any() else True
        row, kind, last = row[fits], kind[fits], at[fits]
        held = held[row]
        held[np.arange(len(row)), kind] += 1
        cost = cost[row] + sorts.cost[sort, kind]


def _model(core: Core, sorts: Sorts, patterns: Patterns, at_least: int, options: dict[str, bool | float | str]) -> Any:
    """Rows: each sort's items in patterns or left out; a facility that nobody leads once; units left out."""
    import highspy
    from scipy.sparse import csc_matrix, hstack, vstack

    kinds, spare = len(sorts.count), int(core.size.sum()) - at_least
    alone = np.flatnonzero(core.lead[sorts.first] < 0)
    once = csc_matrix(patterns.facility[None, :] == alone[:, None], dtype=np.float64)
    size = np.zeros(kinds, np.int64)
    size[sorts.of] = core.size
    free = np.ones(kinds, np.bool_)
    free[sorts.of[core.must]] = False
    free &= size <= spare
    inside = vstack([csc_matrix(patterns.held.T, dtype=np.float64), once, csc_matrix((1, len(patterns.cost)))])
    out = vstack([csc_matrix(np.eye(kinds)), csc_matrix((len(alone), kinds)), csc_matrix(size[None, :])])
    matrix = csc_matrix(hstack([inside, out]))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = matrix.shape[1], matrix.shape[0]
    lp.col_cost_ = np.concatenate([patterns.cost, np.zeros(kinds)])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([np.full(len(patterns.cost), np.inf), free * sorts.count.astype(np.float64)])
    lp.row_lower_ = np.concatenate([sorts.count.astype(np.float64), np.full(len(alone) + 1, -np.inf)])
    lp.row_upper_ = np.concatenate([sorts.count.astype(np.float64), np.ones(len(alone)), [float(spare)]])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data
    solver = quiet_solver(options)
    solver.passModel(lp)
    return solver


def _best(solver: Any, looks: int, watch: Watch | None) -> Answer:
    """Solve in whole numbers; `chosen` is how often each column is taken."""
    import highspy

    count = solver.getNumCol()
    whole = np.full(count, int(highspy.HighsVarType.kInteger), np.uint8)
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), whole)
    taken = run(solver, looks=looks, watch=watch)
    info, status = solver.getInfo(), solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, np.inf, True, True, taken)
    times = None
    if info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible):
        times = np.rint(np.asarray(solver.getSolution().col_value)).astype(np.int64)
    optimal = status == highspy.HighsModelStatus.kOptimal
    return Answer(times, float(info.mip_dual_bound), optimal, False, taken)


def _names(core: Core, sorts: Sorts, patterns: Patterns, times: Ints) -> Ints:
    """Who goes where: the items of each sort in turn."""
    waiting = [list(np.flatnonzero(sorts.of == kind)[::-1]) for kind in range(len(sorts.count))]
    own = {
        (int(sorts.facility[facility]), int(core.lead[facility])): int(facility)
        for facility in np.flatnonzero(core.lead >= 0)
    }
    chosen = np.full(core.items, -1, np.int64)
    for pattern in np.flatnonzero(times[: len(patterns.cost)]):
        for _ in range(int(times[pattern])):
            sort = int(patterns.facility[pattern])
            facility = int(sorts.first[sort])
            group = [
                int(waiting[kind].pop())
                for kind in np.flatnonzero(patterns.held[pattern])
                for _ in range(int(patterns.held[pattern, kind]))
            ]
            if core.lead[facility] >= 0:
                kind = sorts.of[core.lead[facility]]
                leader = next(item for item in group if sorts.of[item] == kind)
                facility = own[sort, leader]
            chosen[group] = facility
    return chosen
