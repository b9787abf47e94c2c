"""What it takes that one more item joins a group: written into the searches for groups, which differ in all else."""

from __future__ import annotations

import numpy as np

from workbench.compiled import inlined


@inlined
def welcome(one, inside, enemy_start, enemy):  # type: ignore[no-untyped-def]
    """Whether it may be with all who are inside."""
    alone = True
    for e in range(enemy_start[one], enemy_start[one + 1]):
        alone &= not inside[enemy[e]]
    return alone


@inlined
def charged(one, held, cut_start, cut, cut_price):  # type: ignore[no-untyped-def]
    """What the cuts take, of which it is the second item inside."""
    extra = 0.0
    for c in range(cut_start[one], cut_start[one + 1]):
        if held[cut[c]] == 1:
            extra += cut_price[cut[c]]
    return extra


@inlined
def moved(feature, by, feature_start, cut_of, value, weight, reached, best):  # type: ignore[no-untyped-def]
    """What it is worth to the disjunctions that a pairing, or a triple of which two are inside now, comes (or goes).

    And that a group is at a facility at all.
    """
    worth = 0.0
    for e in range(feature_start[feature], feature_start[feature + 1]):
        k = cut_of[e]
        top = -np.inf
        for leaf in range(reached.shape[1]):
            reached[k, leaf] += by * value[e, leaf]
            top = max(top, reached[k, leaf])
        worth += weight[k] * (top - best[k])
        best[k] = top
    return worth


@inlined
def enter(  # type: ignore[no-untyped-def]
    one, arc, arcs, inside, held, cut_start, cut, cut_price,
    hoped, feature_start, cut_of, value, weight, reached, best,
):  # fmt: skip
    """An item joins: what it costs beyond its worth, by cuts and by what disjunctions give less than was hoped."""
    extra = hoped[arc] - moved(arc, 1.0, feature_start, cut_of, value, weight, reached, best)
    for c in range(cut_start[one], cut_start[one + 1]):
        if held[cut[c]] == 1:
            extra += cut_price[cut[c]]
            extra -= moved(arcs + cut[c], 1.0, feature_start, cut_of, value, weight, reached, best)
        held[cut[c]] += 1
    inside[one] = True
    return extra


@inlined
def leave(  # type: ignore[no-untyped-def]
    one, arc, arcs, inside, held, cut_start, cut, feature_start, cut_of, value, weight, reached, best,
):  # fmt: skip
    """The item that joined last leaves again."""
    for c in range(cut_start[one], cut_start[one + 1]):
        held[cut[c]] -= 1
        if held[cut[c]] == 1:
            moved(arcs + cut[c], -1.0, feature_start, cut_of, value, weight, reached, best)
    moved(arc, -1.0, feature_start, cut_of, value, weight, reached, best)
    inside[one] = False


@inlined
def joins(  # type: ignore[no-untyped-def]
    least, limit, one, arc, arcs, inside, held, cut_start, cut, cut_price,
    hoped, feature_start, cut_of, value, weight, reached, best,
):  # fmt: skip
    """An item joins if the least slack that can come of it is within a limit: whether it did, and what it costs."""
    joined, extra = False, 0.0
    if least + charged(one, held, cut_start, cut, cut_price) <= limit:
        extra = enter(
            one, arc, arcs, inside, held, cut_start, cut, cut_price,
            hoped, feature_start, cut_of, value, weight, reached, best,
        )  # fmt: skip
        joined = least + extra <= limit
        if not joined:
            leave(
                one, arc, arcs, inside, held, cut_start, cut, feature_start, cut_of, value, weight, reached, best,
            )  # fmt: skip
    return joined, extra


@inlined
def best_completion(slack, worth, arcs, free, at, skipped, room, wanted):  # type: ignore[no-untyped-def]
    """The least slack that can come of taking `at` next, and how many join then: what the need asks for (`wanted`), and
    all that gain."""
    least, joined, k = slack + worth[arcs[at]], 1, at + 1
    while joined < room and k < free and (joined < wanted or worth[arcs[k]] < 0.0):
        if k != skipped:
            least += worth[arcs[k]]
            joined += 1
        k += 1
    return least, joined
