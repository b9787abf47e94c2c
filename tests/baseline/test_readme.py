"""The numbers that the two READMEs state come from the code as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from workbench.labels import Language, in_language

ROOT = Path(__file__).parents[2]


def planned(name: str) -> tuple:
    scenario = wb.read_scenario(ROOT / f"scenarios/{name}.yaml")
    register = wb.read_register(scenario.register_file)
    return register, scenario, wb.group(register, scenario)


def readme(language: Language) -> str:
    name = "README.zh-CN.md" if language == "zh" else "README.md"
    return (ROOT / name).read_text(encoding="utf-8").replace("\n> ", " ").replace("\n", " ")


@pytest.fixture(scope="module")
def answers() -> dict[Language, set[str]]:
    register, scenario, grouping = planned("baseline")
    outcome = wb.simulate(register, scenario, grouping, replications=1000, seed=0)
    gap = wb.explain_gap(register, scenario, grouping, replications=1000, seed=0, outcome=outcome)
    freely = scenario.replace({"committee.every_weeks": 1, "committee.agenda": None})
    weekly = wb.simulate(register, freely, grouping, replications=1000, seed=0)
    obstacles = {
        f"{gap.table.loc[obstacle, number] * 100:.1f}"
        for obstacle in ("approval", "election")
        for number in ("points", "alone", "last")
    }
    other_cities = {f"{wb.ceiling(*planned(name)).value:.1%}" for name in ("members_middle", "members_on_roll")}
    stated: dict[Language, set[str]] = {}
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        with in_language(language):
            stated[language] = {
                f"{outcome.ceiling:.1%}",
                f"{outcome.expected():.1%}",
                str(outcome.probability()),
                f"{weekly.expected():.1%}",
                *obstacles,
                *other_cities,
            }
    return stated


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answer_in_the_readmes_is_the_answer(answers, language):
    text = readme(language)
    assert not [number for number in answers[language] if number not in text]
