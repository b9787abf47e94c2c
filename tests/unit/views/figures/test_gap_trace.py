"""The trace of a search, drawn: what is proven, what is only pale, and what a hand method has not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from workbench.grouping import Grouping, group
from workbench.inputs import Scenario, make_city
from workbench.labels import in_language
from workbench.views import figures


@pytest.fixture(scope="module")
def proven() -> Grouping:
    grouping = group(make_city(200, 6, seed=4), Scenario())
    assert grouping.gap == 0.0
    return grouping


@pytest.fixture(scope="module")
def open_ended(proven) -> Grouping:
    """A search that ended with a gap, and was whole from its second step on."""
    trace = pd.DataFrame(
        {
            "seconds": [0.1, 0.4, 1.0, 2.5],
            "covered": [90, 100, 100, 100],
            "covered_bound": [100, 100, 100, 100],
            "cost": [70.0, 84.0, 82.0, 81.0],
            "cost_bound": [0.0, 76.0, 78.0, 80.0],
        }
    )
    return replace(
        proven,
        covered=100,
        covered_bound=100,
        cost=81.0,
        cost_bound=80.0,
        status="effort_spent",
        trace=trace,
        seconds=3.0,
    )


def part(ax: Axes, gid: str):
    found = ax.get_figure().findobj(lambda artist: artist.get_gid() == gid)
    assert len(found) == 1, f"{gid}: {len(found)} found"
    return found[0]


def said(ax: Axes) -> str:
    return "\n".join(each.get_text() for each in ax.get_figure().findobj(Text) if each.get_visible())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("over", ["steps", "seconds"])
def test_drawn_in_both_languages_and_nothing_is_cut_off(language, over, proven, open_ended) -> None:
    """Warnings are errors here, and a missing glyph is one."""
    for grouping in (proven, open_ended):
        with in_language(language):
            ax = figures.gap_trace(grouping, over=over)
            png = figures.png(ax)
        assert int.from_bytes(png[16:20]) == pytest.approx(1100, abs=1)
        title = part(ax, "title").get_text()
        assert any("一" <= letter <= "鿿" for letter in title) == (language == "zh")
        for gid in ("title", "note/0", *(["note/1"] if grouping is open_ended else []), "end/cost", "end/bound"):
            box = part(ax, gid).get_window_extent()
            assert box.x0 >= -1, gid
            assert box.x1 <= ax.get_figure().bbox.x1 + 1, gid


def test_lines_hold_the_trace_and_end_at_the_answer(open_ended) -> None:
    ax = figures.gap_trace(open_ended, over="seconds")
    cost, bound = part(ax, "cost"), part(ax, "bound")
    # Held until the search ended, half a second after the last news.
    assert cost.get_xdata().tolist() == [0.4, 1.0, 2.5, 3.0]
    assert cost.get_ydata().tolist() == [84.0, 82.0, 81.0, 81.0]
    assert bound.get_ydata().tolist() == [76.0, 78.0, 80.0, 80.0]
    # A bound of nothing is no bound.
    assert np.isnan(part(ax, "bound/pale").get_ydata()[0])
    assert part(ax, "cost/pale").get_ydata().tolist() == [70.0, 84.0]
    assert part(ax, "cost/pale").get_alpha() < part(ax, "cost").get_alpha()


def test_steps_are_counted_and_do_not_know_the_clock(open_ended) -> None:
    slower = replace(open_ended, trace=open_ended.trace.assign(seconds=lambda t: t["seconds"] * 7), seconds=21.0)
    first, second = figures.gap_trace(open_ended), figures.gap_trace(slower)
    assert part(first, "cost").get_xdata().tolist() == [2.0, 3.0, 4.0, 5.0]
    assert figures.png(first) == figures.png(second)


def test_the_words_say_what_is_proven(proven, open_ended) -> None:
    with in_language("en"):
        words = said(figures.gap_trace(proven))
        assert f"Proven best: {proven.covered} covered at a cost of {proven.cost:.1f}" in words
        assert f"no grouping covers more than {proven.covered_bound}" in words
        words = said(figures.gap_trace(open_ended))
        assert "100 covered at a cost of 81.0, at most 1.2% above the best possible" in words
        # A gap that rounds to nothing is still a gap.
        assert "at most < 0.1% above" in said(figures.gap_trace(replace(open_ended, cost_bound=80.999)))
        words = said(figures.gap_trace(replace(open_ended, covered_bound=101)))
        assert "100 covered, at most 101 can be: coverage is not proven" in words


def test_a_hand_method_and_an_empty_city_have_nothing_to_show() -> None:
    register = make_city(60, 3, seed=4)
    with in_language("en"):
        ax = figures.gap_trace(group(register, Scenario(), method="nearest"))
        assert "nothing is proven" in part(ax, "nothing").get_text()
        full = group(register.assign(full_members=4), Scenario())
        assert full.covered == 0
        figures.png(figures.gap_trace(full))


def test_draws_into_axes_given_and_refuses_another_measure(open_ended) -> None:
    ax = Figure().add_subplot()
    assert figures.gap_trace(open_ended, ax) is ax
    with pytest.raises(ValueError, match="hours"):
        figures.gap_trace(open_ended, over="hours")
