"""The fewest members that the census must find, by proof: who has how many and who joins whom, decided together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping.problem import Problem, build_problem
from workbench.inputs.register import in_scope, tiers

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Full members of a tier that may be short of a branch of its own.
MEMBERS_OF_A_TIER = {"T0": 0, "T1": 1, "T2": 2}
#: Choices of the model, at most, and branch-and-bound nodes: larger cities are bounded otherwise.
MOST_CHOICES, MOST_NODES = 4_000, 20_000


class Fewest(NamedTuple):
    """What the model found.

    finds : org_id -> members to be found there; None where no number is enough. bound : no fewer are enough.
    """

    finds: dict[str, int] | None
    bound: int


def fewest_members(register: pd.DataFrame, scenario: Scenario, needed: int) -> Fewest | None:
    """The fewest members, anywhere, with which so many organizations more than those that are sure are covered.

    One model decides how many members are found in each organization, which of them form branches of their own, and
    who joins whom (MODEL §8, without its costs: coverage comes first there).

    Parameters
    ----------
    register, scenario
        as for `required_members`.
    needed
        organizations to be covered beside those with a branch, three members, or two with an instructor.

    Returns
    -------
    Fewest | None
        None where the model would be too large, or planners pin, pair or part organizations.
    """
    rules = scenario.grouping
    if rules.pinned or rules.must_link or rules.cannot_link:
        return None
    scope = in_scope(register, scenario).sort_index()
    tier = tiers(scope, scenario)
    joint = scenario.policy.two_members == "joint"
    short = tier.isin(["T0", "T1", "T2"] if joint else ["T0", "T1"]) & ~scope["dormant"] & ~scope["has_branch"]
    ids = np.asarray(scope.index[short.to_numpy(dtype=bool)], dtype=object)
    there = np.array([MEMBERS_OF_A_TIER[str(tier[each])] for each in ids], dtype=np.int64)
    if needed > ids.size:
        return Fewest(None, 0)
    # Whoever has no member is a unit once it has one: every way to join is known before it is.
    problem = build_problem(with_members(register, dict.fromkeys(map(str, ids[there == 0]), 1)), scenario)
    return _solve(problem, list(map(str, ids)), there, 3 if joint else 2, needed)


def with_members(register: pd.DataFrame, finds: dict[str, int]) -> pd.DataFrame:
    """The register with so many more members on the rolls of these organizations."""
    found = register.copy()
    more = pd.Series(finds, dtype=np.int64)
    for column in ("full_members", "members_on_roll"):
        # Where the parts are not known, they stay so.
        raised = found.loc[more.index, column] + more
        found.loc[more.index, column] = raised.astype(found[column].dtype)
    return found


class _Choices(NamedTuple):
    """The model's binary choices: each for an organization, with a cost in members, and what it contributes.

    who : organization. cost : members to be found. members : with them. facility : -1 for a branch of its own.
    """

    who: NDArray[np.int64]
    cost: NDArray[np.int64]
    members: NDArray[np.int64]
    facility: NDArray[np.int64]


def _choices(problem: Problem, ids: list[str], there: NDArray[np.int64], enough: int) -> _Choices:
    place = {org_id: number for number, org_id in enumerate(ids)}
    unit = np.array([place[str(org_id)] for org_id in problem.units.ids], dtype=np.int64)
    rows = [(who, enough - int(count), enough, -1) for who, count in enumerate(there)]
    for who, facility in zip(unit[problem.arcs.unit].tolist(), problem.arcs.facility.tolist(), strict=True):
        # A unit has fewer members than a branch of its own takes; more than it has are to be found.
        rows += [(who, size - int(there[who]), size, facility) for size in range(max(int(there[who]), 1), enough)]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return _Choices(*table.T)


def _solve(problem: Problem, ids: list[str], there: NDArray[np.int64], enough: int, needed: int) -> Fewest | None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, vstack

    choices = _choices(problem, ids, there, enough)
    facilities = problem.facilities
    picks, places = choices.who.size, len(facilities.ids)
    if picks > MOST_CHOICES:
        return None
    size = picks + places
    joins = np.flatnonzero(choices.facility >= 0)
    at = choices.facility[joins]

    def matrix(row: NDArray[np.int64], column: NDArray[np.int64], value: NDArray[np.float64], rows: int) -> coo_array:
        return coo_array((value, (row, column)), shape=(rows, size))

    ones = np.ones(picks)
    used = picks + np.arange(places)
    peers = np.flatnonzero(facilities.leader >= 0)
    unit_of = {org_id: number for number, org_id in enumerate(ids)}
    leader = np.array([unit_of[str(problem.units.ids[facilities.leader[peer]])] for peer in peers], dtype=np.int64)
    led = {(int(who), int(where)): turn for turn, (who, where) in enumerate(zip(leader, peers, strict=True))}
    leads = [(led[key], choice) for choice in joins
             if (key := (int(choices.who[choice]), int(choices.facility[choice]))) in led]  # fmt: skip
    turn, lead = (np.array(each, dtype=np.int64) for each in zip(*leads, strict=True)) if leads else (
        np.empty(0, np.int64), np.empty(0, np.int64))  # fmt: skip
    blocks = [
        # One choice an organization.
        (matrix(choices.who, np.arange(picks), ones, len(ids)), -np.inf, 1.0),
        # Enough organizations in all.
        (matrix(np.zeros(picks, np.int64), np.arange(picks), ones, 1), float(needed), np.inf),
        # No facility takes more than it may, and none that is not used.
        (matrix(np.concatenate([at, np.arange(places)]), np.concatenate([joins, used]),
                np.concatenate([np.ones(joins.size), -facilities.capacity.astype(float)]), places), -np.inf, 0.0),
        # Groups have the members that they need; a host needs none.
        (matrix(np.concatenate([at, np.arange(places)]), np.concatenate([joins, used]),
                np.concatenate([choices.members[joins].astype(float), -facilities.need.astype(float)]), places),
         0.0, np.inf),
        # A leading peer is a unit of its own group.
        (matrix(np.concatenate([turn, np.arange(peers.size)]), np.concatenate([lead, used[peers]]),
                np.concatenate([np.ones(lead.size), -np.ones(peers.size)]), peers.size), 0.0, np.inf),
    ]  # fmt: skip
    rows = vstack([block for block, _, _ in blocks])
    low = np.concatenate([np.full(block.shape[0], least) for block, least, _ in blocks])
    high = np.concatenate([np.full(block.shape[0], most) for block, _, most in blocks])
    found = milp(
        np.concatenate([choices.cost.astype(float), np.zeros(places)]),
        constraints=LinearConstraint(rows, low, high), bounds=Bounds(0, 1), integrality=np.ones(size),
        options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0},
    )  # fmt: skip
    bound = 0 if found.mip_dual_bound is None else max(0, int(np.ceil(found.mip_dual_bound - 1e-6)))
    if found.x is None:
        return Fewest(None, bound)
    taken = np.flatnonzero(found.x[:picks] > 0.5)
    finds = {ids[choices.who[pick]]: int(choices.cost[pick]) for pick in taken if choices.cost[pick]}
    return Fewest(finds, bound)
