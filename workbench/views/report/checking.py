"""What `workbench check` says of a register or a scenario."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.errors import WorkbenchError
from workbench.inputs import check_fits, notes
from workbench.inputs.register import TIERS, read_register, tiers
from workbench.inputs.scenario import Scenario, read_scenario
from workbench.labels import text
from workbench.numbers import percent

SCENARIOS = (".yaml", ".yml")


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
        return _register_lines(path.name, read_register(path), Scenario())
    scenario = read_scenario(path)
    lines = [text("check.scenario", name=path.name, title=scenario.label)]
    if scenario.register_file is not None:
        register = read_register(scenario.register_file)
        warnings = check_fits(scenario, register)
        lines.append(_register_lines(scenario.register_file.name, register, scenario))
        lines += [f"! {words}" for words in (*warnings, *notes(scenario, register))]
    return "\n".join(lines)


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
