"""Joint branches: covered units, cost and proof, against solvers on a compact model, a clustering and hand methods.

Everybody has the same time on the clock, and every answer is scored by `Grouping.check`, which uses no solver's code.
HiGHS and CP-SAT get the compact model of the 40 nearest facilities, as an analyst would build it: HiGHS starts from
the nearest by hand, first covers, then saves; CP-SAT has a weight on coverage that no cost can outweigh.
k-means-constrained makes clusters of three to five by place alone; each is led by its medoid, and who is too far from
it is left out. Prices and windows is `peers.windows`, on the whole core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.maps import instance
from benchmarks.measuring import in_child, table
from benchmarks.peers.windows import windows
from workbench.grouping import Grouping, group
from workbench.grouping.answer.result import Proof, grouping_of
from workbench.grouping.models.compact import least_cost, most_covered
from workbench.grouping.problem.build import Problem, build_problem
from workbench.grouping.problem.core import Core, core_of
from workbench.grouping.search.monitor import Monitor
from workbench.inputs import Scenario

TITLE = "Joint branches"
LONG = True
PACKAGES = ("ortools", "k-means-constrained")
#: By map, units and seconds for each method. On one point everybody can join everybody: a million pairs at 1,000.
SIZES = {
    "uniform": {60: 5.0, 300: 10.0, 1000: 30.0, 3000: 60.0},
    "clustered": {60: 5.0, 300: 10.0, 1000: 30.0, 3000: 60.0},
    "one point": {60: 5.0, 300: 10.0, 1000: 30.0},
    "islands": {3000: 30.0},
    "distances only": {1000: 30.0},
    "dense": {300: 10.0, 1000: 30.0, 3000: 70.0},
    "dense, distances only": {300: 10.0, 1000: 30.0},
    "dense, shared points": {300: 10.0, 1000: 30.0},
    "dense, same street": {300: 10.0, 1000: 30.0},
    "dense, ten a group": {300: 10.0, 1000: 30.0},
    "geocoded": {300: 10.0, 1000: 30.0},
    "one point, two members": {300: 5.0},
    "one point, several streets": {300: 5.0},
    "one point, many sorts": {60: 5.0, 300: 5.0, 1000: 10.0},
}
#: Facilities that the compact model keeps for each unit.
NEAREST = 40
#: Units up to which a peer is asked: beyond, clustering does not end, and CP-SAT left hundreds out within the limit.
UP_TO = {"k-means 3..5": 1000, "CP-SAT, compact 40": 1000}


def measure() -> Iterator[str]:
    """A table for each kind of map."""
    for family, sizes in SIZES.items():
        rows = []
        for units, seconds in sizes.items():
            rows += scores(family, units, seconds, PEERS)
        yield f"### {family.capitalize()}"
        yield table(pd.DataFrame(rows), index=False)
    yield (
        "*gap*: cost over this project's bound, at equal coverage; a dash where fewer units are covered. *rules*: what "
        "`Grouping.check` says. *seconds*: on the clock; a limit is the same for all in a size."
    )


def scores(family: str, units: int, seconds: float, peers: tuple[str, ...]) -> list[dict[str, object]]:
    """One row a method, each measured in a process of its own."""
    rows: list[dict[str, object]] = []
    bound, most = float("nan"), -1
    for peer in ("workbench", *peers):
        if units > UP_TO.get(peer, units):
            continue
        child = in_child(_one, peer, family, units, seconds)
        found = child.result
        if peer == "workbench":
            bound, most = found.bound, found.covered
        gap = max(0.0, found.cost - bound) / bound if found.covered == most and bound > 0 else float("nan")
        rows.append({
            "units": units, "method": peer, "covered": found.covered, "at most": found.most, "cost": found.cost,
            "gap": "–" if np.isnan(gap) else f"{gap:.2%}", "rules": found.rules, "status": found.status,
            "seconds": found.seconds, "MiB": round(child.peak_mib),
        })  # fmt: skip
    return rows


@dataclass(frozen=True)
class Score:
    """What the check says of an answer, and what the solver claims."""

    covered: int
    most: int
    cost: float
    bound: float
    rules: str
    status: str
    seconds: float


def _one(peer: str, family: str, units: int, seconds: float) -> Score:
    register, scenario = instance(family, units)
    _warm(peer)
    begun = perf_counter()
    grouping = METHODS[peer](register, scenario, seconds)
    taken = perf_counter() - begun
    report = grouping.check(register, scenario)
    rules = "kept" if report.ok else f"{len(report.faults)} broken"
    return Score(
        report.covered, grouping.covered_bound, report.cost, grouping.cost_bound, rules, grouping.status, taken
    )


def _warm(peer: str) -> None:
    """Compile and load before the clock runs."""
    METHODS[peer](*instance("uniform", 450 if peer == "workbench" else 30), 60.0 if peer == "workbench" else 1.0)


def _workbench(register: pd.DataFrame, scenario: Scenario, seconds: float) -> Grouping:
    return group(register, scenario, time_limit=seconds)


def _by_hand(method: str) -> Callable[[pd.DataFrame, Scenario, float], Grouping]:
    return lambda register, scenario, seconds: group(register, scenario, method=method)


def _on_core(
    solve: Callable[[Core, Any, float], Any], *, pruned: bool = True
) -> Callable[[pd.DataFrame, Scenario, float], Grouping]:
    """An answer of a method on the core, pruned to the nearest facilities or whole."""

    def answer(register: pd.DataFrame, scenario: Scenario, seconds: float) -> Grouping:
        begun = perf_counter()
        problem = build_problem(register, scenario)
        core, item_of = core_of(problem)
        if pruned:
            core = core.keep(_nearest(core))
        hand = _by_hand("nearest")(register, scenario, seconds).assignment
        place = {
            name: k for k, name in enumerate(zip(problem.facilities.kind_names, problem.facilities.ids, strict=True))
        }
        begin = np.full(len(item_of), -1, np.int64)
        at = np.searchsorted(problem.units.ids, hand["org_id"].to_numpy(dtype=object))
        begin[at] = [place[pair] for pair in zip(hand["facility_kind"], hand["facility_id"], strict=True)]
        chosen = solve(core, core.legal(begin), seconds - (perf_counter() - begun))
        return _as_grouping(problem, scenario, chosen[item_of], begun)

    return answer


def _nearest(core: Core) -> np.ndarray[Any, np.dtype[np.bool_]]:
    order = np.lexsort((core.facility, core.cost, core.item))
    start = np.concatenate([[0], np.cumsum(np.bincount(core.item, minlength=core.items))])
    keep = np.zeros(len(order), dtype=np.bool_)
    keep[order] = np.arange(len(order)) - start[core.item[order]] < NEAREST
    return keep


def _highs(core: Core, begin: Any, seconds: float) -> Any:
    begun = perf_counter()
    cover = most_covered(core, start=begin, work=10**9, seed=0, seconds=seconds / 3)
    if cover.chosen is None:
        return begin
    covered = core.total(cover.chosen)[0]
    left = seconds - (perf_counter() - begun)
    cheap = least_cost(core, covered, start=cover.chosen, work=10**9, seed=0, seconds=left)
    return cover.chosen if cheap.chosen is None else cheap.chosen


def _cp_sat(core: Core, begin: Any, seconds: float) -> Any:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    take = [model.new_bool_var("") for _ in range(len(core.item))]
    own = {int(core.facility[k]): take[k] for k in np.flatnonzero(core.leads)}
    opened = [own.get(f) if core.lead[f] >= 0 else model.new_bool_var("") for f in range(core.facilities)]
    of_item: list[list[Any]] = [[] for _ in range(core.items)]
    scale = 10_000
    weight = scale * 1000
    terms = []
    for k, (item, facility) in enumerate(zip(core.item, core.facility, strict=True)):
        of_item[item].append(take[k])
        terms.append((round(core.cost[k] * scale) - weight) * take[k])
        door = opened[facility]
        if door is None:
            model.add(take[k] == 0)
        else:
            model.add_implication(take[k], door)
    for taken in of_item:
        model.add_at_most_one(taken)
    for f, door in enumerate(opened):
        inside = take[core.start[f] : core.start[f + 1]]
        if door is not None and len(inside):
            model.add(sum(inside) <= int(core.capacity[f]) * door)
            model.add(sum(inside) >= int(core.need[f]) * door)
            terms.append(round(core.opening[f] * scale) * door)
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    solver.parameters.num_workers = 2
    chosen = np.full(core.items, -1, np.int64)
    if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for k, variable in enumerate(take):
            if solver.value(variable):
                chosen[core.item[k]] = core.facility[k]
    return chosen


def _k_means(register: pd.DataFrame, scenario: Scenario, seconds: float) -> Grouping:
    from k_means_constrained import KMeansConstrained

    begun = perf_counter()
    problem = build_problem(register, scenario)
    core, item_of = core_of(problem)
    points = problem.units.places.points
    clusters = KMeansConstrained(-(-len(points) // 4), size_min=3, size_max=5, n_init=1, max_iter=20, random_state=0)
    label = clusters.fit_predict(points)
    chosen = np.full(len(points), -1, np.int64)
    for cluster in np.unique(label):
        inside = np.flatnonzero(label == cluster)
        far = np.hypot(*(points[inside, None] - points[None, inside]).transpose(2, 0, 1))
        medoid = inside[int(far.sum(axis=1).argmin())]
        near = inside[far[inside == medoid][0] <= scenario.grouping.max_distance_km]
        if len(near) >= scenario.grouping.min_members:
            chosen[near] = medoid
    return _as_grouping(problem, scenario, core.legal(chosen)[item_of], begun)


def _as_grouping(problem: Problem, scenario: Scenario, chosen: Any, begun: float) -> Grouping:
    reasons = np.full(len(problem.units), "no_room", dtype=object)
    proof = Proof(float(len(problem.units)), float("nan"), "by_hand")
    monitor = Monitor([1], None, None, begun)
    return grouping_of(problem, chosen, (reasons, {}), proof, monitor, scenario, {}, {})


METHODS: dict[str, Callable[[pd.DataFrame, Scenario, float], Grouping]] = {
    "workbench": _workbench,
    "HiGHS, compact 40": _on_core(_highs),
    "CP-SAT, compact 40": _on_core(_cp_sat),
    "prices and windows": _on_core(windows, pruned=False),
    "k-means 3..5": _k_means,
    "nearest by hand": _by_hand("nearest"),
    "community by hand": _by_hand("community"),
    "supervisor by hand": _by_hand("supervisor"),
}
#: All but this project's own.
PEERS = tuple(list(METHODS)[1:])
