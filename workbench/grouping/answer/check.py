"""The independent check: every rule and figure of a grouping, recomputed from the register in plain steps.

Nothing of the solver is used: no arcs, no cores, no arrays of its making. Slow and obvious on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, isfinite, isnan
from typing import TYPE_CHECKING

import pandas as pd

from workbench.errors import Fault
from workbench.grouping.tolerances import DISTANCE_KM, RECOMPUTED
from workbench.labels import text
from workbench.numbers import decimal
from workbench.shown import Shown

if TYPE_CHECKING:
    from workbench.grouping.answer.result import Grouping
    from workbench.inputs.scenario import Scenario

_PARTS = {
    "on_roll": ["members_on_roll"],
    "floating": ["members_on_roll", "members_floating"],
    "part_time": ["full_members"],
}


@dataclass(frozen=True, repr=False)
class Report(Shown):
    """What a check found.

    Attributes
    ----------
    faults
        every rule that is broken and every figure that is wrong.
    covered
        units covered, recounted.
    cost
        total cost, recomputed (km and weights).
    """

    shown_table = ""

    faults: tuple[Fault, ...]
    covered: int
    cost: float

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def summary(self) -> str:
        """In words: all is well, or every fault in a line."""
        if self.ok:
            return text("check.ok", covered=self.covered, cost=decimal(self.cost, 3))
        return "\n".join([text("check.not_ok", count=len(self.faults)), *(f"  - {fault}" for fault in self.faults)])


def check_grouping(grouping: Grouping, register: pd.DataFrame, scenario: Scenario) -> Report:
    """Check a grouping against a register and a scenario (MODEL §8)."""
    return _Check(register, scenario).run(grouping)


class _Check:
    def __init__(self, register: pd.DataFrame, scenario: Scenario) -> None:
        self.rules = scenario.grouping
        self.faults: list[Fault] = []
        rows: dict[str, dict[str, object]] = {
            str(org_id): {str(key): value for key, value in row.items()}
            for org_id, row in register.to_dict("index").items()
        }
        if scenario.policy.denominator == "active":
            rows = {org_id: row for org_id, row in rows.items() if not row["dormant"]}
        self.rows = rows
        self.planar = any(_known(row["x"]) and _known(row["y"]) for row in rows.values())
        wanted = (1, 2) if scenario.policy.two_members == "joint" else (1,)
        #: The places of each community's organizations, in org_id order; gathered when first asked for.
        self.gathered: dict[str, list[tuple[float, float] | None]] = {}
        self.members = {}
        for org_id, row in rows.items():
            count = sum(int(str(row[part])) for part in _PARTS[scenario.policy.member_basis])
            if not row["has_branch"] and not row["dormant"] and count in wanted:
                self.members[org_id] = count

    def fault(self, code: str, place: str, value: object = "", **details: object) -> None:
        self.faults.append(Fault(f"check_{code}", place, str(value), details))

    def run(self, grouping: Grouping) -> Report:
        table = grouping.assignment.to_dict("records")
        where: dict[str, tuple[str, str]] = {}
        groups: dict[tuple[str, str], list[str]] = {}
        total = 0.0
        for row in table:
            org_id, facility = str(row["org_id"]), (str(row["facility_kind"]), str(row["facility_id"]))
            if org_id in where:
                self.fault("twice", org_id)
                continue
            where[org_id] = facility
            groups.setdefault(facility, []).append(org_id)
            if org_id not in self.members:
                self.fault("no_unit", org_id)
                continue
            total += self.place(org_id, facility, float(row["distance_km"]), float(row["cost"]))
        for facility, inside in sorted(groups.items()):
            total += self.group(facility, inside, where)
        self.demands(where)
        self.figures(grouping, where, groups, total)
        return Report(tuple(self.faults), len(where), total)

    def place(self, org_id: str, facility: tuple[str, str], distance: float, cost: float) -> float:
        """One unit at its facility: allowed, near enough, rightly priced; returns its cost."""
        kind, name = facility
        rules, row = self.rules, self.rows[org_id]
        pinned = rules.pinned.get(org_id)
        if kind not in rules.facilities:
            self.fault("kind", org_id, kind)
        street, far = self.street(facility), self.distance(org_id, facility)
        if facility == ("peer", org_id):
            true_distance, true_cost = 0.0, 0.0
        else:
            pinned_here = pinned is not None and tuple(pinned) == facility
            if far is None and not pinned_here:
                self.fault("no_place", org_id, name)
            true_distance = far or 0.0
            true_cost = true_distance
            if kind != "community":
                other = self.rows.get(name, {})
                true_cost += rules.w_industry * _differ(row["industry"], other.get("industry"))
                true_cost += rules.w_supervisor * _differ(row["supervisor"], other.get("supervisor"))
            if rules.same_street != "ignore":
                true_cost += rules.w_street * (row["street"] != street)
        if true_distance > rules.max_distance_km + DISTANCE_KM:
            self.fault("far", org_id, decimal(true_distance, 6), km=f"{rules.max_distance_km:g}")
        if rules.same_street == "require" and row["street"] != street:
            self.fault("street", org_id, street)
        if kind == "community" and f"{row['street']}/{row['community']}" != name:
            self.fault("community", org_id, name)
        if abs(true_distance - distance) > RECOMPUTED or abs(true_cost - cost) > RECOMPUTED:
            self.fault(
                "figures",
                org_id,
                f"{decimal(distance, 6)} km, {decimal(cost, 6)}",
                km=decimal(true_distance, 6),
                cost=decimal(true_cost, 6),
            )
        return true_cost

    def group(self, facility: tuple[str, str], inside: list[str], where: dict[str, tuple[str, str]]) -> float:
        """One group: led, large enough, not too large, no two that must be apart; returns its opening cost."""
        kind, name = facility
        rules = self.rules
        members = sum(self.members.get(org_id, 0) for org_id in inside)
        if kind == "host":
            host = self.rows.get(name)
            if host is None or not host["has_branch"] or host["dormant"] or int(str(host["host_capacity"])) <= 0:
                self.fault("no_host", name)
            elif len(inside) > int(str(host["host_capacity"])):
                self.fault("overfull", name, len(inside), most=host["host_capacity"])
            return float(rules.open_host)
        if members < rules.min_members:
            self.fault("too_few", name, members, least=rules.min_members)
        if len(inside) > rules.max_units:
            self.fault("overfull", name, len(inside), most=rules.max_units)
        if kind == "peer":
            if where.get(name) != facility:
                self.fault("leader", name)
            return float(rules.open_peer)
        return float(rules.open_community)

    def demands(self, where: dict[str, tuple[str, str]]) -> None:
        """Pins, links and forbidden places."""
        rules = self.rules
        for org_id, wanted in rules.pinned.items():
            if where.get(org_id) != tuple(wanted):
                self.fault("pinned", org_id, where.get(org_id, ""), facility_id=wanted[1])
        for a, b in rules.must_link:
            if where.get(a) != where.get(b):
                self.fault("must_link", f"{a}, {b}")
        for a, b in rules.cannot_link:
            if a in where and where.get(a) == where.get(b):
                self.fault("cannot_link", f"{a}, {b}")
        for org_id, kind, name in rules.forbidden:
            if where.get(org_id) == (kind, name):
                self.fault("forbidden", org_id, name)

    def figures(
        self,
        grouping: Grouping,
        where: dict[str, tuple[str, str]],
        groups: dict[tuple[str, str], list[str]],
        total: float,
    ) -> None:
        """Totals, tables and bounds that a grouping states."""
        out = set(grouping.left_out["org_id"])
        if out != set(self.members) - set(where) or len(out) != len(grouping.left_out):
            self.fault("left_out", "left_out", len(out), count=len(self.members) - len(where))
        if grouping.covered != len(where):
            self.fault("total", "covered", grouping.covered, right=len(where))
        if abs(grouping.cost - total) > RECOMPUTED * max(1.0, total):
            self.fault("total", "cost", decimal(grouping.cost, 6), right=decimal(total, 6))
        if grouping.covered > grouping.covered_bound or grouping.covered_bound > len(self.members):
            self.fault("total", "covered_bound", grouping.covered_bound, right=len(where))
        if not isnan(grouping.cost_bound) and grouping.cost_bound > total + RECOMPUTED * max(1.0, total):
            self.fault("total", "cost_bound", decimal(grouping.cost_bound, 6), right=decimal(total, 6))
        stated = {
            (str(row["facility_kind"]), str(row["facility_id"])): row for row in grouping.groups.to_dict("records")
        }
        for facility in sorted(set(stated) | set(groups)):
            row, inside = stated.get(facility), groups.get(facility, [])
            members = sum(self.members.get(org_id, 0) for org_id in inside)
            if row is None or (row["units"], row["members"]) != (len(inside), members):
                self.fault("group_row", facility[1])

    def street(self, facility: tuple[str, str]) -> str:
        kind, name = facility
        return name.split("/")[0] if kind == "community" else str(self.rows.get(name, {}).get("street", ""))

    def distance(self, org_id: str, facility: tuple[str, str]) -> float | None:
        """Kilometres from a unit to its facility; None where one of them has no place."""
        here = self.point(self.rows[org_id])
        there = self.centre(facility[1]) if facility[0] == "community" else self.point(self.rows.get(facility[1], {}))
        if here is None or there is None:
            return None
        if self.planar:
            return hypot(here[0] - there[0], here[1] - there[1])
        from pyproj import Geod

        return float(Geod(ellps="WGS84").inv(*here, *there)[2]) / 1000

    def point(self, row: dict[str, object]) -> tuple[float, float] | None:
        across, up = row.get("x" if self.planar else "lon"), row.get("y" if self.planar else "lat")
        return (float(str(across)), float(str(up))) if _known(across) and _known(up) else None

    def centre(self, name: str) -> tuple[float, float] | None:
        if name in self.rules.community_centres:
            across, up = self.rules.community_centres[name]
            return float(across), float(up)
        if not self.gathered:
            for _, row in sorted(self.rows.items()):
                self.gathered.setdefault(f"{row['street']}/{row['community']}", []).append(self.point(row))
        points = self.gathered.get(name, [])
        known = [point for point in points if point is not None]
        if not known:
            return None
        return sum(p[0] for p in known) / len(known), sum(p[1] for p in known) / len(known)


def _known(value: object) -> bool:
    return isinstance(value, (int, float)) and isfinite(value)


def _differ(a: object, b: object) -> bool:
    """Whether two texts are both there and differ."""
    return isinstance(a, str) and isinstance(b, str) and a != "" and b != "" and a != b
