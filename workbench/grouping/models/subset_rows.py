"""Three items and the groups that hold two or more of them: compiled look-ups for the cuts."""

from __future__ import annotations

import numpy as np

from workbench.compiled import kernel
from workbench.grouping.problem import pairings_by
from workbench.grouping.tolerances import BROKEN_CUT


@kernel
def _groups_of(start, item, items):  # type: ignore[no-untyped-def]
    """The groups of each item: starts, and groups."""
    count, entries = pairings_by(item, items)
    group = np.empty(len(item), np.int64)
    for g in range(len(start) - 1):
        group[start[g] : start[g + 1]] = g
    return count, group[entries]


@kernel
def groups_with_two(start, item, triples, items):  # type: ignore[no-untyped-def]
    """Pairs (cut, group) where the group holds two or more of the cut's three items; by cut, then group."""
    count, groups = _groups_of(start, item, items)
    seen = np.zeros(max(1, len(start) - 1), np.int64)
    out = []
    for c in range(len(triples)):
        for t in range(3):
            one = triples[c, t]
            for k in range(count[one], count[one + 1]):
                g = groups[k]
                seen[g] += 1
                if seen[g] == 2:
                    out.append((c, g))
        for t in range(3):
            one = triples[c, t]
            for k in range(count[one], count[one + 1]):
                seen[groups[k]] = 0
    pairs = np.empty((len(out), 2), np.int64)
    for k in range(len(out)):
        pairs[k, 0], pairs[k, 1] = out[k]
    return pairs


@kernel
def broken_triples(start, item, share, items):  # type: ignore[no-untyped-def]
    """Triples i < j < k whose groups of two or more have shares of more than one, and by how much."""
    count, groups = _groups_of(start, item, items)
    weight = np.zeros(items)
    near_i = np.zeros(items, np.bool_)
    near_j = np.zeros(items, np.bool_)
    both = np.zeros(items)
    triples = []
    broken = []
    for i in range(items):
        # Items that share a group with i, and for how much.
        near = []
        for k in range(count[i], count[i + 1]):
            g = groups[k]
            for e in range(start[g], start[g + 1]):
                j = item[e]
                if j != i:
                    if not near_i[j]:
                        near_i[j] = True
                        near.append(j)
                    weight[j] += share[g]
        for j in near:
            # What j shares with others: groups without i count once, groups with all three are counted twice elsewhere.
            touched = []
            for k in range(count[j], count[j + 1]):
                g = groups[k]
                sign = 1.0
                for e in range(start[g], start[g + 1]):
                    if item[e] == i:
                        sign = -1.0
                for e in range(start[g], start[g + 1]):
                    one = item[e]
                    if one != i and one != j:
                        if not near_j[one]:
                            near_j[one] = True
                            touched.append(one)
                        both[one] += sign * share[g]
            for k in touched:
                # Each triple once: from its least item where all three are near, else from the lesser of its ends.
                if (near_i[k] and i < j < k) or (not near_i[k] and i < k):
                    value = weight[j] + weight[k] + both[k]
                    if value > 1.0 + BROKEN_CUT:
                        triples.append((i, j, k))
                        broken.append(value - 1.0)
                both[k] = 0.0
                near_j[k] = False
        for j in near:
            weight[j] = 0.0
            near_i[j] = False
    out = np.empty((len(triples), 3), np.int64)
    amount = np.empty(len(triples))
    for t in range(len(triples)):
        i, j, k = triples[t]
        low, high = min(i, j, k), max(i, j, k)
        out[t, 0], out[t, 1], out[t, 2] = low, i + j + k - low - high, high
        amount[t] = broken[t]
    return out, amount
