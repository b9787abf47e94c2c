"""The optimum against an exact integer programme, written plainly for another solver's interface."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from tests.oracle.grouping_instances import city, rules
from tests.oracle.grouping_twin import _cost, _facilities
from workbench.grouping import group


def _town(seed: int, units: int):
    rng = np.random.default_rng(seed)
    size = np.sqrt(units / rng.choice([0.5, 1.5, 4.0]))
    rows = []
    for k in range(units + 4):
        branch = k >= units
        rows.append({
            "street": rng.choice(["甲街道", "乙街道"]), "community": rng.choice(["东社区", "西社区"]),
            "x": float(rng.uniform(0, size)), "y": float(rng.uniform(0, size)),
            "full_members": 4 if branch else int(rng.choice([1, 1, 2])), "has_branch": branch,
            "host_capacity": int(rng.integers(0, 4)) if branch else 0,
            "industry": rng.choice(["教育", "文化", "科技"]), "supervisor": rng.choice(["民政", "教育局"]),
        })  # fmt: skip
    ids = [f"u{k:02d}" for k in range(units)]
    pairs = [[str(a), str(b)] for a, b in rng.choice(ids, (3, 2)) if a != b]
    if seed % 3 == 0:
        # These two shall be together.
        pairs = [pair for pair in pairs if set(pair) != {"u00", "u01"}]
    policy = {"two_members": str(rng.choice(["assisted", "joint"]))}
    return city(*rows), rules(
        policy=policy,
        cannot_link=pairs,
        must_link=[["u00", "u01"]] if seed % 3 == 0 else [],
        max_units=int(rng.choice([3, 5, 8])),
        max_distance_km=float(rng.choice([1.0, 2.5])),
    )


def _milp(register, scenario):
    """Units covered and cost: the most, then the least."""
    limits = scenario.grouping
    rows = dict(register.iterrows())
    wanted = {1, 2} if scenario.policy.two_members == "joint" else {1}
    units = [u for u in sorted(rows) if not rows[u]["has_branch"] and rows[u]["full_members"] in wanted]
    facilities = _facilities(rows, units, limits)
    arcs = [
        (u, f, cost)
        for f, facility in enumerate(facilities)
        for u in units
        if (cost := _cost(u, facility, rows, limits)) is not None
    ]
    used = {(u, f): k for k, (u, f, _) in enumerate(arcs)}
    entries, low, high = [], [], []

    def row(terms, least, most):
        entries.extend((len(low), column, value) for column, value in terms)
        low.append(least)
        high.append(most)

    opened = {f: len(arcs) + f for f in range(len(facilities))}
    for u in units:
        row([(used[u, f], 1) for f in opened if (u, f) in used], 0, 1)
    for f, facility in enumerate(facilities):
        inside = [u for u in units if (u, f) in used]
        for u in inside:
            row([(used[u, f], 1), (opened[f], -1)], -np.inf, 0)
        row([(used[u, f], 1) for u in inside] + [(opened[f], -facility.most)], -np.inf, 0)
        members = [(used[u, f], int(rows[u]["full_members"])) for u in inside]
        row([*members, (opened[f], -facility.least)], 0, np.inf)
        if facility.kind == "peer":
            row([(used[facility.name, f], 1), (opened[f], -1)], 0, 0)
        for a, b in limits.cannot_link:
            if a in inside and b in inside:
                row([(used[a, f], 1), (used[b, f], 1)], 0, 1)
        for a, b in limits.must_link:
            row([(used[u, f], sign) for u, sign in ((a, 1), (b, -1)) if (u, f) in used], 0, 0)
    columns = len(arcs) + len(facilities)
    cover = np.r_[np.ones(len(arcs)), np.zeros(len(facilities))]
    spend = np.r_[[cost for *_, cost in arcs], [facility.opening for facility in facilities]]

    def solve(objective, extra=()):
        at, column, value = zip(*entries, strict=True)
        matrix = coo_array((value, (at, column)), shape=(len(low), columns)).tocsr()
        constraints = [LinearConstraint(matrix, low, high), *extra]
        found = milp(
            objective,
            integrality=np.ones(columns),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0.0},
        )
        assert found.success
        return found.fun

    covered = round(-solve(-cover))
    return covered, solve(spend, [LinearConstraint(cover, covered, np.inf)])


def _crowd(seed: int, units: int):
    """Units of few sorts on one or two points, with hosts and a centre; now and then demands single some out."""
    rng = np.random.default_rng([seed, 1])
    points = [(0.0, 0.0), (0.4, 0.3)][: int(rng.integers(1, 3))]
    rows = []
    for k in range(units + 2):
        branch = k >= units
        x, y = points[int(rng.integers(len(points)))]
        rows.append({
            "x": x, "y": y, "community": "东社区" if seed % 2 else None,
            "full_members": 4 if branch else int(rng.choice([1, 1, 1, 2])), "has_branch": branch,
            "host_capacity": int(rng.integers(0, 3)) if branch else 0,
            "industry": rng.choice(["教育", "文化"]),
            "supervisor": "民政" if seed % 3 else rng.choice(["民政", "教育局"]),
        })  # fmt: skip
    return city(*rows), rules(
        policy={"two_members": str(rng.choice(["assisted", "joint"]))},
        max_units=int(rng.choice([3, 5])),
        max_distance_km=float(rng.choice([0.2, 2.0])),
        cannot_link=[["u00", "u01"], ["u00", "u02"]] if seed % 4 == 0 else [],
    )


def _throng(seed: int, units: int):
    """Units of many sorts on one point or three, with hosts and centres, and demands of every kind."""
    rng = np.random.default_rng([seed, 2])
    points = [(0.0, 0.0), (0.4, 0.3), (1.5, 0.0)][: 1 if seed % 3 else 3]
    rows = []
    for k in range(units + 3):
        branch = k >= units
        x, y = points[int(rng.integers(len(points)))]
        rows.append({
            "x": x, "y": y, "street": rng.choice(["甲街道", "乙街道"]),
            "community": rng.choice(["东社区", "西社区"]) if seed % 2 else None,
            "full_members": 4 if branch else int(rng.choice([1, 1, 1, 2])), "has_branch": branch,
            "host_capacity": int(rng.integers(0, 4)) if branch else 0,
            "industry": rng.choice(["教育", "文化", "科技"]), "supervisor": rng.choice(["民政", "教育局", None]),
        })  # fmt: skip
    # The first five are one-member units, for the demands to name.
    for row in rows[:5]:
        row["full_members"] = 1
    demands = {"cannot_link": [["u00", "u01"], ["u00", "u02"]], "must_link": [["u03", "u04"]]} if seed % 4 == 0 else {}
    return city(*rows), rules(
        policy={"two_members": str(rng.choice(["assisted", "joint"]))},
        max_units=int(rng.choice([3, 5, 5, 10])),
        max_distance_km=float(rng.choice([1.0, 3.0])),
        same_street=str(rng.choice(["prefer", "prefer", "require", "ignore"])),
        pinned={"u02": ["peer", "u02"]} if seed % 5 == 0 else {},
        **demands,
    )


@pytest.mark.parametrize("seed", range(48))
def test_many_sorts_on_few_points_are_solved_as_an_integer_programme_solves_them(seed):
    _hold_against_milp(*_throng(seed, 12 + seed % 13))


@pytest.mark.parametrize("batch", range(10))
@pytest.mark.parametrize("make", [_town, _crowd])
def test_many_small_towns_are_solved_as_an_integer_programme_solves_them(make, batch):
    for seed in range(100 + 10 * batch, 110 + 10 * batch):
        register, scenario = make(seed, 6 + seed % 7)
        _hold_against_milp(register, scenario)


@pytest.mark.parametrize("seed", range(24))
def test_the_same_as_an_exact_integer_programme(seed):
    _hold_against_milp(*_town(seed, 14 + seed))


def _hold_against_milp(register, scenario):
    wanted = ("u00", "u01")
    if scenario.grouping.must_link and scenario.policy.two_members == "assisted":
        register.loc[list(wanted), "full_members"] = 1
    covered, cost = _milp(register, scenario)
    grouping = group(register, scenario)
    assert (grouping.covered, grouping.covered_bound) == (covered, covered)
    assert grouping.cost == pytest.approx(cost, abs=1e-5)
    assert grouping.status == "optimal"
    assert grouping.check(register, scenario).ok
