"""Write what the shipped scenarios give today to ``scenarios.json``: ``python -m tests.baseline.regenerate``.

A number that changes needs a line under *Numbers changed* in CHANGELOG.md, which says from what to what, and why. The
file counts the changes (`changes`), and a test holds the count against the lines; while the changelog says that this
is the first version, nothing has changed yet.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, read_register, read_scenario
from workbench.planning import ceiling
from workbench.simulation import simulate

ROOT = Path(__file__).parents[2]
PINNED = Path(__file__).with_name("scenarios.json")
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
REPLICATIONS, SEED, DIGITS = 400, 0, 6
FIRST = "this is the first version"


def numbers(path: Path) -> dict[str, float]:
    """What a scenario answers: counts, and shares and kilometres to six digits."""
    scenario = read_scenario(path)
    assert scenario.register_file is not None
    register = read_register(scenario.register_file)
    grouping = _grouping(scenario.register_file, scenario.replace(_NOTHING))
    outcome = simulate(register, scenario, grouping, replications=REPLICATIONS, seed=SEED, keep="city")
    low, high = np.quantile(outcome.by_deadline(), [0.05, 0.95])
    found = {
        "organizations": outcome.total,
        "cases": len(outcome.cases),
        "units_covered": grouping.covered,
        "grouping_cost": grouping.cost,
        "ceiling": ceiling(register, scenario, grouping).value,
        "expected_organization": outcome.expected("organization"),
        "expected_work": outcome.expected("work"),
        "organization_q05": low,
        "organization_q95": high,
        "probability_organization": outcome.probability("organization").value,
        "probability_work": outcome.probability("work").value,
    }
    return {name: value if isinstance(value, int) else round(float(value), DIGITS) for name, value in found.items()}


#: What a grouping does not depend on; scenarios that differ in nothing else share theirs.
_NOTHING: dict[str, Any] = {
    name: Scenario().model_dump(by_alias=True)[name]
    for name in (
        *("instructors", "census", "cases", "committee", "discipline"),
        *("calendar", "targets", "uncertainty", "costs"),
    )
} | {"policy.counted_from": "formed", "title": None, "sources": {}}


@cache
def _grouping(register: Path, scenario: Scenario) -> Grouping:
    return group(read_register(register), scenario, effort="quick")


def change_lines() -> list[str] | None:
    """The changelog's lines under *Numbers changed*, newest first; None while this is the first version."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    sections = re.findall(r"^### Numbers changed\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    lines = [line for section in sections for line in section.splitlines() if line.startswith("- ")]
    return None if any(FIRST in line for line in lines) and len(lines) == 1 else lines


def main() -> None:
    """Write the file and say what changed."""
    before = json.loads(PINNED.read_text("utf-8")) if PINNED.exists() else {"changes": 0, "scenarios": {}}
    now = {path.stem: numbers(path) for path in SCENARIOS}
    changed = [
        f"{name}: {key} from {old[key]} to {now[name][key]}"
        for name, old in before["scenarios"].items()
        if name in now
        for key in old
        if old[key] != now[name].get(key)
    ]
    released = change_lines() is not None
    content = {"changes": before["changes"] + bool(changed and released), "scenarios": now}
    PINNED.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
    said = changed or ["No number changed."]
    if changed and released:
        said.append("Add a line under 'Numbers changed' in CHANGELOG.md: which number, from what to what, and why.")
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main()
