"""Rules between the columns of a register: what one cell says must fit what the others say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.inputs.register.columns import PARTS
from workbench.spelling import same_key

if TYPE_CHECKING:
    from workbench.inputs.register.findings import Findings

Mask = npt.NDArray[np.bool_]

#: Dates that need a yes beside them: (date, flag).
_NEEDS_YES = (
    ("branch_on", "has_branch"),
    ("instructor_on", "has_instructor"),
    ("mass_org_on", "has_mass_org"),
)
#: Dates in the order in which they happen.
_IN_ORDER = (
    *(("attempt_on", "filed_on"), ("attempt_on", "approved_on"), ("attempt_on", "branch_on")),
    *(("filed_on", "approved_on"), ("filed_on", "branch_on"), ("approved_on", "branch_on")),
)


def check_rules(table: pd.DataFrame, findings: Findings) -> None:
    """Add a fault for every row that contradicts itself, and for places in two systems.

    Parameters
    ----------
    table
        a register once read, `org_id` as a column, one row a position; unreadable cells hold their
        default.
    findings
        knows which cells were unreadable; they are left alone here.
    """
    _names(table, findings)
    _parts(table, findings)
    _places(table, findings)
    _dates(table, findings)
    host = table["host_capacity"].to_numpy() > 0
    unsure = findings.flagged("host_capacity") | findings.flagged("has_branch")
    findings.add_where(
        "host_without_branch",
        host & ~table["has_branch"].to_numpy() & ~unsure,
        "host_capacity",
        table["host_capacity"].to_numpy(),
    )


#: What a spreadsheet makes of a long identifier: 9.13301E+17, or 5E+17.
_SCIENTIFIC = r"^[0-9](?:\.[0-9]+)?[eE]\+[0-9]{1,3}$"


def _names(table: pd.DataFrame, findings: Findings) -> None:
    ids = table["org_id"]
    spoilt = ids.str.contains(_SCIENTIFIC, regex=True, na=False).to_numpy(dtype=np.bool_)
    findings.add_where("id_scientific", spoilt, "org_id", ids.to_numpy(dtype=object))
    for column in ("street", "community"):
        slash = table[column].str.contains("/", regex=False, na=False).to_numpy(dtype=np.bool_)
        findings.add_where("slash", slash, column, table[column].to_numpy(dtype=object))
    _spellings(table, findings)


def _spellings(table: pd.DataFrame, findings: Findings) -> None:
    """One organization, street or community spelt in two ways that a person reads as one."""
    for column in ("org_id", "street", "community"):
        texts, unsure = table[column].dropna(), findings.flagged(column)
        counts = texts.value_counts()
        keys = pd.Series(counts.index, dtype=object).map(same_key)
        for _, place in keys.groupby(keys).groups.items():
            if len(place) < 2:
                continue
            spellings = [str(counts.index[int(turn)]) for turn in place]
            # The spelling that most rows have is the right one; of equals the one met first.
            first = {one: int(texts.index[int(np.argmax(texts.to_numpy() == one))]) for one in spellings}
            right = min(spellings, key=lambda one: (-counts[one], first[one]))
            for position in texts.index[texts.isin(spellings) & (texts != right) & ~unsure[texts.index]]:
                findings.add(
                    "spelt_twice", int(position), column, texts[position], row=int(findings.rows[first[right]])
                )


def _parts(table: pd.DataFrame, findings: Findings) -> None:
    given = {part: table[part].notna().to_numpy() for part in PARTS}
    unsure = np.logical_or.reduce([findings.flagged(column) for column in (*PARTS, "full_members")])
    some = np.logical_or.reduce(list(given.values()))
    every = np.logical_and.reduce(list(given.values()))
    for position in np.flatnonzero(some & ~every & ~unsure):
        absent = ", ".join(part for part in PARTS if not given[part][position])
        findings.add("parts_incomplete", int(position), absent, parts=", ".join(PARTS))
    total = sum((table[part].fillna(0).to_numpy(dtype=np.int64) for part in PARTS), np.zeros(len(table), np.int64))
    members = table["full_members"].to_numpy()
    for position in np.flatnonzero(every & ~unsure & (total != members)):
        parts = " + ".join(str(table[part].iloc[position]) for part in PARTS)
        findings.add(
            "parts_mismatch",
            int(position),
            "full_members",
            members[position],
            parts=parts,
            total=int(total[position]),
        )


def _places(table: pd.DataFrame, findings: Findings) -> None:
    given: dict[str, Mask] = {}
    for first, second in (("x", "y"), ("lon", "lat")):
        has = {axis: table[axis].notna().to_numpy() | findings.flagged(axis) for axis in (first, second)}
        given[first] = has[first] | has[second]
        for axis, other in ((first, second), (second, first)):
            findings.add_where(
                "half_a_place", has[other] & ~has[axis], axis, np.full(len(table), ""), axis=axis, other=other
            )
    both = given["x"] & given["lon"]
    findings.add_where("two_places", both, "lon", table["lon"].to_numpy())
    plane, globe = given["x"] & ~both, given["lon"] & ~both
    if plane.any() and globe.any():
        # The rarer system is the likelier slip; one fault is enough, it says how many.
        column, rare = ("x", plane) if plane.sum() < globe.sum() else ("lon", globe)
        findings.add(
            "mixed_places",
            int(np.flatnonzero(rare)[0]),
            column,
            "",
            plane=int(plane.sum()),
            globe=int(globe.sum()),
        )


def dates_agree(table: pd.DataFrame) -> bool:
    """Whether dates come in the order in which things happen, as `check_rules` wants it."""
    time = {name: table[name].to_numpy() for pair in _IN_ORDER for name in pair}
    return not any((time[earlier] > time[later]).any() for earlier, later in _IN_ORDER)


def _dates(table: pd.DataFrame, findings: Findings) -> None:
    for column, flag in _NEEDS_YES:
        where = table[column].notna().to_numpy() & ~table[flag].to_numpy() & ~findings.flagged(flag)
        findings.add_where("date_without_yes", where, column, table[column].to_numpy(), flag=flag)
    for earlier, later in _IN_ORDER:
        where = (table[earlier] > table[later]).to_numpy()
        values = table[later].to_numpy()
        findings.add_where("dates_out_of_order", where, later, values, earlier=earlier, later=later)
