"""Errors in a planner's words: rules by their names on the page, not by their keys in a file."""

from __future__ import annotations

import re

from workbench.labels import text

#: A rule's path in a scenario, and the file and line that it may follow.
PLACE = re.compile(r"(?:[^\s:：]+\.ya?ml:\d+\s+)?(?<![\w./])([a-z_]+(?:\.[a-z_]+)+)(?![\w./])")
#: A half-width comma between two Chinese characters.
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”）]),\s?(?=[\u4e00-\u9fff“（])")


def in_planners_words(told: str) -> str:
    """A message without keys: each rule by the name that stands beside its control.

    >>> in_planners_words("committee.agenda, found '-1'")
    "cases a meeting hears at most, found '-1'"
    """

    def named(match: re.Match[str]) -> str:
        try:
            return text(f"parameter.{match[1]}")
        except KeyError:
            return match[0]

    return HALF_WIDTH.sub("，", PLACE.sub(named, told))
