"""The panels around the plan: ledgers brought in, the census left open, measures taken; by hand, in both languages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.browser.conftest import REPLICATIONS
from tests.browser.visitor import ROOT, Planner, Visitor
from workbench.labels import Language, glossary, in_language, text
from workbench.numbers import odds

LEDGERS = ROOT / "data" / "demo_ledgers"
WEEKS = ROOT / "data" / "campaign" / "registers"
TOTALS = "单位名称,镇街,党员总数,是否建立党组织\n甲协会,东街,3,是\n乙商会,东街,2,否\n丙学会,西街,0,否\n"


@pytest.fixture(scope="module")
def planner(come: Callable[..., Visitor], hamlet_app: str) -> Planner:
    """The hamlet's page, in English; each test begins where the one before it ended."""
    return Planner(come(), hamlet_app)


def said(key: str, language: Language = "en", **values: object) -> str:
    with in_language(language):
        return text(key, **values)


def press(planner: Planner, label: str) -> None:
    """Press a button of the open panel by its words, and wait until what it began is done."""
    words = said(label)
    planner.page.locator(".wb-panel button").get_by_text(words, exact=True).locator("visible=true").click()
    planner.settle()


def look(planner: Planner, name: str) -> None:
    """The panel in both languages is whole, named and without serious findings; pictures are kept."""
    for language in ("zh", "en"):
        planner.speak(language)
        planner.visitor.photograph(f"{name}_{language}")
        planner.visitor.photograph(f"{name}_{language}_whole", whole=True)
        assert planner.cut_off() == [], f"{name}, {language}"
        assert planner.nameless() == [], f"{name}, {language}"
        assert planner.serious() == [], f"{name}, {language}"


def upload(planner: Planner, *paths: Path, button: int = 0) -> None:
    """Hand files in by an upload button of the open panel, and wait until they are read."""
    with planner.page.expect_file_chooser() as asked:
        planner.page.locator(".wb-panel button.widget-upload").locator("visible=true").nth(button).click()
    sent = planner.page.evaluate("window.wire.sent")
    asked.value.set_files(list(paths))
    planner.page.wait_for_function("sent => window.wire.sent > sent", arg=sent)
    planner.settle()


def test_a_first_visitor_is_guided_and_may_leave(come: Callable[..., Visitor], hamlet_app: str) -> None:
    planner = Planner(come(), hamlet_app, guided=True)
    planner.tour.wait_for()
    assert said("tour.reach.title") in planner.tour.inner_text()
    look(planner, "11_tour")
    planner.tour.locator("button").nth(1).click()
    planner.page.wait_for_function(
        "words => document.querySelector('.wb-tour').innerText.includes(words)", arg=said("tour.ledger.title")
    )
    planner.settle()
    assert planner.page.locator(".wb-panel-ledger").is_visible()
    planner.tour.locator("button").nth(2).click()
    planner.tour.wait_for(state="hidden")
    planner.settle()
    planner.page.locator(".wb-head button").get_by_text(said("tour.help"), exact=True).click()
    terms = planner.page.locator(".wb-terms")
    terms.wait_for()
    with in_language("en"):
        for term, _ in glossary():
            assert term in terms.inner_text()
    look(planner, "11_terms")
    terms.locator("button").click()
    terms.wait_for(state="hidden")


def test_in_the_dark_all_is_readable(come: Callable[..., Visitor], hamlet_app: str) -> None:
    visitor = come()
    visitor.page.emulate_media(color_scheme="dark")
    planner = Planner(visitor, hamlet_app)
    colours = """() => ['.wb', '.wb-card b', '#rendered_cells'].map(where => {
        const style = getComputedStyle(document.querySelector(where));
        return where === '.wb-card b' ? style.color : style.backgroundColor;
    }).map(colour => colour.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0))"""
    page, words, around = planner.page.evaluate(colours)
    assert page < 150
    assert around < 150
    assert words > 500
    for name in ("reach", "instructors", "calendar", "branches", "review"):
        planner.turn_to(name)
        visitor.photograph(f"12_dark_{name}")
        assert planner.serious() == []
    visitor.page.emulate_media(media="print", color_scheme="light")
    visitor.photograph("12_print")
    assert not planner.page.locator(".wb-nav").is_visible()
    assert planner.page.locator(".wb-strip").is_visible()
    visitor.page.emulate_media(media="screen")


def test_a_click_on_the_map_tells_of_who_stands_there(planner: Planner) -> None:
    planner.turn_to("branches")
    why = planner.page.locator(".wb-panel-branches .wb-explain").first
    before = why.inner_text()
    picture = planner.page.locator(".wb-panel-branches .wb-clicked")
    chosen = set()
    for across in range(15, 90, 5):
        for down in range(25, 85, 10):
            box = picture.bounding_box()
            picture.click(position={"x": across / 100 * box["width"], "y": down / 100 * box["height"]})
            planner.settle()
            if why.inner_text() != before:
                chosen.add(why.inner_text())
        if len(chosen) > 1:
            break
    assert len(chosen) > 1
    look(planner, "13_map_clicked")


def test_ledgers_are_settled_and_planned_with(planner: Planner, tmp_path: Path) -> None:
    planner.turn_to("ledger")
    path = tmp_path / "镇街台账.csv"
    path.write_text(TOTALS, encoding="utf-8")
    upload(planner, path)
    panel = planner.page.locator(".wb-panel-ledger")
    assert said("fault.members_ambiguous.rule", header="党员总数") in panel.inner_text()
    look(planner, "14_ledger")
    panel.locator("select").locator("visible=true").nth(1).select_option("full members")
    press(planner, "panel.do_settle")
    press(planner, "panel.do_ledger_files")
    with planner.page.expect_download() as told:
        panel.locator("a.wb-download", has_text=".xlsx").click()
    told.value.save_as(tmp_path / "marked.xlsx")
    assert len(openpyxl.load_workbook(tmp_path / "marked.xlsx").sheetnames) == 2
    press(planner, "panel.do_go_on")
    assert "镇街台账.csv" in planner.page.locator(".wb-sub").inner_text()


def test_several_ledgers_become_one_register(planner: Planner, tmp_path: Path) -> None:
    files = sorted(path for path in LEDGERS.iterdir() if path.suffix in (".xlsx", ".csv"))
    planner.turn_to("ledger")
    upload(planner, *files)
    panel = planner.page.locator(".wb-panel-ledger")
    for path in files:
        assert panel.locator("select option", has_text=path.name).count() == 1
    look(planner, "15_ledgers")
    press(planner, "panel.do_ledger_files")
    with planner.page.expect_download() as told:
        panel.locator("a.wb-download").click()
    content = Path(told.value.path()).read_bytes()
    assert "register.csv" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    planner.turn_to("files")
    press(planner, "panel.do_start_over")


def test_the_census_is_left_open_and_gives_a_visiting_list(planner: Planner, tmp_path: Path) -> None:
    planner.turn_to("reach")
    planner.page.get_by_text(said("panel.census_open"), exact=True).click()
    chance = planner.page.locator(".wb-panel-reach input[type=text]").locator("visible=true").first
    chance.fill("20")
    chance.press("Enter")
    planner.settle()
    press(planner, "panel.do_census")
    panel = planner.page.locator(".wb-panel-reach")
    with planner.page.expect_download() as told:
        panel.locator("a.wb-download").click()
    told.value.save_as(tmp_path / "visits.xlsx")
    assert openpyxl.load_workbook(tmp_path / "visits.xlsx").active.max_row > 1
    assert panel.locator("img").locator("visible=true").count() == 3
    look(planner, "16_census")


def test_measures_are_ticked_and_become_the_present_plan(planner: Planner) -> None:
    planner.turn_to("measures")
    press(planner, "panel.do_measures")
    panel = planner.page.locator(".wb-panel-measures")
    before = planner.expected
    ticks = panel.locator(".wb-rows input[type=checkbox]")
    ticks.first.wait_for()
    for number in (0, 3):
        ticks.nth(number).click()
        planner.settle()
    promised = panel.locator(".wb-explain").first.inner_text()
    look(planner, "17_measures")
    press(planner, "panel.do_take")
    assert planner.expected != before
    assert planner.expected.split()[0] in promised
    share = float(planner.chance.split("%")[0]) / 100
    with in_language("en"):
        assert odds(share, REPLICATIONS) in promised  # none of so many is said as that
    press(planner, "panel.do_undo")
    assert planner.expected == before


def test_a_campaign_under_way_is_reviewed(planner: Planner, tmp_path: Path) -> None:
    planner.turn_to("review")
    look(planner, "18_review_before")
    upload(planner, WEEKS / "register_2027-08-13.csv")
    upload(planner, WEEKS / "register_2027-08-06.csv", button=2)
    panel = planner.page.locator(".wb-panel-review")
    assert panel.locator("input[type=date]").input_value() == "2027-08-13"
    for day in ("2027-08-13", "2027-08-06"):
        assert f"register_{day}.csv" in panel.inner_text()
    press(planner, "panel.do_review")
    told = panel.inner_text()
    register = pd.read_csv(WEEKS / "register_2027-08-13.csv")
    assert f"{register['has_branch'].sum()} of {len(register)}" in told
    for unit in register["responsible"].unique():
        assert unit in told
    pictures = panel.locator("img").locator("visible=true")
    assert pictures.count() == 3
    for number in range(3):
        words = pictures.nth(number).evaluate("image => image.title || image.alt")
        assert words[:80] in told
        assert re.search(r"\d", words)
    look(planner, "18_review")
    press(planner, "panel.do_review_files")
    with planner.page.expect_download() as asked:
        panel.locator("a.wb-download", has_text="ZIP").click()
    names = zipfile.ZipFile(asked.value.path()).namelist()
    assert {"notice.docx", "review.docx", "review.xlsx", "forecast.nc"} <= set(names)
    panel.locator("input[type=date]").fill("2029-08-13")
    panel.locator("input[type=date]").press("Enter")
    planner.settle()
    assert "2029" in planner.page.locator(".wb-status").inner_text()
    assert panel.locator("input[type=date]").input_value() == "2027-08-13"
