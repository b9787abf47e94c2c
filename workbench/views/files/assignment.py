"""An assignment list on the screen, and as a table that an office can hand out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import table as words
from workbench.labels import text
from workbench.numbers import decimal
from workbench.views.files.exports import write_table
from workbench.views.formats import text_table

if TYPE_CHECKING:
    from workbench.planning.assignment import Assignment


def assignment_screen(assignment: Assignment) -> str:
    """What an assignment comes to, and a line per responsible unit."""
    rows = [
        [
            str(name), str(row["instructors"]), str(row["organizations"]), f"{row['least']}–{row['most']}",
            str(row["unassigned"]), decimal(row["cost"], 1),
        ]
        for name, row in assignment.units.to_dict("index").items()
    ]  # fmt: skip
    head = [
        text(f"assigned.{name}") for name in ("responsible", "instructors", "organizations", "each", "left", "cost")
    ]
    return assignment.summary() + "\n\n" + text_table(head, rows)


def assignment_table(assignment: Assignment, register: pd.DataFrame) -> pd.DataFrame:
    """The list as people read it, in the language in use; whoever is not assigned comes last, without an instructor."""
    left = assignment.unassigned.assign(instructor="", case="", kind="")
    every = pd.concat([assignment.table, left], ignore_index=True)
    names = register["name"].reindex(every["org_id"]).fillna("").to_numpy()
    kinds = [text(f"kind.{kind}") if f"kind.{kind}" in words() else "" for kind in every["kind"]]
    every = every.assign(name=names, kind=kinds)
    columns = ["instructor", "responsible", "org_id", "name", "case", "kind"]
    return every[columns].rename(columns={column: text(f"assigned.{column}") for column in columns})


def write_assignment(assignment: Assignment, register: pd.DataFrame, path: Path) -> Path:
    """Write the list to CSV or XLSX.

    Raises
    ------
    StoreError
        another ending, or the place cannot be written.
    """
    return write_table(assignment_table(assignment, register), path)
