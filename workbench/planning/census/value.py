"""Where one member more counts: by how many organizations the ceiling would rise (MODEL §11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from workbench.arguments import checked
from workbench.errors import Cancelled
from workbench.grouping import CoverageChange, Marginal, joint_branches, marginal_of
from workbench.inputs import asked
from workbench.inputs.register import effective_members, in_scope, tiers
from workbench.labels import text
from workbench.progress import Progress

if TYPE_CHECKING:
    from workbench.grouping import Grouping
    from workbench.inputs.scenario import Scenario


@asked
def census_value(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    effort: str | int = "normal",
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """By how many organizations the ceiling rises if one organization has one full member more than registered.

    Each organization is asked alone. What its change can touch, its part of the map, is read off the grouping or
    grouped anew, so that every value is proven, or stands with its bound.

    Parameters
    ----------
    register, scenario
        as for `simulate`.
    grouping
        who joins whom; None finds it.
    effort, seed
        as for `group`, for parts that are grouped anew.
    progress
        called with (done, in all); it may return False to stop.

    Returns
    -------
    pd.DataFrame
        One row per organization, index org_id: responsible, street, tier, members (as the scenario counts them),
        value (organizations; fewer than 0 where a group would fall apart without the one who then stands alone),
        value_bound (no grouping gives more) and proven. Highest value first, then the register's order by org_id.

    Raises
    ------
    ArgumentError
        a number outside its range, or `grouping` is False: a member counts by the joint branches that it completes.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(60, 3, seed=1)
    >>> found = wb.census_value(city, wb.Scenario())
    >>> bool(found["proven"].all()), int(found["value"].max()) >= 1
    (True, True)
    """
    (seed,) = checked(seed=seed)
    grouping = joint_branches(register, scenario, grouping)
    scope = in_scope(register, scenario)
    members = effective_members(scope, scenario).to_numpy()
    idle = ~(scope["has_branch"] | scope["dormant"]).to_numpy(dtype=np.bool_)
    counts = scenario.policy.member_basis != "on_roll"
    joint = scenario.policy.two_members == "joint"
    value, bound = np.zeros(len(scope), np.int64), np.zeros(len(scope), np.int64)
    asked = np.flatnonzero(idle & (members < (3 if joint else 2))) if counts else np.zeros(0, np.intp)
    if len(asked):
        ids = scope.index.to_numpy(dtype=object)
        newcomers = [str(ids[row]) for row in asked if members[row] == 0]
        found = marginal_of(scope, scenario, grouping, newcomers, effort=effort, seed=seed)
        for done, row in enumerate(asked, 1):
            value[row], bound[row] = _change(found, str(ids[row]), int(members[row]), joint)
            if progress is not None and progress(done, len(asked)) is False:
                raise Cancelled(text("error.cancelled"))
    table = pd.DataFrame(
        {
            "responsible": scope["responsible"] if "responsible" in scope else scope["street"],
            "street": scope["street"],
            "tier": tiers(scope, scenario),
            "members": members,
            "value": value,
            "value_bound": bound,
            "proven": value == bound,
        },
        index=scope.index,
    )
    return table.sort_index(kind="stable").sort_values("value", ascending=False, kind="stable")


def _change(found: Marginal, org_id: str, members: int, joint: bool) -> CoverageChange:
    """What one member more at one organization does to the number that can be covered."""
    if members == 0:
        return found.coming(org_id)
    if joint and members == 1:
        return found.gaining(org_id)
    # It stands alone from then on, covered for certain; the others go on without it.
    others, alone = found.going(org_id), 0 if found.covers(org_id) else 1
    return CoverageChange(others.units + alone, others.most + alone)
