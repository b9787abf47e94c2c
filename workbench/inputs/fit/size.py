"""What a scenario takes from the size of its register where it names no number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Organizations without a branch per instructor: Changle 2016, 86 instructors for 187 (the nation in 2017: 1.7).
ORGANIZATIONS_PER_INSTRUCTOR: Final = 2.2
#: The most that any published campaign gave one instructor (Rui'an 2012).
MOST_PER_INSTRUCTOR: Final = 8.7


def without_branch(scenario: Scenario, register: pd.DataFrame) -> int:
    """Organizations without a branch when the campaign starts: those that it gave one since are among them."""
    since = register["branch_on"] >= pd.Timestamp(scenario.calendar.start)
    return int((~register["has_branch"] | since).sum())


def instructors_total(scenario: Scenario, register: pd.DataFrame) -> int:
    """The instructors of the whole city that are shared among its responsible units.

    Parameters
    ----------
    scenario
        its ``instructors.total``; where that is null, the number follows from the register's size.
    register
        a validated register.

    Returns
    -------
    int
        The scenario's number, or one for 2.2 organizations without a branch, at least one if there is any.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> city = make_city(100, 4)
    >>> int((~city["has_branch"]).sum()), instructors_total(Scenario(), city)
    (69, 31)
    >>> instructors_total(Scenario().replace("instructors.total", 5), city)
    5
    """
    if scenario.instructors.total is not None:
        return scenario.instructors.total
    without = without_branch(scenario, register)
    return max(round(without / ORGANIZATIONS_PER_INSTRUCTOR), min(without, 1))
