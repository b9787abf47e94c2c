"""An outcome in groups of organizations: whose branches, whose instructors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import shown
from workbench.errors import ArgumentError
from workbench.labels import text
from workbench.simulation.results.estimate import wilson
from workbench.simulation.setup import KINDS, coverable
from workbench.targets import reaches

if TYPE_CHECKING:
    from datetime import date

    from workbench.simulation.results.outcome import Outcome, Target

#: What organizations can be grouped by.
By = Literal["responsible", "street", "supervisor", "industry", "tier", "kind"]
BREAKDOWNS: tuple[str, ...] = get_args(By)
#: Groups in the order in which people think of them, where that is not by name.
_ORDER = {"tier": ("branch", "T3", "T2", "T1", "T0"), "kind": ("branch", *KINDS, "none")}


def coverage(outcome: Outcome, by: By | Sequence[By]) -> pd.DataFrame:
    """`Outcome.breakdown`."""
    orgs, replications = outcome.organizations, outcome.replications
    branch = orgs["branch"].to_numpy()
    worked = orgs["worked"].to_numpy() | outcome.assigned_in_time
    # Whole numbers until they are divided: the last bit is right.
    grouped = _grouped(
        outcome,
        by,
        at_start=branch,
        possible=coverable(branch, orgs["kind"].to_numpy()),
        branches=np.where(branch, replications, _times(outcome, "formed")),
        works=np.where(worked, replications, _times(outcome, "dispatched")),
    )
    branches, works = grouped.pop("branches"), grouped.pop("works")
    every = grouped["organizations"] * replications
    return grouped.assign(
        expected=branches / replications,
        expected_work=works / replications,
        coverage=branches / every,
        ceiling=grouped["possible"] / grouped["organizations"],
        work_coverage=works / every,
    )


def work(outcome: Outcome, by: By | Sequence[By]) -> pd.DataFrame:
    """`Outcome.work_breakdown`."""
    orgs, day = outcome.organizations, outcome.assignment_day
    idle = ~orgs["worked"].to_numpy(dtype=bool)
    in_time = day is not None and day <= outcome.calendar.deadline_day
    grouped = _grouped(
        outcome,
        by,
        at_start=~idle,
        assigned=idle & orgs["assigned"].to_numpy(dtype=bool) & in_time,
        at_work=np.where(idle, _times(outcome, "dispatched"), 0),
    )
    grouped["at_work"] = grouped["at_work"] / outcome.replications
    left = (grouped["organizations"] - grouped["at_start"]).where(lambda count: count > 0)
    return grouped.assign(assigned_share=grouped["assigned"] / left, at_work_share=grouped["at_work"] / left)


def _times(outcome: Outcome, name: str) -> NDArray[np.int64]:
    """In how many replications each organization's case was formed or dispatched by the deadline."""
    in_time = outcome.calendar.deadline_day + 1
    by_case = outcome.case_days[name].to_numpy()[:, :in_time].sum(axis=1, dtype=np.int64)
    # Those without a case (-1) stand last.
    return np.asarray(np.append(by_case, 0)[outcome.organizations["case"].to_numpy()])


def _grouped(outcome: Outcome, by: By | Sequence[By], **columns: NDArray[np.generic]) -> pd.DataFrame:
    """Sums of the columns over groups of organizations, and how many these are."""
    given: Any = by
    keys = [given] if isinstance(given, str) or not isinstance(given, Iterable) else list(given)
    wrong = [key for key in keys if key not in BREAKDOWNS]
    if wrong or not keys or len(set(keys)) < len(keys):
        raise ArgumentError(
            text(
                "argument.breakdown",
                by=", ".join(each if isinstance(each, str) else shown(each) for each in wrong or keys),
                known=", ".join(BREAKDOWNS),
            )
        )
    orgs = outcome.organizations
    none = {"supervisor": text("term.none"), "industry": text("term.none")}
    table = pd.DataFrame({key: orgs[key].fillna(none[key]) if key in none else orgs[key] for key in keys})
    for key in _ORDER.keys() & set(keys):
        known = [group for group in _ORDER[key] if (table[key] == group).any()]
        table[key] = pd.Categorical(table[key], known, ordered=True)
    sums = table.assign(organizations=1, **columns).groupby(keys if len(keys) > 1 else keys[0], observed=True).sum()
    if len(keys) == 1 and keys[0] in _ORDER:
        sums.index = pd.Index(sums.index.astype("str"), name=keys[0])
    return sums


def work_by_day(outcome: Outcome) -> pd.DataFrame:
    """`Outcome.work_by_day`."""
    orgs = outcome.organizations
    idle, assigned = ~orgs["worked"].to_numpy(dtype=bool), orgs["assigned"].to_numpy(dtype=bool)
    case = orgs["case"].to_numpy()
    begun = outcome.case_days["dispatched"].to_numpy().cumsum(axis=1, dtype=np.int64)

    def at_work(which: NDArray[np.bool_]) -> NDArray[np.float64]:
        units = np.bincount(case[which & (case >= 0)], minlength=begun.shape[0])
        return np.asarray(units @ begun / outcome.replications)

    on_paper = np.zeros(begun.shape[1])
    if (day := outcome.assignment_day) is not None:
        on_paper[day:] = (int((idle & assigned).sum()) - at_work(idle & assigned))[day:]
    return pd.DataFrame(
        {"at_start": int((~idle).sum()), "at_work": at_work(idle), "assigned": on_paper},
        index=outcome.calendar.dates(begun.shape[1]),
    )


def counts_of(outcome: Outcome, target: str, responsible: str) -> NDArray[np.int64]:
    """A responsible unit's own organizations covered, (replication, day)."""
    from workbench.simulation.results.outcome import VARIABLES

    counts = outcome.dataset[VARIABLES[target]]
    if "responsible" not in counts.dims:
        raise ArgumentError(text("argument.not_by_responsible"))
    names = [str(name) for name in counts["responsible"].to_numpy()]
    if responsible not in names:
        raise ArgumentError(
            text(
                "argument.responsible",
                value=responsible if isinstance(responsible, str) else shown(responsible),
                known=", ".join(names[:8]),
            )
        )
    return np.asarray(counts.isel(responsible=names.index(responsible)).to_numpy())


def size_of(outcome: Outcome, responsible: str) -> int:
    """How many organizations a responsible unit has."""
    return int((outcome.organizations["responsible"] == responsible).sum())


def probabilities(outcome: Outcome, target: Target, by: date | str | None) -> pd.DataFrame:
    """`Outcome.probabilities`."""
    wanted, day = outcome.wanted(target), outcome.day_number(by)
    rows = {}
    for name in map(str, outcome.stages["responsible"].to_numpy()):
        size, covered = size_of(outcome, name), counts_of(outcome, target, name)[:, day]
        found = wilson(int(reaches(covered, wanted, size).sum()), outcome.replications)
        mean = int(covered.sum(dtype=np.int64)) / (size * outcome.replications)
        rows[name] = (size, found.value, found.low, found.high, mean)
    columns = ["organizations", "probability", "low", "high", "expected"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("responsible")
