"""What the workbench refuses to hold: anything about a person.

Two guards. A *column* is refused by its header (names, identity and telephone numbers, dates of birth,
posts). A *value* is refused wherever it stands in a text column if it reads as a mainland identity number
(GB 11643: birth date and check digit) or as a telephone number. Messages show such a value masked, never
whole.

A unified social credit code (GB 32100-2015) of a social organization begins with 51, 52 or 53, as identity
numbers of three provinces do. The code's own check digits tell the two apart; `org_id` may be such a code.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final, Literal

from workbench.inputs.register.credit_code import PROVINCES, is_credit_code

Secret = Literal["identity_number", "telephone_number"]

# --- columns ----------------------------------------------------------------------------------------------

#: Pieces of Chinese headers that speak of a person, wherever they stand in the header.
_ZH_PIECES: Final = (
    *("姓名", "法人代表", "法定代表人", "负责人", "书记", "联系人", "联络人", "联系方式", "身份证", "证件号"),
    *("出生", "生日", "性别", "民族", "学历", "政治面貌", "电话", "手机", "邮箱", "邮件", "微信", "qq号"),
    *("年龄", "籍贯", "住址", "职务", "户籍", "入党时间", "入党日期"),
)
#: Chinese headers refused only when they are the whole header: with 是否 before them they are a yes or no.
_ZH_WHOLE: Final = frozenset(("法人", "党建指导员", "指导员", "党建联络员", "联络员", "党员名单", "名单", "qq", "号码"))
#: English words that speak of a person, as whole words of the header.
_EN_WORDS: Final = frozenset(
    (
        *("person", "persons", "contact", "phone", "telephone", "tel", "mobile", "cellphone", "cell"),
        *("email", "mail", "birth", "birthday", "birthdate", "dob", "gender", "sex", "ethnicity", "age"),
        *("nationality", "education", "secretary", "principal", "wechat", "surname", "idcard", "passport"),
        *("representative",),
    )
)
#: English headers refused as a whole, written without separators.
_EN_WHOLE: Final = frozenset(
    (
        *("identity", "identitynumber", "idnumber", "idno", "nationalid", "leader", "leadername"),
        *("instructor", "instructorname", "liaison", "firstname", "lastname", "fullname", "personname"),
        *("membername", "membernames", "homeaddress", "legalperson", "telno", "phoneno"),
    )
)


def is_personal_column(header: str) -> bool:
    """Whether a header speaks of a person.

    >>> is_personal_column("党组织书记姓名"), is_personal_column("contact_phone")
    (True, True)
    >>> is_personal_column("has_instructor"), is_personal_column("是否派驻党建指导员")
    (False, False)
    """
    plain = unicodedata.normalize("NFKC", header).casefold().strip()
    together = re.sub(r"[\s_\-()/.:]+", "", plain)
    if any(piece in together for piece in _ZH_PIECES) or together in _ZH_WHOLE or together in _EN_WHOLE:
        return True
    words = re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", header).casefold())
    return not _EN_WORDS.isdisjoint(words) or together in _EN_WORDS


# --- identity numbers -------------------------------------------------------------------------------------

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return False
    return 1850 <= born.year <= 2100


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are a mainland identity number: province, birth date and check digit (GB
    11643-1999).

    >>> is_identity_number("110101190001010006"), is_identity_number("110101190001010009")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{17}[0-9Xx]", number) or number[:2] not in PROVINCES:
        return False
    if not _is_date(number[6:10], number[10:12], number[12:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


# --- values -----------------------------------------------------------------------------------------------

_EDGE_BEFORE: Final = r"(?<![0-9A-Za-z])"
_EDGE_AFTER: Final = r"(?![0-9A-Za-z])"
_EIGHTEEN: Final = re.compile(_EDGE_BEFORE + r"[0-9](?:[ \-]?[0-9]){16}[ \-]?[0-9Xx]" + _EDGE_AFTER)
_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z.])(?:\(?(?:\+|00)?86\)?[ \-]?)?1[3-9][0-9](?:[ \-]?[0-9]{4}){2}(?![0-9A-Za-z])"
)
#: An area code (with its 0, or after the country's code) and a local number, which begins with 2 to 8.
_LANDLINE_APART: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+|00)86[ \-]?\(?0?|\(?0)(?:10|2[0-9]|[3-9][0-9]{2})(?:\) ?-?|[ \-])"
    r"[2-8][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9A-Za-z])"
)
_LANDLINE_TOGETHER: Final = re.compile(
    r"(?<![0-9A-Za-z])0(?:10[2-8][0-9]{7}|2[0-9][2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})(?![0-9A-Za-z])"
)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))

#: What a text must hold before a closer look is worth its time: seven digits, with little between them.
_SUSPECT: Final = re.compile(r"\d(?:[^0-9A-Za-z\u4e00-\u9fff]{0,3}\d){6}")


def secret(value: str, *, identifier: bool = False) -> Secret | None:
    """What personal number a text holds, if any.

    Parameters
    ----------
    value
        any text.
    identifier
        the text is an organization's identifier: it may be a unified social credit code, and
        eleven or twelve digits that only *could* be a landline without separators are let pass, as a serial
        number.

    >>> secret("某协会 13800000000"), secret("51100000500000015P", identifier=True)
    ('telephone_number', None)
    """
    if not _SUSPECT.search(value):
        return None
    plain = unicodedata.normalize("NFKC", value).translate(_DASHES)
    for found in _EIGHTEEN.finditer(plain):
        number = re.sub(r"[ \-]", "", found.group())
        # Both at once happens by accident to one number in hundreds: an identifier has the benefit of the
        # doubt.
        if is_identity_number(number) and not (identifier and is_credit_code(number)):
            return "identity_number"
    if _MOBILE.search(plain) or _LANDLINE_APART.search(plain):
        return "telephone_number"
    if not identifier and _LANDLINE_TOGETHER.search(plain):
        return "telephone_number"
    return None


def masked(value: str) -> str:
    """A text fit to be shown: where it holds a personal number, only the first and last two characters of
    each run.

    >>> masked("联系 13800000000"), masked("12")
    ('联系 13*******00', '12')
    """
    if secret(value) is None:
        return value
    plain = unicodedata.normalize("NFKC", value).translate(_DASHES)

    def hide(run: re.Match[str]) -> str:
        whole = run.group()
        return whole[:2] + "*" * (len(whole) - 4) + whole[-2:]

    return re.sub(r"[0-9](?:[ \-()]{0,2}[0-9Xx]){6,}", hide, plain)
