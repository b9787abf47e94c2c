"""Grouping by trying everything: the best coverage, then the least cost, over all legal groupings of few units.

Written from MODEL §8 alone, in plain Python: every subset of units at every facility, then all ways to put them
together. Nothing of the package's grouping room is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import hypot

import pandas as pd


@dataclass(frozen=True)
class Facility:
    kind: str
    name: str
    street: str
    point: tuple[float, float] | None
    industry: object
    supervisor: object
    most: int
    least: int
    opening: float


def best_grouping(register: pd.DataFrame, scenario) -> tuple[int, float] | None:
    """Units covered and cost of the best grouping; None where the demands cannot be met."""
    rules = scenario.grouping
    rows = {
        org_id: row
        for org_id, row in register.iterrows()
        if not (scenario.policy.denominator == "active" and row["dormant"])
    }
    basis = {
        "on_roll": ["members_on_roll"],
        "floating": ["members_on_roll", "members_floating"],
        "part_time": ["full_members"],
    }[scenario.policy.member_basis]
    wanted = {1, 2} if scenario.policy.two_members == "joint" else {1}
    members = {org_id: sum(int(row[part]) for part in basis) for org_id, row in rows.items()}
    units = [
        org_id
        for org_id in sorted(rows)
        if not rows[org_id]["has_branch"] and not rows[org_id]["dormant"] and members[org_id] in wanted
    ]
    if any(org_id not in units for org_id in rules.pinned):
        return None
    facilities = _facilities(rows, units, rules)
    names = {(facility.kind, facility.name) for facility in facilities}
    if any(tuple(place) not in names for place in rules.pinned.values()):
        return None
    bit = {org_id: 1 << k for k, org_id in enumerate(units)}
    best: dict[int, float] = {0: 0.0}
    for facility in facilities:
        groups = _groups(facility, rows, units, members, rules, bit)
        new = dict(best)
        for mask, cost in best.items():
            for group, spent in groups:
                if not mask & group and cost + spent < new.get(mask | group, float("inf")):
                    new[mask | group] = cost + spent
        best = new
    must = sum(bit[org_id] for org_id in rules.pinned)
    full = [(mask.bit_count(), -cost) for mask, cost in best.items() if mask & must == must]
    if not full:
        return None
    covered, cost = max(full)
    return covered, -cost


def _facilities(rows, units, rules) -> list[Facility]:
    found = []
    if "peer" in rules.facilities:
        found += [
            Facility(
                "peer",
                name,
                rows[name]["street"],
                _point(rows[name]),
                rows[name]["industry"],
                rows[name]["supervisor"],
                rules.max_units,
                rules.min_members,
                rules.open_peer,
            )
            for name in units
        ]
    if "community" in rules.facilities:
        keys = sorted({_community(rows[name]) for name in units} - {None})
        for key in keys:
            points = [_point(rows[name]) for name in sorted(rows) if _community(rows[name]) == key]
            points = [point for point in points if point]
            centre = (
                (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)) if points else None
            )
            centre = tuple(rules.community_centres.get(key, centre)) if key in rules.community_centres else centre
            found.append(
                Facility(
                    "community",
                    key,
                    key.split("/")[0],
                    centre,
                    None,
                    None,
                    rules.max_units,
                    rules.min_members,
                    rules.open_community,
                )
            )
    if "host" in rules.facilities:
        found += [
            Facility(
                "host",
                name,
                row["street"],
                _point(row),
                row["industry"],
                row["supervisor"],
                int(row["host_capacity"]),
                0,
                rules.open_host,
            )
            for name, row in rows.items()
            if row["has_branch"] and row["host_capacity"] > 0 and not row["dormant"]
        ]
    return found


def _groups(facility, rows, units, members, rules, bit) -> list[tuple[int, float]]:
    """All legal groups at a facility: (who, as bits; what it costs with opening)."""
    costs = {}
    for org_id in units:
        cost = _cost(org_id, facility, rows, rules)
        if cost is not None:
            costs[org_id] = cost
    groups = []
    for count in range(1, min(facility.most, len(costs)) + 1):
        for inside in combinations(costs, count):
            if facility.kind == "peer" and facility.name not in inside:
                continue
            if sum(members[org_id] for org_id in inside) < facility.least:
                continue
            if any((a in inside) != (b in inside) for a, b in rules.must_link):
                continue
            if any(a in inside and b in inside for a, b in rules.cannot_link):
                continue
            groups.append(
                (
                    sum(bit[org_id] for org_id in inside),
                    facility.opening + sum(costs[org_id] for org_id in inside),
                )
            )
    return groups


def _cost(org_id, facility, rows, rules) -> float | None:
    """What a unit costs at a facility; None where it may not be there."""
    place, row = (facility.kind, facility.name), rows[org_id]
    pinned = tuple(rules.pinned[org_id]) if org_id in rules.pinned else None
    if pinned not in (None, place) or (org_id, *place) in {tuple(f) for f in rules.forbidden}:
        return None
    if facility.kind == "community" and _community(row) != facility.name:
        return None
    if rules.same_street == "require" and row["street"] != facility.street:
        return None
    here = _point(row)
    leads = place == ("peer", org_id)
    # A pinned-to peer has to lead: that is a pin to itself.
    held = pinned or (leads and place in {tuple(p) for p in rules.pinned.values()})
    if not held and (here is None or facility.point is None):
        return None
    far = hypot(here[0] - facility.point[0], here[1] - facility.point[1]) if here and facility.point else 0.0
    if far > rules.max_distance_km + 1e-9:
        return None
    if leads:
        return 0.0
    cost = far
    if facility.kind != "community":
        cost += rules.w_industry * _differ(row["industry"], facility.industry)
        cost += rules.w_supervisor * _differ(row["supervisor"], facility.supervisor)
    if rules.same_street != "ignore":
        cost += rules.w_street * (row["street"] != facility.street)
    return cost


def _point(row) -> tuple[float, float] | None:
    return None if pd.isna(row["x"]) or pd.isna(row["y"]) else (float(row["x"]), float(row["y"]))


def _community(row) -> str | None:
    return None if pd.isna(row["community"]) else f"{row['street']}/{row['community']}"


def _differ(a, b) -> bool:
    return not pd.isna(a) and not pd.isna(b) and a != b
