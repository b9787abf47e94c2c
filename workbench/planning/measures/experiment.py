"""One campaign under many sets of measures, on common random numbers: what is alike is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping import GROUPED_BY, group, grouping_rules
from workbench.inputs.scenario import Calendar
from workbench.planning.desk import ResponseCache, Responses
from workbench.planning.gap import CLOSE_ENOUGH
from workbench.planning.measures.measure import HOST_CAPACITY, Measure
from workbench.planning.measures.relaxing import loosened, typed
from workbench.simulation.results import Estimate, wilson
from workbench.simulation.setup import Cases, Setup, build_cases, prepare
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario


class Counts(NamedTuple):
    """Organizations covered by the deadline, one number a replication, and what they are held against.

    covered, worked : int64 (R,), with a branch, and with a branch, an instructor or a mass organization.
    """

    covered: NDArray[np.int64]
    worked: NDArray[np.int64]
    organizations: int
    target: float

    @property
    def shares(self) -> NDArray[np.float64]:
        """Organization coverage, a share."""
        return np.asarray(self.covered / max(self.organizations, 1))

    @property
    def expected(self) -> float:
        """Mean organization coverage, a share: one division of whole numbers."""
        return float(int(self.covered.sum()) / (max(self.organizations, 1) * self.covered.size))

    @property
    def expected_work(self) -> float:
        """Mean work coverage, a share."""
        return float(int(self.worked.sum()) / (max(self.organizations, 1) * self.worked.size))

    @property
    def times(self) -> int:
        """Replications that reach the organization target."""
        return int(reaches(self.covered, self.target, self.organizations).sum())

    @property
    def probability(self) -> Estimate:
        """P(organization target), with its interval."""
        return wilson(self.times, self.covered.size)


class Changed(NamedTuple):
    """What a set of measures makes of a campaign."""

    register: pd.DataFrame
    scenario: Scenario
    grouping: Grouping | Literal[False]


class Experiment:
    """A campaign, and what measures make of it, on one sample.

    Parameters
    ----------
    register, scenario, grouping
        the campaign as it stands.
    replications, seed, first
        the sample: replications first … first + replications - 1 under that seed.
    """

    def __init__(
        self,
        register: pd.DataFrame,
        scenario: Scenario,
        grouping: Grouping | Literal[False],
        *,
        replications: int,
        seed: int,
        first: int = 0,
        setup: Setup | None = None,
    ) -> None:
        self.present = Changed(register, scenario, grouping)
        self._setup, self._counts = setup, dict[tuple[str, int, int], Counts]()
        self.replications, self.seed, self.first = replications, seed, first
        self._kept = ResponseCache()
        self._groupings: dict[tuple[str, int], Grouping | Literal[False]] = {(grouping_rules(scenario), 0): grouping}
        self._scenarios: dict[tuple[Measure, ...], Scenario] = {(): scenario}
        self._wanted: dict[Measure, dict[str, Any]] = {}
        self._registers: dict[int, pd.DataFrame] = {0: register}
        self._cases: dict[tuple[str, int, int], Cases] = {}
        self._lock = Lock()

    @property
    def setup(self) -> Setup:
        """The present plan's, worked out once."""
        if self._setup is None:
            self._setup = prepare(*self.present, cases=self._cases_of(self.present))
        return self._setup

    def fresh(self) -> Experiment:
        """The same on replications that this one has not seen."""
        other = Experiment(
            *self.present,
            replications=self.replications,
            seed=self.seed,
            first=self.first + self.replications,
            setup=self.setup,
        )
        other._groupings, other._registers, other._cases = self._groupings, self._registers, self._cases
        return other

    def changed(self, measures: Sequence[Measure]) -> Changed:
        """Register, scenario and grouping under these measures, in whatever order they stand; joint branches are
        found anew where the rules for them change, and never cover fewer units than those there are."""
        register = self.present.register
        capacity = max((int(measure.set.get(HOST_CAPACITY, 0)) for measure in measures), default=0)
        scenario = self._scenario(tuple(measures))
        with self._lock:
            if capacity not in self._registers:
                self._registers[capacity] = _with_capacity(register, capacity)
            register = self._registers[capacity]
        return Changed(register, scenario, self.grouping_of(register, scenario, capacity))

    def grouping_of(self, register: pd.DataFrame, scenario: Scenario, capacity: int = 0) -> Grouping | Literal[False]:
        """Joint branches under a scenario: the present ones where nothing that they depend on changes."""
        if self.present.grouping is False:
            return False
        key = grouping_rules(scenario), capacity
        with self._lock:
            found = self._groupings.get(key)
            if found is None:
                present = self.present.scenario
                alike = all(_policy(scenario, name) == _policy(present, name) for name in GROUPED_BY)
                self._groupings[key] = found = self.regroup(register, scenario, alike)
            return found

    def regroup(self, register: pd.DataFrame, scenario: Scenario, alike: bool) -> Grouping:
        """Joint branches under other rules; `alike` says whether the present ones are a place to start from."""
        start = self.present.grouping if alike else None
        return group(register, scenario, effort="quick", gap=CLOSE_ENOUGH, seed=self.seed, start=start or None)

    @property
    def first_day(self) -> int:
        """The first working day on which a committee may still be asked to meet."""
        return int(Calendar.of(self.present.scenario.calendar).formation_opens)

    @property
    def instructors(self) -> int:
        """Instructors of the campaign as it stands, those who come later among them."""
        later = sum(arrival.count for arrival in self.present.scenario.instructors.arrivals)
        return sum(self.setup.instructors.values()) + later

    def run(self, measures: Sequence[Measure] = ()) -> Counts:
        """Simulate the campaign under these measures: what `simulate` gives for `changed`, to the last bit."""
        return self.counted(self.changed(measures))

    def counted(self, changed: Changed) -> Counts:
        """Simulate a campaign on this sample, once for all sets of measures that come to the same."""
        key = changed.scenario.fingerprint, id(changed.grouping), id(changed.register)
        known = self._counts.get(key)
        if known is None:
            known = self._counts[key] = self._counted(changed)
        return known

    def _counted(self, changed: Changed) -> Counts:
        present = changed.scenario is self.present.scenario and changed.grouping is self.present.grouping
        responses = self.simulated(changed, present)
        numbers = [responses.setup.instructors[unit] for unit in responses.responsible_units]
        return Counts(
            responses.branches(numbers),
            responses.works(numbers),
            responses.organizations,
            changed.scenario.targets.organization,
        )

    def simulated(self, changed: Changed, present: bool) -> Responses:
        """A campaign on this sample; `present` says whether it is the one that stands."""
        setup = self.setup if present else prepare(*changed, cases=self._cases_of(changed))
        return Responses(setup, replications=self.replications, seed=self.seed, first=self.first, kept=self._kept)

    def _scenario(self, measures: tuple[Measure, ...]) -> Scenario:
        """The scenario under these measures: what the first ones make of it is known from smaller sets."""
        with self._lock:
            known = self._scenarios.get(measures)
        if known is None:
            before = self._scenario(measures[:-1])
            if measures[-1] not in self._wanted:
                self._wanted[measures[-1]] = typed(self.present.scenario, self._not_fewer(measures[-1].of_scenario))
            known = loosened(before, self._wanted[measures[-1]])
            with self._lock:
                self._scenarios[measures] = known
        return known

    def _not_fewer(self, changes: dict[str, Any]) -> dict[str, Any]:
        """A total of instructors is no lower than what the scenario leaves to the size of the city."""
        if "instructors.total" not in changes or self.present.scenario.instructors.total is not None:
            return changes
        there = sum(self.setup.instructors.values())
        return changes | {"instructors.total": max(int(changes["instructors.total"]), there)}

    def _cases_of(self, changed: Changed) -> Cases:
        """The cases of a campaign: worked out once for all scenarios that have the same."""
        policy = changed.scenario.policy.model_dump_json()
        key = policy, id(changed.grouping), id(changed.register)
        with self._lock:
            if key not in self._cases:
                self._cases[key] = build_cases(*changed)
            return self._cases[key]


def _with_capacity(register: pd.DataFrame, capacity: int) -> pd.DataFrame:
    """Every host takes at least so many units; who is none stays none."""
    hosts = register["host_capacity"] > 0
    most = register["host_capacity"].clip(lower=capacity).where(hosts, register["host_capacity"])
    return register.assign(host_capacity=most.astype(register["host_capacity"].dtype))


def _policy(scenario: Scenario, name: str) -> str:
    return str(getattr(scenario.policy, name))
