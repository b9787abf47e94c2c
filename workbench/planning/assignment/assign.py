"""The assignment list: which numbered instructor stands for which organizations (MODEL §9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from workbench.arguments import checked, shown, whole_or_none
from workbench.errors import ScenarioError
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import date_words, decimal
from workbench.planning.allocation import Allocation
from workbench.planning.assignment.blocks import Blocks, blocks_of, concerned
from workbench.planning.assignment.columns import Solved, solve
from workbench.planning.desk import whole_number
from workbench.shown import Shown
from workbench.simulation import processors
from workbench.simulation.setup import Setup, prepared
from workbench.stopping import Threads

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.planning.assignment.check import AssignmentReport

COLUMNS = ("instructor", "responsible", "org_id", "case", "kind")


@dataclass(frozen=True, eq=False, repr=False)
class Assignment(Shown):
    """Who stands for whom, with what is proven of it.

    Attributes
    ----------
    table
        one row per organization: instructor (the responsible unit and a number, "unit-1"), responsible, org_id, case
        (its lead's org_id; empty where it makes none) and kind.
    instructors
        one row per instructor: responsible, organizations, cost (squared km to the mean place of its organizations).
        Whoever stands for nobody is listed, too.
    unassigned
        org_id, responsible: concerned as well, but beyond what the instructors may stand for.
    units
        one row per responsible unit: instructors, organizations, unassigned, least and most (organizations that an
        instructor is given), cost, bound.
    cost
        sum of squared distances in km to the mean place of an instructor's organizations; those without a place cost
        nothing.
    cost_bound
        no assignment of the same organizations with loads as even costs less.
    standing
        organizations that an instructor may stand for.
    on
        the day of assignment.
    away
        instructors who are not there on that day: they come later, or have left.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    table: pd.DataFrame
    instructors: pd.DataFrame
    unassigned: pd.DataFrame
    units: pd.DataFrame
    cost: float
    cost_bound: float
    standing: int
    on: date
    away: int = 0
    ungrouped: int = 0

    @property
    def gap(self) -> float:
        """How far the cost may be above the least there is, a share of it; 0 where it is proven."""
        return (self.cost - self.cost_bound) / self.cost if self.cost > 0.0 else 0.0

    @asked
    def check(
        self, register: pd.DataFrame, scenario: Scenario, grouping: Grouping | Literal[False] | None = None
    ) -> AssignmentReport:
        """Recompute every rule and the cost from the register, with none of the solver's code."""
        from workbench.planning.assignment.check import check_assignment

        return check_assignment(self, register, scenario, grouping)

    def summary(self) -> str:
        """How many stand for how many, what it costs and how good that is proven to be, in the language in use."""
        busy = self.instructors[self.instructors["organizations"] > 0]
        values = {
            "instructors": len(self.instructors), "busy": len(busy), "organizations": len(self.table),
            "standing": self.standing, "cost": decimal(self.cost, 1), "bound": decimal(self.cost_bound, 1),
            "unassigned": len(self.unassigned), "units": self.unassigned["responsible"].nunique(),
        }  # fmt: skip
        lines = [text("assignment.summary", **values)]
        if self.away:
            lines.append(text("assignment.away", away=self.away, on=date_words(self.on, year=True)))
        if len(self.table):
            lines.append(text("assignment.proven" if self.gap <= 1e-6 else "assignment.bound", **values))
        if len(self.unassigned):
            lines.append(text("assignment.unassigned_on_the_day" if self.away else "assignment.unassigned", **values))
        return "\n".join(lines)


@asked
def assign(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    allocation: Allocation | Mapping[str, int] | pd.Series[int] | None = None,
    *,
    standing: int | None = None,
    workers: int | None = None,
    setup: Setup | None = None,
) -> Assignment:
    """Assign organizations to numbered instructors: near each other, loads even, units of one case together.

    Concerned are organizations without branch and without instructor that are not dormant, each by an instructor of its
    own responsible unit who is there on the day of assignment. Where these are too few, those with most members come
    first (T3, T2, T1, T0, then by hash), as in the simulation. Within a responsible unit the units of one case stand
    under one instructor; loads are even to one as far as that allows; of all such assignments the one found has the
    least sum of squared distances to the mean places. What no assignment costs less than is found by column generation.

    Parameters
    ----------
    register, scenario, grouping
        as for `simulate`.
    allocation
        how many instructors each responsible unit has: what `allocate` gave, or numbers by name; by default the
        scenario's own.
    standing
        organizations that an instructor may stand for, by default the scenario's ``instructors.standing``.
    workers
        threads; by default one a processor.
    setup
        what `prepare` gave for register, scenario and grouping, where it is there already; not read where `standing`
        says something else than the scenario.

    Raises
    ------
    ValueError
        the set-up is of something else.
    ScenarioError
        neither the scenario nor `standing` says how many an instructor may stand for.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(60, 3, seed=1)
    >>> found = wb.assign(city, wb.Scenario().replace("instructors.total", 12), standing=5)
    >>> bool(found.table.groupby("instructor").size().max() <= 5), found.check(city, wb.Scenario()).ok
    (True, True)
    """
    (workers,) = checked(workers=workers)
    limit = scenario.instructors.standing if standing is None else whole_or_none(standing)
    if limit is None or limit < 1:
        raise ScenarioError(text("error.assignment_standing", given=shown(standing)))
    if limit == scenario.instructors.standing:
        ready = prepared(setup, register, scenario, grouping)
    else:
        ready = prepared(None, register, scenario.replace("instructors.standing", limit), grouping)
    setup = _with_instructors(ready, allocation)
    table = concerned(setup, register)
    blocks = blocks_of(setup, table, int(limit))
    with Threads(workers or processors()) as threads:
        solved = list(threads.map(lambda each: solve(each) if each.rows.size else None, blocks))
    found = _labelled(table, blocks, solved, int(limit), scenario.instructors.assigned_on)
    every = sum(setup.instructors.values()) + sum(
        count for windows in setup.assignment.windows for *_, count in windows.arrivals
    )
    return replace(found, away=every - len(found.instructors), ungrouped=setup.cases.ungrouped)


def _with_instructors(setup: Setup, allocation: Allocation | Mapping[str, int] | pd.Series[int] | None) -> Setup:
    if allocation is None:
        return setup
    numbers = allocation.instructors if isinstance(allocation, Allocation) else allocation
    given = {str(name): whole_number(str(name), number) for name, number in numbers.items()}
    unknown = sorted(set(given) - set(setup.cases.responsible_units))
    if unknown:
        known = ", ".join(setup.cases.responsible_units[:8])
        raise ScenarioError(text("error.desk_responsible", responsible=", ".join(unknown), responsible_units=known))
    return replace(setup, instructors={name: given.get(name, 0) for name in setup.cases.responsible_units})


def _labelled(
    table: pd.DataFrame, blocks: list[Blocks], solved: list[Solved | None], standing: int, on: date
) -> Assignment:
    rows, people, units = [], [], []
    for each, found in zip(blocks, solved, strict=True):
        owner = np.empty(0, np.int64) if found is None else np.repeat(found.owner, each.weights)
        # Numbered by the first of their organizations, so that the list reads from the top; the idle ones come last.
        first = pd.Series(each.rows).groupby(owner).min().sort_values() if owner.size else pd.Series(dtype="int64")
        number = {int(own): place for place, own in enumerate(first.index, 1)}
        names = [f"{each.responsible}-{number[int(own)]}" for own in owner]
        part = table.iloc[each.rows].assign(instructor=names, number=[number[int(own)] for own in owner])
        rows.append(part)
        loads = part.groupby("number").size()
        costs = part.groupby("number")[["x", "y"]].apply(_squares)
        for place in range(1, each.instructors + 1):
            load, cost = int(loads.get(place, 0)), float(costs.get(place, 0.0))
            people.append((f"{each.responsible}-{place}", each.responsible, load, cost))
        cost, bound = (0.0, 0.0) if found is None else (found.cost, found.bound)
        least, most = (0, 0) if found is None else (each.least, each.most)
        units.append((each.responsible, each.instructors, each.rows.size, each.left.size, least, most, cost, bound))
    order = pd.concat(rows) if rows else table.assign(instructor="", number=0).head(0)
    order = order.sort_values(["responsible", "number", "case", "org_id"], kind="stable")
    left = np.concatenate([*(each.left for each in blocks), np.empty(0, np.int64)]).astype(np.int64)
    summary = pd.DataFrame(
        units, columns=["responsible", "instructors", "organizations", "unassigned", "least", "most", "cost", "bound"]
    ).set_index("responsible")
    return Assignment(
        table=order[list(COLUMNS)].reset_index(drop=True).astype("str"),
        instructors=pd.DataFrame(people, columns=["instructor", "responsible", "organizations", "cost"]).set_index(
            "instructor"
        ),
        unassigned=table.iloc[left][["org_id", "responsible"]].reset_index(drop=True).astype("str"),
        units=summary,
        cost=float(summary["cost"].sum()),
        cost_bound=float(summary["bound"].sum()),
        standing=standing,
        on=on,
    )


def _squares(places: pd.DataFrame) -> float:
    """Sum of squared distances to the mean place, km²."""
    known = places.dropna()
    return float(((known - known.mean()) ** 2).to_numpy().sum())
