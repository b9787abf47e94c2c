"""The least that must be decided: every measure alone, then packages of them, on common random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import checked
from workbench.grouping import joined
from workbench.inputs import asked, refuse_misfit
from workbench.planning.comparison import mean_difference
from workbench.planning.dates import date_reaching, last_safe_dates
from workbench.planning.measures.experiment import Counts, Experiment
from workbench.planning.measures.listing import changes_anything, listed
from workbench.planning.measures.measure import Measure
from workbench.planning.measures.packages import (
    Package,
    all_sets,
    best_package,
    front,
    larger_sets,
    least_package,
    try_all,
)
from workbench.planning.measures.result import Least, Measures
from workbench.planning.measures.until import decide_by
from workbench.progress import Progress
from workbench.simulation.setup import Setup, prepared

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.planning.dates import LastSafeDates

COLUMNS = ["measures", "number", "cost", "expected", "gain", "low", "high", "probability", "work_gain"]


@asked
def measures(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    confidence: float = 0.9,
    most: int = 3,
    counting: bool = False,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> Measures:
    """Find the least that must be decided for the target to be reached with a given confidence (MODEL §9.1).

    Every measure is tried alone, then every set of up to `most` that do not exclude each other, all on the same random
    numbers. Where none of these reaches the confidence, larger sets are grown from the best of each size until one does
    or nothing is left to add. What a recommended package comes to is told on fresh replications.

    A measure never tightens a rule: an agenda of 40 leaves a committee without limit as it is. Joint branches are found
    anew where the rules for them change.

    Parameters
    ----------
    register, scenario
        as for `simulate`; the scenario's `measures` add to the list, change or strike it.
    grouping
        who joins whom as it stands; None finds it. False leaves joint branches out, whatever is decided.
    confidence
        P(organization target) to reach, a share.
    most
        sets of up to so many measures are all tried.
    counting
        whether measures that change what is counted, not what is done, may be in a package.
    replications, seed, workers
        as for `simulate`.
    progress
        called with (done, in all); it may return False to stop.
    setup
        what `prepare` gave for register, scenario and grouping, where it is there already.

    Raises
    ------
    ValueError
        a number outside its range.
    ScenarioError
        a measure of the scenario cannot be: it sets an unknown path, or excludes itself or an unknown one.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> city = make_city(60, 3, seed=1)
    >>> scenario = Scenario().replace({"targets.organization": 0.5, "instructors.total": 40})
    >>> found = measures(city, scenario, most=1, replications=50)
    >>> list(found.alone.columns)[:5]
    ['measure', 'sort', 'decided_by', 'cost', 'expected']
    >>> found.least.measures
    ('two_weeks_later',)
    """
    confidence, replications, seed, workers, most = checked(
        confidence=confidence, paired_replications=replications, seed=seed, workers=workers, most=most
    )
    refuse_misfit(scenario, register)
    own = joined(register, scenario, grouping)
    plain = scenario.replace("measures", {}) if scenario.measures else scenario
    ready = prepared(setup, register, scenario, own)
    experiment = Experiment(register, plain, own, replications=replications, seed=seed, setup=ready.of_same(plain))
    every = listed(experiment, scenario)
    active = {name: measure for name, measure in every.items() if changes_anything(measure, experiment)}
    packed = {name: measure for name, measure in active.items() if counting or measure.sort != "counting"}
    apart = [(name,) for name in active if name not in packed]
    sets = [(), *apart, *all_sets(packed, most)]
    watch = _Watch(progress, len(sets))
    tried = list(try_all(experiment, active, sets, workers, watch.step))
    present, alone, packages = tried[0], tried[1 : 1 + len(apart)], [tried[0], *tried[1 + len(apart) :]]
    least, size = least_package(packages, confidence), most
    while least is None and (grown := larger_sets(packed, packages, size := size + 1)):
        watch.more(len(grown))
        packages += try_all(experiment, active, grown, workers, watch.step)
        least = least_package(packages, confidence)
    alone += [package for package in packages if package.number == 1]
    dates = last_safe_dates(register, scenario, own, seed=seed, setup=ready)
    fresh = experiment.fresh()
    told = front(packages)
    again = {each.names: fresh.run([active[name] for name in each.names])
             for each in {package.names: package for package in (*told, best_package(packages), least or present)}
             .values()}  # fmt: skip
    return Measures(
        alone=_alone(alone, present.counts, active, scenario, dates),
        packages=_packages(packages, present.counts),
        least=None if least is None else told_package(least, present.counts, again),
        best=told_package(best_package(packages), present.counts, again),
        front=_front(told, present.counts, again),
        tried=len(packages) + len(apart),
        reaching=date_reaching(
            register, scenario, own, confidence=confidence, replications=replications, seed=seed, workers=workers
        ),
        idle=tuple(name for name in every if name not in active),
        listed=every,
        expected=present.counts.expected,
        expected_work=present.counts.expected_work,
        probability=present.counts.probability,
        target=scenario.targets.organization,
        confidence=confidence,
        ungrouped=ready.cases.ungrouped,
    )


class _Watch:
    """Tells how many sets are done, of all that are known to be tried."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self._progress, self._whole, self._done = progress, whole, 0

    def more(self, sets: int) -> None:
        self._whole += sets

    def step(self) -> bool | None:
        self._done += 1
        return None if self._progress is None else self._progress(self._done, self._whole)


def _row(counts: Counts, present: Counts) -> dict[str, Any]:
    gain = mean_difference(counts.shares - present.shares)
    return {
        "expected": counts.expected,
        "gain": counts.expected - present.expected,
        "low": float(gain.low),
        "high": float(gain.high),
        "probability": counts.probability.value,
        "work_gain": counts.expected_work - present.expected_work,
    }


def _alone(
    packages: Iterable[Package],
    present: Counts,
    active: Mapping[str, Measure],
    scenario: Scenario,
    dates: LastSafeDates,
) -> pd.DataFrame:
    """One row a measure, in the order of the list."""
    by_name = {package.names[0]: package.counts for package in packages}
    rows = [
        {"measure": name, "sort": measure.sort, "decided_by": measure.decided_by, "cost": measure.cost}
        | _row(by_name[name], present)
        | {"until": decide_by(measure, scenario, dates)}
        for name, measure in active.items()
    ]
    columns = ["measure", "sort", "decided_by", "cost", *COLUMNS[3:], "until"]
    table = pd.DataFrame(rows, columns=columns, index=pd.Index(list(active), dtype="str"))
    return table.assign(until=pd.to_datetime(table["until"]))


def package_row(package: Package, present: Counts) -> dict[str, Any]:
    """What a package comes to, against the present plan: the columns of `Measures.packages`."""
    return {"measures": package.names, "number": package.number, "cost": package.cost} | _row(package.counts, present)


def _packages(packages: Iterable[Package], present: Counts) -> pd.DataFrame:
    """One row a set, in the order in which they were tried."""
    return pd.DataFrame([package_row(each, present) for each in packages], columns=COLUMNS)


def _front(packages: list[Package], present: Counts, fresh: Mapping[tuple[str, ...], Counts]) -> pd.DataFrame:
    again = [fresh[each.names].probability for each in packages]
    return _packages(packages, present).assign(
        fresh=[each.value for each in again], fresh_low=[each.low for each in again],
        fresh_high=[each.high for each in again],
    )  # fmt: skip


def told_package(package: Package, present: Counts, fresh: Mapping[tuple[str, ...], Counts]) -> Least:
    """A package with its P on fresh replications, which are given by the names of its measures."""
    counts = package.counts
    return Least(
        measures=package.names,
        number=package.number,
        cost=package.cost,
        expected=counts.expected,
        gain=counts.expected - present.expected,
        probability=fresh[package.names].probability,
        sample_probability=counts.probability.value,
        expected_work=counts.expected_work,
    )
