"""`group`: the best grouping that the effort allows, with its proof, or one made by hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
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
    reduced, item_of, given = _to_choose(problem, scenario, start)
    lost = reduced.lost
    if method != "optimal":
        monitor = Monitor([1], time_limit, progress, begun)
        chosen = _manual(problem, reduced.core, item_of, method, seed)
        solved: dict[bytes, SolvedPart] = {}
        proof = Proof(float(reduced.core.size[lost < 0].sum()), float("nan"), "by_hand")
    else:
        task = _task(problem, reduced, item_of, given, seed)
        # Of a nation's pairings no more is held than is needed: the parts' beside the problem's, and those at the last.
        del reduced
        monitor = Monitor([int(part.core.size.sum()) for part in task.parts], time_limit, progress, begun, task.unit)
        known = {} if start is None else start._solved
        chosen, proof, solved = _optimal(task, limits, gap or 0.0, known, seed, monitor)
        del task
    chosen = chosen[item_of]
    proven = method == "optimal" and bool((chosen >= 0).sum() >= proof.covered_bound)
    reasons = reasons_of(problem, scenario, chosen, item_of, lost, proven=proven)
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


@dataclass(frozen=True, eq=False)
class _Task:
    """What there is to choose, in parts that have nothing to do with each other.

    Attributes
    ----------
    parts
        their costs are in multiples of `unit`.
    items
        of the whole.
    begin
        by part, an assignment to begin with.
    kept
        by part, what a planner gave to begin with; None where that is nothing.
    """

    parts: list[Component]
    unit: float
    items: int
    begin: list[Ints]
    kept: list[Ints | None]


def _to_choose(problem: Problem, scenario: Scenario, start: Grouping | None) -> tuple[Reduced, Ints, Ints | None]:
    """What arithmetic leaves to choose from, the item of each unit, and a grouping to begin with as items."""
    core, item_of = core_of(problem)
    refute(problem, core, item_of, scenario)
    reduced = reduce_core(core)
    if (core.must & (reduced.lost >= 0)).any():
        explain_conflict(problem, core, item_of, reduced)
    return reduced, item_of, given_assignment(start, problem, core, item_of)


def _task(problem: Problem, reduced: Reduced, item_of: Ints, given: Ints | None, seed: int) -> _Task:
    """The parts, each with what a planner's hand makes of it or what was given, whichever is better."""
    unit = unit_of(reduced.core)
    core = reduced.core.in_units(unit)
    hand = _manual(problem, core, item_of, "nearest", seed)
    if (hand[core.must] < 0).any():
        explain_conflict(problem, core, item_of, replace(reduced, core=core))
    parts = parts_of(core)
    begin = [_inside(hand, part, core) for part in parts]
    kept = [None if given is None else _inside(given, part, core) for part in parts]
    for number, (part, own) in enumerate(zip(parts, kept, strict=True)):
        if own is not None and _better(part.core.total(own), part.core.total(begin[number])):
            begin[number] = own
    return _Task(parts, unit, core.items, begin, kept)


def _optimal(
    task: _Task, effort: Effort, gap: float, known: Solved, seed: int, monitor: Monitor
) -> tuple[Ints, Proof, dict[bytes, SolvedPart]]:
    """The best choice that the effort allows, but for parts that are known already; each settled by itself."""
    parts = task.parts
    how = How(effort.units, seed, gap, len(parts) > 1)
    contents = [content_of(part.core) for part in parts]
    searches, todo = [], []
    for number, (part, begin) in enumerate(zip(parts, task.begin, strict=True)):
        search = ComponentSearch(core=part.core, effort=effort, seed=seed, monitor=monitor, part=number, gap=gap,
                                 others=how.others, chosen=begin)  # fmt: skip
        searches.append(search)
        before = known.get(contents[number])
        if before is not None and before.serves(how):
            search.recall(before)
        else:
            todo.append(search)
    _run_all(todo, monitor)
    chosen = np.full(task.items, -1, np.int64)
    solved: dict[bytes, SolvedPart] = {}
    for content, part, search, own in zip(contents, parts, searches, task.kept, strict=True):
        found = settle(part.core, search.chosen)
        if own is not None and _no_gain(part.core.total(own), part.core.total(found)):
            # A planner's own groups stay where nothing better was found.
            found = own
        taken = found >= 0
        chosen[part.items[taken]] = part.facilities[found[taken]]
        if monitor.stopped is None:
            solved[content] = search.solved(found, how)
    return chosen, _proof(searches, monitor, gap, task.unit), solved


def _inside(chosen: Ints, part: Component, core: Core) -> Ints:
    """An assignment of the whole as one of a part."""
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

    Slice by slice: a nation has some twenty million arcs, and what is only looked up on the way would take as much
    memory as all that is kept of them.
    """
    arcs, facilities, units = problem.arcs, problem.facilities, problem.arcs.unit
    own, other = problem.units.supervisor, facilities.supervisor
    far, strange = np.zeros(len(core.item)), np.zeros(len(core.item))
    for begin in range(0, len(arcs), SLICE):
        some = slice(begin, begin + SLICE)
        unit, facility = units[some], arcs.facility[some]
        at = core.find(facility, item_of[unit])
        found = at >= 0
        apart = ((own[unit] != other[facility]) | (own[unit] == "")) & (facilities.leader[facility] != unit)
        np.add.at(far, at[found], arcs.distance[some][found])
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
