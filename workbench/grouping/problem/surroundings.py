"""A problem cut down to the surroundings of one unit, under as many of the demands as one likes.

Everybody outside stays where they are: they keep their seats at hosts, and their groups stay open to who is inside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.grouping.problem.build import Problem, Units, arcs_of
from workbench.grouping.problem.demands import demands_among
from workbench.grouping.problem.facilities import PEER, Facilities
from workbench.grouping.problem.places import Ints, Places

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Units that are looked at around one; where there are no more in all, what is seen is the whole.
UNITS_AROUND = 40


class Demand(NamedTuple):
    """One demand of a scenario: its kind (must_link, cannot_link, pinned, forbidden), and who and what it names."""

    kind: str
    unit: str
    other: str
    place: str = ""


def demands_of(scenario: Scenario) -> list[Demand]:
    """Every demand of a scenario, each once; `place` is the kind of facility where `other` is one."""
    rules = scenario.grouping
    listed = [Demand("forbidden", unit, name, kind) for unit, kind, name in rules.forbidden]
    listed += [Demand(kind, *sorted(pair)) for kind in ("cannot_link", "must_link") for pair in getattr(rules, kind)]
    listed += [Demand("pinned", unit, name, kind) for unit, (kind, name) in rules.pinned.items()]
    return sorted(set(listed))


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Some units of a problem and the facilities that are theirs to use.

    Attributes
    ----------
    problem
        of these units alone; its demands and arcs are those of `under`.
    scenario
        the whole's.
    """

    problem: Problem
    scenario: Scenario

    def felt(self, demands: list[Demand]) -> list[Demand]:
        """The demands that name units inside, and of places those alone that a unit could go to."""
        units, facilities = self.problem.units, self.problem.facilities
        inside = set(units.ids)
        arcs = self.under([]).arcs
        kinds = facilities.kind_names
        pairs = {(units.ids[u], kinds[f], facilities.ids[f]) for u, f in zip(arcs.unit, arcs.facility, strict=True)}
        pinned = {(unit, kinds[f], facilities.ids[f]) for unit in inside for f in range(len(facilities))}
        there = {"forbidden": pairs, "pinned": pinned}
        return [
            demand
            for demand in demands
            if (
                (demand.unit, demand.place, demand.other) in there[demand.kind]
                if demand.place
                else demand.unit in inside and demand.other in inside
            )
        ]

    def under(self, demands: list[Demand]) -> Problem:
        """The problem under some of the demands only.

        Raises
        ------
        InfeasibleError
            these demands clash.
        """
        kept: dict[str, list[Demand]] = {kind: [] for kind in ("must_link", "cannot_link", "pinned", "forbidden")}
        for demand in demands:
            kept[demand.kind].append(demand)
        rules = self.scenario.grouping.model_copy(
            update={
                "must_link": tuple((d.unit, d.other) for d in kept["must_link"]),
                "cannot_link": tuple((d.unit, d.other) for d in kept["cannot_link"]),
                "pinned": {d.unit: (d.place, d.other) for d in kept["pinned"]},
                "forbidden": tuple((d.unit, d.place, d.other) for d in kept["forbidden"]),
            }
        )
        units, facilities = self.problem.units, self.problem.facilities
        asked = demands_among(rules, units.ids, facilities)
        free = (asked.pinned < 0) & units.places.known
        scenario = self.scenario.model_copy(update={"grouping": rules})
        arcs = arcs_of(units, facilities, asked, free, scenario)
        return replace(self.problem, demands=asked, arcs=arcs)


def surroundings_of(problem: Problem, scenario: Scenario, chosen: Ints, unit: int) -> Surroundings:
    """What is around a unit, whole groups and chains of links, in a grouping.

    Parameters
    ----------
    chosen
        (n,) the facility of each unit, -1 where left out.
    """
    units, facilities = problem.units, problem.facilities
    inside = _inside(problem, scenario, chosen, unit)
    outside = ~inside & (chosen >= 0)
    seats = np.bincount(chosen[outside], minlength=len(facilities))
    members = np.bincount(chosen[outside], units.members[outside], len(facilities)).astype(np.int64)
    led = facilities.leader
    usable = np.where(led >= 0, inside[np.maximum(led, 0)], facilities.capacity > seats)
    here = np.flatnonzero(usable)
    place = np.full(len(units), -1, np.int64)
    place[inside] = np.arange(int(inside.sum()))
    leader = np.where(led[here] >= 0, place[np.maximum(led[here], 0)], -1)
    part = Facilities(
        facilities.kind[here], facilities.ids[here], _some(facilities.places, here), facilities.street[here],
        facilities.industry[here], facilities.supervisor[here], (facilities.capacity - seats)[here],
        np.maximum(facilities.need - members, 0)[here], facilities.opening[here], leader,
    )  # fmt: skip
    who = np.flatnonzero(inside)
    some = Units(
        units.ids[who], units.street[who], units.industry[who], units.supervisor[who], units.community[who],
        units.members[who], _some(units.places, who),
    )  # fmt: skip
    return Surroundings(replace(problem, units=some, facilities=part), scenario)


def _some(places: Places, which: Ints) -> Places:
    return Places(places.points[which], places.geographic)


def _inside(problem: Problem, scenario: Scenario, chosen: Ints, unit: int) -> NDArray[np.bool_]:
    """Who is looked at: the unit, who is linked to it, the nearest, and all their groups."""
    units = problem.units
    count = len(units)
    if count <= UNITS_AROUND:
        return np.ones(count, np.bool_)
    far = units.places.distances(np.full(count, unit), units.places, np.arange(count))
    reach = np.flatnonzero(far <= 2 * scenario.grouping.max_distance_km)
    # Those left out first: they are free to come.
    order = reach[np.lexsort((reach, far[reach], chosen[reach] >= 0))]
    near = np.concatenate([order[: UNITS_AROUND // 2], reach[np.lexsort((reach, far[reach]))][: UNITS_AROUND // 2]])
    inside = np.zeros(count, np.bool_)
    inside[near] = True
    inside[unit] = True
    inside |= np.isin(problem.demands.block, problem.demands.block[inside])
    groups = np.unique(chosen[inside & (chosen >= 0)])
    groups = groups[problem.facilities.kind[groups] == PEER]
    inside |= np.isin(chosen, groups)
    return inside | np.isin(problem.demands.block, problem.demands.block[inside])
