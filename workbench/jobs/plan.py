"""The main job: from a register and a scenario to the answer, in the order in which a planner asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbench.grouping import group
from workbench.grouping.answer import Grouping
from workbench.inputs import check_fits, notes
from workbench.jobs.stages import Stages
from workbench.labels import text
from workbench.planning.allocation import Allocation, allocate
from workbench.planning.assignment import Assignment, assign
from workbench.planning.census import CensusOutcome, census_value, simulate_census
from workbench.planning.dates import LastSafeDates, last_safe_dates
from workbench.planning.desk import Prospect
from workbench.planning.gap import Ceiling, Gap, ceiling, explain_gap
from workbench.planning.measures import Conventions, Measures, conventions, measures
from workbench.simulation import simulate
from workbench.simulation.results import Outcome
from workbench.simulation.setup import prepare

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from workbench.inputs.scenario import Scenario

#: A difference of coverage or of a chance below this share decides nothing: half a tenth of a point.
LEAST_DIFFERENCE = 0.0005
#: Streets that a warning names.
STREETS_NAMED = 3
#: The stages of `make_plan`, in order.
STAGES = ("group", "ceiling", "simulate", "explain", "measures", "allocate")


class CensusOutlook(NamedTuple):
    """What the census may find: campaigns under many outcomes, and where one member more counts (`census_value`)."""

    found: CensusOutcome
    values: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that the main job finds out; the views only say it.

    Attributes
    ----------
    register, scenario
        what was planned for.
    grouping
        who joins whom.
    ceiling
        what can be reached at best, without any chance in it.
    outcome
        what many replications show.
    gap
        what holds it back.
    measures
        what each measure brings, and the least that must be decided.
    conventions
        what the answer rests on, and what each convention is worth here.
    allocation
        the scenario's instructors, sent where they do most.
    unlimited
        with an instructor for every case.
    dates
        until when cases must be dispatched, filed and heard to count.
    asked
        the scenario as it was given: without places it is planned without joint branches.
    census
        how far the ceiling may move by what the census finds, and where one member more counts; None where the scenario
        takes the register to be right.
    assignment
        which numbered instructor stands for which organizations; None where the scenario assigns nobody.
    """

    register: pd.DataFrame
    scenario: Scenario
    grouping: Grouping
    ceiling: Ceiling
    outcome: Outcome
    gap: Gap
    measures: Measures
    conventions: Conventions
    allocation: Allocation
    unlimited: Prospect
    dates: LastSafeDates
    asked: Scenario
    census: CensusOutlook | None = None
    assignment: Assignment | None = None

    @property
    def seed(self) -> int:
        """The seed of every random number in it."""
        return int(self.outcome.provenance["seed"])

    @property
    def instructors(self) -> int:
        """Instructors that the scenario has from the opening on."""
        return int(self.allocation.start.sum())

    @property
    def predicted_from(self) -> date | None:
        """The first date that rests on holidays that are not announced yet, where one that is said does; else None."""
        said = (self.outcome.predicted_from, self.measures.predicted_from)
        return min(filter(None, said), default=None)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is allowed but probably not meant, in the language in use: nothing keeps the words of another."""
        found, scenario, register = plannable(self.register, self.asked)[1], self.scenario, self.register
        return (*found, *_unattended(self.outcome), *notes(scenario, register))

    @property
    def worth_moving(self) -> bool:
        """Whether the allocation found is better than the scenario's own on fresh replications, by more than half a
        tenth of a point in what counts first."""
        return self.allocation.after.better_than(self.allocation.before, LEAST_DIFFERENCE)

    @property
    def recommended(self) -> pd.Series[int]:
        """Instructors by responsible unit: as allocated, or as they are where moving them brings nothing."""
        return self.allocation.instructors if self.worth_moving else self.allocation.start


def make_plan(
    register: pd.DataFrame,
    scenario: Scenario,
    *,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    stages: Stages | None = None,
    grouping: Grouping | None = None,
    effort: str | int = "normal",
    time_limit: float | None = None,
) -> Plan:
    """Group, find the ceiling, simulate, explain the gap, find the least that must be decided, allocate.

    Parameters
    ----------
    register
        a validated register.
    scenario
        checked against the register first.
    replications, seed, workers
        as for `simulate`.
    stages
        told how far the job is.
    grouping
        who joins whom, if that is known already; by default it is found first.
    effort, time_limit
        how hard to look for it, as for `group`.

    Raises
    ------
    ScenarioError, InfeasibleError
        the scenario does not fit the register, or demands what cannot be met.
    """
    stages = stages or Stages(STAGES, show=False)
    asked, (scenario, _) = scenario, plannable(register, scenario)
    with stages("group"):
        if grouping is None:
            grouping = group(
                register, scenario, effort=effort, time_limit=time_limit, seed=seed, progress=stages.progress
            )
    with stages("ceiling"):
        top = ceiling(register, scenario, grouping)
        census = _outlook(register, scenario, grouping, seed, workers, stages) if scenario.census.discovery else None
    with stages("simulate"):
        # Worked out once, for everything that is asked of this very scenario.
        setup = prepare(register, scenario, grouping)
        outcome = simulate(
            register, scenario, grouping, replications=replications, seed=seed, workers=workers,
            progress=stages.progress, setup=setup,
        )  # fmt: skip
    with stages("explain"):
        gap = explain_gap(
            register,
            scenario,
            grouping,
            replications=replications,
            seed=seed,
            workers=workers,
            outcome=outcome,
            setup=setup,
            progress=stages.progress,
        )
        plenty = simulate(
            register, scenario.replace("instructors.by_responsible", _one_each(outcome)), grouping,
            replications=replications, seed=seed, keep="city", workers=workers, progress=stages.progress,
        )  # fmt: skip
    with stages("measures"):
        decided = measures(
            register,
            scenario,
            grouping,
            replications=max(replications, 2),
            seed=seed,
            workers=workers,
            progress=stages.progress,
            setup=setup,
        )
        rests_on = conventions(register, scenario, grouping, replications=max(replications, 2), seed=seed, setup=setup)
    with stages("allocate"):
        total = int(outcome.stages["instructors"].sum())
        allocation = allocate(
            register,
            scenario,
            grouping,
            total=total,
            replications=replications,
            seed=seed,
            workers=workers,
            setup=setup,
            progress=stages.progress,
        )
    assigned = (
        assign(register, scenario, grouping, workers=workers, setup=setup)
        if scenario.instructors.standing and total
        else None
    )
    return Plan(
        asked=asked,
        assignment=assigned,
        census=census,
        register=register,
        scenario=scenario,
        grouping=grouping,
        ceiling=top,
        outcome=outcome,
        gap=gap,
        measures=decided,
        conventions=rests_on,
        allocation=allocation,
        unlimited=Prospect(
            plenty.probability(), plenty.expected(), plenty.probability("work"), plenty.expected("work")
        ),
        dates=last_safe_dates(register, scenario, grouping, seed=seed, setup=setup),
    )


def _outlook(
    register: pd.DataFrame, scenario: Scenario, grouping: Grouping, seed: int, workers: int | None, stages: Stages
) -> CensusOutlook:
    """What the census may make of the ceiling."""
    found = simulate_census(register, scenario, grouping, seed=seed, workers=workers, progress=stages.progress)
    return CensusOutlook(found, census_value(register, scenario, grouping, seed=seed, progress=stages.progress))


def plannable(register: pd.DataFrame, scenario: Scenario) -> tuple[Scenario, list[str]]:
    """The scenario as it can be planned for a register, and what to mind: without places, no joint branches.

    Raises
    ------
    ScenarioError
        the scenario does not fit the register.
    """
    warnings = check_fits(scenario, register)
    if scenario.grouping.facilities and not scenario.grouping.pinned and register[["x", "lon"]].isna().all(axis=None):
        return scenario.replace("grouping.facilities", []), [*warnings, text("warning.no_places")]
    return scenario, warnings


def _unattended(outcome: Outcome) -> list[str]:
    """Responsible units that have cases but nobody to work on them, now or later, although others have."""
    arrivals = {each.responsible for each in outcome.scenario.instructors.arrivals}
    present = outcome.stages["instructors"].to_series()
    cases = outcome.cases["responsible"].value_counts().reindex(present.index, fill_value=0)
    left = cases[(cases > 0) & (present == 0) & ~present.index.isin(arrivals)]
    if left.empty or not (present.any() or arrivals):
        return []
    named = text("comparison.and").join(map(str, left.index[:STREETS_NAMED]))
    return [text("warning.unattended", count=len(left), units=named, cases=int(left.sum()))]


def _one_each(outcome: Outcome) -> dict[str, int]:
    """An instructor for every case of a responsible unit: more cannot help."""
    cases = outcome.cases["responsible"].value_counts()
    return {
        str(responsible): max(int(cases.get(responsible, 0)), 1)
        for responsible in outcome.stages["responsible"].to_numpy()
    }
