"""A planner at the page: moves, looks, switches the language; and what is shown is what the package computes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import workbench as wb
from tests.browser.conftest import PLAN
from tests.browser.visitor import ROOT, Planner, Visitor, pixels
from workbench.labels import in_language
from workbench.planning import Desk
from workbench.views.figures.words import percent
from workbench.views.panels.answer import Answer
from workbench.views.panels.live_fan import BESIDE, Ground, LiveFan


@pytest.fixture(scope="module")
def planner(come: Callable[..., Visitor], city_app: str) -> Planner:
    """The page, open in Chinese."""
    return Planner(come(), city_app)


@pytest.fixture(scope="module")
def plan() -> tuple:
    """Register, scenario and grouping, as the package reads and finds them."""
    scenario = wb.read_scenario(ROOT / PLAN)
    register = wb.read_register(scenario.register_file)
    return register, scenario, wb.group(register, scenario)


def instructors(planner: Planner) -> dict[str, int]:
    """By street, as the sliders' numbers say."""
    rows = planner.page.locator(".wb-row:visible .widget-hslider")
    streets = rows.locator(".widget-label").all_inner_texts()
    numbers = rows.locator(".widget-readout").all_inner_texts()
    return {street: int(number) for street, number in zip(streets, numbers, strict=True)}


def shown(outcome: wb.Outcome) -> tuple[str, str]:
    """What the page must say of an outcome."""
    chance = outcome.probability("organization")
    work = outcome.work_coverage.isel(day=-1).mean().item()
    return (
        f"{percent(chance.value)} [{percent(chance.low)}, {percent(chance.high)}]",
        f"{percent(outcome.expected())} 工作 {percent(work)}",
    )


def test_a_slider_moves_probability_and_figure_to_what_the_package_gives(planner: Planner, plan: tuple) -> None:
    register, scenario, grouping = plan
    planner.turn_to(1, ".wb-row .widget-readout")
    before, numbers, drawn = planner.chance, instructors(planner), planner.picture()
    assert (before, planner.expected) == shown(wb.simulate(register, scenario, grouping))
    # The street that has most: taking three away must be felt.
    street = max(numbers, key=lambda name: numbers[name])
    handle = planner.page.locator(".wb-row:visible", has_text=street).locator(".noUi-handle")
    handle.focus()
    for _ in range(3):
        planner.page.keyboard.press("ArrowLeft")
    planner.settle()
    moved = instructors(planner)
    assert moved[street] == numbers[street] - 3
    assert planner.chance != before
    now = wb.simulate(register, scenario.replace("instructors.by_street", moved), grouping)
    assert (planner.chance, planner.expected) == shown(now)
    desk = Desk(register, scenario, grouping)
    baseline = Answer.of(desk)
    desk.set(moved)
    answer = Answer.of(desk)
    with in_language("zh"):
        ceiling = wb.ceiling(register, scenario, grouping).value
        fan = LiveFan(Ground(desk.responses.setup.calendar, answer.dates, scenario.targets, ceiling), BESIDE)
        expected = pixels(fan.draw(answer, baseline))
    found = planner.picture()
    assert not np.array_equal(found, drawn)
    assert np.array_equal(found, expected)
