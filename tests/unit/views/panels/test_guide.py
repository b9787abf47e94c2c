"""First steps, and what the terms mean."""

from __future__ import annotations

from html import escape

import pytest

from tools.docs_reference import reference
from workbench.jobs.session import VisitStore
from workbench.labels import glossary, in_language, table, text
from workbench.views.panels import PANELS, planner
from workbench.views.panels.guide import STEPS
from workbench.views.panels.planner import Planner


@pytest.fixture
def frame(session) -> Planner:
    return Planner(session)


def test_five_steps_open_their_panels_and_end(frame) -> None:
    assert len(STEPS) == 5
    frame.begin_tour()
    seen = []
    while frame.tour.at is not None:
        seen.append(frame._nav.value)
        with in_language("en"):
            assert escape(text(f"tour.{seen[-1]}.title")) in frame.tour._words.value
        frame.tour._next.click()
    assert tuple(seen) == STEPS
    assert frame.tour.view.layout.display == "none"


def test_it_goes_back_and_can_be_left_anywhere_and_begun_again(frame, session) -> None:
    frame._again.click()
    frame.tour._next.click()
    frame.tour._back.click()
    assert frame._nav.value == STEPS[0]
    assert frame.tour._back.disabled
    frame.tour._next.click()
    session.speak("zh")
    with in_language("zh"):
        assert text(f"tour.{STEPS[1]}.title") in frame.tour._words.value
    frame.tour._leave.click()
    assert frame.tour.view.layout.display == "none"
    assert frame._nav.value == STEPS[1]


def test_panels_that_a_page_lacks_are_passed_over(session) -> None:
    frame = Planner(session, ["instructors", "files"])
    frame.begin_tour()
    assert frame._nav.value == "instructors"
    frame.tour._next.click()
    assert frame._nav.value == "files"
    frame.tour._next.click()
    assert frame.tour.at is None


def test_only_who_is_here_for_the_first_time_is_guided(hamlet, small_rules, tmp_path) -> None:
    def open_page(**how):
        return planner(small_rules, hamlet, replications=40, language="en", **how).planner

    store = VisitStore(tmp_path, lambda: "somebody")
    first = open_page(store=store)
    assert first.tour.at == 0
    first.store.now()
    assert open_page(store=store).tour.at is None
    assert open_page().tour.at is None  # a notebook's cell guides nobody


def test_terms_are_shown_and_put_away_in_both_languages(frame, session) -> None:
    assert not frame.terms.shown
    frame._help.click()
    assert frame.terms.shown
    for language in ("zh", "en"):
        session.speak(language)
        with in_language(language):
            for term, meaning in glossary():
                assert escape(term) in frame.terms._words.value
                assert escape(meaning) in frame.terms._words.value
    frame.terms._close.click()
    assert not frame.terms.shown


def test_the_documentation_shows_the_same_terms() -> None:
    pages = reference()
    for language, page in (("en", "reference/glossary.md"), ("zh", "zh/glossary.md")):
        with in_language(language):
            for term, meaning in glossary():
                assert f"**{term}**" in pages[page]
                assert meaning in pages[page]


@pytest.mark.parametrize("term", ["上限", "概率区间", "综合折算距离", "达标概率", "预计覆盖率", "名存实亡", "责任单位"])
def test_what_planners_asked_about_is_explained(term) -> None:
    with in_language("zh"):
        assert term in dict(glossary())


def test_every_step_has_a_panel_and_words() -> None:
    assert set(STEPS) <= set(PANELS)
    assert {key.split(".")[1] for key in table() if key.startswith("tour.") and key.count(".") == 2} == set(STEPS)
