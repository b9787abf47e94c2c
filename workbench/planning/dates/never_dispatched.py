"""Who is never dispatched while work coverage stays under 100 %: by responsible unit and kind, with numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import decimal, percent, target_percent, thousands
from workbench.shown import Shown
from workbench.simulation.results import VARIABLES

if TYPE_CHECKING:
    from workbench.simulation.results import Outcome

#: Stands for organizations that make no case: nobody is ever sent to them.
NO_CASE = "none"


@dataclass(frozen=True, eq=False, repr=False)
class NeverDispatched(Shown):
    """Organizations without branch, instructor or mass organization by the deadline.

    Attributes
    ----------
    table
        one row a (responsible unit, kind) with any, most first (the organization's own responsible unit; ``"none"`` is
        the kind of those that make no case, such as dormant ones): organizations (of this responsible unit and kind
        without work at the start), never (of them reached in no replication), expected (left without on average), share
        (expected of organizations: the share of replications in which one of them is left without).
    by_responsible
        one row a responsible unit: organizations, expected, and short, the share of replications in which anybody of
        the responsible unit is left without (NaN where the outcome keeps no responsible units).
    expected
        organizations of the city left without on average; never : in every replication.
    target, work_coverage
        shares. replications : how many.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    table: pd.DataFrame
    by_responsible: pd.DataFrame
    expected: float
    never: int
    target: float
    work_coverage: float
    replications: int
    ungrouped: int = 0

    def summary(self, rows: int = 3) -> str:
        """Who is left without, the largest groups first, in the language in use."""
        values = {
            "coverage": percent(self.work_coverage),
            "target": target_percent(self.target),
            "expected": decimal(self.expected),
            "never": self.never,
            "replications": thousands(self.replications),
        }
        if self.by_responsible.empty:
            return text("never.empty")
        if self.expected == 0.0:
            return text("never.nobody", **values)
        lines = [text("never.head", **values)]
        no_case = self.table[self.table.index.get_level_values("kind") == NO_CASE]
        if len(no_case):
            lines.append(text("never.no_case", count=int(no_case["organizations"].sum())))
        waiting = self.table.drop(index=no_case.index)
        for (responsible, kind), row in zip(waiting.index, waiting.to_dict("records"), strict=True):
            if rows == 0:
                break
            rows -= 1
            lines.append(
                text(
                    "never.line",
                    responsible=responsible,
                    kind=text(f"kind.{kind}"),
                    expected=decimal(row["expected"]),
                    organizations=int(row["organizations"]),
                    share=percent(row["share"], 0),
                    never=int(row["never"]),
                )
            )
        return "\n".join(lines)


@asked
def never_dispatched(outcome: Outcome) -> NeverDispatched:
    """Who is left without work by the deadline, and how often.

    Parameters
    ----------
    outcome
        what `simulate` gave; with ``keep="responsible"`` it also says how often a responsible unit is short. Case by
        case: `Outcome.undispatched`.
    """
    orgs = outcome.organizations
    without = orgs[~orgs["worked"] & ~outcome.assigned_in_time]
    in_time = outcome.calendar.deadline_day + 1
    times = outcome.case_days["dispatched"].to_numpy()[:, :in_time].sum(axis=1)
    # Of those without a case (-1) nobody is ever dispatched.
    reached = np.append(times, 0)[without["case"].to_numpy()]
    kind = without["kind"].where(without["case"] >= 0, NO_CASE)
    rows = pd.DataFrame(
        {
            "responsible": without["responsible"],
            "kind": kind,
            "organizations": 1,
            "never": reached == 0,
            "expected": 1.0 - reached / outcome.replications,
        }
    )
    table = rows.groupby(["responsible", "kind"])[["organizations", "never", "expected"]].sum()
    table = table[table["expected"] > 0.0].assign(share=lambda each: each["expected"] / each["organizations"])
    table = table.astype({"never": "int64"}).sort_values("expected", ascending=False, kind="stable")
    return NeverDispatched(
        table=table,
        by_responsible=_by_responsible(outcome, rows),
        expected=float(rows["expected"].sum()),
        never=int(rows["never"].sum()),
        target=outcome.scenario.targets.work,
        work_coverage=outcome.expected("work"),
        replications=outcome.replications,
        ungrouped=outcome.ungrouped,
    )


def _by_responsible(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    sizes = outcome.organizations.groupby("responsible").size()
    table = pd.DataFrame({"organizations": sizes, "expected": rows.groupby("responsible")["expected"].sum()}).fillna(
        0.0
    )
    counts = outcome.dataset[VARIABLES["work"]]
    if "responsible" not in counts.dims:
        return table.assign(short=np.nan)
    by_deadline = counts.isel(day=outcome.calendar.deadline_day).to_numpy()
    responsible_units = [str(responsible) for responsible in counts["responsible"].to_numpy()]
    short = (by_deadline < sizes.reindex(responsible_units).to_numpy()).mean(axis=0)
    return table.assign(short=pd.Series(short, index=responsible_units).reindex(table.index))
