"""The sections of RESULTS.md, in their order there, and how a section comes into the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from workbench.files import written_beside

#: Modules of `benchmarks`, in the order of their parts of the file.
SECTIONS = (
    "simulation",
    "nation",
    "agreement",
    "mutations",
    "forecast",
    "grouping",
    "grouping_large",
    "allocation",
    "allocation_large",
    "census",
    "app",
    "ledgers",
    "outputs",
    "faults",
)
RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# What was measured

Written by `make bench`; each section by its own run. CPU time unless said otherwise, medians, ratios within one run.
How it is measured stands in the modules of this folder.
"""


class Section(Protocol):
    """What a module of `SECTIONS` has."""

    __doc__: str
    TITLE: str
    LONG: bool

    def measure(self) -> Iterator[str]:
        """Blocks of Markdown, as they are found."""
        ...


def section(name: str) -> Section:
    """The module of this name."""
    if name not in SECTIONS:
        raise ValueError(f"no section {name!r}: there is {', '.join(SECTIONS)}")
    return cast(Section, import_module(f"benchmarks.{name}"))


def put(name: str, body: str, path: Path = RESULTS) -> None:
    """Write a section's part of the file anew; all other parts stay as they are."""
    parts = _parts(path.read_text(encoding="utf-8")) if path.exists() else {}
    parts[name] = body.strip()
    order = sorted(parts, key=lambda part: (SECTIONS.index(part) if part in SECTIONS else len(SECTIONS), part))
    text = "\n".join([HEAD, *(f"<!-- begin {part} -->\n\n{parts[part]}\n\n<!-- end {part} -->\n" for part in order)])
    with written_beside(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _parts(text: str) -> dict[str, str]:
    found = re.findall(r"^<!-- begin (\S+) -->\n(.*?)^<!-- end \1 -->$", text, re.MULTILINE | re.DOTALL)
    return {name: body.strip() for name, body in found}
