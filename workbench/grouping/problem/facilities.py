"""What could lead a group: peers, communities' centres and hosts, in one table of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping.problem.places import Floats, Ints, Places

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

Texts = NDArray[np.object_]

#: Kinds of facility, in canonical order.
KINDS = ("peer", "community", "host")
PEER, COMMUNITY, HOST = range(3)


@dataclass(frozen=True, eq=False)
class Facilities:
    """Facilities in canonical order: peers, communities, hosts, each by id; f of them.

    Attributes
    ----------
    kind
        (f,) int64, index into `KINDS`.
    ids
        (f,) text; an org_id, or ``street/community``.
    places
        f points.
    street, industry, supervisor
        (f,) text, "" where missing (a community has no industry and no supervisor).
    capacity
        (f,) int64, units at most.
    need
        (f,) int64, full members at least; 0 for hosts.
    opening
        (f,) float64, cost of using it at all.
    leader
        (f,) int64, the unit that leads a peer facility; -1 otherwise.
    """

    kind: Ints
    ids: Texts
    places: Places
    street: Texts
    industry: Texts
    supervisor: Texts
    capacity: Ints
    need: Ints
    opening: Floats
    leader: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def kind_names(self) -> Texts:
        """(f,) text: the kind of each in words of the model."""
        return np.array(KINDS, dtype=object)[self.kind]

    def of(self, kind: int) -> Ints:
        """Positions of the facilities of one kind."""
        return np.flatnonzero(self.kind == kind).astype(np.int64)


def facilities_of(scope: pd.DataFrame, places: Places, is_unit: NDArray[np.bool_], scenario: Scenario) -> Facilities:
    """Every facility that a scenario allows.

    Parameters
    ----------
    scope
        the organizations that count, in org_id order.
    places
        where they are, row by row.
    is_unit
        which of them are units.
    scenario
        its ``grouping`` says which kinds are allowed and what they cost.
    """
    rules = scenario.grouping
    takes = scope["has_branch"].to_numpy(dtype=bool) & ~scope["dormant"].to_numpy(dtype=bool)
    room = scope["host_capacity"].to_numpy(np.int64)
    tables = [
        _organizations(scope, places, is_unit, np.full(len(scope), rules.max_units)),
        _communities(scope, places, is_unit, scenario),
        _organizations(scope, places, takes & (room > 0), room),
    ]
    tables = [table if kind in rules.facilities else table.iloc[:0] for kind, table in zip(KINDS, tables, strict=True)]
    sizes = [len(table) for table in tables]
    table = pd.concat(tables)
    kind = np.repeat(np.arange(3, dtype=np.int64), sizes)
    return Facilities(
        kind=kind,
        ids=texts(table.index),
        places=Places(table[["across", "up"]].to_numpy(np.float64, copy=True), places.geographic),
        street=texts(table["street"]),
        industry=texts(table["industry"]),
        supervisor=texts(table["supervisor"]),
        capacity=table["capacity"].to_numpy(np.int64, copy=True),
        need=np.where(kind == HOST, 0, rules.min_members).astype(np.int64),
        opening=np.array([rules.open_peer, rules.open_community, rules.open_host], np.float64)[kind],
        leader=np.where(kind == PEER, np.arange(len(table)), -1).astype(np.int64),
    )


def community_keys(organizations: pd.DataFrame) -> Texts:
    """``street/community`` of each organization; "" where it has no community."""
    street, community = texts(organizations["street"]), texts(organizations["community"])
    return np.array([f"{s}/{c}" if c else "" for s, c in zip(street, community, strict=True)], dtype=object)


def texts(column: pd.Series[str] | pd.Index[str]) -> Texts:
    """Text as Python strings, "" where missing."""
    missing = np.asarray(column.isna())
    values = [str(value) for value in column.to_numpy(dtype=object)]
    return np.where(missing, "", np.array(values, dtype=object))


def _organizations(scope: pd.DataFrame, places: Places, which: NDArray[np.bool_], capacity: Ints) -> pd.DataFrame:
    rows = scope[which]
    return pd.DataFrame(
        {
            "street": texts(rows["street"]),
            "industry": texts(rows["industry"]),
            "supervisor": texts(rows["supervisor"]),
            "across": places.points[which, 0],
            "up": places.points[which, 1],
            "capacity": capacity[which].astype(np.int64),
        },
        index=texts(rows.index),
    )


def _communities(scope: pd.DataFrame, places: Places, is_unit: NDArray[np.bool_], scenario: Scenario) -> pd.DataFrame:
    """Communities that have a unit; a centre is given, or the mean of all its organizations with a place."""
    keys = community_keys(scope)
    given = scenario.grouping.community_centres
    names = np.unique(np.array([key for key in keys[is_unit] if key], dtype=object))
    position = {name: at for at, name in enumerate(names)}
    of = np.array([position.get(key, -1) for key in keys], dtype=np.int64)
    counted = places.known & (of >= 0)
    # bincount adds one by one in the order given, which is org_id order: rows may come in any order.
    totals = [np.bincount(of[counted], places.points[counted, axis], len(names)) for axis in (0, 1)]
    count = np.bincount(of[counted], minlength=len(names))
    with np.errstate(invalid="ignore"):
        centres = np.column_stack(totals) / count[:, None]
    for name, centre in given.items():
        if name in position:
            centres[position[name]] = centre
    return pd.DataFrame(
        {
            "street": np.array([name.split("/")[0] for name in names], dtype=object),
            "industry": "",
            "supervisor": "",
            "across": centres[:, 0],
            "up": centres[:, 1],
            "capacity": np.full(len(names), scenario.grouping.max_units, np.int64),
        },
        index=names,
    )
