"""Every link in a page of the project leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.house.plan import ROOT, relative


def pages() -> list[Path]:
    """Every Markdown page of the project, not of what is installed or produced beside it."""
    folders = {path: path.relative_to(ROOT).parts[:-1] for path in ROOT.rglob("*.md")}
    return sorted(
        path
        for path, parts in folders.items()
        if "results" not in parts and not any(part.startswith(".") for part in parts)
    )


def anchors(page: Path) -> set[str]:
    """The names that headings get on the usual hosts."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", pages(), ids=relative)
def test_every_link_leads_somewhere(page):
    source = page.read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", source, flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name) if name else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


def test_where_things_are():
    """What CONTRIBUTING.md answers a newcomer: every file that its table names is there."""
    rows = re.findall(
        r"^\| (?!where is)(.+?) \| (.*`workbench/.+) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M
    )
    assert len(rows) >= 10
    named = [file for _, answer in rows for file in re.findall(r"`(workbench/[^`]+)`", answer)]
    assert not [file for file in named if not (ROOT / file).exists()]
