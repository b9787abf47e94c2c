"""What is alike in a part: items and facilities by type, and the step of which all its costs are multiples.

On one point, organizations of one industry, supervisor, street and community are interchangeable. Of their types
there are fewer than of them, and what can be said of a type is said once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.grouping.problem import Core, Flags, Floats, Ints
from workbench.grouping.tolerances import COST_STEP, SAME_COST, WHOLE_BOUND

#: Costs are held to be multiples of a step where they are within `COST_STEP` of one; steps are counted in `STEP_UNIT`.
STEP_UNIT = 1e-6
#: Steps smaller than this hardly lift a bound, and are more likely to be chance than weights.
LEAST_STEP = 1e-3
#: Types of facilities times types of items at most: each is priced again and again.
PAIRS = 1_500_000
#: The same where each item is a type of its own and has few places to go.
PAIRS_APART = 12_000_000
#: Types at most where fewer than two items in the mean are of one: prices of more take minutes.
SORTS_APART = 400
#: Costs of pairings that are few: the sums of what some traits are worth.
FEW_COSTS = 100


@dataclass(frozen=True, eq=False)
class TypeMembers:
    """Who is of which type.

    Attributes
    ----------
    of
        (n,) int64, the type of each item.
    facility
        (f,) int64, the type of each facility, -1 where nothing can join it.
    first
        (s,) one facility of each type.
    """

    of: Ints
    facility: Ints
    first: Ints


@dataclass(frozen=True, eq=False)
class ItemTypes:
    """Items and facilities by type; k types of items, s of facilities.

    Attributes
    ----------
    count
        (k,) int64, how many items there are of each.
    size, members
        (k,) int64, units and members of one item.
    must
        (k,) bool, whether it has to be covered.
    lead
        (s,) int64, the type that leads, -1 where nobody does (such a facility is a type by itself).
    opening
        (s,) float64.
    capacity, need
        (s,) int64, units and members.
    cost
        (s, k) float64, of an item at a facility; inf where the two do not go together.
    enemy
        (k, k) bool, types that are not at one facility.
    """

    count: Ints
    size: Ints
    members: Ints
    must: Flags
    lead: Ints
    opening: Floats
    capacity: Ints
    need: Ints
    cost: Floats
    enemy: Flags

    def part(self, count: Ints, facilities: Flags) -> tuple[ItemTypes, Ints, Ints]:
        """Fewer items at some facilities, and which types of each remain: those with any."""
        kinds = np.flatnonzero(count > 0)
        place = np.full(len(count), -1, np.int64)
        place[kinds] = np.arange(len(kinds))
        used = facilities & ((self.lead < 0) | (count[self.lead] > 0))
        where = np.flatnonzero(used & np.isfinite(self.cost[:, kinds]).any(axis=1))
        lead = self.lead[where]
        return (
            ItemTypes(
                count[kinds], self.size[kinds], self.members[kinds], self.must[kinds],
                np.where(lead >= 0, place[lead], -1), self.opening[where], self.capacity[where], self.need[where],
                self.cost[np.ix_(where, kinds)], self.enemy[np.ix_(kinds, kinds)],
            ),
            kinds,
            where,
        )  # fmt: skip

    @property
    def step(self) -> float:
        """What every cost is a whole multiple of; 0 where nothing coarse is, or all costs are 0."""
        return step_of(np.concatenate([self.opening, self.cost[np.isfinite(self.cost)]]))


def step_of(costs: Floats) -> float:
    """The largest step that all costs are whole multiples of; 0 where there is none that is coarse.

    >>> step_of(np.array([0.3, 0.5, 1.2]))
    0.1
    """
    units = np.rint(costs / STEP_UNIT)
    if len(units) == 0 or (np.abs(costs - units * STEP_UNIT) > COST_STEP * (1 + np.abs(costs))).any():
        return 0.0
    step = int(np.gcd.reduce(units.astype(np.int64))) * STEP_UNIT
    return round(step, 6) if step >= LEAST_STEP else 0.0


def lifted(bound: float, step: float, items: int) -> float:
    """The least cost of so many items that is no less than a bound, where all costs are multiples of a step.

    >>> round(lifted(52.296, 0.1, 300), 6)
    52.3
    """
    if step == 0.0 or not np.isfinite(bound):
        return bound
    return float(np.ceil(bound / step - WHOLE_BOUND) * step - items * COST_STEP)


def too_many_sorts(core: Core) -> bool:
    """Whether hardly two items are alike, and so many are not that prices on types would take minutes."""
    types = len(np.unique(core.alike))
    return types > SORTS_APART and 2 * types > core.items


def few_costs(core: Core) -> bool:
    """Whether pairings cost one of a few sums only, as on one point, so that no list of groups ends."""
    some = np.unique(core.cost[: 10 * FEW_COSTS])
    return len(some) <= FEW_COSTS and len(np.unique(np.round(core.cost, 9))) <= FEW_COSTS


def item_types_of(core: Core, *, apart: bool = False) -> tuple[ItemTypes, TypeMembers] | None:
    """The types of a part; None where hardly any items are alike, types are too many, or do not tell all there is.

    Where all costs are multiples of one step, types tell much even of items that all differ. `apart` makes each item
    a type of its own, whatever it is like.
    """
    kind = np.arange(core.items) if apart else core.alike
    count = np.bincount(kind)
    types = len(count)
    if not apart and 2 * types > core.items and step_of(core.cost) == 0.0:
        return None
    if not apart and too_many_sorts(core):
        return None
    # A leader's facility is of its leader's type; what nobody leads, or a single leads, is a type by itself.
    lead = np.maximum(core.lead, 0)
    name = np.where((core.lead >= 0) & (count[kind[lead]] > 1), kind[lead], types + np.arange(core.facilities))
    used = np.unique(core.facility)
    _, first, inverse = np.unique(name[used], return_index=True, return_inverse=True)
    facility = np.full(core.facilities, -1, np.int64)
    facility[used] = inverse
    first = used[first]
    if len(first) * types > (PAIRS_APART if apart else PAIRS):
        return None
    times = np.bincount(inverse)
    for value in (core.opening, core.capacity, core.need):
        if not np.array_equal(value[used], value[first][inverse]):
            return None
    traits = []
    for trait in (core.size, core.members, core.must.astype(np.int64)):
        example = np.zeros(types, np.int64)
        example[kind] = trait
        if not np.array_equal(trait, example[kind]):
            return None
        traits.append(example)
    pair = facility[core.facility] * types + kind[core.item]
    least, most = np.full(len(first) * types, np.inf), np.full(len(first) * types, -np.inf)
    np.minimum.at(least, pair, core.cost)
    np.maximum.at(most, pair, core.cost)
    number = np.bincount(pair, minlength=len(least))
    whole = number == np.multiply.outer(times, count).ravel()
    if not (whole | (number == 0)).all() or (most - least > SAME_COST).any():
        return None
    enemy = np.zeros((types, types), np.bool_)
    one, other = kind[core.conflicts[:, 0]], kind[core.conflicts[:, 1]]
    enemy[one, other] = enemy[other, one] = True
    found = ItemTypes(
        count=count, size=traits[0], members=traits[1], must=traits[2] > 0,
        lead=np.where(core.lead[first] >= 0, kind[lead[first]], -1),
        opening=core.opening[first], capacity=core.capacity[first], need=core.need[first],
        cost=least.reshape(len(first), types), enemy=enemy,
    )  # fmt: skip
    return found, TypeMembers(kind, facility, first)
