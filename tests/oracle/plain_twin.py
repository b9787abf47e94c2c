"""The life of the cases without a simulation library: walk from instant to instant, pool by pool.

A third opinion beside the SimPy twin, because the meaning of equal times is where implementations differ.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

OUTPUTS = ["dispatched", "filed", "approved", "formed", "mass_org", "attempts"]


def serve(
    cases: pd.DataFrame, slots: pd.DataFrame, meetings: pd.DataFrame, settings: Mapping[str, float]
) -> pd.DataFrame:
    """What happens to every case of a trace (frames and settings), row by row; NaN where it never does."""
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
        _serve_responsible(members, windows, agendas, inputs, outputs, float(settings["notice"]), horizon)
    return pd.DataFrame(outputs, index=cases.index)


def _serve_responsible(
    members: list[int],
    windows: list[tuple[float, float]],
    agendas: dict[float, float],
    inputs: dict[str, list],
    outputs: dict[str, np.ndarray],
    notice: float,
    horizon: float,
) -> None:
    release = {case: inputs["release"][case] for case in members}  # of the next attempt
    to_come = set(members)  # not yet released
    waiting: set[int] = set()
    working: dict[int, tuple[float, int]] = {}  # slot -> (end, case)
    filed: set[int] = set()  # and not yet heard

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
        elif inputs["approval"][case] == "direct":
            approve(case, t + notice)
        else:
            form(case, t)

    def approve(case: int, t: float) -> None:
        if t < horizon:
            outputs["approved"][case] = t
            form(case, t)

    def form(case: int, decided: float) -> None:
        formed = decided + inputs["election_lag"][case]
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

    now = -np.inf
    while True:
        ahead = [release[case] for case in to_come]
        ahead += [end for end, _ in working.values()]
        ahead += [opens for opens, _ in windows if opens > now]
        ahead += [day for day in agendas if day > now]
        now = min(ahead, default=np.inf)
        if now >= horizon:
            return
        settle(now)
        while start_one(now):
            settle(now)
        if now in agendas:
            meet(now, agendas[now])
