"""How a text is spelt: what no eye sees in it, and which two texts a person would read as one.

One rule by Unicode category, not a list of bad characters: controls, formats, surrogates and separators of lines are
hidden, and so is what Unicode itself calls ignorable by default. Two texts are *the same* if they differ in width,
case, blanks or Unicode form only, and *look alike* if they differ in characters that a person takes for one another.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Categories of which a printed page shows nothing: control, format, surrogate, line and paragraph separator.
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
#: Letters and marks that Unicode gives no shape (Default_Ignorable_Code_Point outside those categories).
_SHAPELESS: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
#: What stands where a character was lost.
LOST: Final = "\ufffd"
#: Excel writes a character that XML cannot hold so; as text it is a slip of whoever exported the file.
ESCAPED: Final = re.compile("_x[0-9A-Fa-f]{4}_")

#: Characters that a person takes for the first of their row.
_ALIKE: Final = str.maketrans(
    {
        one: row[0]
        for row in (
            *(
                "0oοо〇○零",
                "1liіⅼ|",
                "aаα",
                "bьв",
                "eе",
                "pрρ",
                "cсϲ",
                "xхχ",
                "yу",
                "kкκ",
                "mм",
                "tтτ",
                "hн",
                "uυ",
                "vν",
            ),
            *(
                "一—–―ー-−‐‑‒",
                "己已巳",
                "末未",
                "土士",
                "日曰",
                "人入",
                "口囗",
                "卜ト",
                "力カ",
                "夕タ",
                "工エ",
                "二ニ",
                "八ハ",
            ),
        )
        for one in row[1:]
    }
)


def has_hidden(value: str) -> bool:
    """Whether a text holds a character that no printed page shows.

    >>> has_hidden("岚汀街道"), has_hidden("岚汀\\u00ad街道"), has_hidden("岚汀\\t街道")
    (False, True, True)
    """
    if value.isprintable() and not _SHAPELESS.search(value):
        return False
    return any(unicodedata.category(one) in _HIDDEN for one in value) or bool(_SHAPELESS.search(value))


def without_hidden(value: str) -> str:
    """A text without what no printed page shows; a line break or a tab between two words becomes a blank."""
    if not has_hidden(value):
        return value
    value = re.sub(r"(?<=[0-9A-Za-z])[\t\r\n\v\f\x85\u2028\u2029]+(?=[0-9A-Za-z])", " ", value)
    return "".join(one for one in value if unicodedata.category(one) not in _HIDDEN and not _SHAPELESS.match(one))


def has_odd_blank(value: str) -> bool:
    """Whether a text holds a blank other than the plain one: a no-break or a full-width one, say."""
    return not value.isprintable() and any(one != " " and unicodedata.category(one) == "Zs" for one in value)


def has_private(value: str) -> bool:
    """Whether a text holds a character that only the font of whoever typed it knows."""
    return not value.isprintable() and any(unicodedata.category(one) in ("Co", "Cn") for one in value)


def same_key(value: str) -> str:
    """What texts have in common that differ in width, case, blanks or Unicode form only.

    >>> same_key("ＡＢ－０１") == same_key("ab-01"), same_key("岚汀 街道") == same_key("岚汀\\u3000街道")
    (True, True)
    """
    plain = unicodedata.normalize("NFKC", value).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", without_hidden(plain))
    return "".join(plain.split())


def look_key(value: str) -> str:
    """What texts have in common that a person reads as one.

    >>> look_key("AO1") == look_key("A01"), look_key("A02") == look_key("A01")
    (True, False)
    """
    return same_key(value).translate(_ALIKE)
