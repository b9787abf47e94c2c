"""Cities small enough to check by hand, groupings written down, and scenarios without chance."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from workbench.inputs import Scenario, check_register

#: No uncertainty, all surveyed in time, everything succeeds at once; committees as in the baseline.
PLAIN: dict[str, Any] = {
    "uncertainty": {},
    "census": {"late": 0, "tail": 0},
    "instructors": {"standing": None},
    "cases": {
        "standalone": {"preparation": 2, "success": 1, "election": None},
        "assisted": {"preparation": 2, "success": 1, "election": None},
        "joint": {"preparation": 3, "success": 1, "election": None, "per_km": 0, "per_extra_unit": 0},
        "attached": {"preparation": 1, "success": 1, "per_km": 0},
        "outreach": {"preparation": 1, "success": 1},
    },
}
#: The default calendar in working days: instructors open, formation opens, the deadline's day and its end.
INSTRUCTORS_OPEN, FORMATION_OPENS, DEADLINE_DAY, HORIZON = 7, 12, 33, 34.0


def scenario(**changes: Any) -> Scenario:
    """The plain scenario with changes by path; dots are written as two underscores."""
    return Scenario.model_validate(PLAIN).replace({path.replace("__", "."): value for path, value in changes.items()})


def organization(org_id: str, members: int = 3, street: str = "S", **more: Any) -> dict[str, Any]:
    """One row of a register."""
    return {"org_id": org_id, "street": street, "full_members": members, "has_branch": False, **more}


def register(*organizations: dict[str, Any]) -> pd.DataFrame:
    """A register of these rows."""
    return check_register(pd.DataFrame(list(organizations)))


def placed(*rows: tuple[str, str, str] | tuple[str, str, str, float]) -> Any:
    """A grouping of these (org_id, facility_kind, facility_id[, km]): all that the simulation reads of one."""
    full = [(*row, 0.0)[:4] for row in rows]
    return SimpleNamespace(
        assignment=pd.DataFrame(full, columns=["org_id", "facility_kind", "facility_id", "distance_km"])
    )
