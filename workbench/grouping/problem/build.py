"""The grouping problem: units, the facilities that could lead them, and what each pairing would cost.

Everything is in one canonical order (units by org_id; facilities peers first, then communities, then hosts, each
by id), so that the order of rows in a register decides nothing. MODEL §8 in arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import Fault, InfeasibleError, ScenarioError
from workbench.grouping.problem.demands import Demands, read_demands
from workbench.grouping.problem.facilities import (
    COMMUNITY,
    HOST,
    PEER,
    Facilities,
    Texts,
    community_keys,
    facilities_of,
    texts,
)
from workbench.grouping.problem.pairings import in_order, pairings_at
from workbench.grouping.problem.places import Floats, Ints, Places, places_of
from workbench.grouping.tolerances import DISTANCE_KM
from workbench.inputs.register import effective_members, in_scope, tiers
from workbench.labels import text
from workbench.numbers import decimal

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Units:
    """Who is to be grouped: n units in org_id order.

    Attributes
    ----------
    ids, street, industry, supervisor, community
        (n,) text, "" where missing; community is ``street/community``.
    members
        (n,) int64, full members of each (1 or 2).
    places
        n points.
    """

    ids: Texts
    street: Texts
    industry: Texts
    supervisor: Texts
    community: Texts
    members: Ints
    places: Places

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Arcs:
    """Pairings that the rules allow, sorted by (unit, facility); a of them.

    Attributes
    ----------
    start
        (n + 1,) int64, the arcs of unit k are ``start[k]:start[k + 1]``.
    facility
        (a,) int64.
    distance
        (a,) float64, km; 0 for a leading peer and where a pin brings together what has no place.
    cost
        (a,) float64, MODEL §8; 0 for a leading peer. Opening costs are not in it.
    """

    start: Ints
    facility: Ints
    distance: Floats
    cost: Floats

    def __len__(self) -> int:
        return len(self.facility)

    @property
    def unit(self) -> Ints:
        """(a,) int64, made when asked for: as long as all arcs, it is not kept."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def find(self, unit: Ints, facility: Ints) -> Ints:
        """The arc of each pair of a unit and a facility; -1 where the rules do not allow it."""
        found: Ints = pairings_at(self.start, self.facility, unit, facility)
        return found


@dataclass(frozen=True, eq=False)
class Problem:
    """One grouping problem: units, facilities, arcs and demands, all in canonical order."""

    units: Units
    facilities: Facilities
    arcs: Arcs
    demands: Demands
    max_distance_km: float


def is_unit(scope: pd.DataFrame, scenario: Scenario) -> NDArray[np.bool_]:
    """Which organizations are units: T1, and T2 where two members join others; never dormant ones."""
    wanted = ["T1", "T2"] if scenario.policy.two_members == "joint" else ["T1"]
    found = tiers(scope, scenario).isin(wanted).to_numpy(dtype=np.bool_)
    return np.asarray(found & ~scope["dormant"].to_numpy(dtype=np.bool_))


def build_problem(register: pd.DataFrame, scenario: Scenario) -> Problem:
    """The grouping problem of a register under a scenario.

    Parameters
    ----------
    register
        a validated register, one row an organization (MODEL §2), in any order.
    scenario
        its ``policy`` and ``grouping`` are read.

    Raises
    ------
    ScenarioError
        a demand names what the register does not have, or no organization has a place.
    InfeasibleError
        demands clash, or break a rule by themselves.
    """
    scope = in_scope(register, scenario).sort_index()
    places = places_of(scope)
    chosen = is_unit(scope, scenario)
    rows = scope[chosen]
    units = Units(
        ids=texts(rows.index),
        street=texts(rows["street"]),
        industry=texts(rows["industry"]),
        supervisor=texts(rows["supervisor"]),
        community=community_keys(rows),
        members=effective_members(rows, scenario).to_numpy(copy=True).astype(np.int64),
        places=Places(places.points[chosen], places.geographic),
    )
    facilities = facilities_of(scope, places, chosen, scenario)
    demands = read_demands(register, scenario, units.ids, facilities)
    free = (demands.pinned < 0) & units.places.known
    by_distance = bool(scenario.grouping.facilities) and bool((demands.pinned < 0).any())
    if len(units) and by_distance and not places.known.any():
        raise ScenarioError(text("error.no_places", units=len(units)))
    arcs = arcs_of(units, facilities, demands, free, scenario)
    return Problem(units, facilities, arcs, demands, float(scenario.grouping.max_distance_km))


def arcs_of(
    units: Units, facilities: Facilities, demands: Demands, free: NDArray[np.bool_], scenario: Scenario
) -> Arcs:
    """Every pairing that rules and demands allow; `free` : (n,) bool, units that go where they like."""
    radius = float(scenario.grouping.max_distance_km)
    unit, facility, distance = _near(units, facilities, free, radius)
    allowed = np.ones(len(unit), dtype=bool)
    if scenario.grouping.same_street == "require":
        allowed &= units.street[unit] == facilities.street[facility]
    # A peer that is pinned elsewhere cannot lead, so nobody can join it.
    leader = facilities.leader[facility]
    elsewhere = (leader >= 0) & (demands.pinned[leader] >= 0) & (demands.pinned[leader] != facility)
    allowed &= ~elsewhere
    if len(demands.forbidden):
        ruled_out = demands.forbidden[:, 0] * len(facilities) + demands.forbidden[:, 1]
        allowed &= ~np.isin(unit * len(facilities) + facility, ruled_out)
    pins = _pinned_arcs(units, facilities, demands, scenario)
    unit = np.concatenate([unit[allowed], pins[0]])
    facility = np.concatenate([facility[allowed], pins[1]])
    distance = np.concatenate([distance[allowed], pins[2]])
    order = in_order(unit, facility)
    unit, facility, distance = unit[order], facility[order], distance[order]
    cost = _costs(units, facilities, unit, facility, distance, scenario)
    start = np.concatenate([[0], np.cumsum(np.bincount(unit, minlength=len(units)))]).astype(np.int64)
    return Arcs(start, facility, distance, cost)


_Triples = tuple[Ints, Ints, Floats]


def _near(units: Units, facilities: Facilities, free: NDArray[np.bool_], radius: float) -> _Triples:
    """Every pairing within the radius, one kind of facility after the other."""
    arcs = [kind(units, facilities, free, radius) for kind in (_peer_arcs, _community_arcs, _host_arcs)]
    unit, facility, distance = (np.concatenate(part) for part in zip(*arcs, strict=True))
    return unit, facility, distance


def _peer_arcs(units: Units, facilities: Facilities, free: NDArray[np.bool_], radius: float) -> _Triples:
    """Free units with a place to peers within the radius, and each to itself; a pinned unit may still lead."""
    peers = facilities.of(PEER)
    if len(peers) == 0:
        return _nothing()
    at = np.flatnonzero(units.places.known).astype(np.int64)
    a, b, distance = units.places.near_each_other(at, radius)
    joins = free[at[a]]
    alone = np.flatnonzero(free).astype(np.int64)
    return (
        np.concatenate([at[a][joins], alone]),
        np.concatenate([peers[at[b]][joins], peers[alone]]),
        np.concatenate([distance[joins], np.zeros(len(alone))]),
    )


def _community_arcs(units: Units, facilities: Facilities, free: NDArray[np.bool_], radius: float) -> _Triples:
    """Free units to their own community's centre, if it is within the radius."""
    communities = facilities.of(COMMUNITY)
    number = {name: at for at, name in zip(communities, facilities.ids[communities], strict=True)}
    own = np.array([number.get(name, -1) for name in units.community], dtype=np.int64)
    unit = np.flatnonzero(free & (own >= 0)).astype(np.int64)
    distance = units.places.distances(unit, facilities.places, own[unit])
    # A centre that nobody knows is at distance NaN, which is not within any radius.
    within = distance <= radius + DISTANCE_KM
    return unit[within], own[unit][within], distance[within]


def _host_arcs(units: Units, facilities: Facilities, free: NDArray[np.bool_], radius: float) -> _Triples:
    hosts = facilities.of(HOST)
    hosts = hosts[facilities.places.known[hosts]]
    at = np.flatnonzero(free).astype(np.int64)
    a, b, distance = units.places.near(at, facilities.places, hosts, radius)
    return at[a], hosts[b], distance


def _nothing() -> _Triples:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)


def _pinned_arcs(units: Units, facilities: Facilities, demands: Demands, scenario: Scenario) -> _Triples:
    """The one arc of each pinned unit; refuses pins that are too far, across streets or of another community."""
    unit = np.flatnonzero(demands.pinned >= 0).astype(np.int64)
    facility = demands.pinned[unit]
    distance = units.places.distances(unit, facilities.places, facility)
    distance = np.where(np.isnan(distance) | (facilities.leader[facility] == unit), 0.0, distance)
    radius = float(scenario.grouping.max_distance_km)
    faults = []
    for u, f, far in zip(unit, facility, distance, strict=True):
        place = f"grouping.pinned {units.ids[u]}"
        names = {"org_id": units.ids[u], "facility_id": facilities.ids[f]}
        if far > radius + DISTANCE_KM:
            faults.append(Fault("pin_too_far", place, f"{decimal(far, 3)} km", names | {"km": f"{radius:g}"}))
        if scenario.grouping.same_street == "require" and units.street[u] != facilities.street[f]:
            faults.append(
                Fault("pin_other_street", place, str(facilities.street[f]), names | {"street": units.street[u]})
            )
        if facilities.kind[f] == COMMUNITY and units.community[u] != facilities.ids[f]:
            faults.append(
                Fault(
                    "pin_other_community",
                    place,
                    str(facilities.ids[f]),
                    names | {"community": units.community[u] or "-"},
                )
            )
    if faults:
        raise InfeasibleError(text("error.demands_clash"), faults)
    return unit, facility, distance


def _costs(
    units: Units, facilities: Facilities, unit: Ints, facility: Ints, distance: Floats, scenario: Scenario
) -> Floats:
    """MODEL §8: distance, plus what differing industries, supervisors and streets weigh; 0 for a leading peer."""
    rules = scenario.grouping
    w_street = 0.0 if rules.same_street == "ignore" else rules.w_street
    cost = distance.copy()
    for weight, own, other in (
        (rules.w_industry, units.industry, facilities.industry),
        (rules.w_supervisor, units.supervisor, facilities.supervisor),
        (w_street, units.street, facilities.street),
    ):
        a, b = _codes(own, other)
        a, b = a[unit], b[facility]
        cost += weight * ((a != b) & (a >= 0) & (b >= 0))
    cost[facilities.leader[facility] == unit] = 0.0
    return cost


def _codes(own: Texts, other: Texts) -> tuple[Ints, Ints]:
    """Numbers for text, the same text the same number; -1 for missing, which differs from nothing."""
    both = np.concatenate([own, other])
    codes = pd.factorize(both)[0].astype(np.int64)
    codes[both == ""] = -1
    return codes[: len(own)], codes[len(own) :]
