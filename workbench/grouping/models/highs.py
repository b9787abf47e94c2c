"""HiGHS without its voice: a solver that prints nothing, runs on one thread and stops where it is told.

One thread, a seed and limits that are counted, not timed, make its answers repeatable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from workbench.grouping.tolerances import RECOMPUTED
from workbench.stopping import asked

#: Called now and then with (best objective, bound); says whether to go on.
Watch = Callable[[float, float], bool]
#: Options of relaxations that grow by columns: what was solved before stays feasible, so that the primal simplex goes
#: on from there; HiGHS takes the dual one unless it is left to choose (0), and then only where it begins feasible.
GROWING: Mapping[str, int] = {"simplex_strategy": 0}


def quiet_solver(options: Mapping[str, bool | float | str]) -> Any:
    """A HiGHS solver with `options` set.

    highspy's own `Highs` prints its banner while it is constructed, before any option can forbid it; the class
    beneath it does not.
    """
    from highspy._core import _Highs

    solver = _Highs()
    chosen: dict[str, bool | float | str] = {"output_flag": False, "threads": 1, **options}
    for name, value in chosen.items():
        solver.setOptionValue(name, value)
    return solver


def run(solver: Any, *, looks: int, watch: Watch | None) -> int:
    """Run to the end, or for so many looks at the search; returns the looks taken.

    HiGHS offers a look at fixed points of its search (about once a node, and between the rounds of the root), so
    their number, unlike seconds, is the same on any machine.

    HiGHS 1.16 may take a start for a better one than it is, where presolve has merged columns: it then claims an
    objective that the solution it hands out has not. Such a run is done again without the start.
    """
    taken = _run(solver, looks, watch)
    if _overstated(solver):
        solver.clearSolver()
        taken += _run(solver, looks, watch)
    return taken


def _overstated(solver: Any) -> bool:
    """Whether the solution is not worth what the solver says of it."""
    info = solver.getInfo()
    if info.primal_solution_status != 2:  # no feasible solution
        return False
    said = info.objective_function_value
    worth = float(np.dot(solver.getLp().col_cost_, solver.getSolution().col_value))
    return bool(abs(said - worth) > RECOMPUTED * (1 + abs(said)))


def _run(solver: Any, looks: int, watch: Watch | None) -> int:
    from highspy._core import cb

    taken = 0
    raised: list[BaseException] = []

    def look(kind: Any, message: str, out: Any, into: Any, data: Any) -> None:
        nonlocal taken
        taken += 1
        try:
            on = taken <= looks and not asked() and (watch is None or watch(out.mip_primal_bound, out.mip_dual_bound))
        except BaseException as error:  # an exception must not cross the solver: stop it, raise afterwards
            raised.append(error)
            on = False
        if not on:
            into.user_interrupt = True

    solver.setCallback(look, None)
    solver.startCallback(cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.run()
    solver.setCallback(None, None)
    if raised:
        raise raised[0]
    return taken
