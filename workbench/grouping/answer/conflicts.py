"""Demands that cannot be met, told as arithmetic: refuted before any solving, or traced to a smallest set."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np

from workbench.errors import Fault, InfeasibleError
from workbench.grouping.models import least_cost
from workbench.grouping.problem import HOST, Core, Ints, Problem, Reduced, Texts
from workbench.labels import text

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario


def refute(problem: Problem, core: Core, item_of: Ints, scenario: Scenario) -> None:
    """Raise where rules, links or pins, alone or together, leave nothing to choose.

    Raises
    ------
    InfeasibleError
        a least number of members that no group can reach, more units linked together than any group may have, more
        pinned to a facility than it takes, pinned together and linked apart, linked together
        and pinned apart, or pinned to a peer or community where too few members can gather.
    """
    units, facilities, demands = problem.units, problem.facilities, problem.demands
    faults = _too_much(problem, core, item_of, scenario)
    pinned_items = np.unique(item_of[demands.pinned >= 0])
    where = np.full(core.items, -1, np.int64)
    for item in pinned_items:
        members = np.flatnonzero(item_of == item)
        wanted = np.unique(demands.pinned[members][demands.pinned[members] >= 0])
        if len(wanted) > 1:
            faults.append(
                Fault(
                    "linked_pinned_apart",
                    "grouping.pinned",
                    details={
                        "units": _names(units.ids[members]),
                        "facilities": _names(facilities.ids[wanted]),
                    },
                )
            )
            continue
        if wanted[0] not in core.facility[core.item == item]:
            faults.append(
                Fault(
                    "linked_cannot_follow",
                    "grouping.must_link",
                    details={"units": _names(units.ids[members]), "facility_id": facilities.ids[wanted[0]]},
                )
            )
            continue
        where[item] = wanted[0]
    for facility in np.unique(where[where >= 0]):
        items = np.flatnonzero(where == facility)
        size, capacity = int(core.size[items].sum()), int(core.capacity[facility])
        names = _names(units.ids[np.isin(item_of, items)])
        if size > capacity:
            code = "host_overfull" if facilities.kind[facility] == HOST else "group_overfull"
            faults.append(
                Fault(
                    code,
                    "grouping.pinned",
                    str(size),
                    {
                        "facility_id": facilities.ids[facility],
                        "capacity": capacity,
                        "count": size,
                        "units": names,
                    },
                )
            )
    for a, b in core.conflicts:
        if where[a] >= 0 and where[a] == where[b]:
            faults.append(
                Fault(
                    "pinned_together_linked_apart",
                    "grouping.cannot_link",
                    details={
                        "units": _names(units.ids[np.isin(item_of, [a, b])]),
                        "facility_id": facilities.ids[where[a]],
                    },
                )
            )
    if faults:
        raise InfeasibleError(text("error.demands_clash"), faults)


def _too_much(problem: Problem, core: Core, item_of: Ints, scenario: Scenario) -> list[Fault]:
    """A minimum above a maximum, and chains of links longer than any group."""
    rules = scenario.grouping
    faults: list[Fault] = []
    each = 2 if scenario.policy.two_members == "joint" else 1
    if {"peer", "community"} & set(rules.facilities) and rules.min_members > each * rules.max_units:
        details: dict[str, object] = {
            "least": rules.min_members,
            "units": rules.max_units,
            "each": each,
            "most": each * rules.max_units,
        }
        faults.append(Fault("least_above_most", "grouping.min_members", str(rules.min_members), details))
    largest = int(core.capacity.max(initial=0))
    for item in np.flatnonzero((core.size > 1) & (core.size > largest) & (core.facilities > 0)):
        names = _names(problem.units.ids[item_of == item])
        count = int(core.size[item])
        details = {"units": names, "count": count, "capacity": largest, "over": count - largest}
        faults.append(Fault("chain_too_long", "grouping.must_link", str(count), details))
    return faults


def explain_conflict(problem: Problem, core: Core, item_of: Ints, reduced: Reduced) -> NoReturn:
    """Say which pins cannot be met: first by what can gather where, else by a smallest set that clashes."""
    units, facilities = problem.units, problem.facilities
    lost = core.must & (reduced.lost >= 0)
    faults = []
    for item in np.flatnonzero(lost):
        members = np.flatnonzero(item_of == item)
        facility = int(problem.demands.pinned[members].max())
        faults.append(
            Fault(
                "pin_too_few",
                "grouping.pinned",
                details={
                    "units": _names(units.ids[members]),
                    "facility_id": facilities.ids[facility],
                    "members": int(reduced.potential[facility]),
                    "need": int(core.need[facility]),
                    "short": max(0, int(core.need[facility] - reduced.potential[facility])),
                    "km": f"{problem.max_distance_km:g}",
                },
            )
        )
    if not faults:
        clash = np.isin(item_of, _clashing(reduced.core))
        faults = [Fault("pins_clash", "grouping.pinned", details={"units": _names(units.ids[clash])})]
    raise InfeasibleError(text("error.demands_clash"), faults)


def _clashing(core: Core) -> Ints:
    """A smallest set of pinned items that cannot all be covered: leave out one by one what is not needed for it."""
    needed = [int(item) for item in np.flatnonzero(core.must)]
    for item in list(needed):
        rest = [other for other in needed if other != item]
        if not _feasible(core, rest):
            needed = rest
    return np.array(needed, dtype=np.int64)


def _feasible(core: Core, pinned: list[int]) -> bool:
    must = np.zeros(core.items, dtype=bool)
    must[pinned] = True
    found = least_cost(core.with_must(must), int(core.size[must].sum()), start=None, work=10**5, seed=0, gap=1e9)
    return not found.infeasible


def _names(ids: Texts) -> str:
    return ", ".join(str(name) for name in ids)
