"""What no instructor can change: the ceiling of organization coverage (MODEL §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from workbench.grouping import joined
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import EQUAL, percent, target_percent, thousands
from workbench.shown import Shown
from workbench.simulation.setup import FORMING, build_cases
from workbench.targets import least_count, reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: How an organization comes to be covered, or why it cannot be: the rows of `Ceiling.table`.
COVERED = ("branch", *FORMING)
NOT_COVERED = ("left_out", "no_member", "dormant")


@dataclass(frozen=True, eq=False, repr=False)
class Ceiling(Shown):
    """The share of organizations that can be covered at best, and what it is made of.

    Attributes
    ----------
    value
        the ceiling, a share.
    target
        the organization target, a share.
    table
        one row a way to be covered (`COVERED`) or reason not to be (`NOT_COVERED`): organizations and share.
    by_responsible
        one row a responsible unit: organizations, at_start, possible, ceiling.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    value: float
    target: float
    table: pd.DataFrame
    by_responsible: pd.DataFrame
    ungrouped: int = 0

    @property
    def reachable(self) -> bool:
        """Whether the target lies at or below the ceiling."""
        return reaches(self.possible, self.target, int(self.table["organizations"].sum()))

    @property
    def possible(self) -> int:
        """Organizations that can be covered."""
        return int(self.table.loc[list(COVERED), "organizations"].sum())

    @property
    def missing(self) -> int:
        """Organizations by which the ceiling falls short of the target; 0 where it does not."""
        return max(0, least_count(self.target, int(self.table["organizations"].sum())) - self.possible)

    def summary(self) -> str:
        """The ceiling in two sentences, in the language in use."""
        if not self.table["organizations"].any():
            return text("ceiling.nobody")
        key = "reachable" if self.reachable else "unreachable"
        return text(
            "ceiling.exact" if abs(self.value - self.target) < EQUAL else f"ceiling.{key}",
            ceiling=percent(self.value),
            target=target_percent(self.target),
            possible=thousands(self.possible),
            total=thousands(int(self.table["organizations"].sum())),
            missing=thousands(self.missing),
            **{way: thousands(int(self.table["organizations"].loc[way])) for way in NOT_COVERED},
        )


@asked
def ceiling(register: pd.DataFrame, scenario: Scenario, grouping: Grouping | Literal[False] | None = None) -> Ceiling:
    """The ceiling: (with a branch + all units of cases that can form one) / N. No randomness.

    Parameters
    ----------
    register, scenario
        as for `simulate`.
    grouping
        who joins whom; None finds it, False leaves joint branches out.
    """
    cases = build_cases(register, scenario, joined(register, scenario, grouping))
    orgs = cases.organizations
    way = np.where(orgs["branch"], "branch", np.where(orgs["dormant"], "dormant", "left_out")).astype(object)
    idle = way == "left_out"
    way[idle & (orgs["tier"] == "T0").to_numpy()] = "no_member"
    possible = cases.coverable
    way = np.where(possible & ~orgs["branch"].to_numpy(), cases.kind_of_organization, way)

    total = max(len(orgs), 1)
    counts = pd.Series(way, dtype="str").value_counts().reindex([*COVERED, *NOT_COVERED], fill_value=0)
    table = pd.DataFrame({"organizations": counts.astype(np.int64), "share": counts / total})
    table.index.name = "way"
    responsible = pd.Index(
        np.array(cases.responsible_units, dtype=object)[orgs["responsible"]], name="responsible", dtype="str"
    )
    by_responsible = (
        pd.DataFrame(
            {"organizations": 1, "at_start": orgs["branch"].to_numpy(), "possible": possible}, index=responsible
        )
        .groupby(level="responsible")
        .sum()
    )
    by_responsible["ceiling"] = by_responsible["possible"] / by_responsible["organizations"]
    return Ceiling(float(possible.sum() / total), scenario.targets.organization, table, by_responsible, cases.ungrouped)
