"""The numbers that the two READMEs state come from the code as it is."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import workbench as wb
from workbench.labels import Language, in_language
from workbench.planning import Gap
from workbench.views import figures

ROOT = Path(__file__).parents[2]


def planned(name: str) -> tuple:
    scenario = wb.read_scenario(ROOT / f"scenarios/{name}.yaml")
    register = wb.read_register(scenario.register_file)
    return register, scenario, wb.group(register, scenario)


def readme(language: Language) -> str:
    name = "README.zh-CN.md" if language == "zh" else "README.md"
    return (ROOT / name).read_text(encoding="utf-8").replace("\n> ", " ").replace("\n", " ")


@pytest.fixture(scope="module")
def baseline() -> tuple:
    register, scenario, grouping = planned("baseline")
    outcome = wb.simulate(register, scenario, grouping, replications=1000, seed=0)
    return register, scenario, grouping, outcome


@pytest.fixture(scope="module")
def gap(baseline) -> Gap:
    return wb.explain_gap(*baseline[:3], replications=1000, seed=0, outcome=baseline[3])


@pytest.fixture(scope="module")
def answers(baseline, gap) -> dict[Language, set[str]]:
    register, scenario, grouping, outcome = baseline
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_in_the_readmes_is_the_one_that_a_plan_draws(gap, language):
    """Drawn anew by `python -m tests.browser.pictures`, the app with it."""
    name = "answer.zh.png" if language == "zh" else "answer.png"
    shown = np.asarray(Image.open(ROOT / "docs/figures" / name).convert("RGB"), dtype=int)
    with in_language(language):
        drawn = np.asarray(Image.open(io.BytesIO(figures.png(figures.waterfall(gap)))).convert("RGB"), dtype=int)
    assert shown.shape == drawn.shape
    # Another build of the letters' outlines may shade an edge a little otherwise.
    assert (abs(shown - drawn).max(axis=2) > 32).mean() < 0.001
