"""Who counts, with how many members, in which tier: the first thing that grouping and simulation ask of a register.

The three switches of a scenario's policy that change this are read here and nowhere else: `denominator` (who
counts at all), `member_basis` (which members count) and, through the tiers, what `two_members` applies to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import Fault, ScenarioError
from workbench.labels import text

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: The tiers, from "has one already" to "nobody to begin with".
TIERS = ("branch", "T3", "T2", "T1", "T0")

#: Which parts of the full members each basis counts; the widest counts all that are registered.
_PARTS: dict[str, tuple[str, ...]] = {
    "on_roll": ("members_on_roll",),
    "floating": ("members_on_roll", "members_floating"),
    "part_time": (),
}


def in_scope(register: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The organizations that count: all of them, or without the dormant ones.

    Parameters
    ----------
    register
        a validated register, one row an organization.
    scenario
        its ``policy.denominator`` decides: ``"all"`` or ``"active"``.

    Returns
    -------
    pd.DataFrame
        The register itself under ``"all"``; under ``"active"`` its rows that are not dormant, in the same order.
    """
    if scenario.policy.denominator == "active":
        return register[~register["dormant"].to_numpy(dtype=bool)]
    return register


def effective_members(register: pd.DataFrame, scenario: Scenario) -> pd.Series[int]:
    """Full members by the scenario's basis, one number an organization.

    Parameters
    ----------
    register
        a validated register.
    scenario
        its ``policy.member_basis`` decides: ``"on_roll"`` (on the organization's own roll), ``"floating"``
        (with those whose membership has not been transferred) or ``"part_time"`` (with part-timers too).

    Returns
    -------
    pd.Series[int]
        int64, persons, on the register's index, named ``"members"``.

    Raises
    ------
    ScenarioError
        the basis needs the three parts and some organizations do not give them.
    """
    parts = _PARTS[scenario.policy.member_basis]
    if not parts:
        counted = register["full_members"].to_numpy(dtype=np.int64)
    else:
        missing = register.index[register[list(parts)].isna().any(axis=1).to_numpy()]
        if len(missing):
            _refuse(scenario.policy.member_basis, missing)
        counted = sum((register[part].to_numpy(dtype=np.int64) for part in parts), np.zeros(len(register), np.int64))
    return pd.Series(counted, index=register.index, name="members", dtype=np.int64)


def tiers(register: pd.DataFrame, scenario: Scenario) -> pd.Series[str]:
    """The tier of each organization: ``"branch"``, or by full members ``"T3"``, ``"T2"``, ``"T1"``, ``"T0"``.

    Parameters
    ----------
    register
        a validated register.
    scenario
        its ``policy.member_basis`` decides which members count.

    Returns
    -------
    pd.Series[str]
        Text on the register's index, named ``"tier"``. Dormant organizations have a tier like any other.
    """
    tier = np.where(register["has_branch"].to_numpy(dtype=bool), "branch", tiers_by_members(register, scenario))
    return pd.Series(tier, index=register.index, name="tier", dtype="str")


def tiers_by_members(register: pd.DataFrame, scenario: Scenario) -> NDArray[np.object_]:
    """The tier that each organization has as long as it has no branch, by the row of the register."""
    members = effective_members(register, scenario).to_numpy()
    return np.array(["T0", "T1", "T2", "T3"], dtype=object)[np.clip(members, 0, 3)]


def _refuse(basis: str, missing: pd.Index[str]) -> None:
    faults = [Fault("basis_needs_parts", str(org_id), details={"basis": basis}) for org_id in missing]
    raise ScenarioError(text("error.basis_needs_parts", basis=basis, count=len(missing)), faults)
