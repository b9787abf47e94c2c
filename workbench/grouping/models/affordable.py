"""Pairings that a group of so little slack can hold at all: the searches for groups look at no others.

Late in column generation hardly a facility has such a group, and of its pairings few are in one. To sort them all took
longer than to search among them.
"""

from __future__ import annotations

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.problem import Core, Floats, Ints
from workbench.grouping.tolerances import SAME_COST


def affordable(core: Core, worth: Floats, fee: Floats, within: float) -> tuple[Ints, Ints]:
    """Those that a facility can have a group of no more slack than `within` with, whatever joins beside them.

    Parameters
    ----------
    worth
        (a,) what each adds to a group's slack at least.
    fee
        (f,) what using a facility costs beyond its opening.

    Returns
    -------
    tuple
        start : (f + 1,) int64 and arcs, of which those of facility k are ``arcs[start[k]:start[k + 1]]``; its leader's
        is among them if there is any. Least worth first, then as they stand in the core.
    """
    start, arcs = _affordable(
        core.start, core.item, worth, core.opening, core.capacity, core.need, core.lead, core.size, core.members,
        fee, within,
    )  # fmt: skip
    return start, arcs[np.lexsort((worth[arcs], core.facility[arcs]))]


@kernel
def _affordable(start, item, worth, opening, capacity, need, lead, size, members, fee, within):  # type: ignore[no-untyped-def]
    """A facility's best takes what the need asks for and all that gain, while there is room for items of one unit."""
    out = np.empty(len(item), np.int64)
    out_start = np.zeros(len(start), np.int64)
    count = 0
    for f in range(len(opening)):
        out_start[f + 1] = count
        first, last = start[f], start[f + 1]
        free, leading, most_members = 0, -1, 1
        for arc in range(first, last):
            if item[arc] == lead[f]:
                leading = arc
            else:
                free += 1
                most_members = max(most_members, members[item[arc]])
        if lead[f] >= 0 and leading < 0:
            continue
        base, room, deficit = opening[f] + fee[f], capacity[f], need[f]
        if leading >= 0:
            base += worth[leading]
            room -= size[lead[f]]
            deficit -= members[lead[f]]
        room = max(0, min(room, free))
        wanted = max(0, (deficit + most_members - 1) // most_members)
        if wanted > room:
            continue
        # The least worths, ascending, and one more.
        least = np.full(room + 1, np.inf)
        for arc in range(first, last):
            if arc != leading and worth[arc] < least[room]:
                k = room
                while k > 0 and least[k - 1] > worth[arc]:
                    least[k] = least[k - 1]
                    k -= 1
                least[k] = worth[arc]
        # The best of all groups, and what a pairing can hope for beside itself.
        best, beside = base, base
        for k in range(room):
            best += least[k] if k < wanted or least[k] < 0.0 else 0.0
            if k < room - 1:
                beside += least[k] if k < wanted - 1 or least[k] < 0.0 else 0.0
        # Sums of doubles in another order may differ by their last digits.
        limit = within + SAME_COST * (1.0 + abs(base) + abs(beside))
        if best > limit:
            continue
        for arc in range(first, last):
            if arc == leading or (room > 0 and beside + worth[arc] <= limit):
                out[count] = arc
                count += 1
        out_start[f + 1] = count
    return out_start, out[:count].copy()
