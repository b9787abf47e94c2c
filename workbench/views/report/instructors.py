"""What a plan says of instructors: what sending them elsewhere brings and costs, and how many are enough.

Organization coverage and work coverage stand side by side in every sentence that recommends anything, before and after,
on fresh replications: what helps one may cost the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import bare_points, chance_words, change_words, date_words, percent, target_percent
from workbench.simulation.results import Target
from workbench.views.report import tables
from workbench.views.report.findings import LEAST_SHARE, SAFE, TARGETS

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: Coverage or a chance within this share of another counts as the same: a tenth of a point.
SAME_SHARE = 0.001


def instructors_alone(plan: Plan) -> str:
    """Whether instructors alone make the target safe, as far as it was tried: more need not be better."""
    every, allocated = plan.unlimited, plan.allocation.after
    values = {
        "chance": chance_words(every.probability), "expected": percent(every.expected), "total": plan.allocation.total,
        "best": chance_words(allocated.probability), "tried": plan.instructors,
        "target": target_percent(plan.gap.target), "safe": target_percent(SAFE),
    }  # fmt: skip
    if every.probability.value >= SAFE:
        return text("finding.enough_instructors", **values)
    if allocated.probability.value >= SAFE:
        return text("finding.fewer_are_safe", **values)
    return text("finding.no_number" if plan.instructors else "finding.every_case", **values)


def allocation_sentences(plan: Plan) -> list[str]:
    """What sending the instructors elsewhere brings to both coverages, and how many are enough."""
    allocation, total = plan.allocation, plan.instructors
    arrivals = arriving(plan)
    if not total:
        return arrivals or [text("finding.no_instructors")]
    before, after = allocation.before, allocation.after
    values = {"total": total, "spare": total - allocation.total, "used": allocation.total}
    if not plan.worth_moving:
        sentences = [text("finding.allocation_same", **values), *map(_before_and_after(plan), TARGETS)]
        return [*sentences, *arrivals]
    sentences = [text("finding.allocation_gain", **values), *map(_before_and_after(plan), TARGETS)]
    lost = {target: before.of(target)[0] - after.of(target)[0] for target in TARGETS}
    sentences += [
        text("finding.allocation_costs", coverage=text(f"term.{target}_coverage"), points=bare_points(points))
        for target, points in lost.items()
        if points >= LEAST_SHARE
    ]
    if total > allocation.total:
        sentences.append(text("finding.allocation_spare", **values))
    enough = enough_instructors(plan)
    if enough is not None and enough < allocation.total:
        sentences.append(text("finding.allocation_enough" if enough else "finding.allocation_none", enough=enough))
    return [*sentences, *arrivals]


def _before_and_after(plan: Plan) -> Callable[[Target], str]:
    """A line for one coverage: expected and chance, with the instructors as they are and as recommended."""

    def line(target: Target) -> str:
        (before, chance_before), (after, chance_after) = (
            each.of(target) for each in (plan.allocation.before, plan.allocation.after)
        )
        return text(
            "finding.before_and_after", coverage=text(f"term.{target}_coverage"), change=change_words(before, after),
            chance_before=chance_words(chance_before), chance=chance_words(chance_after),
        )  # fmt: skip

    return line


def arriving(plan: Plan) -> list[str]:
    """Who arrives later: no allocation moves them."""
    arrivals = [each for each in plan.scenario.instructors.arrivals if each.count]
    if not arrivals:
        return []
    opening = plan.outcome.calendar.date_of(int(plan.outcome.calendar.instructors_open))
    first = min(each.from_ or opening for each in arrivals)
    count = sum(each.count for each in arrivals)
    key = "finding.arrivals" if plan.instructors else "finding.only_arrivals"
    return [text(key, count=count, first=date_words(first))]


def enough_instructors(plan: Plan) -> int | None:
    """The least total of which the best allocation found comes within a tenth of a point of what all bring, in both
    coverages and in the chance of the target, on the sample that was optimised."""
    curve = plan.allocation.curve[["coverage", "work", "probability"]]
    if curve.empty:
        return None
    near = (curve >= curve.iloc[-1] - SAME_SHARE).all(axis="columns")
    return int(curve.index[near.to_numpy()][0])


def moves(plan: Plan) -> pd.DataFrame:
    """The moves that are recommended: none where they bring nothing on fresh replications."""
    found = tables.moves(plan)
    return found if plan.worth_moving else found.head(0)
