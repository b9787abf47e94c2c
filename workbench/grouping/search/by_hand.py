"""What a planner does by hand in a spreadsheet: down the list, nearest first, first come first served.

Three ways, to compare the optimum with; all of them keep every rule.

nearest : down the list by org_id, each unit that is still free calls the nearest free units to itself, as many
    as a branch needs; who cannot gather enough goes to the nearest host with room, or to the nearest group.
community : first every community gathers its own units around its centre; then as nearest.
supervisor : first within each supervisor, then as nearest with whoever is left.
"""

from __future__ import annotations

import numpy as np

from workbench.grouping.models import least_cost
from workbench.grouping.problem import Core, Flags, Floats, Ints

#: The hand methods.
METHODS = ("nearest", "community", "supervisor")


class HandMethod:
    """A planner's desk: who is where so far, and how much room and members each facility has."""

    def __init__(self, core: Core, far: Floats) -> None:
        self.core = core
        self.chosen = np.full(core.items, -1, np.int64)
        self.room = core.capacity.copy()
        self.missing = core.need.copy()
        self.used = np.zeros(core.facilities, dtype=bool)
        self._far = far
        self._own = {int(core.facility[k]): int(k) for k in np.flatnonzero(core.leads)}
        self._start, self._by_item = core.by_item()
        self._enemies: dict[int, set[int]] = {}
        for a, b in core.conflicts:
            self._enemies.setdefault(int(a), set()).add(int(b))
            self._enemies.setdefault(int(b), set()).add(int(a))
        self._inside: dict[int, set[int]] = {}

    def arcs_to(self, facility: int, allowed: Flags) -> list[int]:
        """Arcs of free items to a facility, nearest first."""
        core = self.core
        arcs = np.arange(core.start[facility], core.start[facility + 1])
        arcs = arcs[allowed[arcs] & (self.chosen[core.item[arcs]] < 0)]
        return [int(k) for k in arcs[np.lexsort((core.item[arcs], self._far[arcs]))]]

    def arcs_of(self, item: int, allowed: Flags) -> list[int]:
        """Arcs of an item, nearest first."""
        arcs = self._by_item[self._start[item] : self._start[item + 1]]
        arcs = arcs[allowed[arcs]]
        return [int(k) for k in arcs[np.argsort(self._far[arcs], kind="stable")]]

    def fits(self, arc: int) -> bool:
        """Whether an item can join as things stand: room, and nobody there that it must not meet."""
        core = self.core
        item, facility = int(core.item[arc]), int(core.facility[arc])
        enemies = self._enemies.get(item, set())
        return (
            self.chosen[item] < 0
            and core.size[item] <= self.room[facility]
            and not enemies & self._inside.get(facility, set())
        )

    def put(self, arc: int) -> None:
        """Put an item where an arc leads."""
        item, facility = int(self.core.item[arc]), int(self.core.facility[arc])
        self.chosen[item] = facility
        self.room[facility] -= self.core.size[item]
        self.missing[facility] -= self.core.members[item]
        self.used[facility] = True
        self._inside.setdefault(facility, set()).add(item)

    def take_back(self, arc: int) -> None:
        """Undo `put`."""
        item, facility = int(self.core.item[arc]), int(self.core.facility[arc])
        self.chosen[item] = -1
        self.room[facility] += self.core.size[item]
        self.missing[facility] += self.core.members[item]
        self._inside[facility].discard(item)
        self.used[facility] = bool(self._inside[facility])

    def gather(self, facility: int, allowed: Flags, *, full: bool = False) -> bool:
        """Fill a facility, nearest first, up to its need (or its room); all or nothing."""
        put: list[int] = []
        own = self._own.get(facility)
        if self.core.lead[facility] >= 0 and not self.used[facility]:
            if own is None or not self.fits(own):
                return False
            self.put(own)
            put.append(own)
        for arc in self.arcs_to(facility, allowed):
            if self.missing[facility] <= 0 and not full:
                break
            if self.fits(arc):
                self.put(arc)
                put.append(arc)
        if self.missing[facility] <= 0 and self.used[facility]:
            return True
        for arc in reversed(put):
            self.take_back(arc)
        return False


def by_hand(core: Core, far: Floats, method: str, alike: Flags, centre: Flags, seed: int = 0) -> Ints:
    """Group as a planner would.

    Parameters
    ----------
    core
        the whole problem's core, reduced or not.
    far
        (a,) float64, the distance of each arc in km, what a planner looks at.
    method
        one of `METHODS`.
    alike
        (a,) bool, arcs between organizations of one supervisor.
    centre
        (f,) bool, facilities that are a community's centre.

    Returns
    -------
    Ints
        (n,) int64, facility of each item, -1 where left out.
    """
    desk = HandMethod(core, far)
    everywhere = np.ones(len(core.item), dtype=bool)
    if core.must.any():
        _pinned_first(desk, everywhere, seed)
    if method == "community":
        for facility in np.flatnonzero(centre):
            desk.gather(int(facility), everywhere, full=True)
    if method == "supervisor":
        _down_the_list(desk, alike)
    _down_the_list(desk, everywhere)
    return desk.chosen


def _down_the_list(desk: HandMethod, allowed: Flags) -> None:
    core = desk.core
    own: dict[int, list[int]] = {}
    for arc in np.flatnonzero(core.leads):
        own.setdefault(int(core.item[arc]), []).append(int(core.facility[arc]))
    for item in range(core.items):
        if desk.chosen[item] < 0:
            any(desk.gather(facility, allowed) for facility in own.get(item, ()))
    for item in range(core.items):
        if desk.chosen[item] < 0:
            _join(desk, item, allowed)


def _join(desk: HandMethod, item: int, allowed: Flags) -> None:
    """The nearest place that takes an item as it is: a group with room, a host, or a facility that fills up."""
    core = desk.core
    for arc in desk.arcs_of(item, allowed):
        facility = int(core.facility[arc])
        if not desk.fits(arc):
            continue
        if desk.used[facility] or (core.need[facility] == 0 and core.lead[facility] < 0):
            desk.put(arc)
            return
        if core.lead[facility] < 0:
            desk.put(arc)
            if desk.missing[facility] <= 0 or desk.gather(facility, allowed):
                return
            desk.take_back(arc)


def _pinned_first(desk: HandMethod, everywhere: Flags, seed: int) -> None:
    """Put pinned items, then fill their groups; where first come first served fails, take any legal filling."""
    core = desk.core
    for arc in np.flatnonzero(core.must[core.item]):
        if desk.fits(int(arc)):
            desk.put(int(arc))
    placed = bool((desk.chosen[core.must] >= 0).all())
    if placed and all(desk.gather(int(f), everywhere) for f in np.flatnonzero(desk.used & (desk.missing > 0))):
        return
    legal = least_cost(core, int(core.size[core.must].sum()), start=None, work=10**6, seed=seed)
    for arc in np.flatnonzero(desk.chosen[core.item] == core.facility):
        desk.take_back(int(arc))
    if legal.chosen is not None:
        for arc in core.arcs_of(legal.chosen):
            desk.put(int(arc))
