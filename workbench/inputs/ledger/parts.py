"""One sheet's columns in the register's words, and all that is to be said of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.inputs.ledger import cells as reading
from workbench.inputs.ledger.cells import CHANGED, Read, is_ditto, reader_of, spoilt, written
from workbench.inputs.ledger.comparing import compare, no_kinds
from workbench.inputs.ledger.headers import SURE_HEADER, Header, Label
from workbench.inputs.ledger.notes import Note, NotedChange, Severity
from workbench.inputs.ledger.rows import Row, street_name
from workbench.inputs.ledger.sheets import LedgerSheet
from workbench.inputs.ledger.synonyms import (
    BRANCH_NAME,
    COVERAGE,
    DISTRICT,
    INSTRUCTOR,
    LIST,
    LON_LAT,
    NEEDLESS,
    PERSON,
    RUNNING,
    STATUS,
    TOTAL,
)
from workbench.inputs.register import BY_NAME, PARTS, shown
from workbench.privacy import secret

#: A text in a register's column that a spreadsheet would take for a formula.
_FORMULA: Final = re.compile(r"[=+@＝＋＠\-－](?=.)")
_STRUCK: Final = re.compile("注销|撤销|吊销|取缔")
_ASLEEP: Final = re.compile("名存实亡|僵尸|停摆|停业|歇业|停办|不活动|未开展活动|休眠")
#: What is said, and how heavily, of a cell that was read in a way that a person should see.
_SAID: Final[dict[str, Severity]] = {
    "probationary_split": "finding",
    "bracket_left": "finding",
    "flag_coming": "finding",
    "date_month_only": "finding",
    "date_year_only": "finding",
    "date_without_year": "finding",
}
Values = list[str]


@dataclass
class LedgerPart:
    """What one sheet gives: rows, columns in the register's words, notes and changes.

    Attributes
    ----------
    numbers
        row numbers of the rows that are taken.
    columns
        register's column -> its text, one a row.
    came
        register's column -> the label that it came from.
    """

    sheet: LedgerSheet
    header: Header
    fates: list[Row]
    numbers: list[int]
    columns: dict[str, Values] = field(default_factory=dict)
    came: dict[str, Label] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    changes: list[NotedChange] = field(default_factory=list)
    notices: set[tuple[int, int]] = field(default_factory=set)

    def note(
        self, severity: Severity, code: str, row: int | None, label: Label | None, value: object = "", **details: Any
    ) -> None:
        """Say something of a cell, a column (the header's row) or the sheet."""
        at, header = (None, "") if label is None else (label.at, label.header)
        self.notes.append(Note(severity, code, self.sheet.name, row, at, header, shown(value), details))


def make_part(sheet: LedgerSheet, header: Header, fates: list[Row], sections: dict[int, str]) -> LedgerPart:
    """Read a sheet's rows."""
    part = LedgerPart(sheet, header, fates, [row.number for row in fates if row.fate == "taken"])
    lines = _filled(part)
    for label in header.labels:
        if label.confidence < SURE_HEADER or label.target is None or label.why == "twice":
            _look_for_persons(part, lines, label)
            continue
        match label.target:
            case _ if label.mark:
                continue
            case str() as name if name in BY_NAME:
                _take(part, lines, label, name)
            case str() as other if other in (NEEDLESS, TOTAL):
                _look_for_persons(part, lines, label)
            case str() as other if other == PERSON:
                part.note("finding", "personal_column_dropped", header.last, label, label.header)
    _split_flags(part, lines)
    compare(part, lines)
    _special(part, lines)
    _where(part, lines, sections)
    _parts_given(part)
    return part


def _filled(part: LedgerPart) -> list[list[Any]]:
    """The cells of the rows taken, as wide as the header, with merged values and 同上 filled in."""
    sheet = part.sheet
    width = max((label.at for label in part.header.labels), default=-1) + 1
    # A row as long as the header is taken as it stands, and copied before anything is put into it.
    by_row = {
        number: cells if len(cells := sheet.rows[number]) >= width else [*cells, *[None] * (width - len(cells))]
        for number in part.numbers
    }

    def put(number: int, at: int, value: Any) -> None:
        if by_row[number] is sheet.rows[number]:
            by_row[number] = list(by_row[number])
        by_row[number][at] = value

    labels = {label.at: label for label in part.header.labels}
    persons = {label.at for label in part.header.labels if label.target == PERSON}
    for number, cells in by_row.items():
        for at in persons:
            if cells[at] is not None:
                put(number, at, None)  # unread
    fates = {row.number: turn for turn, row in enumerate(part.fates)}
    for merged in sheet.merged:
        if merged.bottom <= part.header.last or merged.left in persons:
            continue
        row = sheet.rows.get(merged.top, [])
        value = row[merged.left] if merged.left < len(row) else None
        under = [
            number for number in range(merged.top, min(merged.bottom, part.fates[-1].number) + 1) if number in by_row
        ]
        for number in under:
            for at in range(merged.left, min(merged.right, width - 1) + 1):
                if at not in persons:
                    put(number, at, value)
        label = labels.get(merged.left)
        if len(under) > 1 and value is not None and label and label.target not in (None, NEEDLESS):
            counted = label.target in BY_NAME and BY_NAME[str(label.target)].holds == "count"
            part.note(
                "finding" if counted else "note",
                "merged_count" if counted else "merged",
                merged.top,
                label,
                value,
                first=under[0],
                last=under[-1],
            )
            for number in under[1:]:
                part.fates[fates[number]] = Row(number, "merged", "merged")
    # A range merged over rows may leave nothing of its own in a row below: that row is taken with what it shares.
    before: list[Any] | None = None
    for number, cells in by_row.items():
        for at, cell in enumerate(cells[:width]):
            if is_ditto(cell):
                put(number, at, before[at] if before else None)
        before = by_row[number]
    return [by_row[number] for number in part.numbers]


def _take(part: LedgerPart, lines: list[list[Any]], label: Label, name: str) -> None:
    """One column, each different cell read once."""
    if name == "kind" and no_kinds(part, lines, label):
        return
    read = _read_all(part, lines, label, reader_of(name))
    part.columns[name] = [each.text for each in read]
    part.came[name] = label
    if any(each.more for each in read) and name == "full_members":
        part.columns.setdefault("members_probationary", [""] * len(read))
        own = part.columns["members_probationary"]
        part.columns["members_probationary"] = [
            str(each.more) if each.more else old for each, old in zip(read, own, strict=True)
        ]
        part.came.setdefault("members_probationary", label)
    if name == "has_branch":
        _ticks(part, lines, label)
    if BY_NAME[name].holds == "text":
        for number, each in zip(part.numbers, read, strict=True):
            if _FORMULA.match(each.text):
                part.note("finding", "formula_like", number, label, each.text)


def _read_all(part: LedgerPart, lines: list[list[Any]], label: Label, reader: Callable[[Any], Read]) -> list[Read]:
    """A column's cells through a reader; what was changed is counted, what is odd is said."""
    known: dict[tuple[type, Any], Read] = {}
    result: list[Read] = []
    done: dict[str, list[tuple[int, str, str]]] = {}
    nothing = Read("")
    for number, line in zip(part.numbers, lines, strict=True):
        cell = line[label.at]
        if cell is None:
            result.append(nothing)
            continue
        key = (type(cell), cell)
        if (each := known.get(key)) is None:
            code = spoilt(cell)
            each = known[key] = Read("", code) if code else reader(cell)
        if each.code in CHANGED:
            done.setdefault(each.code, []).append((number, written(cell), each.text))
        elif each.code:
            severity = _SAID.get(each.code, "fault")
            part.note(severity, each.code, number, label, written(cell), read=each.text, more=each.more)
            if severity == "fault":
                part.notices.add((number, label.at))
        result.append(each)
    for code, where in done.items():
        _, before, after = where[0]
        rows = tuple(number for number, _, _ in where)
        part.changes.append(
            NotedChange(part.sheet.name, label.at, label.header, code, shown(before), shown(after), rows)
        )
    return result


def _ticks(part: LedgerPart, lines: list[list[Any]], label: Label) -> None:
    """Where a column is ticked, an empty cell says no."""
    values = part.columns["has_branch"]
    ticked = any(isinstance(line[label.at], str) and line[label.at].strip() in reading.TICKS for line in lines)
    if ticked and "false" not in values and "" in values:
        rows = tuple(number for number, value in zip(part.numbers, values, strict=True) if not value)
        part.columns["has_branch"] = [value or "false" for value in values]
        part.changes.append(NotedChange(part.sheet.name, label.at, label.header, "tick_blank", "", "false", rows))


def _split_flags(part: LedgerPart, lines: list[list[Any]]) -> None:
    """A yes or no that is several columns: the one that is ticked says which."""
    columns: dict[str, list[Label]] = {}
    for label in part.header.labels:
        if label.mark and label.target:
            columns.setdefault(label.target, []).append(label)
    for name, labels in columns.items():
        if name in part.columns:
            continue
        marks = {label.mark for label in labels}
        values = []
        for line in lines:
            said = {
                label.mark
                for label in labels
                if line[label.at] is not None and reading.read_flag(line[label.at]).text not in ("false", "")
            }
            values.append("是/否" if len(said) > 1 else "" if not said else "true" if "yes" in said else "false")
        if len(marks) == 1:
            values = [value or ("false" if "yes" in marks else "true") for value in values]
        part.columns[name] = values
        part.came[name] = labels[0]


def _special(part: LedgerPart, lines: list[list[Any]]) -> None:
    """Columns that say something in a roundabout way."""
    if (label := part.header.of(INSTRUCTOR)) and "has_instructor" not in part.columns:
        part.columns["has_instructor"] = [_has_somebody(line[label.at]) for line in lines]
        part.came["has_instructor"] = label
        if any(isinstance(line[label.at], str) and not _is_flag(line[label.at]) for line in lines):
            part.note("finding", "instructor_as_flag", part.header.last, label, label.header)
    for label in (each for each in part.header.labels if each.target == LIST):
        _mass_organizations(part, lines, label)
    if (label := part.header.of(LON_LAT)) and "lon" not in part.columns:
        _lon_lat(part, lines, label)
    if (label := part.header.of(RUNNING)) and "dormant" not in part.columns:
        swapped = {"true": "false", "false": "true"}
        read = _read_all(part, lines, label, reading.read_flag)
        part.columns["dormant"] = [swapped.get(each.text, each.text) for each in read]
        part.came["dormant"] = label
    if label := part.header.of(STATUS):
        _status(part, lines, label)
    if (label := part.header.of(COVERAGE)) and "has_branch" not in part.columns:
        read = _read_all(part, lines, label, _coverage)
        part.columns["has_branch"] = [each.text for each in read]
        part.came["has_branch"] = label
        if "has_instructor" not in part.columns:
            part.columns["has_instructor"] = [
                "true" if re.search("指导员|工作覆盖", written(line[label.at] or "")) else "" for line in lines
            ]
            part.came["has_instructor"] = label
    if label := part.header.of(BRANCH_NAME):
        named = [reading.read_text(line[label.at], "name").text if line[label.at] is not None else "" for line in lines]
        there = [bool(one) and one.casefold() not in reading.NO for one in named]
        if "has_branch" not in part.columns:
            part.columns["has_branch"] = ["true" if one else "false" for one in there]
            part.came["has_branch"] = label
            part.note("finding", "branch_by_name", part.header.last, label, label.header)
        else:
            for number, has, said in zip(part.numbers, there, part.columns["has_branch"], strict=True):
                if has and said == "false":
                    part.note("finding", "branch_name_without_yes", number, part.came["has_branch"], "")


def _has_somebody(cell: Any) -> str:
    """Whether an instructor is named, and nothing of who."""
    if cell is None:
        return ""
    read = reading.read_flag(cell)
    return read.text if read.text in ("true", "false", "") else "true"


def _is_flag(cell: Any) -> bool:
    return reading.read_flag(cell).text in ("true", "false", "")


def _coverage(cell: Any) -> Read:
    words = written(cell)
    if re.search("未覆盖|均未|两个未", words):
        return Read("false", "no_word")
    if "组织覆盖" in words and "未" not in words:
        return Read("true", "yes_word")
    return Read("false", "no_word") if re.search("工作覆盖|指导员", words) else reading.read_flag(cell)


def _mass_organizations(part: LedgerPart, lines: list[list[Any]], label: Label) -> None:
    """A list of mass organizations, as the flag and the three columns where they have none of their own."""
    read = [reading.read_mass_list(line[label.at]) if line[label.at] is not None else (Read(""), ()) for line in lines]
    if "has_mass_org" not in part.columns:
        part.columns["has_mass_org"] = [each.text for each, _ in read]
        part.came["has_mass_org"] = label
    for name in ("has_union", "has_youth_league", "has_women_federation"):
        if name not in part.columns and any(name in named for _, named in read):
            part.columns[name] = ["true" if name in named else "" for _, named in read]
            part.came[name] = label


def _lon_lat(part: LedgerPart, lines: list[list[Any]], label: Label) -> None:
    """Two numbers in one cell; the larger is the longitude, as everywhere in China."""
    pairs: list[tuple[str, str]] = []
    for number, line in zip(part.numbers, lines, strict=True):
        found = re.findall(r"[0-9]{1,3}(?:\.[0-9]+)?", written(line[label.at])) if line[label.at] is not None else []
        if len(found) == 2:
            pairs.append(tuple(sorted(found, key=float, reverse=True)))
            continue
        if line[label.at] is not None and written(line[label.at]).casefold() not in reading.BLANK:
            part.note("fault", "lon_lat_unreadable", number, label, written(line[label.at]))
        pairs.append(("", ""))
    for turn, name in enumerate(("lon", "lat")):
        part.columns[name] = [pair[turn] for pair in pairs]
        part.came[name] = label


def _status(part: LedgerPart, lines: list[list[Any]], label: Label) -> None:
    """What a status says of being asleep or struck off."""
    asleep = []
    for number, line in zip(part.numbers, lines, strict=True):
        words = written(line[label.at]) if line[label.at] is not None else ""
        asleep.append("true" if _ASLEEP.search(words) else "")
        if _STRUCK.search(words):
            part.note("finding", "struck_off", number, label, words)
    if "dormant" not in part.columns and any(asleep):
        part.columns["dormant"] = asleep
        part.came["dormant"] = label


def _where(part: LedgerPart, lines: list[list[Any]], sections: dict[int, str]) -> None:
    """The street, with its district where there is one, or from the sections or the sheet's name."""
    if (label := part.header.of(DISTRICT)) and "street" in part.columns:
        districts = [
            each.text for each in _read_all(part, lines, label, lambda cell: reading.read_text(cell, "street"))
        ]
        part.columns["street"] = [
            street if not street or not district or street.startswith(district) else district + street
            for district, street in zip(districts, part.columns["street"], strict=True)
        ]
    if "street" in part.columns:
        return
    named = [street_name(sections.get(number, "")) for number in part.numbers]
    if named and all(named):
        part.columns["street"] = [str(one) for one in named]
        part.note("finding", "street_from_section", part.header.last, None, named[0])
    elif street := street_name(part.sheet.name):
        part.columns["street"] = [street] * len(part.numbers)
        part.note("finding", "street_from_sheet", part.header.last, None, street)


def _parts_given(part: LedgerPart) -> None:
    """The three parts of full members count together only: with some of them beside the sum, those are left."""
    given = [name for name in PARTS if name in part.columns]
    if given and len(given) < len(PARTS) and "full_members" in part.columns:
        for name in given:
            part.note("finding", "parts_left", part.header.last, part.came[name], part.came[name].header)
            del part.columns[name]


def _look_for_persons(part: LedgerPart, lines: list[list[Any]], label: Label) -> None:
    """A column that is not taken is looked through for persons' numbers, which are told and go nowhere."""
    known: dict[Any, bool] = {}
    for number, line in zip(part.numbers, lines, strict=True):
        cell = line[label.at]
        if cell is None or isinstance(cell, bool | float):
            continue
        if (held := known.get(cell)) is None:
            held = known[cell] = secret(written(cell)) is not None
        if held:
            part.note("finding", "personal_number_dropped", number, label, written(cell))


def every(parts: Iterable[LedgerPart], name: str) -> Label | None:
    """The label that a column came from, in the first sheet that has it."""
    return next((part.came[name] for part in parts if name in part.came), None)
