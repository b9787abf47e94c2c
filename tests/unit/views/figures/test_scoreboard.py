"""The scoreboard and the states draw the score's own numbers, in both languages, in the extremes too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.views.figures.test_figures import assert_nothing_is_cut_off, part, said, size
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.labels import in_language
from workbench.planning.score import STATES, score, standing
from workbench.simulation import simulate
from workbench.simulation.tracing import weekly_registers
from workbench.views import figures

DAY = date(2027, 8, 20)


@pytest.fixture(scope="module")
def campaign():
    city = make_city(120, 5, seed=2)
    plan = Scenario().replace({"committee.every_weeks": 1, "committee.agenda": None})
    grouping = group(city, plan, effort="quick")
    return city, plan, grouping, simulate(city, plan, grouping, replications=60)


@pytest.fixture(scope="module")
def held(campaign):
    city, plan, grouping, outcome = campaign
    week = weekly_registers(city, plan, grouping, days=[DAY], seed=4)[DAY]
    return score(standing(week, plan, grouping, DAY), outcome, outcome)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("draw", [figures.scoreboard, figures.states])
def test_drawn_in_both_languages(held, language, draw):
    with in_language(language):
        ax = draw(held)
        assert_nothing_is_cut_off(ax)
        assert [size(figures.png(ax, wide))[0] for wide in (1280, 480)] == [1280, 480]


def test_points_are_percentiles(held):
    ax = figures.scoreboard(held)
    for name, value in held.table["percentile"].dropna().items():
        assert part(ax, f"percentile/{name}").get_xdata().tolist() == [value]
    assert ax.get_position().height > 0.4


def test_who_is_behind_has_a_triangle(held):
    names = list(held.table.index)
    table = held.table.assign(percentile=[1.0, 96.0, 50.0, 40.0, float("nan")][: len(names)])
    ax = figures.scoreboard(replace(held, table=table))
    assert part(ax, "flagged").get_ydata().tolist() == [3]
    assert "clearly behind 1, clearly ahead 1" in said(ax)
    assert "of 4 units" in said(ax)


def test_bars_are_tasks(held):
    ax = figures.states(held)
    for name, row in held.table[held.table["tasks"] > 0].iterrows():
        left = 0
        for state in STATES:
            if row[state]:
                bar = part(ax, f"{state}/{name}")
                assert (bar.get_x(), bar.get_width()) == (left, row[state])
            left += row[state]
        if row["this_week"]:
            bar = part(ax, f"this_week/{name}")
            assert bar.get_x() + bar.get_width() == row["formed"]
            assert bar.get_width() == row["this_week"]
    assert f"{held.city['formed']:.0f} of {held.city['tasks']:.0f} tasks formed" in said(ax)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_to_draw_is_said(held, language):
    nobody = replace(held, table=held.table.assign(tasks=0, percentile=float("nan")))
    with in_language(language):
        for draw in (figures.scoreboard, figures.states):
            assert part(draw(nobody), "nothing").get_text()


def test_before_anything_happens_all_are_as_planned(campaign):
    city, plan, grouping, outcome = campaign
    calm = score(standing(city, plan, grouping, date(2027, 7, 16)), outcome, outcome)
    assert "clearly behind 0, clearly ahead 0" in said(figures.scoreboard(calm))
    assert f"0 of {calm.city['tasks']:.0f} tasks formed" in said(figures.states(calm))
