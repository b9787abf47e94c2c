"""One detector for all texts and numbers that enter: whatever reads as a person's number or address.

Identity numbers (GB 11643) are known by province and birth date, also with a wrong check digit; mobile and landline
numbers, and e-mail addresses, by their form. Width, invisible characters and separators between digits (blanks, dashes,
dots, slashes, underscores) hide nothing. A value that holds one is refused, and masked wherever it is quoted.

A unified social credit code begins with 51, 52 or 53, as identity numbers of three provinces do; an identifier that
passes its own check digits, or is no identity number by the number's, is let pass.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from workbench.credit_code import PROVINCES, is_credit_code
from workbench.spelling import without_hidden

Secret = Literal["identity_number", "telephone_number", "email_address"]

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
#: What may stand between two digits of one number.
_BETWEEN: Final = r"[ \-._/·,()]{0,2}"
_APART: Final = r"[ \-._/·,()]{1,2}"
_EIGHTEEN: Final = re.compile(rf"(?<![0-9])[0-9](?:{_BETWEEN}[0-9]){{16}}{_BETWEEN}[0-9Xx](?![0-9])")
_LONG_RUN: Final = re.compile(r"[0-9Xx]{19,}")
_MOBILE: Final = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)1[3-9][0-9](?:{_BETWEEN}[0-9]{{4}}){{2}}(?![0-9])"
    rf"|(?<![0-9])(?:\+?86{_BETWEEN})1[3-9][0-9]{_BETWEEN}[0-9]{{4}}{_BETWEEN}[0-9]{{4}}(?![0-9])"
    rf"|(?<![0-9])(?<![0-9]\.)1[3-9][0-9](?:{_APART}[0-9]{{2,5}}){{2,4}}(?![0-9])"
    rf"|(?<![0-9])1{_APART}[3-9](?:{_APART}[0-9]){{9}}(?![0-9])"
    r"|(?<![0-9])(?:1[3-9][0-9]{9}){2,}(?![0-9])"
)
#: An area code (with its 0, or after the country's code) and a local number, which begins with 2 to 8.
_LANDLINE_APART: Final = re.compile(
    r"(?<![0-9])(?:(?:\+|00)86[ \-.]?\(?0?|\(?0)(?:10|2[0-9]|[3-9][0-9]{2})(?:\) ?[\-.]?|[ \-._/])"
    r"[2-8][0-9]{2,3}[ \-._/]?[0-9]{4}(?![0-9A-Za-z])"
)
#: The same form, but the local number is a year and a serial number: 0755-2024-0001.
_SERIAL: Final = re.compile(r"0[0-9]{2,3}-(?:19[89]|20[0-3])[0-9]-[0-9]{3,4}")
_LANDLINE_TOGETHER: Final = re.compile(
    r"(?<![0-9A-Za-z])0(?:10[2-8][0-9]{7}|2[0-9][2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})(?![0-9A-Za-z])"
)
_SERVICE: Final = re.compile(r"(?<![0-9])[48]00[ \-.][0-9]{3,4}[ \-.]?[0-9]{3,4}(?![0-9])")
_EMAIL: Final = re.compile(r"[0-9A-Za-z_.+\-]+ ?@ ?[0-9A-Za-z\-]+(?: ?\. ?[0-9A-Za-z\-]+)+")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣⁃", "-") | dict.fromkeys("．。•", "."))
#: A mobile number's eleven digits and nothing else.
_ELEVEN: Final = re.compile(r"1[3-9][0-9]{9}")
#: What stands before a number that is to be called.
_CALLED: Final = re.compile(r"(?:tel|phone|mobile|mob|cell)[.:]?$", re.I)
_RUN: Final = re.compile(rf"[0-9](?:{_BETWEEN}[0-9Xx]){{6,}}")


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are a mainland identity number: province, birth date, check digit (GB 11643-1999).

    >>> is_identity_number("110101190001010006"), is_identity_number("110101190001010009")
    (True, False)
    """
    if not _reads_as_identity(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def _reads_as_identity(number: str) -> bool:
    """Whether 18 characters have a province and a birth date where an identity number has them."""
    if not re.fullmatch(r"[0-9]{17}[0-9Xx]", number) or number[:2] not in PROVINCES:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1850 <= born.year <= 2100


def plain_of(value: object) -> str:
    """A value as the detector reads it: whole numbers without a point, plain widths and dashes, nothing hidden."""
    if isinstance(value, float):
        value = f"{value:.0f}" if math.isfinite(value) and value.is_integer() else repr(value)
    words = value if isinstance(value, str) else str(value)
    if words.isascii() and words.isprintable():
        return words
    return without_hidden(unicodedata.normalize("NFKC", without_hidden(words)).translate(_DASHES))


def secret(value: object, *, identifier: bool = False) -> Secret | None:
    """What personal number or address a value holds, if any.

    Parameters
    ----------
    value
        any text or number.
    identifier
        it is an organization's identifier: it may be a unified social credit code, and digits that only *could* be a
        landline without separators, or follow letters, are let pass as a serial number.

    >>> secret("某协会 13800000000"), secret(13800000000.0), secret("51100000500000015P", identifier=True)
    ('telephone_number', 'telephone_number', None)
    >>> secret("tel138.0000.0000"), secret("0755-2024-0001"), secret("office@example.org")
    ('telephone_number', None, 'email_address')
    """
    plain = plain_of(value)
    if "@" in plain and _EMAIL.search(plain):
        return "email_address"
    if sum(map(str.isdigit, plain)) < 7:
        return None
    if _holds_identity(plain, identifier):
        return "identity_number"
    return "telephone_number" if _holds_telephone(plain, identifier) else None


def _holds_identity(plain: str, identifier: bool) -> bool:
    for found in _EIGHTEEN.finditer(plain):
        number = re.sub(r"[^0-9Xx]", "", found.group())
        # Both at once happens by accident to one number in hundreds: an identifier has the benefit of the doubt.
        if identifier and (is_credit_code(number) or not is_identity_number(number)):
            continue
        if _reads_as_identity(number):
            return True
    runs = (found.group() for found in _LONG_RUN.finditer(plain))
    return any(is_identity_number(run[at : at + 18]) for run in runs for at in range(len(run) - 17))


def _holds_telephone(plain: str, identifier: bool) -> bool:
    for found in _MOBILE.finditer(plain):
        if sum(map(str.isdigit, found.group())) < 11:
            continue
        before, after = plain[: found.start()][-1:], plain[found.end() :][:1]
        in_a_code = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
        in_a_code = in_a_code and not _CALLED.search(plain[: found.start()])
        if not (identifier and in_a_code):
            return True
    without_serials = _SERIAL.sub("", plain)
    if _LANDLINE_APART.search(without_serials) or (not identifier and _SERVICE.search(plain)):
        return True
    return not identifier and bool(_LANDLINE_TOGETHER.search(plain))


def secrets_of(values: Iterable[object], *, identifiers: bool = False) -> list[Secret | None]:
    """What each value of one column holds.

    Eleven digits that begin as a mobile number does are serial numbers where most of a column of identifiers is of that
    form.

    >>> secrets_of(["13800000001", "13800000002", "13800000003"], identifiers=True)
    [None, None, None]
    """
    cells = list(values)
    serial = False
    if identifiers:
        alike = sum(bool(_ELEVEN.fullmatch(plain_of(cell))) for cell in cells)
        serial = alike >= 3 and alike >= 0.8 * len(cells)
    return [
        None if serial and _ELEVEN.fullmatch(plain_of(cell)) else secret(cell, identifier=identifiers) for cell in cells
    ]


def masked(value: str) -> str:
    """A text fit to be shown: where it holds a personal number or address, only the ends of each.

    >>> masked("联系 13800000000"), masked("12")
    ('联系 13*******00', '12')
    """
    if secret(value) is None:
        return value

    def hide(found: re.Match[str]) -> str:
        whole = found.group()
        return whole[:2] + "*" * (len(whole) - 4) + whole[-2:] if len(whole) > 6 else "*" * len(whole)

    return _RUN.sub(hide, _EMAIL.sub(hide, plain_of(value)))
