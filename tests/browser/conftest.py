"""A real browser on real servers: the app by its command, JupyterLab as `make lab` starts it.

Debian's Chromium, driven by Playwright. Where there is none these tests are left out, and say how to get it; the
machine that checks every change has it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import workbench as wb
from tests.browser.slow import delayed
from tests.browser.visitor import CHROMIUM, FLAGS, ROOT, Visitor
from tests.serving import TOKEN, free_port, running

#: Where instructors decide, so that a slider moves the probability.
PLAN = "scenarios/reachable.yaml"
#: Campaigns that the hamlet's page simulates.
REPLICATIONS = 50
#: Seconds by which every answer of a server comes later, to prove that no test counts on speed: `DELAY=1 pytest …`.
DELAY = float(os.environ.get("DELAY", "0"))


@contextmanager
def served(command: Sequence[str], folder: Path, **environment: str) -> Iterator[int]:
    """A server by its command, without its port: the port at which the browser finds it."""
    port = free_port()
    with running([*command, "--port", str(port)], folder, port, **environment):
        if not DELAY:
            yield port
            return
        with delayed(port, DELAY) as later:
            yield later


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, once a run."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def city_app() -> Iterator[str]:
    """The app on the demo city, as `make app lang=zh scenario=scenarios/reachable.yaml` serves it: its address."""
    with served(["workbench", "app", "--lang", "zh", "--scenario", PLAN], ROOT) as port:
        yield f"http://127.0.0.1:{port}/?token={TOKEN}"


@pytest.fixture(scope="session")
def hamlet_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a hamlet, where a page costs little but what every page costs."""
    folder = tmp_path_factory.mktemp("hamlet")
    wb.write_register(wb.make_city(90, 4, seed=1), folder / "hamlet.csv")
    (folder / "hamlet.yaml").write_text("name: hamlet\nregister: hamlet.csv\n", encoding="utf-8")
    command = ["workbench", "app", "--scenario", "hamlet.yaml", "--replications", str(REPLICATIONS)]
    with served(command, folder) as port:
        yield f"http://127.0.0.1:{port}/?token={TOKEN}"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on a copy of the project's notebooks: the address of its root, the token after it."""
    folder = tmp_path_factory.mktemp("lab")
    for part in ("notebooks", "scenarios", "data"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    command = ["jupyterlab", "--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    own = {f"JUPYTERLAB_{kind}_DIR": str(folder / kind.lower()) for kind in ("SETTINGS", "WORKSPACES")}
    own["JUPYTER_CONFIG_PATH"] = str(ROOT / "tools" / "jupyter")
    with served(command, folder, JUPYTER_TOKEN=TOKEN, **own) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def come(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a window; in the end nobody may have asked another machine for anything, or seen an error."""
    visitors: list[Visitor] = []

    def open_window(**size: int) -> Visitor:
        visitors.append(Visitor(chromium, **size))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.leave()
    assert {host for visitor in visitors for host in visitor.hosts if not host.startswith("127.0.0.1:")} == set()
    assert [words for visitor in visitors for words in visitor.complaints] == []
