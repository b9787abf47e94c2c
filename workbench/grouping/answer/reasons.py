"""Why a unit is left out, as arithmetic tells it."""

from __future__ import annotations

import numpy as np

from workbench.grouping.problem import Ints, Problem, Texts

#: The reasons, as codes; `workbench.labels.grouping` has their words under ``reason.<code>``.
REASONS = ("no_place", "out_of_reach", "too_few_members", "linked", "no_room")


def reasons_of(problem: Problem, item_of: Ints, lost: Ints) -> Texts:
    """A reason for each unit, were it left out.

    no_place : nobody knows where it is, and it is not pinned.
    out_of_reach : no other unit, host or community centre is where it could go.
    too_few_members : all within reach together have too few members.
    linked : those it must be with cannot go where it could.
    no_room : it could be covered, but not together with all the others.

    Parameters
    ----------
    item_of
        (n,) the item of each unit.
    lost
        (items,) the round in which arithmetic took an item's last arc; -1 where it did not.
    """
    units, facilities, arcs = problem.units, problem.facilities, problem.arcs
    reason = np.full(len(units), "no_room", dtype=object)
    company = np.zeros(len(units), np.int64)
    alone = facilities.leader[arcs.facility] == arcs.unit
    np.add.at(company, arcs.unit[~alone], 1)
    led = facilities.leader[arcs.facility[~alone]]
    np.add.at(company, led[led >= 0], 1)
    hopeless = lost[item_of] >= 0
    reason[hopeless] = "too_few_members"
    linked = np.bincount(item_of, minlength=len(lost))[item_of] > 1
    reason[hopeless & linked] = "linked"
    reason[hopeless & (company == 0)] = "out_of_reach"
    unplaced = ~units.places.known & (problem.demands.pinned < 0)
    reason[hopeless & unplaced] = "no_place"
    return reason
