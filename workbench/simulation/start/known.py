"""A dated register as it was known on a day: later dates are not known yet, so that one register tells every week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.inputs.fit import DATED
from workbench.inputs.scenario import Calendar
from workbench.simulation.setup import Placement, Population

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: What a date says yes to.
FLAGS: Final = {"branch_on": "has_branch", "instructor_on": "has_instructor", "mass_org_on": "has_mass_org"}


@dataclass(frozen=True)
class Known:
    """What was known at the end of a day, by the row of the register.

    Attributes
    ----------
    as_of
        the day; what is dated later than the last simulated date is never known.
    t0
        the start of the first working day after it.
    has
        bool (n,) by flag (`FLAGS`), as they were.
    attempts
        int64 (n,), 0 where the attempt that it counts up to is not known.
    middle
        float64 (n, columns of `DATED`), the middle of the date's working day (or of the one before it, where it is
        none), -1/2 for what was before the campaign; NaN where nothing is known.
    surveyed
        whether the register says who was surveyed when.
    worked_before
        bool (n,), who had an instructor or a mass organization before the campaign, or has a mass organization by now:
        they need no outreach.
    """

    as_of: date
    t0: float
    has: dict[str, NDArray[np.bool_]]
    attempts: NDArray[np.int64]
    middle: NDArray[np.float64]
    surveyed: bool
    worked_before: NDArray[np.bool_]
    _all: pd.DataFrame

    @cached_property
    def register(self) -> pd.DataFrame:
        """The register with its flags and attempts as they were."""
        return self._all.assign(**self.has, attempts=self.attempts)

    @cached_property
    def time(self) -> pd.DataFrame:
        """`middle` by org_id and column."""
        return pd.DataFrame(self.middle, self._all.index, list(DATED))

    def time_of(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
        """`middle` of some rows of the register, by column."""
        return dict(zip(DATED, self.middle[rows].T, strict=True))


@dataclass(frozen=True)
class Dates:
    """A register's dates, read once for every day of which somebody asks.

    Attributes
    ----------
    register
        a validated register.
    calendar
        the scenario's, which says what is worked.
    on
        datetime64 (n, columns of `DATED`), as the register has them.
    middle
        float64 (n, columns of `DATED`), working-day time; NaN where there is no date.
    """

    register: pd.DataFrame
    calendar: Calendar
    on: NDArray[np.datetime64]
    middle: NDArray[np.float64]
    #: What was asked already, by day, policy and grouping: groupings by their identity, and kept, so that it stays
    #: theirs.
    _known: dict[date, Known] = field(default_factory=dict, init=False, repr=False, compare=False)
    _people: dict[Any, Population] = field(default_factory=dict, init=False, repr=False, compare=False)
    _placed: dict[int, tuple[Any, Placement | None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, register: pd.DataFrame, scenario: Scenario) -> Dates:
        """Read them off a register."""
        calendar = Calendar.of(scenario.calendar)
        on = register[list(DATED)].to_numpy()
        return cls(register, calendar, on, _middles(on, calendar))

    @cached_property
    def before(self) -> Known:
        """What was so when the campaign began."""
        return self.by(self.calendar.first - timedelta(days=1))

    def people(self, scenario: Scenario) -> Population:
        """Who counts under a scenario's policy, whatever the day."""
        if scenario.policy not in self._people:
            self._people[scenario.policy] = Population.of(self.register, scenario)
        return self._people[scenario.policy]

    def placed(self, grouping: Grouping | Literal[False]) -> Placement | None:
        """Who joins whom, by rows of the register; None where no group takes anybody."""
        if id(grouping) not in self._placed:
            self._placed[id(grouping)] = grouping, Placement.of(self.register, grouping)
        return self._placed[id(grouping)][1]

    def by(self, as_of: date) -> Known:
        """What the register tells of the campaign by the end of a day."""
        if as_of not in self._known:
            self._known[as_of] = self._by(as_of)
        return self._known[as_of]

    def _by(self, as_of: date) -> Known:
        register, last = self.register, min(as_of, self.calendar.spec.last)
        time = np.where(self.on <= np.datetime64(last), self.middle, np.nan)
        dated, seen = ~np.isnat(self.on), ~np.isnan(time)
        hidden = dict(zip(DATED, (dated & ~seen).T, strict=True))
        flags = {flag: register[flag].to_numpy(dtype=bool) & ~hidden[column] for column, flag in FLAGS.items()}
        sent = self.on[:, DATED.index("instructor_on")]
        undated = np.isnat(sent) | (sent < np.datetime64(self.calendar.first))
        return Known(
            as_of,
            float(self.calendar.day_by(last) + 1),
            flags,
            np.where(hidden["attempt_on"], 0, register["attempts"].to_numpy(dtype=np.int64)),
            time,
            bool(dated[:, DATED.index("surveyed_on")].any()),
            (register["has_instructor"].to_numpy(dtype=bool) & undated) | flags["has_mass_org"],
            register,
        )


def known_by(register: pd.DataFrame, scenario: Scenario, as_of: date) -> Known:
    """What a register tells of the campaign by the end of a day.

    Parameters
    ----------
    register
        a validated register.
    scenario
        its calendar says which days are worked.
    as_of
        the day; the day before the start for what was so when the campaign began.
    """
    return Dates.of(register, scenario).by(as_of)


def _middles(dates: NDArray[np.datetime64], calendar: Calendar) -> NDArray[np.float64]:
    """The middle of each date's working day; each distinct date is looked up once."""
    codes, distinct = pd.factorize(dates.ravel())
    days = [calendar.day_by(pd.Timestamp(each).date()) + 0.5 for each in distinct]
    return np.append(days, np.nan)[codes].reshape(dates.shape)


def day_before_start(scenario: Scenario) -> date:
    """The day as of which nothing of the campaign has happened."""
    return Calendar.of(scenario.calendar).first - timedelta(days=1)
