"""By how many units the best coverage changes when one unit comes, goes, or gains a member: each change proven alone.

What one change can touch is the part of the map around it. Mostly the change can be read off the answer that is
there: the newcomer fits into a group with room, or the group of one who leaves holds without them. Where it cannot,
that part is solved anew, for coverage only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from workbench.grouping.answer import Grouping
from workbench.grouping.problem import Core, Flags, Ints, build_problem, core_of, parts_of, reduce_core, restrict
from workbench.grouping.search import ComponentSearch, Effort, Monitor
from workbench.grouping.solve import given_assignment

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: A gap of cost that any answer keeps: only coverage is asked for.
ANY_COST = 1e9


class CoverageChange(NamedTuple):
    """Units more (or fewer) that are covered; `most` is what no grouping exceeds, equal where it is proven."""

    units: int
    most: int


def marginal_of(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping,
    newcomers: Sequence[str],
    *,
    effort: str | int = "normal",
    seed: int = 0,
) -> Marginal:
    """Changes against a grouping, whose newcomers are organizations without a member that could gain their first.

    Parameters
    ----------
    register, scenario
        those of the grouping.
    grouping
        who joins whom now.
    newcomers
        org_ids of organizations without members.
    effort, seed
        as for `group`.
    """
    grown = register.copy()
    for column in ("full_members", "members_floating"):
        grown.loc[list(newcomers), column] += 1
    problem = build_problem(grown, scenario)
    core, item_of = core_of(problem)
    chosen = given_assignment(grouping, problem, core, item_of)
    new = pd.Index(problem.units.ids).isin(list(newcomers))
    present = np.ones(core.items, np.bool_)
    present[item_of[new]] = False
    return Marginal(
        core,
        present,
        np.full(core.items, -1, np.int64) if chosen is None else chosen,
        dict(zip(problem.units.ids.tolist(), item_of.tolist(), strict=True)),
        proven=grouping.covered == grouping.covered_bound,
        effort=Effort.of(effort),
        seed=seed,
    )


class Marginal:
    """Changes against one answer; make one with `marginal_of`.

    Parameters
    ----------
    core
        everybody, those too who are not there yet.
    present
        (n,) bool, the items that are there now.
    chosen
        (n,) the facility of each item in the answer that is there, -1 where left out or not there.
    item_of
        the item of each unit.
    proven
        whether that answer covers as many as can be.
    effort, seed
        of searches anew.
    """

    def __init__(
        self,
        core: Core,
        present: Flags,
        chosen: Ints,
        item_of: dict[str, int],
        *,
        proven: bool,
        effort: Effort,
        seed: int,
    ) -> None:
        self._core, self._present, self._chosen, self._proven = core, present, chosen, proven
        self._item_of = item_of
        self._effort, self._seed = effort, seed
        here = chosen >= 0
        self._size = np.bincount(chosen[here], core.size[here], core.facilities).astype(np.int64)
        self._members = np.bincount(chosen[here], core.members[here], core.facilities).astype(np.int64)
        start, arcs = core.by_item()
        self._reach = np.split(core.facility[arcs], start[1:-1])
        #: Facilities that somebody who is there may use: a peer's own needs that peer.
        self._open = (core.lead < 0) | present[np.maximum(core.lead, 0)]
        self._label_items, self._label_facilities = self._labels(present)

    def covers(self, unit: str) -> bool:
        """Whether a unit is covered now."""
        return bool(self._chosen[self._item_of[unit]] >= 0)

    def coming(self, unit: str) -> CoverageChange:
        """One who is not there comes."""
        item = self._item_of[unit]
        lone = np.zeros(self._core.items, np.bool_)
        lone[item] = True
        size = int(self._core.size[item])
        around = self._around(item)
        left_out = int(self._core.size[around & (self._chosen < 0)].sum())
        if self._joins(item, self._size, self._members) and left_out == 0:
            return CoverageChange(size, size)
        return self._anew(self._core, around | lone, around)

    def going(self, unit: str) -> CoverageChange:
        """One who is there goes, covered or not: how many of the *others* more are covered.

        Of units that a planner has linked none goes alone: nothing is proven then.
        """
        item = self._item_of[unit]
        own = int(self._core.size[item]) if self._chosen[item] >= 0 else 0
        if self._core.size[item] > 1:
            return CoverageChange(0, own)
        if self._chosen[item] < 0 and self._proven:
            # Whatever the others could do without, they could do before.
            return CoverageChange(0, 0)
        around = self._around(item)
        left_out = int(self._core.size[around & (self._chosen < 0)].sum())
        if left_out == 0 and self._holds_without(item):
            return CoverageChange(0, 0)
        without = around.copy()
        without[item] = False
        change = self._anew(self._core, without, around)
        return CoverageChange(change.units + own, change.most + own)

    def gaining(self, unit: str) -> CoverageChange:
        """One who is there has a member more, and stays a unit that joins others."""
        item = self._item_of[unit]
        around = self._around(item)
        if not (self._core.size[around & (self._chosen < 0)]).any():
            return CoverageChange(0, 0)
        members = self._core.members.copy()
        members[item] += 1
        return self._anew(replace(self._core, members=members), around, around)

    def _around(self, item: int) -> Flags:
        """Who is there in the parts of the map that an item touches."""
        touched = np.zeros(
            int(max(self._label_items.max(initial=-1), self._label_facilities.max(initial=-1))) + 2, bool
        )
        touched[self._label_items[item]] = self._present[item]
        reached = self._reach[item]
        touched[self._label_facilities[reached[self._open[reached]]]] = True
        own = np.flatnonzero(self._core.lead == item)
        for facility in own:
            touched[self._label_items[self._members_of(int(facility))]] = True
        touched[-1] = False
        return np.asarray(touched[self._label_items] & self._present)

    def _members_of(self, facility: int) -> Ints:
        """Those who are there and may join a facility."""
        items = self._core.item[self._core.start[facility] : self._core.start[facility + 1]]
        return items[self._present[items]]

    def _labels(self, present: Flags) -> tuple[Ints, Ints]:
        """The part of the map that each item and facility is in, among those who are there; -1 for the others."""
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import connected_components

        core = self._core
        arcs = np.flatnonzero(present[core.item] & self._open[core.facility])
        nodes = core.items + core.facilities
        ends = core.item[arcs], core.items + core.facility[arcs]
        graph = coo_matrix((np.ones(len(arcs), np.int8), ends), (nodes, nodes))
        label = connected_components(graph, directed=False)[1].astype(np.int64)
        return np.where(present, label[: core.items], -1), np.where(self._open, label[core.items :], -1)

    def _joins(self, item: int, size: Ints, members: Ints) -> bool:
        """Whether an item fits into a group as it is, or into a host that takes it alone."""
        core, reached = self._core, self._reach[item]
        reached = reached[self._open[reached]]
        fits = size[reached] + core.size[item] <= core.capacity[reached]
        stands = members[reached] + core.members[item] >= core.need[reached]
        led = (core.lead[reached] < 0) | (size[reached] > 0)
        reached = reached[fits & stands & led]
        if len(reached) and len(core.conflicts):
            pairs = core.conflicts[(core.conflicts == item).any(axis=1)]
            enemies = pairs[pairs != item]
            reached = reached[~np.isin(reached, self._chosen[enemies])]
        return len(reached) > 0

    def _holds_without(self, item: int) -> bool:
        """Whether the others of an item's group stay covered as they are, under another leader, or one by one."""
        core, facility = self._core, int(self._chosen[item])
        if facility < 0:
            return True
        others = np.flatnonzero(self._chosen == facility)
        others = others[others != item]
        if len(others) == 0:
            return True
        enough = self._members[facility] - core.members[item] >= core.need[facility]
        if enough and core.lead[facility] != item:
            return True
        if enough and any(self._leads(int(leader), others) for leader in others):
            return True
        size, members = self._size.copy(), self._members.copy()
        size[facility], members[facility] = 0, 0
        return all(self._moves(int(other), facility, size, members) for other in others)

    def _leads(self, leader: int, group: Ints) -> bool:
        core = self._core
        for facility in np.flatnonzero(core.lead == leader):
            can = np.isin(group, core.item[core.start[facility] : core.start[facility + 1]]).all()
            if can and core.size[group].sum() <= core.capacity[facility]:
                return bool(core.members[group].sum() >= core.need[facility])
        return False

    def _moves(self, item: int, left: int, size: Ints, members: Ints) -> bool:
        """Move an item into another group that has room; tells whether there is one."""
        core, reached = self._core, self._reach[item]
        pairs = core.conflicts[(core.conflicts == item).any(axis=1)] if len(core.conflicts) else core.conflicts
        if len(pairs):
            return False  # who must not meet whom is left to the search
        reached = reached[self._open[reached] & (reached != left)]
        fits = size[reached] + core.size[item] <= core.capacity[reached]
        stands = (size[reached] > 0) | ((core.lead[reached] < 0) & (core.need[reached] <= core.members[item]))
        reached = reached[fits & stands]
        if len(reached) == 0:
            return False
        size[reached[0]] += core.size[item]
        members[reached[0]] += core.members[item]
        return True

    def _anew(self, core: Core, wanted: Flags, before: Flags) -> CoverageChange:
        """Solve a part of the map for coverage: what it covers against what those before have there."""
        covered = int(core.size[before & (self._chosen >= 0)].sum())
        items = np.flatnonzero(wanted)
        usable = (core.lead < 0) | wanted[np.maximum(core.lead, 0)]
        arcs = np.flatnonzero(wanted[core.item] & usable[core.facility])
        facilities = np.unique(core.facility[arcs])
        part = restrict(core, items, facilities, arcs)
        place = np.full(core.facilities + 1, -1, np.int64)
        place[facilities] = np.arange(len(facilities))
        begin = part.legal(place[self._chosen[items]])
        found, most = self._best(part, begin)
        # Nothing that was covered is lost but by the rules: the answer that is there may still be the better one.
        return CoverageChange(found - covered, most - covered)

    def _best(self, core: Core, begin: Ints) -> tuple[int, int]:
        """Units that are covered at best, and what no grouping exceeds."""
        found = most = 0
        for number, part in enumerate(parts_of(reduce_core(core).core)):
            monitor = Monitor([int(part.core.size.sum())], None, None, 0.0)
            place = np.full(core.facilities + 1, -1, np.int64)
            place[part.facilities] = np.arange(len(part.facilities))
            start = part.core.legal(place[begin[part.items]])
            search = ComponentSearch(core=part.core, effort=self._effort, seed=self._seed + number, monitor=monitor,
                                     part=0, gap=ANY_COST, chosen=start)  # fmt: skip
            search.run()
            found += search.covered
            most += search.covered_bound
        return found, most
