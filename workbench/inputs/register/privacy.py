"""Columns that the workbench refuses to hold: anything about a person. Numbers in cells are `workbench.privacy`'s."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

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
