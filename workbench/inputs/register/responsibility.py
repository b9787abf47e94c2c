"""Who must form an organization's branch: its responsible unit (MODEL §2), by the register or by the street."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario


def responsible_of(register: pd.DataFrame, scenario: Scenario) -> pd.Series[str]:
    """The responsible unit of each organization under a scenario.

    Parameters
    ----------
    register
        a validated register, one row per organization.
    scenario
        its ``policy.responsibility`` decides: ``"register"`` takes the column `responsible`, and the street where
        nothing is given; ``"street"`` takes the street for all (属地兜底).

    Returns
    -------
    pd.Series[str]
        Text on the register's index, named ``"responsible"``.
    """
    return responsible_or_street(register, scenario.policy.responsibility == "register").rename("responsible")


def responsible_or_street(register: pd.DataFrame, by_register: bool = True) -> pd.Series[str]:
    """The column `responsible` with the street where it says nothing; the street for all if not `by_register`."""
    street = register["street"]
    if not by_register or "responsible" not in register:
        return street
    return register["responsible"].where(register["responsible"].notna(), street).astype("str")
