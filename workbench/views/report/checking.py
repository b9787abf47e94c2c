"""What `workbench check` says of a register or a scenario."""

from __future__ import annotations

import warnings as warnings_of_python
from pathlib import Path

import pandas as pd

from workbench.errors import RegisterWarning, WorkbenchError
from workbench.inputs import check_fits, notes
from workbench.inputs.fit import under_way
from workbench.inputs.ledger import LEDGERS, first_words
from workbench.inputs.register import TIERS, inspect, read_register, tiers
from workbench.inputs.scenario import Scenario, read_scenario
from workbench.labels import text
from workbench.numbers import percent

SCENARIOS = (".yaml", ".yml")


def is_register(path: Path) -> bool:
    """Whether a file is a scenario, or a register in the register's own words, rather than a ledger.

    A ledger is a spreadsheet or a text file whose first line does not begin with the register's own headers.
    """
    if path.suffix.lower() not in LEDGERS or not path.is_file():
        return True
    return {"org_id", "street"} <= set(first_words(path))


def check_file(path: Path) -> str:
    """Read a file and say what is in it.

    Parameters
    ----------
    path
        a scenario by its ending ``.yaml``, else a register; a scenario's register is checked with it.

    Raises
    ------
    RegisterError, ScenarioError
        with every fault.
    """
    if path.suffix.lower() not in SCENARIOS:
        register = _quietly(path)
        begun = [f"! {words}" for words in under_way(Scenario(), register)]
        return "\n".join([_register_lines(path.name, register, Scenario()), *begun, *_odd(register)])
    scenario = read_scenario(path)
    lines = [text("check.scenario", name=path.name, title=scenario.label)]
    if scenario.register_file is not None:
        register = _quietly(scenario.register_file)
        warnings = check_fits(scenario, register)
        lines.append(_register_lines(scenario.register_file.name, register, scenario))
        lines += [f"! {words}" for words in (*warnings, *notes(scenario, register))]
    return "\n".join(lines)


def _quietly(path: Path) -> pd.DataFrame:
    """A register; what is odd in it is listed, not warned of."""
    with warnings_of_python.catch_warnings():
        warnings_of_python.simplefilter("ignore", RegisterWarning)
        return read_register(path)


def _odd(register: pd.DataFrame) -> list[str]:
    """What breaks no rule of a register but is probably not meant, one line each."""
    found = inspect(register)
    if found.empty:
        return []
    lines = [text("check.odd", count=len(found))]
    return lines + [
        text("check.odd_line", org_id=row.org_id, column=row.column, value=row.value, rule=row.rule, repair=row.repair)
        for row in found.itertuples(index=False)
    ]


def _register_lines(name: str, register: pd.DataFrame, scenario: Scenario) -> str:
    counts = tiers(register, scenario).value_counts()
    covered = int(register["has_branch"].sum())
    lines = [
        text(
            "check.register",
            name=name,
            organizations=len(register),
            streets=register["street"].nunique(),
            covered=covered,
            share=percent(covered / max(len(register), 1)),
            members=int(register["full_members"].sum()),
        )
    ]
    lines += [text("check.tier", tier=text(f"tier.{tier}"), count=int(counts.get(tier, 0))) for tier in TIERS]
    has_place = register["x"].notna() | register["lon"].notna()
    if not has_place.all():
        lines.append(text("check.no_place", count=int((~has_place).sum())))
    return "\n".join(lines)


def faults_table(error: WorkbenchError | None) -> pd.DataFrame:
    """Every fault of an error, one a row; the headline alone where it holds none; no row without an error."""
    rows: list[tuple[str, str, str, str]] = []
    if error is not None:
        rows = [(fault.place, fault.value, fault.rule, fault.repair) for fault in error.faults]
        rows = rows or [("", "", error.headline, "")]
    return pd.DataFrame(
        rows, columns=[text(f"column.{name}") for name in ("place", "found", "rule", "repair")], dtype="str"
    )
