"""A ledger (台账) as an office keeps it, read into a register, or refused with every finding at its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbench.arguments import as_path
from workbench.errors import RegisterError
from workbench.files import reason_of
from workbench.inputs.ledger.headers import SURE_HEADER, Header, Label, best_guess, find_header
from workbench.inputs.ledger.judge import judged
from workbench.inputs.ledger.limits import look_at_size
from workbench.inputs.ledger.notes import Note, NotedChange, in_order
from workbench.inputs.ledger.parts import LedgerPart, make_part
from workbench.inputs.ledger.result import Ledger
from workbench.inputs.ledger.rows import Row, sort_rows, street_name
from workbench.inputs.ledger.settled import Settled, settled
from workbench.inputs.ledger.sheets import Book, LedgerSheet
from workbench.inputs.register import BY_NAME, PARTS, refuse, shown
from workbench.labels import text
from workbench.spelling import without_hidden

TEXT_FILES: Final = (".csv", ".tsv", ".txt")
WORKBOOKS: Final = (".xlsx", ".xlsm")
OTHERS: Final = (".xls", ".ods", ".et")
LEDGERS: Final = (*TEXT_FILES, *WORKBOOKS, *OTHERS)
#: Sheets that explain, list choices or keep an older state are not read, if one of theirs is there beside others.
_ASIDE: Final = re.compile(
    "说明|须知|字典|选项|下拉|参数|数据源|模板|样表|示例|封面|目录|备份|副本|旧|上周|上期|历史|作废|instructions|readme",
    re.I,
)
_SUMMARY: Final = re.compile("汇总|总表|合计|总台账|全市|全部|汇编|summary|total", re.I)
_DISTRICT: Final = re.compile(r"[\u4e00-\u9fff]{1,6}(?:区|县|市|旗)")
#: 填报单位（盖章）：… up to a blank or the next thing that is filled in.
_UNIT: Final = re.compile(
    r"(?:填报|上报|报送|责任|编报|编制|制表|填表)单位(?:\(?(?:盖章|公章|签章)\)?)?[::]\s*"
    r"((?:(?!填报|填表|上报|报送|编制|制表|日期|时间|单位[::]|联系|负责人|审核|统计)[^\s::()_]){2,24})"
)


@dataclass
class Examination:
    """A ledger once looked through, accepted or not.

    Attributes
    ----------
    name
        the file's name.
    book
        what stands in it.
    frame
        the register's columns, one row per organization; a register only if no note is a fault.
    notes
        everything said of it.
    changes
        what was read otherwise than it stands.
    labels
        sheet -> its header's labels.
    fates
        sheet -> each row's fate.
    places
        per row of `frame`, its sheet and row.
    unit
        who handed it in, where it says so.
    path
        the file.
    """

    name: str
    book: Book
    frame: pd.DataFrame
    notes: list[Note]
    changes: list[NotedChange]
    labels: dict[str, tuple[Label, ...]]
    fates: dict[str, list[Row]]
    places: list[tuple[str, int]] = field(default_factory=list)
    unit: str = ""
    path: Path | None = None

    @property
    def verdict(self) -> str:
        """accept, findings (accepted, and a person should look) or refuse."""
        severities = {note.severity for note in self.notes}
        return "refuse" if "fault" in severities else "findings" if "finding" in severities else "accept"

    def ledger(self) -> Ledger:
        """The result, or the error with every fault.

        Raises
        ------
        RegisterError
            it is refused.
        """
        if (error := self.error()) is not None:
            raise error
        return Ledger.of(self)

    def error(self) -> RegisterError | None:
        """The error with every fault; None where it is accepted."""
        faults = [note.fault() for note in self.notes if note.severity == "fault"]
        return RegisterError(text("error.ledger", name=shown(self.name), count=len(faults)), faults) if faults else None


def read_ledger(path: str | Path, mapping: str | Path | Mapping[str, Any] | None = None) -> Ledger:
    """Read a ledger as an office keeps it into a register.

    Titles, headers in Chinese on one to three rows, several sheets, subtotals, notes at the foot, merged cells, ticks
    and units are understood; columns of persons are named and dropped unread. What could be meant in two ways is not
    guessed: it is refused, and a planner settles it in `mapping`.

    Parameters
    ----------
    path
        XLSX (XLSM, strict OOXML), CSV or tab-separated text (UTF-8, UTF-16, GB18030), XLS or ODS.
    mapping
        what a planner settled: a YAML file, or what it holds (``{"columns": {"党员总数": "full_members"}}``); by
        default the file beside the ledger whose name ends in ``.mapping.yaml``, if there is one.

    Returns
    -------
    Ledger
        `register`, `findings`, `warnings`, `mapping` and `rows`.

    Raises
    ------
    RegisterError
        the ledger is refused: every fault with its sheet, row, column, value, rule and repair.

    Examples
    --------
    >>> ledger = read_ledger("data/county.csv")
    >>> len(ledger.register), int((ledger.rows["fate"] == "taken").sum())
    (213, 213)
    """
    return examine(path, mapping).ledger()


def examine(path: str | Path, mapping: str | Path | Mapping[str, Any] | None = None) -> Examination:
    """Look through a ledger; unlike `read_ledger` it raises only where nothing of it can be read.

    Raises
    ------
    RegisterError
        the file is missing, damaged, too large, or no sheet of it has a header.
    """
    path = as_path(path)
    decided = settled(path, mapping)
    book = read_book(path)
    chosen, aside = _choose(book, decided, path)
    parts = []
    fates: dict[str, list[Row]] = {}
    for sheet, header in chosen:
        fates[sheet.name], sections = sort_rows(sheet, header)
        parts.append(make_part(sheet, header, fates[sheet.name], sections))
    parts, repeated = _without_summary(parts)
    for part in repeated:
        fates[part.sheet.name] = [
            Row(row.number, "dropped", "summary" if row.fate != "dropped" else row.why) for row in part.fates
        ]
    for sheet in aside:
        fates[sheet.name] = [
            Row(number, "dropped", "sheet_hidden" if sheet.hidden else "sheet_aside") for number in sorted(sheet.rows)
        ]
    notes = [*_beside(book, parts), *_left(aside, repeated), *(note for part in parts for note in part.notes)]
    _districts(parts)
    unit = _responsible(parts, decided, notes)
    frame, places = _joined(parts, decided, notes)
    for part in parts:
        part.columns.clear()  # they stand in the frame now
    frame, notes = judged(frame, places, parts, notes)
    return Examination(
        path.name,
        book,
        frame,
        in_order(notes, [sheet.name for sheet in book.sheets]),
        [change for part in parts for change in part.changes],
        {part.sheet.name: part.header.labels for part in parts},
        fates,
        places,
        unit,
        path,
    )


def read_book(path: Path) -> Book:
    """What stands in a file, by its ending.

    Raises
    ------
    RegisterError
        it is no ledger's kind, or cannot be read.
    """
    try:
        look_at_size(path)
        match path.suffix.lower():
            # What an export writes is often not what its ending says: text called XLS, a workbook called CSV.
            case suffix if (suffix in TEXT_FILES and not _is_zip(path)) or (suffix == ".xls" and _is_text(path)):
                from workbench.inputs.ledger.delimited import read_delimited

                return read_delimited(path)
            case suffix if suffix in WORKBOOKS or (suffix in (*TEXT_FILES, ".xls", ".et") and _is_zip(path)):
                from workbench.inputs.ledger.xlsx import read_xlsx

                return read_xlsx(path)
            case suffix if suffix in OTHERS:
                from workbench.inputs.ledger.other import read_other

                return read_other(path)
    except OSError as error:
        raise refuse(path, "file_unreadable", reason=reason_of(error)) from error
    known = ", ".join((*TEXT_FILES[:1], *WORKBOOKS, *OTHERS[:2]))
    raise refuse(path, "file_kind", suffix=path.suffix or "-", known=known)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _is_text(path: Path) -> bool:
    """Whether a file holds text and no page: a workbook of any age has noughts among its first bytes."""
    with path.open("rb") as file:
        head = file.read(4000)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return wide or (b"\x00" not in head and b"\t" in head and not head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"))


def first_words(path: Path) -> list[str]:
    """What stands in a file's first filled row, where that can be told at little cost; else nothing."""
    if path.suffix.lower() in TEXT_FILES:
        with path.open("rb") as file:
            head = file.read(20_000).decode("utf-8-sig", errors="ignore")
        line = next((line for line in head.splitlines() if line.strip(" ,\t")), "")
        return [word.strip().strip('"') for word in line.split(",")]
    if path.suffix.lower() not in WORKBOOKS:
        return []
    from workbench.inputs.ledger.xlsx import first_row

    return first_row(path)


def _choose(book: Book, decided: Settled, path: Path) -> tuple[list[tuple[LedgerSheet, Header]], list[LedgerSheet]]:
    """The sheets that hold organizations, with their headers, and those that are left."""
    filled = [sheet for sheet in book.sheets if sheet.rows]
    if not filled:
        raise refuse(path, "file_empty")
    if decided.sheets:
        wanted = [sheet for sheet in filled if sheet.name in decided.sheets]
    else:
        wanted = [sheet for sheet in filled if not sheet.hidden]
        if len(wanted) > 1:
            wanted = [sheet for sheet in wanted if not _ASIDE.search(sheet.name)] or wanted
    chosen = [(sheet, header) for sheet in wanted if (header := find_header(sheet, decided)) is not None]
    if not chosen:
        guess = max((best_guess(sheet, decided) for sheet in wanted or filled), key=len, default=[])
        known = "、".join(shown(word) for word in guess[:8]) or "–"
        sheets = "、".join(shown(sheet.name) for sheet in wanted[:5] if sheet.name) or "–"
        raise refuse(path, "ledger_no_header", known=known, sheets=sheets)
    # A sheet of numbers by street beside sheets of organizations sums them up.
    of_organizations = [each for each in chosen if any(each[1].of(key) for key in ("org_id", "name"))]
    chosen = of_organizations or chosen
    taken = [sheet for sheet, _ in chosen]
    return chosen, [sheet for sheet in filled if sheet not in taken]


def _without_summary(parts: list[LedgerPart]) -> tuple[list[LedgerPart], list[LedgerPart]]:
    """A sheet that says again what the others say is left out; where it says otherwise, that is told."""
    if len(parts) < 2:
        return parts, []
    repeated: list[LedgerPart] = []
    for part in parts:
        others = [other for other in parts if other is not part and other not in repeated]
        theirs = set().union(*(_keys(other) for other in others))
        mine = set(_keys(part))
        sums_up = _SUMMARY.search(part.sheet.name) or (len(others) > 1 and mine == theirs)
        if sums_up and mine and mine <= theirs:
            repeated.append(part)
            _compare_summary(part, others)
    return [part for part in parts if part not in repeated and part.numbers] or parts, [
        *repeated,
        *(part for part in parts if not part.numbers and part not in repeated and len(parts) > 1),
    ]


def _keys(part: LedgerPart) -> dict[str, int]:
    """What an organization is known by -> its place among the part's rows."""
    keys = part.columns.get("org_id") or part.columns.get("name") or []
    return {key: turn for turn, key in enumerate(keys) if key}


def _compare_summary(summary: LedgerPart, others: list[LedgerPart]) -> None:
    """Say which organizations a summary gives other members or another branch than the sheet that it sums up."""
    differ = [
        key
        for key, at in _keys(summary).items()
        for other in others
        if (place := _keys(other).get(key)) is not None
        and any(
            name in summary.columns
            and name in other.columns
            and summary.columns[name][at] != other.columns[name][place]
            for name in ("full_members", "has_branch", "street")
        )
    ]
    if differ:
        details = {"count": len(differ), "org_id": shown(differ[0])}
        others[0].notes.append(
            Note("finding", "summary_differs", summary.sheet.name, summary.header.last, details=details)
        )


def _beside(book: Book, parts: list[LedgerPart]) -> list[Note]:
    """What the file carries beside cells, and what a planner does not see in it."""
    notes = [Note("finding", code, details=details) for code, details in book.beside]
    for part in parts:
        sheet, name = part.sheet, part.sheet.name
        notes += [Note("finding", "stray_cell", name, value=place, details={"place": place}) for place in sheet.stray]
        hidden = [number for number in part.numbers if number in sheet.hidden_rows]
        notes += [
            Note("finding", "hidden_rows", name, first, details={"rows": f"{first}–{last}" if last > first else first})
            for first, last in runs(hidden)
        ]
        for label in part.header.labels:
            if label.at in sheet.hidden_columns and label.target in BY_NAME and label.confidence >= SURE_HEADER:
                notes.append(
                    Note(
                        "finding", "hidden_column", name, part.header.last, label.at, label.header, shown(label.header)
                    )
                )
    return notes


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Numbers as ranges.

    >>> runs([2, 3, 4, 9])
    [(2, 4), (9, 9)]
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _left(aside: list[LedgerSheet], repeated: list[LedgerPart]) -> list[Note]:
    """What is said of sheets that are not read; one that explains how to fill the ledger in goes without saying."""
    notes = []
    for sheet in aside:
        details = {"rows": len(sheet.rows)}
        if sheet.hidden:
            notes.append(Note("finding", "sheet_hidden", sheet.name, details=details))
        elif not (_ASIDE.search(sheet.name) and find_header(sheet, Settled()) is None):
            notes.append(Note("note", "sheet_aside", sheet.name, details=details))
    return notes + [
        Note("note", "sheet_summary", part.sheet.name, details={"rows": len(part.numbers)}) for part in repeated
    ]


def _districts(parts: list[LedgerPart]) -> None:
    """Sheets named after districts whose streets have one name: each street with its district before it."""
    named = [part for part in parts if _DISTRICT.fullmatch(part.sheet.name) and "street" in part.columns]
    streets = [set(part.columns["street"]) - {""} for part in named]
    if len(named) < 2 or not any(one & other for turn, one in enumerate(streets) for other in streets[:turn]):
        return
    for part in named:
        district = part.sheet.name
        part.columns["street"] = [
            street if not street or street.startswith(district) else district + street
            for street in part.columns["street"]
        ]
        part.note(
            "finding", "district_from_sheet", part.header.last, part.came.get("street"), district, district=district
        )


def _responsible(parts: list[LedgerPart], decided: Settled, notes: list[Note]) -> str:
    """Who handed the ledger in: settled, written above the header, or each sheet's name; said where it is used."""
    unit = decided.everywhere.get("responsible", "")
    for part in parts:
        titles = " ".join(
            str(cell)
            for number in range(1, part.header.first)
            for cell in part.sheet.rows.get(number, ())
            if isinstance(cell, str)
        )
        found = _UNIT.search(without_hidden(titles).replace("（", "(").replace("）", ")").replace("：", ":"))
        # A town's government reports for the town.
        reports = (street_name(found[1]) or found[1]) if found else ""
        said = (
            unit
            or reports
            or (
                part.sheet.name
                if len(parts) > 1 and not re.fullmatch(r"(?i)sheet ?\d+|工作表 ?\d+", part.sheet.name)
                else ""
            )
        )
        if not said or shown(said) != said:
            continue
        unit = unit if decided.everywhere.get("responsible") else unit or reports
        if "street" not in part.columns and (street := street_name(said)):
            part.columns["street"] = [street] * len(part.numbers)
            notes.append(
                Note("finding", "street_from_unit", part.sheet.name, part.header.last, details={"street": street})
            )
        if (
            "responsible" in BY_NAME
            and "responsible" not in part.columns
            and set(part.columns.get("street", ())) != {said}
        ):
            part.columns["responsible"] = [said] * len(part.numbers)
            if not decided.everywhere.get("responsible"):
                notes.append(
                    Note("finding", "responsible_from_title", part.sheet.name, part.header.last, details={"unit": said})
                )
    return unit


def _joined(parts: list[LedgerPart], decided: Settled, notes: list[Note]) -> tuple[pd.DataFrame, list[tuple[str, int]]]:
    """All sheets' columns below each other."""
    places = [(part.sheet.name, number) for part in parts for number in part.numbers]
    for part in parts:
        _identified(part, notes)
    names = [name for name in BY_NAME if any(name in part.columns for part in parts)]
    if "street" in decided.everywhere and "street" not in names:
        names.append("street")
        for part in parts:
            part.columns["street"] = [decided.everywhere["street"]] * len(part.numbers)
    if not all(
        all(name in part.columns for name in PARTS) or not any(name in part.columns for name in PARTS) for part in parts
    ):
        names = [
            name for name in names if name not in PARTS or not any("full_members" in part.columns for part in parts)
        ]
    columns = {}
    for name in names:
        cells: list[str] = []
        for part in parts:
            cells += part.columns.get(name) or [""] * len(part.numbers)
        columns[name] = pd.Series(cells, dtype=object)
    return pd.DataFrame(columns, index=range(len(places))), places


def _identified(part: LedgerPart, notes: list[Note]) -> None:
    """Without a column of codes an organization is known by its name; a running number identifies nobody."""
    ids, names = part.columns.get("org_id"), part.columns.get("name")
    running = (
        ids is not None and part.came["org_id"].order >= 20 and ids == [str(turn) for turn in range(1, len(ids) + 1)]
    )
    if (ids is None or running) and names and any(names):
        label = part.came["name"]
        part.columns["org_id"] = list(names)
        part.came["org_id"] = label
        notes.append(
            Note(
                "finding", "name_as_id", part.sheet.name, part.header.last, label.at, label.header, shown(label.header)
            )
        )
