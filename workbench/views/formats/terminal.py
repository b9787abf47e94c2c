"""Text for a terminal: Chinese characters are two columns wide, and lines break where either language may."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

#: Columns of a screen.
WIDTH = 96
#: Columns that the first column of a table keeps at least.
NARROWEST = 16
#: May not end a line.
OPENING = "（《“‘([{"
#: May not begin a line.
CLOSING = "，。；：！？、）》”’％%,.;:!?)"


def width(words: str) -> int:
    """Columns that words take.

    >>> width("street"), width("镇街")
    (6, 4)
    """
    if words.isascii():
        return len(words)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words
    )


def pad(words: str, columns: int, right: bool = False) -> str:
    """Words filled up with blanks to so many columns."""
    blanks = " " * max(0, columns - width(words))
    return blanks + words if right else words + blanks


def wrap(words: str, indent: str = "", first: str | None = None, columns: int = WIDTH) -> str:
    """Words in lines of at most `columns`, each indented; `first` begins the first line.

    >>> print(wrap("one two three", columns=8))
    one two
    three
    >>> print(wrap("台账共一千二百家", indent="  ", columns=12))
      台账共一千
      二百家
    """
    lines: list[str] = []
    for paragraph in words.splitlines() or [""]:
        line = first if first is not None and not lines else indent
        begun = False
        for piece in _pieces(paragraph):
            if begun and width(line + piece.rstrip()) > columns and piece[0] not in CLOSING:
                lines.append(line.rstrip())
                line, piece = indent, piece.lstrip()
            line += piece
            begun = True
        lines.append(line.rstrip())
    return "\n".join(lines)


def _pieces(words: str) -> Iterator[str]:
    """What may not be broken: a word with the blank before it, or one wide character with what opens it."""
    piece = ""
    for sign in words:
        wide = unicodedata.east_asian_width(sign) in "WF"
        may_break = wide or sign == " " or (piece and unicodedata.east_asian_width(piece[-1]) in "WF")
        if piece and may_break and piece[-1] not in OPENING:
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> str:
    """Columns side by side: the first to the left, all others to the right.

    >>> print(text_table(["street", "now"], [["镇街", "12"], ["x", "3"]], indent=""))
    street  now
    镇街     12
    x         3
    """
    columns = [max(width(row[place]) for row in (header, *rows)) for place in range(len(header))]
    # What does not fit the screen breaks in the first column: it holds words, the others numbers.
    room = WIDTH - width(indent) - sum(columns[1:]) - 2 * (len(columns) - 1)
    columns[0] = min(columns[0], max(room, NARROWEST))
    lines = []
    for row in (header, *rows):
        first, *more = wrap(row[0], columns=columns[0]).split("\n")
        cells = [first, *row[1:]]
        lines.append(indent + "  ".join(pad(cell, columns[place], right=place > 0) for place, cell in enumerate(cells)))
        lines += [indent + words for words in more]
    return "\n".join(line.rstrip() for line in lines)
