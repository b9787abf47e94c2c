"""Columns of one sheet held against each other: two of one meaning, all members beside full ones, kinds of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbench.inputs.ledger.cells import read_count, read_kind, reader_of, spoilt
from workbench.inputs.ledger.synonyms import TOTAL, plain_forms
from workbench.inputs.register import BY_NAME, KINDS, shown

if TYPE_CHECKING:
    from workbench.inputs.ledger.headers import Label
    from workbench.inputs.ledger.parts import LedgerPart

Lines = list[list[Any]]
#: Headers that may speak of anything; what their cells say decides.
_VAGUE: Final = frozenset(
    (
        *("类型", "类别", "种类", "性质", "单位类型", "单位性质", "组织类别", "组织性质", "机构类型"),
        *("type", "kind", "category"),
    )
)
#: Headers that count every member of the organization, probationary ones too.
_WHOLE: Final = frozenset(
    (
        *("党员", "党员数", "党员总数", "党员人数", "党员数量", "党员总人数", "党员合计", "党员总计"),
        *("现有党员", "现有党员数"),
    )
)


def compare(part: LedgerPart, lines: Lines) -> None:
    """Say where two columns of a sheet contradict each other."""
    for label in part.header.labels:
        if label.why == "twice" and label.target in part.came and label.target in BY_NAME:
            _twice(part, lines, label, str(label.target))
        elif label.target == TOTAL and (plain_forms(label.header) or [""])[-1] in _WHOLE:
            _above_total(part, lines, label)


def _twice(part: LedgerPart, lines: Lines, label: Label, name: str) -> None:
    """Two columns of one meaning that differ: which is meant changes the answer, so that it is asked."""
    taken = part.came[name]
    same_words = taken.order == label.order
    if not same_words and BY_NAME[name].holds not in ("count", "flag"):
        return  # a certificate's number beside the credit code
    read = reader_of(name)
    differ = []
    for turn, (number, line) in enumerate(zip(part.numbers, lines, strict=True)):
        cell = line[label.at]
        if cell is None or spoilt(cell):
            continue
        other, mine = read(cell).text, part.columns[name][turn]
        if other and mine and other != mine and (BY_NAME[name].holds != "flag" or other in ("true", "false")):
            differ.append((number, mine, other))
    if not differ:
        return
    row, mine, other = differ[0]
    details = {"letter": taken.letter, "first": row, "one": shown(mine), "other": shown(other), "count": len(differ)}
    if same_words or BY_NAME[name].holds == "count":
        part.note("fault", "column_twice", part.header.last, label, label.header, **details)
    else:
        part.note("finding", "columns_disagree", part.header.last, label, label.header, **details)


def _above_total(part: LedgerPart, lines: Lines, label: Label) -> None:
    """More full members than members of all sorts."""
    full = part.columns.get("full_members")
    if full is None:
        return
    for turn, (number, line) in enumerate(zip(part.numbers, lines, strict=True)):
        cell = line[label.at]
        if cell is None or spoilt(cell):
            continue
        total = read_count(cell).text
        if total.isdecimal() and full[turn].isdecimal() and int(full[turn]) > int(total):
            part.note(
                "finding",
                "members_above_total",
                number,
                part.came["full_members"],
                full[turn],
                total=int(total),
                header=shown(label.header),
            )


def no_kinds(part: LedgerPart, lines: Lines, label: Label) -> bool:
    """Whether a vaguely named column says of no organization of which of the three kinds it is; said if so."""
    if (plain_forms(label.header) or [""])[-1] not in _VAGUE:
        return False
    kinds = {read_kind(line[label.at]).text for line in lines if line[label.at] is not None} - {""}
    if not kinds or kinds & set(KINDS):
        return False
    part.note("finding", "kind_column_other", part.header.last, label, label.header)
    return True
