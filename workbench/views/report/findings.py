"""What a plan says, in sentences: written once, read on the screen, in the report and in the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan, nan
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbench.inputs.scenario import CASE_KINDS, Law, Quantity
from workbench.labels import text
from workbench.numbers import (
    bare_points,
    chance_words,
    date_words,
    decimal,
    odds,
    percent,
    target_percent,
)
from workbench.simulation.results import Target
from workbench.targets import reaches
from workbench.views.report import deciding

if TYPE_CHECKING:
    from workbench.jobs import Plan

#: P(target) from which on an answer is called out of reach, unlikely, likely, or safe.
CHANCE, EVEN, SAFE = 0.02, 0.5, 0.9
#: A part of the gap smaller than this share is not worth a sentence: half a tenth of a point.
LEAST_SHARE = 0.0005
OUTREACH = "outreach"
Stage = Literal["dispatch", "approval", "election"]
#: Stages in which a case waits, and what it must have come through before.
WAITED: tuple[Stage, ...] = ("dispatch", "approval", "election")
BEFORE: dict[str, str] = {"approval": "preparation", "election": "approval"}
TARGETS: tuple[Target, ...] = ("organization", "work")


def verdict(plan: Plan) -> str:
    """The answer's kind: impossible, out_of_reach, unlikely, likely or safe."""
    return verdict_of(plan.ceiling.reachable, plan.gap.probability.value)


def verdict_of(reachable: bool, value: float) -> str:
    """The kind of answer that a ceiling (reachable or not) and a P(target) give.

    >>> verdict_of(False, 0.0), verdict_of(True, 0.95)
    ('impossible', 'safe')
    """
    if not reachable:
        return "impossible"
    if value < CHANCE:
        return "out_of_reach"
    if value < EVEN:
        return "unlikely"
    return "likely" if value < SAFE else "safe"


def answer(plan: Plan) -> str:
    """The whole answer in one or two sentences."""
    gap = plan.gap
    values = {
        "target": target_percent(gap.target),
        "deadline": date_words(plan.outcome.deadline),
        "ceiling": percent(gap.ceiling),
        "expected": percent(gap.expected),
        "chance": odds(gap.probability.value, plan.outcome.replications),
        "missing": plan.ceiling.missing,
    }
    return text(f"answer.{verdict(plan)}", **values)


def answers(plan: Plan) -> list[str]:
    """The answer, and where the target is not safe what would make it so (or that nothing listed does)."""
    return [each for each in (answer(plan), deciding.way_out(plan)) if each]


@dataclass(frozen=True)
class Obstacle:
    """One part of the gap: its code, the share it takes, its name and a sentence about it."""

    part: str
    share: float
    name: str
    sentence: str


def obstacles(plan: Plan) -> list[Obstacle]:
    """What holds coverage back, largest first; what no campaign can change only where the ceiling is too low."""
    lost = {str(part): float(share) for part, share in plan.gap.holding_back["points"].items()}
    if plan.ceiling.reachable:
        lost.pop("structure", None)
    return [
        Obstacle(part, share, text(f"gap.{part}"), _sentence(plan, part) + _alone(plan, part))
        for part, share in lost.items()
        if share >= LEAST_SHARE
    ]


def _alone(plan: Plan, part: str) -> str:
    """What coverage gains if an obstacle alone goes: its share is not what a planner gets for removing it."""
    alone, last = (float(plan.gap.table[column].loc[part]) for column in ("alone", "last"))
    return "" if isnan(alone) else text("obstacle.alone", alone=bare_points(alone), last=bare_points(last))


def _sentence(plan: Plan, part: str) -> str:
    outcome, ways = plan.outcome, plan.ceiling.table["organizations"]
    closing = _door_closes(plan)
    held = plan.dates.meetings
    cases = outcome.scenario.cases
    waits: dict[str, tuple[float, float]] = {stage: _wait(plan, stage) for stage in WAITED}
    values: dict[str, object] = {
        "no_member": int(ways["no_member"]),
        "dormant": int(ways["dormant"]),
        "left_out": int(ways["left_out"]),
        "waiting": decimal(waits["approval"][0]),
        "waiting_never": percent(waits["approval"][1]),
        "election": decimal(waits["election"][0]),
        "election_never": percent(waits["election"][1]),
        "queue": decimal(waits["dispatch"][0]),
        "queue_never": percent(waits["dispatch"][1]),
        "meetings": decimal(held["meetings"].mean()),
        "in_time": decimal(held["in_time"].mean()),
        "last": "" if closing is None else date_words(closing),
        "deadline": date_words(outcome.deadline),
        "standalone": _success(cases.standalone.success),
        "joint": _success(cases.joint.success),
        "total": plan.instructors,
    }
    if part in BEFORE and isnan(waits[part][1]):
        return text(f"obstacle.{part}_nobody", **values)
    if part == "election" and not values["last"]:
        return text("obstacle.election_only", **values)
    return text(f"obstacle.{part}", **values)


def _success(rate: Quantity) -> str:
    return percent(rate.mean if isinstance(rate, Law) else rate)


def _wait(plan: Plan, stage: Stage) -> tuple[float, float]:
    """Of the cases that form branches: the mean working days of a stage over those that got through it, and the share
    of those that came to it and did not by the deadline. NaN where nobody did, or came."""
    outcome, cases = plan.outcome, plan.scenario.cases
    kinds = [
        kind for kind in CASE_KINDS if kind != OUTREACH and (stage != "election" or cases.of(kind).election is not None)
    ]
    forming = outcome.stages.sel(kind=kinds)
    passed, days = (float(forming.sel(stage=stage)[name].sum()) for name in ("cases", "days"))
    if stage == "dispatch":
        came = float(outcome.cases["kind"].isin(kinds).sum() * outcome.replications)
    else:
        came = float(forming.sel(stage=BEFORE[stage])["cases"].sum())
    return days / passed if passed else nan, 1.0 - passed / came if came else nan


def _door_closes(plan: Plan) -> date | None:
    """The last day of a meeting that counts at even odds, for the kind whose door closes first; None without one."""
    kind = plan.dates.first_to_close
    days = {str(name): day.date() for name, day in plan.dates.by_kind["meeting_50"].dropna().items()}
    return days.get(str(kind))


def last_meeting(plan: Plan) -> str | None:
    """Until when a committee must have met; None where no election takes a day or more."""
    kind = plan.dates.first_to_close
    if kind is None:
        return None
    closing = _door_closes(plan)
    if closing is None:
        return text("finding.last_meeting_none", kind=text(f"kind.{kind}"))
    held = plan.dates.meetings
    return text(
        "finding.last_meeting", even=date_words(closing), deadline=date_words(plan.outcome.deadline),
        meetings=int(held["meetings"].sum()), late=int((held["meetings"] - held["in_time"]).sum()),
    )  # fmt: skip


def coverage_rows(plan: Plan) -> list[list[str]]:
    """Both coverages by the deadline: name, target, expected, where nine runs in ten end, chance."""
    outcome, targets = plan.outcome, plan.scenario.targets
    rows = []
    for target in TARGETS:
        fan = outcome.quantiles((0.05, 0.95), target).iloc[outcome.calendar.deadline_day]
        rows.append(
            [
                text(f"term.{target}_coverage"), target_percent(getattr(targets, target)),
                percent(outcome.expected(target)), f"{percent(fan[0.05])}–{percent(fan[0.95])}",
                chance_words(outcome.probability(target)),
            ]
        )  # fmt: skip
    return rows


def work_limit(plan: Plan) -> str | None:
    """Why work coverage cannot reach its target, if dormant organizations that count are the reason."""
    orgs = plan.outcome.organizations
    never = (orgs["case"] < 0) & ~orgs["branch"] & ~orgs["worked"]
    total, target = plan.outcome.total, plan.scenario.targets.work
    most = total - int(never.sum())
    if not total or reaches(most, target, total):
        return None
    return text("finding.work_limit", count=int(never.sum()), most=percent(most / total), target=target_percent(target))


def warnings(plan: Plan) -> list[str]:
    """What to mind: meetings that come too late, targets that cannot be met, and what the scenario leaves open."""
    said = [last_meeting(plan), work_limit(plan), plan.conventions.third_member(), *plan.warnings]
    return [whole_sentence(each) for each in said if each]


def whole_sentence(words: str) -> str:
    """Words that end as a sentence does: on a terminal a warning goes without its full stop.

    >>> whole_sentence("Nobody meets"), whole_sentence("Nobody meets.")
    ('Nobody meets.', 'Nobody meets.')
    """
    return words if words.endswith(("。", ".", "！", "!", "？", "?")) else words + text("sentence.stop")


def grouping_sentence(plan: Plan) -> str:
    """How many units joint branches take, and how good that is proven to be."""
    grouping = plan.grouping
    units = grouping.covered + len(grouping.left_out)
    if not units:
        return text("finding.no_units")
    sentence = text(
        "finding.grouping", groups=len(grouping.groups), covered=grouping.covered, units=units,
        left_out=len(grouping.left_out),
    )  # fmt: skip
    if not plan.scenario.grouping.facilities:
        return sentence  # nobody looked for any: there is nothing to prove
    if grouping.covered < np.floor(grouping.covered_bound + 1e-6):
        proof = text("finding.proof_covered", bound=int(np.floor(grouping.covered_bound + 1e-6)))
    elif grouping.gap <= 1e-6:
        proof = text("finding.proof_best")
    elif grouping.gap == grouping.gap:
        proof = text("finding.proof_gap", gap=percent(grouping.gap))
    else:
        proof = text("finding.proof_most")
    return text("finding.joined", first=sentence, second=proof)
