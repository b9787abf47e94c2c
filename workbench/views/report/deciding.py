"""What a plan says of measures: what each brings, the least that is enough, who decides until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import date_words, money, odds, percent, signed_points
from workbench.planning.measures import Measures, decider
from workbench.views.formats import text_table

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: The columns of the tables of measures and of packages, as labels know them.
MEASURE_COLUMNS = ("measure", "expected", "gain", "work_gain", "chance", "cost", "decided_by", "until")
PACKAGE_COLUMNS = ("package", "number", "cost", "expected", "chance", "fresh")


def measure_rows(found: Measures) -> list[list[str]]:
    """Every measure alone, as people read it, column by column; those that only count otherwise come last."""
    runs = found.probability.trials
    rows = found.alone.assign(counts=found.alone["sort"] == "counting").sort_values("counts", kind="stable")
    return [
        [
            _named(found, row["measure"]), percent(row["expected"]), signed_points(row["gain"]),
            signed_points(row["work_gain"]), odds(row["probability"], runs), money(row["cost"]),
            decider(row["decided_by"]) or "–", "–" if pd.isna(row["until"]) else date_words(row["until"]),
        ]
        for row in rows.to_dict("records")
    ]  # fmt: skip


def _named(found: Measures, name: str) -> str:
    measure = found.listed[name]
    return text("measures.counted", measure=measure.label) if measure.sort == "counting" else measure.label


def alone_table(found: Measures) -> str:
    """Every measure alone as text, with as many columns as a terminal has room for."""
    shown = ("measure", "expected", "gain", "chance", "until")
    columns = [MEASURE_COLUMNS.index(name) for name in shown]
    rows = [[row[column] for column in columns] for row in measure_rows(found)]
    return text_table([text(f"column.{name}") for name in shown], rows)


def package_rows(found: Measures) -> list[list[str]]:
    """The front: names, number, cost, coverage, chance on the sample and on fresh replications."""
    runs = found.probability.trials
    return [
        [
            found.names(row["measures"]) or text("measures.present"), str(row["number"]), money(row["cost"]),
            percent(row["expected"]), odds(row["probability"], runs), odds(row["fresh"], runs),
        ]
        for row in found.front.to_dict("records")
    ]  # fmt: skip


def measure_sentences(plan: Plan) -> list[str]:
    """The least that must be decided, line by line."""
    return [line.strip() for line in plan.measures.summary().splitlines()]


def way_out(plan: Plan) -> str | None:
    """Where the target is not safe: what would make it so, or that nothing listed does and when the present plan would
    get there. None where the plan is safe as it is."""
    found = plan.measures
    if found.least is not None and not found.least.number:
        return None
    return found.answer()
