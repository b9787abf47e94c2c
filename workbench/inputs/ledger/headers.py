"""Where a sheet's header is: under titles, one to three rows deep, with merged cells over several columns."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Final

from workbench.inputs.ledger import synonyms
from workbench.inputs.ledger.settled import Settled
from workbench.inputs.ledger.sheets import LedgerSheet, letter
from workbench.inputs.ledger.synonyms import INSTRUCTOR, LIST, NEEDLESS, PERSON, TOTAL, looked_up, plain_forms
from workbench.inputs.register import BY_NAME, is_personal_column

#: A header stands in the first rows that are not empty, is one to three rows deep, and has so many known columns.
ROWS_SEARCHED: Final = 40
MOST_HEADER_ROWS: Final = 3
FEWEST_KNOWN: Final = 3
#: A longer text is no header.
LONGEST_HEADER: Final = 60
#: A header is taken from this confidence on; below, it is asked.
SURE_HEADER: Final = 0.8
#: A unit in brackets: persons who are counted, not named.
_UNIT: Final = re.compile(r"[(（]\s*(?:persons?|people|人|名)\s*[)）]", re.I)
#: Meanings that several columns may have.
_MANY: Final = (NEEDLESS, PERSON, TOTAL, LIST)
_YES_WORDS: Final = frozenset(("是", "已建", "有", "已建立", "已派驻", "已组建", "已成立"))
_NO_WORDS: Final = frozenset(("否", "未建", "无", "未建立", "未派驻", "未组建", "未成立"))
#: Columns of their own for each kind of branch, one of them ticked: any of them is a branch.
_BRANCHES: Final = frozenset(
    (
        *("党委", "党总支", "总支", "党支部", "支部", "独立党支部", "单独党支部", "联合党支部", "联合支部"),
        *("功能型党支部", "临时党支部", "单独组建", "联合组建", "单独建立", "联合建立", "独立组建", "挂靠组建", "挂靠"),
    )
)
#: What a top level is about, where its own words are not in the table: 党组织建设情况 / 成立时间.
_ABOUT: Final = ("党组织", "党支部", "党建指导员", "指导员", "群团组织", "社会组织")


@dataclass(frozen=True)
class Label:
    """One column's header and what it means.

    Attributes
    ----------
    at
        the column, from 0.
    header
        as it stands, levels joined by " / ".
    target
        a column of the register, one of `synonyms`' other meanings, or None.
    confidence
        1 sure, 0 nothing known.
    why
        how it was found: exact, pattern, settled, near, personal, unknown, twice, split.
    order
        how telling the header is among those of one meaning.
    mark
        of a yes or no column that is split in two: "yes" or "no".
    """

    at: int
    header: str
    target: str | None
    confidence: float
    why: str
    order: int = 0
    mark: str = ""

    @property
    def letter(self) -> str:
        """The column's letters."""
        return letter(self.at)


@dataclass(frozen=True)
class Header:
    """A sheet's header: its first and last row, and its labels by column."""

    first: int
    last: int
    labels: tuple[Label, ...]

    def of(self, target: str) -> Label | None:
        """The label that surely has a meaning."""
        return next(
            (
                label
                for label in self.labels
                if label.target == target and label.why != "twice" and label.confidence >= SURE_HEADER
            ),
            None,
        )


def find_header(sheet: LedgerSheet, settled: Settled) -> Header | None:
    """The header of a sheet: where most columns are known; None where no row reads as one."""
    numbers = sorted(sheet.rows)[:ROWS_SEARCHED]
    # Of a hundred thousand merged ranges only the topmost can be of a header.
    sheet = replace(sheet, merged=[merged for merged in sheet.merged if numbers and merged.top <= numbers[-1]])
    found: list[tuple[float, int, int, Header]] = []
    for turn, first in enumerate(numbers):
        for depth in range(1, MOST_HEADER_ROWS + 1):
            rows = numbers[turn : turn + depth]
            if len(rows) < depth or rows[-1] - first != depth - 1:
                break
            if depth > 1 and not _may_be_deeper(sheet, rows):
                break
            labels = _labels(sheet, rows, settled)
            score = round(_score(labels) + _fits(sheet, rows), 3)
            if score >= FEWEST_KNOWN:
                found.append((score, -depth, -first, Header(first, rows[-1], labels)))
    # Of equals the shallowest (a title above names nothing), then the topmost.
    return max(found, key=lambda each: each[:3])[3] if found else None


def _fits(sheet: LedgerSheet, rows: list[int]) -> float:
    """Cells merged downwards from a header's first row say how deep it is."""
    ends = [
        merged.bottom
        for merged in sheet.merged
        if merged.top == rows[0] and 0 < merged.bottom - merged.top < MOST_HEADER_ROWS
    ]
    if not ends:
        return 0.0
    return 0.3 if rows[-1] == max(ends) else -0.5


def best_guess(sheet: LedgerSheet, settled: Settled) -> list[str]:
    """The known headers of the row that comes nearest to one, to be shown where none is found."""
    rows = [_labels(sheet, [number], settled) for number in sorted(sheet.rows)[:ROWS_SEARCHED]]
    best = max(rows, key=_score, default=())
    return [label.header for label in best if label.target]


def _score(labels: tuple[Label, ...]) -> float:
    """How many different columns a header names; what is needless counts little."""
    targets = {label.target for label in labels if label.target and label.confidence >= SURE_HEADER}
    known = sum(1.0 for target in targets if target not in (NEEDLESS, PERSON)) + 0.3 * sum(
        bool(one.mark) for one in labels
    )
    return known + 0.2 * sum(label.target in (NEEDLESS, PERSON) for label in labels) if known >= 2 else 0.0


def _cells(sheet: LedgerSheet, number: int) -> list[Any]:
    """A row's cells with merged ranges spread over all that they cover."""
    cells = list(sheet.rows.get(number, []))
    for merged in sheet.merged:
        if merged.top <= number <= merged.bottom:
            value = _at(sheet, merged.top, merged.left)
            if value is not None:
                cells.extend([None] * (merged.right + 1 - len(cells)))
                cells[merged.left : merged.right + 1] = [value] * (merged.right + 1 - merged.left)
    return cells


def _at(sheet: LedgerSheet, number: int, column: int) -> Any:
    row = sheet.rows.get(number, [])
    return row[column] if column < len(row) else None


def _may_be_deeper(sheet: LedgerSheet, rows: list[int]) -> bool:
    """Whether the last of these rows goes on with the header: what it says is text, and the row above leaves room."""
    above, below = sheet.rows[rows[-2]], sheet.rows[rows[-1]]
    filled = [(turn, cell) for turn, cell in enumerate(below) if cell is not None]
    if any(
        not isinstance(cell, str) or len(cell) > LONGEST_HEADER or cell.replace(".", "").isdecimal()
        for _, cell in filled
    ):
        return False
    spanned = any(
        merged.top <= rows[-2] <= merged.bottom
        and (merged.right > merged.left or merged.bottom > merged.top)
        and rows[0] <= merged.top
        and merged.top <= rows[-2]
        for merged in sheet.merged
    )
    room = [turn for turn, _ in filled if turn >= len(above) or above[turn] is None]
    return spanned or bool(room)


def _labels(sheet: LedgerSheet, rows: list[int], settled: Settled) -> tuple[Label, ...]:
    levels = [_cells(sheet, number) for number in rows]
    width = max(len(level) for level in levels)
    levels = [level + [None] * (width - len(level)) for level in levels]
    if len(levels) > 1:
        # A text file has no merged cells: what stands over several columns stands over the first of them.
        for upper, lower in pairwise(levels):
            for column in range(1, width):
                if upper[column] is None and lower[column] is not None and lower is not upper:
                    upper[column] = upper[column - 1] if lower[column - 1] is not None else None
    labels = []
    for column in range(width):
        words = [level[column] for level in levels if level[column] is not None]
        if not words or not all(isinstance(word, str) for word in words):
            continue
        parts = list(dict.fromkeys(" ".join(word.split()) for word in words))
        if max(map(len, parts)) <= LONGEST_HEADER:
            labels.append(_label(column, parts, settled))
    return _without_twice(_branches_beside(labels))


def _label(at: int, parts: list[str], settled: Settled) -> Label:
    header = " / ".join(parts)
    for spelling in (header, parts[-1]):
        known, column = settled.of(spelling)
        if known:
            return Label(at, header, column or NEEDLESS, 1.0, "settled")
    bottom = parts[-1]
    top = parts[-2] if len(parts) > 1 else ""
    if top and (split := _split(at, header, top, bottom)):
        return split
    forms = _forms(top, bottom)
    meanings = [meaning for form in forms if (meaning := looked_up(form)) is not None]
    exact = next((each for each in meanings if each[1] > 0.9 and each[0] != TOTAL), None)
    if exact and not (top and is_personal_column(_UNIT.sub("", top))):
        return Label(at, header, exact[0], exact[1], "exact", exact[2])
    if any(is_personal_column(_UNIT.sub("", part)) for part in forms):
        return Label(at, header, PERSON, 1.0, "personal")
    if meanings:
        target, confidence, order = max(meanings, key=lambda each: each[1])
        if TOTAL in (each[0] for each in meanings) and bottom in ("人数", "数量", "合计", "小计", "总数"):
            return Label(at, header, TOTAL, 1.0, "exact")
        return Label(at, header, target, confidence, "exact" if confidence > 0.9 else "pattern", order)
    nearest = _near(bottom)
    return Label(at, header, nearest, 0.5, "near") if nearest else Label(at, header, None, 0.0, "unknown")


def _split(at: int, header: str, top: str, bottom: str) -> Label | None:
    """One column of a yes or no that has several: 是 and 否, or one for each kind of branch."""
    asked = looked_up(top)
    word = (plain_forms(bottom) or [bottom])[-1]
    mark = "yes" if word in _YES_WORDS else "no" if word in _NO_WORDS else ""
    if mark and asked and asked[0] in BY_NAME and BY_NAME[asked[0]].holds == "flag":
        return Label(at, header, asked[0], asked[1], "split", asked[2], mark)
    about = (asked is not None and asked[0] == "has_branch") or "党组织" in top or "组建方式" in top
    if about and (mark or word in _BRANCHES):
        return Label(at, header, "has_branch", 0.95, "split", 50, mark or "yes")
    return None


def _forms(top: str, bottom: str) -> list[str]:
    """The spellings in which a header is looked up: first with what stands over it, since 类型 may be anything's."""
    if not top:
        return [bottom]
    forms = [f"{top}{bottom}", f"{bottom}{top}"]
    about = next((word for word in _ABOUT if word in top), "")
    if about and about not in bottom:
        forms += [f"{about}{bottom}", f"{bottom}{about}"]
    forms.append(bottom)
    return [*forms, f"{bottom}党员"] if "党员" in top and "党员" not in bottom else forms


@cache
def _near(header: str) -> str | None:
    """What a header may mean that is spelt nearly like a known one; it is asked, never taken."""
    for form in plain_forms(header):
        for word in difflib.get_close_matches(form, synonyms.EXACT_WORDS, n=1, cutoff=0.75):
            target = looked_up(word)
            if target and target[0] in BY_NAME:
                return target[0]
    return None


def _branches_beside(labels: list[Label]) -> list[Label]:
    """党委, 党总支, 党支部 as columns beside each other, under no common header, are one yes or no in several."""
    of_kinds = [label for label in labels if (plain_forms(label.header) or [""])[-1] in _BRANCHES]
    if len(of_kinds) < 2 or any(label.target == "has_branch" and label not in of_kinds for label in labels):
        return labels
    return [
        Label(label.at, label.header, "has_branch", 0.95, "split", 50, "yes") if label in of_kinds else label
        for label in labels
    ]


def _without_twice(labels: list[Label]) -> tuple[Label, ...]:
    """Of two columns with one meaning the more telling header is taken; a list may stand beside the three."""
    taken: dict[tuple[str, str], Label] = {}
    for label in sorted(labels, key=lambda each: (each.why != "settled", -each.confidence, each.order, each.at)):
        if label.target and label.target not in _MANY and not label.mark:
            taken.setdefault((label.target, label.mark), label)
    return tuple(
        label
        if label.target is None
        or label.target in _MANY
        or label.mark
        or taken[(str(label.target), label.mark)] is label
        else Label(label.at, label.header, label.target, label.confidence, "twice", label.order)
        for label in labels
    )


def is_person(label: Label) -> bool:
    """Whether a column may hold persons' names or numbers: it is never shown, nor written."""
    return label.target in (PERSON, INSTRUCTOR)
