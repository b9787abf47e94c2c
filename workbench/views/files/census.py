"""What the census must find: the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import signed, thousands
from workbench.views.formats import text_table
from workbench.views.report import name_of

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
