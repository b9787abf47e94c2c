"""Why a unit is left out: by arithmetic, or by demands without which it would be covered.

Demands are named only where taking them away has every best answer around cover the unit. A place that is forbidden is
one of several: all are named that it could go to. Of other demands none is named that could be spared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from workbench.errors import InfeasibleError
from workbench.grouping.models import covered_at_most, most_covered
from workbench.grouping.problem import (
    COMMUNITY,
    HOST,
    PEER,
    Core,
    Demand,
    Flags,
    Ints,
    Problem,
    Surroundings,
    Texts,
    core_of,
    demands_of,
    reduce_core,
    surroundings_of,
)
from workbench.grouping.tolerances import DISTANCE_KM
from workbench.labels import text

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: The reasons, as codes; `workbench.labels.grouping` has their words under ``reason.<code>``.
REASONS = (
    "no_place", "no_facility", "out_of_reach", "other_street", "too_few_members", "forbidden", "apart", "linked",
    "pinned", "demands", "no_room", "not_found",
)  # fmt: skip
#: The reason that one kind of demand is.
OF_DEMAND = {"forbidden": "forbidden", "cannot_link": "apart", "must_link": "linked", "pinned": "pinned"}
#: Looks at HiGHS's search, for one look around.
WORK_OF_A_REASON = 200
#: Demands that are tried one by one, whether they can be spared.
TRIED = 16

Why = Mapping[str, tuple[Demand, ...]]


def reasons_of(
    problem: Problem, scenario: Scenario, chosen: Ints, item_of: Ints, lost: Ints, *, proven: bool
) -> tuple[Texts, Why]:
    """A reason for each unit that is left out, and the demands that leave it out.

    no_place : nobody knows where it is, and it is not pinned.
    no_facility : no facility of the kinds allowed is one that it could ever join.
    forbidden, apart, linked, pinned, demands : without certain demands of one kind, or of several, it would be covered.
    out_of_reach : no other unit, host or community centre is within the distance.
    other_street : only in other streets are places for it, and the scenario requires the same; with demands, where
        those leave it out without that rule, too.
    too_few_members : all within reach together have too few members.
    no_room : it could be covered, but not together with all the others.
    not_found : no place was found for it, and that there is none is not proven.

    Parameters
    ----------
    chosen
        (n,) the facility of each unit, -1 where left out.
    item_of
        (n,) the item of each unit.
    lost
        (items,) the round in which arithmetic took an item's last arc; -1 where it did not.
    proven
        whether no grouping covers more.
    """
    units = problem.units
    reason = _by_arithmetic(problem, item_of, lost, proven=proven)
    reason[_without_facility(problem)] = "no_facility"
    unplaced = ~units.places.known & (problem.demands.pinned < 0)
    reason[unplaced] = "no_place"
    why: dict[str, tuple[Demand, ...]] = {}
    listed = demands_of(scenario)
    require = scenario.grouping.same_street == "require"
    for unit in np.flatnonzero((chosen < 0) & ~unplaced):
        name = str(units.ids[unit])
        if listed:
            around = surroundings_of(problem, scenario, chosen, int(unit))
            named = _left_out_by(around, name, listed)
            if named:
                why[name] = named
                reason[unit] = _code(named, set(units.ids[item_of == item_of[unit]]), str(reason[unit]))
                continue
            if reason[unit] in ("out_of_reach", "too_few_members", "linked"):
                # Demands are not what leaves it out: what does is told as if there were none.
                reason[unit] = _without_demands(around, name, proven=proven)
        if require and _across_the_street(problem, scenario, chosen, int(unit)):
            reason[unit] = "other_street"
            if listed and (named := _beside_the_street(problem, scenario, chosen, int(unit), listed)):
                why[name] = named
    return reason, why


def _by_arithmetic(problem: Problem, item_of: Ints, lost: Ints, *, proven: bool) -> Texts:
    """(n,) what arithmetic says of each unit, were it left out."""
    units, facilities, arcs = problem.units, problem.facilities, problem.arcs
    reason = np.full(len(units), "no_room" if proven else "not_found", dtype=object)
    # Whom a unit could join, and who could join it where it leads; at its own facility it joins nobody.
    company = np.diff(arcs.start)
    led = np.flatnonzero(facilities.leader >= 0)
    leader = facilities.leader[led]
    alone = arcs.find(leader, led) >= 0
    np.add.at(company, leader, np.bincount(arcs.facility, minlength=len(facilities))[led] - 2 * alone)
    hopeless = lost[item_of] >= 0
    reason[hopeless] = "too_few_members"
    linked = np.bincount(item_of, minlength=len(lost))[item_of] > 1
    # Who is linked and lost has mates whom arithmetic alone keeps from where it could go.
    reason[hopeless & linked & (company > 0)] = "linked"
    reason[hopeless & (company == 0)] = "out_of_reach"
    return reason


def _without_demands(around: Surroundings, name: str, *, proven: bool) -> str:
    """What arithmetic says of a unit where nothing is demanded."""
    problem = around.under([])
    core, item_of = core_of(problem)
    at = np.flatnonzero(problem.units.ids == name)[0]
    return str(_by_arithmetic(problem, item_of, reduce_core(core).lost, proven=proven)[at])


def demand_words(demands: tuple[Demand, ...]) -> str:
    """Demands by name, one after the other, in the language in use."""
    return text("demand.and").join(
        text(
            f"demand.{demand.kind}",
            unit=demand.unit,
            other=demand.other,
            kind=text(f"facility.{demand.place}") if demand.place else "",
        )
        for demand in demands
    )


def reason_words(code: str, demands: tuple[Demand, ...]) -> str:
    """Why a unit is left out, in the language in use, with the demands that leave it out."""
    reason = text(f"reason.{code}")
    without = "reason.by_street_and_demands" if code == "other_street" else "reason.by_demands"
    return text(without, reason=reason, demands=demand_words(demands)) if demands else reason


def _code(named: tuple[Demand, ...], block: set[str], arithmetic: str) -> str:
    """The code of a reason: the kind of the demands, if it is one; others' links leave what arithmetic says."""
    kinds = {demand.kind for demand in named}
    if len(kinds) > 1:
        return "demands"
    if kinds == {"must_link"} and not any({demand.unit, demand.other} & block for demand in named):
        return arithmetic
    return OF_DEMAND[kinds.pop()]


def _left_out_by(around: Surroundings, name: str, listed: list[Demand]) -> tuple[Demand, ...]:
    """Demands without which a unit would be covered: its own of one kind, its own, or all around. Empty: none would."""
    there = around.felt(listed)
    own = [demand for demand in there if name in (demand.unit, demand.other)]
    candidates = [[demand for demand in own if demand.kind == kind] for kind in OF_DEMAND]
    candidates += [own, there if len(there) <= TRIED else []]
    removed = next((some for some in candidates if some and _covered(around, name, there, some)), None)
    if removed is None or _covered(around, name, there, []):
        return ()
    if len(removed) > TRIED or {demand.kind for demand in removed} == {"forbidden"}:
        return tuple(removed)
    # Others' demands are the first to be spared.
    for demand in sorted(removed, key=lambda demand: (demand in own, demand)):
        fewer = [other for other in removed if other != demand]
        if fewer and _covered(around, name, there, fewer):
            removed = fewer
    return tuple(removed)


def _covered(around: Surroundings, name: str, demands: list[Demand], removed: list[Demand]) -> bool:
    """Whether every best answer covers a unit when some demands are gone: more can be covered with it than without."""
    try:
        problem = around.under([demand for demand in demands if demand not in removed])
    except InfeasibleError:
        return False
    core, item_of = core_of(problem)
    item = int(item_of[np.flatnonzero(problem.units.ids == name)[0]])
    must = core.must.copy()
    must[item] = True
    with_it = _most(core.with_must(must))
    if with_it is None:
        return False
    without = _most(core.keep(core.item != item))
    return without is None or with_it[0] > without[1]


def _most(core: Core) -> tuple[int, int] | None:
    """Units covered by the best answer found, and what none exceeds; None where pins cannot be met."""
    reduced = reduce_core(core)
    if (core.must & (reduced.lost >= 0)).any():
        return None
    if len(reduced.core.item) == 0:
        return 0, 0
    found = most_covered(reduced.core, start=None, work=WORK_OF_A_REASON, seed=0)
    if found.infeasible:
        return None
    covered = 0 if found.chosen is None else core.total(found.chosen)[0]
    return covered, covered_at_most(found, int(core.size.sum()))


def _without_facility(problem: Problem) -> Flags:
    """(n,) bool: units that no kind of facility allowed has anything for, however far."""
    units, facilities = problem.units, problem.facilities
    if (facilities.kind == PEER).any() and len(units) > 1:
        return np.zeros(len(units), np.bool_)
    if ((facilities.kind == HOST) & facilities.places.known).any():
        return np.zeros(len(units), np.bool_)
    own = facilities.ids[(facilities.kind == COMMUNITY) & facilities.places.known]
    return np.asarray(~np.isin(units.community, own) & (problem.demands.pinned < 0), dtype=np.bool_)


def _across_the_street(problem: Problem, scenario: Scenario, chosen: Ints, unit: int) -> bool:
    """Whether a place for a unit is within the distance, but for its street: a group or host with room, or company."""
    units, facilities = problem.units, problem.facilities
    radius = scenario.grouping.max_distance_km + DISTANCE_KM
    size = np.bincount(chosen[chosen >= 0], minlength=len(facilities))
    far = units.places.distances(np.full(len(facilities), unit), facilities.places, np.arange(len(facilities)))
    open_now = np.where(facilities.kind == HOST, True, (facilities.kind == PEER) & (size > 0))
    if ((far <= radius) & open_now & (size < facilities.capacity)).any():
        return True
    own = np.flatnonzero(facilities.leader == unit)
    if len(own) == 0:
        return False
    near = units.places.distances(np.full(len(units), unit), units.places, np.arange(len(units))) <= radius
    free = near & (chosen < 0) & (problem.demands.pinned < 0)
    most = np.sort(units.members[free])[::-1][: int(facilities.capacity[own[0]])]
    return bool(most.sum() >= facilities.need[own[0]])


def _beside_the_street(
    problem: Problem, scenario: Scenario, chosen: Ints, unit: int, listed: list[Demand]
) -> tuple[Demand, ...]:
    """Demands that leave a unit out even where other streets are open to it; none where that alone would do."""
    rules = scenario.grouping.model_copy(update={"same_street": "prefer"})
    around = surroundings_of(problem, scenario.model_copy(update={"grouping": rules}), chosen, unit)
    return _left_out_by(around, str(problem.units.ids[unit]), listed)
