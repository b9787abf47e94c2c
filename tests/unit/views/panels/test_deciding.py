"""Measures and the census on the panels: ticks, packages, lists to take away."""

from __future__ import annotations

import base64
import io
import re
from html import unescape

import openpyxl
import pytest

from tests.unit.views.panels.words import of_files
from workbench.jobs.session import census
from workbench.labels import in_language, text
from workbench.numbers import change_words, percent
from workbench.views.panels.planner import Planner

pytestmark = pytest.mark.usefixtures("search_once")


@pytest.fixture
def panel(session):
    """Opens a panel and gives it."""
    frame = Planner(session)

    def opened(name: str):
        frame.open_panel(name)
        return frame.panels[name]

    return opened


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_measures_are_ticked_and_made_the_present_plan(panel, session) -> None:
    shown = panel("measures")
    assert shown._both.layout.display == "none"
    shown._find.click()
    assert shown._find.disabled
    session.jobs.settle()
    found = shown.state.found
    ticks = {tick.name: tick.box for tick in shown._ticks}
    assert set(ticks) == set(found.alone.index)
    assert shown._take.disabled
    ticks["saturdays"].value = True
    assert not shown._take.disabled  # each alone is known
    row = shown.state.packages[("saturdays",)]
    assert change_words(found.expected, row["expected"]) in shown._together.value
    ticks["half_more_instructors"].value = True
    session.jobs.settle()
    package = shown.state.in_order(["saturdays", "half_more_instructors"])
    promised = shown.state.packages[package]
    assert f"{percent(promised['probability'])}" in shown._together.value
    shown._take.click()
    session.jobs.settle()
    assert session.answer.expected["organization"] == promised["expected"]
    assert shown._both.layout.display == "none"
    shown._undo.click()
    session.jobs.settle()
    assert "Sat" not in session.rules.calendar.weekmask


def test_a_package_of_the_front_is_ticked_by_its_button(panel, session) -> None:
    shown = panel("measures")
    shown._find.click()
    session.jobs.settle()
    for line in shown._packages.children:
        button, words = line.children
        button.click()
        session.jobs.settle()
        assert shown.chosen == words.names
        row = shown.state.packages[words.names]
        # The same number beside the package as for what is ticked.
        with in_language("en"):
            told = text(
                "panel.package", measures=shown.state.found.names(words.names), chance=percent(row["probability"])
            )
        assert plain(words.value).strip() == told
    for language in ("zh", "en"):
        session.speak(language)
        assert of_files(shown.view) == []
    shown._none.click()
    assert shown.chosen == ()


def test_what_excludes_another_cannot_be_ticked_with_it(panel, session) -> None:
    shown = panel("measures")
    shown._find.click()
    session.jobs.settle()
    for tick in shown._ticks:
        shown.tick((tick.name,))
        shut = {each.name for each in shown._ticks if each.box.disabled}
        assert shut == shown.state.excluded([tick.name]) & {each.name for each in shown._ticks}
        session.jobs.settle()


@pytest.fixture
def quick(monkeypatch) -> None:
    monkeypatch.setattr(census, "OUTCOMES", 6)
    monkeypatch.setattr(census, "CAMPAIGNS", 10)


@pytest.mark.usefixtures("quick")
def test_the_census_is_left_open_and_the_visiting_list_taken_away(panel, session) -> None:
    reach = panel("reach")
    part = reach.census
    assert part.view.layout.display == "none"
    reach._open.value = True
    assert part.view.layout.display == ""
    with in_language("en"):
        assert part._note.value == text("panel.census_nothing")
    part._fields["chance"].value = "20"
    session.jobs.settle()
    assert session.rules.census.discovery.chance == 0.2
    part._find.click()
    session.jobs.settle()
    found, values = part.state.found, part.state.values
    with in_language("en"):
        assert plain(part._found.value).strip() == found.summary()
    assert part._ceilings.value[:4] == part._map.value[:4] == b"\x89PNG"
    data = re.search(r'base64,([^"]+)"', part._file.value)[1]
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(data)))
    written = {cell for row in book.active.iter_rows(values_only=True) for cell in row}
    wanted = set(values.index[values["value"] > 0])
    assert wanted
    assert written & set(values.index) == wanted
    for language in ("zh", "en"):
        session.speak(language)
        assert of_files(reach.view) == []
    session.share_out("equal")
    assert part._file.value == ""
    assert part._map.layout.display == "none"


@pytest.mark.parametrize("written", ["120", "-1", "many", ""])
def test_a_chance_that_is_none_is_said_and_the_field_goes_back(panel, session, written) -> None:
    part = panel("reach").census
    part._fields["fewer"].value = written or " "
    assert session.message.level == "fault"
    assert part._fields["fewer"].value == "0"
    assert session.rules.census.discovery is None
