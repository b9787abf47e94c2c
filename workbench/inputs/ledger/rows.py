"""What each row of a sheet is: an organization, or a title, a subtotal, a note at the foot …"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from workbench.inputs.ledger.headers import Header
from workbench.inputs.ledger.sheets import LedgerSheet, NeverComputed
from workbench.inputs.ledger.synonyms import NEEDLESS, PERSON
from workbench.inputs.register import BY_NAME

_SUBTOTAL: Final = re.compile(
    r"(其中:?)?(合|小|总|共|累)计.{0,12}|.{0,14}(小计|合计|总计|共计)(:|\(.*\))?|总数|合计数|(全市|全区|全县|全镇|全街道)(合计|总计)?"
    # Excel's own total row, what follows a total, and shares.
    r"|.{0,14}汇总|平均值?|(sub|grand)?-?totals?:?|其中:?.{0,14}|.{0,10}(组建率|覆盖率|建成率|完成率|占比|比例)(:|\(.*\))?",
    re.I,
)
_FOOT: Final = re.compile(
    r"(注|备注|说明|填表说明|填报说明|填表|填报|制表|审核|审批人|审定|单位负责人|负责人|主要负责人|分管领导|联系人|联系电话|电话|单位\(?盖章|盖章|报送|上报|日期|填报日期|填表日期|统计人"
    r"|经办|签字|签名|第.{1,4}页|共.{1,4}页|以上|数据截至|截至|截止)[^省市县区]{0,6}[:(0-9人日时].*|(注|备注|说明)[:.].*|.*(填表人|填报人|制表人|审核人|经办人|联系电话)[:].*"
)
#: A line that goes on with a note at the foot, or ends the table.
_FOOT_TOO: Final = re.compile(r"\(?(以下空白|以下无正文|此处空白|以下无)\)?.{0,4}")
_EXAMPLE: Final = re.compile(r"\(?(示例|样例|举例|例如|范例|例)\)?[:]?.{0,20}")
_NUMBERED: Final = (
    r"(?:\(?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\)?[、.．]|\((?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\))"
)
_SECTION: Final = re.compile(rf"{_NUMBERED}?\s*(.{{2,20}}?)(?:[(]共?[0-9]+(?:家|个)[)]|:?共?[0-9]+(?:家|个))?[:]?$")
_STREET: Final = re.compile(r".{1,14}(街道|街道办事处|街道办|镇|乡|办事处)$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row and what became of it: fate (taken, merged or dropped), and why (a key of the labels table)."""

    number: int
    fate: str
    why: str


@dataclass(frozen=True)
class _Columns:
    """A header's columns by what a row says in them: who it is, how many, all that is taken, nothing that is needed."""

    key: list[int]
    kept: set[int]
    counts: set[int]
    says: set[int]
    needless: set[int]

    @classmethod
    def of(cls, header: Header) -> _Columns:
        held = {label.at: BY_NAME[label.target].holds for label in header.labels if label.target in BY_NAME}
        return cls(
            [label.at for target in ("org_id", "name") if (label := header.of(target))],
            {label.at for label in header.labels if label.target not in (NEEDLESS, PERSON, None)},
            {at for at, holds in held.items() if holds == "count"},
            {at for at, holds in held.items() if holds != "text"},
            {label.at for label in header.labels if label.target == NEEDLESS},
        )

    def only_prefilled(self, filled: dict[int, Any]) -> bool:
        """Whether a row names nobody and says nothing: a number and a street that stand in every row of the form."""
        empty = {at for at, cell in filled.items() if cell in (0, "0") or isinstance(cell, NeverComputed)}
        return bool(self.key) and not {*self.key, *self.says} & (filled.keys() - empty)


def street_name(words: str) -> str | None:
    """The street that a title, a section or a sheet's name speaks of, if it is one's name.

    >>> street_name("一、岚汀街道"), street_name("Sheet1")
    ('岚汀街道', None)
    """
    found = _SECTION.fullmatch(unicodedata.normalize("NFKC", words).strip())
    if not found:
        return None
    # 蘅栎镇人民政府 and 岚汀街道办事处 sit in the street that they speak of.
    plain = re.sub(r"(?<=[镇乡])(人民政府|政府|党委)$|(?<=街道)(办事处|办|党工委|工委)$", "", found[1])
    return plain if _STREET.fullmatch(plain) else None


def sort_rows(sheet: LedgerSheet, header: Header) -> tuple[list[Row], dict[int, str]]:
    """Each row with its fate, and for each one taken the section that it stands in.

    Parameters
    ----------
    sheet, header
        a sheet and its header.

    Returns
    -------
    tuple[list[Row], dict[int, str]]
        One `Row` per row from the first to the last in which something stands; row number -> the words of its
        section, where it stands in one.
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
    columns = _Columns.of(header)
    words = {label.at: label.header.rpartition(" / ")[2] for label in header.labels}
    again = {number for number, cells in sheet.rows.items() if number > header.last and _is_header(cells, words)}
    named = set().union(*_under(sheet, columns.key))
    same = _one_organization(sheet, header, columns)
    foot = False
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
            if number in again:
                why = "header_again"
            elif _is_title(filled, number, again):
                why = "title"
            elif number in same:
                why = "same_organization"
            elif foot and _is_words(filled):
                why = "foot"
            else:
                spread = (number, min(filled)) in wide
                why = _why(filled, columns, spread, number - header.last)
                if not why and number not in named and columns.only_prefilled(filled):
                    why = "prefilled"
            foot = why == "foot"
            if why == "section":
                section = str(next(iter(filled.values())))
            fates.append(Row(number, "dropped" if why else "taken", why or "organization"))
            if section and not why:
                sections[number] = section
    return fates, sections


def _is_header(cells: list[Any], words: dict[int, str]) -> bool:
    """Whether the header stands here again, as it does at the top of each page."""
    filled = [(turn, cell) for turn, cell in enumerate(cells) if cell is not None]
    same = sum(words.get(turn) == " ".join(str(cell).split()) for turn, cell in filled)
    return same >= 3 and same >= 0.7 * len(filled)


def _is_words(filled: dict[int, Any]) -> bool:
    """Whether a row is one text that is no number."""
    [*cells] = filled.values()
    return len(cells) == 1 and isinstance(cells[0], str) and not _is_number(cells[0])


def _is_title(filled: dict[int, Any], number: int, again: set[int]) -> bool:
    """Whether a line stands above a header that comes again, as a table's title or its unit and date."""
    texts = [cell for cell in filled.values() if isinstance(cell, str)]
    return bool({number + 1, number + 2} & again) and (
        _is_words(filled) or (0 < len(texts) <= 4 and any(re.search("[:：]", cell) for cell in texts))
    )


def _one_organization(sheet: LedgerSheet, header: Header, columns: _Columns) -> set[int]:
    """Rows that go on with the organization above, whose code and name are merged over them: its second contact, say.

    A row that says something of its own in a column that is taken is not among them: whether it is another
    organization, a planner must say.
    """
    spans = _under(sheet, columns.key)
    under = set.intersection(*spans) if spans else set()
    return {
        number
        for number in under
        if number > header.last
        and not any(cell is not None for at, cell in enumerate(sheet.rows.get(number, ())) if at in columns.kept)
    }


def _under(sheet: LedgerSheet, columns: list[int]) -> list[set[int]]:
    """For each column the rows that lie under a merged range that begins above them."""
    last = max(sheet.rows, default=0)
    return [
        {
            row
            for merged in sheet.merged
            if merged.left <= at <= merged.right
            for row in range(merged.top + 1, min(merged.bottom, last) + 1)
        }
        for at in columns
    ]


def _why(filled: dict[int, Any], columns: _Columns, wide: bool, after: int) -> str:
    """Why a row is no organization, or ""."""
    key, counts = columns.key, columns.counts
    heading = unicodedata.normalize("NFKC", str(next(iter(filled.values())))).replace(" ", "")
    if _is_words(filled) and (street_name(heading) or re.match(_NUMBERED, heading)) and not _FOOT.match(heading):
        return "section"
    if not columns.kept & filled.keys() and not set(filled) - columns.needless:
        return "blank" if all(_is_number(cell) for cell in filled.values()) else "remark"
    texts = {
        turn: unicodedata.normalize("NFKC", cell).replace(" ", "")
        for turn, cell in filled.items()
        if isinstance(cell, str)
    }
    if after <= 2 and len(filled) >= 3 and _numbers_columns(filled):
        return "numbering"
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
        and (wide or not any(_is_number(filled[turn]) for turn in counts & filled.keys()))
        and (_FOOT.match(texts[first]) or (_FOOT_TOO.fullmatch(texts[first]) and len(filled) == 1))
        and not _has_code(filled, key)
    ):
        return "foot"
    if any(_EXAMPLE.fullmatch(texts[turn]) for turn in lead) and after <= 3:
        return "example"
    if _is_words(filled) and (wide or first not in key):
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
