"""What the census must find: the screen, and the visiting list to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.files import written_beside
from workbench.labels import text
from workbench.numbers import date_words, signed, thousands
from workbench.views.files.exports import write_table
from workbench.views.formats import Sheet, text_table, workbook_bytes
from workbench.views.report import name_of, visiting_list, visits_block

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.planning.census import CensusOutcome

#: Organizations that the screen lists.
VISITS_ON_SCREEN = 12


def census_screen(found: CensusOutcome, values: pd.DataFrame, register: pd.DataFrame, scenario: Scenario) -> str:
    """What a planner reads: the ceiling as it may turn out, and where one member more counts most."""
    lines = []
    if scenario.census.discovery is None:
        lines.append(text("census.no_discovery"))
    lines.append(found.summary())
    worth = values[values["value"] > 0]
    falls = int((values["value"] < 0).sum())
    if worth.empty:
        lines.append(text("census.nobody"))
    else:
        lines.append(text("census.worth", count=thousands(len(worth)), most=thousands(int(worth["value"].max()))))
    if falls:
        lines.append(text("census.falls", count=thousands(falls)))
    if len(worth):
        top = worth.head(VISITS_ON_SCREEN)
        rows = [
            [str(row["responsible"]), name_of(register, str(org_id)), str(row["members"]), signed(row["value"])]
            for org_id, row in top.iterrows()
        ]
        head = [text(f"census.column.{name}") for name in ("responsible", "name", "members", "value")]
        lines.append("\n" + text_table(head, rows))
        if len(worth) > len(top):
            lines.append(text("census.more", count=thousands(len(worth) - len(top))))
    return "\n".join(lines)


def write_visits(values: pd.DataFrame, register: pd.DataFrame, scenario: Scenario, path: Path) -> Path:
    """Write the visiting list: a sheet as an office hands it on, or a CSV file for a program.

    Raises
    ------
    StoreError
        another ending, or the place cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        return write_table(visiting_list(values, register), path)
    calendar = scenario.calendar
    facts = text(
        "book.facts", unit=text("book.unit"), title=scenario.label, deadline=date_words(calendar.deadline, year=True)
    )
    sheet = Sheet.of(text("sheet.visits"), visits_block(values, register), facts)
    with written_beside(path) as temporary:
        temporary.write_bytes(workbook_bytes([sheet], calendar.start))
    return path
