"""The planner's desk: move instructors, see at once what happens (MODEL §7, §9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import Rule, as_date, as_shares, broken, checked, choice, refuse, shown
from workbench.errors import ScenarioError
from workbench.inputs import asked
from workbench.labels import text
from workbench.planning.desk.cache import ResponseCache
from workbench.planning.desk.quantile_rows import quantile_rows
from workbench.planning.desk.responses import Responses, whole_number
from workbench.simulation import Response, processors
from workbench.simulation.results import Estimate, Target, wilson
from workbench.simulation.setup import prepared
from workbench.stopping import Threads
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Calendar, Scenario

#: The fan's quantiles, by default those of `Outcome.quantiles`.
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
TARGETS: tuple[Target, Target] = ("organization", "work")


class Desk:
    """A city's coverage under an allocation that changes responsible unit by responsible unit.

    Every number is exactly what `simulate` gives for the same scenario, replications and seed, with the desk's
    instructors as ``instructors.by_responsible``. Setting one responsible unit simulates that responsible unit alone,
    or nothing where that number was asked before; reading costs less than a millisecond. Responsible units share no
    resource: that is why.

    A desk changes; read and set it from one thread at a time. `copy` gives another with the same state, which shares
    what was simulated and costs next to nothing: keep one as the baseline, one for each undo.

    Parameters
    ----------
    register, scenario, grouping
        as for `simulate`; the scenario's own instructors are where it starts.
    replications, seed
        the sample, as for `simulate`.
    kept
        where responses are kept. Give a desk's `kept` to the desk of another scenario or grouping, or to
        `allocate`: responsible units that are the same in both are not simulated again.
    workers
        threads; by default one a processor.

    Raises
    ------
    ValueError
        a number outside its range, or none.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> nobody = Scenario().replace({"instructors.total": 0, "targets.organization": 0.4})
    >>> desk = Desk(make_city(60, 3, seed=1), nobody, replications=200)
    >>> before = desk.copy()
    >>> desk.set(desk.responsible_units[0], 4)
    >>> desk.total, desk.expected() > before.expected()
    (4, True)
    >>> print(before.probability())
    in 0 of 200 simulations
    >>> desk.fan().shape == (len(desk.dates), 5)
    True
    """

    @asked
    def __init__(
        self,
        register: pd.DataFrame,
        scenario: Scenario,
        grouping: Grouping | Literal[False] | None = None,
        *,
        replications: int = 1000,
        seed: int = 0,
        kept: ResponseCache | None = None,
        workers: int | None = None,
    ) -> None:
        replications, seed, workers = checked(replications=replications, seed=seed, workers=workers)
        setup = prepared(None, register, scenario, grouping)
        self._of(Responses(setup, replications=replications, seed=seed, kept=kept), workers)

    @classmethod
    def of(cls, responses: Responses, workers: int | None = None) -> Desk:
        """A desk on responses that are there already, such as ``Allocation.responses``."""
        desk = cls.__new__(cls)
        desk._of(responses, workers)
        return desk

    def _of(self, responses: Responses, workers: int | None) -> None:
        self.responses = responses
        self._workers = workers or processors()
        setup = responses.setup
        self._code = {name: code for code, name in enumerate(responses.responsible_units)}
        self._numbers = np.zeros(len(responses.responsible_units), dtype=np.int64)
        self._dates = setup.calendar.dates(setup.days)
        orgs, responsible_units = setup.cases.organizations, len(responses.responsible_units)
        by_responsible = [
            np.bincount(orgs["responsible"], orgs[name], responsible_units).astype(np.int64)
            for name in ("branch", "worked")
        ]
        self._at_start = dict(zip(TARGETS, by_responsible, strict=True))
        shape = (setup.days, responses.replications)
        self._counts = {name: np.full(shape, start.sum(), np.int32) for name, start in self._at_start.items()}
        self._sums = {name: np.zeros(responsible_units, np.int64) for name in TARGETS}
        self._placed = np.zeros(responsible_units, dtype=bool)
        self._elsewhere = [b""] * responsible_units
        self.set(setup.instructors)

    def copy(self) -> Desk:
        """Another desk in the same state; the two go their own ways from here."""
        other = Desk.__new__(Desk)
        other.__dict__ |= self.__dict__
        other._numbers, other._placed = self._numbers.copy(), self._placed.copy()
        other._elsewhere = list(self._elsewhere)
        other._counts = {name: counts.copy() for name, counts in self._counts.items()}
        other._sums = {name: sums.copy() for name, sums in self._sums.items()}
        return other

    # --- What stands on it --------------------------------------------------------------------------------------

    @property
    def responsible_units(self) -> tuple[str, ...]:
        """Names of the responsible units, sorted."""
        return self.responses.responsible_units

    @property
    def kept(self) -> ResponseCache:
        """Where its responses are kept."""
        return self.responses.kept

    @property
    def instructors(self) -> pd.Series[int]:
        """How many each responsible unit has from the opening on; arrivals come on top."""
        return pd.Series(self._numbers.copy(), index=self._index(), name="instructors")

    @property
    def total(self) -> int:
        """Instructors in all."""
        return int(self._numbers.sum())

    @property
    def scenario(self) -> Scenario:
        """The scenario with these instructors: `simulate` gives the desk's numbers for it."""
        given = dict(zip(self.responsible_units, map(int, self._numbers), strict=True))
        return self.responses.setup.scenario.replace("instructors.by_responsible", given)

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return self.responses.replications

    @property
    def deadline(self) -> date:
        """The last working day that counts."""
        return self._calendar.date_of(self._calendar.deadline_day)

    def enough(self, responsible: str) -> int:
        """The number from which one more changes nothing: a slot for every case. The end of a slider."""
        return self.responses.enough(self._known(responsible))

    def set(self, responsible: str | Mapping[str, int] | pd.Series[int], instructors: int | None = None) -> None:
        """Give a responsible unit another number of instructors, or several responsible units theirs; the others keep
        what they have.

        Parameters
        ----------
        responsible
            a responsible unit's name; or responsible units with their numbers, such as ``Allocation.instructors``.
        instructors
            how many, 0 or more.

        Raises
        ------
        ScenarioError
            a responsible unit that has no cases or organizations in the register.
        ValueError
            a number below 0, or none at all. Nothing is changed then.
        """
        asked_of: Any = responsible
        if not isinstance(asked_of, (str, Mapping, pd.Series)):
            refuse([broken("responsible", asked_of, Rule(bool, "fixed"))])
        given = {responsible: instructors} if isinstance(responsible, str) else dict(responsible.items())
        wanted = {self._known(str(name)): whole_number(str(name), number) for name, number in given.items()}
        numbers = self._numbers.copy()
        numbers[list(wanted)] = list(wanted.values())
        # Whoever has units of a responsible unit that assigns instructors to more or fewer of them moves, too.
        elsewhere = [self.responses.elsewhere(code, numbers.tolist()) for code in range(numbers.size)]
        moved = [
            (code, int(number))
            for code, number in enumerate(numbers)
            if number != self._numbers[code] or elsewhere[code] != self._elsewhere[code] or not self._placed[code]
        ]
        if not moved:
            return
        with Threads(self._workers) as threads:
            if len(moved) == 1:
                # One responsible unit alone is split among the threads.
                on = threads if self._workers > 1 else None
                responses = [self.responses.by_day(*moved[0], on, elsewhere[moved[0][0]])]
            else:
                responses = list(
                    threads.map(lambda one: self.responses.by_day(one[0], one[1], elsewhere=elsewhere[one[0]]), moved)
                )
        for (code, number), response in zip(moved, responses, strict=True):
            if self._placed[code]:
                before = self.responses.by_day(code, int(self._numbers[code]), elsewhere=self._elsewhere[code])
                self._add(before, -1)
            self._add(response, 1)
            self._numbers[code], self._placed[code], self._elsewhere[code] = number, True, elsewhere[code]

    def _add(self, response: Response, sign: int) -> None:
        by_day, sums = (response.branches, response.works), (response.responsible_branches, response.responsible_works)
        for name, counts, total in zip(TARGETS, by_day, sums, strict=True):
            (np.add if sign > 0 else np.subtract)(self._counts[name], counts, out=self._counts[name])
            self._sums[name] += sign * total

    # --- What it comes to ---------------------------------------------------------------------------------------

    @property
    def dates(self) -> pd.DatetimeIndex:
        """The working days that are simulated."""
        return self._dates

    def counts(self, target: Target = "organization") -> NDArray[np.int32]:
        """Organizations of the city covered, int32 (R, days): a copy."""
        return self._counts[_target(target)].T.copy()

    @property
    def coverage(self) -> NDArray[np.float64]:
        """Organization coverage, a share, (R, days)."""
        return self._counts["organization"].T / self._organizations

    @property
    def work_coverage(self) -> NDArray[np.float64]:
        """Work coverage, a share, (R, days)."""
        return self._counts["work"].T / self._organizations

    def by_deadline(self, target: Target = "organization", by: date | str | None = None) -> NDArray[np.float64]:
        """Coverage at the deadline (or by another date), a share, one number a replication."""
        return np.asarray(self._counts[_target(target)][self._day(by)] / self._organizations)

    def probability(self, target: Target = "organization", by: date | str | None = None) -> Estimate:
        """P(coverage >= target) by the deadline (or another date), with its 95 % Wilson interval."""
        covered = self._counts[_target(target)][self._day(by)]
        reached = reaches(covered, self._wanted(target), self.responses.organizations)
        return wilson(int(np.count_nonzero(reached)), self.replications)

    def expected(self, target: Target = "organization", by: date | str | None = None) -> float:
        """Mean coverage by the deadline (or by another date), a share."""
        covered = self._counts[_target(target)][self._day(by)].sum(dtype=np.int64)
        return int(covered) / (self._organizations * self.replications)

    def fan(self, levels: tuple[float, ...] = LEVELS, target: Target = "organization") -> NDArray[np.float64]:
        """The fan: quantiles of coverage by day, float64 (days, levels); levels are shares, from 0 to 1."""
        shares = tuple(as_shares("levels", levels))
        return quantile_rows(self._counts[_target(target)], shares, self._organizations)

    def quantiles(self, levels: tuple[float, ...] = LEVELS, target: Target = "organization") -> pd.DataFrame:
        """The fan as `Outcome.quantiles` gives it: one row a day, one column a level."""
        return pd.DataFrame(self.fan(levels, target), index=self._dates, columns=list(levels))

    def date_reaching(self, confidence: float = 0.9, target: Target = "organization") -> date | None:
        """The first working day by which P(coverage >= target) reaches `confidence`; None within the horizon."""
        (confidence,) = checked(confidence=confidence)
        covered = self._counts[_target(target)]
        times = reaches(covered, self._wanted(target), self.responses.organizations).sum(axis=1)
        reached = reaches(times, confidence, self.replications)
        return self._calendar.date_of(int(np.argmax(reached))) if reached.any() else None

    def by_responsible(self) -> pd.DataFrame:
        """One row a responsible unit, by its own organizations, also those that another responsible unit's cases cover.

        Columns: instructors; organizations; at_start, with a branch at the start; possible, with one at best;
        expected and expected_work, means over replications; coverage, ceiling, work_coverage, shares.
        """
        # Whole numbers until they are divided: the last bit is right.
        count, table = self.replications, self._fixed_by_responsible()
        every = table["organizations"] * count
        branches, works = (start * count + self._sums[name] for name, start in self._at_start.items())
        table.insert(0, "instructors", self._numbers)
        return table.assign(
            expected=branches / count,
            expected_work=works / count,
            coverage=branches / every,
            ceiling=table["possible"] / table["organizations"],
            work_coverage=works / every,
        )

    def _fixed_by_responsible(self) -> pd.DataFrame:
        """What no instructor changes, by responsible unit."""
        cases, responsible_units = self.responses.setup.cases, len(self.responsible_units)
        responsible = cases.organizations["responsible"].to_numpy()
        return pd.DataFrame(
            {
                "organizations": np.bincount(responsible, minlength=responsible_units),
                "at_start": self._at_start["organization"],
                "possible": np.bincount(responsible, cases.coverable, responsible_units).astype(np.int64),
            },
            index=self._index(),
        )

    def _index(self) -> pd.Index[str]:
        return pd.Index(self.responsible_units, name="responsible", dtype="str")

    @property
    def _calendar(self) -> Calendar:
        return self.responses.setup.calendar

    @property
    def _organizations(self) -> int:
        return max(self.responses.organizations, 1)

    def _wanted(self, target: Target) -> float:
        return float(getattr(self.responses.setup.scenario.targets, _target(target)))

    def _day(self, by: date | str | None) -> int:
        if by is None:
            return self._calendar.deadline_day
        day = self._calendar.day_by(as_date(by, "by"))
        if not 0 <= day < self.responses.setup.days:
            raise ValueError(text("error.day_not_simulated", day=str(by)))
        return day

    def _known(self, responsible: str) -> int:
        if not isinstance(responsible, str) or responsible not in self._code:
            raise ScenarioError(
                text(
                    "error.desk_responsible",
                    responsible=responsible if isinstance(responsible, str) else shown(responsible),
                    responsible_units=", ".join(self.responsible_units[:8]),
                )
            )
        return self._code[responsible]


def _target(name: Target) -> Target:
    choice("target", name, TARGETS)
    return name
