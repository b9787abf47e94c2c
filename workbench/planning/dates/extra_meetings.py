"""What one more committee meeting would bring, day by day and responsible unit by responsible unit; and a direct
decision instead.

Responsible units share no resource, and a responsible unit's meetings concern its own cases only. So each (responsible
unit, day) is simulated once, and a meeting of all responsible units on a day brings the sum, replication by
replication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import Rule, as_date, broken, checked, refuse
from workbench.errors import Cancelled
from workbench.grouping import joined
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import odds, percent, points_between, target_percent, thousands
from workbench.planning.comparison import Interval, each_level, mean_differences_together, share_difference
from workbench.planning.dates.last_safe import FOR_DATES, last_safe_dates
from workbench.progress import Progress
from workbench.shown import Shown
from workbench.simulation import draw_sample, processors, responsible_units_of
from workbench.simulation.results import Estimate, wilson
from workbench.simulation.setup import KINDS, OUTREACH, Setup, prepare
from workbench.stopping import Threads
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.simulation import Sample

#: The candidate that is no meeting: whatever is filed is decided at once after the notice.
DIRECT = "direct"


@dataclass(frozen=True, eq=False, repr=False)
class ExtraMeetings(Shown):
    """What one more meeting would bring, against the scenario as it is.

    Attributes
    ----------
    table
        one row a candidate, a date (as text) or ``"direct"``: responsible units (how many would not meet on that day
        anyway), expected (coverage with it), gain, gain_low, gain_high; probability, probability_gain with _low and
        _high; helps and harms, the shares of replications in which it brings more, or less: with retries and an agenda
        an earlier decision may cost another its turn; closed, the share of the committees' cases whose election, at
        even odds, would end too late after a meeting on that day. Intervals of all candidates hold together.
    by_responsible
        one row a (candidate, responsible unit): meets (on that day anyway); organizations that a meeting of this
        responsible unit alone brings on average, with organizations_low and organizations_high. All intervals hold
        together.
    best
        one row a responsible unit: day (the one that brings most; NaT where none brings anything), and organizations
        with _low and _high that it brings on fresh replications, since the best of many days flatters itself.
    each_best
        the gain of coverage if each responsible unit meets once more on its own best day, on those fresh replications.
    expected, probability
        of the scenario as it is. replications, seed, level.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    predicted_from
        the first date from which dates rest on holidays that are not announced yet; None where none that is said does.
    """

    table: pd.DataFrame
    by_responsible: pd.DataFrame
    best: pd.DataFrame
    each_best: Estimate
    expected: float
    probability: Estimate
    replications: int
    seed: int
    level: float
    ungrouped: int = 0
    predicted_from: date | None = None

    @property
    def best_day(self) -> str | None:
        """The day on which a meeting in all pools brings most; None where none is told apart from nothing."""
        days = self.table.drop(index=DIRECT, errors="ignore")
        days = days[days["gain_low"] > 0.0]
        return None if days.empty else str(days["gain"].idxmax())

    def summary(self) -> str:
        """The best day, the responsible units' own best days, and a direct decision, in the language in use."""
        values = {"replications": thousands(self.replications), "level": target_percent(self.level)}
        lines = [text("meetings.head", expected=percent(self.expected), probability=str(self.probability), **values)]
        if self.best_day is None:
            lines.append(text("meetings.none"))
        else:
            row = self.table.loc[self.best_day].to_dict()
            lines.append(
                text(
                    "meetings.best",
                    day=self.best_day,
                    gain=points_between(row["gain"], row["gain_low"], row["gain_high"]),
                    chance=odds(row["probability"], self.replications),
                    closed=percent(row["closed"], 0),
                )
            )
            lines.append(
                text(
                    "meetings.each",
                    gain=points_between(*self.each_best),
                    responsible_units=int(self.best["day"].notna().sum()),
                )
            )
        if DIRECT in self.table.index:
            row = self.table.loc[DIRECT].to_dict()
            gain = points_between(row["gain"], row["gain_low"], row["gain_high"])
            lines.append(text("meetings.direct", gain=gain, chance=odds(row["probability"], self.replications)))
        return "\n".join(lines)


@asked
def extra_meetings(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    days: Sequence[date | str] | None = None,
    direct: bool = True,
    replications: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    workers: int | None = None,
    progress: Progress | None = None,
) -> ExtraMeetings:
    """Try one more meeting on each candidate day, and direct decisions, on the same random numbers.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, workers
        as for `simulate`.
    days
        candidate dates; by default every working day from the opening of formation to the deadline. A date that is
        no working day stands for the next one, as for `committee.extra`.
    direct
        whether to try direct decisions too: every kind that a committee approves gets ``approval: direct``.
    level
        confidence of the intervals.
    progress
        called with (done, in all); it may return False to stop.

    Raises
    ------
    ValueError
        a number outside its range, or no day to try.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(90, 4, seed=1)
    >>> plan = wb.Scenario().replace("committee.agenda", 3)
    >>> found = wb.extra_meetings(city, plan, replications=50)
    >>> found.table.index[0], found.table.index[-2], found.table.index[-1]
    ('2027-08-02', '2027-08-31', 'direct')
    >>> bool((found.table["gain"] >= 0).all()), found.best_day is not None
    (True, True)
    """
    replications, seed, level, workers = checked(
        paired_replications=replications, seed=seed, level=level, workers=workers
    )
    grouping = joined(register, scenario, grouping)
    setup = prepare(register, scenario, grouping)
    calendar = setup.calendar
    if days is None:
        tried = [calendar.date_of(day) for day in range(int(calendar.formation_opens), calendar.deadline_day + 1)]
    else:
        tried = [as_date(day, "days") for day in days]
    setups = {
        day.isoformat(): setup.with_extra_meeting(day)
        for day in sorted({calendar.next_working_day(day) for day in tried})
    }
    decided = {f"cases.{kind}.approval": "direct" for kind in KINDS if scenario.cases.of(kind).approval == "committee"}
    if direct and decided:
        setups[DIRECT] = prepare(register, scenario.replace(decided), grouping)
    if not setups:
        refuse([broken("days", days, Rule(bool, "day_to_try"))])
    first, fresh = (draw_sample(setup, start, replications, seed) for start in (0, replications))
    jobs = _Jobs(setup, setups, workers, progress)
    gains, base = jobs.all(first)
    total = jobs.total
    start = int(setup.cases.organizations["branch"].sum())
    wanted = scenario.targets.organization
    reached = reaches(start + base.sum(axis=0), wanted, total)
    table = _table(gains, start + base.sum(axis=0), jobs, wanted, level)
    table.insert(0, "responsible_units", [jobs.changed(name).sum() for name in table.index])
    dates = last_safe_dates(
        register, scenario, grouping, replications=min(replications, FOR_DATES), seed=seed, setup=setup
    )
    table["closed"] = [_closed(dates.by_kind, name) for name in table.index]
    best, each_best = _best(jobs, gains, fresh, level)
    return ExtraMeetings(
        table=table,
        by_responsible=_by_responsible(gains, jobs, level),
        best=best,
        each_best=each_best,
        expected=int((start + base.sum(axis=0)).sum()) / (total * replications),
        probability=wilson(int(reached.sum()), replications),
        replications=replications,
        seed=seed,
        level=level,
        ungrouped=setup.cases.ungrouped,
        predicted_from=dates.predicted_from,
    )


class _Jobs:
    """What each responsible unit adds by the deadline, as it is and under each candidate."""

    def __init__(
        self, setup: Setup, tries: Mapping[str, Setup], workers: int | None, progress: Progress | None
    ) -> None:
        self.setup, self.tries = setup, tries
        self._workers, self._progress = workers or processors(), progress

    @property
    def responsible_units(self) -> tuple[str, ...]:
        return self.setup.cases.responsible_units

    @property
    def total(self) -> int:
        """Organizations that coverage is a share of."""
        return max(len(self.setup.cases.organizations), 1)

    @property
    def largest_case(self) -> int:
        """Organizations that one case covers at most."""
        return int(np.bincount(self.setup.cases.unit_case).max()) if self.setup.cases.unit_case.size else 1

    def changed(self, name: str) -> NDArray[np.bool_]:
        """For which responsible units a candidate changes anything: those that do not meet on that day anyway."""
        other = self.tries[name]
        return np.array(
            [
                name == DIRECT or _meetings(self.setup, responsible) != _meetings(other, responsible)
                for responsible in range(len(self.responsible_units))
            ],
            dtype=np.bool_,
        )

    def all(self, sample: Sample) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64]]:
        """Gains (pools, R) by candidate, and what the pools add as they are, (pools, R)."""
        wanted = [("", responsible) for responsible in range(len(self.responsible_units))]
        wanted += [
            (name, int(responsible)) for name in self.tries for responsible in np.flatnonzero(self.changed(name))
        ]
        added = self.some(wanted, sample)
        base = np.zeros((len(self.responsible_units), sample.parameters.late.size), dtype=np.int64)
        for responsible in range(len(self.responsible_units)):
            base[responsible] = added["", responsible]
        gains = {name: np.zeros_like(base) for name in self.tries}
        for (name, responsible), branches in added.items():
            if name:
                gains[name][responsible] = branches - base[responsible]
        return gains, base

    def some(self, wanted: list[tuple[str, int]], sample: Sample) -> dict[tuple[str, int], NDArray[np.int64]]:
        """Organizations that responsible units add under candidates (``""``: as they are), (R,) each."""
        row = self.setup.calendar.deadline_day
        added: dict[tuple[str, int], NDArray[np.int64]] = {}
        with Threads(self._workers) as threads:
            # One candidate after the other: its responsible units are made, simulated and forgotten.
            for name in dict.fromkeys(name for name, _ in wanted):
                every = responsible_units_of(self.tries.get(name, self.setup), sample)
                futures = {
                    threads.submit(
                        every[responsible].respond, self.setup.instructors.get(self.responsible_units[responsible], 0)
                    ): responsible
                    for each, responsible in wanted
                    if each == name
                }
                for future in as_completed(futures):
                    added[name, futures[future]] = np.asarray(future.result().branches[row], dtype=np.int64)
                    if self._progress is not None and self._progress(len(added), len(wanted)) is False:
                        threads.shutdown(wait=False, cancel_futures=True)
                        raise Cancelled(text("error.cancelled"))
        return added


def _meetings(setup: Setup, responsible: int) -> list[float]:
    """The working days on which a responsible unit's committee meets."""
    days: list[float] = setup.meeting_day[
        setup.meeting_start[responsible] : setup.meeting_start[responsible + 1]
    ].tolist()
    return days


def _table(
    gains: dict[str, NDArray[np.int64]], branches: NDArray[np.int64], jobs: _Jobs, wanted: float, level: float
) -> pd.DataFrame:
    """One row a candidate, for a meeting of all responsible units."""
    each, total = each_level(level, len(gains)), jobs.total
    gained = np.stack([gain.sum(axis=0) for gain in gains.values()], axis=1)
    with_it = branches[:, None] + gained
    before, after = reaches(branches, wanted, total)[:, None], reaches(with_it, wanted, total)
    mean = mean_differences_together(gained / total, level, unit=1.0 / total, least=jobs.largest_case, most=1.0)
    share = share_difference((after & ~before).sum(axis=0), (before & ~after).sum(axis=0), len(branches), each)
    columns = {"expected": with_it.mean(axis=0) / total}
    columns |= _columns("gain", mean) | {"probability": after.mean(axis=0)} | _columns("probability_gain", share)
    columns |= {"helps": (gained > 0).mean(axis=0), "harms": (gained < 0).mean(axis=0)}
    return pd.DataFrame(columns, index=pd.Index(list(gains), name="candidate", dtype="str"))


def _columns(name: str, interval: Interval) -> dict[str, NDArray[np.float64]]:
    return {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}


def _closed(by_kind: pd.DataFrame, candidate: str) -> float:
    """Share of the committees' cases for which a meeting on that day comes too late, at even odds."""
    heard = by_kind[by_kind["committee"] & (by_kind.index != KINDS[OUTREACH])]
    if candidate == DIRECT or heard.empty:
        return float("nan")
    late = ~(heard["meeting_50"] >= pd.Timestamp(candidate))  # NaT: no day is early enough
    return float(heard["cases"][late].sum() / heard["cases"].sum())


def _by_responsible(gains: dict[str, NDArray[np.int64]], jobs: _Jobs, level: float) -> pd.DataFrame:
    """One row a (candidate, responsible unit), for a meeting of this responsible unit alone."""
    changed = {name: jobs.changed(name) for name in gains}
    tried = [gain[changed[name]] for name, gain in gains.items()]
    found = mean_differences_together(np.concatenate(tried).T, level, least=jobs.largest_case)
    ends, parts = np.cumsum([0, *map(len, tried)]), []
    for place, (name, own) in enumerate(changed.items()):
        # A committee that meets on that day anyway gains nothing, without any doubt.
        every = [np.zeros(own.size) for _ in found]
        for whole, part in zip(every, found, strict=True):
            whole[own] = part[ends[place] : ends[place + 1]]
        rows = pd.DataFrame({"meets": ~own} | _columns("organizations", Interval(*every)))
        rows.index = pd.MultiIndex.from_product([[name], jobs.responsible_units], names=["candidate", "responsible"])
        parts.append(rows)
    return pd.concat(parts)


def _best(
    jobs: _Jobs, gains: dict[str, NDArray[np.int64]], fresh: Sample, level: float
) -> tuple[pd.DataFrame, Estimate]:
    """Each responsible unit's best day on the sample, and what it brings on fresh replications."""
    days = [name for name in gains if name != DIRECT]
    responsible_units = range(len(jobs.responsible_units))
    chosen: dict[int, str] = {}
    for responsible in responsible_units:
        means = [float(gains[day][responsible].mean()) for day in days]
        if means and max(means) > 0.0:
            chosen[responsible] = days[int(np.argmax(means))]
    wanted = [(name, responsible) for responsible, day in chosen.items() for name in ("", day)]
    added = jobs.some(wanted, fresh) if wanted else {}
    gained = np.zeros((len(responsible_units), fresh.parameters.late.size), dtype=np.int64)
    for responsible, day in chosen.items():
        gained[responsible] = added[day, responsible] - added["", responsible]
    best = pd.to_datetime(pd.Series([chosen.get(responsible) for responsible in responsible_units], dtype="object"))
    found = mean_differences_together(gained.T, level, least=jobs.largest_case)
    some = np.array([responsible in chosen for responsible in responsible_units], dtype=bool)
    own = Interval(*(np.where(some, each, 0.0) for each in found))
    table = pd.DataFrame({"day": best.astype("datetime64[us]")} | _columns("organizations", own))
    share = gained.sum(axis=0)[:, None] / jobs.total
    every = mean_differences_together(share, level, unit=1.0 / jobs.total, least=jobs.largest_case, most=1.0)
    gain = Estimate(*(float(end[0]) for end in every)) if chosen else Estimate(0.0, 0.0, 0.0)
    return table.set_axis(pd.Index(jobs.responsible_units, name="responsible", dtype="str")), gain
