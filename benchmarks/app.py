"""The planners' page in a real browser: until it is ready, fifty loads, key press to painted answer, five visitors."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import table
from tests.browser.visitor import CHROMIUM, FLAGS, ROOT, Planner, Visitor
from tests.serving import TOKEN, free_port, running
from workbench.inputs import read_register, read_scenario
from workbench.jobs.session.session import Session
from workbench.labels import in_language, text

TITLE = "The app"
LONG = False
PACKAGES = ("voila", "ipywidgets", "ipykernel", "playwright")
PLAN = "scenarios/reachable.yaml"
LOADS = 5
#: Loads that must all come, and how many windows ask at once for those that are not timed.
ALL_LOADS, AT_ONCE = 50, 4
#: Visitors whose kernels optimise without a pause while another one moves sliders.
BUSY = 4
REPLICATIONS = 1000

#: Presses the button whenever it can be pressed again: when the allocation before has been found. It is disabled while
#: one is looked for; where that was too short to be seen, it is pressed again after a second.
OPTIMISE = """words => {
    window.wbFound = 0;
    let pressed = -Infinity;
    setInterval(() => {
        const button = [...document.querySelectorAll('.wb-panel button')].find(each => each.innerText.trim() === words);
        if (!button) return;
        if (button.disabled) pressed = -Infinity;
        else if (performance.now() - pressed > 1000) {
            pressed = performance.now();
            window.wbFound += 1;
            button.click();
        }
    }, 50);
}"""

#: From a key to when both the numbers and the picture have been painted anew, in milliseconds. The numbers may stay the
#: same to the last digit that is shown: then the picture alone is waited for.
WATCH = """() => {
    const strip = document.querySelector('.wb-strip').parentElement;
    const image = [...document.querySelectorAll('.wb-panel img')].find(image => image.checkVisibility());
    let begun = 0, words = 0;
    window.wbLast = null;
    new MutationObserver(() => { words = performance.now(); })
        .observe(strip, {childList: true, subtree: true, characterData: true});
    document.addEventListener('keydown', () => { begun = performance.now(); words = 0; window.wbLast = null; }, true);
    image.addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => {
        window.wbLast = Math.max(performance.now(), words) - begun;
    }, 0)));
}"""


def measure() -> Iterator[str]:
    """Loads, key presses, and what the kernel spends of them."""
    yield "Time of the clock: what a person waits where nothing else runs. The demo city, 1,000 replications."
    asked: set[str] = set()
    if CHROMIUM is None:
        yield "*No Chromium on this machine: the page was not measured.*"
    else:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            yield table(pd.DataFrame(_ready(browser, asked)), index=False)
            yield from _pressed(browser, asked)
            yield _loads(browser, asked)
            browser.close()
    yield "What the kernel's own thread spends of a move, CPU time, with numbers and picture."
    yield table(pd.DataFrame(_spent()), index=False)


def _served(*options: str) -> tuple[list[str], int, str]:
    port = free_port()
    command = ["workbench", "app", "--port", str(port), "--scenario", PLAN, "--lang", "zh", *options]
    return command, port, f"http://127.0.0.1:{port}/?token={TOKEN}"


def _ready(browser: Browser, asked: set[str]) -> list[dict[str, Any]]:
    """Seconds from the request until the first answer is shown."""
    rows = []
    for name, options, rest in (("cold", (), 0.0), ("kept ready (--preheat 1)", ("--preheat", "1"), 6.0)):
        command, port, url = _served(*options)
        with running(command, ROOT, port) as server:
            seconds, memory = [], 0.0
            for _ in range(LOADS):
                visitor = Visitor(browser)
                visitor.page.wait_for_timeout(rest * 1000)  # until the next kernel is ready
                begun = perf_counter()
                visitor.open(url, Planner.READY)
                seconds.append(perf_counter() - begun)
                memory = max(memory, _kernel_mib(server.pid))
                asked |= visitor.hosts
                visitor.leave()
        rows.append({"page": name, "ready, s: median": median(seconds), "slowest": max(seconds), "kernel, MiB": memory})
    return rows


def _kernel_mib(server: int) -> float:
    """Memory that is a kernel's own and nobody else's, the largest of the server's kernels: forked ones are children of
    the process that has loaded everything, which is the server's."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, TypeError):  # it has just ended
            status = (folder / "status").read_text()
            parent = int(re.search(r"^PPid:\s+(\d+)", status, re.MULTILINE)[1])
            children.setdefault(parent, []).append(int(folder.name))
    ours = children.get(server, [])
    forked = [each for one in ours for each in children.get(one, [])]
    return max((_own_mib(each) for each in forked or ours), default=0.0)


def _own_mib(process: int) -> float:
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text()
        return sum(map(int, re.findall(r"^Private_\w+:\s+(\d+)", lines, re.MULTILINE))) / 1024
    return 0.0


def _loads(browser: Browser, asked: set[str]) -> str:
    """How many of fifty loads came, and whether any of them, or of those before, asked another machine."""
    command, port, url = _served()
    came, again = 2 * LOADS, 0  # those that were timed
    with running(command, ROOT, port):
        while came < ALL_LOADS:
            visitors = [Visitor(browser) for _ in range(min(AT_ONCE, ALL_LOADS - came))]
            for visitor in visitors:
                visitor.page.goto(url, wait_until="commit")
            for visitor in visitors:
                visitor.page.wait_for_selector(Planner.READY)
                again += visitor.page.evaluate("Number(sessionStorage.getItem('workbench-tries'))")
                came += 1
                asked |= visitor.hosts
                visitor.leave()
    elsewhere = {host for host in asked if not host.startswith("127.0.0.1:")}
    told = f"{came} of {ALL_LOADS} loads came, {again} of them by beginning again."
    return f"{told} Machines asked beside this one: {len(elsewhere)}."


def _pressed(browser: Browser, asked: set[str]) -> Iterator[str]:
    """One instructor less in each street, then one more: the first is simulated, the second was asked before."""
    command, port, url = _served()
    with running(command, ROOT, port):
        visitor = Visitor(browser)
        planner = Planner(visitor, url)
        planner.turn_to("instructors")
        planner.page.evaluate(WATCH)
        waits = _press(planner, ("ArrowLeft", "ArrowRight"))
        others = [Planner(Visitor(browser), url) for _ in range(BUSY)]
        with in_language("zh"):
            words = text("panel.do_optimise")
        for other in others:
            other.turn_to("instructors")
            other.page.evaluate(OPTIMISE, words)
        crowded = _press(planner, ("ArrowRight", "ArrowLeft"))
        found = sum(int(other.page.evaluate("window.wbFound")) for other in others)
        for each in (visitor, *(other.visitor for other in others)):
            asked |= each.hosts
            each.leave()
    rows = [_row(name, each) for name, each in waits.items()]
    rows.append(_row("both", [wait for each in waits.values() for wait in each]))
    together = [wait for each in crowded.values() for wait in each]
    rows.append(_row(f"both, while {BUSY} other visitors optimise", together))
    yield "Milliseconds from key press to painted numbers and figure."
    yield table(pd.DataFrame(rows), index=False)
    yield f"The {BUSY} others began {found} searches meanwhile, each when the one before had ended. Load: {_load()}."


def _press(planner: Planner, keys: tuple[str, str]) -> dict[str, list[float]]:
    """Milliseconds by kind of move, for all responsible units: a key towards where nobody was, and the one back."""
    page = planner.page
    waits: dict[str, list[float]] = {"a number not asked before": [], "one that was": []}
    handles = page.locator(".wb-row .noUi-handle").locator("visible=true")
    for number in range(handles.count()):
        handles.nth(number).focus()
        for name, key in zip(waits, keys, strict=True):
            page.keyboard.press(key)
            page.wait_for_function("() => window.wbLast !== null")
            page.wait_for_timeout(150)
            waits[name].append(float(page.evaluate("window.wbLast")))
    return waits


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _row(name: str, waits: list[float]) -> dict[str, Any]:
    return {
        "a move to": name, "presses": len(waits), "median, ms": median(waits),
        "p95, ms": float(np.quantile(waits, 0.95)), "slowest, ms": max(waits),
    }  # fmt: skip


def _spent() -> list[dict[str, Any]]:
    """The same moves without a browser: the session and the picture, in this thread."""
    from workbench.views.panels.planner import Planner as Frame

    scenario = read_scenario(ROOT / PLAN)
    session = Session(language="zh", replications=REPLICATIONS)
    frame = Frame(session)
    session.open(read_register(scenario.register_file), scenario)
    session.jobs.settle(600.0)
    frame.open_panel("instructors")
    spent: dict[str, list[float]] = {"a number not asked before": [], "one that was": []}
    for street, given in session.instructors.items():
        for name, wanted in zip(spent, (max(given - 1, 0), given), strict=True):
            begun = thread_time()
            session.move(street, wanted)
            spent[name].append(1000 * (thread_time() - begun))
    return [_row(name, found) for name, found in spent.items()]
