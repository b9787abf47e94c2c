"""Draw the pictures of the READMEs anew: the gap of the demo city, and the app with three instructors taken away.

    python -m tests.browser.pictures

Look at them before they are kept.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import workbench as wb
from tests.browser.conftest import PLAN, served
from tests.browser.visitor import CHROMIUM, FLAGS, ROOT, Planner, Visitor
from tests.serving import TOKEN
from workbench.labels import in_language
from workbench.views import figures

PLACE = ROOT / "docs/figures"
LANGUAGES = {"en": "", "zh": ".zh"}
#: The row of which instructors are taken, and how many.
ROW, TAKEN = 5, 3


def answers() -> list[Path]:
    """Why the demo city's plan falls short, part by part."""
    scenario = wb.read_scenario(ROOT / "scenarios/baseline.yaml")
    register = wb.read_register(ROOT / "data/demo_city.csv")
    gap = wb.explain_gap(register, scenario, wb.group(register, scenario), replications=1000, seed=0)
    paths = []
    for language, ending in LANGUAGES.items():
        path = PLACE / f"answer{ending}.png"
        with in_language(language):
            path.write_bytes(figures.png(figures.waterfall(gap)))
        paths.append(path)
    return paths


def pages() -> list[Path]:
    """The panel of instructors, as whoever moves a slider sees it."""
    paths = []
    with (
        served(["workbench", "app", "--scenario", PLAN], ROOT) as port,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS)) as browser,
    ):
        for language, ending in LANGUAGES.items():
            visitor = Visitor(browser, 1280, 900)
            planner = Planner(visitor, f"http://127.0.0.1:{port}/?token={TOKEN}")
            planner.speak(language)
            planner.turn_to("instructors")
            visitor.page.locator(".wb-row .noUi-handle").locator("visible=true").nth(ROW).focus()
            for _ in range(TAKEN):
                visitor.page.keyboard.press("ArrowLeft")
                planner.settle()
            visitor.page.evaluate("document.activeElement.blur()")
            path = PLACE / f"app{ending}.png"
            shutil.copyfile(visitor.photograph(f"readme_app{ending}"), path)
            paths.append(path)
            visitor.leave()
    return paths


if __name__ == "__main__":
    for each in (*answers(), *pages()):
        sys.stdout.write(f"{each.relative_to(ROOT)}\n")
