"""What changed between two weeks' registers: new, gone, moved, members up or down, newly formed (变更说明)."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from workbench.inputs.register import BY_NAME, COLUMNS

#: Kinds of change, in the order in which a notice tells them.
KINDS: Final = ("new", "gone", "moved", "formed", "members_up", "members_down", "changed")
_COLUMNS: Final = ("org_id", "column", "before", "now", "change", "responsible", "name")


def changes_between(previous: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """What changed from one register to another.

    Parameters
    ----------
    previous, register
        two registers, index `org_id`.

    Returns
    -------
    pd.DataFrame
        One row per change: `org_id`, `column` (of the register; ``new`` or ``gone`` where the organization itself
        is), `before` and `now` as text, `change` (new, gone, moved, formed, members_up, members_down, changed),
        `responsible` and `name`, of now, or of before where it is gone. In the order of the identifiers.
    """
    found: list[tuple[Any, ...]] = []
    new, gone = register.index.difference(previous.index), previous.index.difference(register.index)
    found += [(org_id, "new", "", _shown(register.loc[org_id, "name"]) or org_id, "new") for org_id in new]
    found += [(org_id, "gone", _shown(previous.loc[org_id, "name"]) or org_id, "", "gone") for org_id in gone]
    both = register.index.intersection(previous.index)
    before, now = previous.loc[both], register.loc[both]
    for column in COLUMNS[1:]:
        one, other = before[column.name], now[column.name]
        differs = ~((one == other).fillna(False).astype(bool) | (one.isna() & other.isna()))
        for org_id in both[differs.to_numpy()]:
            if (
                column.name == "responsible"
                and one[org_id] == before.loc[org_id, "street"]
                and other[org_id] == now.loc[org_id, "street"]
            ):
                continue  # it moved with its street
            found.append(
                (
                    org_id,
                    column.name,
                    _shown(one[org_id]),
                    _shown(other[org_id]),
                    _kind(column.name, one[org_id], other[org_id]),
                )
            )
    order = {column.name: turn for turn, column in enumerate(COLUMNS)}
    found.sort(key=lambda each: (str(each[0]), order.get(each[1], -1)))
    rows = [(*each, *_whose(each[0], register, previous)) for each in found]
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype="str")


def _kind(column: str, before: Any, now: Any) -> str:
    if column in ("street", "responsible"):
        return "moved"
    if column == "has_branch" and now and not before:
        return "formed"
    if column == "full_members":
        return "members_up" if now > before else "members_down"
    return "changed"


def _shown(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return ("true" if value else "false") if str(value) in ("True", "False") else str(value)


def _whose(org_id: Any, register: pd.DataFrame, previous: pd.DataFrame) -> tuple[str, str]:
    row = (register if org_id in register.index else previous).loc[org_id]
    return str(row["responsible"]), _shown(row["name"])


def is_flag(column: str) -> bool:
    """Whether a column says yes or no."""
    return column in BY_NAME and BY_NAME[column].holds == "flag"
