"""The words of a panel: every one that a person sees, and those among them that are a file editor's."""

from __future__ import annotations

import re
from html import unescape

from workbench.inputs.register import BY_NAME

#: A rule's key in a scenario; files' names look alike.
KEY = re.compile(r"\b(?!\w+\.(?:csv|yaml|xlsx|parquet|html|nc|docx|zip)\b)[a-z_]+\.[a-z_]+\b")
#: A name as programs write it: `full_members`, `two_weeks_later`.
SNAKE = re.compile(r"(?<![\w.])[a-z]+(?:_[a-z]+)+(?![\w.])")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）],\s?[\u4e00-\u9fff“（]")
PATH = re.compile(r"(?<![\w.<])/(?:tmp|home|root|work|usr|var|etc)\b|[A-Z]:\\")
ODD = re.compile(r"\bnull\b|\bNone\b|\bnan\b|\binf\b|\bNaT\b|<NA>|Traceback")


def texts(widget, found=None) -> list[str]:
    """Every word within a widget: HTML, descriptions, options, placeholders, tooltips."""
    found = [] if found is None else found
    chosen = hasattr(widget, "options")  # its value is a name within the program; its options are what is read
    for trait in (
        ("description", "placeholder", "tooltip") if chosen else ("value", "description", "placeholder", "tooltip")
    ):
        word = getattr(widget, trait, None)
        if isinstance(word, str):
            found.append(word)
    for option in getattr(widget, "options", ()) or ():
        found.append(option[0] if isinstance(option, tuple) else str(option))
    for child in getattr(widget, "children", ()):
        texts(child, found)
    return found


def seen(word: str) -> str:
    """What of a piece of HTML is read: without its tags, but with their titles."""
    without_style = re.sub(r"<style>.*?</style>", " ", word, flags=re.DOTALL)
    titles = re.findall(r'(?:title|aria-label|alt)="([^"]*)"', without_style)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", without_style), *titles]))


def of_files(widget, *, but: tuple[str, ...] = ()) -> list[str]:
    """Words of a panel that belong into a file, or into a program, and not before a planner.

    ``but``: words of the test's own files, which a panel repeats.
    """
    wrong = []
    for word in texts(widget):
        said = seen(word)
        for own in but:
            said = said.replace(own, "")
        columns = [name for name in BY_NAME if "_" in name and re.search(rf"(?<![\w.]){name}(?![\w.])", said)]
        for rule in (KEY, SNAKE, HALF_WIDTH, PATH, ODD):
            columns += [match[0] for match in rule.finditer(said)]
        wrong += [f"{each}: {said[:200]}" for each in columns]
    return wrong
