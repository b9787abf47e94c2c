"""The unified social credit code (GB 32100-2015): 18 characters, two of which check the others."""

from __future__ import annotations

import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANIZATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
#: The first two digits of a place: provinces, as GB/T 2260 numbers them.
PROVINCES: Final = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(first, last + 1)
)


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a unified social credit code, with both of its check digits.

    Position 1 is the registering department, 3-8 the place (a province first), 9-17 the organization code of
    GB 11714 (its ninth character checks it), 18 the check character modulo 31.

    >>> is_credit_code("51100000500000015P"), is_credit_code("51100000500000015Q")
    (True, False)
    """
    code = code.upper()
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return False
    if not code[2:8].isdigit() or (code[2:4] not in PROVINCES and code[2:8] != "100000"):
        return False
    return _organization_code_holds(code[8:17]) and check_character_holds(code)


def check_character_holds(code: str) -> bool:
    """Whether the last of 18 characters checks the others: no slip of one character, nor two swapped, passes.

    >>> check_character_holds("51100000500000015P"), check_character_holds("51100000500000051P")
    (True, False)
    """
    code = code.upper()
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return False
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return ALPHABET[-total % 31] == code[17]


def looks_like_credit_code(code: str) -> bool:
    """Whether a text was meant to be a social organization's code: it begins as one, and is about as long.

    >>> looks_like_credit_code("51100000500000015Q"), looks_like_credit_code("A001")
    (True, False)
    """
    return bool(re.fullmatch(r"5[1239][0-9]{6}[0-9A-Za-z]{8,11}", code))


def _organization_code_holds(code: str) -> bool:
    """GB 11714: eight characters and a check character modulo 11."""
    values = [int(character, 36) for character in code[:8]]
    check = -sum(value * weight for value, weight in zip(values, _ORGANIZATION_WEIGHTS, strict=True)) % 11
    return code[8] == ("X" if check == 10 else str(check))
