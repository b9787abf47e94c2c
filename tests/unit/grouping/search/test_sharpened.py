"""What pieces of a map have sharpened: how long they may, and lists at their prices."""

from __future__ import annotations

import pytest

from benchmarks.maps import instance
from workbench.grouping import group
from workbench.grouping.models import Tree, slacks_of
from workbench.grouping.search import component, short_lists
from workbench.grouping.search.component import ComponentSearch
from workbench.grouping.search.effort import Effort
from workbench.grouping.search.trees import sharpening_of, solves_of


@pytest.fixture
def chosen_from(monkeypatch):
    """Cores that were chosen from, whether by all of their groups, and disjunctions among the prices."""
    found = []
    for name in ("choose_all", "choose_near"):
        asked = getattr(ComponentSearch, name)

        def spy(search, core, proof, at_least, *most, asked=asked, name=name):
            found.append((name, core, len(proof.duals.disjunctions)))
            return asked(search, core, proof, at_least, *most)

        monkeypatch.setattr(ComponentSearch, name, spy)
    return found


def test_large_maps_have_time_for_all_of_their_pieces_and_small_ones_no_less_than_for_a_tree():
    normal, high = Effort.of("normal"), Effort.of("high")
    for items in (50, 100, 999, 1000):
        assert sharpening_of(normal, items) == solves_of(normal, items)
    assert sharpening_of(normal, 10_000) == 10 * normal.solves
    assert all(sharpening_of(normal, items) < sharpening_of(high, items) for items in (100, 10_000))


def test_lists_are_of_half_the_slack_and_half_again_until_they_are_short_enough(solved):
    core, _, proof = solved
    cost = 1.002 * proof.bound
    slack = short_lists.within_gap(core, proof, cost, 10**6).slack
    assert 0 < slack.max() <= short_lists.gap_of(proof, cost)
    for most in (len(slack), len(slack) // 2, len(slack) // 3):
        within = short_lists.gap_of(proof, cost) / 2
        while (slack <= within).sum() > most:
            within /= 2
        found = short_lists.of_least_slack(core, proof, cost, most)
        assert len(found) == (slack <= within).sum() > 0
        assert slacks_of(core, found, proof.duals).max() <= within + 1e-9


def test_where_no_list_is_short_enough_the_relaxation_has_one(solved):
    core, _, proof = solved
    found = short_lists.of_least_slack(core, proof, 1.002 * proof.bound, 0)
    assert len(found) == len(short_lists.short_of(core, proof)) > 0


def test_after_pieces_an_answer_is_chosen_from_lists_at_their_prices(chosen_from, monkeypatch):
    # No list is short: a tree it is.
    monkeypatch.setattr(component, "LONG_LIST", -component.FIRST_LIST // 122)
    group(*instance("geocoded", 120, 0), effort=2)
    (first, whole, none), (again, few, some), (near, same, _), *_ = chosen_from
    assert (first, again, near) == ("choose_all", "choose_all", "choose_near")
    assert none == 0 < some
    assert few is same
    assert len(few.item) < len(whole.item)


def test_a_map_is_proven_by_the_list_that_pieces_made_short(chosen_from, monkeypatch):
    monkeypatch.setattr(component, "SPARSE_LIST", 2000)
    grouping = group(*instance("uniform", 450, 1))
    assert grouping.status == "optimal"
    assert [(name, cuts > 0) for name, _, cuts in chosen_from] == [("choose_all", False), ("choose_all", True)]


def test_where_there_are_no_pieces_a_long_list_is_chosen_from_all_the_same(chosen_from, monkeypatch):
    monkeypatch.setattr(component, "SPARSE_LIST", 2000)
    monkeypatch.setattr(Tree, "sharpen", lambda *_: None)
    assert group(*instance("uniform", 450, 1), effort=8).status == "optimal"
    assert [(name, cuts) for name, _, cuts in chosen_from] == [("choose_all", 0), ("choose_all", 0)]


def test_with_more_than_normal_effort_a_tree_has_its_own_count_whatever_pieces_took(monkeypatch):
    monkeypatch.setattr(ComponentSearch, "choose_all", lambda *_: False)
    for name in ("choose_near", "settle_places", "walk"):
        monkeypatch.setattr(ComponentSearch, name, lambda *_, **__: None)
    allowed = []
    searched = Tree.search

    def spy(tree, solves, tell):
        allowed.append((solves, tree.solves))
        return searched(tree, min(solves, tree.solves + 2), tell)

    monkeypatch.setattr(Tree, "search", spy)
    group(*instance("geocoded", 200, 0), effort=16)
    for units, (solves, taken) in zip((1, 8, 16), allowed[:3], strict=True):
        own = solves_of(Effort.of(units), 200)
        assert solves == (own + taken if units > 8 else own)
        assert taken > 0
