"""The fewest members that the census must find, held against every way of finding them in tiny cities."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pytest

from workbench.errors import InfeasibleError
from workbench.inputs import Scenario, check_register
from workbench.planning import required_members

CITIES, SHORT = 540, 6
ENOUGH = {"assisted": 2, "joint": 3}
#: Members of a group, at the least.
LEAST = 3


def tiny(seed: int) -> tuple[pd.DataFrame, Scenario, dict]:
    """A few organizations on a map of a few kilometres, some rules, and a target."""
    draw = np.random.Generator(np.random.PCG64(seed))
    short, full, covered = int(draw.integers(2, SHORT + 1)), int(draw.integers(0, 3)), int(draw.integers(0, 3))
    count = short + full + covered
    members = [*draw.choice([0, 0, 0, 1, 1, 2], short), *[3] * full, *[3] * covered]
    where = draw.integers(0, 5, (count, 2)) * 1.0
    rows = [
        {
            "org_id": f"o{n}", "street": "S", "community": f"c{int(draw.integers(0, 2))}",
            "full_members": int(members[n]), "has_branch": n >= short + full, "x": where[n, 0], "y": where[n, 1],
            "host_capacity": int(draw.integers(0, 3)) if n >= short + full else 0,
        }
        for n in range(count)
    ]  # fmt: skip
    two = "joint" if seed % 4 else "assisted"
    facilities = [["peer"], ["peer", "host"], ["peer", "host", "community"]][seed % 3]
    rules = {
        "policy.two_members": two,
        "grouping.facilities": facilities,
        "grouping.max_units": int(draw.integers(2, 4)),
        "grouping.max_distance_km": float(draw.choice([1.0, 2.0, 3.0])),
        "targets.organization": float(draw.integers(1, count + 1)) / count,
    }
    register = check_register(pd.DataFrame(rows))
    return register, Scenario().replace(rules), {"two": two, "facilities": facilities, **rules}


def spread_of(members: int, places: int, most: list[int]) -> Iterator[tuple[int, ...]]:
    """Every way to find so many members in so many places."""
    if places == 0:
        if members == 0:
            yield ()
        return
    for here in range(min(members, most[0]) + 1):
        for rest in spread_of(members - here, places - 1, most[1:]):
            yield (here, *rest)


def fewest(register: pd.DataFrame, rules: dict) -> int | None:
    """By brute force: for 0, 1, 2, … members every way to find them, and for each every way to join."""
    enough, most_units = ENOUGH[rules["two"]], rules["grouping.max_units"]
    point = {name: np.array([row["x"], row["y"]]) for name, row in register.iterrows()}
    total = len(register)
    sure = register["has_branch"] | (register["full_members"] >= enough)
    ids = list(register.index[~sure])
    have = [int(register.loc[name, "full_members"]) for name in ids]
    needed = next(n for n in range(total + 1) if n / total >= rules["targets.organization"]) - int(sure.sum())
    if needed <= 0:
        return 0

    def near(one: np.ndarray, other: np.ndarray) -> bool:
        return float(np.hypot(*(one - other))) <= rules["grouping.max_distance_km"] + 1e-9

    everyone = range(len(ids))
    subsets = [[i for i in everyone if mask >> i & 1] for mask in range(1 << len(ids))]
    led = [any(all(near(point[ids[i]], point[ids[lead]]) for i in inside) for lead in inside) for inside in subsets]
    homes = {}
    if "community" in rules["facilities"]:
        for name, rows in register.groupby("community"):
            centre = rows[["x", "y"]].to_numpy().mean(axis=0)
            homes[name] = [
                bool(inside) and all(register.loc[ids[i], "community"] == name and near(point[ids[i]], centre)
                                     for i in inside)
                for inside in subsets
            ]  # fmt: skip
    hosts = []
    if "host" in rules["facilities"]:
        for name, row in register[register["has_branch"] & (register["host_capacity"] > 0)].iterrows():
            hosts.append(
                [len(inside) <= row["host_capacity"] and all(near(point[ids[i]], point[name]) for i in inside)
                 for inside in subsets]
            )  # fmt: skip

    def covered(count: list[int]) -> int:
        own = sum(each >= enough for each in count)
        units = sum(1 << i for i in everyone if 0 < count[i] < enough)
        size = [len(inside) for inside in subsets]
        full = [sum(count[i] for i in inside) >= 3 and size[mask] <= most_units for mask, inside in enumerate(subsets)]

        @cache
        def best(free: int, host: int, home: int) -> int:
            """The most that hosts from this one on, then communities, then peers cover of the free units."""
            if host < len(hosts):
                return max(
                    size[mask] + best(free & ~mask, host + 1, home) for mask in inside(free) if hosts[host][mask]
                )
            if home < len(homes):
                fits = list(homes.values())[home]
                most = best(free, host, home + 1)
                for mask in inside(free):
                    if mask and fits[mask] and full[mask]:
                        most = max(most, size[mask] + best(free & ~mask, host, home + 1))
                return most
            most = 0
            for mask in inside(free):
                if mask and led[mask] and full[mask]:
                    most = max(most, size[mask] + best(free & ~mask, host, home))
            return most

        return own + best(units, 0, 0)

    def inside(free: int) -> Iterator[int]:
        mask = free
        while True:
            yield mask
            if mask == 0:
                return
            mask = (mask - 1) & free

    room = [3 - each for each in have]
    for members in range(sum(room) + 1):
        for found in spread_of(members, len(ids), room):
            if covered([one + more for one, more in zip(have, found, strict=True)]) >= needed:
                return members
    return None


@pytest.mark.parametrize("block", range(6))
def test_nobody_finds_fewer(block):
    some = 0
    for seed in range(block, CITIES, 6):
        register, scenario, rules = tiny(seed)
        if rules["two"] == "assisted" and rules["grouping.max_units"] < LEAST:
            # Units of one member each can never be enough for a group: nobody is asked for more of them.
            with pytest.raises(InfeasibleError, match="a group needs 3 members, and at most 2 units"):
                required_members(register, scenario)
            continue
        found = required_members(register, scenario)
        wanted = fewest(register, rules)
        assert found.members == wanted, seed
        if wanted is not None:
            assert found.bound == wanted, seed
            some += wanted > 0
            assert found.reached >= rules["targets.organization"]
    assert some > 20
