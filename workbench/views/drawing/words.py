"""Where dates stand and names end in figures."""

from __future__ import annotations

import unicodedata
from datetime import date

from workbench.labels import text
from workbench.numbers import short_date
from workbench.views.drawing.style import drawable


def day_number(on: date) -> float:
    """Where a date stands on a time axis: days since 1970, as matplotlib counts them.

    >>> day_number(date(1970, 2, 1))
    31.0
    """
    return float((on - date(1970, 1, 1)).days)


def predicted(since: date | None) -> list[str]:
    """A note of a figure with dates: from when on these rest on holidays that are not announced yet, if any does."""
    return [] if since is None else [text("figure.predicted", date=short_date(since))]


def width(words: str) -> int:
    """Columns that words take: two for a Chinese character, one for a Latin letter.

    >>> width("河口a")
    5
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


#: Letters at either end of a name that a figure may show.
LONGEST_NAME = 100


def short(name: str, columns: int = 20) -> str:
    """A long name with its middle left out: districts stand at the beginning of names, streets at the end.

    >>> short("North Harbour District, Old Lighthouse Street", 21)
    'North Harb…use Street'
    """
    # What is cut out anyway need not be looked at: a name may be ten thousand letters long.
    if len(name) > 2 * LONGEST_NAME:
        name = name[:LONGEST_NAME] + name[-LONGEST_NAME:]
    name = drawable(name.replace("\n", " "))
    if width(name) <= columns:
        return name
    room = (columns - 1) // 2
    head, tail = "", ""
    for letter in name:
        if width(head + letter) > room:
            break
        head += letter
    for letter in reversed(name):
        if width(letter + tail) > room:
            break
        tail = letter + tail
    return f"{head}…{tail}"
