"""The review of a campaign under way: where it will end, who is behind, what was assumed wrongly, what still helps."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Literal

import numpy as np
import pandas as pd

from workbench.arguments import as_date, checked
from workbench.errors import Fault, RegisterWarning
from workbench.inputs import asked
from workbench.inputs.register import read_register
from workbench.jobs.campaign import date_in
from workbench.jobs.review.checks import check_plan, check_previous
from workbench.jobs.review.filing import due_by_unit, filing_list
from workbench.jobs.stages import Stages
from workbench.labels import text
from workbench.numbers import chance_words, date_words, percent, target_percent
from workbench.planning.allocation import Allocation, allocate
from workbench.planning.dates import FOR_DATES, last_safe_dates
from workbench.planning.forecast import Evidence, assumptions, learning_scenario, learnt
from workbench.planning.forecast import forecast as forecast_from
from workbench.planning.measures import (
    FROM_TODAY,
    FromToday,
    Measure,
    PackagesFromToday,
    decider,
    listed,
    open_measures,
    packages_from_today,
    still_helping,
)
from workbench.planning.score import Score, Standing, score, standing
from workbench.shown import Shown
from workbench.simulation import load_outcome, simulate
from workbench.simulation.kernels import IN_WORK
from workbench.simulation.results import reached_already
from workbench.simulation.start import day_before_start, known_by, planned_groups

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.simulation.results import Outcome
    from workbench.simulation.setup import Setup

#: The stages of a review, in order.
STAGES: Final = ("forecast", "plan", "score", "dates", "measures", "packages", "allocate")
#: A review within so many days of the deadline is the final summary (总结).
LAST_DAYS: Final = 7


@dataclass(frozen=True, eq=False, repr=False)
class Review(Shown):
    """A campaign under way at the end of a day.

    Attributes
    ----------
    forecast
        where it will end, from today; facts before.
    score
        responsible units, each against its own plan and its own ceiling.
    states
        every task: kind, responsible, units, forms, state, since, recent (formed since the last notice).
    assumptions
        what was observed against what was assumed, as `workbench.planning.forecast.assumptions` tells it.
    filing
        every task that is not filed yet, with the last day on which a filing still counts.
    alone
        what each measure brings if it is decided today, best first; empty once no working day is left. `measures` is
        the same with label and decided_by in the language in use.
    packages
        what two or three of those that help most bring together, and the least of them that is enough; None where fewer
        than two help.
    allocation
        today's instructors, sent where they do most in the days that are left; None where there is nobody to send, no
        case for anybody, or no working day left.
    plan
        the outcome made when the campaign began, or worked out afterwards (``score.planned`` tells).
    register, scenario, grouping
        what was reviewed.
    findings
        what a person should look at: weeks that are missing, organizations that are gone, what was undone.
    """

    shown_table: ClassVar[str] = "behind"
    shown_figure: ClassVar[str] = "forecast_fan"

    forecast: Outcome
    score: Score
    states: pd.DataFrame
    assumptions: pd.DataFrame
    filing: pd.DataFrame
    alone: pd.DataFrame
    packages: PackagesFromToday | None
    allocation: Allocation | None
    plan: Outcome
    register: pd.DataFrame
    scenario: Scenario
    grouping: Grouping | Literal[False]
    standing: Standing
    findings: tuple[Fault, ...]
    #: The measures by name, for their words.
    listed: Mapping[str, Measure] = field(default_factory=dict)

    @property
    def measures(self) -> pd.DataFrame:
        """What each measure brings, with its label and who decides in the language in use."""
        table = self.alone
        words = {
            "label": [self.listed[name].label for name in table["measure"]],
            "decided_by": [decider(code) for code in table["decided_by"]],
        }
        table = table.assign(**{name: pd.Series(values, table.index, dtype="str") for name, values in words.items()})
        return table[["measure", "label", *FROM_TODAY[1:]]]

    def called(self, names: Sequence[str]) -> str:
        """Measures that are taken together, in the language in use."""
        return text("measures.and").join(self.listed[name].label for name in names)

    @property
    def as_of(self) -> date:
        """The day whose end it tells of."""
        return self.score.as_of

    @property
    def behind(self) -> pd.DataFrame:
        """Who is behind, worst first; as `Score.behind`, with open, next and late (`filing` by unit)."""
        due = due_by_unit(self.filing)
        rows = self.score.behind.join(due)
        return rows.assign(**{name: rows[name].fillna(0).astype("int64") for name in ("open", "late")})

    @property
    def predicted_from(self) -> date | None:
        """The first date that rests on holidays that are not announced yet, where the deadline does; else None."""
        return self.forecast.predicted_from

    @property
    def days_left(self) -> int:
        """Working days after today until the deadline, that one included."""
        calendar = self.forecast.calendar
        return max(calendar.deadline_day - calendar.day_by(self.as_of), 0)

    @property
    def final(self) -> bool:
        """Whether it is the final summary: the deadline is less than a week away, or gone by."""
        return (self.forecast.deadline - self.as_of).days < LAST_DAYS

    @property
    def over(self) -> bool:
        """Whether no working day is left before the deadline: what counts has happened."""
        return self.days_left == 0

    @property
    def reached(self) -> bool:
        """Whether the target is reached today: what is formed stays."""
        return reached_already(self.forecast, "organization")

    @property
    def doubt(self) -> str | None:
        """Why a target that seems missed once it is over may have been reached: the register is probably an old one.

        In the language in use; None where nothing speaks for it.
        """
        if not self.over or self.forecast.probability().value == 1.0:
            return None
        for fault in self.findings:
            if fault.code == "register_silent":
                return text("notice.as_far", latest=date_words(date.fromisoformat(fault.value)))
            if fault.code == "register_without_dates":
                return text("notice.undated")
        return None

    @property
    def worth_moving(self) -> bool:
        """Whether the allocation found beats today's on fresh replications by half a tenth of a point."""
        return self.allocation is not None and self.allocation.after.better_than(self.allocation.before, 0.0005)

    def summary(self) -> str:
        """Where it will end and how sure, who is behind and what helps, in the language in use."""
        found, target = self.forecast, self.scenario.targets.organization
        low, high = found.quantiles((0.05, 0.95)).iloc[found.calendar.deadline_day]
        values = {
            "date": date_words(self.as_of, year=True), "deadline": date_words(found.deadline),
            "coverage": percent(float(self.score.city["coverage"])), "target": target_percent(target),
            "expected": percent(found.expected()), "low": percent(float(low)), "high": percent(float(high)),
            "probability": str(found.probability()), "days": self.days_left,
        }  # fmt: skip
        if self.over:
            reached = found.probability().value == 1.0
            lines = [text("review.reached" if reached else "review.missed", **values), *filter(None, [self.doubt])]
        else:
            lines = [text("review.head_reached" if self.reached else "review.head", **values)]
        lines.append(self.score.summary())
        if not self.over:
            lines.append(self._helping())
        return "\n".join(lines)

    def _helping(self) -> str:
        useful = self.measures[self.measures["helps"]]
        if useful.empty:
            return text("review.no_measure")
        best = useful.iloc[0]
        chance = best["probability"], best["probability_low"], best["probability_high"]
        return text(
            "review.best_measure", measure=str(best["label"]), expected=percent(float(best["expected"])),
            probability=chance_words(chance, self.forecast.replications),
        )  # fmt: skip


@asked
def review(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    as_of: date | str | None = None,
    *,
    plan: Outcome | str | Path | None = None,
    previous: pd.DataFrame | str | Path | None = None,
    since: date | None = None,
    learn: bool = True,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    stages: Stages | None = None,
    findings: Sequence[Fault] = (),
) -> Review:
    """Review a campaign under way (MODEL §10): forecast, score, what was assumed wrongly, and what still helps.

    Parameters
    ----------
    register
        a validated register of the campaign, with the dates of what was done.
    scenario, grouping
        the plan's; without a grouping it is found as for the plan, for the register as it was before the start.
    as_of
        today: what is dated later is not known yet.
    plan
        the outcome made when the campaign began, or its file; None works it out from the register as it was then.
    previous
        last week's register, or its file: what was formed since is new. None: the dates of the last seven days tell.
    since
        the day of last week's register, where neither its file's name nor its dates tell it.
    learn
        as for `forecast`.
    replications, seed, workers
        as for `simulate`.
    stages
        told how far the job is.
    findings
        what was noticed already, such as weeks that are missing.

    Returns
    -------
    Review
        `forecast`, `score`, `states`, `behind`, `assumptions`, `filing`, `measures`, `allocation`, `findings`.

    Raises
    ------
    ArgumentError
        `as_of` is not a day, or a number is outside its range.
    RegisterError
        last week's register is later than this one, or of another city.
    StoreError
        the plan is of another register or another calendar.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(60, 2, seed=1)
    >>> found = review(city, wb.Scenario(), False, "2027-07-30", replications=50)
    >>> found.over, found.final, int(found.score.city["formed"])
    (False, False, 0)
    """
    replications, seed, workers = checked(paired_replications=replications, seed=seed, workers=workers)
    stages = stages or Stages(STAGES, show=False)
    day = as_date(as_of)
    before, since = _previous(previous, since, day)
    begin = known_by(register, scenario, day_before_start(scenario)).register
    grouping = planned_groups(register, scenario, grouping)
    noticed = [
        *findings,
        *([] if before is None else _apart(check_previous(before, register, since, day), findings, day)),
    ]
    given = load_outcome(plan) if isinstance(plan, str | Path) else plan
    if given is not None:
        noticed += check_plan(given, begin, scenario)
    with stages("forecast"):
        found = forecast_from(
            register, scenario, grouping, day, learn=learn, replications=replications, seed=seed, workers=workers,
            progress=stages.progress,
        )  # fmt: skip
    with stages("plan"):
        planned = given if given is not None else simulate(
            begin, scenario, grouping, replications=replications, seed=seed, workers=workers, progress=stages.progress
        )  # fmt: skip
    with stages("score"):
        stands = standing(register, scenario, grouping, day, previous=before, since=since)
        held = score(stands, found, planned, planned=given is not None)
    noticed += found.findings
    experiment = _from_today(register, scenario, grouping, found, replications, seed)
    with stages("dates"):
        dates = last_safe_dates(
            register, experiment.present.scenario, grouping,
            replications=min(replications, FOR_DATES), seed=seed, setup=experiment.setup,
        )  # fmt: skip
        filing = filing_list(stands, dates)
    observed = assumptions(register, scenario, grouping, day, seed=seed)
    whole = Review(
        forecast=found, score=held, states=stands.tasks, assumptions=observed, filing=filing,
        alone=pd.DataFrame(columns=list(FROM_TODAY)), packages=None, allocation=None, plan=planned, register=register,
        scenario=scenario,
        grouping=grouping, standing=stands, findings=tuple(noticed),
    )  # fmt: skip
    return _advised(whole, experiment, replications, seed, workers, stages)


def _previous(
    previous: pd.DataFrame | str | Path | None, since: date | None, as_of: date
) -> tuple[pd.DataFrame | None, date | None]:
    """Last week's register and its day: as given, or as its file's name has it."""
    if previous is None or isinstance(previous, pd.DataFrame):
        return previous, since
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RegisterWarning)
        return read_register(previous), since or date_in(Path(previous).stem)


def _apart(found: Sequence[Fault], findings: Sequence[Fault], day: date) -> list[Fault]:
    """What was found, without this week's being a repeated one where the folder has told that already: by its file."""
    told = any(each.code == "week_repeated" and date_in(Path(each.value).stem) == day for each in findings)
    return [each for each in found if not (told and each.code == "week_repeated")]


def _from_today(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    found: Outcome,
    replications: int,
    seed: int,
) -> FromToday:
    """What is left of the campaign, with the factors as the forecast learnt them.

    Fresh replications, on which what was chosen is judged, take the same factors once more, with luck of their own.
    """
    assert found.as_of is not None
    rules, factors = scenario, {}
    if found.posterior is not None:
        rules = learning_scenario(scenario)
        posterior = learnt(Evidence.of(register, scenario, grouping, found.as_of), rules, replications, seed)
        factors = {name: np.tile(uniforms, 2) for name, uniforms in posterior.factors.items()}
    return FromToday(
        register, rules, grouping, found.as_of, factors=factors, replications=replications, seed=seed
    )  # fmt: skip


def _advised(
    whole: Review, experiment: FromToday, replications: int, seed: int, workers: int | None, stages: Stages
) -> Review:
    """The review with what can be done in the days that are left."""
    if whole.over:
        return whole
    with stages("measures"):
        every = listed(experiment, whole.scenario)
        left = open_measures(experiment, every)
        alone = still_helping(experiment, left, stages.progress)
    with stages("packages"):
        packages = packages_from_today(experiment, left, alone, workers=workers, progress=stages.progress)
    with stages("allocate"):
        allocation = _allocation(whole, experiment, replications, seed, workers, stages)
    return replace(whole, alone=alone, packages=packages, allocation=allocation, listed=every)


def _allocation(
    whole: Review, experiment: FromToday, replications: int, seed: int, workers: int | None, stages: Stages
) -> Allocation | None:
    """Today's instructors, where they do most in the days that are left; nobody is taken from a case in work."""
    setup = experiment.setup
    total = sum(setup.instructors.values())
    if not total or not len(whole.forecast.cases):
        return None
    stays = held_by_cases(setup)
    limits = {
        unit: (max(least, limit[0]), max(least, limit[1])) if (limit := whole.scenario.instructors.limits.get(unit))
        else (least, total)
        for unit, least in stays.items()
    }  # fmt: skip
    bound = setup.scenario.replace("instructors.limits", {unit: list(limit) for unit, limit in limits.items()})
    held = setup.of_same(bound)
    return allocate(
        whole.register, bound, whole.grouping, total=total, replications=replications, seed=seed, workers=workers,
        setup=held, progress=stages.progress,
    )  # fmt: skip


def held_by_cases(setup: Setup) -> dict[str, int]:
    """Instructors of each responsible unit who are at work on a case today: as many as their cases take, as far as
    there are so many."""
    assert setup.start is not None
    cases, caseload = setup.cases, setup.scenario.instructors.caseload
    working = np.bincount(cases.pool[setup.start.state == IN_WORK], minlength=len(cases.responsible_units))
    return {
        unit: min(-(-int(count) // caseload), int(setup.instructors.get(unit, 0)))
        for unit, count in zip(cases.responsible_units, working, strict=True)
    }
