"""The differences' figure shows the comparison's numbers, in both languages, and cuts nothing off."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.unit.views.figures.test_figures import assert_nothing_is_cut_off, part, said, size
from workbench.labels import in_language
from workbench.numbers import short_date
from workbench.planning import compare
from workbench.simulation import simulate
from workbench.views import figures
from workbench.views.drawing import words


@pytest.fixture(scope="module")
def found(hamlet, plan, joined):
    changes = {
        "基准": {},
        "fewer meetings": {"committee.every_weeks": 2},
        "the very same": {"instructors.total": 9},
        "more instructors, and a name that is much too long for its row": {"instructors.total": 14},
    }
    runs = {
        name: simulate(hamlet, plan.replace(change) if change else plan, joined, replications=40, seed=3)
        for name, change in changes.items()
    }
    return compare(runs)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("by", ["scenario", "responsible", "day"])
def test_drawn_in_both_languages(found, by, language):
    with in_language(language):
        ax = figures.differences(found, by=by)
        figures.png(ax)
        assert_nothing_is_cut_off(ax)
        assert [size(figures.png(ax, wide))[0] for wide in (1280, 480)] == [1280, 480]


def test_scenarios_show_gains_and_intervals(found):
    ax = figures.differences(found)
    for row, name in enumerate(found.table.index[1:]):
        values = found.table.loc[name]
        point = part(ax, f"gain/{name}")
        assert (point.get_xdata()[0], point.get_ydata()[0]) == (values["gain"], row)
        assert part(ax, f"interval/{name}").get_xdata().tolist() == [values["gain_low"], values["gain_high"]]
    assert part(ax, "gain/fewer meetings").get_marker() == "v"
    assert part(ax, "gain/the very same").get_marker() == "o"
    assert f"{found.table['expected'].loc['fewer meetings']:.1%}" in said(ax)
    left, right = ax.get_xlim()
    assert left < found.table["gain_low"].min()
    assert right > max(found.table["gain_high"].max(), 0.0)


def test_responsible_units_show_one_scenario_largest_first(found):
    ax = figures.differences(found, by="responsible", scenario="fewer meetings")
    table = found.by_responsible.loc["fewer meetings"].sort_values("gain", ascending=False, kind="stable")
    assert [label.get_text() for label in ax.get_yticklabels()] == [words.short(str(s)) for s in table.index]
    for row, (responsible, gain) in enumerate(table["gain"].items()):
        assert (part(ax, f"gain/{responsible}").get_xdata()[0], part(ax, f"gain/{responsible}").get_ydata()[0]) == (
            gain,
            row,
        )
    assert f"{table['coverage'].iloc[0]:.1%}" in said(ax)


def test_days_show_every_scenario(found):
    ax = figures.differences(found, by="day")
    for name in found.table.index[1:]:
        line = part(ax, f"line/{name}")
        assert list(line.get_ydata()) == found.by_day.loc[name]["gain"].tolist()
    first = min(day for name in found.table.index[1:] if (day := found.parts_from(name)) is not None)
    assert short_date(first.date()) in part(ax, "title").get_text()


def test_without_any_difference(hamlet, plan, joined):
    run = simulate(hamlet, plan, joined, replications=10)
    same = compare({"a": run, "b": run})
    for by in ("scenario", "responsible", "day"):
        assert figures.png(figures.differences(same, by=by))
    assert "no day" in part(figures.differences(same, by="day"), "title").get_text().lower()


def test_responsible_units_without_intervals_keep_their_gains(hamlet, plan, joined):
    runs = {
        name: simulate(hamlet, each, joined, replications=10, keep="city")
        for name, each in {"plan": plan, "fewer": plan.replace("committee.every_weeks", 2)}.items()
    }
    found = compare(runs)
    ax = figures.differences(found, by="responsible")
    assert not ax.get_figure().findobj(lambda artist: str(artist.get_gid()).startswith("interval/"))
    assert (
        pd.Series([found.by_responsible["gain"].max()]).item()
        == part(ax, f"gain/{found.by_responsible['gain'].idxmax()[1]}").get_xdata()[0]
    )


def test_what_is_refused(found):
    with pytest.raises(ValueError, match="by = 'week': must be one of scenario, responsible, day"):
        figures.differences(found, by="week")
    with pytest.raises(ValueError, match="scenario = 'none': must be one of"):
        figures.differences(found, by="responsible", scenario="none")
