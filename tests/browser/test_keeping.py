"""Work is not lost: a process that dies is told within moments, and one click brings everything back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog

from tests.browser.visitor import ROOT, TABS, Planner, Visitor
from workbench.labels import in_language, text
from workbench.views.serving.service import LARGEST_UPLOAD

WEEKS = ROOT / "data" / "campaign" / "registers"
KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"


@pytest.fixture
def planner(come: Callable[..., Visitor], hamlet_app: str) -> Planner:
    planner = Planner(come(), hamlet_app)
    planner.settle()
    return planner


def press(planner: Planner, label: str) -> None:
    with in_language("en"):
        words = text(label)
    planner.page.locator(".wb-panel button").get_by_text(words, exact=True).locator("visible=true").click()
    planner.settle()


PLACES = """() => [...document.querySelectorAll(
        '.wb-top button, .wb-panel button, .wb-panel input, .wb-panel select, .wb-panel .noUi-handle, .wb-panel img')]
    .filter(part => part.checkVisibility())
    .map(part => [part.getBoundingClientRect(), part.innerText || part.type || part.tagName])
    .map(([box, name]) => `${name} ${Math.round(box.left)} ${Math.round(box.top + scrollY)}`)"""


def places(planner: Planner, name: str) -> list[str]:
    """Where everything stands that can be clicked in a panel."""
    planner.turn_to(name)
    drawn = """() => document.fonts.status === 'loaded' &&
        [...document.querySelectorAll('.wb-panel img')].every(image => image.complete)"""
    planner.page.wait_for_function(drawn)
    return planner.page.evaluate(PLACES)


def upload(planner: Planner, *paths: Path, button: int = 0) -> None:
    """Hand files in by an upload button of the open panel, and wait until they are read."""
    with planner.page.expect_file_chooser() as asked:
        planner.page.locator(".wb-panel button.widget-upload").locator("visible=true").nth(button).click()
    sent = planner.page.evaluate("window.wire.sent")
    asked.value.set_files(list(paths))
    planner.page.wait_for_function("sent => window.wire.sent > sent", arg=sent)
    planner.settle()


def come_back(planner: Planner) -> None:
    """Load the page again, and wait until all that was there is."""
    planner.page.reload()
    planner.page.wait_for_selector(Planner.READY)
    planner.settle()


def kill_the_process(planner: Planner) -> None:
    kernel = planner.page.evaluate(KERNEL)
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"kernel-{kernel}.json" in command.read_text(encoding="utf-8", errors="replace"):
                os.kill(int(command.parent.name), signal.SIGKILL)
                return
        except OSError:
            continue
    raise AssertionError(f"no process of kernel {kernel}")


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="reads Linux's table of processes")
def test_a_process_that_was_killed_is_told_and_the_work_is_back(planner: Planner) -> None:
    planner.turn_to("instructors")
    first = planner.chance, planner.expected
    slider = planner.page.locator(".wb-row .noUi-handle").locator("visible=true").first
    slider.focus()
    planner.page.keyboard.press("Home")
    planner.settle()
    planner.turn_to("compare")
    press(planner, "panel.do_keep")
    moved = planner.chance, planner.expected
    assert moved != first
    planner.page.reload()  # as good a goodbye as any: what was done is saved before it
    planner.page.wait_for_selector(Planner.READY)
    planner.settle()
    assert (planner.chance, planner.expected) == moved
    kill_the_process(planner)
    notice = planner.page.locator("#workbench-lost")
    notice.wait_for()
    planner.visitor.complaints.clear()  # of the process that is not there, rightly
    notice.locator("button").click()
    notice.wait_for(state="hidden")
    planner.page.wait_for_selector(Planner.READY)
    planner.settle()
    assert (planner.chance, planner.expected) == moved
    planner.turn_to("compare")
    with in_language("en"):
        assert text("panel.state_number", number=1) in planner.page.locator(".wb-panel").inner_text()
    planner.turn_to("files")
    press(planner, "panel.do_start_over")
    assert (planner.chance, planner.expected) == first
    planner.visitor.complaints.clear()


#: Writes down whatever the notice of uploads says from here on.
LISTEN = """() => {
    const notice = document.getElementById("workbench-upload");
    window.wbSaid = [];
    new MutationObserver(() => { if (!notice.hidden) window.wbSaid.push(notice.innerText); })
        .observe(notice, {attributes: true, childList: true, characterData: true, subtree: true});
}"""


def test_a_file_that_is_too_large_is_told_and_the_button_still_works(planner: Planner, tmp_path: Path) -> None:
    planner.turn_to("files")
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(LARGEST_UPLOAD + 1)
    chosen = planner.page.locator(".wb-panel button.widget-upload").first
    with planner.page.expect_file_chooser() as asked:
        chosen.click()
    asked.value.set_files(large)
    notice = planner.page.locator("#workbench-upload")
    notice.wait_for()
    assert "large.csv" in notice.inner_text()
    assert "100" in notice.inner_text()
    notice.locator("button").click()
    broken = tmp_path / "broken.csv"
    broken.write_text("org_id,street\nA,East\n" + 12_000_000 * "x", encoding="utf-8")
    planner.page.evaluate(LISTEN)
    with planner.page.expect_file_chooser() as asked:
        chosen.click()
    asked.value.set_files(broken)
    planner.page.locator(".wb-status .fault").wait_for()
    notice.wait_for(state="hidden")
    # One saw that it was coming, until it was there: however short that was.
    assert any("broken.csv" in said for said in planner.page.evaluate("window.wbSaid"))
    assert "broken.csv" in planner.page.locator(".wb-status .fault").inner_text()


def test_several_files_that_are_too_large_together_are_told(planner: Planner, tmp_path: Path) -> None:
    """One message carries them all: each may be small enough, and the connection would break without a word."""
    planner.turn_to("ledger")
    paths = [tmp_path / f"ledger_{number}.csv" for number in range(2)]
    for path in paths:
        with path.open("wb") as file:
            file.truncate(LARGEST_UPLOAD // 2 + 1)
    with planner.page.expect_file_chooser() as asked:
        planner.page.locator(".wb-panel button.widget-upload").locator("visible=true").first.click()
    asked.value.set_files(paths)
    notice = planner.page.locator("#workbench-upload")
    notice.wait_for()
    assert all(path.name in notice.inner_text() for path in paths)
    notice.locator("button").click()
    notice.wait_for(state="hidden")


def test_a_message_moves_nothing(planner: Planner, tmp_path: Path) -> None:
    """In no panel: whoever clicks twice hits the same thing twice."""
    for name in TABS:  # what is made when a panel is first opened, icons too, has come
        places(planner, name)
    before = {name: places(planner, name) for name in TABS}
    planner.turn_to("files")
    broken = tmp_path / "broken.csv"
    broken.write_text("org_id,street\nA,East\n" + "".join(f"B{row},\n" for row in range(40)), encoding="utf-8")
    upload(planner, broken)
    fault = planner.page.locator(".wb-status .fault")
    fault.wait_for()
    assert "broken.csv" in fault.inner_text()
    for name in TABS:
        assert places(planner, name) == before[name], name
        assert fault.is_visible()


def test_a_review_is_back_where_it_was_and_the_same_button_clears_it(planner: Planner) -> None:
    planner.turn_to("review")
    upload(planner, WEEKS / "register_2027-08-13.csv")
    press(planner, "panel.do_review")
    panel = planner.page.locator(".wb-panel-review")
    answer = panel.locator(".wb-answer").inner_text()
    come_back(planner)
    panel.locator(".wb-answer").wait_for()
    assert panel.locator(".wb-answer").inner_text() == answer
    assert "register_2027-08-13.csv" in panel.inner_text()
    kill_the_process(planner)
    notice = planner.page.locator("#workbench-lost")
    notice.wait_for()
    notice.locator("button").click()
    notice.wait_for(state="hidden")
    panel.locator(".wb-answer").wait_for()
    assert panel.locator(".wb-answer").inner_text() == answer
    planner.turn_to("files")
    press(planner, "panel.do_start_over")
    come_back(planner)
    planner.turn_to("review")
    assert "register_2027-08-13.csv" not in panel.inner_text()
    planner.visitor.complaints.clear()  # of the process that was killed, rightly


def test_language_panel_and_what_was_asked_for_are_back(planner: Planner) -> None:
    planner.speak("zh")
    planner.turn_to("gap")
    planner.page.locator(".wb-panel-gap button").first.click()
    planner.settle()
    told = planner.page.locator(".wb-panel-gap img").evaluate("image => image.title || image.alt")
    come_back(planner)
    picture = planner.page.locator(".wb-panel-gap img")
    picture.wait_for()
    assert picture.evaluate("image => image.title || image.alt") == told
    assert planner.page.evaluate("document.documentElement.lang") == "zh-CN"
    with in_language("zh"):
        assert planner.page.title() == text("page.title")


def test_whoever_leaves_a_ledger_unfinished_is_asked_and_nobody_else(planner: Planner, tmp_path: Path) -> None:
    asked: list[str] = []
    answers = iter(("stay", "leave"))

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss() if next(answers) == "stay" else dialog.accept()

    planner.page.on("dialog", answer)
    planner.turn_to("ledger")
    path = tmp_path / "ledger.csv"
    path.write_text("单位名称,镇街,正式党员数,是否建立党组织\n甲协会,东街,3,是\n乙商会,东街,2,否\n", encoding="utf-8")
    upload(planner, path)
    planner.page.evaluate("location.reload()")
    planner.turn_to("reach")  # who stays can go on: nobody has taken the process away
    planner.turn_to("ledger")
    assert "ledger.csv" in planner.page.locator(".wb-panel-ledger").inner_text()
    assert asked == ["beforeunload"]
    come_back(planner)
    assert asked == ["beforeunload"] * 2
    come_back(planner)
    assert asked == ["beforeunload"] * 2


def test_a_link_is_followed_once_and_one_s_own_work_is_a_step_away(
    planner: Planner, come: Callable[..., Visitor], hamlet_app: str
) -> None:
    planner.turn_to("instructors")
    slider = planner.page.locator(".wb-row .noUi-handle").locator("visible=true").first
    slider.focus()
    planner.page.keyboard.press("Home")
    planner.settle()
    sent = planner.chance, planner.expected
    planner.turn_to("files")
    link = planner.page.locator(".wb-panel a[href*='plan=']").get_attribute("href")
    colleague = Planner(come(), hamlet_app)
    own = colleague.chance, colleague.expected
    assert own != sent
    colleague.turn_to("compare")
    press(colleague, "panel.do_keep")
    colleague.page.goto(hamlet_app.split("?")[0] + link)
    colleague.page.wait_for_selector(Planner.READY)
    colleague.page.wait_for_function(
        "told => document.querySelector('.wb-strip').innerText.includes(told)", arg=sent[1].split()[0]
    )
    colleague.settle()
    assert (colleague.chance, colleague.expected) == sent
    assert "plan=" not in colleague.page.url
    with in_language("en"):
        colleague.turn_to("compare")
        assert text("panel.state_number", number=1) in colleague.page.locator(".wb-panel").inner_text()
    come_back(colleague)
    assert (colleague.chance, colleague.expected) == sent
    colleague.turn_to("instructors")
    press(colleague, "panel.do_undo")
    assert (colleague.chance, colleague.expected) == own
    colleague.page.goto(f"{hamlet_app.split('?')[0]}?plan=eJwrdamaged")
    colleague.page.wait_for_selector(Planner.READY)
    colleague.settle()
    with in_language("en"):
        assert text("panel.link_unreadable") in colleague.page.locator(".wb-status").inner_text()
    assert (colleague.chance, colleague.expected) == own
