"""Measures on the screen, and as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.views.files.exports import write_table
from workbench.views.formats import text_table
from workbench.views.report import PACKAGE_COLUMNS, alone_table, package_rows

if TYPE_CHECKING:
    from workbench.planning.measures import Measures


def measures_screen(found: Measures) -> str:
    """Every measure alone, the sets that no other beats, and the least that must be decided."""
    together = text_table([text(f"column.{name}") for name in PACKAGE_COLUMNS], package_rows(found))
    return "\n\n".join([alone_table(found), together, found.summary()])


def write_measures(found: Measures, path: Path) -> Path:
    """Write every set that was tried, single measures that only count otherwise among them, to a table.

    Raises
    ------
    StoreError
        another ending, or the place cannot be written.
    """
    inside = {names[0] for names in found.packages["measures"] if len(names) == 1}
    apart = found.alone[~found.alone["measure"].isin(inside)]
    named = [found.names(names) or text("measures.present") for names in found.packages["measures"]]
    table = found.packages.assign(measures=named)
    single = apart.assign(measures=[found.listed[name].label for name in apart["measure"]], number=1)
    return write_table(pd.concat([table, single[table.columns]], ignore_index=True), path)
