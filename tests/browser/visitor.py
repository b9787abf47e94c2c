"""One person at a browser: what they ask for, what they see, and what their browser complains of."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
#: Pictures of what was seen, kept with every run of the checks.
ARTEFACTS = ROOT / "artefacts" / "browser"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: No sandbox within a container, and nothing that Chromium does on its own account.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Milliseconds that anything may take on a busy machine.
PATIENCE = 60_000


class Visitor:
    """A browser window with nothing in its memory."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 800) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.on("pageerror", lambda error: self.complaints.append(f"{error}"))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    @property
    def hosts(self) -> set[str]:
        """Every machine that was asked for anything."""
        return {urlsplit(url).netloc for url in self.asked if urlsplit(url).netloc}

    def open(self, url: str, shown: str) -> None:
        """Go to an address and wait until an element is to be seen."""
        self.page.goto(url, wait_until="commit")
        self.page.wait_for_selector(shown, state="visible")

    def photograph(self, name: str, **how: Any) -> Path:
        """Keep what is seen as a picture."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path, **how)
        return path

    def leave(self) -> None:
        """Close the window as a person would, so that the page can say goodbye."""
        self.page.close(run_before_unload=True)
        self.context.close()
