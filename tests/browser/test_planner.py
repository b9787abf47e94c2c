"""A planner at the page: moves, looks, switches the language; and what is shown is what the package computes.

One page for all of it, as a planner keeps it open: each test begins where the one before it ended.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pandas as pd
import pytest

import workbench as wb
from tests.browser.conftest import PLAN
from tests.browser.visitor import ROOT, TABS, Planner, Visitor, pixels
from workbench.jobs.session.board import Answer
from workbench.labels import in_language, text
from workbench.numbers import percent
from workbench.planning import Desk
from workbench.views.panels.live_fan import Ground, LiveFan
from workbench.views.panels.shapes import BESIDE

ROWS = ".wb-row .widget-hslider"


class Plan(NamedTuple):
    """What the page plans, as the package reads and finds it."""

    register: pd.DataFrame
    scenario: wb.Scenario
    grouping: wb.Grouping


@pytest.fixture(scope="module")
def planner(come: Callable[..., Visitor], city_app: str) -> Planner:
    """The page, open in Chinese."""
    return Planner(come(), city_app)


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The same plan without a page."""
    scenario = wb.read_scenario(ROOT / PLAN)
    register = wb.read_register(scenario.register_file)
    return Plan(register, scenario, wb.group(register, scenario))


def click(planner: Planner, label: str) -> None:
    """Press a button of the open panel by its words, and wait until what it began is done."""
    with in_language("zh"):
        words = text(label)
    planner.page.locator(".wb-panel button").get_by_text(words, exact=True).locator("visible=true").click()
    planner.settle()


def instructors(planner: Planner) -> dict[str, int]:
    """By street, as the sliders' numbers say."""
    rows = planner.page.locator(ROWS).locator("visible=true")
    streets = rows.locator(".widget-label").all_inner_texts()
    numbers = rows.locator(".widget-readout").all_inner_texts()
    return {street: int(number) for street, number in zip(streets, numbers, strict=True)}


def shown(outcome: wb.Outcome) -> tuple[str, str]:
    """What the page must say of an outcome: chance with its interval, and both expected coverages."""
    chance = outcome.probability("organization")
    work = float(outcome.work_coverage.isel(day=-1).mean())
    return (
        f"{percent(chance.value)} [{percent(chance.low)}, {percent(chance.high)}]",
        f"{percent(outcome.expected())} 工作 {percent(work)}",
    )


def simulated(plan: Plan, by_responsible: dict[str, int]) -> tuple[str, str]:
    return shown(
        wb.simulate(plan.register, plan.scenario.replace("instructors.by_responsible", by_responsible), plan.grouping)
    )


def test_a_slider_moves_probability_and_figure_to_what_the_package_gives(planner: Planner, plan: Plan) -> None:
    planner.turn_to("instructors")
    before, numbers, drawn = planner.chance, instructors(planner), planner.picture()
    assert (before, planner.expected) == shown(wb.simulate(*plan))
    # The street that has most: taking three away must be felt.
    street = max(numbers, key=lambda name: numbers[name])
    planner.page.locator(ROWS, has_text=street).locator(".noUi-handle").focus()
    for _ in range(3):
        planner.page.keyboard.press("ArrowLeft")
    planner.settle()
    moved = instructors(planner)
    assert moved[street] == numbers[street] - 3
    assert planner.chance != before
    assert (planner.chance, planner.expected) == simulated(plan, moved)
    # The picture, to the last pixel: the fan that the package draws for these numbers, the first one's median in it.
    desk = Desk(*plan)
    baseline = Answer.of(desk)
    desk.set(moved)
    answer = Answer.of(desk)
    with in_language("zh"):
        ceiling = wb.ceiling(*plan).value
        fan = LiveFan(Ground(desk.responses.setup.calendar, answer.dates, plan.scenario.targets, ceiling), BESIDE)
        expected = pixels(fan.draw(answer, baseline))
    found = planner.picture()
    assert not np.array_equal(found, drawn)
    assert np.array_equal(found, expected)


def test_optimising_shows_an_allocation_as_good_as_it_says(planner: Planner, plan: Plan) -> None:
    planner.turn_to("instructors")
    before, had = float(planner.chance.split("%")[0]), instructors(planner)
    click(planner, "panel.do_optimise")
    sent = instructors(planner)
    assert sent != had
    assert sum(sent.values()) <= plan.scenario.instructors.total
    assert float(planner.chance.split("%")[0]) > before
    assert (planner.chance, planner.expected) == simulated(plan, sent)
    click(planner, "panel.do_undo")
    assert instructors(planner) == had


def test_pinned_elsewhere_the_rest_is_solved_again_from_there(planner: Planner, plan: Plan) -> None:
    """To another place that is open to it: the page says the same as the package that was told the same."""
    planner.turn_to("branches")
    grouping = plan.grouping

    def way_out(unit: str) -> tuple[str, str] | None:
        places = grouping.explain(unit).places
        now = grouping.assignment.set_index("org_id").loc[unit]
        free = places[(places["obstacle"] == "") & (places["facility_id"] != now["facility_id"])]
        return None if free.empty else (free.iloc[0]["facility_kind"], free.iloc[0]["facility_id"])

    units = [str(unit) for unit in grouping.assignment["org_id"]]
    unit, (kind, facility) = next((unit, way_out(unit)) for unit in units if way_out(unit))
    chooser = planner.page.locator(".wb-panel input[list]")
    chooser.fill(unit)
    chooser.press("Enter")
    why = planner.page.locator(".wb-panel .wb-explain")
    planner.page.wait_for_function("org => document.querySelector('.wb-explain').innerText.includes(org)", arg=unit)
    planner.settle()  # the list of other places comes after the words
    places = planner.page.locator(".wb-panel select").nth(1)
    options = places.locator("option").all_inner_texts()
    places.select_option(next(option for option in options if facility in option))
    click(planner, "panel.do_pin_there")
    rules = plan.scenario.replace("grouping.pinned", {unit: [kind, facility]})
    solved = wb.group(plan.register, rules, start=grouping)
    placed = solved.assignment.set_index("org_id").loc[unit]
    assert (placed["facility_kind"], placed["facility_id"]) == (kind, facility)
    with in_language("zh"):
        told, summary = solved.explain(unit).text, solved.summary()
    assert why.inner_text().split() == told.split()
    assert summary.split()[0] in planner.page.locator(".wb-panel").inner_text()
    planner.turn_to("instructors")
    again = Plan(plan.register, rules, solved)
    assert (planner.chance, planner.expected) == simulated(again, instructors(planner))
    planner.turn_to("branches")
    click(planner, "panel.do_free")


def test_every_panel_in_both_languages_is_whole(planner: Planner) -> None:
    """Nothing cut off at the side, nothing left in the other language's words; pictures are kept to be looked at."""
    planner.turn_to("compare")
    for _ in range(2):
        click(planner, "panel.do_keep")
    click(planner, "panel.do_compare")
    planner.turn_to("gap")
    click(planner, "panel.do_explain")
    planner.page.locator(".wb-panel img").locator("visible=true").first.wait_for()
    tabs = {}
    for language in ("en", "zh"):
        planner.speak(language)
        tabs[language] = planner.tabs()
        for number, name in enumerate(TABS, start=1):
            planner.turn_to(name)
            planner.visitor.photograph(f"{number}_{name}_{language}", whole=True)
            assert planner.cut_off() == [], f"{name}, {language}"
            assert planner.cut_off_at_twice_the_size() == [], f"{name}, {language}"
            assert planner.nameless() == [], f"{name}, {language}"
            assert planner.serious() == [], f"{name}, {language}"
            if language == "en":
                assert planner.out_of_reach_of_keys() == [], name
    assert len(tabs["zh"]) == len(tabs["en"]) == len(TABS)
    with in_language("zh"):
        assert tabs["zh"] == [text(f"panel.name_{name}") for name in TABS]
    with in_language("en"):
        assert tabs["en"] == [text(f"panel.name_{name}") for name in TABS]


def upload(planner: Planner, name: str, content: bytes) -> None:
    """Choose a file, and wait until the page has sent it and what it began is done."""
    with planner.page.expect_file_chooser() as asked:
        with in_language("zh"):
            words = text("panel.do_upload")
        planner.page.locator(".wb-panel button.widget-upload", has_text=words).click()
    sent = planner.page.evaluate("window.wire.sent")
    asked.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content})
    planner.page.wait_for_function("sent => window.wire.sent > sent", arg=sent)
    planner.settle()


def test_a_broken_register_is_told_in_full_and_changes_nothing(planner: Planner) -> None:
    planner.turn_to("files")
    before, opened = planner.chance, planner.page.locator(".wb-panel").inner_text()
    broken = "org_id,street,full_members,has_branch\nA,东街,many,是\nA,东街,2,perhaps\n"
    upload(planner, "broken.csv", broken.encode())
    fault = planner.page.locator(".wb-status .fault")
    fault.wait_for()
    words = fault.inner_text()
    for told in ("broken.csv", "many", "perhaps", "full_members", "has_branch", "org_id"):
        assert told in words
    assert "Traceback" not in words
    assert planner.chance == before
    assert planner.page.locator(".wb-panel").inner_text() == opened
    planner.visitor.photograph("8_broken_register_zh")


def test_what_is_taken_away_opens_and_says_the_same(planner: Planner, plan: Plan, tmp_path: Path) -> None:
    """Workbook, report and scenario: the scenario gives the page's numbers again."""
    planner.turn_to("files")
    click(planner, "panel.do_prepare")
    saved: dict[str, Path] = {}
    links = planner.page.locator(".wb-panel a.wb-download")
    links.first.wait_for()
    for link in links.all():
        with planner.page.expect_download() as told:
            link.click()
        name = told.value.suggested_filename
        saved[Path(name).suffix] = tmp_path / name
        told.value.save_as(saved[Path(name).suffix])
    assert set(saved) == {".xlsx", ".html", ".yaml"}
    book = openpyxl.load_workbook(saved[".xlsx"], read_only=True, data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    cells = {str(cell) for row in rows for cell in row if cell is not None}
    book.close()
    assert set(plan.register["street"].unique()) <= cells
    assert planner.chance.split()[0] in saved[".html"].read_text(encoding="utf-8")
    again = wb.read_scenario(saved[".yaml"])
    register = plan.register
    assert shown(wb.simulate(register, again, wb.group(register, again))) == (planner.chance, planner.expected)


def test_a_sound_register_takes_the_place_of_the_old_one(planner: Planner, tmp_path: Path) -> None:
    planner.turn_to("files")
    path = tmp_path / "hamlet.csv"
    wb.write_register(wb.make_city(90, 4, seed=1), path)
    upload(planner, path.name, path.read_bytes())
    planner.page.wait_for_function("() => document.querySelector('.wb-panel').innerText.includes('90')")
    planner.turn_to("instructors")
    assert len(instructors(planner)) == 4


def test_the_page_still_works_after_all_of_this(planner: Planner) -> None:
    """It has been open for more than half a minute, which is when wires were cut before."""
    assert planner.page.locator("#workbench-lost").is_hidden()
    planner.turn_to("reach")
    planner.speak("en")
    assert planner.page.title() != ""


def test_the_address_asks_for_a_language_and_does_not_keep_the_token(
    come: Callable[..., Visitor], city_app: str
) -> None:
    visitor = come(width=1024, height=768)
    planner = Planner(visitor, f"{city_app}&lang=en")
    assert "token" not in planner.page.url
    assert planner.page.url.endswith("?lang=en")
    with in_language("en"):
        assert planner.tabs()[0] == text("panel.name_reach")
    assert planner.cut_off() == []
    visitor.photograph("9_projector_en", whole=True)


def test_a_page_whose_server_has_gone_says_so(come: Callable[..., Visitor], hamlet_app: str) -> None:
    """Its kernel is taken from it, as ten idle minutes would."""
    visitor = come()
    planner = Planner(visitor, hamlet_app)
    gone = planner.page.evaluate(
        """async () => {
            const config = JSON.parse(document.getElementById('jupyter-config-data').textContent);
            const form = new FormData();
            form.append('_xsrf', document.cookie.match(/_xsrf=([^;]*)/)[1]);
            const goodbye = `${config.baseUrl}voila/api/shutdown/${config.kernelId}`;
            return (await fetch(goodbye, {method: 'POST', body: form})).status;
        }"""
    )
    assert gone == 204
    planner.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    notice = planner.page.locator("#workbench-lost")
    notice.wait_for()
    with in_language("en"):
        assert text("page.lost") in notice.inner_text()
        assert notice.locator("button").inner_text() == text("page.reload")
    visitor.complaints.clear()  # the browser complains of the kernel that is not there, rightly
    visitor.photograph("9_lost_en")
    notice.locator("button").click()
    planner.page.wait_for_selector("#workbench-lost", state="hidden")
    planner.page.wait_for_selector(Planner.READY)
    visitor.complaints.clear()
