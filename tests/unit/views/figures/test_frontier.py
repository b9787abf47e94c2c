"""The frontier's figure shows the curves, in both languages, and cuts nothing off."""

from __future__ import annotations

import pytest

from tests.unit.views.figures.test_figures import assert_nothing_is_cut_off, part, said, size
from workbench.labels import in_language
from workbench.planning import allocate, frontier
from workbench.views import figures


@pytest.fixture(scope="module")
def allocations(hamlet, plan, joined):
    rules = plan.replace({"targets.organization": 0.36, "costs.instructor_month": 300})
    changes = {"现方案": {}, "a plan without any agenda": {"committee.agenda": None}}
    return {
        name: allocate(hamlet, rules.replace(change) if change else rules, joined, total=30, replications=40, seed=2)
        for name, change in changes.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("against", ["instructors", "cost"])
def test_drawn_in_both_languages(allocations, against, language):
    with in_language(language):
        ax = figures.frontier(frontier(allocations, against=against, confidence=0.5))
        figures.png(ax)
        assert_nothing_is_cut_off(ax)
        assert [size(figures.png(ax, wide))[0] for wide in (1280, 480)] == [1280, 480]


@pytest.mark.parametrize("against", ["instructors", "cost"])
def test_lines_are_the_curves(allocations, against):
    found = frontier(allocations, against=against, confidence=0.5)
    ax = figures.frontier(found)
    for name in allocations:
        rows = found.table.loc[name]
        line = part(ax, f"line/{name}")
        assert list(line.get_ydata()) == rows["probability"].tolist()
        assert list(line.get_xdata()) == (rows["cost"].tolist() if against == "cost" else rows.index.tolist())
        needed = found.needed.loc[name]
        at = needed["cost" if against == "cost" else "total"]
        assert part(ax, f"needed/{name}").get_xdata()[0] == at
        fresh = part(ax, f"fresh/{name}")
        assert fresh.get_ydata()[0] == allocations[name].probability.value
    assert part(ax, "confidence").get_ydata()[0] == 0.5
    assert "takes least with" in part(ax, "title").get_text()
    assert ("yuan" if against == "cost" else "instructors in all") in said(ax)


def test_out_of_reach(allocations):
    found = frontier(allocations, confidence=1.0)
    found.needed["total"] = float("nan")
    ax = figures.frontier(found)
    assert "No scenario gives 100% confidence" in part(ax, "title").get_text()
    assert not ax.get_figure().findobj(lambda artist: str(artist.get_gid()).startswith("needed/"))
