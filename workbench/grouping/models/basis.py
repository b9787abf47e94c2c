"""Where a relaxation ended, and what a change to it does from there on: that is some steps of the simplex away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

#: HiGHS's word for as many steps as it takes.
NO_LIMIT = 2**31 - 1


@dataclass(eq=False)
class Basis:
    """Where a relaxation of so many columns and rows ended, in HiGHS's words."""

    basis: Any
    columns: int
    rows: int

    @classmethod
    def of(cls, solver: Any) -> Basis:
        """Where the last relaxation of a solver ended."""
        return cls(solver.getBasis(), solver.getNumCol(), solver.getNumRow())

    def restore(self, solver: Any) -> None:
        """Have the next relaxation begin here: columns and rows that came since then are not in use."""
        import highspy

        free, used = highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic
        columns, rows = solver.getNumCol(), solver.getNumRow()
        # To read them is to copy them.
        if columns > self.columns:
            self.basis.col_status = self.basis.col_status + [free] * (columns - self.columns)
        if rows > self.rows:
            self.basis.row_status = self.basis.row_status + [used] * (rows - self.rows)
        self.columns, self.rows = columns, rows
        solver.setBasis(self.basis)


def tried(solver: Any, steps: int) -> float:
    """What a relaxation costs, or seems to after so many steps of the simplex: no bound. Infinity if nothing fits."""
    import highspy

    solver.setOptionValue("simplex_iteration_limit", steps)
    solver.run()
    solver.setOptionValue("simplex_iteration_limit", NO_LIMIT)
    status = solver.getModelStatus()
    known = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kIterationLimit)
    return float(solver.getInfo().objective_function_value) if known else np.inf
