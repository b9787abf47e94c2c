"""The map for the census teams shows every organization that counts, in both languages, and cuts nothing off."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.unit.views.figures.test_figures import assert_nothing_is_cut_off, part, size
from workbench.labels import in_language
from workbench.views import figures


@pytest.fixture(scope="module")
def values(hamlet, plan, joined):
    return wb.census_value(hamlet, plan, joined)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_drawn_in_both_languages(values, hamlet, language):
    with in_language(language):
        ax = figures.census_value(values, hamlet)
        assert_nothing_is_cut_off(ax)
        assert [size(figures.png(ax, wide))[0] for wide in (1280, 480)] == [1280, 480]


def test_marks_are_the_values(values, hamlet):
    ax = figures.census_value(values, hamlet)
    drawn = [len(part(ax, f"value/{least}").get_xdata()) for least in (1, 2, 3)]
    assert drawn == [(values["value"] == 1).sum(), (values["value"] == 2).sum(), (values["value"] >= 3).sum()]
    assert sum(drawn) > 0


def test_without_places_it_says_so(values, hamlet):
    nowhere = wb.check_register(hamlet.drop(columns=["x", "y"]))
    assert part(figures.census_value(values, nowhere), "nothing").get_text()
