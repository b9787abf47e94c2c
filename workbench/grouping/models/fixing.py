"""Pairings that no answer better than a known one can hold: of more slack than the gap, whatever group they are in.

Groups are made of few pairings: where a list of the groups that a better answer could hold has millions, they pair each
item with half a dozen facilities. A pairing is kept as soon as one group with it is found that has little enough slack
(Irnich, Desaulniers, Desrosiers and Hadjar 2010 fix arcs of routes so).
"""

from __future__ import annotations

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.models.affordable import affordable
from workbench.grouping.models.columns import holders_of, lists
from workbench.grouping.models.disjunctions import features_of
from workbench.grouping.models.joining import best_completion, enter, joins, leave, moved, welcome
from workbench.grouping.models.set_partitioning import Duals
from workbench.grouping.problem import Core, Flags

#: Steps that the search for a group with one pairing may take; after so many the pairing is kept.
STEPS_FOR_ONE = 2000


def pairings_within(core: Core, duals: Duals, within: float) -> Flags:
    """(a,) bool: arcs that are in some group of no more slack than `within`, and perhaps a few others."""
    enemies = lists(np.concatenate([core.conflicts, core.conflicts[:, ::-1]]), core.items)
    features = features_of(core, duals.cuts, duals.disjunctions)
    worth = core.cost - duals.price[core.item] - features.hoped
    start, order = affordable(core, worth, duals.fee, within)
    kept: Flags = _kept(
        start, core.item, worth, order, core.opening, core.capacity, core.need, core.lead, core.size,
        core.members, duals.fee, within, *enemies, *lists(holders_of(features.cuts), core.items),
        features.cuts.price, *features.arrays, STEPS_FOR_ONE,
    )  # fmt: skip
    return kept


@kernel
def _kept(  # type: ignore[no-untyped-def]
    start, item, worth, order, opening, capacity, need, lead, size, members, fee, within,
    enemy_start, enemy, cut_start, cut, cut_price, hoped, feature_start, cut_of, value, weight, at_first, steps,
):  # fmt: skip
    """For each arc not met yet: depth first over groups with it, best first, until one has little enough slack."""
    kept = np.zeros(len(item), np.bool_)
    inside = np.zeros(len(size), np.bool_)
    held = np.zeros(len(cut_price), np.int64)
    reached, best = np.empty_like(at_first), np.empty(len(weight))
    for f in range(len(opening)):
        first, last = start[f], start[f + 1]
        arcs = np.empty(last - first, np.int64)
        free, leading, most_members = 0, -1, 1
        for k in range(first, last):
            arc = order[k]
            if item[arc] == lead[f]:
                leading = arc
            else:
                arcs[free] = arc
                free += 1
                most_members = max(most_members, members[item[arc]])
        if first == last or (lead[f] >= 0 and leading < 0):
            continue
        stack = np.empty(free + 2, np.int64)
        place = np.empty(free + 2, np.int64)
        paid = np.zeros(free + 2)
        for forced in range(free):
            if kept[arcs[forced]]:
                continue
            room, deficit = capacity[f], need[f]
            depth, at, taken = 0, -1, 0
            reached[:], best[:] = at_first, 0.0
            here = len(item) + len(cut_price) + f
            slack = opening[f] + fee[f] - moved(here, 1.0, feature_start, cut_of, value, weight, reached, best)
            fits = True
            for turn in range(2):
                arc = leading if turn == 0 else arcs[forced]
                if arc < 0:
                    continue
                one = item[arc]
                fits = fits and welcome(one, inside, enemy_start, enemy)
                slack += worth[arc] + enter(
                    one, arc, len(item), inside, held, cut_start, cut, cut_price,
                    hoped, feature_start, cut_of, value, weight, reached, best,
                )  # fmt: skip
                room -= size[one]
                deficit -= members[one]
                stack[depth] = arc
                depth += 1
            taken = depth
            found = fits and room >= 0 and deficit <= 0 and slack <= within
            ended = not fits or room < 0
            at, tried = 0, 0
            while not found and not ended:
                down = False
                while room > 0 and at < free:
                    if at == forced:
                        at += 1
                        continue
                    tried += 1
                    if tried > steps:
                        found = True
                        break
                    wanted = (deficit + most_members - 1) // most_members
                    least, joined = best_completion(slack, worth, arcs, free, at, forced, room, wanted)
                    if least > within or joined < wanted:
                        break
                    one = item[arcs[at]]
                    if size[one] <= room and welcome(one, inside, enemy_start, enemy):
                        down, extra = joins(
                            least, within, one, arcs[at], len(item), inside, held, cut_start, cut, cut_price,
                            hoped, feature_start, cut_of, value, weight, reached, best,
                        )  # fmt: skip
                        if down:
                            break
                    at += 1
                if found:
                    break
                if down:
                    one = item[arcs[at]]
                    slack += worth[arcs[at]] + extra
                    room -= size[one]
                    deficit -= members[one]
                    stack[depth], place[depth], paid[depth] = arcs[at], at, extra
                    depth += 1
                    at += 1
                    found = deficit <= 0 and slack <= within
                elif depth == taken:
                    ended = True
                else:
                    depth -= 1
                    one = item[stack[depth]]
                    leave(
                        one, stack[depth], len(item), inside, held, cut_start, cut,
                        feature_start, cut_of, value, weight, reached, best,
                    )  # fmt: skip
                    slack -= worth[stack[depth]] + paid[depth]
                    room += size[one]
                    deficit += members[one]
                    at = place[depth] + 1
            for d in range(depth):
                one = item[stack[d]]
                inside[one] = False
                for c in range(cut_start[one], cut_start[one + 1]):
                    held[cut[c]] = 0
                if found:
                    kept[stack[d]] = True
            if found:
                kept[arcs[forced]] = True
        # A leader that fills the need alone is a group.
        if leading >= 0 and not kept[leading]:
            one = item[leading]
            # What disjunctions give one pairing alone is what was hoped of it.
            alone = opening[f] + fee[f] + worth[leading]
            kept[leading] = members[one] >= need[f] and size[one] <= capacity[f] and alone <= within
    return kept
