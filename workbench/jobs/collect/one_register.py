"""Ledgers into one register: who stands in two of them, whose row is taken, and which identifier is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from workbench.inputs.ledger import Note
from workbench.inputs.register import shown
from workbench.jobs.collect.handed_in import HandedIn
from workbench.spelling import same_key

#: Columns that each row of a collection carries until the register is made.
_OF: Final = ("_unit", "_file", "_sheet", "_row", "_named")


class Said(NamedTuple):
    """Something said of a collection: the unit whose ledger it concerns, its file, and the note."""

    unit: str
    file: str
    note: Note


def rows_of(ledgers: Sequence[HandedIn], said: list[Said]) -> pd.DataFrame:
    """All accepted ledgers below each other, `org_id` as a column, each row with where it came from."""
    frames = []
    for each in ledgers:
        examination = each.examination
        if not each.accepted or examination is None:
            continue
        frame = examination.frame.copy()
        own = any(label.target == "responsible" for labels in examination.labels.values() for label in labels)
        if (
            each.named
            and not own
            and not examination.unit
            and (frame["responsible"] == frame["street"]).all()
            and (frame["street"] != each.unit).any()
        ):
            frame["responsible"] = each.unit
            said.append(
                Said(
                    each.unit,
                    each.path.name,
                    Note("finding", "responsible_from_file", details={"unit": shown(each.unit)}),
                )
            )
        if examination.unit and examination.unit != each.unit and not own:
            frame["responsible"] = frame["responsible"].replace({examination.unit: each.unit})
            details = {"said": shown(examination.unit), "unit": shown(each.unit)}
            said.append(Said(each.unit, each.path.name, Note("finding", "unit_known_as", details=details)))
        frame["_unit"], frame["_file"] = each.unit, each.path.name
        frame["_sheet"] = [sheet for sheet, _ in examination.places]
        frame["_row"] = [row for _, row in examination.places]
        by_name = any(note.code == "name_as_id" for note in examination.notes)
        frame["_named"] = by_name
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def keep_identifiers(rows: pd.DataFrame, previous: pd.DataFrame | None, said: list[Said]) -> pd.DataFrame:
    """Each organization under the identifier that it had last week, or that another ledger's code gives it."""
    rows = rows.copy()
    keys = {same_key(org_id): org_id for org_id in (previous.index if previous is not None else ())}
    names = _unique_names(previous.reset_index()) if previous is not None else {}
    streets = {} if previous is None else dict(previous["street"])
    codes = _unique_names(rows[~rows["_named"].to_numpy(dtype=bool)])
    now = set(rows["org_id"].map(same_key))
    for position, row in rows.iterrows():
        org_id, name = str(row["org_id"]), _name(row)
        kept = keys.get(same_key(org_id))
        if kept is None and row["_named"]:
            kept = names.get(name) or codes.get(name)
        elif kept is None and (old := names.get(name)) and same_key(old) not in now and row["street"] == streets[old]:
            kept = old
            said.append(_said(row, "id_kept", org_id, old=shown(old)))
        if kept is not None and kept != org_id:
            rows.loc[position, "org_id"] = kept
    return rows


def _name(row: Any) -> str:
    return same_key(row["name"]) if isinstance(row["name"], str) else ""


def _unique_names(rows: pd.DataFrame) -> dict[str, str]:
    """Names that one organization only has -> its identifier."""
    keys = rows["name"].map(lambda name: same_key(name) if isinstance(name, str) else "")
    alone = ~keys.duplicated(keep=False) & (keys != "")
    return dict(zip(keys[alone], rows.loc[alone, "org_id"], strict=True))


def without_twice(rows: pd.DataFrame, previous: pd.DataFrame | None, said: list[Said]) -> pd.DataFrame:
    """One row per organization; of two, the responsible unit's, last week's, or the first: then it is asked."""
    ids = rows["org_id"].map(same_key)
    dropped: list[Any] = []
    for _, group in rows[ids.duplicated(keep=False)].groupby(ids, sort=False):
        taken, sure = _taken(group, previous)
        for position in group.index:
            if position == taken:
                continue
            row, best = rows.loc[position], rows.loc[taken]
            same = _name(row) == _name(best)
            code = ("twice_taken" if sure else "twice_asked") if same else "code_twice"
            said.append(
                _said(
                    row, code, row["org_id"], unit=shown(best["_unit"]), row=int(best["_row"]), name=shown(best["name"])
                )
            )
            dropped.append(position)
    rows = rows.drop(index=dropped)
    names = rows["name"].map(lambda name: same_key(name) if isinstance(name, str) else "")
    for _, group in rows[names.duplicated(keep=False) & (names != "")].groupby(names, sort=False):
        if len(set(group["_file"])) > 1:
            first = group.iloc[0]
            for _, row in group.iloc[1:].iterrows():
                said.append(
                    _said(
                        row,
                        "name_twice",
                        row["name"],
                        unit=shown(first["_unit"]),
                        row=int(first["_row"]),
                        other=shown(first["org_id"]),
                    )
                )
    return rows


def _taken(group: pd.DataFrame, previous: pd.DataFrame | None) -> tuple[Any, bool]:
    """The row to take of several of one organization, and whether that is beyond doubt."""
    own = [column for column in group.columns if column not in _OF]
    mine = group[group["_unit"] == group["responsible"]]
    if len(mine) == 1:
        return mine.index[0], True
    org_id = group["org_id"].iloc[0]
    if previous is not None and org_id in previous.index:
        before = group[group["_unit"] == previous.loc[org_id, "responsible"]]
        if len(before) == 1:
            return before.index[0], True
    return group.index[0], not group[own].drop(columns=["responsible"]).astype(object).fillna("").duplicated(
        keep=False
    ).eq(False).any()


def carried_over(
    rows: pd.DataFrame, previous: pd.DataFrame | None, absent: Sequence[str], said: list[Said]
) -> pd.DataFrame:
    """Last week's organizations of units that handed nothing in, or whose ledger is refused."""
    if previous is None or not absent:
        return rows
    known = set(rows["org_id"].map(same_key)) if len(rows) else set()
    stay = previous[previous["responsible"].isin(list(absent))].reset_index()
    stay = stay[~stay["org_id"].map(same_key).isin(known)]
    for unit, group in stay.groupby("responsible", sort=True):
        said.append(
            Said(str(unit), "", Note("finding", "carried_over", details={"unit": shown(unit), "count": len(group)}))
        )
    return pd.concat([rows, stay], ignore_index=True) if len(stay) else rows


def _said(line: Any, code: str, value: object, **details: Any) -> Said:
    return Said(
        str(line["_unit"]),
        str(line["_file"]),
        Note("finding", code, str(line["_sheet"]), int(line["_row"]), None, "", shown(value), details),
    )
