"""Where items of a type can go, told as seldom as possible: seats, and the steps between them.

Facilities where everything costs the same are one *seat*: sorts that only their community tells apart lead at one, and
hosts of equal traits are one. Where costs are a distance (a term for each trait that differs, and kilometres), whoever
goes far may as well go by way of a seat in between: of all pairs only those are kept that no detour of the same cost
replaces. Of 100 sorts on one point some 1,000 steps are left of 10,000 pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.grouping.patterns.item_types import ItemTypes
from workbench.grouping.problem import Flags, Floats, Ints
from workbench.grouping.tolerances import COST_STEP, SAME_COST

#: Seats that lead up to which detours are looked for: each is tried between every two others.
DETOUR_SEATS = 400


@dataclass(frozen=True, eq=False)
class Seats:
    """Facilities' types that nothing tells apart; m of them, for k types of items.

    Attributes
    ----------
    of
        (s,) int64, the seat of each type of facility; first : (m,) int64, one of each seat.
    led
        (m,) bool, whether an item leads.
    most
        (m,) int64, groups at most: items that can lead, or facilities.
    home
        (k,) int64, the seat where items of a type can lead, -1 where they never do.
    """

    of: Ints
    first: Ints
    led: Flags
    most: Ints
    home: Ints


def seats_of(types: ItemTypes) -> Seats:
    """The seats of a part."""
    led = types.lead >= 0
    traits = np.column_stack([led, types.opening, types.capacity, types.need, types.cost])
    _, first, of = np.unique(traits, axis=0, return_index=True, return_inverse=True)
    of = of.ravel().astype(np.int64)
    home = np.full(len(types.count), -1, np.int64)
    home[types.lead[led]] = of[led]
    most = np.bincount(of[~led], minlength=len(first))
    np.add.at(most, home[home >= 0], types.count[home >= 0])
    return Seats(of, first.astype(np.int64), led[first], most.astype(np.int64), home)


@dataclass(frozen=True, eq=False)
class Steps:
    """From a home to another seat.

    Attributes
    ----------
    start, stop
        (a,) int64, seats.
    cost
        (a,) float64.
    direct
        (m,) bool, seats that are reached from each type of items by itself, not by steps.
    """

    start: Ints
    stop: Ints
    cost: Floats
    direct: Flags


def steps_of(types: ItemTypes, seats: Seats) -> Steps:
    """The steps that no detour of the same cost replaces; none, and all seats direct, where costs are no distance."""
    seat_count = len(seats.first)
    none = np.zeros(0, np.int64)
    apart = Steps(none, none, np.zeros(0), np.ones(seat_count, np.bool_))
    homes = np.unique(seats.home[seats.home >= 0])
    if not 1 < len(homes) <= DETOUR_SEATS:
        return apart
    cost = types.cost[seats.first]
    order = np.argsort(seats.home, kind="stable")
    order = order[seats.home[order] >= 0]
    begins = np.searchsorted(seats.home[order], homes)
    least = np.minimum.reduceat(cost[:, order], begins, axis=1)
    most = np.maximum.reduceat(cost[:, order], begins, axis=1)
    # What is not the same for all of a home, or not open to all homes, is told by types.
    differs = most - np.where(np.isfinite(least), least, 0.0) > COST_STEP
    direct: Flags = np.logical_or(~np.isfinite(most).all(axis=1), differs.any(axis=1))
    away = least.T  # (homes, seats)
    steps = np.ones(away.shape, np.bool_)
    steps[:, direct] = False
    steps[np.arange(len(homes)), homes] = False
    for row, between in enumerate(homes):
        if direct[between]:
            continue
        first, then = away[:, between], away[row]
        detour = first[:, None] + then
        if (detour < away - SAME_COST)[:, ~direct].any():
            return apart
        real = (first > SAME_COST)[:, None] & (then > SAME_COST)
        steps &= ~(real & (detour <= away + COST_STEP))
    start, stop = np.nonzero(steps)
    return Steps(homes[start], stop.astype(np.int64), away[start, stop], direct)
