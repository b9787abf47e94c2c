"""What a planner demands of a grouping beyond the rules: pins, links and forbidden places, read and checked.

Every demand that names what the register lacks, or that arithmetic alone refutes, is reported at once, by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.errors import Fault, InfeasibleError, ScenarioError
from workbench.grouping.problem.facilities import KINDS, PEER, Facilities, community_keys
from workbench.grouping.problem.places import Ints
from workbench.labels import text

if TYPE_CHECKING:
    from workbench.inputs.scenario import GroupingRules, Scenario


@dataclass(frozen=True, eq=False)
class Demands:
    """Demands in canonical numbers, for n units.

    Attributes
    ----------
    pinned
        (n,) int64, the facility a unit must be with; -1 where free. A pinned-to peer is pinned to itself.
    block
        (n,) int64, units of one number are together or all left out; numbered by their first unit.
    conflicts
        (k, 2) int64, pairs of units that are not in one group; first < second, sorted, each once.
    forbidden
        (u, 2) int64, pairs (unit, facility) that are ruled out; sorted, each once.
    """

    pinned: Ints
    block: Ints
    conflicts: Ints
    forbidden: Ints


def read_demands(
    register: pd.DataFrame, scenario: Scenario, unit_ids: Iterable[str], facilities: Facilities
) -> Demands:
    """Read the demands of ``scenario.grouping``.

    Raises
    ------
    ScenarioError
        a demand names an organization, a community or a kind of facility that is not there.
    InfeasibleError
        a demand names an organization that is no unit, or demands clash.
    """
    _known(register, scenario)
    return demands_among(scenario.grouping, unit_ids, facilities)


def demands_among(rules: GroupingRules, unit_ids: Iterable[str], facilities: Facilities) -> Demands:
    """What rules demand of some units and facilities, all of whose names are known.

    Raises
    ------
    InfeasibleError
        a demand names an organization that is no unit, or demands clash.
    """
    unit = {org_id: number for number, org_id in enumerate(unit_ids)}
    facility = {
        (KINDS[kind], name): number
        for number, (kind, name) in enumerate(zip(facilities.kind, facilities.ids, strict=True))
    }
    faults: list[Fault] = []

    pinned = np.full(len(unit), -1, np.int64)
    for org_id, (kind, name) in sorted(rules.pinned.items()):
        place = f"grouping.pinned {org_id}"
        if org_id not in unit:
            faults.append(Fault("pin_no_unit", place, details={"org_id": org_id}))
        elif kind not in rules.facilities:
            faults.append(Fault("pin_kind_not_allowed", place, kind, {"kind": kind}))
        elif (kind, name) not in facility:
            faults.append(Fault(f"pin_no_{kind}", place, name, {"facility_id": name}))
        else:
            pinned[unit[org_id]] = facility[kind, name]
    faults += _lead_where_pinned(pinned, facilities, unit)

    linked = [(str(a), str(b)) for a, b in rules.must_link]
    for a, b in linked:
        faults += [
            Fault("link_no_unit", f"grouping.must_link {a}, {b}", org_id, {"org_id": org_id})
            for org_id in (a, b)
            if org_id not in unit
        ]
    block = _blocks([(unit[a], unit[b]) for a, b in linked if a in unit and b in unit], len(unit))
    apart = sorted(
        {(min(unit[a], unit[b]), max(unit[a], unit[b])) for a, b in rules.cannot_link if a in unit and b in unit}
    )
    ids = list(unit)
    faults += [
        Fault(
            "link_clash",
            f"grouping.cannot_link {ids[a]}, {ids[b]}",
            details={
                "a": ids[a],
                "b": ids[b],
                "chain": ", ".join(ids[k] for k in np.flatnonzero(block == block[a])),
            },
        )
        for a, b in apart
        if block[a] == block[b]
    ]
    forbidden = sorted(
        {
            (unit[org_id], facility[kind, name])
            for org_id, kind, name in rules.forbidden
            if org_id in unit and (kind, name) in facility
        }
    )
    faults += [
        Fault(
            "pin_forbidden",
            f"grouping.pinned {ids[u]}",
            details={"org_id": ids[u], "facility_id": facilities.ids[f]},
        )
        for u, f in forbidden
        if pinned[u] == f
    ]
    if faults:
        raise InfeasibleError(text("error.demands_clash"), faults)
    return Demands(pinned, block, _pairs(apart), _pairs(forbidden))


def _known(register: pd.DataFrame, scenario: Scenario) -> None:
    """Refuse demands that name what the register lacks."""
    rules = scenario.grouping
    named = [kind for kind, _ in rules.pinned.values()] + [kind for _, kind, _ in rules.forbidden]
    organizations = set(register.index)
    asked = "community" in named or rules.community_centres
    communities = set(community_keys(register)) - {""} if asked else set()
    faults = []

    def check(place: str, org_id: str) -> None:
        if org_id not in organizations:
            faults.append(Fault("unknown_organization", place, str(org_id)))

    def check_facility(place: str, kind: str, name: str) -> None:
        if kind not in KINDS:
            faults.append(Fault("unknown_facility_kind", place, str(kind)))
        elif kind == "community":
            if name not in communities:
                faults.append(Fault("unknown_community", place, str(name)))
        else:
            check(place, name)

    for org_id, (kind, name) in rules.pinned.items():
        check("grouping.pinned", org_id)
        check_facility(f"grouping.pinned {org_id}", kind, name)
    for word in ("must_link", "cannot_link"):
        for pair in getattr(rules, word):
            for org_id in pair:
                check(f"grouping.{word} {', '.join(map(str, pair))}", org_id)
            if pair[0] == pair[1] and word == "cannot_link":
                faults.append(Fault("link_to_itself", f"grouping.{word}", str(pair[0])))
    for org_id, kind, name in rules.forbidden:
        check("grouping.forbidden", org_id)
        check_facility(f"grouping.forbidden {org_id}", kind, name)
    for name in rules.community_centres:
        if name not in communities:
            faults.append(Fault("unknown_community", "grouping.community_centres", str(name)))
    if faults:
        raise ScenarioError(text("error.demands_unknown"), faults)


def _lead_where_pinned(pinned: Ints, facilities: Facilities, unit: dict[str, int]) -> list[Fault]:
    """Pin each pinned-to peer to itself: it must lead; say which cannot, being pinned elsewhere."""
    faults = []
    ids = list(unit)
    for follower in np.flatnonzero(pinned >= 0):
        target = pinned[follower]
        if facilities.kind[target] != PEER:
            continue
        leader = facilities.leader[target]
        if pinned[leader] not in (-1, target):
            faults.append(
                Fault(
                    "pin_leader_elsewhere",
                    f"grouping.pinned {ids[follower]}",
                    ids[leader],
                    {"leader": ids[leader], "other": facilities.ids[pinned[leader]]},
                )
            )
    for target in np.unique(pinned[pinned >= 0]):
        if facilities.kind[target] == PEER and pinned[facilities.leader[target]] == -1:
            pinned[facilities.leader[target]] = target
    return faults


def _blocks(links: list[tuple[int, int]], units: int) -> Ints:
    """Merge chains of links; a block's number is its first unit's."""
    block = np.arange(units, dtype=np.int64)

    def root(k: int) -> int:
        while block[k] != k:
            block[k] = block[block[k]]
            k = int(block[k])
        return k

    for a, b in links:
        first, second = sorted((root(a), root(b)))
        block[second] = first
    return np.array([root(k) for k in range(units)], dtype=np.int64)


def _pairs(pairs: list[tuple[int, int]]) -> Ints:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
