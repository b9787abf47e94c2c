"""Everything a replication reads, worked out once: the bridge from tables and rules to the compiled kernels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import ArgumentError
from workbench.grouping import grouping_fingerprint, joined
from workbench.inputs import instructors_total, refuse_misfit
from workbench.inputs.scenario import Calendar, Law, every_meeting
from workbench.labels import text
from workbench.simulation.kernels import APPROVALS, FOUNDS, UNLIMITED, LawTable, Pool, to_ticks
from workbench.simulation.setup.assignment import BEFORE_ALL, StandingAssignment, numbers_of
from workbench.simulation.setup.cases import KINDS, OUTREACH, Cases, build_cases
from workbench.simulation.setup.elapsed import Elapsed, in_election, in_work
from workbench.simulation.setup.instructors import Slots, build_slots, instructors_by_responsible
from workbench.simulation.setup.priorities import priorities
from workbench.simulation.setup.start import Start

if TYPE_CHECKING:
    from datetime import date

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Rows of the law table: preparation of kind k, retry delay of kind k, election of kind k, then the census tail.
PREPARATION, RETRY, ELECTION, TAIL = 0, len(KINDS), 2 * len(KINDS), 3 * len(KINDS)


@dataclass(frozen=True)
class Setup:
    """What the kernels read of a register, a scenario and a grouping.

    Attributes
    ----------
    scenario, calendar, cases, slots
        where the rest comes from.
    instructors
        the number in each responsible unit from the opening on.
    priority
        int64 (n,), class over the whole city; `queue_class` int64 (n,), the same order numbered within
        each pool, and `classes` int64 (responsible units,), how many there are.
    opening
        float64 (kinds,), when cases of a kind may be released.
    approval
        int8 (kinds,), and `max_attempts` int64 (kinds,).
    on_demand
        when the committees call meetings beside these.
    meeting_day, agenda, meeting_start
        the committees' meetings, responsible unit by responsible unit.
    laws
        durations, rows as above.
    lead_unit
        int64 (n,), the entry of each case's lead among the units.
    tally
        what the cases cover, by responsible unit.
    assignment, assigned
        who has an instructor assigned apart from work, by which order; bool (organizations,) with these instructors.
    start
        the state that a forecast begins in; None: the campaign begins.
    pools
        responsible units that `engine.pool_of` has cut out already.
    """

    scenario: Scenario
    calendar: Calendar
    cases: Cases
    slots: Slots
    instructors: dict[str, int]
    priority: NDArray[np.int64]
    queue_class: NDArray[np.int64]
    classes: NDArray[np.int64]
    opening: NDArray[np.float64]
    approval: NDArray[np.int8]
    max_attempts: NDArray[np.int64]
    meeting_day: NDArray[np.float64]
    agenda: NDArray[np.int64]
    meeting_start: NDArray[np.int64]
    on_demand: CallRules
    laws: LawTable
    lead_unit: NDArray[np.int64]
    tally: Tallies
    assignment: StandingAssignment
    assigned: NDArray[np.bool_]
    start: Start | None = None
    pools: dict[int, Pool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """What other processes get: they cut their own responsible units."""
        return self.__dict__ | {"pools": {}}

    @property
    def days(self) -> int:
        """Working days that are simulated: 0 … horizon day."""
        return self.calendar.horizon_day + 1

    @cached_property
    def works(self) -> Elapsed:
        """Of a forecast the attempts that are in work at t0."""
        assert self.start is not None
        return in_work(self.cases, self.start)

    @cached_property
    def elects(self) -> Elapsed:
        """Of a forecast the elections that run at t0."""
        assert self.start is not None
        return in_election(self.cases, self.start, self.approval)

    def of_same(self, scenario: Scenario) -> Setup:
        """The same set-up of a scenario that differs in nothing that a simulation reads: its measures, say."""
        return self if scenario is self.scenario else replace(self, scenario=scenario)

    def with_instructors(self, instructors: Mapping[str, int]) -> Setup:
        """The same with so many instructors from the opening on; arrivals come on top."""
        names = self.cases.responsible_units
        assigned = self.assignment.reached(self.assignment.all_places(numbers_of(instructors, names)))
        return replace(
            self,
            instructors=dict(instructors),
            slots=build_slots(instructors, names, self.scenario, self.calendar),
            tally=tallies(self.cases, assigned & (self.assignment.counted_on != BEFORE_ALL)),
            assigned=assigned,
        )

    def with_extra_meeting(self, on: date) -> Setup:
        """The same with one more meeting of every committee (``committee.extra``); who meets anyway meets once."""
        extra = [*self.scenario.committee.extra, on]
        scenario = self.scenario.replace("committee.extra", extra)
        day, agenda, start = _schedule(scenario, self.calendar, self.cases.responsible_units)
        return replace(self, scenario=scenario, meeting_day=day, agenda=agenda, meeting_start=start)


def prepare(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] = False,
    *,
    cases: Cases | None = None,
    instructors: Mapping[str, int] | None = None,
    start: Start | None = None,
) -> Setup:
    """Work out everything a replication reads.

    Parameters
    ----------
    register, scenario
        as for `simulate`.
    grouping
        who joins whom, as `joined` settles it; False: nobody.
    cases
        what `build_cases` gives for these three, where it is known and the scenario has been held against the register:
        scenarios that differ in dates, laws and meetings only have the same cases.
    instructors
        in each responsible unit; by default as the scenario shares them.
    start
        where a forecast begins; with `cases`.

    Raises
    ------
    ScenarioError
        the scenario does not fit the register.
    InfeasibleError
        the grouping belongs to another register or scenario.
    """
    if cases is None:
        refuse_misfit(scenario, register)
        cases = build_cases(register, scenario, grouping)
    calendar = Calendar.of(scenario.calendar)
    rules = [scenario.cases.of(kind) for kind in KINDS]
    if instructors is None:
        instructors = instructors_by_responsible(cases, scenario, instructors_total(scenario, register))
    priority = priorities(cases, scenario)
    queue_class, classes = _classes_by_pool(cases, priority)

    approval = np.array([APPROVALS[rule.approval] for rule in rules], dtype=np.int8)
    approval[OUTREACH] = FOUNDS
    opening = np.full(len(KINDS), calendar.formation_opens)
    opening[OUTREACH] = calendar.instructors_open
    none = Law("fixed", (0.0,))
    laws = [rule.preparation for rule in rules] + [rule.retry_delay for rule in rules]
    laws += [rule.election or none for rule in rules] + [scenario.census.tail]

    meeting_day, agenda, meeting_start = _schedule(scenario, calendar, cases.responsible_units)
    assignment = StandingAssignment.of(cases, scenario, calendar, 0.0 if start is None else start.t0)
    assigned = assignment.reached(assignment.all_places(numbers_of(instructors, cases.responsible_units)))
    return Setup(
        scenario=scenario,
        calendar=calendar,
        cases=cases,
        slots=build_slots(instructors, cases.responsible_units, scenario, calendar),
        instructors=dict(instructors),
        priority=priority,
        queue_class=queue_class,
        classes=classes,
        opening=opening,
        approval=approval,
        max_attempts=np.array([rule.max_attempts for rule in rules], dtype=np.int64),
        meeting_day=meeting_day,
        agenda=agenda,
        meeting_start=meeting_start,
        on_demand=CallRules.of(scenario, cases.responsible_units),
        laws=LawTable.of(laws),
        lead_unit=np.flatnonzero(cases.unit_row == np.repeat(cases.lead, cases.units)),
        tally=tallies(cases, assigned & (assignment.counted_on != BEFORE_ALL)),
        assignment=assignment,
        assigned=assigned,
        start=start,
    )


def prepared(
    setup: Setup | None, register: pd.DataFrame, scenario: Scenario, grouping: Grouping | Literal[False] | None
) -> Setup:
    """The set-up that is there already, or one worked out: so that a job prepares each scenario once.

    Parameters
    ----------
    setup
        what `prepare` gave for these three, or None.
    grouping
        None: the set-up's own, or without one as `joined` finds it.

    Raises
    ------
    ArgumentError
        it is another scenario's, another register's, or rests on other joint branches.
    """
    if setup is None:
        return prepare(register, scenario, joined(register, scenario, grouping))
    if setup.scenario is not scenario and setup.scenario != scenario:
        raise ArgumentError(text("argument.setup_scenario", scenario=setup.scenario.name))
    if not setup.cases.organizations.index.isin(register.index).all():
        raise ArgumentError(text("argument.setup_register"))
    # In the middle of a campaign only those are left who have not formed a branch yet.
    known = grouping is None or setup.start is not None
    if not known and setup.cases.grouping != grouping_fingerprint(grouping):
        raise ArgumentError(text("argument.setup_grouping"))
    return setup


def _schedule(
    scenario: Scenario, calendar: Calendar, responsible_units: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """The committees' meetings, pool by pool: their days and agendas, and where each pool's begin."""
    held = every_meeting(scenario, calendar, responsible_units)
    # Responsible units are sorted by name, as their meetings are.
    times = [len(each.days) for each in held]
    agenda = np.repeat(np.array([each.agenda for each in held], dtype=np.float64), times)
    return (
        np.array([day for each in held for day in each.days], dtype=np.float64),
        np.where(np.isnan(agenda), UNLIMITED, np.nan_to_num(agenda)).astype(np.int64),
        np.concatenate([[0], np.cumsum(times, dtype=np.int64)]),
    )


class CallRules(NamedTuple):
    """When the committees call meetings on demand (MODEL §5.5), one entry per responsible unit.

    Attributes
    ----------
    calls_at
        int64, cases filed and unheard at which a meeting is called; 0: none is called.
    calls_ahead
        float64, working days at least from the call to the meeting.
    agenda
        int64, cases that a called meeting hears at most.
    """

    calls_at: NDArray[np.int64]
    calls_ahead: NDArray[np.float64]
    agenda: NDArray[np.int64]

    @classmethod
    def of(cls, scenario: Scenario, responsible_units: tuple[str, ...]) -> CallRules:
        """What the scenario's `committee` says for each."""
        rules = [scenario.committee.of(name) for name in responsible_units]
        called = [(0, 0.0) if rule.on_demand is None else (rule.on_demand.cases, rule.on_demand.lead) for rule in rules]
        return cls(
            np.array([cases for cases, _ in called], dtype=np.int64),
            to_ticks(np.array([lead for _, lead in called], dtype=np.float64)),
            np.array([UNLIMITED if rule.agenda is None else rule.agenda for rule in rules], dtype=np.int64),
        )


def _classes_by_pool(cases: Cases, priority: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Priority classes numbered 0, 1, … within each pool, so that counting sorts stay short."""
    pools = len(cases.responsible_units)
    pairs, number = np.unique(np.stack([cases.pool, priority]), axis=1, return_inverse=True)
    begin = np.searchsorted(pairs[0], np.arange(pools + 1))
    return number.reshape(-1) - begin[cases.pool], np.diff(begin)


class Tallies(NamedTuple):
    """What cases cover, in entries: one per case and responsible unit of its units.

    Attributes
    ----------
    start
        int64 (n + 1,), the slice of each case.
    responsible
        int64 (e,), codes.
    units
        int32 (e,), organizations.
    works
        int32 (e,), of them without work at the start, and without an instructor assigned that counts.
    early
        int32 (e,), of them without work at the start, and with one assigned that counts.
    """

    start: NDArray[np.int64]
    responsible: NDArray[np.int64]
    units: NDArray[np.int32]
    works: NDArray[np.int32]
    early: NDArray[np.int32]


def tallies(cases: Cases, reached: NDArray[np.bool_], first: int = 0, last: int | None = None) -> Tallies:
    """What cases first … last - 1 cover; `reached` says of each organization whether an assigned instructor counts."""
    last = len(cases) if last is None else last
    unit = slice(int(cases.unit_start[first]), int(cases.unit_start[last]))
    rows, responsible_units = cases.unit_row[unit], max(len(cases.responsible_units), 1)
    idle = cases.idle[rows]
    early = idle & reached[rows]
    key = (cases.unit_case[unit] - first) * responsible_units
    key = key + cases.home[rows]
    distinct, entry = np.unique(key, return_inverse=True)

    def counted(which: NDArray[np.bool_]) -> NDArray[np.int32]:
        return np.bincount(entry[which], minlength=distinct.size).astype(np.int32)

    return Tallies(
        np.searchsorted(distinct // responsible_units, np.arange(last - first + 1)),
        distinct % responsible_units,
        np.bincount(entry, minlength=distinct.size).astype(np.int32),
        counted(idle & ~early),
        counted(early),
    )
