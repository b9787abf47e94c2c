"""A register as the census could turn it out (MODEL §11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.simulation import uniform

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Who is lost leaves first the part-timers, then the floating ones, then the roll.
LEAVING = ("members_part_time", "members_floating", "members_on_roll")


class FindingChances(NamedTuple):
    """What the census may find in each organization that has no branch; n of them.

    Attributes
    ----------
    rows
        (n,) their rows in the register.
    ids
        their org_ids.
    more, fewer
        (n,) the chances that members are found, and lost.
    upto, members
        (n, k) the weights added up, and how many members go with each; the last column is 1.
    """

    rows: NDArray[np.intp]
    ids: list[str]
    more: NDArray[np.float64]
    fewer: NDArray[np.float64]
    upto: NDArray[np.float64]
    members: NDArray[np.int64]


def chances_of(register: pd.DataFrame, scenario: Scenario) -> FindingChances:
    """The chances that a scenario gives each organization without a branch; none where it writes no discovery."""
    rows = np.flatnonzero(~register["has_branch"].to_numpy(dtype=np.bool_))
    law = scenario.census.discovery
    if law is None:
        rows = rows[:0]
    count = len(rows)
    groups = np.full(count, "", dtype=object)
    if law is not None and law.column is not None:
        groups = register[law.column].iloc[rows].fillna("").to_numpy(dtype=object)
    names, of_row = np.unique(groups.astype(str), return_inverse=True)
    laws = [law.of(str(name)) for name in names] if law is not None else []
    width = max((len(each.more) for each in laws), default=1)
    upto, members = np.ones((len(names), width)), np.ones((len(names), width), np.int64)
    for number, each in enumerate(laws):
        upto[number, : len(each.more)] = np.cumsum(list(each.more.values()))
        members[number, : len(each.more)] = list(each.more)
        upto[number, len(each.more) - 1 :] = 1.0
        members[number, len(each.more) :] = members[number, len(each.more) - 1]
    return FindingChances(
        rows,
        [str(name) for name in register.index[rows]],
        np.array([each.chance for each in laws] or np.zeros(len(names)), dtype=np.float64)[of_row],
        np.array([each.fewer for each in laws] or np.zeros(len(names)), dtype=np.float64)[of_row],
        upto[of_row],
        members[of_row],
    )


def drawn_change(chances: FindingChances, outcome: int, seed: int) -> NDArray[np.int64]:
    """Members more (or fewer, below 0) of each organization in one census outcome; lost ones not yet held to those
    that there are.
    """
    if not chances.ids:
        return np.zeros(0, np.int64)
    u = uniform(chances.ids, outcome, 0, "discovery", seed=seed)
    v = uniform(chances.ids, outcome, 0, "members", seed=seed)
    many = np.minimum((v[:, None] >= chances.upto).sum(axis=1), chances.upto.shape[1] - 1)
    members = chances.members[np.arange(len(many)), many]
    return np.where(u < chances.more, members, np.where(u > 1.0 - chances.fewer, -members, 0))


def changed_register(register: pd.DataFrame, rows: NDArray[np.intp], change: NDArray[np.int64]) -> pd.DataFrame:
    """The register with members found (they count as floating) and lost; the same frame where nothing changes."""
    touched = change != 0
    if not touched.any():
        return register
    rows, change = rows[touched], change[touched]
    columns: dict[str, pd.Series[Any]] = {}
    full = register["full_members"].to_numpy(dtype=np.int64, copy=True)
    change = np.maximum(change, -full[rows])
    full[rows] += change
    columns["full_members"] = pd.Series(full, index=register.index).astype(register["full_members"].dtype)
    parts = {name: register[name].to_numpy(dtype=np.float64, na_value=np.nan, copy=True) for name in LEAVING}
    parts["members_floating"][rows] += np.maximum(change, 0)
    leaving = np.maximum(-change, 0).astype(np.float64)
    for name in LEAVING:
        gone = np.fmin(leaving, parts[name][rows])
        parts[name][rows] -= gone
        leaving -= np.nan_to_num(gone)
    for name, values in parts.items():
        columns[name] = pd.Series(values, index=register.index).astype(register[name].dtype)
    return register.assign(**columns)
