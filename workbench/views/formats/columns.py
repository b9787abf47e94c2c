"""How wide the columns of a printed table are: said once, for Word and for HTML.

Widths are in letters, half of a Chinese character each. What must not break has room (numbers, dates, words); what is
left goes, letter by letter, to the column whose texts it shortens most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.views.formats.blocks import on_the_left
from workbench.views.formats.terminal import width, wrap

#: How much wider than a letter of the model the letters of a wide font are: in words and numbers, and in bold ones.
PLAIN, BOLD = 1.18, 1.32
#: What a cell keeps at its sides, in letters; what a date or a number within Chinese text gains by the gaps around it.
PADDING, GAPS = 1.7, 2
#: Letters of a word that is never broken, at most.
WORD = 26
#: Rows that are measured for a column's width, on paper and in Excel.
ROWS_MEASURED = 200


def column_shares(
    headings: Sequence[str], rows: Sequence[Sequence[str]], last: Sequence[str] | None, sorts: Sequence[str], room: int
) -> list[float]:
    """The share of a table's width that each of its columns takes.

    Parameters
    ----------
    headings, rows, last
        as they are written; headings and the last row, that of totals, are bold.
    sorts
        the columns' sorts.
    room
        letters that fit across the page.

    Returns
    -------
    list[float]
        shares that add up to 1.
    """
    least, lengths = [], []
    for place, sort in enumerate(sorts):
        cells = [row[place] for row in rows[:ROWS_MEASURED]]
        whole = [_letters(cell, PLAIN) for cell in cells]
        words = [_letters(word, PLAIN) for cell in cells for word in unbroken(cell)] if breakable(sort) else whole
        bold = [_letters(word, BOLD) for word in unbroken(headings[place])]
        if last is not None:
            bold += [_letters(word, BOLD) for word in last[place].split()]
        least.append(max(min(max(words, default=1.0), WORD), *bold, 1.0) + PADDING)
        lengths.append(np.array([_letters(headings[place], BOLD), *whole]))
    sizes = _shared_out(np.array(least), lengths, room)
    return [float(share) for share in sizes / sizes.sum()]


def breakable(sort: str) -> bool:
    """Whether texts of a column may break: what is written in digits alone may not."""
    return on_the_left(sort) or sort == "number"


def unbroken(cell: str) -> list[str]:
    """What a line should not break: words between blanks, what stands in brackets, or four Chinese characters.

    >>> unbroken("points gained"), unbroken("增加（百分点）"), unbroken("联合党组织（任务）")
    (['points', 'gained'], ['增加', '（百分点）'], ['联合党组', '（任务）'])
    """
    return [
        part if part.isascii() or part.startswith("（") else part[:4]
        for word in cell.split()
        for part in re.split("(?=（)", word)
        if part
    ]


def heading_lines(words: str, columns: int) -> list[str]:
    """A heading in lines that are no wider than so many columns, if its words allow: it breaks between words and before
    a bracket, and Chinese into halves of at most as many characters.

    >>> heading_lines("work coverage, points", 12), heading_lines("完成时限（最迟报批）", 12)
    (['work', 'coverage,', 'points'], ['完成时限', '（最迟报批）'])
    >>> heading_lines("上会责任单位家数", 12), heading_lines("责任单位", 12)
    (['上会责任', '单位家数'], ['责任单位'])
    """
    lines: list[str] = []
    for part in re.split("(?=（)|(?<=[）：，])", words):
        if not part.isascii() and " " not in part and width(part) > columns:
            half = -(-len(part) // -(-width(part) // columns))
            lines += [part[start : start + half] for start in range(0, len(part), half)]
        elif width(part) > columns:
            lines += wrap(part, columns=columns).split("\n")
        elif lines and width(lines[-1] + part) <= columns:
            lines[-1] += part
        elif part:
            lines.append(part)
    return lines or [words]


def broken_heading(words: str, letters: float) -> str:
    """A heading, with a line of its own for what stands in brackets where it does not fit one line."""
    return words if _letters(words, BOLD) + PADDING <= letters else words.replace("（", "\n（", 1).lstrip("\n")


def _letters(cell: str, wider: float) -> float:
    """What a text takes: Latin letters of a wide font, of which some are wider still; Chinese ones as they are."""
    if not cell.isascii():
        return float(width(cell) + GAPS)
    return wider * (len(cell) + 0.6 * sum(cell.count(sign) for sign in "mwMW"))


def _shared_out(least: NDArray[np.float64], lengths: list[NDArray[np.float64]], room: int) -> NDArray[np.float64]:
    """Letter by letter to the column in which it saves most of the squares of its rows' lines; to nobody if it saves
    nothing."""
    sizes = least.copy()
    saved = [_saved(lengths[place], sizes[place]) for place in range(len(sizes))]
    while sizes.sum() + 1 <= room:
        best = int(np.argmax(saved))
        if saved[best] <= 0.0:
            break
        sizes[best] += 1.0
        saved[best] = _saved(lengths[best], sizes[best])
    return sizes


def _saved(lengths: NDArray[np.float64], size: float) -> float:
    """What one letter more saves in a column."""

    def tall(letters: float) -> float:
        return float((np.maximum(lengths / letters, 1.0) ** 2).sum())

    return tall(size - PADDING) - tall(size - PADDING + 1.0)
