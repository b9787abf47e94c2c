"""Whom a responsible unit's instructors are to stand for: organizations in blocks that stay together (MODEL §9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping.problem import places_of
from workbench.simulation.kernels import hashes
from workbench.simulation.setup import KINDS, Setup

#: The order in which organizations are assigned where there are not instructors enough.
TIERS = ("T3", "T2", "T1", "T0")
#: Steps that a search for even loads may take.
EVEN_LOAD_STEPS = 20_000
#: The case of an organization that makes none: it has a mass organization already.
NO_CASE = "none"


@dataclass(frozen=True, eq=False)
class Blocks:
    """One responsible unit: its blocks, and how many organizations an instructor may be given.

    Attributes
    ----------
    responsible
        its name. instructors : present on the day of assignment.
    rows
        int64 (organizations,), rows in the concerned ones' table, block by block.
    start
        int64 (blocks + 1,), the slice of each block in `rows`.
    placed, sums, squares
        organizations with a place, their coordinates' sums (blocks, 2) and the sum of squares, in km from the unit's
        middle.
    least, most
        organizations of an instructor: as even as the blocks allow.
    left
        rows of those whom no instructor reaches.
    """

    responsible: str
    instructors: int
    rows: NDArray[np.int64]
    start: NDArray[np.int64]
    placed: NDArray[np.int64]
    sums: NDArray[np.float64]
    squares: NDArray[np.float64]
    least: int
    most: int
    left: NDArray[np.int64]

    @property
    def weights(self) -> NDArray[np.int64]:
        """Organizations of each block."""
        return np.diff(self.start)


def concerned(setup: Setup, register: pd.DataFrame) -> pd.DataFrame:
    """Organizations without branch and instructor that are not dormant, by responsible unit, tier and hash.

    Columns: org_id, responsible, case, kind, tier, hash, x and y (km on a plane; NaN where a place is not known).
    """
    cases, orgs = setup.cases, setup.cases.organizations
    own = register.loc[orgs.index]
    wanted = ~orgs["branch"].to_numpy() & ~orgs["dormant"].to_numpy() & ~own["has_instructor"].to_numpy(dtype=bool)
    case, kind = np.full(len(orgs), "", dtype=object), np.full(len(orgs), NO_CASE, dtype=object)
    case[cases.unit_row] = cases.ids[cases.unit_case]
    kind[cases.unit_row] = np.array(KINDS, dtype=object)[cases.kind[cases.unit_case]]
    plane = _plane(own)
    every = pd.DataFrame(
        {
            "org_id": orgs.index, "responsible": np.array(cases.responsible_units, dtype=object)[orgs["responsible"]],
            "case": case, "kind": kind, "tier": orgs["tier"].to_numpy(dtype=object),
            "hash": hashes(orgs.index), "x": plane[:, 0], "y": plane[:, 1],
        }
    )  # fmt: skip
    table = every.loc[wanted]
    rank = table["tier"].map({tier: place for place, tier in enumerate(TIERS)})
    order = np.lexsort((table["org_id"], table["hash"], rank, table["responsible"]))
    found: pd.DataFrame = table.iloc[order].reset_index(drop=True)
    return found


def _plane(register: pd.DataFrame) -> NDArray[np.float64]:
    """Places in km on a plane; of longitudes and latitudes an equidistant map around their middle."""
    places = places_of(register)
    if not places.geographic or not places.known.any():
        return places.points
    from pyproj import Transformer

    lon, lat = places.points[places.known].mean(axis=0)
    around = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84 +units=km"
    x, y = Transformer.from_crs("EPSG:4326", around, always_xy=True).transform(*places.points.T)
    flat = np.column_stack([x, y])
    flat[~places.known] = np.nan
    return flat


def blocks_of(setup: Setup, table: pd.DataFrame, standing: int) -> list[Blocks]:
    """Every responsible unit with organizations to assign, or with instructors who are there.

    Parameters
    ----------
    setup
        register, scenario and grouping, worked out, with the instructors that are there.
    table
        what `concerned` gives.
    standing
        organizations that an instructor may stand for.
    """
    cases = setup.cases
    # Whom the instructors reach is the simulation's rule, here as there.
    rule = setup.assignment
    found = []
    for code, name in enumerate(cases.responsible_units):
        rows = np.flatnonzero((table["responsible"] == name).to_numpy())
        present, room = rule.present(code, setup.instructors[name]), rule.places(code, setup.instructors[name])
        if rows.size or present:
            found.append(_blocks(name, table, rows, present, room, standing))
    return found


def _blocks(
    name: str, table: pd.DataFrame, rows: NDArray[np.int64], instructors: int, room: int, standing: int
) -> Blocks:
    """Blocks of those whom the instructors reach, as even as can be; whoever does not fit is left, the last first."""
    reached = rows[:room]
    while True:
        blocks = _together(table, reached, standing)
        loads = _loads([len(block) for block in blocks], instructors)
        if not reached.size or max(loads) <= standing:
            break
        reached = reached[:-1]
    even = -(-reached.size // max(instructors, 1))
    even_least = reached.size // max(instructors, 1)
    order = [row for block in blocks for row in block]
    start = np.concatenate([[0], np.cumsum([len(block) for block in blocks])]).astype(np.int64)
    place = table[["x", "y"]].to_numpy()[order].reshape(-1, 2)
    known = np.isfinite(place).all(axis=1)
    place = np.where(known[:, None], place - (place[known].mean(axis=0) if known.any() else 0.0), 0.0)
    block_of = np.repeat(np.arange(len(blocks)), np.diff(start))
    sums = np.zeros((len(blocks), 2))
    np.add.at(sums, block_of, place)
    return Blocks(
        responsible=name,
        instructors=instructors,
        rows=np.array(order, dtype=np.int64),
        start=start,
        placed=np.bincount(block_of, known, len(blocks)).astype(np.int64),
        sums=sums,
        squares=np.bincount(block_of, (place**2).sum(axis=1), len(blocks)).astype(np.float64),
        least=min(even_least, min(loads, default=0)),
        most=max(even, max(loads, default=0)),
        left=np.setdiff1d(rows, reached),
    )


def _together(table: pd.DataFrame, rows: NDArray[np.int64], standing: int) -> list[list[int]]:
    """Units of one case in one block; a case of more than one instructor may stand for is cut, in order."""
    case = table["case"].to_numpy(dtype=object)
    by_case: dict[str, list[int]] = {}
    for row in rows.tolist():
        by_case.setdefault(case[row] or f"\0{row}", []).append(row)
    return [each[at : at + standing] for each in by_case.values() for at in range(0, len(each), standing)]


def _loads(weights: list[int], instructors: int) -> list[int]:
    """Loads as even as was found: even to one where a short search finds that, else the largest block to whoever has
    least, one after the other."""
    loads = [0] * instructors
    for weight in sorted(weights, reverse=True):
        loads[loads.index(min(loads))] += weight
    if loads and max(loads) - min(loads) > 1:
        return _even(sorted(weights, reverse=True), instructors) or loads
    return loads


def _even(weights: list[int], instructors: int) -> list[int] | None:
    """Loads even to one, by depth first with the largest first; None where a bounded search finds none."""
    most, loads, tried = -(-sum(weights) // instructors), [0] * instructors, 0

    def place(at: int) -> bool:
        nonlocal tried
        if at == len(weights):
            return max(loads) - min(loads) <= 1
        for load in sorted(set(loads)):
            tried += 1
            if tried > EVEN_LOAD_STEPS or load + weights[at] > most:
                return False
            own = loads.index(load)
            loads[own] += weights[at]
            if place(at + 1):
                return True
            loads[own] -= weights[at]
        return False

    return loads if place(0) else None
