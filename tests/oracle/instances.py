"""Random small instances of one replication, made so that nearly everything happens at the same time."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

KINDS = ("standalone", "assisted", "joint", "attached", "outreach")
#: The finest step of time that the model knows, in working days.
TICK = 2.0**-20


@dataclass(frozen=True)
class Instance:
    """The inputs that a trace shows: frames `cases`, `slots`, `meetings` and the settings."""

    cases: pd.DataFrame
    slots: pd.DataFrame
    meetings: pd.DataFrame
    settings: dict[str, Any]


def instance(seed: int, cases: int | None = None) -> Instance:
    """The instance of this number: the same for ever, whatever was drawn before; of few cases, or of so many."""
    rng = random.Random(seed)
    horizon_day = rng.choice((0, 1, *range(2, 13)))
    responsible_units = [f"responsible unit {letter}" for letter in "ABC"[: rng.choice((1, 1, 2, 3))]]
    step = rng.choice((0.25, 0.25, 0.5, 1.0, TICK))
    count = rng.choice((0, 1, *range(2, 13), *range(2, 13), 30))
    settings = {
        "notice": rng.choice((0.0, 0.0, 0.25, 0.5, 1.0, 2.0, 1 + TICK)),
        "deadline_day": rng.randint(0, horizon_day),
        "horizon_day": horizon_day,
    }
    slots = [slot for responsible in responsible_units for slot in _slots(rng, responsible, step, horizon_day + 1.0)]
    meetings = [meeting for responsible in responsible_units for meeting in _meetings(rng, responsible, horizon_day)]
    return Instance(
        _cases(rng, count if cases is None else cases, responsible_units, step, horizon_day),
        _frame(slots, {"responsible": "str", "start": "float64", "stop": "float64"}),
        _frame(meetings, {"responsible": "str", "day": "int64", "agenda": "float64"}),
        settings,
    )


def with_calls(given: Instance, seed: int) -> Instance:
    """The same where meetings are called on demand: by all committees alike, or by each in its own way or not at all.

    Fewer regular meetings stay than before, so that the calls matter.
    """
    rng = random.Random(f"calls {seed}")
    names = sorted(
        set(given.cases["responsible"]) | set(given.meetings["responsible"]) | set(given.slots["responsible"])
    )

    def rule() -> list[float]:
        return [rng.choice((1, 1, 2, 2, 3, 5)), rng.choice((1.0, 1.0, 1.25, 2.0, 3.0, 1 + TICK))]

    each = {name: rule() if rng.random() < 0.8 else None for name in names}
    stays = [rng.random() < rng.choice((0.0, 0.5, 1.0)) for _ in range(len(given.meetings))]
    return replace(
        given,
        meetings=given.meetings[np.array(stays, dtype=bool)].reset_index(drop=True),
        settings=given.settings
        | {
            "on_demand": rule() if rng.random() < 0.5 else each,
            "called_agenda": {name: rng.choice((math.nan, 0.0, 1.0, 1.0, 2.0)) for name in names},
        },
    )


def from_a_state(given: Instance, seed: int) -> Instance:
    """The same from a random state at t0: cases in work (often more than slots), filed, approved, given up, and some
    that have failed before; most times fall together.
    """
    rng = random.Random(f"state {seed}")
    cases, horizon_day = given.cases.copy(), given.settings["horizon_day"]
    t0 = float(rng.randint(0, horizon_day + 1))
    columns = sum(name.startswith("prep_") for name in cases)
    usual = [rng.choice(("waiting", "in_work", "filed", "approved")) for _ in range(rng.choice((1, 2, 4)))]
    stands: list[tuple[str, float, int]] = []
    for row, case in enumerate(cases.to_dict("records")):
        state = rng.choice((*usual, "waiting", "in_work", "filed", "approved", "abandoned"))
        if case["kind"] == "outreach" and state in ("filed", "approved"):
            state = "in_work"
        before = rng.choice((0, 0, 0, 1, rng.randint(0, columns)))
        if state == "in_work":
            before = min(before, columns - 1)
        since = t0 - rng.choice((0.5, 0.5, 1.5, 2.0**-20, rng.randint(1, 2 * horizon_day + 4) / 2))
        dated = state in ("in_work", "filed", "approved")
        stands.append((state, since if dated else math.nan, before))
        for k in range(1, columns + 1):
            if k <= before:
                cases.loc[row, f"prep_{k}"] = math.nan
            elif k == before + 1 and state == "in_work":
                left = rng.choice((-since, 0.0, 0.5, 0.25, 1.0, 2.0))
                cases.loc[row, f"prep_{k}"] = max(t0 - since + left, 0.0)
                cases.loc[row, f"success_{k}"] = float(rng.random() < 0.6)
    frame = _frame(list(stands), {"state": "str", "since": "float64", "attempts_before": "int64"})
    return replace(given, cases=cases.assign(**frame), settings=given.settings | {"t0": t0})


def _frame(rows: list[tuple[object, ...]], dtypes: dict[str, str]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else [()] * len(dtypes)
    pairs = zip(dtypes.items(), columns, strict=True)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype=dtype) if dtype == "str" else np.array(values, dtype)
            for (name, dtype), values in pairs
        }
    )


def _cases(rng: random.Random, count: int, responsible_units: list[str], step: float, horizon_day: int) -> pd.DataFrame:
    """Cases in any order; `alike` ones differ in rank alone, so that rank decides nearly everything."""
    attempts = rng.choice((1, 2, 3, 3, 5))
    alike = rng.random() < 0.2
    length = rng.choice((0.0, step, 1.0))
    dtypes = {
        **{"case": "str", "kind": "str", "responsible": "str", "units": "int64", "priority": "int64"},
        **{"release": "float64", "rank": "int64", "max_attempts": "int64"},
        **{"approval": "str", "election": "bool"},
        **{f"prep_{k}": "float64" for k in range(1, attempts + 1)},
        **{f"success_{k}": "float64" for k in range(1, attempts + 1)},
        **{"retry_delay": "float64", "election_lag": "float64"},
    }
    rows: list[tuple[object, ...]] = []
    for index, rank in enumerate(rng.sample(range(count), count)):
        kind = "standalone" if alike else rng.choice(KINDS)
        election = kind != "outreach" and rng.random() < 0.5
        allowed = rng.randint(1, attempts)
        unused = (math.nan,) * (attempts - allowed)
        releases = (0.0, 0.0, 1.0, 2.0, rng.randint(0, 4) * step, _time(rng, step, horizon_day + 2))
        lengths = [
            rng.choice((0.0, 0.0, step, 1.0, rng.randint(0, 8) * step, _time(rng, step, 3))) for _ in range(allowed)
        ]
        approvals = ("committee",) if alike else ("committee", "committee", "direct", "none")
        rows.append(
            (
                f"case {index:02d}",
                kind,
                rng.choice(responsible_units),
                rng.randint(2, 5) if kind == "joint" else 1,
                0 if alike else rng.choice((0, 0, 1, 1, 2)),
                0.0 if alike else rng.choice(releases),
                rank,
                allowed,
                "none" if kind == "outreach" else rng.choice(approvals),
                election,
                *([length] * allowed if alike else lengths),
                *unused,
                *(float(rng.random() < 0.6) for _ in range(allowed)),
                *unused,
                rng.choice((0.0, 0.0, step, 1.0, rng.randint(0, 6) * step)),
                rng.choice((0.0, step, 1.0, rng.randint(0, 6) * step)) if election else 0.0,
            )
        )
    return _frame(rows, dtypes)


def _time(rng: random.Random, step: float, end: int) -> float:
    """A point of the grid in [0, end]."""
    return rng.randint(0, int(end / step)) * step


def _slots(rng: random.Random, responsible: str, step: float, horizon: float) -> list[tuple[object, ...]]:
    """0 to 4 slots: always open, opening late, closing early or after the end of all things, or short; none empty."""
    slots: list[tuple[object, ...]] = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        start, stop = 0.0, horizon
        if rng.random() < 0.5:
            start = min(_time(rng, step, int(horizon)), horizon - step)
        if rng.random() < 0.5:
            stop = min(start + rng.choice((step, 1.0, rng.randint(1, 8) * step, 4.0)), horizon)
        elif rng.random() < 0.2:
            stop = horizon + 2.0
        slots.append((responsible, start, stop))
    return slots


def _meetings(rng: random.Random, responsible: str, horizon_day: int) -> list[tuple[object, ...]]:
    """Meetings on some of the days, with one agenda or one each."""
    share = rng.choice((0.0, 0.2, 0.5, 1.0))
    sizes = rng.choice(((math.nan,), (0,), (1,), (1,), (2,), (0, 1, 2, math.nan)))
    days = [day for day in range(horizon_day + 1) if rng.random() < share]
    return [(responsible, day, float(rng.choice(sizes))) for day in days]
