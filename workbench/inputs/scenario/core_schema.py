"""What a plain word of YAML means: the core schema of YAML 1.2 (chapter 10.3), and what YAML 1.1 made of it.

The two differ: 0120 is 120 in one and 80 in the other, `no` a word in one and false in the other. A planner cannot
know which one a program follows, so what differs is refused, with both meanings. Dates are text in the core schema,
and read as dates where a key wants one.
"""

from __future__ import annotations

import math
import re
from typing import Final

import yaml

Plain = str | int | float | bool | None

_WHOLE: Final = re.compile(r"[-+]?[0-9]+")
_OCTAL: Final = re.compile(r"0o[0-7]+")
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_WORDS: Final[dict[str, Plain]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
#: No number of a scenario has more digits; converting a million of them would take minutes.
MOST_DIGITS: Final = 300


class LongNumber(ValueError):
    """A number of more digits than any quantity has."""


def core(word: str) -> Plain:
    """The value of a plain word by the core schema of YAML 1.2.

    Raises
    ------
    LongNumber
        More than `MOST_DIGITS` characters of a number.

    Examples
    --------
    >>> core("0120"), core("0o17"), core("1e3"), core("no"), core("2027-08-31"), core("~")
    (120, 15, 1000.0, 'no', '2027-08-31', None)
    """
    if word in _WORDS:
        return _WORDS[word]
    if infinite := _INFINITE.fullmatch(word):
        return -math.inf if infinite[1] == "-" else math.inf
    is_float = _FLOAT.fullmatch(word)
    if len(word) > MOST_DIGITS and (is_float or _HEXADECIMAL.fullmatch(word) or _OCTAL.fullmatch(word)):
        raise LongNumber
    if _WHOLE.fullmatch(word):
        return int(word)
    if _OCTAL.fullmatch(word):
        return int(word[2:], 8)
    if _HEXADECIMAL.fullmatch(word):
        return int(word, 16)
    return float(word) if is_float else word


def other_meaning(word: str) -> Plain:
    """What YAML 1.1 reads where that differs from YAML 1.2's core schema; the word's own value where it does not.

    Dates count as the text that they are in 1.2: here every date is read by the key that it stands at.

    Examples
    --------
    >>> other_meaning("0120"), other_meaning("no"), other_meaning("1:30"), other_meaning("1_000"), other_meaning("1e3")
    (80, False, 90, 1000, '1e3')
    >>> other_meaning("120"), other_meaning("2027-08-31")
    (120, '2027-08-31')
    """
    loader = yaml.SafeLoader("")
    try:
        tag: str = loader.resolve(yaml.ScalarNode, word, (True, False))  # type: ignore[no-untyped-call]
        if tag.rpartition(":")[2] not in ("int", "float", "bool", "null"):
            return word
        older: Plain = loader.construct_object(yaml.ScalarNode(tag, word))
        return older
    finally:
        loader.dispose()


def ambiguous(word: str) -> bool:
    """Whether YAML 1.1 and 1.2 read a plain word as two different things."""
    new, old = core(word), other_meaning(word)
    both_nan = isinstance(new, float) and isinstance(old, float) and math.isnan(new) and math.isnan(old)
    return not both_nan and (type(new) is not type(old) or new != old)
