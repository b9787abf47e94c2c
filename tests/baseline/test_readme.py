"""The numbers that the two READMEs state come from the code as it is."""

from __future__ import annotations

from pathlib import Path

import workbench as wb

ROOT = Path(__file__).parents[2]


def test_the_answer_in_the_readmes_is_the_answer():
    scenario = wb.read_scenario(ROOT / "scenarios/baseline.yaml")
    register = wb.read_register(scenario.register_file)
    grouping = wb.group(register, scenario)
    outcome = wb.simulate(register, scenario, grouping, replications=1000, seed=0)
    gap = wb.explain_gap(register, scenario, grouping, replications=1000, seed=0, outcome=outcome)
    freely = scenario.replace({"committee.every_weeks": 1, "committee.agenda": None})
    both = wb.simulate(register, freely, grouping, replications=1000, seed=0)
    stated = {
        f"{outcome.ceiling:.1%}",
        f"{outcome.expected():.1%}",
        str(outcome.probability()),
        f"{gap.table['points'].loc['approval'] * 100:.1f}",
        f"{gap.table['points'].loc['election'] * 100:.1f}",
        f"{both.expected():.1%}",
    }
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("\n> ", " ")
        assert not [number for number in stated if number not in text], name
