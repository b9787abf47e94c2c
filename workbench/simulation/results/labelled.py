"""What an outcome takes from its set-up: organizations by name, and the days that instructors offer."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.simulation.results.facts import by_the_deadline
from workbench.simulation.setup import KINDS, Setup


def organizations_of(setup: Setup) -> pd.DataFrame:
    """One row per organization in scope: `Outcome.organizations`."""
    cases = setup.cases
    case = np.full(len(cases.organizations), -1, dtype=np.int64)
    case[cases.unit_row] = cases.unit_case
    orgs = cases.organizations
    branch, worked = by_the_deadline(setup)
    kind = np.append(np.array(KINDS, dtype=object)[cases.kind], "none")[case]
    return pd.DataFrame(
        {
            "responsible": np.array(cases.responsible_units, dtype=object)[orgs["responsible"].to_numpy()],
            "street": orgs["street"],
            "supervisor": orgs["supervisor"],
            "industry": orgs["industry"],
            "tier": orgs["tier"],
            "branch": branch,
            "worked": worked,
            "assigned": setup.assigned,
            "case": case,
            "kind": np.where(orgs["branch"], "branch", kind),
        },
        index=orgs.index,
    ).astype({"responsible": "str", "kind": "str"})


def offered_days(setup: Setup) -> NDArray[np.float64]:
    """Working days for which each responsible unit's slots are open, of a forecast from t0 on."""
    t0 = 0.0 if setup.start is None else setup.start.t0
    every = (setup.slots.of(unit) for unit in range(len(setup.cases.responsible_units)))
    return np.array([np.maximum(stop - np.maximum(start, t0), 0.0).sum() for start, stop in every])
