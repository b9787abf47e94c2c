"""How numbers, dates and names are written in figures."""

from __future__ import annotations

import unicodedata
from datetime import date

from workbench.labels import text


def percent(share: float, digits: int = 1) -> str:
    """A share as a percentage: 0.6523 is "65.2%".

    >>> percent(0.6523), percent(0.6, 0)
    ('65.2%', '60%')
    """
    return f"{share:.{digits}%}"


def target_percent(share: float) -> str:
    """A target as planners write it: whole where it is whole.

    >>> target_percent(0.6), target_percent(0.625)
    ('60%', '62.5%')
    """
    return f"{round(share * 100, 2):g}%"


def points(share: float) -> str:
    """A signed difference of shares, in percentage points, with a true minus.

    >>> points(-0.173)
    '−17.3'
    """
    rounded = round(share * 100, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):.1f}"


def day(on: date) -> str:
    """A date without its year: 8月1日, 1 Aug.

    >>> day(date(2027, 8, 1))
    '1 Aug'
    """
    return text("figure.day", month=text("figure.months").split()[on.month - 1], day=on.day)


def day_number(on: date) -> float:
    """Where a date stands on a time axis: days since 1970, as matplotlib counts them.

    >>> day_number(date(1970, 2, 1))
    31.0
    """
    return float((on - date(1970, 1, 1)).days)


def width(words: str) -> int:
    """Columns that words take: two for a Chinese character, one for a Latin letter.

    >>> width("河口a")
    5
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def short(name: str, columns: int = 20) -> str:
    """A long name with its middle left out: districts stand at the beginning of names, streets at the end.

    >>> short("North Harbour District, Old Lighthouse Street", 21)
    'North Harb…use Street'
    """
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
