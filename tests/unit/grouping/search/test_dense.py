"""Dense maps: where lists are too long, a search dives for an answer and goes on in a tree of its own."""

from __future__ import annotations

import pytest

from benchmarks.maps import instance
from workbench.grouping import group
from workbench.grouping.models import Tree
from workbench.grouping.search import component
from workbench.grouping.search.component import ComponentSearch


@pytest.fixture
def calls(monkeypatch):
    """Trees that were asked for an answer or a proof, with the times that they had been solved before."""
    found = {"dive": [], "sharpen": []}
    for name, kept in found.items():
        asked = getattr(Tree, name)

        def spy(tree, solves, tell, asked=asked, kept=kept):
            kept.append((tree, tree.solves))
            return asked(tree, solves, tell)

        monkeypatch.setattr(Tree, name, spy)
    return found


def test_a_search_dives_and_goes_on_in_the_tree_that_a_step_before_it_left(calls, monkeypatch):
    register, scenario = instance("geocoded", 120, 0)
    # No list is short, none holds a first answer, and the first step hardly begins.
    monkeypatch.setattr(component, "LONG_LIST", -component.FIRST_LIST // 122)
    monkeypatch.setattr(ComponentSearch, "first_answer", lambda *_: None)
    for count in ("solves_of", "sharpening_of"):
        monkeypatch.setattr(component, count, lambda effort, items: 1 if effort.units == 1 else 10)
    group(register, scenario, effort=2)
    assert calls["dive"]
    (first, none), *later = calls["sharpen"]
    assert none == 0
    assert later
    assert all(tree is first and before > 0 for tree, before in later)
