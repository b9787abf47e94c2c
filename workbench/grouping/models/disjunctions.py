"""Cuts that groups pay for or gain by: of three items at most one group with two, and what a tree of a piece says.

A small tree over one piece of a map ends in some leaves, and every answer is in one of them. In each leaf, prices prove
an inequality: groups pay at least so much for what they hold. Who takes for each group the most that it is paid in
any leaf, and of all leaves the least that has to come together, has an inequality that holds everywhere
(a disjunctive cut; Balas 1979). It says as much as the tree does, and those of pieces that have nothing to do with each
other add up in one relaxation, where one tree over all of them would need a node for each pair of leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.grouping.models.subset_rows import groups_with_two
from workbench.grouping.problem import Core, Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class Cuts:
    """Sets of three items of which at most one group may hold two or more (subset-row cuts), with their prices.

    Attributes
    ----------
    triples
        (c, 3) int64, items; -1 for one that is not in the core.
    price
        (c,) float64, >= 0: what a group pays that holds two or more of the three.
    """

    triples: Ints
    price: Floats


NO_CUTS = Cuts(np.zeros((0, 3), np.int64), np.zeros(0))


@dataclass(frozen=True, eq=False)
class Disjunction:
    """What groups have to be paid together; a group is paid what the best leaf for it pays.

    Attributes
    ----------
    pairing
        (p,) int64, facility times the number of items, plus item; ascending.
    paid
        (p, l) float64, what each leaf pays for a pairing.
    triples
        (c, 3) int64, and what each leaf takes from a group that holds two of the three: toll : (c, l) float64.
    facility
        (f,) int64, ascending: some that nobody leads, and what each leaf takes from a group there:
        charge : (f, l) float64, >= 0.
    least
        what comes together in every answer at least.
    """

    pairing: Ints
    paid: Floats
    triples: Ints
    toll: Floats
    facility: Ints
    charge: Floats
    least: float

    def of(self, core: Core, start: Ints, item: Ints, facility: Ints) -> Floats:
        """(g,) what groups are paid."""
        group = np.repeat(np.arange(len(facility)), np.diff(start))
        at, known = _found(self.pairing, facility[group] * core.items + item)
        hits = groups_with_two(start, item, self.triples, core.items)
        paid = np.zeros((len(facility), self.paid.shape[1]))
        np.add.at(paid, group[known], self.paid[at[known]])
        np.subtract.at(paid, hits[:, 1], self.toll[hits[:, 0]])
        at, known = _found(self.facility, facility)
        paid[known] -= self.charge[at[known]]
        best: Floats = paid.max(axis=1)
        return best


#: Disjunctions and what each is worth, >= 0.
Weighted = tuple[tuple[Disjunction, float], ...]


@dataclass(frozen=True, eq=False)
class Features:
    """Cuts and disjunctions as the searches for groups read them.

    A feature is a pairing of the core or, after those, a triple of which a group holds two; at last, a facility.

    Attributes
    ----------
    cuts
        the triples, those of the disjunctions behind them at no price.
    hoped
        (a,) float64, what the best leaves pay for each pairing: a group is paid no more in all.
    start, cut, value
        by feature: the disjunctions that know of it, and what their leaves pay, (e, l) float64.
    weight
        (k,) float64, what each disjunction is worth.
    at_first
        (k, l) float64, what each leaf pays for nothing: minus infinity where there is no such leaf.
    """

    cuts: Cuts
    hoped: Floats
    start: Ints
    cut: Ints
    value: Floats
    weight: Floats
    at_first: Floats

    @property
    def arrays(self) -> tuple[Floats, Ints, Ints, Floats, Floats, Floats]:
        """What the kernels ask for, in their order."""
        return self.hoped, self.start, self.cut, self.value, self.weight, self.at_first


def features_of(core: Core, cuts: Cuts, disjunctions: Weighted) -> Features:
    """What groups of a core pay and gain."""
    arcs, leaves = len(core.item), max([one.paid.shape[1] for one, _ in disjunctions], default=1)
    at_first = np.full((len(disjunctions), leaves), -np.inf)
    feature, cut, value, triples = [], [], [], [cuts.triples]
    hoped = np.zeros(arcs)
    keys = core.facility * core.items + core.item if disjunctions else core.item
    behind = arcs + len(cuts.triples)
    places = behind + sum(len(one.triples) for one, _ in disjunctions)
    for k, (one, weight) in enumerate(disjunctions):
        width = one.paid.shape[1]
        at_first[k, :width] = 0.0
        at, known = _found(keys, one.pairing)
        here, paid = at[known], one.paid[known]
        hoped[here] += weight * paid.max(axis=1)
        feature += [here, behind + np.arange(len(one.triples)), places + one.facility]
        behind += len(one.triples)
        triples.append(one.triples)
        told = np.zeros((len(here) + len(one.triples) + len(one.facility), leaves))
        told[:, :width] = np.concatenate([paid, -one.toll, -one.charge])
        value.append(told)
        cut.append(np.full(len(told), k, np.int64))
    which = np.concatenate([np.zeros(0, np.int64), *feature])
    order = np.argsort(which, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(which, minlength=places + core.facilities))]).astype(np.int64)
    price = np.concatenate([cuts.price, np.zeros(places - arcs - len(cuts.price))])
    return Features(
        Cuts(np.concatenate(triples), price), hoped, start,
        np.concatenate([np.zeros(0, np.int64), *cut])[order], np.concatenate([np.zeros((0, leaves)), *value])[order],
        np.array([weight for _, weight in disjunctions], np.float64), at_first,
    )  # fmt: skip


def _found(sorted_keys: Ints, keys: Ints) -> tuple[Ints, Flags]:
    """Where each key stands among the sorted ones, and whether it is among them."""
    if len(sorted_keys) == 0:
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return at, sorted_keys[at] == keys
