"""Number and cost against the chance: a set is a dot, the front is what no other beats, the title says which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.labels import in_language
from workbench.views import figures


def part(ax, gid):
    return next(artist for artist in ax.get_children() if artist.get_gid() == gid)


@pytest.fixture(scope="module")
def found(small_plan):
    return small_plan.measures


def test_every_set_is_a_dot_and_the_front_a_line(found):
    ax = figures.measures_front(found)
    tried, front = part(ax, "tried"), part(ax, "front")
    assert len(tried.get_xdata()) == len(found.packages)
    assert tried.get_ydata().tolist() == found.packages["probability"].tolist()
    assert front.get_xdata().tolist() == found.front["number"].tolist()
    assert front.get_ydata().tolist() == found.front["probability"].tolist()
    assert part(ax, "confidence").get_ydata()[0] == found.confidence


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_title_says_what_was_found(found, language):
    with in_language(language):
        for least in (None, found.best, found.best._replace(number=0, measures=())):
            ax = figures.measures_front(replace(found, least=least))
            rings = [artist for artist in ax.get_children() if artist.get_gid() == "least"]
            assert len(rings) == (least is not None)
            title = next(words.get_text() for words in ax.figure.texts if words.get_gid() == "title")
            said = {"en": ("No set", "It takes", "The present plan"), "zh": ("所试组合", "至少采取", "现方案")}[
                language
            ]
            assert title.startswith(said[0 if least is None else 1 if least.number else 2])
