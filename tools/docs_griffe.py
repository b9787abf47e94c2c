"""Numpydoc lets several parameters share one text (``seed, workers``); the reference gives each its own type."""

from __future__ import annotations

import re
from typing import Any

import griffe

_SHARED = re.compile(r"^( *)(\*{0,2}\w+(?:, \*{0,2}\w+)+)\n((?:\1 +.*\n?|\n(?=\1 ))+)", re.MULTILINE)


def apart(docstring: str) -> str:
    """A docstring in which every parameter has an entry of its own.

    >>> print(apart("Parameters\\n---\\na, b\\n    said once.\\n"))
    Parameters
    ---
    a
        said once.
    b
        said once.
    """
    before, title, rest = docstring.partition("Parameters\n---")
    section, line, after = re.match(r"(.*?)(\n\n\w[\w ]*\n-{3,}|\Z)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]

    def split(found: re.Match[str]) -> str:
        indent, names, words = found.groups()
        words = words.rstrip("\n") + "\n"
        return "".join(f"{indent}{name}\n{words}" for name in names.split(", "))

    whole = _SHARED.sub(split, section).rstrip("\n") + ("\n" if not line and section.endswith("\n") else "")
    return before + title + whole + line + after if title else docstring


class Apart(griffe.Extension):
    """Applies this to every function as it is read."""

    def on_function(self, *, func: griffe.Function, **_: Any) -> None:
        """Called by griffe."""
        if func.docstring:
            func.docstring.value = apart(func.docstring.value)
