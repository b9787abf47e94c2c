"""Until when a step may be taken and still count, and by when the target would be reached (MODEL §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked
from workbench.inputs import asked
from workbench.inputs.scenario import Calendar, Law
from workbench.labels import text
from workbench.numbers import iso_date, thousands
from workbench.shown import Shown
from workbench.simulation import draw_sample
from workbench.simulation.kernels import COMMITTEE, DIRECT, IN_WORK, TICK, WAITING, to_ticks
from workbench.simulation.setup import KINDS, OUTREACH, Setup, prepared
from workbench.simulation.start import planned_groups, prepare_from
from workbench.simulation.tracing import AllDraws, all_draws

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import CaseKind, Scenario

#: How sure one may want to be that a step taken by a date still counts: even odds, and nine times in ten.
EVEN, SAFE = 0.5, 0.9
LEVELS = {"50": EVEN, "90": SAFE}
STEPS = ("meeting", "filing", "dispatch")
#: Replications that dates rest on, at most, beside other work.
FOR_DATES = 200
#: No day of the campaign.
NO_DAY = -1


@dataclass(frozen=True, eq=False, repr=False)
class LastSafeDates(Shown):
    """Until when each step of a case may be taken for it to count by the deadline.

    A date is the last working day on whose morning (t = d) the step still counts: at even odds (``_50``), and nine
    times in ten (``_90``), given how long what comes after it takes. NaT where no working day is early enough: for a
    dispatch, none on which cases of the kind may be worked on; `at_opening` then says how often the first one is.

    Attributes
    ----------
    deadline
        the last working day that counts.
    by_kind
        one row a kind that has cases: cases; election, working days that it takes at least (0 without one);
        possible, the last day of a meeting that can count at all; meeting_50, meeting_90, the last day on which a
        meeting would count, held or not (NaT where no committee decides); filing_50, filing_90, dispatch_50,
        dispatch_90 (NaT for filing where nothing is filed); at_opening, the share of the cases and replications in
        which a dispatch on the first morning counts.
    table
        the same by responsible unit (the pool) and kind, without election and possible; here meeting_50 and meeting_90
        are meetings that the responsible unit's committee does hold.
    meetings
        one row a responsible unit: meetings, held by the deadline (from today on); in_time, how many of them count at
        even odds or better for every kind.
    replications
        how many replications' durations the dates of filing and dispatch rest on.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    predicted_from
        the first date from which dates rest on holidays that are not announced yet; None where none that is said does.
    """

    shown_table = "by_kind"

    deadline: date
    by_kind: pd.DataFrame
    table: pd.DataFrame
    meetings: pd.DataFrame
    replications: int
    ungrouped: int = 0
    predicted_from: date | None = None

    @property
    def first_to_close(self) -> CaseKind | None:
        """The kind whose committees must have met first, among elections of a day or more; None without any."""
        late = self.by_kind[(self.by_kind["election"] >= 1.0) & self.by_kind["committee"]]
        if late.empty:
            return None
        days = late["meeting_50"].fillna(pd.Timestamp(date.min.replace(year=1900)))
        found: CaseKind = late.assign(day=days).sort_values(["day", "cases"], ascending=[True, False]).index[0]
        return found

    def summary(self) -> str:
        """A line a kind, and the meetings that come too late, in the language in use."""
        if self.by_kind.empty:
            return text("dates.none", deadline=iso_date(self.deadline))
        lines = [text("dates.head", deadline=iso_date(self.deadline), replications=thousands(self.replications))]
        lines += [self._line(str(kind), row) for kind, row in self.by_kind.to_dict("index").items()]
        if self.first_to_close is not None:
            held = self.meetings[["meetings", "in_time"]].sum()
            late = int(held["meetings"] - held["in_time"])
            lines.append(text("dates.meetings", meetings=int(held["meetings"]), late=late))
        return "\n".join(lines)

    def _line(self, kind: str, row: dict[Any, Any]) -> str:
        # Whoever founds a mass organization files nothing, and only a committee meets.
        steps = {"dispatch": True, "filing": kind != KINDS[OUTREACH], "meeting": row["committee"]}
        said = [
            text(f"dates.{step}", even=_said(row[f"{step}_50"]), safe=_said(row[f"{step}_90"]))
            for step, taken in steps.items()
            if taken
        ]
        steps_said = text("dates.and").join(said)
        return text("dates.line", kind=text(f"kind.{kind}"), cases=int(row["cases"]), steps=steps_said)


def _said(day: pd.Timestamp) -> str:
    return text("dates.too_late") if pd.isna(day) else iso_date(day)


@asked
def last_safe_dates(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    as_of: date | str | None = None,
    replications: int = 200,
    seed: int = 0,
    setup: Setup | None = None,
) -> LastSafeDates:
    """Until when cases must be dispatched, filed and heard to count by the deadline (MODEL §7).

    For every case and replication the times are worked backwards on the same random numbers as in `simulate`: the last
    meeting that leaves time for the election, the last filing that this meeting still hears after the notice, the last
    dispatch after which preparation, with failures and further attempts, ends in time. Queues are left out: an
    instructor is free for each attempt, and the meeting's agenda has room; where meetings are called on demand, enough
    other cases are filed for one to be called. With queues the dates lie earlier, never later. What founds a mass
    organization counts from its dispatch on, so that the deadline itself is its date.

    Parameters
    ----------
    register, scenario, grouping, seed
        as for `simulate`.
    as_of
        in the middle of a campaign, the last day of which what the register's dates say has happened (MODEL §10):
        dates then lie after it, and rest on what is still to be filed: cases that wait, or are in work. For a dispatch
        those that wait.
    replications
        how many; each case counts once in every one of them.
    setup
        what `prepare`, or `prepare_from` of a day, gave for register, scenario and grouping, where it is there already.

    Returns
    -------
    LastSafeDates
        LastSafeDates

    Raises
    ------
    ArgumentError
        a number is outside its range, or `as_of` is not a day.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.

    Examples
    --------
    An election of exactly five working days, and the deadline is Tuesday, 31 August 2027: a meeting on Wednesday the
    25th is a day too late.

    >>> from workbench.inputs import Scenario, make_city
    >>> city = make_city(60, 2, seed=1)
    >>> scenario = Scenario().replace({
    ...     "cases.standalone.election": 5, "cases.standalone.preparation": {"uniform": [2, 4]}, "uncertainty": {},
    ...     "committee.every_weeks": 1, "committee.notice": 2})
    >>> dates = last_safe_dates(city, scenario, replications=50)
    >>> row = dates.by_kind.loc["standalone"]
    >>> [str(row[name].date()) for name in ("possible", "meeting_50", "meeting_90")]
    ['2027-08-24', '2027-08-24', '2027-08-24']
    >>> [str(row[name].date()) for name in ("filing_50", "filing_90", "dispatch_50", "dispatch_90")]
    ['2027-08-20', '2027-08-20', '2027-08-16', '2027-08-10']
    """
    replications, seed = checked(replications=replications, seed=seed)
    if setup is None and as_of is not None:
        setup = prepare_from(register, scenario, planned_groups(register, scenario, grouping), as_of)
    setup = prepared(setup, register, scenario, grouping)
    sample = draw_sample(setup, 0, replications, seed)
    cases = setup.cases
    open_, waiting = _left(setup)
    found: dict[tuple[str, int], _Days] = {}
    for responsible, name in enumerate(cases.responsible_units):
        begin, end = cases.pool_start[responsible], cases.pool_start[responsible + 1]
        kind, left, begins = cases.kind[begin:end], open_[begin:end], waiting[begin:end]
        if not left.any():
            continue
        draws = all_draws(setup, responsible, sample)
        for number in np.unique(kind[left]):
            own = left & (kind == number)
            days = _last_days(setup, responsible, int(number), draws, own, begins, sample.parameters.notice)
            found[name, int(number)] = _Days(int(own.sum()), days)
    return _labelled(setup, found, replications)


class _Days(NamedTuple):
    """The cases of one kind in one responsible unit, and the last day of each step for each, int64 (R, cases)."""

    cases: int
    of: dict[str, NDArray[np.int64]]


def _left(setup: Setup) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which cases are still to be filed, and which of them still to be dispatched: bool (n,)."""
    if setup.start is None:
        every = np.ones(len(setup.cases), dtype=bool)
        return every, every
    waiting = setup.start.state == WAITING
    return waiting | (setup.start.state == IN_WORK), waiting


def _last_days(
    setup: Setup,
    responsible: int,
    kind: int,
    draws: AllDraws,
    own: NDArray[np.bool_],
    waiting: NDArray[np.bool_],
    notice: NDArray[np.float64],
) -> dict[str, NDArray[np.int64]]:
    """The last day of each step for the cases of a kind in a responsible unit, int64 (R, cases); `NO_DAY` where there
    is none. A dispatch is told of those that wait.

    `open` is the last day of a meeting that would count, held or not. Times are exact, and what happens before an
    instant happens a tick before it at the latest.
    """
    calendar = setup.calendar
    end = calendar.deadline_day + 1.0
    t0 = 0.0 if setup.start is None else setup.start.t0
    to_come = waiting[own]
    if kind == OUTREACH:
        latest = calendar.deadline_day if calendar.deadline_day >= t0 else NO_DAY
        return {"dispatch": np.full((notice.size, int(to_come.sum())), latest, dtype=np.int64)}
    lag = draws.election_lag[:, own]
    if setup.scenario.policy.counted_from == "approved":
        lag = np.zeros_like(lag)
    rule = setup.approval[kind]
    days = {}
    if rule == COMMITTEE:
        meeting = slice(setup.meeting_start[responsible], setup.meeting_start[responsible + 1])
        held = setup.meeting_day[meeting][(setup.agenda[meeting] > 0) & (setup.meeting_day[meeting] >= t0)]
        days["open"] = _day(end - TICK - lag)
        last = np.searchsorted(held, days["open"], side="right")
        days["meeting"] = np.append(NO_DAY, held)[last].astype(np.int64)
        filed = np.where(last > 0, days["meeting"] - notice[:, None], -np.inf)
        called = setup.on_demand
        if called.calls_at[responsible] > 0 and called.agenda[responsible] > 0:
            # A meeting called for the last day that counts, as long ahead as it must be.
            ahead = np.maximum(notice, called.calls_ahead[responsible])[:, None]
            days["meeting"] = np.maximum(days["meeting"], days["open"])
            filed = np.maximum(filed, np.where(days["open"] >= t0, days["open"] - ahead, -np.inf))
    else:
        filed = end - TICK - lag - (notice[:, None] if rule == DIRECT else 0.0)
    days["filing"] = _day(filed)
    dispatched = own & waiting
    days["dispatch"] = _day(filed[:, to_come] - _preparation(draws, dispatched))
    days["dispatch"][days["dispatch"] < setup.opening[kind]] = NO_DAY
    return {step: np.where(day < t0, NO_DAY, day) for step, day in days.items()}


def _preparation(draws: AllDraws, own: NDArray[np.bool_]) -> NDArray[np.float64]:
    """From dispatch to filing with a slot free for every attempt, (R, cases); infinite where it is abandoned.

    Attempts that have failed already have no length (NaN): the next one begins at the dispatch.
    """
    preparation, success = draws.preparation[:, own], draws.success[:, own]
    total, succeeded = np.zeros(preparation.shape[:2]), np.zeros(preparation.shape[:2], dtype=bool)
    begun = succeeded.copy()
    for attempt in range(preparation.shape[2]):
        lasts = preparation[:, :, attempt]
        again = ~succeeded & ~np.isnan(lasts)
        total[again] += (np.where(begun, draws.retry_delay[:, own], 0.0) + lasts)[again]
        begun |= again
        succeeded |= again & success[:, :, attempt]
    return np.where(succeeded, total, np.inf)


def _day(time: NDArray[np.float64]) -> NDArray[np.int64]:
    """The last working day that begins by a time."""
    return np.maximum(np.floor(time), NO_DAY).astype(np.int64)


def _safe(days: NDArray[np.int64], level: float) -> int:
    """The latest day that at least this share of the cases and replications allows."""
    flat = np.sort(days, axis=None)
    if not flat.size:
        return NO_DAY
    return int(flat[flat.size - int(np.ceil(level * flat.size))])


def _labelled(setup: Setup, found: dict[tuple[str, int], _Days], replications: int) -> LastSafeDates:
    calendar = setup.calendar
    rows, by_kind = [], []
    for (responsible, kind), days in found.items():
        rows.append({"responsible": responsible, "kind": KINDS[kind], "cases": days.cases} | _dates(calendar, days.of))
    numbers = sorted({kind for _, kind in found})
    for kind in numbers:
        every = [days for (_, own), days in found.items() if own == kind]
        parts = [days.of for days in every]
        pooled = {name: np.concatenate([part[name].ravel() for part in parts]) for name in parts[0]}
        if "open" in pooled:
            pooled["meeting"] = pooled["open"]
        election = _election(setup.scenario, KINDS[kind])
        committee = bool(setup.approval[kind] == COMMITTEE)
        least = 0.0 if election is None else election.low
        latest = int(_day(to_ticks(np.array([calendar.deadline_day + 1.0 - least])) - TICK)[0])
        by_kind.append(
            {
                "kind": KINDS[kind],
                "cases": sum(days.cases for days in every),
                "committee": committee,
                "election": least,
                "possible": _date(calendar, latest) if committee else pd.NaT,
            }
            | _dates(calendar, pooled)
        )
    names = [f"{step}_{level}" for step in STEPS for level in LEVELS]
    table = _typed(pd.DataFrame(rows, columns=["responsible", "kind", "cases", *names, "at_opening"]), names)
    kinds = pd.DataFrame(by_kind, columns=["kind", "cases", "committee", "election", "possible", *names, "at_opening"])
    return LastSafeDates(
        deadline=calendar.date_of(calendar.deadline_day),
        by_kind=_typed(kinds, ["possible", *names]).set_index("kind"),
        table=table.set_index(["responsible", "kind"]),
        meetings=_meetings(setup, found),
        replications=replications,
        ungrouped=setup.cases.ungrouped,
        predicted_from=calendar.predicted_from if calendar.is_predicted(setup.scenario.calendar.deadline) else None,
    )


def _election(scenario: Scenario, kind: CaseKind) -> Law | None:
    # What counts from approval on does not wait for an election.
    return None if scenario.policy.counted_from == "approved" else scenario.cases.of(kind).election


def _dates(calendar: Calendar, days: dict[str, NDArray[np.int64]]) -> dict[str, object]:
    dates = {
        f"{step}_{name}": _date(calendar, _safe(days[step], level)) if step in days else pd.NaT
        for step in STEPS
        for name, level in LEVELS.items()
    }
    first = days["dispatch"] != NO_DAY
    return dates | {"at_opening": float(first.mean()) if first.size else np.nan}


def _date(calendar: Calendar, day: int) -> object:
    return pd.NaT if day == NO_DAY else pd.Timestamp(calendar.date_of(day))


def _typed(frame: pd.DataFrame, dates: list[str]) -> pd.DataFrame:
    types = {"responsible": "str", "kind": "str", "cases": "int64", "committee": "bool", "election": "float64"}
    types |= {"at_opening": "float64"} | dict.fromkeys(dates, "datetime64[us]")
    return frame.astype({name: kind for name, kind in types.items() if name in frame})


def _meetings(setup: Setup, found: dict[tuple[str, int], _Days]) -> pd.DataFrame:
    """Meetings of each responsible unit by the deadline, and by the day on which the door closes for the first kind;
    in the middle of a campaign those that are still to come."""
    t0 = 0.0 if setup.start is None else setup.start.t0
    responsible_units = setup.cases.responsible_units
    doors: dict[int, list[NDArray[np.int64]]] = {}
    for (_, kind), days in found.items():
        if "open" in days.of:
            doors.setdefault(kind, []).append(days.of["open"].ravel())
    last = setup.calendar.deadline_day
    closing = min((_safe(np.concatenate(parts), EVEN) for parts in doors.values()), default=last)
    held = [
        setup.meeting_day[setup.meeting_start[i] : setup.meeting_start[i + 1]] for i in range(len(responsible_units))
    ]
    counts = {"meetings": [int(((days >= t0) & (days <= last)).sum()) for days in held]}
    counts["in_time"] = [int(((days >= t0) & (days <= closing)).sum()) for days in held]
    return pd.DataFrame(counts, index=pd.Index(responsible_units, name="responsible", dtype="str"), dtype="int64")
