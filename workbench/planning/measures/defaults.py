"""The measures that are tried where a scenario says nothing else (MODEL §9.1), in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.inputs.scenario import Calendar, Law
from workbench.planning.allocation import Options, best_in_expectation, cost_each
from workbench.planning.desk import Responses
from workbench.planning.measures.measure import HOST_CAPACITY, Measure
from workbench.simulation.setup import FORMING

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.planning.measures.experiment import Experiment

#: Meetings on demand: called for so many cases, with so many working days' lead.
DEMAND = {"cases": 3, "lead": 3}
#: Kinds whose election may be prepared and whose branch a higher committee may approve (条例's short cut).
DIRECT = ("standalone", "assisted")
REACH_KM, CAP, HOSTED = 5.0, 10, 2
LATER = timedelta(weeks=2)
#: Families of laws that have a low end and a mode.
WITH_MODE = ("pert", "triangular")


def defaults(experiment: Experiment) -> Iterator[Measure]:
    """Every default measure that the scenario can be asked for; whether it changes anything is not asked here."""
    scenario = experiment.present.scenario
    calendar = scenario.calendar
    yield Measure("weekly_meetings", {"committee.every_weeks": 1}, "decision", "committees")
    yield Measure("meetings_on_demand", {"committee.on_demand": DEMAND}, "decision", "committees", values=DEMAND)
    yield Measure("no_agenda_limit", {"committee.agenda": None}, "decision", "committees")
    yield from _one_more_meeting(experiment)
    direct = {f"cases.{kind}.approval": "direct" for kind in DIRECT}
    yield Measure("direct_decision", direct, "decision", "higher_committee")
    yield from _elections_prepared(scenario)
    yield Measure("open_with_survey", {"calendar.formation_opens": calendar.start}, "calendar", "leading_group")
    yield _half_more_instructors(experiment)
    yield Measure("saturdays", {"calendar.weekmask": [*calendar.weekmask, "Sat"]}, "calendar", "leading_group")
    yield Measure(
        "joint_farther", {"grouping.max_distance_km": REACH_KM}, "decision", "responsible_units",
        values={"km": f"{REACH_KM:g}"},
    )  # fmt: skip
    yield Measure(
        "larger_groups", {"grouping.max_units": CAP}, "decision", "organization_department", values={"units": CAP}
    )
    yield Measure("hosts_take_two", {HOST_CAPACITY: HOSTED}, "decision", "responsible_units", values={"units": HOSTED})
    yield Measure("strike_dormant", {"policy.denominator": "active"}, "counting", "organization_department")
    yield Measure("count_from_approval", {"policy.counted_from": "approved"}, "counting", "organization_department")
    later = calendar.deadline + LATER
    yield Measure("two_weeks_later", {"calendar.deadline": later}, "calendar", "leading_group", values={"date": later})


def _elections_prepared(scenario: Scenario) -> Iterator[Measure]:
    """Every election at its shortest as a rule, and as long as it usually takes now at most."""
    laws: dict[str, Any] = {}
    for kind in FORMING:
        law = scenario.cases.of(kind).election
        if isinstance(law, Law) and law.family in WITH_MODE:
            low, mode, _ = law.parameters
            laws[f"cases.{kind}.election"] = Law(law.family, (low, low, mode)).dump()
    if laws:
        yield Measure("elections_prepared", laws, "decision", "responsible_units")


def _one_more_meeting(experiment: Experiment) -> Iterator[Measure]:
    """One more meeting of all committees, on the working day that brings most; the first of equal ones."""
    scenario = experiment.present.scenario
    calendar = Calendar.of(scenario.calendar)
    best: tuple[float, Measure] | None = None
    for day in range(experiment.first_day, calendar.deadline_day + 1):
        on = calendar.date_of(day)
        tried = Measure("one_more_meeting", {"committee.extra": [on]}, "decision", "committees", values={"date": on})
        expected = experiment.run([tried]).expected
        if best is None or expected > best[0]:
            best = expected, tried
    if best is not None:
        yield best[1]


def _half_more_instructors(experiment: Experiment) -> Measure:
    """Half as many instructors more, each where it does most in expectation; those there are stay where they are.

    Nothing is set where no further one brings anything."""
    scenario = experiment.present.scenario
    setup = experiment.setup
    responses = Responses(setup, replications=experiment.replications, seed=experiment.seed, first=experiment.first)
    units = responses.responsible_units
    now = np.array([setup.instructors[unit] for unit in units], dtype=np.int64)
    more = -(-int(now.sum()) // 2)
    most = []
    for code, unit in enumerate(units):
        limit = scenario.instructors.limits.get(unit)
        enough = responses.enough(code) if limit is None else min(responses.enough(code), limit[1])
        most.append(max(enough, int(now[code])))
    options = Options.of(responses, now.tolist(), most)
    total = min(int(now.sum()) + more, options.top)
    sent = best_in_expectation(options, total).allocation(total)
    added = int(sent.sum()) - int(now.sum())
    numbers = {unit: int(number) for unit, number in zip(units, sent, strict=True)}
    return Measure(
        "half_more_instructors", {"instructors.by_responsible": numbers} if added else {}, "resource",
        "organization_department", cost=round(added * cost_each(scenario, Calendar.of(scenario.calendar)), 2),
        values={"count": added or more},
    )  # fmt: skip
