"""Made-up maps of single-member organizations and a few hosts, to group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs import Scenario, check_register

#: Units on a square kilometre: some 40 within 3 km of each other.
DENSITY = 1.5
#: Organizations of an island, its side and how far the next one is, in km.
ISLAND, SIDE, APART = 12, 2.5, 10.0
#: Rules under which nothing but distance costs.
FREE = {
    f"grouping.{name}": 0.0
    for name in ("open_peer", "open_community", "open_host", "w_industry", "w_supervisor", "w_street")
}


def instance(family: str, units: int, seed: int = 0) -> tuple[pd.DataFrame, Scenario]:
    """A register, and the rules as they are by default.

    Parameters
    ----------
    family : ``"uniform"``; ``"clustered"``, in towns of some 60 by unequal shares; ``"one point"``, all of one street
        and community, of six industries under five supervisors; ``"islands"`` of a dozen; ``"distances only"``, a
        uniform map on which nothing else costs.
    """
    rng = np.random.default_rng(seed)
    count = int(units * 1.06)
    size = float(np.sqrt(count / DENSITY))
    places = _places(family, count, size, rng)
    streets, squares = (np.floor(places / size * max(1, int(size / side))).astype(int) for side in (7.0, 2.5))
    hosts = np.zeros(count, dtype=bool)
    hosts[rng.choice(count, count - units, replace=False)] = True
    frame = pd.DataFrame(
        {
            "street": [f"{a}-{b}" for a, b in streets],
            "community": [f"{a}-{b}" for a, b in squares],
            "x": places[:, 0],
            "y": places[:, 1],
            "industry": rng.choice(["a", "b", "c", "d", "e", "f"], count),
            "supervisor": rng.choice(["a", "b", "c", "d", "e"], count),
            "full_members": np.where(hosts, 4, 1),
            "has_branch": hosts,
            "host_capacity": np.where(hosts, rng.integers(1, 5, count), 0),
        },
        index=pd.Index([f"o{k:06d}" for k in range(count)], name="org_id", dtype="str"),
    )
    scenario = Scenario.model_validate({})
    return check_register(frame), scenario.replace(FREE) if family == "distances only" else scenario


def _places(family: str, count: int, size: float, rng: np.random.Generator) -> NDArray[Any]:
    places = rng.uniform(0, size, (count, 2))
    if family == "clustered":
        centres = rng.uniform(0, size, (max(3, count // 60), 2))
        at = rng.choice(len(centres), count, p=rng.dirichlet(np.full(len(centres), 0.7)))
        spread = rng.uniform(0.25, 1.6, len(centres))[at]
        return np.clip(centres[at] + rng.normal(0, 1, (count, 2)) * spread[:, None], 0, size)
    if family == "one point":
        return np.zeros((count, 2))
    if family == "islands":
        island = np.arange(count) // ISLAND
        across = int(np.ceil(np.sqrt(island.max() + 1)))
        corners = np.column_stack([island % across, island // across]) * APART
        return corners + rng.uniform(0, SIDE, (count, 2))
    return places
