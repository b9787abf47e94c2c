"""Errors in a planner's words: rules by their names on the page, not by their keys in a file."""

from __future__ import annotations

import re

from workbench.labels import language, text

#: A rule's path in a scenario, and the file and line that it may follow.
PLACE = re.compile(r"( ?)(?:[^\s:：]+\.ya?ml:\d+\s+)?(?<![\w./])([a-z_]+(?:\.[a-z_]+)+)(?![\w./])( ?)")
#: A half-width comma between two Chinese characters.
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”）]),\s?(?=[\u4e00-\u9fff“（])")
#: A command, with what follows it; in English in quotes.
COMMAND = re.compile(r"'workbench ([a-z]+)[^'\n]*'|\s?\bworkbench ([a-z]+)(?: …)?(?: --[a-z-]+ [^\s，。；,.;]+)*\s?")
#: The panels on which a page does what commands do.
PANELS = {
    "forecast": "review", "review": "review", "check": "ledger", "collect": "ledger", "plan": "files",
    "allocate": "instructors",
}  # fmt: skip


def in_planners_words(told: str) -> str:
    """A message without keys and commands: each rule by the name that stands beside its control, each by its page.

    >>> in_planners_words("committee.agenda, found '-1'; see committee.notice")
    "cases a meeting hears at most, found '-1'; see 'papers in before the meeting (working days)'"
    >>> in_planners_words("'workbench review' tells where it will end")
    "the page 'Review' tells where it will end"
    """

    def named(match: re.Match[str]) -> str:
        before, path, after = match.groups()
        try:
            name = text(f"parameter.{path}")
        except KeyError:
            return match[0]
        line = told[: match.start()].rsplit("\n", 1)[-1]
        if not line.strip(" -") or line[-1:] in "“'":  # it begins a line, or is quoted already
            return before + name + after
        return f"“{name}”" if language() == "zh" else f"{before}'{name}'{after}"

    def page(match: re.Match[str]) -> str:
        panel = PANELS.get(match[1] or match[2])
        return match[0] if panel is None else text("panel.page_of", name=text(f"panel.name_{panel}"))

    return HALF_WIDTH.sub("，", COMMAND.sub(page, PLACE.sub(named, told)))
