"""What arithmetic alone decides, before any solving: facilities that cannot fill up, items that nothing can take.

Only what no arrangement can use is removed, so bounds on what remains are bounds on the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.grouping.problem.core import Core, Flags
from workbench.grouping.problem.places import Ints


@dataclass(frozen=True, eq=False)
class Reduced:
    """A core without its useless arcs.

    Attributes
    ----------
    core
        the same items and facilities, fewer arcs.
    lost
        (n,) int64, the round in which an item lost its last arc; 0 before the first, -1 never.
    potential
        (f,) int64, full members that a facility could gather at most, as it stood when it was judged.
    """

    core: Core
    lost: Ints
    potential: Ints


def reduce_core(core: Core) -> Reduced:
    """Take out, round by round, facilities that cannot reach their need and items left with no facility."""
    potential = potentials(core)
    lost = np.where(np.bincount(core.item, minlength=core.items) == 0, 0, -1).astype(np.int64)
    alive = _fits(core)
    turn = 0
    while True:
        turn += 1
        now = core.keep(alive)
        gather = potentials(now)
        open_still = potential >= core.need
        potential[open_still] = gather[open_still]
        led = np.ones(core.facilities, dtype=bool)
        peers = core.lead >= 0
        led[peers] = np.isin(np.flatnonzero(peers), now.facility[now.leads])
        useless = (gather < core.need) | ~led
        drop = useless[core.facility] & alive
        alive &= ~drop
        empty = (np.bincount(core.item[alive], minlength=core.items) == 0) & (lost < 0)
        lost[empty] = turn
        if not drop.any():
            return Reduced(now, lost, potential)


def potentials(core: Core) -> Ints:
    """Full members that each facility could gather at most: all that can join, or its places times the most each."""
    if len(core.item) == 0:
        return np.zeros(core.facilities, np.int64)
    members = np.bincount(core.facility, core.members[core.item], core.facilities)
    density = np.zeros(core.facilities)
    np.maximum.at(density, core.facility, core.members[core.item] / core.size[core.item])
    most = np.floor(core.capacity * density + 1e-9)
    return np.minimum(members, most).astype(np.int64)


def _fits(core: Core) -> Flags:
    """Arcs that go together with what has to be at their facility: its leader, and its pinned items."""
    fixed = core.must[core.item] & (np.bincount(core.item, minlength=core.items)[core.item] == 1)
    there = fixed | core.leads
    taken = np.bincount(core.facility[there], core.size[core.item[there]], core.facilities)
    room = core.capacity[core.facility] - taken[core.facility] + there * core.size[core.item]
    fits: Flags = room >= core.size[core.item]
    if len(core.conflicts):
        enemy: dict[int, list[int]] = {}
        for a, b in core.conflicts:
            enemy.setdefault(int(a), []).append(int(b))
            enemy.setdefault(int(b), []).append(int(a))
        for arc in np.flatnonzero(there):
            for other in enemy.get(int(core.item[arc]), ()):
                at = core.find(core.facility[arc : arc + 1], np.array([other]))[0]
                if at >= 0 and not there[at]:
                    fits[at] = False
    return fits
