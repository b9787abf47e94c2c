"""A scenario held against its register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.errors import Fault, ScenarioError
from workbench.inputs.fit.advice import advice
from workbench.inputs.fit.names import unknown_names
from workbench.inputs.fit.under_way import under_way
from workbench.labels import text

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario


def check_fits(scenario: Scenario, register: pd.DataFrame, *, from_today: bool = False) -> list[str]:
    """Hold a scenario against its register.

    Parameters
    ----------
    scenario
        whatever names responsible units, organizations or communities in it.
    register
        as `read_register` gives it.
    from_today
        what is done with them goes on from what the register's dates say: that these say so needs no warning.

    Returns
    -------
    list[str]
        Warnings for people, in the language in use: that the register is of a campaign under way, what is allowed but
        probably not meant, and what the scenario takes from elsewhere without saying so, such as a number of
        instructors by size, dates of its base, or holidays that are not announced yet.

    Raises
    ------
    ScenarioError
        With every name that the register lacks, where it stands and the nearest ones that it has; and where
        the scenario counts members by a basis (`policy.member_basis`) that the register does not tell apart.
    """
    refuse_misfit(scenario, register)
    begun = () if from_today else under_way(scenario, register)
    return [*begun, *advice(scenario, register)]


def refuse_misfit(scenario: Scenario, register: pd.DataFrame) -> None:
    """Only what makes a scenario unusable for a register: what every simulation asks before it begins.

    Raises
    ------
    ScenarioError
        as `check_fits`.
    """
    faults = [*unknown_names(scenario, register), *_parts(scenario, register)]
    if faults:
        raise ScenarioError(text("error.fit", count=len(faults)), faults)


def _parts(scenario: Scenario, register: pd.DataFrame) -> Iterator[Fault]:
    """A basis that leaves members out needs to know how many there are of each part."""
    basis = scenario.policy.member_basis
    lacking = register.index[register["members_on_roll"].isna()]
    if basis != "part_time" and len(lacking):
        yield Fault(
            "parts_missing",
            scenario.origin.place(("policy", "member_basis")),
            basis,
            {"count": len(lacking), "organizations": len(register), "first": lacking[0]},
        )
