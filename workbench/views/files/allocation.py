"""An allocation on the screen, as a table, and as a scenario that can be planned with at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.files import written_beside
from workbench.labels import text
from workbench.numbers import decimal, signed
from workbench.views.files.exports import KINDS, write_table
from workbench.views.formats import text_table

if TYPE_CHECKING:
    from workbench.planning.allocation import Allocation

SCENARIOS = (".yaml", ".yml")
ENDINGS = (*KINDS, *SCENARIOS)


def allocation_screen(allocation: Allocation) -> str:
    """What an allocation is worth, and unit by unit the numbers and what its cases bring with them."""
    rows = [
        [
            str(row["responsible"]), str(row["now"]), str(row["recommended"]), signed(row["recommended"] - row["now"]),
            *(f"{decimal(row[f'{name}_before'])} → {decimal(row[f'{name}_after'])}" for name in ("branches", "works")),
        ]
        for row in _side_by_side(allocation).to_dict("records")
    ]  # fmt: skip
    columns = ("responsible", "now", "recommended", "change", "branches_added", "works_added")
    head = [text(f"column.{name}") for name in columns]
    return allocation.summary() + "\n\n" + text_table(head, rows)


def _side_by_side(allocation: Allocation) -> pd.DataFrame:
    """One row a responsible: what it has, what it is given, and what its cases add to both coverages with either."""
    return allocation.by_responsible.rename(columns={"instructors": "now"}).reset_index()


def write_allocation(allocation: Allocation, base: Path, path: Path) -> Path:
    """Write an allocation to a table, or to a scenario that changes `base` in nothing else.

    Raises
    ------
    StoreError
        another ending, or the place cannot be written.
    """
    if path.suffix.lower() not in SCENARIOS:
        return write_table(_side_by_side(allocation), path)
    import yaml

    given = {str(responsible): int(count) for responsible, count in allocation.instructors.items()}
    content = {
        "base": Path(os.path.relpath(base.resolve(), path.resolve().parent)).as_posix(),
        "name": path.stem,
        "instructors": {"by_responsible": given},
        "sources": {"instructors.by_responsible": f"derived: allocated by the workbench, seed {allocation.seed}"},
    }
    with written_beside(path) as temporary:
        temporary.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
