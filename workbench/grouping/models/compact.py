"""The compact model, solved by HiGHS: one binary variable an arc, one a facility that nobody leads.

Maximise the units covered, or minimise the cost at a coverage; either way HiGHS's dual bound is the proof. The
work it may do is counted in looks at the search, not in seconds, so that the answer does not depend on the clock.

For each facility f with variable y (its leader's own arc, where it has one): x <= y for each arc, the size of its
items <= capacity * y, their members >= need * y, and x + x' <= y for two items in conflict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from workbench.grouping.models.highs import Watch, quiet_solver, run
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import WHOLE_BOUND


@dataclass(frozen=True, eq=False)
class Solution:
    """What HiGHS says of one model.

    Attributes
    ----------
    chosen
        (n,) int64, the facility of each item, -1 where left out; None where nothing feasible was found.
    bound
        what the objective cannot be better than (units, or cost).
    optimal
        whether it was solved to the end.
    infeasible
        whether there is no solution at all.
    work
        looks spent, see `highs.run`.
    """

    chosen: Ints | None
    bound: float
    optimal: bool
    infeasible: bool
    work: int


Aim = Literal["cover", "cost"]


def covered_at_most(found: Solution, everybody: int) -> int:
    """Units that no answer exceeds: everybody where HiGHS was told to stop before it knew anything.

    >>> covered_at_most(Solution(None, 11.9999999, False, False, 1), 20)
    12
    >>> covered_at_most(Solution(None, np.inf, False, False, 1), 20)
    20
    """
    return int(min(everybody, np.floor(found.bound + WHOLE_BOUND)))


def coverable(core: Core, seconds: float = np.inf) -> int:
    """Units that no assignment can exceed, by the linear relaxation: quick, and mostly exact."""
    import highspy

    solver = quiet_solver({"time_limit": seconds, "solve_relaxation": True})
    solver.passModel(_Model(core, "cover", 0).lp(highspy))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return int(core.size.sum())
    return int(np.floor(solver.getInfo().objective_function_value + 1e-4))


def most_covered(
    core: Core,
    *,
    start: Ints | None,
    work: int,
    seed: int,
    seconds: float = np.inf,
    watch: Watch | None = None,
) -> Solution:
    """Cover as many units as can be; the bound is on the units covered, from above."""
    return _solve(core, "cover", 0, start, work, seed, 0.0, seconds, watch)


def least_cost(
    core: Core,
    at_least: int,
    *,
    start: Ints | None,
    work: int,
    seed: int,
    gap: float = 0.0,
    seconds: float = np.inf,
    watch: Watch | None = None,
) -> Solution:
    """The least cost that covers `at_least` units; the bound is on the cost, from below."""
    return _solve(core, "cost", at_least, start, work, seed, gap, seconds, watch)


def _solve(
    core: Core,
    aim: Aim,
    at_least: int,
    start: Ints | None,
    work: int,
    seed: int,
    gap: float,
    seconds: float,
    watch: Watch | None,
) -> Solution:
    import highspy

    model = _Model(core, aim, at_least)
    solver = quiet_solver(
        {
            "random_seed": seed % 2**31,
            "mip_rel_gap": gap / (1 + gap),
            "time_limit": seconds,
            "mip_abs_gap": 1e-9 if aim == "cost" else 0.999,
            "mip_feasibility_tolerance": 1e-9,
            "primal_feasibility_tolerance": 1e-9,
        }
    )
    solver.passModel(model.lp(highspy))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = model.values(start).tolist()
        solver.setSolution(solution)
    spent = run(solver, looks=work, watch=watch)
    return model.read(solver, highspy, spent)


class _Model:
    """Columns: the arcs, then one for each facility that nobody leads. Rows as the module says."""

    def __init__(self, core: Core, aim: Aim, at_least: int) -> None:
        self.core = core
        self.aim = aim
        self.at_least = at_least if aim == "cost" else 0
        arcs, free = len(core.item), np.flatnonzero(core.lead < 0)
        self.columns = arcs + len(free)
        self.open_column = np.full(core.facilities, -1, np.int64)
        self.open_column[free] = arcs + np.arange(len(free))
        self.open_column[core.facility[core.leads]] = np.flatnonzero(core.leads)
        self.rows: list[tuple[Ints, Ints, Floats, Floats, Floats]] = []
        self._items()
        self._facilities()
        self._conflicts()
        if aim == "cost" and at_least < core.size.sum():
            arc = np.arange(arcs)
            self._add(np.zeros(arcs, np.int64), arc, core.size[core.item], [float(at_least)], [np.inf])

    def _add(self, row: Ints, column: Ints, value: Any, low: Any, high: Any) -> None:
        self.rows.append(
            (
                np.asarray(row, np.int64),
                np.asarray(column, np.int64),
                np.asarray(value, np.float64),
                np.asarray(low, np.float64),
                np.asarray(high, np.float64),
            )
        )

    def _items(self) -> None:
        core = self.core
        everyone = self.at_least >= self.core.size.sum()
        self._add(
            core.item,
            np.arange(len(core.item)),
            np.ones(len(core.item)),
            np.where(core.must | everyone, 1.0, -np.inf),
            np.ones(core.items),
        )

    def _facilities(self) -> None:
        core, arcs = self.core, np.arange(len(self.core.item))
        opens = self.open_column[core.facility]
        other = arcs[opens != arcs]
        row = np.arange(len(other))
        self._add(
            np.r_[row, row],
            np.r_[other, opens[other]],
            np.r_[np.ones(len(row)), -np.ones(len(row))],
            np.full(len(row), -np.inf),
            np.zeros(len(row)),
        )
        used = np.flatnonzero(self.open_column >= 0)
        for value, low, high, rhs in (
            (core.size, -np.inf, 0.0, core.capacity),
            (core.members, 0.0, np.inf, core.need),
        ):
            self._add(
                np.r_[core.facility, used],
                np.r_[arcs, self.open_column[used]],
                np.r_[value[core.item], -rhs[used]],
                np.full(core.facilities, low),
                np.full(core.facilities, high),
            )

    def _conflicts(self) -> None:
        core = self.core
        at = (
            {(int(f), int(i)): k for k, (f, i) in enumerate(zip(core.facility, core.item, strict=True))}
            if len(core.conflicts)
            else {}
        )
        row, column, value, rows = [], [], [], 0
        for a, b in core.conflicts:
            for f in core.facility[core.item == a]:
                if (int(f), int(b)) in at:
                    row += [rows] * 3
                    column += [at[int(f), int(a)], at[int(f), int(b)], int(self.open_column[f])]
                    value += [1.0, 1.0, -1.0]
                    rows += 1
        if rows:
            self._add(np.array(row), np.array(column), np.array(value), np.full(rows, -np.inf), np.zeros(rows))

    def lp(self, highspy: Any) -> Any:
        """The model in HiGHS's own form, rows by columns."""
        from scipy.sparse import coo_matrix

        offset = np.cumsum([0] + [len(low) for *_, low, _ in self.rows])
        row = np.concatenate([r + at for (r, *_), at in zip(self.rows, offset, strict=False)])
        column = np.concatenate([c for _, c, *_ in self.rows])
        value = np.concatenate([v for _, _, v, *_ in self.rows])
        # Leading arcs of two members of a block, or an arc that opens its own facility, add up in one entry.
        matrix = coo_matrix((value, (row, column)), shape=(int(offset[-1]), self.columns)).tocsc()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, int(offset[-1])
        model.col_cost_ = self.objective()
        model.col_lower_, model.col_upper_ = np.zeros(self.columns), np.ones(self.columns)
        model.row_lower_ = np.concatenate([low for *_, low, _ in self.rows])
        model.row_upper_ = np.concatenate([high for *_, high in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data
        model.integrality_ = [highspy.HighsVarType.kInteger] * self.columns
        model.sense_ = highspy.ObjSense.kMaximize if self.aim == "cover" else highspy.ObjSense.kMinimize
        return model

    def objective(self) -> Floats:
        """Units of each arc, or its cost; opening on the column that opens."""
        core = self.core
        if self.aim == "cover":
            return np.concatenate([core.size[core.item].astype(np.float64), np.zeros(self.columns - len(core.item))])
        value = np.concatenate([core.cost, np.zeros(self.columns - len(core.item))])
        used = self.open_column >= 0
        value[self.open_column[used]] += core.opening[used]
        return value

    def values(self, chosen: Ints) -> Floats:
        """An assignment as values of the columns."""
        value = np.zeros(self.columns)
        value[self.core.arcs_of(chosen)] = 1.0
        used = np.unique(chosen[chosen >= 0])
        value[self.open_column[used]] = 1.0
        return value

    def read(self, solver: Any, highspy: Any, work: int) -> Solution:
        """What the solver found, and what it proved."""
        core, info = self.core, solver.getInfo()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(None, np.nan, True, True, work)
        chosen = None
        if info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible):
            value = np.asarray(solver.getSolution().col_value)[: len(core.item)]
            taken = np.flatnonzero(value > 0.5)
            chosen = np.full(core.items, -1, np.int64)
            chosen[core.item[taken]] = core.facility[taken]
        optimal = status == highspy.HighsModelStatus.kOptimal
        return Solution(chosen, float(info.mip_dual_bound), optimal, False, work)
