"""`group`: the best grouping that the effort allows, with its proof, or one made by hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.arguments import Rule, broken, checked, choice, refuse
from workbench.grouping.answer import Grouping, Proof, explain_conflict, grouping_of, reasons_of, refute
from workbench.grouping.problem import (
    COMMUNITY,
    Component,
    Core,
    Floats,
    Ints,
    Problem,
    Reduced,
    build_problem,
    core_of,
    parts_of,
    reduce_core,
    unit_of,
)
from workbench.grouping.search import (
    METHODS,
    Callback,
    ComponentSearch,
    Effort,
    How,
    Monitor,
    Solved,
    SolvedPart,
    by_hand,
    content_of,
    settle,
)
from workbench.grouping.tolerances import SAME_COST
from workbench.inputs import asked
from workbench.stopping import Threads

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Fewer items than this in all are searched one part after the other: threads would cost more than they save.
ONE_THREAD_ITEMS = 400
#: Of the units' arcs, so many are looked up among the core's at a time.
SLICE = 1 << 22


@asked
def group(
    register: pd.DataFrame,
    scenario: Scenario,
    *,
    method: str = "optimal",
    effort: str | int = "normal",
    time_limit: float | None = None,
    gap: float | None = None,
    start: Grouping | None = None,
    seed: int = 0,
    progress: Callback | None = None,
) -> Grouping:
    """Decide who joins whom: cover the most units, then at the least cost (MODEL §8).

    Parameters
    ----------
    register
        a validated register, one row an organization; the order of rows decides nothing.
    scenario
        its ``policy`` and ``grouping`` are read.
    method
        ``"optimal"``, or by hand: ``"nearest"``, ``"community"``, ``"supervisor"`` (no proof).
    effort
        ``"quick"``, ``"normal"``, ``"high"`` or a number of work units; the same number gives the same
        answer on any machine.
    time_limit
        seconds, a safety: what is best by then is returned, and the status says so.
    gap
        stop when (cost - bound) / bound is no more than this.
    start
        a grouping to begin with, for example last week's, or a planner's own; of one that breaks rules, the
        groups that keep them. Parts of the map that did not change are not searched again, and its groups stay
        where nothing better is found.
    seed
        of the solver's own choices among equals.
    progress
        called now and then with a `SearchProgress`, by one thread at a time; False, or raising `Cancelled`, stops
        with the best so far.

    Returns
    -------
    Grouping
        assignment, groups, who is left out and why, and the proof.

    Raises
    ------
    ScenarioError
        demands name what the register does not have, or no organization has a place.
    InfeasibleError
        demands that cannot be met, with the arithmetic.
    ValueError
        an unknown method or effort, a gap or a time limit below zero or not a number, a start that is
        no Grouping.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(120, 4, seed=1)
    >>> grouping = wb.group(city, wb.Scenario.model_validate({}))
    >>> grouping.status
    'optimal'
    """
    choice("method", method, ("optimal", *METHODS))
    if gap is not None and not gap >= 0:
        refuse([broken("gap", gap, Rule(bool, "at_least_nought"))])
    if time_limit is not None and not time_limit >= 0:
        refuse([broken("time_limit", time_limit, Rule(bool, "seconds_from_nought"))])
    limits = Effort.of(effort)
    (seed,) = checked(seed=seed)
    begun = perf_counter()
    problem = build_problem(register, scenario)
    core, item_of = core_of(problem)
    refute(problem, core, item_of, scenario)
    reduced = reduce_core(core)
    if (core.must & (reduced.lost >= 0)).any():
        explain_conflict(problem, core, item_of, reduced)
    if method != "optimal":
        monitor = Monitor([1], time_limit, progress, begun)
        chosen = _manual(problem, reduced.core, item_of, method, seed)
        solved: dict[bytes, SolvedPart] = {}
        proof = Proof(float(core.size[reduced.lost < 0].sum()), float("nan"), "by_hand")
    else:
        chosen, proof, monitor, solved = _optimal(
            problem,
            core,
            item_of,
            reduced,
            limits,
            gap or 0.0,
            given_assignment(start, problem, core, item_of),
            {} if start is None else start._solved,
            seed,
            time_limit,
            progress,
            begun,
        )
    chosen = chosen[item_of]
    proven = method == "optimal" and bool((chosen >= 0).sum() >= proof.covered_bound)
    reasons = reasons_of(problem, scenario, chosen, item_of, reduced.lost, proven=proven)
    return grouping_of(
        problem,
        chosen,
        reasons,
        proof,
        monitor,
        scenario,
        {"method": method, "effort": limits.units, "seed": seed},
        solved,
    )


def _optimal(
    problem: Problem,
    core: Core,
    item_of: Ints,
    reduced: Reduced,
    effort: Effort,
    gap: float,
    given: Ints | None,
    known: Solved,
    seed: int,
    time_limit: float | None,
    progress: Callback | None,
    begun: float,
) -> tuple[Ints, Proof, Monitor, dict[bytes, SolvedPart]]:
    unit = unit_of(reduced.core)
    reduced = replace(reduced, core=reduced.core.in_units(unit))
    parts = parts_of(reduced.core)
    monitor = Monitor([int(part.core.size.sum()) for part in parts], time_limit, progress, begun, unit)
    beginning = _manual(problem, reduced.core, item_of, "nearest", seed)
    if (beginning[core.must] < 0).any():
        explain_conflict(problem, core, item_of, reduced)
    how = How(effort.units, seed, gap, len(parts) > 1)
    searches, todo, contents = [], [], [content_of(part.core) for part in parts]
    kept = [_inside(given, part, core) for part in parts]
    for number, part in enumerate(parts):
        begin = _inside(beginning, part, core)
        assert begin is not None
        own = kept[number]
        if own is not None and _better(part.core.total(own), part.core.total(begin)):
            begin = own
        search = ComponentSearch(part.core, effort, seed, monitor, number, gap, how.others, begin)
        searches.append(search)
        before = known.get(contents[number])
        if before is not None and before.serves(how):
            search.recall(before)
        else:
            todo.append(search)
    _run_all(todo, monitor)
    chosen = np.full(core.items, -1, np.int64)
    for part, search in zip(parts, searches, strict=True):
        taken = search.chosen >= 0
        chosen[part.items[taken]] = part.facilities[search.chosen[taken]]
    chosen = settle(reduced.core, chosen)
    solved: dict[bytes, SolvedPart] = {}
    for number, (part, search) in enumerate(zip(parts, searches, strict=True)):
        own, found = kept[number], _inside(chosen, part, core)
        assert found is not None
        if own is not None and _no_gain(part.core.total(own), part.core.total(found)):
            # A planner's own groups stay where nothing better was found.
            found = own
            chosen[part.items] = np.where(own >= 0, part.facilities[own], -1)
        if monitor.stopped is None:
            solved[contents[number]] = search.solved(found, how)
    return chosen, _proof(searches, monitor, gap, unit), monitor, solved


def _inside(chosen: Ints | None, part: Component, core: Core) -> Ints | None:
    """An assignment of the whole as one of a part."""
    if chosen is None:
        return None
    place = np.full(core.facilities + 1, -1, np.int64)  # the last for who is left out
    place[part.facilities] = np.arange(len(part.facilities))
    return np.asarray(place[chosen[part.items]])


def _run_all(searches: list[ComponentSearch], monitor: Monitor) -> None:
    """Search all parts side by side where there is enough to do: the largest first, then where most is to be gained.

    Every part gets an answer and a bound before any is searched to its end: a time limit then costs little.
    """

    def gap(search: ComponentSearch) -> tuple[float, float]:
        return search.covered_bound - search.covered, search.cost - search.cost_bound

    def size(search: ComponentSearch) -> tuple[float, float]:
        return search.core.items, 0.0

    steps: list[tuple[Callable[[ComponentSearch], None], Callable[[ComponentSearch], tuple[float, float]]]] = [
        (ComponentSearch.approach, size),
        (ComponentSearch.finish, gap),
    ]
    for number in range(1, max((len(search.steps) for search in searches), default=1)):
        steps.append((partial(_deepen, number), gap))
    threads = min(os.cpu_count() or 1, len(searches))
    if threads == 1 or sum(search.core.items for search in searches) < ONE_THREAD_ITEMS:
        for step, _ in steps:
            for search in searches:
                step(search)
        return
    with Threads(threads) as pool:
        try:
            for step, most in steps:
                for _ in pool.map(step, sorted(searches, key=most, reverse=True)):
                    pass
        except BaseException:
            # A callback's own error, or Ctrl+C: the others shall not go on for nothing.
            monitor.stopped = "cancelled"
            raise


def _deepen(step: int, search: ComponentSearch) -> None:
    search.deepen(step)


def _better(one: tuple[int, float], other: tuple[int, float]) -> bool:
    """Whether (covered, cost) is no worse than another: more units, or as many at no more cost."""
    return (one[0], -one[1]) >= (other[0], -other[1])


def _no_gain(own: tuple[int, float], found: tuple[int, float]) -> bool:
    """Whether what was found is no better than what was given, but for rounding."""
    return own[0] == found[0] and own[1] <= found[1] + SAME_COST * (1 + found[1])


def _proof(searches: list[ComponentSearch], monitor: Monitor, gap: float, unit: float) -> Proof:
    covered_bound = sum(search.covered_bound for search in searches)
    covered = sum(search.covered for search in searches)
    cost = sum(search.cost for search in searches)
    bound = sum(min(search.cost_bound, search.cost) for search in searches)
    stopped_by = ""
    if all(search.proven for search in searches):
        status, bound = "optimal", cost
    elif gap and covered == covered_bound and cost <= bound * (1 + gap):
        status, stopped_by = "within_gap", "gap"
    else:
        status = monitor.stopped or "effort_spent"
        # Of the parts that are not proven, the one where most is open.
        worst = max(
            searches, key=lambda search: (search.covered_bound - search.covered, search.cost - search.cost_bound)
        )
        stopped_by = (
            monitor.stopped or ("coverage" if worst.covered < worst.covered_bound else worst.stopped_by) or "looks"
        )
    return Proof(float(covered_bound), float(bound) * unit, status, stopped_by)


def _manual(problem: Problem, core: Core, item_of: Ints, method: str, seed: int) -> Ints:
    """The hand method on the core, with distances and supervisors brought over from the units' arcs."""
    far, strange = _over_items(problem, core, item_of)
    return by_hand(core, far, method, strange == 0, problem.facilities.kind == COMMUNITY, seed)


def _over_items(problem: Problem, core: Core, item_of: Ints) -> tuple[Floats, Floats]:
    """Distances of the units' arcs, added up on the core's arcs, and how many there have another supervisor.

    Slice by slice: a nation has forty million arcs, and what is only looked up on the way would take as much memory as
    all that is kept of them.
    """
    arcs, facilities = problem.arcs, problem.facilities
    own, other = problem.units.supervisor, facilities.supervisor
    keys = core.facility * core.items + core.item
    far, strange = np.zeros(len(keys)), np.zeros(len(keys))
    for begin in range(0, len(arcs.unit) if len(keys) else 0, SLICE):
        unit, facility, distance = (part[begin : begin + SLICE] for part in (arcs.unit, arcs.facility, arcs.distance))
        wanted = facility * core.items + item_of[unit]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = keys[at] == wanted
        apart = ((own[unit] != other[facility]) | (own[unit] == "")) & (facilities.leader[facility] != unit)
        np.add.at(far, at[found], distance[found])
        np.add.at(strange, at[found], apart[found])
    return far, strange


def given_assignment(start: Grouping | None, problem: Problem, core: Core, item_of: Ints) -> Ints | None:
    """What is legal of a grouping in a problem, as an assignment of items; None where it leaves out a pinned one."""
    if start is None:
        return None
    unit = {name: k for k, name in enumerate(problem.units.ids)}
    names = zip(problem.facilities.kind_names, problem.facilities.ids, strict=True)
    facility = {name: k for k, name in enumerate(names)}
    chosen = np.full(len(problem.units), -1, np.int64)
    table = start.assignment
    for org_id, kind, name in zip(table["org_id"], table["facility_kind"], table["facility_id"], strict=True):
        if org_id in unit and (kind, name) in facility:
            chosen[unit[org_id]] = facility[kind, name]
    items = np.full(core.items, -1, np.int64)
    items[item_of] = chosen
    items[item_of[items[item_of] != chosen]] = -1
    items = core.legal(items)
    return items if core.allows(items) else None
