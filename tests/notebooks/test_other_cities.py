"""Every guide notebook runs, in Chinese and in English, for a county, and for a city whose register has no places.

What is run: every code cell, in order, in one namespace, with the parameters replaced and few replications; figures
are drawn and thrown away. What is not: a kernel, and the comparison of outputs, which the notebooks' own run has.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

import workbench as wb
from tests.notebooks.rules import code_cells, source_of
from workbench.errors import ScenarioError
from workbench.inputs import write_register
from workbench.jobs.campaign import read_quietly
from workbench.labels import in_language, text
from workbench.simulation.tracing import weekly_registers

ROOT = Path(__file__).resolve().parents[2]
GUIDE = {path.stem[:2]: path for path in sorted((ROOT / "notebooks/guide").glob("*.ipynb"))}
COUNTY = ROOT / "scenarios/county.yaml"
FEW = {"replications": 20, "allocation_replications": 20, "meeting_replications": 10, "outcomes": 3}
START, END = date(2027, 7, 14), date(2027, 8, 31)
FRIDAYS = [date(2027, 7, 30), date(2027, 8, 6), date(2027, 8, 13), date(2027, 8, 20), date(2027, 8, 27)]


def bare(register: pd.DataFrame) -> pd.DataFrame:
    """Without places, as most offices' registers are."""
    return register.assign(**dict.fromkeys(("x", "y", "lon", "lat"), float("nan")))


@pytest.fixture(scope="module", params=["county", "without places"])
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a city has: its register, a ledger of each unit, and a register of each week of its campaign."""
    folder = tmp_path_factory.mktemp("city")
    register = read_quietly(ROOT / "data/county.csv")
    scenario = wb.read_scenario(COUNTY)
    if request.param != "county":
        register, scenario = bare(register), scenario.replace("grouping.facilities", [])
    write_register(register, folder / "register.csv")
    (folder / "ledgers").mkdir()
    for unit, rows in register.groupby("responsible"):
        write_register(rows, folder / "ledgers" / f"{unit}.csv")
    for day, week in weekly_registers(register, scenario, days=[START, *FRIDAYS, END]).items():
        write_register(week, folder / f"register_{day}.csv")
    return request.param, folder


def run(path: Path, **parameters: Any) -> dict[str, Any]:
    """Run a notebook's code with other parameters."""
    space: dict[str, Any] = {}
    for cell in code_cells(json.loads(path.read_text(encoding="utf-8"))):
        exec(compile(source_of(cell), f"{path.stem}:{cell['id']}", "exec"), space)
        if "parameters" in cell["metadata"].get("tags", []):
            assert set(parameters) <= set(space)
            space |= parameters
    return space


def parameters_of(name: str, folder: Path) -> dict[str, Any]:
    """The parameters that another city changes, for one notebook."""
    source = source_of(code_cells(json.loads(GUIDE[name].read_text(encoding="utf-8")))[0])
    few: dict[str, Any] = {each: count for each, count in FEW.items() if f"\n{each} = " in source}
    register = {"register_path": str(folder / "register.csv"), "scenario_path": str(COUNTY)}
    if name == "00":
        ledgers = sorted((folder / "ledgers").iterdir())
        return few | register | {"ledgers_folder": str(folder / "ledgers"), "ledger_path": str(ledgers[0])}
    if name == "08":
        weeks = {"start_path": str(folder / f"register_{START}.csv")}
        return few | register | weeks | {"register_path": str(folder / f"register_{END}.csv")}
    return few | register


@pytest.mark.parametrize("name", GUIDE)
def test_a_guide_notebook_runs_for_another_city(
    name: str, city: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    what, folder = city
    language = "zh" if what == "county" else "en"
    monkeypatch.chdir(GUIDE[name].parent)
    changes = parameters_of(name, folder) | {"language": language}
    with in_language(language), mpl.rc_context():
        if name == "03" and what != "county":  # it is about distances: what it lacks is said
            with pytest.raises(ScenarioError) as refused:
                run(GUIDE[name], **changes)
            assert "x, y" in str(refused.value)
            return
        run(GUIDE[name], **changes)
        told = capsys.readouterr().out
        assert (text("warning.no_places")[:20] in told) == (what != "county")
