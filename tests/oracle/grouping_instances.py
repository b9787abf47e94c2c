"""Small grouping instances: by hand, and from hypothesis (grids, so that ties and shared points abound)."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from workbench.inputs import Scenario, check_register

#: What a row is when nothing is said.
ROW = {"street": "甲街道", "full_members": 1, "has_branch": False, "x": 0.0, "y": 0.0}


def city(*rows: dict, names: list[str] | None = None) -> pd.DataFrame:
    """A register of rows that say only what matters."""
    names = names or [f"u{k:02d}" for k in range(len(rows))]
    frame = pd.DataFrame([ROW | row for row in rows], index=pd.Index(names, name="org_id", dtype="str"))
    return check_register(frame)


@cache
def _checked_row() -> pd.DataFrame:
    """A row that says all that `instances` say, as a register: its columns, their types, and what the others hold."""
    parts = {"members_on_roll": 1, "members_floating": 0, "members_part_time": 0, "host_capacity": 0}
    words = {"community": "东社区", "industry": "教育", "supervisor": "民政"}
    return city({**parts, **words, "y": 0.0, "dormant": False})


def quick_city(rows: list[dict], names: list[str]) -> pd.DataFrame:
    """What `city` gives for sound rows of these columns, in a tenth of the time: a check costs more than a solve.

    `test_quick_cities_are_what_the_check_gives` holds the two together.
    """
    like = _checked_row()
    frame = pd.DataFrame(rows, index=pd.Index(names, name="org_id", dtype="str"))
    others = {name: like[name].iloc[0] for name in like.columns.difference(frame.columns)}
    others["responsible"] = frame["street"]  # its street is responsible where nothing else is said
    return frame.assign(**others)[like.columns.to_list()].astype(like.dtypes.to_dict())


def at(*points: tuple[float, float], **more) -> pd.DataFrame:
    """One-member units at points."""
    return city(*({"x": float(x), "y": float(y), **more} for x, y in points))


def rules(**grouping) -> Scenario:
    """A scenario of which only the grouping is said; `policy` goes to its own place."""
    policy = grouping.pop("policy", {})
    return Scenario.model_validate({"grouping": grouping, "policy": policy})


@st.composite
def instances(draw, most: int = 8, demands: bool = True):
    """A small register and a scenario; demands may clash."""
    count = draw(st.integers(0, most))
    hosts = draw(st.integers(0, 2))
    grid = draw(st.sampled_from([1, 3, 6]))
    streets, communities = ["甲街道", "乙街道"], ["东社区", "西社区", None]
    rows = []
    for k in range(count + hosts):
        branch = k >= count
        parts = draw(st.sampled_from([(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (2, 0, 0), (0, 0, 0)]))
        placed = draw(st.integers(0, 9)) > 0
        rows.append(
            {
                "street": draw(st.sampled_from(streets)),
                "community": draw(st.sampled_from(communities)),
                "members_on_roll": 3 if branch else parts[0],
                "members_floating": 0 if branch else parts[1],
                "members_part_time": 0 if branch else parts[2],
                "full_members": 3 if branch else sum(parts),
                "has_branch": branch,
                "host_capacity": draw(st.integers(1, 3)) if branch else 0,
                "x": float(draw(st.integers(0, grid))) if placed else np.nan,
                "y": float(draw(st.integers(0, grid))) if placed else np.nan,
                "industry": draw(st.sampled_from(["教育", "文化", None])),
                "supervisor": draw(st.sampled_from(["民政", "教育局", None])),
                "dormant": draw(st.integers(0, 11)) == 0,
            }
        )
    names = [f"o{k:02d}" for k in draw(st.permutations(range(count + hosts)))]
    nobody = {"full_members": 0, "members_on_roll": 0, "members_floating": 0, "members_part_time": 0}
    register = quick_city(rows, names) if rows else city(nobody)
    ids = sorted(register.index)
    kinds = draw(st.sampled_from([["peer", "host", "community"], ["peer"], ["host"], ["community"], ["peer", "host"]]))
    grouping = {
        "facilities": kinds,
        "max_distance_km": draw(st.sampled_from([0.0, 1.0, 1.5, 3.0, 20.0])),
        "min_members": draw(st.sampled_from([3, 3, 2, 1])),
        "max_units": draw(st.sampled_from([5, 5, 3, 2, 10])),
        "same_street": draw(st.sampled_from(["prefer", "require", "ignore"])),
        "open_peer": draw(st.sampled_from([0.3, 0.0, 2.0])),
        "open_community": draw(st.sampled_from([0.5, 0.0])),
        "open_host": draw(st.sampled_from([0.1, 1.0])),
        "w_industry": draw(st.sampled_from([0.3, 0.0, 1.7])),
    }
    if demands:
        grouping |= draw(_demands(register, ids, kinds))
    policy = {
        "two_members": draw(st.sampled_from(["assisted", "joint"])),
        "member_basis": draw(st.sampled_from(["part_time", "floating", "on_roll"])),
        "denominator": draw(st.sampled_from(["all", "active"])),
    }
    return register, rules(policy=policy, **grouping)


@st.composite
def _demands(draw, register: pd.DataFrame, ids: list[str], kinds: list[str]):
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda pair: pair[0] != pair[1])
    if len(ids) < 2:
        return {}
    communities = sorted({f"{row.street}/{row.community}" for row in register.itertuples() if pd.notna(row.community)})

    def place():
        kind = draw(st.sampled_from(kinds))
        if kind == "community" and not communities:
            return ["peer", draw(st.sampled_from(ids))]
        return [kind, draw(st.sampled_from(communities if kind == "community" else ids))]

    return {
        "must_link": draw(st.lists(pairs, max_size=2)) if draw(st.booleans()) else [],
        "cannot_link": draw(st.lists(pairs, max_size=3)) if draw(st.booleans()) else [],
        "pinned": {draw(st.sampled_from(ids)): place() for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2])))},
        "forbidden": [[draw(st.sampled_from(ids)), *place()] for _ in range(draw(st.integers(0, 2)))],
    }
