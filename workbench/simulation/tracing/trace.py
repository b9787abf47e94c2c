"""One replication, case by case: every number that went in and every time that came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked
from workbench.grouping import joined
from workbench.inputs import asked
from workbench.labels import text
from workbench.shown import Shown
from workbench.simulation.kernel import HAPPENINGS, Served, serve
from workbench.simulation.kernels import STATES, UNLIMITED
from workbench.simulation.run import Sample, draw_sample
from workbench.simulation.setup import KINDS, Setup, prepare
from workbench.simulation.start import planned_groups, prepare_from
from workbench.simulation.tracing.all_draws import all_draws, attempts_of

if TYPE_CHECKING:
    from datetime import date

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Shown):
    """One replication; what goes into `simulation.kernel.serve` and what comes out of it.

    Attributes
    ----------
    cases
        one row a case, by its id: case (the lead's org_id), kind, responsible (the pool), units, priority,
        release, rank, max_attempts, approval, election (bool), prep_1 … prep_K (NaN beyond max_attempts), success_1 …
        success_K (False beyond), retry_delay, election_lag (0 without election); then the times dispatched,
        filed, approved, formed, mass_org (NaN where it never happened) and attempts. Working-day times. In a forecast
        also state (waiting, in_work, filed, approved, abandoned), since (when the attempt in work began, or the case
        was filed or approved; NaN for the others) and attempts_before; prep_k counts from the first attempt of all, NaN
        where that is past.
    slots
        responsible, start, stop (clipped to the horizon), in slot order within a responsible unit.
    meetings
        responsible, day, agenda (NaN: unlimited), called (bool: on demand, in this replication); from t0 on.
    settings
        notice (working days), deadline_day and horizon_day (the last working day that counts and the last
        simulated), t0 (the start of what is simulated: 0 unless a forecast), on_demand ([cases, lead] or None; where a
        responsible unit has rules of its own, one such entry each, by name), and where meetings are called
        called_agenda (by responsible unit, NaN: unlimited).
    """

    cases: pd.DataFrame
    slots: pd.DataFrame
    meetings: pd.DataFrame
    settings: dict[str, Any]

    ungrouped: int = 0

    shown_table = "cases"

    def summary(self) -> str:
        """How many cases there were and how many came to a branch, in the language in use."""
        formed = int(self.cases["formed"].notna().sum())
        return text("trace.summary", cases=len(self.cases), formed=formed, meetings=len(self.meetings))


@asked
def trace(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    replication: int = 0,
    seed: int = 0,
    as_of: date | str | None = None,
) -> Trace:
    """Simulate one replication and show all of it.

    Parameters
    ----------
    register, scenario, grouping, seed
        as for `simulate`.
    replication
        which one; the same number in `simulate`, or in `forecast`, sees the same draws.
    as_of
        from where a dated register stands at the end of this day (MODEL §10); None: from the start, whatever it says
        of the campaign.
    """
    replication, seed = checked(replication=replication, seed=seed)
    if as_of is None:
        setup = prepare(register, scenario, joined(register, scenario, grouping))
    else:
        setup = prepare_from(register, scenario, planned_groups(register, scenario, grouping), as_of)
    sample = draw_sample(setup, replication, 1, seed)
    notice = float(sample.parameters.notice[0])
    inputs = _inputs(setup, sample)
    responsible_units = np.array(setup.cases.responsible_units, dtype=object)
    slots = pd.DataFrame(
        {
            "responsible": pd.Series(np.repeat(responsible_units, np.diff(setup.slots.responsible_start)), dtype="str"),
            "start": setup.slots.start,
            "stop": setup.slots.stop,
        }
    )
    settings = {
        "notice": notice,
        "deadline_day": setup.calendar.deadline_day,
        "horizon_day": setup.calendar.horizon_day,
        "t0": 0.0 if setup.start is None else setup.start.t0,
        **_on_demand(setup),
    }
    times = [_served(setup, inputs, responsible, notice) for responsible in range(len(responsible_units))]
    columns = {name: np.concatenate([getattr(part, name) for part in times] or [[]]) for name in HAPPENINGS}
    cases = inputs.drop(columns="approval_code").assign(**columns)
    return Trace(
        cases.sort_values("case", ignore_index=True), slots, _meetings(setup, times), settings, setup.cases.ungrouped
    )


def _on_demand(setup: Setup) -> dict[str, Any]:
    """How meetings are called: of the city, or by responsible unit where one has rules of its own."""
    names, rules = setup.cases.responsible_units, setup.on_demand
    each = {
        name: [int(cases), float(lead)] if cases else None
        for name, cases, lead in zip(names, rules.calls_at, rules.calls_ahead, strict=True)
    }
    committee = setup.scenario.committee
    alike = not any("on_demand" in own.model_fields_set for own in committee.by_responsible.values())
    settings: dict[str, Any] = {"on_demand": next(iter(each.values()), None) if alike else each}
    if any(each.values()):
        settings["called_agenda"] = dict(zip(names, _shown(rules.agenda).tolist(), strict=True))
    return settings


def _shown(agenda: NDArray[np.int64]) -> NDArray[np.float64]:
    """Agendas as people read them: NaN without limit."""
    return np.where(agenda == UNLIMITED, np.nan, agenda)


def _meetings(setup: Setup, served: list[Served]) -> pd.DataFrame:
    """All meetings of one replication: the regular ones, and those that were called."""
    ahead = setup.meeting_day >= (0.0 if setup.start is None else setup.start.t0)
    regular = np.diff(np.append(0, np.cumsum(ahead))[setup.meeting_start])
    calls = np.array([part.called.size for part in served], dtype=np.int64)
    unit = np.concatenate([np.repeat(np.arange(regular.size), regular), np.repeat(np.arange(calls.size), calls)])
    day = np.concatenate([setup.meeting_day[ahead], *(part.called for part in served)])
    agenda = np.concatenate([_shown(setup.agenda[ahead]), np.repeat(_shown(setup.on_demand.agenda), calls)])
    order = np.lexsort((day, unit))
    names = np.array(setup.cases.responsible_units, dtype=object)
    return pd.DataFrame(
        {
            "responsible": pd.Series(names[unit[order]], dtype="str"),
            "day": day[order].astype(np.int64),
            "agenda": agenda[order],
            "called": order >= ahead.sum(),
        }
    )


def _inputs(setup: Setup, sample: Sample) -> pd.DataFrame:
    """What goes into the kernel, one row a case in the order of `Setup`, `approval_code` beside `approval`."""
    cases = setup.cases
    attempts = attempts_of(setup)
    parts = [
        [numbers[0] for numbers in all_draws(setup, responsible, sample)]
        for responsible in range(len(cases.responsible_units))
    ]
    nothing = [np.empty(0), np.empty(0), np.empty((0, attempts)), np.empty((0, attempts), bool), *[np.empty(0)] * 2]
    surveyed, release, preparation, successes, retry_delay, election_lag = (
        np.concatenate(arrays) for arrays in zip(nothing, *parts, strict=True)
    )
    frame = cases.frame()
    rank = np.empty(len(cases), dtype=np.int64)
    rank[np.lexsort((cases.hash, surveyed))] = np.arange(len(cases))
    by_kind = [setup.scenario.cases.of(kind) for kind in KINDS]
    approval = np.array([rule.approval for rule in by_kind], dtype=object)
    election = np.array([rule.election is not None for rule in by_kind])
    frame["priority"] = setup.priority
    frame["release"] = release
    frame["rank"] = rank
    frame["max_attempts"] = setup.max_attempts[cases.kind]
    frame["approval"] = pd.Series(approval[cases.kind], dtype="str")
    frame["election"] = election[cases.kind]
    for attempt in range(attempts):
        frame[f"prep_{attempt + 1}"] = preparation[:, attempt]
    for attempt in range(attempts):
        frame[f"success_{attempt + 1}"] = successes[:, attempt]
    frame["retry_delay"] = retry_delay
    frame["election_lag"] = election_lag
    if setup.start is not None:
        frame["state"] = pd.Series(np.array(STATES, dtype=object)[setup.start.state], dtype="str")
        frame["since"] = setup.start.since
        frame["attempts_before"] = setup.start.before
    frame["approval_code"] = setup.approval[cases.kind]
    return frame


def _served(setup: Setup, inputs: pd.DataFrame, responsible: int, notice: float) -> Served:
    begin, end = setup.cases.pool_start[responsible], setup.cases.pool_start[responsible + 1]
    part = inputs.iloc[begin:end]
    attempts = attempts_of(setup)
    slot_start, slot_stop = setup.slots.of(responsible)
    meeting = slice(setup.meeting_start[responsible], setup.meeting_start[responsible + 1])
    calls_at, calls_ahead, called_agenda = (each[responsible] for each in setup.on_demand)
    return serve(
        release=part["release"].to_numpy(),
        priority=part["priority"].to_numpy(),
        rank=part["rank"].to_numpy(),
        max_attempts=part["max_attempts"].to_numpy(),
        preparation=part[[f"prep_{k + 1}" for k in range(attempts)]].to_numpy(),
        success=part[[f"success_{k + 1}" for k in range(attempts)]].to_numpy(),
        retry_delay=part["retry_delay"].to_numpy(),
        approval=part["approval_code"].to_numpy(),
        election_lag=part["election_lag"].to_numpy(),
        slot_start=slot_start,
        slot_stop=slot_stop,
        meeting_day=setup.meeting_day[meeting],
        agenda=_shown(setup.agenda[meeting]),
        on_demand=(float(calls_at), float(calls_ahead)) if calls_at else None,
        called_agenda=float(_shown(called_agenda)),
        notice=notice,
        horizon=setup.calendar.horizon,
        **_stands(setup, slice(begin, end)),
    )


def _stands(setup: Setup, cases: slice) -> dict[str, Any]:
    """Where a forecast's cases stand, as `serve` takes it."""
    if setup.start is None:
        return {}
    start = setup.start
    return {
        "t0": start.t0,
        "state": start.state[cases],
        "since": start.since[cases],
        "attempts_before": start.before[cases],
    }
