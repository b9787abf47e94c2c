"""One person at a browser: what they ask for, what they see, and what their browser complains of."""

from __future__ import annotations

import os
import shutil
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from tests.patience import GIVE_UP

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
#: Milliseconds after which a page is taken to be stuck; tests wait for what they need, never for a time.
PATIENCE = GIVE_UP * 1000
#: Watches what a page asks of its kernel.
WIRE = Path(__file__).with_name("wire.js")

#: The panels, in the order of their tabs, and something that only a ready panel shows.
TABS = {
    "reach": "img",
    "ledger": "button",
    "instructors": ".wb-row .widget-readout",
    "branches": "img",
    "calendar": "img",
    "compare": "button",
    "gap": "button",
    "measures": "button",
    "review": "button",
    "files": "button",
}


class Visitor:
    """A browser window with nothing in its memory."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 800) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(path=WIRE)
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

    def photograph(self, name: str, *, whole: bool = False) -> Path:
        """Keep what is seen as a picture; `whole` shows what is below, too."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        path, size = ARTEFACTS / f"{name}.png", self.page.viewport_size
        if whole and size:
            below = self.page.evaluate("document.getElementById('rendered_cells').scrollHeight")
            self.page.set_viewport_size({"width": size["width"], "height": max(below, size["height"])})
        self.page.screenshot(path=path)
        if whole and size:
            self.page.set_viewport_size(size)
        return path

    def leave(self) -> None:
        """Close the window as a person would, so that the page can say goodbye."""
        self.page.close(run_before_unload=True)
        self.context.close()


class Planner:
    """The planners' page, by what a person sees of it."""

    #: What is there once the first answer is.
    READY = ".wb-strip:not(.stale) .wb-card b"

    def __init__(self, visitor: Visitor, url: str, *, guided: bool = False) -> None:
        self.visitor, self.page = visitor, visitor.page
        visitor.open(url, self.READY)
        self.settle()
        if not guided and self.tour.is_visible():  # whoever is here for the first time
            self.tour.locator("button").nth(2).click()
            self.tour.wait_for(state="hidden")

    @property
    def tour(self) -> Locator:
        """The card that guides through the first steps."""
        return self.page.locator(".wb-tour")

    def tabs(self) -> list[str]:
        """The panels' names, as they are shown."""
        return self.page.locator(".wb-nav button").all_inner_texts()

    def turn_to(self, name: str) -> None:
        """Open a panel by its tab, and wait until it is shown."""
        self.page.locator(".wb-nav button").nth(list(TABS).index(name)).click()
        self.page.locator(f".wb-panel-{name} {TABS[name]}").locator("visible=true").first.wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until the kernel has answered all that the page asked, no job runs, and what came is shown."""
        self.page.wait_for_function("() => window.wire.settled()")

    @property
    def chance(self) -> str:
        """The chance of the organization target with its interval, as it is written."""
        return self._card(1)

    @property
    def expected(self) -> str:
        """Expected organization coverage, and work coverage."""
        return self._card(3)

    def _card(self, number: int) -> str:
        card = self.page.locator(".wb-strip .wb-card").nth(number)
        return " ".join(card.locator("b, i").all_inner_texts())

    def speak(self, language: str) -> None:
        """Use the switch."""
        name = {"zh": "中文", "en": "English"}[language]
        self.page.locator(".wb-lang button", has_text=name).click()
        self.page.wait_for_selector(f".wb-lang button.mod-active:has-text('{name}')")
        self.settle()

    def cut_off(self) -> list[str]:
        """What reaches beyond the window's right side, and so is not seen: sizes and words of it."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('.wb *')]
                .map(part => [part, part.getBoundingClientRect()])
                .filter(([part, box]) => box.width > 1 && box.right > document.documentElement.clientWidth + 1)
                .filter(([part]) => part.checkVisibility() && !part.closest('svg'))
                .map(([part, box]) => `${part.tagName} ${part.className} to ${Math.round(box.right)}: ` +
                    (part.innerText ?? '').slice(0, 40))"""
        )

    def cut_off_at_twice_the_size(self) -> list[str]:
        """The same in half the window, as whoever zooms to 200 % has it; and words that buttons cut short there."""
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({name: length // 2 for name, length in size.items()})
        fits = (
            "() => document.querySelector('.wb').getBoundingClientRect().right <= document.documentElement.clientWidth"
        )
        self.page.wait_for_function(fits)
        short = """() => [...document.querySelectorAll('.wb button')]
            .filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1)
            .map(part => `BUTTON ${part.innerText}`)"""
        found = [*self.cut_off(), *self.page.evaluate(short)]
        self.page.set_viewport_size(size)
        return found

    def out_of_reach_of_keys(self) -> list[str]:
        """What the tabulator does not come to in this panel, or comes to without a frame that shows it, in view."""
        count = self.page.evaluate(
            """() => {
                const parts = document.querySelectorAll(
                    '.wb button, .wb input, .wb select, .wb textarea, .wb a[href], .wb [role=slider]');
                window.wbKeys = [...parts].filter(part => part.checkVisibility({visibilityProperty: true}) &&
                    part.offsetParent && !part.disabled && part.type !== 'file' && !part.closest('[aria-hidden=true]'));
                document.activeElement.blur();
                window.scrollTo(0, 0);
                return window.wbKeys.length;
            }"""
        )
        reached: set[int] = set()
        place = -1
        # A date is several fields, and what stands around the page takes a few.
        for _ in range(4 * count + 20):
            self.page.keyboard.press("Tab")
            before = place
            place, framed = self.page.evaluate(
                """() => {
                    const part = document.activeElement, box = part.getBoundingClientRect();
                    const framed = getComputedStyle(part).outlineStyle !== 'none';
                    return [window.wbKeys.indexOf(part), framed && box.top >= 0 && box.bottom <= innerHeight + 1];
                }"""
            )
            if place in reached and place != before:
                break  # once around
            if framed and place >= 0:
                reached.add(place)
        missing = sorted(set(range(count)) - reached)
        return [self.page.evaluate("at => window.wbKeys[at].outerHTML.slice(0, 120)", at) for at in missing]

    def nameless(self) -> list[str]:
        """What whoever listens to the page could not tell: pictures, fields, sliders and buttons without a name."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll(
                    '.wb img, .wb input, .wb select, .wb button, .wb [role=slider], .wb [role=progressbar]')]
                .filter(part => part.checkVisibility())
                .filter(part => !(part.title || part.alt || part.getAttribute('aria-label') || part.innerText?.trim() ||
                    [...(part.labels ?? [])].some(label => label.textContent.trim())))
                .map(part => part.outerHTML.slice(0, 120))"""
        )

    def serious(self) -> list[str]:
        """Serious and critical findings of axe-core, where its script is at hand (``AXE=…/axe.min.js``)."""
        script = os.environ.get("AXE")
        if not script:
            return []
        self.page.evaluate(Path(script).read_text(encoding="utf-8"))
        return self.page.evaluate(
            """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                .filter(found => ['serious', 'critical'].includes(found.impact))
                .map(found => `${found.id}: ${found.nodes[0].html.slice(0, 120)}`)"""
        )

    def picture(self, number: int = 0) -> Any:
        """The pixels of a figure, as the browser shows it: an array (height, width, 3)."""
        data = (
            self.page.locator(".wb-panel img")
            .nth(number)
            .evaluate(
                """async image => {
                await image.decode();
                const canvas = document.createElement('canvas');
                canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
                canvas.getContext('2d').drawImage(image, 0, 0);
                return canvas.toDataURL('image/png').split(',')[1];
            }"""
            )
        )
        return pixels(b64decode(data))


def pixels(png: bytes) -> Any:
    """An array (height, width, 3) of a picture."""
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"))
