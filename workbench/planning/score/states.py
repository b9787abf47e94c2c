"""Where a campaign stands today, as its register with dates tells it: every organization, and every task's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.simulation.kernels import APPROVED, FILED, NO_APPROVAL
from workbench.simulation.setup import FORMING, OUTREACH, Setup
from workbench.simulation.start import known_by, prepare_from, states

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: What a task is, furthest first; MODEL §10's, and `formed` for what is in no case any more.
STATES: Final = ("formed", "approved", "filed", "in_work", "waiting", "abandoned")
WEEK = timedelta(days=7)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a campaign stands at the end of a day.

    Attributes
    ----------
    organizations
        by org_id: responsible; at_start and branches, whether it had a branch when the campaign began, and counts as
        covered today; possible, whether it can have one at best; uncovered, not covered and not dormant; instructed, of
        these with an instructor, at work or assigned.
    tasks
        by case of the campaign: kind, responsible (the pool), units, forms (whether it comes to a branch), state (one
        of `STATES`; of outreach `formed` is that its mass organization is founded), since (the day on which that state
        began; NaT where none is dated), recent (formed since `since`).
    as_of, since
        today, and the day from which on a task counts as recently formed.
    """

    organizations: pd.DataFrame
    tasks: pd.DataFrame
    as_of: date
    since: date


def standing(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    as_of: date,
    *,
    previous: pd.DataFrame | None = None,
    since: date | None = None,
) -> Standing:
    """Where the campaign stands: its tasks are those with which it began, whatever has been formed since.

    Parameters
    ----------
    register
        a validated register with dates; what is dated later than `as_of` is not known yet.
    scenario, grouping
        the plan's.
    as_of
        today.
    previous
        the register of the last notice: what was not formed there and is now is recent. Without one the dates decide.
    since
        the day of that register; by default a week before today.
    """
    begin, now = (prepare_from(register, scenario, grouping, day) for day in (None, as_of))
    since = since or as_of - WEEK
    had = known_by(register if previous is None else previous, scenario, since).register
    open_ = states(register, scenario, grouping, as_of).set_index("case")["state"]
    tasks = _tasks(known_by(register, scenario, as_of).register, begin, open_)
    before = had["has_branch"].reindex(tasks.index).fillna(False).astype(bool)
    tasks["recent"] = (tasks["state"] == "formed") & tasks["forms"] & ~before
    at_start, today = begin.cases.organizations, now.cases.organizations
    branch = _counted(now)
    uncovered = ~branch & ~today["dormant"].to_numpy(dtype=bool)
    names = np.array(begin.cases.responsible_units, dtype=object)
    organizations = pd.DataFrame(
        {
            "responsible": pd.Series(names[at_start["responsible"].to_numpy()], at_start.index, dtype="str"),
            "at_start": at_start["branch"].to_numpy(),
            "branches": branch,
            "possible": begin.cases.coverable | branch,
            "uncovered": uncovered,
            "instructed": uncovered & today["instructor"].to_numpy(dtype=bool),
        },
        index=at_start.index,
    )
    return Standing(organizations, tasks, as_of, since)


def _counted(now: Setup) -> NDArray[np.bool_]:
    """Which organizations count as covered today: by their branch, or by its approval where that counts (MODEL §4)."""
    cases, start = now.cases, now.start
    branch = cases.organizations["branch"].to_numpy(dtype=bool, copy=True)
    if now.scenario.policy.counted_from == "approved" and start is not None:
        # Where nobody approves, a filing is as good.
        passed = (start.state == APPROVED) | ((start.state == FILED) & (now.approval[cases.kind] == NO_APPROVAL))
        branch[cases.unit_row[(passed & (cases.kind != OUTREACH))[cases.unit_case]]] = True
    return branch


def _tasks(known: pd.DataFrame, begin: Setup, open_: pd.Series[str]) -> pd.DataFrame:
    """Every case of the campaign: who is in no case any more has come to its end, all others stand as they do today."""
    table = begin.cases.frame().set_index("case")
    lead = known.loc[table.index]
    forms = table["kind"].isin(FORMING)
    done = lead["has_branch"] | (~forms & lead["has_mass_org"])
    state = open_.reindex(table.index).fillna("waiting").mask(done, "formed").astype("str")
    dated = {
        "formed": lead["branch_on"].where(forms, lead["mass_org_on"]),
        "approved": lead["approved_on"],
        "filed": lead["filed_on"],
        "in_work": lead["attempt_on"],
    }
    began = pd.Series(pd.NaT, index=table.index, dtype="datetime64[us]")
    for name, dates in dated.items():
        began = began.mask(state == name, dates)
    return table.assign(forms=forms.to_numpy(), state=state, since=began)
