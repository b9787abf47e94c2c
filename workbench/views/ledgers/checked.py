"""One screen: the verdict, your column → ours, what was changed, faults and findings grouped by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from workbench.inputs.ledger import Examination, Note, NotedChange, column_of, header_of, runs, why
from workbench.inputs.register import shown
from workbench.jobs.collect import Collection
from workbench.labels import text
from workbench.views.formats import text_table

#: Values of a group that are shown, ranges of rows that are named, and units that the screen tells one by one.
VALUES, RANGES, UNITS = 3, 6, 60
_MARKS = {"fault": "✗", "finding": "!", "note": "·"}


def check_screen(examination: Examination) -> str:
    """What `workbench check` says of a ledger."""
    notes = examination.notes
    counts = Counter(note.severity for note in notes)
    taken = len(examination.frame)
    lines = [
        text(
            f"check.ledger.{examination.verdict}",
            name=shown(examination.name),
            count=taken,
            faults=counts["fault"],
            findings=counts["finding"],
        ),
        "",
        *_mapping(examination),
    ]
    if examination.changes:
        lines += ["", text("check.ledger.changes"), *(f"  {line}" for line in _changes(examination.changes))]
    for severity in ("fault", "finding", "note"):
        these = [note for note in notes if note.severity == severity]
        if these:
            lines += ["", text(f"check.list.{severity}"), *grouped(these)]
    return "\n".join([*lines, "", _rows(examination)])


def _mapping(examination: Examination) -> list[str]:
    lines: list[str] = []
    for sheet, labels in examination.labels.items():
        if lines and labels == next(iter(examination.labels.values())):
            continue
        rows = []
        for label in labels:
            column = column_of(label)
            ours = f"{header_of(column)} {column}" if column and column in _known() else column or "–"
            sure = "" if label.confidence >= 0.9 or not label.target else text("check.ledger.confirm")
            rows.append((f"{label.letter} {shown(label.header)}", f"→ {ours}", why(label), sure))
        title = text("check.ledger.mapping") + (f" {text('place.sheet', sheet=shown(sheet))}" if sheet else "")
        lines += [title, _left_table(rows)]
    return lines


def _known() -> set[str]:
    from workbench.inputs.register import BY_NAME

    return set(BY_NAME)


def _left_table(rows: list[tuple[str, str, str, str]]) -> str:
    """All columns to the left."""
    from workbench.views.formats import width

    wide = [max(width(row[place]) for row in rows) for place in range(4)]
    return "\n".join(
        ("  " + "  ".join(cell + " " * (wide[place] - width(cell)) for place, cell in enumerate(row))).rstrip()
        for row in rows
    )


def _changes(changes: Iterable[NotedChange]) -> list[str]:
    return [
        text(
            "check.ledger.change",
            letter=_letter(change),
            header=shown(change.header),
            what=text(f"ledger.change.{change.code}"),
            count=len(change.rows),
            before=change.before or text("collect.empty"),
            after=change.after or text("collect.empty"),
            rows=rows_text(list(change.rows)),
        )
        for change in changes
    ]


def _letter(change: NotedChange) -> str:
    from workbench.inputs.ledger import letter

    return letter(change.at)


def rows_text(rows: list[int]) -> str:
    """Rows as ranges: 2–401、403.

    >>> rows_text([2, 3, 4, 9])
    '2–4, 9'
    """
    ranges = [f"{first}–{last}" if last > first else str(first) for first, last in runs(sorted(set(rows)))]
    more = "…" if len(ranges) > RANGES else ""
    return text("collect.and").join([*ranges[:RANGES], *([more] if more else [])])


def grouped(notes: list[Note]) -> list[str]:
    """Notes of one kind in one line: where, how many, what, and what to do."""
    lines = []
    for group in groups_of(notes):
        first = group[0]
        same = text("check.ledger.same", count=len(group)) if len(group) > 1 else ""
        quoted, place = quoted_values(group), place_of(group)
        where = text("check.ledger.where", place=place, value=quoted, same=same) if quoted else place + same
        lines.append(f"  {_MARKS[first.severity]} {where}")
        lines.append("      " + text("check.ledger.what", rule=first.rule, repair=first.repair))
    return lines


def groups_of(notes: list[Note]) -> list[list[Note]]:
    """Notes of one kind together, as a reader of the ledger meets them."""

    def kind(note: Note) -> tuple[str, str, int, str, str]:
        return note.code, note.sheet, -1 if note.at is None else note.at, note.header, note.rule

    groups = [list(each) for _, each in groupby(sorted(notes, key=kind), key=kind)]
    return sorted(groups, key=lambda group: (group[0].sheet, group[0].row or 0, group[0].at or 0))


def quoted_values(group: list[Note]) -> str:
    """What stands in the cells of a group, the first few."""
    values = list(dict.fromkeys(note.value for note in group if note.value and note.value != group[0].header))
    return text("collect.and").join(values[:VALUES]) + ("…" if len(values) > VALUES else "")


def place_of(group: list[Note]) -> str:
    """Where the notes of one kind stand: sheet, column, rows."""
    first = group[0]
    parts = [text("place.sheet", sheet=shown(first.sheet))] if first.sheet else []
    if first.at is not None:
        parts.append(text("place.ledger_column", letter=first.letter, header=shown(first.header)))
    elif first.header:
        parts.append(shown(first.header))
    if rows := [note.row for note in group if note.row is not None]:
        parts.append(text("place.rows", rows=rows_text(rows)))
    return " ".join(parts) or text("place.file")


def _rows(examination: Examination) -> str:
    counts = Counter(row.why for fates in examination.fates.values() for row in fates)
    told = text("collect.and").join(f"{text(f'ledger.row.{why}')} {count}" for why, count in sorted(counts.items()))
    return text("check.ledger.rows", count=sum(counts.values()), told=told)


def collect_screen(collection: Collection) -> str:
    """What `workbench collect` says."""
    table = collection.ledgers.head(UNITS)
    rows = [
        (
            shown(row.unit),
            text(f"verdict.{row.verdict}"),
            str(row.organizations),
            str(row.faults),
            str(row.findings),
        )
        for row in table.itertuples(index=False)
    ]
    header = [text(f"collect.head.{name}") for name in ("unit", "verdict", "organizations", "faults", "findings")]
    return "\n".join([collection.summary(), "", text_table(header, rows)])
