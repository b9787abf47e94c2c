"""What a marked copy says of a cell, and what of a ledger it must not show: one rule for every kind of copy."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any, Final

from workbench.inputs.ledger import Examination, LedgerSheet, Note, is_person, written
from workbench.labels import text
from workbench.privacy import masked

COLOURS: Final = {"fault": "#F8B4B4", "finding": "#FFE699", "note": "#DDEBF7"}
_NAMED: Final = re.compile(
    r"((?:填表|填报|制表|审核|审批|经办|统计|联系|负责|分管|报送)(?!单位|部门|日期|时间|说明|要求|范围)[^：:]{0,6}[：:])\s*[^\s，,；;]+"
)
#: Of one cell so many things are said.
_SAID: Final = 5
#: The list of all that is said: what stands in each column, and how wide it is.
LIST: Final = (
    *(("severity", 8), ("sheet", 14), ("row", 8), ("letter", 6), ("header", 22)),
    *(("value", 24), ("rule", 48), ("repair", 40)),
)
MADE: Final = datetime.datetime(2000, 1, 1)


def heaviest(notes: Sequence[Note]) -> str:
    """The severity that a cell is coloured by; "" where nothing is said of it."""
    return min((note.severity for note in notes), key=list(COLOURS).index, default="")


def comment_of(notes: Sequence[Note]) -> str:
    """What is said of a cell, each rule with its repair."""
    return "\n".join(f"{text(f'severity.{note.severity}')}：{note.rule}。{note.repair}。" for note in notes[:_SAID])


def fit_to_show(value: str) -> str:
    """A text without persons' numbers, nor the names after 填表人 and the like."""
    return _NAMED.sub(rf"\1{text('check.ledger.covered')}", masked(value))


def by_cell(examination: Examination, sheet: LedgerSheet) -> dict[int, dict[int, list[Note]]]:
    """A sheet's notes by row and column."""
    found: dict[int, dict[int, list[Note]]] = {}
    for note in examination.notes:
        if note.sheet == sheet.name and note.row is not None:
            found.setdefault(note.row, {}).setdefault(note.at or 0, []).append(note)
    return found


def persons_below(examination: Examination, sheet: LedgerSheet) -> tuple[set[int], int]:
    """The columns of persons, from 0, and the header's last row, below which their cells are covered."""
    persons = {label.at for label in examination.labels.get(sheet.name, ()) if is_person(label)}
    return persons, max((row.number for row in examination.fates.get(sheet.name, ()) if row.why == "header"), default=0)


def line_of(note: Note) -> tuple[str, ...]:
    """A note as a line of the list."""
    where = "" if note.row is None else str(note.row)
    cells = (note.sheet, where, note.letter, note.header, note.value, note.rule, note.repair)
    return (text(f"severity.{note.severity}"), *(masked(cell) for cell in cells))


def free_name(name: str, used: set[str]) -> str:
    """A sheet's name that Excel takes and no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", masked(name)).strip("'")[:28] or "Sheet"
    wanted, turn = plain, 1
    while wanted.casefold() in used:
        turn += 1
        wanted = f"{plain}_{turn}"
    used.add(wanted.casefold())
    return wanted


def is_fit_number(value: Any) -> bool:
    """Whether a cell is a number, and nobody's."""
    return isinstance(value, int | float) and not isinstance(value, bool) and masked(written(value)) == written(value)
