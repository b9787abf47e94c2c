"""Names and titles are shown as they are, in every figure: never as mathematics, never as a box, never too long."""

from __future__ import annotations

import warnings

import pytest
from matplotlib.text import Text

from tests.unit.views.figures.test_figures import PAINTERS, paint, results_of
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.labels import in_language
from workbench.planning import compare, frontier
from workbench.simulation import simulate
from workbench.simulation.tracing import trace
from workbench.views import figures
from workbench.views.drawing import drawable, short

#: Mathematics that matplotlib would fail on or eat, markup, private use, emoji, and far too much.
NASTY = (
    r"$x_{街^2}\frac$",
    r"50$ \alpha^_ $ {}",
    "_隐藏的名字",
    "<b>&amp;街</b>",
    "铃①街",
    "\ue000私用\U000f1234",
    "笑😀街🏳️‍🌈道",
    "长" * 10_000,
    "$",
)


@pytest.fixture(scope="module")
def nasty() -> dict:
    register = make_city(150, len(NASTY), seed=4)
    streets = dict(zip(sorted(register["street"].unique()), NASTY, strict=False))
    register["street"] = register["street"].map(streets)
    register["responsible"] = register["street"]
    register["name"] = [NASTY[turn % len(NASTY)] for turn in range(len(register))]
    scenario = Scenario.model_validate(
        {"name": "$a_b^c$", "title": {"zh": NASTY[0] + "😀", "en": NASTY[1]}, "instructors": {"total": 12}}
    )
    return results_of(register, scenario, group(register, scenario, method="nearest"))


def shows(ax) -> str:
    """Draw, with every missing glyph an error, and give what is written; nothing of it is mathematics."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert figures.png(ax)[:4] == b"\x89PNG"
    texts = ax.get_figure(root=True).findobj(Text)
    assert not any(each.get_parse_math() for each in texts if "$" in each.get_text())
    return "\n".join(each.get_text() for each in texts if each.get_visible())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAINTERS)
def test_every_figure_shows_names_as_they_are(name, language, nasty):
    with in_language(language):
        shows(paint(name, nasty))


def test_the_names_themselves_are_there(nasty):
    said = shows(paint("streets", nasty))
    assert r"$x_{街^2}\frac$" in said
    assert "<b>&amp;街</b>" in said
    assert "[U+E" in said


def test_scenarios_named_so_are_compared_and_explained(nasty):
    register, scenario, grouping = nasty["register"], nasty["scenario"], nasty["grouping"]
    more = scenario.replace("instructors.total", 30)
    outcomes = {
        NASTY[place]: simulate(register, each, grouping, replications=30)
        for place, each in ((0, scenario), (6, more), (7, more))
    }
    comparison = compare(outcomes)
    for kind in ("scenario", "responsible", "day"):
        shows(figures.differences(comparison, by=kind))
    shows(figures.frontier(frontier({NASTY[0]: nasty["allocation"], NASTY[4]: nasty["allocation"]})))
    shows(figures.gantt(trace(register, scenario, grouping), responsible=NASTY[0]))


def test_what_no_font_has_is_told_by_its_number():
    assert drawable("\ue000私\x07用") == "[U+E000]私[U+0007]用"
    assert drawable("\ud800") == "[U+D800]"
    assert len(short("长" * 10_000)) < 25
    assert short("a\nb") == "a b"
