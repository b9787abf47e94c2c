"""Which characters a file can hold and a reader can see; all others are told by their number."""

from __future__ import annotations

import re

#: What XML cannot hold, and what nobody sees as it is meant: other control characters, what turns the direction of
#: writing, private use (each font has its own), noncharacters, and the third plane, for which hardly a font has signs.
_UNSEEN = re.compile(
    "[^\t\n\r\u0020-\u007e\u00a0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U000e0100-\U000e01ef]"
)


def legal(words: str) -> str:
    """Words as a file can hold and a reader can see them: what cannot be is told by its number.

    >>> legal("a\\x07b"), legal("\\ue000社"), legal("河口😀𠮷")
    ('a[U+0007]b', '[U+E000]社', '河口😀𠮷')
    """
    return words if words.isascii() and words.isprintable() else _UNSEEN.sub(_number, words)


def _number(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
