"""Work is not lost: a process that dies is told within moments, and one click brings everything back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.visitor import Planner, Visitor
from workbench.labels import in_language, text
from workbench.views.serving.service import LARGEST_UPLOAD

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
    broken.write_text("org_id,street\nA,East\n", encoding="utf-8")
    with planner.page.expect_file_chooser() as asked:
        chosen.click()
    asked.value.set_files(broken)
    planner.page.locator(".wb-status .fault").wait_for()
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
    planner.turn_to("files")
    places = "() => [...document.querySelectorAll('.wb-panel button')].map(part => part.getBoundingClientRect().top)"
    before = planner.page.evaluate(places)
    broken = tmp_path / "broken.csv"
    broken.write_text("org_id,street\nA,East\n", encoding="utf-8")
    with planner.page.expect_file_chooser() as asked:
        planner.page.locator(".wb-panel button.widget-upload").first.click()
    asked.value.set_files(broken)
    planner.page.locator(".wb-status .fault").wait_for()
    planner.settle()
    assert planner.page.evaluate(places) == before
