"""Which measures still help in the middle of a campaign: each from today's state, on common random numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, cast

import pandas as pd

from workbench.errors import Cancelled
from workbench.inputs.scenario import WEEKDAYS, Calendar
from workbench.labels import text
from workbench.planning.comparison import mean_difference
from workbench.planning.desk import Responses
from workbench.planning.forecast import regrouped
from workbench.planning.measures.experiment import Changed, Counts, Experiment
from workbench.planning.measures.listing import changes_anything
from workbench.planning.measures.measure import Measure
from workbench.progress import Progress
from workbench.simulation.setup import Cases, Setup
from workbench.simulation.start import Dates, cases_at_first, prepare_from

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: What a table of measures from today says of each.
FROM_TODAY = (
    *("measure", "decided_by", "cost", "expected", "gain", "low", "high", "probability"),
    *("probability_low", "probability_high", "work_gain", "helps"),
)
#: Default measures whose day has gone by once the campaign is under way.
SATURDAYS = "saturdays"


class FromToday(Experiment):
    """A campaign under way, and what measures make of the days that are left.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, first
        as for `Experiment`; the register with its dates.
    as_of
        today.
    factors
        what was learnt of the uncertain factors, as `Start.factors` holds it: for twice the replications, where fresh
        ones are asked for.
    """

    def __init__(
        self,
        register: pd.DataFrame,
        scenario: Scenario,
        grouping: Grouping | Literal[False],
        as_of: date,
        *,
        factors: Mapping[str, NDArray[np.float64]] | None = None,
        replications: int = 1000,
        seed: int = 0,
        first: int = 0,
    ) -> None:
        super().__init__(register, scenario, grouping, replications=replications, seed=seed, first=first)
        self.as_of, self._factors = as_of, factors
        self._read: dict[tuple[str, int], Dates] = {}
        self._at_first: dict[tuple[str, str, int], Cases] = {}

    def fresh(self) -> FromToday:
        """The same on replications that this one has not seen."""
        other = FromToday(
            *self.present, self.as_of, factors=self._factors, replications=self.replications, seed=self.seed,
            first=self.first + self.replications,
        )  # fmt: skip
        other._setup = self.setup
        other._groupings, other._registers, other._cases = self._groupings, self._registers, self._cases
        other._read, other._at_first = self._read, self._at_first
        return other

    @property
    def setup(self) -> Setup:
        """The present campaign's, from today."""
        if self._setup is None:
            self._setup = self.from_today(self.present)
        return self._setup

    @property
    def first_day(self) -> int:
        """The first working day after today, or the opening's where that is later."""
        return max(super().first_day, Calendar.of(self.present.scenario.calendar).day_by(self.as_of) + 1)

    def from_today(self, changed: Changed) -> Setup:
        """What is left of a campaign, with the factors as they were learnt."""
        dates, at_first = self._begin(changed)
        setup = prepare_from(*changed, self.as_of, at_first=at_first, dates=dates)
        if not self._factors or setup.start is None:
            return setup
        return replace(setup, start=replace(setup.start, factors=dict(self._factors)))

    def _begin(self, changed: Changed) -> tuple[Dates, Cases]:
        """A campaign's dates, and the cases it began with: worked out once for all scenarios that have the same."""
        register, scenario, _ = changed
        calendar, policy = scenario.calendar.model_dump_json(), scenario.policy.model_dump_json()
        with self._lock:
            dates = self._read.get((calendar, id(register)))
            if dates is None:
                dates = self._read[calendar, id(register)] = Dates.of(register, scenario)
            key = policy, calendar, id(register)
            if key not in self._at_first:
                self._at_first[key] = cases_at_first(register, scenario, self.present.grouping, dates=dates)
            return dates, self._at_first[key]

    def regroup(self, register: pd.DataFrame, scenario: Scenario, alike: bool) -> Grouping:
        """Joint branches under other rules: groups that have been begun stay as they are, and none come where none
        are wanted."""
        present: Any = self.present.grouping
        stays = present if isinstance(present, bool) else regrouped(register, scenario, present, self.as_of)
        return cast("Grouping", stays)

    def simulated(self, changed: Changed, present: bool) -> Responses:
        """What is left, simulated."""
        setup = self.setup if present else self.from_today(changed)
        return Responses(setup, replications=self.replications, seed=self.seed, first=self.first, kept=self._kept)


def still_helping(
    experiment: FromToday, measures: Mapping[str, Measure], progress: Progress | None = None
) -> pd.DataFrame:
    """What each measure brings if it is decided today; best first.

    Parameters
    ----------
    experiment
        the campaign from today's state.
    measures
        what `open_measures` found.
    progress
        called with (done, in all); it may return False to stop.

    Returns
    -------
    pd.DataFrame
        one row per measure: measure (its name), decided_by (a code), cost (yuan),
        expected (mean coverage by the deadline, a share), gain with its paired 95 % interval low and high, probability
        (of the target) with its 95 % interval probability_low and probability_high, work_gain, helps (whether the gain
        is told apart from nothing).
    """
    tried = list(measures.values())
    present = experiment.run()
    rows = []
    for done, measure in enumerate(tried, 1):
        rows.append(_row(measure, experiment.run([measure]), present))
        if progress is not None and progress(done, len(tried)) is False:
            raise Cancelled(text("error.cancelled"))
    table = pd.DataFrame(rows, columns=list(FROM_TODAY))
    return table.sort_values("gain", ascending=False, kind="stable", ignore_index=True)


def open_measures(experiment: FromToday, measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Those of `listed` that can still be decided and change what is left to do, by name."""
    every = [_from_now_on(measure, experiment) for measure in measures.values()]
    return {each.name: each for each in every if each.sort != "counting" and changes_anything(each, experiment)}


def _row(measure: Measure, counts: Counts, present: Counts) -> dict[str, object]:
    gain = mean_difference(counts.shares - present.shares)
    low, high, chance = float(gain.low), float(gain.high), counts.probability
    return {
        "measure": measure.name, "decided_by": measure.decided_by, "cost": measure.cost,
        "expected": counts.expected, "gain": counts.expected - present.expected, "low": low, "high": high,
        "probability": chance.value, "probability_low": chance.low, "probability_high": chance.high,
        "work_gain": counts.expected_work - present.expected_work, "helps": low > 0.0,
    }  # fmt: skip


def _from_now_on(measure: Measure, experiment: FromToday) -> Measure:
    """Days that have gone by cannot be worked any more: further working days are those that are left."""
    if measure.name != SATURDAYS or set(measure.set) != {"calendar.weekmask"}:
        return measure
    scenario = experiment.present.scenario
    calendar = Calendar.of(scenario.calendar)
    added = set(measure.set["calendar.weekmask"]) - set(scenario.calendar.weekmask)
    days = [day for day in _days_left(experiment.as_of, calendar) if WEEKDAYS[day.weekday()] in added]
    there = scenario.calendar.extra_workdays
    return replace(measure, set={"calendar.extra_workdays": sorted({*there, *days})})


def _days_left(as_of: date, calendar: Calendar) -> Iterator[date]:
    """Days from tomorrow to the deadline that are not worked as it is."""
    day = as_of + timedelta(days=1)
    while day <= calendar.spec.deadline:
        if not calendar.is_working_day(day) and day not in calendar.days_off:
            yield day
        day += timedelta(days=1)
