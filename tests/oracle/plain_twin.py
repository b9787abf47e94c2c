"""The life of the cases without a simulation library: walk from instant to instant, pool by pool.

A third opinion beside the SimPy twin, because the meaning of equal times is where implementations differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

OUTPUTS = ["dispatched", "filed", "approved", "formed", "mass_org", "attempts"]


def serve(
    cases: pd.DataFrame,
    slots: pd.DataFrame,
    meetings: pd.DataFrame,
    settings: Mapping[str, Any],
    called: list[tuple[str, float]] | None = None,
) -> pd.DataFrame:
    """What happens to every case of a trace (frames and settings), row by row; NaN where it never does.

    `meetings` are the regular ones; those on demand are put into `called`, (responsible, day).
    """
    horizon = float(settings["horizon_day"]) + 1.0
    outputs = {name: np.full(len(cases), np.nan) for name in OUTPUTS}
    outputs["attempts"][:] = 0.0
    inputs = {name: cases[name].tolist() for name in cases.columns}
    slot_columns = list(zip(slots["responsible"], slots["start"], slots["stop"], strict=True))
    meeting_columns = list(zip(meetings["responsible"], meetings["day"], meetings["agenda"], strict=True))
    for responsible in sorted(set(inputs["responsible"])):
        members = [case for case, where in enumerate(inputs["responsible"]) if where == responsible]
        windows = [(start, stop) for where, start, stop in slot_columns if where == responsible]
        agendas = {float(day): agenda for where, day, agenda in meeting_columns if where == responsible}
        on_demand = settings.get("on_demand")
        if isinstance(on_demand, Mapping):
            on_demand = on_demand[responsible]
        if on_demand is not None:
            on_demand = (*on_demand, settings["called_agenda"][responsible])
        t0 = float(settings.get("t0", 0.0))
        days = _serve_responsible(
            members, windows, agendas, inputs, outputs, float(settings["notice"]), horizon, on_demand, t0
        )
        if called is not None:
            called += [(responsible, day) for day in days]
    return pd.DataFrame(outputs, index=cases.index)


def _serve_responsible(
    members: list[int],
    windows: list[tuple[float, float]],
    agendas: dict[float, float],
    inputs: dict[str, list],
    outputs: dict[str, np.ndarray],
    notice: float,
    horizon: float,
    on_demand: tuple[int, float, float] | None,
    t0: float = 0.0,
) -> list[float]:
    """Fills the outputs; returns the days of the meetings that were called."""
    state = inputs.get("state") or ["waiting"] * len(inputs["release"])
    before = inputs.get("attempts_before") or [0] * len(inputs["release"])
    since = inputs.get("since") or [np.nan] * len(inputs["release"])
    agendas = {day: agenda for day, agenda in agendas.items() if day >= t0}  # meetings before t0 are past
    all_called: list[float] = []
    release = {case: max(inputs["release"][case], t0) for case in members}  # of the next attempt
    to_come = {case for case in members if state[case] == "waiting" and before[case] < inputs["max_attempts"][case]}
    waiting: set[int] = set()
    working: dict[Any, tuple[float, int]] = {}  # slot (or, without one, the case's name) -> (end, case)
    filed: set[int] = set()  # and not yet heard
    still_to_come: set[float] = set()  # the day of the meeting that is called

    def settle(t: float) -> None:
        """Completions that fall due at t, then releases."""
        for slot, (end, case) in list(working.items()):
            if end == t:
                del working[slot]
                attempt = int(outputs["attempts"][case])
                if inputs[f"success_{attempt}"][case] == 1:
                    succeed(case, t)
                elif attempt < inputs["max_attempts"][case]:
                    release[case] = t + inputs["retry_delay"][case]
                    to_come.add(case)
        for case in list(to_come):
            if release[case] == t:
                to_come.remove(case)
                waiting.add(case)

    def succeed(case: int, t: float) -> None:
        if inputs["kind"][case] == "outreach":
            outputs["mass_org"][case] = t
            return
        outputs["filed"][case] = t
        if inputs["approval"][case] == "committee":
            filed.add(case)
            maybe_call(t)
        elif inputs["approval"][case] == "direct":
            approve(case, t + notice)
        else:
            form(case, t)

    def maybe_call(t: float) -> None:
        """A meeting on demand: enough cases are unheard, none is called yet, no regular one is near."""
        if on_demand is None or len(filed) < on_demand[0] or still_to_come:
            return
        called = float(np.ceil(t + max(on_demand[1], notice)))
        if called < horizon and not any(t + notice <= day <= called for day in agendas):
            still_to_come.add(called)
            all_called.append(called)

    def approve(case: int, t: float) -> None:
        if t < horizon:
            outputs["approved"][case] = t
            form(case, t)

    def start_from_state() -> None:
        """Where the cases stand at t0."""
        for case in members:
            outputs["attempts"][case] = before[case]
            if state[case] == "approved":
                approve(case, since[case])
            elif state[case] == "filed":
                outputs["filed"][case] = since[case]
                if inputs["approval"][case] == "committee":
                    filed.add(case)
                elif inputs["approval"][case] == "direct":
                    approve(case, max(t0, since[case] + notice))
                else:
                    form(case, since[case])
        at_work = [case for case in members if state[case] == "in_work"]
        at_work.sort(key=lambda case: (since[case], inputs["rank"][case]))
        for place, case in enumerate(at_work):
            outputs["attempts"][case] = before[case] + 1
            if before[case] == 0:
                outputs["dispatched"][case] = since[case]
            end = max(t0, since[case] + inputs[f"prep_{before[case] + 1}"][case])
            working[place if place < len(windows) else f"case {case}"] = (end, case)
        maybe_call(t0)

    def form(case: int, decided: float) -> None:
        formed = max(t0, decided + inputs["election_lag"][case])
        if formed < horizon:
            outputs["formed"][case] = formed

    def start_one(t: float) -> bool:
        """Start the first waiting case in the first idle slot; False where there is none."""
        idle = [slot for slot, (opens, closes) in enumerate(windows) if slot not in working and opens <= t < closes]
        if not idle or not waiting:
            return False
        case = min(waiting, key=lambda case: (inputs["priority"][case], release[case], inputs["rank"][case]))
        waiting.remove(case)
        outputs["attempts"][case] += 1
        attempt = int(outputs["attempts"][case])
        if attempt == 1:
            outputs["dispatched"][case] = t
        working[idle[0]] = (t + inputs[f"prep_{attempt}"][case], case)
        return True

    def meet(t: float, agenda: float) -> None:
        ready = [case for case in filed if outputs["filed"][case] + notice <= t]
        ready.sort(key=lambda case: (outputs["filed"][case], inputs["rank"][case]))
        for place, case in enumerate(ready):
            if np.isnan(agenda) or place < agenda:
                filed.remove(case)
                approve(case, t)

    start_from_state()
    now = -np.inf
    while True:
        ahead = [release[case] for case in to_come]
        ahead += [end for end, _ in working.values()]
        ahead += [opens for opens, _ in windows if opens > max(now, t0)]
        ahead += [day for day in (*agendas, *still_to_come) if day > now]
        now = min(ahead, default=np.inf)
        if now >= horizon:
            return all_called
        settle(now)
        while start_one(now):
            settle(now)
        if now in agendas or now in still_to_come:
            meet(now, agendas[now] if now in agendas else on_demand[2])
            still_to_come.discard(now)
            maybe_call(now)
