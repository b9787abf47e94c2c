"""The problem as the solvers see it: items, facilities and arcs in plain arrays, split into independent parts.

Units that must be together are one item; items that hold a pinned unit have one arc and have to be covered.
A `Core` knows neither registers nor kilometres: numbers in, positions out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping.problem.build import Problem
from workbench.grouping.problem.pairings import pairings_at, pairings_by
from workbench.grouping.problem.places import Floats, Ints

Flags = NDArray[np.bool_]
#: Costs up to so many times larger or smaller than 1 are about 1.
ABOUT_ONE = 64.0


@dataclass(frozen=True, eq=False)
class Core:
    """Items n, facilities f, arcs a; every index is a position in this core.

    Attributes
    ----------
    size, members
        (n,) int64, units and full members of an item.
    must
        (n,) bool, items that have to be covered.
    opening
        (f,) float64; capacity (units) and need (members) : (f,) int64.
    lead
        (f,) int64, the item whose joining opens the facility (its leader is in it); -1 where there is none.
    start
        (f + 1,) int64, the arcs of facility k are ``start[k]:start[k + 1]``.
    item, facility
        (a,) int64, sorted by (facility, item); cost : (a,) float64.
    conflicts
        (k, 2) int64, pairs of items that are not at one facility.
    alike
        (n,) int64, items of one number can change places without changing anything.
    place
        (n,) int64, items of one number stand at one point.
    """

    size: Ints
    members: Ints
    must: Flags
    opening: Floats
    capacity: Ints
    need: Ints
    lead: Ints
    start: Ints
    item: Ints
    facility: Ints
    cost: Floats
    conflicts: Ints
    alike: Ints
    place: Ints

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.size)

    @property
    def facilities(self) -> int:
        """How many facilities there are."""
        return len(self.opening)

    @property
    def leads(self) -> Flags:
        """(a,) bool: arcs by which a leader joins its own facility."""
        found: Flags = self.lead[self.facility] == self.item
        return found

    def keep(self, arcs: Flags) -> Core:
        """The same core with some of its arcs."""
        if arcs.all():
            return self
        counts = np.bincount(self.facility[arcs], minlength=self.facilities)
        return Core(
            self.size,
            self.members,
            self.must,
            self.opening,
            self.capacity,
            self.need,
            self.lead,
            _starts(counts),
            self.item[arcs],
            self.facility[arcs],
            self.cost[arcs],
            self.conflicts,
            self.alike,
            self.place,
        )

    def with_must(self, must: Flags) -> Core:
        """The same core with other items that have to be covered."""
        return replace(self, must=must)

    def in_units(self, unit: float) -> Core:
        """The same core with costs in multiples of `unit`, a power of two: no digit is lost."""
        return self if unit == 1.0 else replace(self, cost=self.cost / unit, opening=self.opening / unit)

    def allows(self, chosen: Ints) -> bool:
        """Whether an assignment keeps every rule."""
        return bool(np.array_equal(self.legal(chosen), chosen) and not (self.must & (chosen < 0)).any())

    def legal(self, chosen: Ints) -> Ints:
        """What is left of an assignment without pairings and groups that break a rule."""
        chosen = chosen.copy()
        taken = np.flatnonzero(chosen >= 0)
        chosen[taken[self.positions(chosen) < 0]] = -1
        here = chosen >= 0
        size = np.bincount(chosen[here], self.size[here], self.facilities)
        members = np.bincount(chosen[here], self.members[here], self.facilities)
        led = np.ones(self.facilities, dtype=np.bool_)
        peers = np.flatnonzero(self.lead >= 0)
        led[peers] = chosen[self.lead[peers]] == peers
        apart = chosen[self.conflicts]
        broken = (size > self.capacity) | (members < self.need) | ~led
        broken[apart[(apart[:, 0] == apart[:, 1]) & (apart[:, 0] >= 0), 0]] = True
        chosen[here] = np.where(broken[chosen[here]], -1, chosen[here])
        return chosen

    def total(self, chosen: Ints) -> tuple[int, float]:
        """Units covered and cost of an assignment: (n,) facility of each item, -1 where left out."""
        covered = int(self.size[chosen >= 0].sum())
        arcs = self.arcs_of(chosen)
        used = np.unique(chosen[chosen >= 0])
        return covered, float(self.cost[arcs].sum() + self.opening[used].sum())

    def arcs_of(self, chosen: Ints) -> Ints:
        """The arcs that an assignment uses, in the order of its covered items."""
        at = self.positions(chosen)
        if (at < 0).any():
            raise ValueError("the assignment uses a pairing that the rules do not allow")
        return at

    def positions(self, chosen: Ints) -> Ints:
        """The arc of each covered item in turn; -1 where the rules do not allow the pairing."""
        items = np.flatnonzero(chosen >= 0)
        return self.find(chosen[items], items)

    def find(self, facility: Ints, item: Ints) -> Ints:
        """The arc of each pair of a facility and an item; -1 where the rules do not allow it."""
        found: Ints = pairings_at(self.start, self.item, facility, item)
        return found

    def by_item(self) -> tuple[Ints, Ints]:
        """The arcs of item k are ``arcs[start[k]:start[k + 1]]``, by facility: start and arcs."""
        start, arcs = pairings_by(self.item, self.items)
        return start, arcs


@dataclass(frozen=True, eq=False)
class Component:
    """An independent part of a core: its own core, and where its items and facilities stand in the whole."""

    core: Core
    items: Ints
    facilities: Ints


def core_of(problem: Problem) -> tuple[Core, Ints]:
    """The core of a problem, and the item of each unit."""
    first, item_of = np.unique(problem.demands.block, return_inverse=True)
    item_of = item_of.astype(np.int64)
    items, facilities = len(first), len(problem.facilities)
    size = np.bincount(item_of, minlength=items).astype(np.int64)
    members = np.bincount(item_of, problem.units.members, items).astype(np.int64)
    must = np.bincount(item_of, problem.demands.pinned >= 0, items) > 0

    arcs = problem.arcs
    key = arcs.facility * items + item_of[arcs.unit]
    keys, at, count = np.unique(key, return_inverse=True, return_counts=True)
    cost = np.bincount(at, arcs.cost, len(keys))
    # An item can only be where each of its units can be.
    whole = count == size[keys % items] if items else np.zeros(0, dtype=bool)
    keys, cost = keys[whole], cost[whole]
    facility = keys // max(items, 1)
    leader = problem.facilities.leader
    lead = np.full(facilities, -1, np.int64)
    lead[leader >= 0] = item_of[leader[leader >= 0]]
    pairs = np.sort(item_of[problem.demands.conflicts], axis=1) if items else np.zeros((0, 2), np.int64)
    conflicts = np.unique(pairs.reshape(-1, 2), axis=0)
    core = Core(
        size,
        members,
        must,
        problem.facilities.opening,
        problem.facilities.capacity,
        problem.facilities.need,
        lead,
        _starts(np.bincount(facility, minlength=facilities)),
        keys % max(items, 1),
        facility,
        cost,
        conflicts,
        _alike(problem, item_of),
        _place(problem, item_of),
    )
    return core, item_of


def _alike(problem: Problem, item_of: Ints) -> Ints:
    """Numbers for items: the same for single units that no rule tells apart."""
    units, demands = problem.units, problem.demands
    special = demands.pinned >= 0
    special |= np.bincount(item_of)[item_of] > 1 if len(item_of) else special
    special[demands.conflicts.ravel()] = True
    special[demands.forbidden[:, 0]] = True
    for facility in (demands.forbidden[:, 1], demands.pinned[demands.pinned >= 0]):
        leader = problem.facilities.leader[facility]
        special[leader[leader >= 0]] = True
    special |= ~units.places.known
    table = pd.DataFrame(
        {"x": units.places.points[:, 0], "y": units.places.points[:, 1], "members": units.members}
        | {name: getattr(units, name) for name in ("street", "industry", "supervisor", "community")}
        | {"special": np.where(special, np.arange(len(units)), -1)}
    )
    number = table.groupby(list(table), sort=False, dropna=False).ngroup().to_numpy()
    alike = np.zeros(int(item_of.max()) + 1 if len(item_of) else 0, np.int64)
    alike[item_of] = number
    return alike


def _place(problem: Problem, item_of: Ints) -> Ints:
    """Numbers for items: the same for single units at one point."""
    points, known = problem.units.places.points, problem.units.places.known
    own = np.where(known & (np.bincount(item_of)[item_of] == 1), -1, item_of) if len(item_of) else item_of
    table = pd.DataFrame({"x": np.where(own < 0, points[:, 0], 0), "y": np.where(own < 0, points[:, 1], 0), "own": own})
    place = np.zeros(int(item_of.max()) + 1 if len(item_of) else 0, np.int64)
    place[item_of] = table.groupby(list(table), sort=False).ngroup().to_numpy()
    return place


def unit_of(core: Core) -> float:
    """What costs are best counted in: 1 where they are about as large, else a power of two near them.

    Solvers take what is smaller than some 1e-7 for nothing: on a map in millimetres that is a large share of a cost,
    and on one in millions of kilometres far less than a double can tell.
    """
    costs = np.concatenate([core.cost, core.opening])
    costs = costs[costs > 0]
    typical = float(np.median(costs)) if len(costs) else 1.0
    return 1.0 if 1 / ABOUT_ONE <= typical <= ABOUT_ONE else float(2.0 ** np.round(np.log2(typical)))


def parts_of(core: Core) -> list[Component]:
    """Split a core into its connected parts; items without an arc are in none. Ordered by their first item."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if len(core.item) == 0:
        return []
    nodes = core.items + core.facilities
    graph = coo_matrix((np.ones(len(core.item), np.int8), (core.item, core.items + core.facility)), (nodes, nodes))
    label = connected_components(graph, directed=False)[1]
    of_item, of_facility = label[: core.items], label[core.items :]
    parts = []
    has_arc = np.bincount(core.item, minlength=core.items) > 0
    items_in, facilities_in, conflicts_in = (
        _by_label(labels, label.max() + 1) for labels in (of_item, of_facility, of_item[core.conflicts[:, 0]])
    )
    # Two that must not meet and are in different parts never will.
    met = of_item[core.conflicts[:, 0]] == of_item[core.conflicts[:, 1]]
    new_item, new_facility = (ranks(labels) for labels in (of_item, of_facility))
    seen: set[int] = set()
    for head in np.flatnonzero(has_arc):
        if (name := int(of_item[head])) not in seen:
            seen.add(name)
            items, facilities, pairs = items_in[name], facilities_in[name], conflicts_in[name]
            conflicts = new_item[core.conflicts[pairs[met[pairs]]]]
            arcs = ranges(core.start[facilities], core.start[facilities + 1])
            inner = _cut(core, items, facilities, arcs, conflicts, new_item, new_facility)
            parts.append(Component(inner, items, facilities))
    return parts


def restrict(core: Core, items: Ints, facilities: Ints, arcs: Ints) -> Core:
    """A core of some items and facilities (both ascending), with those of the given arcs that join them."""
    new_item = np.full(core.items, -1, np.int64)
    new_item[items] = np.arange(len(items))
    new_facility = np.full(core.facilities, -1, np.int64)
    new_facility[facilities] = np.arange(len(facilities))
    arcs = arcs[(new_item[core.item[arcs]] >= 0) & (new_facility[core.facility[arcs]] >= 0)]
    conflicts = new_item[core.conflicts]
    conflicts = conflicts[(conflicts >= 0).all(axis=1)]
    return _cut(core, items, facilities, np.sort(arcs), conflicts, new_item, new_facility)


def _cut(
    core: Core, items: Ints, facilities: Ints, arcs: Ints, conflicts: Ints, new_item: Ints, new_facility: Ints
) -> Core:
    """What `restrict` says, with the numbers that items and facilities get."""
    facility = new_facility[core.facility[arcs]]
    lead = core.lead[facilities]
    inside = lead >= 0
    # A leader that is not among the items leads nothing here.
    inside[inside] = np.isin(lead[inside], items)
    return Core(
        core.size[items],
        core.members[items],
        core.must[items],
        core.opening[facilities],
        core.capacity[facilities],
        core.need[facilities],
        np.where(inside, new_item[lead], -1),
        _starts(np.bincount(facility, minlength=len(facilities))),
        new_item[core.item[arcs]],
        facility,
        core.cost[arcs],
        conflicts,
        np.unique(core.alike[items], return_inverse=True)[1].astype(np.int64),
        np.unique(core.place[items], return_inverse=True)[1].astype(np.int64),
    )


def ranges(start: Ints, stop: Ints) -> Ints:
    """All whole numbers from each start to its stop, one range after the other."""
    length = stop - start
    first = np.cumsum(length) - length
    return np.repeat(start - first, length) + np.arange(int(length.sum()))


def ranks(labels: Ints) -> Ints:
    """The position of each among those of its label."""
    order = np.argsort(labels, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(labels))])
    rank = np.empty(len(labels), np.int64)
    rank[order] = np.arange(len(labels)) - first[labels[order]]
    return rank


def _by_label(labels: Ints, count: int) -> list[Ints]:
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.cumsum(np.bincount(labels, minlength=count))[:-1])


def _starts(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
