"""What each row of a sheet is: an organization, or a title, a subtotal, a note at the foot …"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from workbench.inputs.ledger.headers import Header
from workbench.inputs.ledger.sheets import LedgerSheet
from workbench.inputs.ledger.synonyms import NEEDLESS, PERSON
from workbench.inputs.register import BY_NAME

_SUBTOTAL: Final = re.compile(
    r"(其中:?)?(合|小|总|共|累)计.{0,12}|.{0,14}(小计|合计|总计|共计)(:|\(.*\))?|总数|合计数|(全市|全区|全县|全镇|全街道)(合计|总计)?"
)
_FOOT: Final = re.compile(
    r"(注|备注|说明|填表说明|填报说明|填表|填报|制表|审核|审批人|审定|单位负责人|负责人|主要负责人|分管领导|联系人|联系电话|电话|单位\(?盖章|盖章|报送|上报|日期|填报日期|填表日期|统计人"
    r"|经办|签字|签名|第.{1,4}页|共.{1,4}页|以上|数据截至|截至|截止)[^省市县区]{0,6}[:(0-9人日时].*|(注|备注|说明)[:.].*|.*(填表人|填报人|制表人|审核人|经办人|联系电话)[:].*"
)
_EXAMPLE: Final = re.compile(r"\(?(示例|样例|举例|例如|范例|例)\)?[:]?.{0,20}")
_SECTION: Final = re.compile(
    r"(?:\(?[一二三四五六七八九十0-9]{1,3}\)?[、.])?\s*(.{2,20}?)(?:[(][0-9]+(?:家|个)[)])?[:]?$"
)
_STREET: Final = re.compile(r".{1,14}(街道|街道办事处|街道办|镇|乡|办事处)$")


@dataclass(frozen=True)
class Row:
    """A row and what became of it: fate (taken, merged or dropped), and why (a key of the labels table)."""

    number: int
    fate: str
    why: str


def street_name(words: str) -> str | None:
    """The street that a title, a section or a sheet's name speaks of, if it is one's name.

    >>> street_name("一、岚汀街道"), street_name("Sheet1")
    ('岚汀街道', None)
    """
    found = _SECTION.fullmatch(unicodedata.normalize("NFKC", words).strip())
    return found[1] if found and _STREET.fullmatch(found[1]) else None


def sort_rows(sheet: LedgerSheet, header: Header) -> tuple[list[Row], dict[int, str]]:
    """Each row with its fate, and for each one taken the section that it stands in.

    Parameters
    ----------
    sheet, header
        a sheet and its header.

    Returns
    -------
    tuple[list[Row], dict[int, str]]
        One `Row` per row from the first to the last in which something stands; row number -> the section's words.
    """
    fates: list[Row] = []
    sections: dict[int, str] = {}
    section = ""
    last = max(sheet.rows, default=0)
    wide = {
        (merged.top, merged.left)
        for merged in sheet.merged
        if merged.right - merged.left >= 2 and merged.top > header.last
    }
    key = [label.at for target in ("org_id", "name") if (label := header.of(target))]
    kept = {label.at for label in header.labels if label.target not in (NEEDLESS, PERSON, None)}
    counts = {label.at for label in header.labels if label.target in BY_NAME and BY_NAME[label.target].holds == "count"}
    needless = {label.at for label in header.labels if label.target == NEEDLESS}
    words = {label.at: label.header.rpartition(" / ")[2] for label in header.labels}
    for number in range(1, last + 1):
        cells = sheet.rows.get(number)
        if cells is None:
            fates.append(Row(number, "dropped", "blank"))
        elif number < header.first:
            fates.append(Row(number, "dropped", "title"))
        elif number <= header.last:
            fates.append(Row(number, "dropped", "header"))
        else:
            filled = {turn: cell for turn, cell in enumerate(cells) if cell is not None}
            why = _why(filled, key, kept, counts, needless, words, (number, min(filled)) in wide, number - header.last)
            if why == "section":
                section = str(next(iter(filled.values())))
            fates.append(Row(number, "dropped" if why else "taken", why or "organization"))
            if not why:
                sections[number] = section
    return fates, sections


def _why(
    filled: dict[int, Any],
    key: list[int],
    kept: set[int],
    counts: set[int],
    needless: set[int],
    words: dict[int, str],
    wide: bool,
    after: int,
) -> str:
    """Why a row is no organization, or ""."""
    if not kept & filled.keys() and not set(filled) - needless:
        return "blank" if all(_is_number(cell) for cell in filled.values()) else "remark"
    texts = {
        turn: unicodedata.normalize("NFKC", cell).replace(" ", "")
        for turn, cell in filled.items()
        if isinstance(cell, str)
    }
    if after <= 2 and len(filled) >= 3 and _numbers_columns(filled):
        return "numbering"
    same = sum(words.get(turn) == " ".join(str(cell).split()) for turn, cell in filled.items())
    if same >= 3 and same >= 0.7 * len(filled):
        return "header_again"
    first = min(filled)
    identified = [turn for turn in key if turn in filled and turn != first]
    lead = [turn for turn in sorted(texts)[:4] if turn not in identified or turn == first]
    if any(_SUBTOTAL.fullmatch(texts[turn]) for turn in lead) and not (
        len(key) > 1 and all(turn in filled and not _SUBTOTAL.fullmatch(texts.get(turn, "")) for turn in key)
    ):
        return "subtotal"
    if any(turn in texts and _SUBTOTAL.fullmatch(texts[turn]) for turn in key) and not _has_code(filled, key):
        return "subtotal"
    if (
        first in texts
        and (wide or not counts & filled.keys())
        and _FOOT.match(texts[first])
        and not _has_code(filled, key)
    ):
        return "foot"
    if any(_EXAMPLE.fullmatch(texts[turn]) for turn in lead) and after <= 3:
        return "example"
    if (
        len(filled) == 1
        and first in texts
        and (wide or street_name(texts[first]) or re.match(r"[一二三四五六七八九十]{1,3}、", texts[first]))
    ):
        return "section"
    return "foot" if wide and len(filled) <= 2 and not counts & filled.keys() and len(str(filled[first])) > 12 else ""


def _has_code(filled: dict[int, Any], key: list[int]) -> bool:
    """Whether an identifier with a digit stands in the row."""
    return (
        bool(key)
        and key[0] in filled
        and any(one.isdigit() for one in str(filled[key[0]]))
        and len(str(filled[key[0]])) < 24
    )


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.replace(".", "").isdecimal())


def _numbers_columns(filled: dict[int, Any]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 … or 甲, 乙, 1, 2 …"""
    plain = [re.sub(r"[()栏列]", "", unicodedata.normalize("NFKC", str(cell))) for _, cell in sorted(filled.items())]
    lettered = [one for one in plain if one in tuple("甲乙丙丁戊")]
    plain = plain[len(lettered) :]
    return len(plain) + len(lettered) >= 3 and bool(plain) and plain == [str(turn) for turn in range(1, len(plain) + 1)]
