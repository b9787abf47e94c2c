"""The report of a plan: the two-page brief first, then the annexes; one HTML file, and the same as a Word file."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from workbench.labels import language, text
from workbench.views.formats import DOCUMENT_ROWS, Block, blocks_html, escape, word_bytes
from workbench.views.report.annexes import Pictures, annexes
from workbench.views.report.brief import brief

if TYPE_CHECKING:
    from workbench.jobs import Plan


def report_blocks(plan: Plan, pictures: Pictures) -> list[Block]:
    """The whole report, in the language in use."""
    return [*brief(plan, pictures), *annexes(plan, pictures)]


def report_html(plan: Plan, pictures: Pictures) -> str:
    """One HTML file with everything in it: it prints to the same two pages, and loads nothing from anywhere.

    Parameters
    ----------
    plan
        what `make_plan` found out.
    pictures
        PNGs by name, as `draw_pictures` gives them; a name that is missing is left out.
    """
    return page_html(report_blocks(plan, pictures), text("report.title", title=plan.scenario.label), DOCUMENT_ROWS)


def page_html(blocks: Iterable[Block], title: str, most: int) -> str:
    """Any document as one HTML file, in the language in use; tables of at most so many rows."""
    room = files("workbench.views")
    return Template(room.joinpath("report.html").read_text(encoding="utf-8")).substitute(
        lang="zh-CN" if language() == "zh" else "en",
        css=room.joinpath("report.css").read_text(encoding="utf-8").strip(),
        title=escape(title),
        content=blocks_html(blocks, most),
    )


def report_docx(plan: Plan, pictures: Pictures) -> bytes:
    """The same as a Word file."""
    title = text("report.title", title=plan.scenario.label)
    return word_bytes(report_blocks(plan, pictures), title, title, plan.scenario.calendar.start, DOCUMENT_ROWS)
