"""A campaign as its registers tell it week by week: one replication, with dates for times.

What really happened is known here, and so is what was assumed: a forecast from any week can be held against the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked
from workbench.grouping import joined
from workbench.inputs import asked
from workbench.inputs.scenario import Calendar
from workbench.simulation.kernels import to_ticks, uniform
from workbench.simulation.setup import Setup, draw_parameters, prepare
from workbench.simulation.tracing.replay import replay
from workbench.simulation.tracing.trace import Trace, trace

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Column of a register -> time of a trace.
STEPS = {"filed_on": "filed", "approved_on": "approved", "branch_on": "formed", "mass_org_on": "mass_org"}
#: Flag of a register -> the date from which it is so.
FLAGS = {"has_branch": "branch_on", "has_instructor": "instructor_on", "has_mass_org": "mass_org_on"}


@asked
def weekly_registers(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    days: Iterable[date],
    replication: int = 0,
    seed: int = 0,
) -> dict[date, pd.DataFrame]:
    """The registers of one replication on some days, as the census and the committees would have kept them.

    An event at t has the date of working day floor(t), and stands in the registers of that day and later. `attempt_on`
    is the start of the attempt that goes on, or that came to a filing; `attempts` how many have failed before. Between
    a failure and the next start no attempt is dated: the case waits.

    Parameters
    ----------
    register, scenario, grouping
        what is traced: the register as it was before the campaign.
    days
        of which a register is wanted.
    replication, seed
        as for `trace`.

    Returns
    -------
    dict[date, pd.DataFrame]
        by day: the register with its dates up to that day; each is a validated register.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(60, 3, seed=1)
    >>> plan = wb.Scenario()
    >>> weeks = weekly_registers(city, plan, False, days=[date(2027, 7, 14), date(2027, 8, 31)])
    >>> [int(week["has_branch"].sum() - city["has_branch"].sum()) for week in weeks.values()]
    [0, 9]
    """
    replication, seed = checked(replication=replication, seed=seed)
    grouping = joined(register, scenario, grouping)
    setup = prepare(register, scenario, grouping)
    traced = trace(register, scenario, grouping, replication=replication, seed=seed)
    return registers_of(register, setup, traced, days=days, replication=replication, seed=seed)


def registers_of(
    register: pd.DataFrame, setup: Setup, traced: Trace, *, days: Iterable[date], replication: int, seed: int
) -> dict[date, pd.DataFrame]:
    """The registers of a trace that is there already; its times may come from any model of the campaign."""
    attempts = replay(traced)
    calendar = setup.calendar
    times = _times(setup, traced, replication, seed).reindex(register.index)
    units = _units(setup)
    return {day: _known(register, calendar, times, attempts, units, calendar.day_by(day)) for day in days}


def _units(setup: Setup) -> pd.DataFrame:
    """One row a unit of a case: org_id and case."""
    cases = setup.cases
    return pd.DataFrame({
        "org_id": cases.organizations.index[cases.unit_row],
        "case": cases.ids[cases.unit_case],
    })  # fmt: skip


def _times(setup: Setup, traced: Trace, replication: int, seed: int) -> pd.DataFrame:
    """When what happened to each organization, working-day times: surveyed_on, instructor_on, and `STEPS`."""
    orgs, units = setup.cases.organizations, _units(setup)
    own = traced.cases.set_index("case").loc[units["case"]].set_index(units["org_id"].to_numpy())
    times = pd.DataFrame({name: own[time].reindex(orgs.index) for name, time in STEPS.items()})
    times["surveyed_on"] = _surveyed(setup, replication, seed)
    assigned = np.where(setup.assigned & (setup.assignment.day >= 0), float(setup.assignment.day), np.nan)
    # Whoever has an instructor already gets no date for one.
    sent = np.fmin(assigned, own["dispatched"].reindex(orgs.index).to_numpy())
    times["instructor_on"] = np.where(orgs["instructor"], np.nan, sent)
    return times


def _surveyed(setup: Setup, replication: int, seed: int) -> NDArray[np.float64]:
    """When each organization was surveyed (MODEL §5.1), those of no case among them."""
    ids = list(map(str, setup.cases.organizations.index))
    late = float(draw_parameters(setup.scenario, np.array([replication], dtype=np.int64), seed).late[0])
    u, end = uniform(ids, replication, 0, "survey", seed), setup.calendar.census_end
    on_time = u < 1.0 - late
    share = np.clip((u - 1.0 + late) / late, 0.0, None) if late > 0.0 else np.zeros_like(u)
    tail = setup.scenario.census.tail.quantile(np.where(on_time, 0.5, share))
    return to_ticks(np.where(on_time, u / max(1.0 - late, np.finfo(float).tiny) * end, end + tail))


def _known(
    register: pd.DataFrame, calendar: Calendar, times: pd.DataFrame, attempts: pd.DataFrame, units: pd.DataFrame,
    last: int,
) -> pd.DataFrame:  # fmt: skip
    """The register at the end of working day `last`."""

    def dated(time: pd.Series[float]) -> pd.Series[pd.Timestamp]:
        days = np.floor(time.to_numpy(dtype=np.float64))
        # Each day is looked up once; the last place is that of what has not happened.
        codes, distinct = pd.factorize(np.where(days <= last, days, np.nan))
        dates = np.array([*map(calendar.date_of, distinct.astype(int)), None], dtype="datetime64[us]")
        return pd.Series(dates[codes], index=time.index)

    columns: dict[str, pd.Series] = {str(name): dated(times[name]) for name in times}
    begun = attempts[np.floor(attempts["start"]) <= last]
    failed = ~begun["success"] & (np.floor(begun["end"]) <= last)
    latest = begun.assign(over=failed).groupby("case").last()
    running = latest["start"].where(~latest["over"].astype(bool))
    by_unit = units.set_index("org_id")["case"]
    started = by_unit.map(running).reindex(register.index)
    columns["attempt_on"] = dated(started)
    failures = begun[failed].groupby("case").size()
    columns["attempts"] = by_unit.map(failures).reindex(register.index).fillna(0).astype("int64")
    for flag, since in FLAGS.items():
        columns[flag] = register[flag] | columns[since].notna()
    return register.assign(**columns)
