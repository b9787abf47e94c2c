"""Made-up maps of single-member organizations and a few hosts, to group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs import Scenario, check_register

#: Units on a square kilometre: some 40 within 3 km of each other; and where towns are as dense as a real city's.
DENSITY, DENSE = 1.5, 9.0
#: Share of organizations of a dense map that are hosts; and how unequal towns are in size (less is more so).
DENSE_HOSTS = 0.15
EVEN, UNEVEN = 0.7, 0.4
#: Organizations of an island, its side and how far the next one is, in km.
ISLAND, SIDE, APART = 12, 2.5, 10.0
#: Addresses of a map with several organizations at each lie on a grid of this many km.
SHARED = 0.25
#: Rules under which nothing but distance costs.
FREE = {
    f"grouping.{name}": 0.0
    for name in ("open_peer", "open_community", "open_host", "w_industry", "w_supervisor", "w_street")
}
#: What the rules of a family change of the rules by default.
RULES: dict[str, dict[str, object]] = {
    "distances only": FREE,
    "dense, distances only": FREE,
    "dense, same street": {"grouping.same_street": "require"},
    "dense, ten a group": {"grouping.max_units": 10},
    "one point, two members": {"policy.two_members": "joint"},
}
#: Families on one point, and how many industries and supervisors there are in each.
ONE_POINT = {
    "one point": (6, 5),
    "one point, two members": (6, 5),
    "one point, several streets": (6, 5),
    "one point, many sorts": (30, 40),
}


def instance(family: str, units: int, seed: int = 0) -> tuple[pd.DataFrame, Scenario]:
    """A register, and the rules as they are by default but for what `RULES` says of the family.

    Parameters
    ----------
    family : ``"uniform"``; ``"clustered"``, in towns of some 60 by unequal shares; ``"islands"`` of a dozen;
        ``"distances only"``, a uniform map on which nothing else costs; ``"dense"``, towns six times as dense and more
        unequal, where a unit has some 300 others within reach, and its kin with one rule changed; ``"dense, shared
        points"``, with several organizations at each address; ``"geocoded"``, where a geocoder has put a third of a
        dense city on the middle of its street or community; ``"one point"``, all of one street and community, of six
        industries under five supervisors, and its kin: two in five of two members, several streets and communities,
        or hardly two alike.
    """
    rng = np.random.default_rng(seed)
    dense = family.startswith("dense") or family == "geocoded"
    count = round(units / (1 - DENSE_HOSTS)) if dense else int(units * 1.06)
    size = float(np.sqrt(count / (DENSE if dense else DENSITY)))
    places = _places(family, count, size, rng)
    streets, squares = (np.floor(places / size * max(1, int(size / side))).astype(int) for side in (7.0, 2.5))
    if family in ("one point, several streets", "one point, many sorts"):
        streets = np.column_stack([rng.integers(0, 4, count), np.zeros(count, int)])
        squares = np.column_stack([streets[:, 0], rng.integers(0, 5, count)])
    industries, supervisors = ONE_POINT.get(family, (6, 5))
    hosts = np.zeros(count, dtype=bool)
    hosts[rng.choice(count, count - units, replace=False)] = True
    members = np.ones(count, int)
    frame = pd.DataFrame(
        {
            "street": [f"{a}-{b}" for a, b in streets],
            "community": [f"{a}-{b}" for a, b in squares],
            "x": places[:, 0],
            "y": places[:, 1],
            "industry": rng.choice([f"i{k:02d}" for k in range(industries)], count),
            "supervisor": rng.choice([f"s{k:02d}" for k in range(supervisors)], count),
            "full_members": members,
            "has_branch": hosts,
            "host_capacity": np.where(hosts, rng.integers(1, 5, count), 0),
        },
        index=pd.Index([f"o{k:06d}" for k in range(count)], name="org_id", dtype="str"),
    )
    if family == "one point, two members":
        frame["full_members"] = np.where(rng.random(count) < 0.4, 2, 1)
    frame.loc[hosts, "full_members"] = 4
    if family == "geocoded":
        lost = rng.random(count) < 1 / 3
        middle = frame.groupby(frame["community"])[["x", "y"]].transform("mean")
        frame.loc[lost, ["x", "y"]] = middle[lost]
    scenario = Scenario.model_validate({})
    return check_register(frame), scenario.replace(RULES[family]) if family in RULES else scenario


def _places(family: str, count: int, size: float, rng: np.random.Generator) -> NDArray[Any]:
    places = rng.uniform(0, size, (count, 2))
    if family.startswith(("clustered", "dense", "geocoded")):
        centres = rng.uniform(0, size, (max(3, count // 60), 2))
        at = rng.choice(
            len(centres), count, p=rng.dirichlet(np.full(len(centres), EVEN if family == "clustered" else UNEVEN))
        )
        spread = rng.uniform(0.25, 1.6, len(centres))[at]
        found = np.clip(centres[at] + rng.normal(0, 1, (count, 2)) * spread[:, None], 0, size)
        return np.round(found / SHARED) * SHARED if family == "dense, shared points" else found
    if family in ONE_POINT:
        return np.zeros((count, 2))
    if family == "islands":
        island = np.arange(count) // ISLAND
        across = int(np.ceil(np.sqrt(island.max() + 1)))
        corners = np.column_stack([island % across, island // across]) * APART
        return corners + rng.uniform(0, SIDE, (count, 2))
    return places
