"""The life of the cases in SimPy: one process a case, and the order of equal times as event priorities.

Written from the model's page (what happens to a case), not from the kernel; obviously right rather than fast.
All times are whole multiples of 2^-20 working day, so that sums and comparisons of floats are exact.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from typing import Any

import pandas as pd
import simpy

#: Orders of equal times; SimPy handles the least first. URGENT (0) also starts SimPy's own processes.
URGENT, COMPLETION, RELEASE, WINDOW, DISPATCH, MEETING = range(6)

OUTPUTS = ["dispatched", "filed", "approved", "formed", "mass_org", "attempts"]

Record = Mapping[str, Any]
Life = Generator[simpy.Event, Any, None]


class Signal(simpy.Event):
    """An event that somebody else fires, at once, with an order among what happens at the same time."""

    def fire(self, order: int, value: object = None) -> None:
        self._ok, self._value = True, value
        self.env.schedule(self, priority=order)  # type: ignore[arg-type]


class Moment(simpy.Event):
    """An event at a point of time, with an order among what happens at the same time."""

    def __init__(self, env: simpy.Environment, at: float, order: int) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, priority=order, delay=at - env.now)  # type: ignore[arg-type]


class Slot:
    """A place for one case; it may start work from its opening until its closing."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.open = False
        self.busy = False


class Pool:
    """The slots of one responsible unit and the released cases that wait for them."""

    def __init__(self, env: simpy.Environment, slots: list[Record]) -> None:
        self.env = env
        self.waiting: list[tuple[tuple[float, float, int], Signal]] = []
        self.slots = [Slot(index) for index in range(len(slots))]
        self.woken = False
        for slot, window in zip(self.slots, slots, strict=True):
            env.process(self.window(slot, window["start"], window["stop"]))

    def window(self, slot: Slot, start: float, stop: float) -> Life:
        """[start, stop): open and close a slot."""
        start = max(start, self.env.now)
        if start >= stop:
            return
        yield Moment(self.env, start, WINDOW)
        slot.open = True
        self.wake()
        yield Moment(self.env, stop, WINDOW)
        slot.open = False

    def take_over(self, cases: list[Record]) -> None:
        """Cases in work when the simulation begins: the first of them hold the slots, whether these are open or not."""
        for place, case in enumerate(cases):
            case["slot"] = self.slots[place] if place < len(self.slots) else None
            if case["slot"] is not None:
                case["slot"].busy = True

    def wait(self, case: Record, release: float) -> Signal:
        """Queue a released case; the signal fires with its slot when it starts."""
        signal = Signal(self.env)
        self.waiting.append(((case["priority"], release, case["rank"]), signal))
        self.wake()
        return signal

    def leave(self, slot: Slot) -> None:
        slot.busy = False
        self.wake()

    def wake(self) -> None:
        """Have the queue looked at, after completions, releases and windows of this time."""
        if not self.woken:
            self.woken = True
            look = Moment(self.env, self.env.now, DISPATCH)
            look.callbacks.append(self.start_one)

    def start_one(self, _: simpy.Event) -> None:
        """One start; then whatever falls due because of it, and only then a look for the next start."""
        self.woken = False
        idle = [slot for slot in self.slots if slot.open and not slot.busy]
        if idle and self.waiting:
            slot = min(idle, key=lambda slot: slot.index)
            first = min(self.waiting, key=lambda entry: entry[0])
            self.waiting.remove(first)
            slot.busy = True
            first[1].fire(URGENT, slot)
            self.wake()


class Committee:
    """The committee of one responsible unit: meetings on given days, an agenda each, and some that are called.

    `on_demand` is (cases, lead, agenda) or None.
    """

    def __init__(
        self,
        env: simpy.Environment,
        meetings: list[Record],
        notice: float,
        on_demand: tuple[int, float, float] | None,
        horizon: float,
    ) -> None:
        self.env = env
        self.notice = notice
        self.on_demand = on_demand
        self.horizon = horizon
        self.regular = [float(meeting["day"]) for meeting in meetings]
        self.called: float | None = None  # the day of a meeting on demand that is still to come
        self.filed: list[tuple[float, int, Signal]] = []
        for meeting in meetings:
            if meeting["day"] >= env.now:
                env.process(self.meet(meeting["day"], meeting["agenda"]))

    def file(self, case: Record) -> Signal:
        """File a case now; the signal fires when a meeting has heard it."""
        signal = Signal(self.env)
        self.filed.append((self.env.now, case["rank"], signal))
        self.consider()
        return signal

    def take_over(self, case: Record) -> Signal:
        """A case that was filed before the simulation began."""
        signal = Signal(self.env)
        self.filed.append((case["since"], case["rank"], signal))
        return signal

    def consider(self) -> None:
        """Call a meeting where too many wait and none is near."""
        if self.on_demand is None or self.called is not None:
            return
        cases, lead, agenda = self.on_demand
        if len(self.filed) < cases:
            return
        day = float(math.ceil(self.env.now + max(lead, self.notice)))
        near = [meeting for meeting in self.regular if self.env.now + self.notice <= meeting <= day]
        if not near and day < self.horizon:
            self.called = day
            self.env.process(self.meet(day, agenda))

    def meet(self, day: int, agenda: float) -> Life:
        yield Moment(self.env, float(day), MEETING)
        if self.called == self.env.now:
            self.called = None
        ready = [entry for entry in self.filed if entry[0] + self.notice <= self.env.now]
        ready.sort(key=lambda entry: entry[:2])
        heard = ready if math.isnan(agenda) else ready[: int(agenda)]
        for entry in heard:
            self.filed.remove(entry)
            entry[2].fire(URGENT)
        self.consider()


def live(
    env: simpy.Environment,
    case: Record,
    pool: Pool,
    committee: Committee,
    notice: float,
    row: dict[str, float],
) -> Life:
    """The life of one case, from where it stands when the simulation begins; `row` takes what happens to it."""
    state, attempt = case.get("state", "waiting"), int(case.get("attempts_before", 0))
    row["attempts"] = attempt
    if state == "approved":
        row["approved"] = case["since"]
        yield from elect(env, case, case["since"], row)
        return
    if state == "filed":
        row["filed"] = case["since"]
        yield from decide(env, case, committee, notice, row)
        return
    if state == "abandoned":
        return
    release = max(case["release"], env.now)
    begun = case["since"] if state == "in_work" else None
    while begun is not None or attempt < int(case["max_attempts"]):
        attempt += 1
        if begun is None:
            yield Moment(env, release, RELEASE)
            slot = yield pool.wait(case, release)
            start = env.now
        else:
            slot, start, begun = case["slot"], begun, None
        row["attempts"] = attempt
        if attempt == 1:
            row["dispatched"] = start
        yield Moment(env, max(start + case[f"prep_{attempt}"], env.now), COMPLETION)
        if slot is not None:
            pool.leave(slot)
        if case[f"success_{attempt}"] == 1:
            break
        release = env.now + case["retry_delay"]
    else:
        return  # abandoned
    if case["kind"] == "outreach":
        row["mass_org"] = env.now
        return
    row["filed"] = env.now
    yield from decide(env, case, committee, notice, row)


def decide(env: simpy.Environment, case: Record, committee: Committee, notice: float, row: dict[str, float]) -> Life:
    """From the filing on: approval, if there is one, and the election."""
    if case["approval"] == "committee":
        early = row["filed"] < env.now
        yield committee.take_over(case) if early else committee.file(case)
        row["approved"] = env.now
    elif case["approval"] == "direct":
        yield Moment(env, max(row["filed"] + notice, env.now), COMPLETION)
        row["approved"] = env.now
    yield from elect(env, case, row["approved"] if case["approval"] != "none" else row["filed"], row)


def elect(env: simpy.Environment, case: Record, since: float, row: dict[str, float]) -> Life:
    yield Moment(env, max(since + case["election_lag"], env.now), COMPLETION)
    row["formed"] = env.now


def serve(
    cases: pd.DataFrame, slots: pd.DataFrame, meetings: pd.DataFrame, settings: Mapping[str, float]
) -> pd.DataFrame:
    """What happens to every case of a trace (its frames and settings), row by row; NaN where it never does.

    Only what happens at t < H, the end of the last simulated day, happens at all.
    """
    env = simpy.Environment(initial_time=float(settings.get("t0", 0.0)))
    notice = float(settings["notice"])
    pools: dict[str, Pool] = {}
    committees: dict[str, Committee] = {}
    slot_rows, meeting_rows = slots.to_dict("records"), meetings.to_dict("records")
    rows = []
    records = cases.to_dict("records")
    for case in records:
        responsible = case["responsible"]
        if responsible not in pools:
            pools[responsible] = Pool(env, [slot for slot in slot_rows if slot["responsible"] == responsible])
            own = [meeting for meeting in meeting_rows if meeting["responsible"] == responsible]
            on_demand = settings.get("on_demand")
            if isinstance(on_demand, Mapping):
                on_demand = on_demand[responsible]
            if on_demand is not None:
                on_demand = (*on_demand, settings["called_agenda"][responsible])
            committees[responsible] = Committee(env, own, notice, on_demand, float(settings["horizon_day"] + 1))
    for responsible, pool in pools.items():
        at_work = [case for case in records if case["responsible"] == responsible and case.get("state") == "in_work"]
        pool.take_over(sorted(at_work, key=lambda case: (case["since"], case["rank"])))
    for case in records:
        row = dict.fromkeys(OUTPUTS, math.nan) | {"attempts": 0.0}
        rows.append(row)
        env.process(live(env, case, pools[case["responsible"]], committees[case["responsible"]], notice, row))
    for committee in committees.values():
        ask = Moment(env, env.now, URGENT)
        ask.callbacks.append(lambda _, committee=committee: committee.consider())
    if env.now >= settings["horizon_day"] + 1:
        return pd.DataFrame(rows, columns=OUTPUTS, index=cases.index, dtype=float)
    env.run(until=float(settings["horizon_day"] + 1))
    return pd.DataFrame(rows, columns=OUTPUTS, index=cases.index, dtype=float)
