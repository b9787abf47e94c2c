"""What it takes that one more item joins a group: written into the searches for groups, which differ in all else."""

from __future__ import annotations

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
def count_in(one, by, held, cut_start, cut):  # type: ignore[no-untyped-def]
    """Its cuts hold so many items more."""
    for c in range(cut_start[one], cut_start[one + 1]):
        held[cut[c]] += by


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
