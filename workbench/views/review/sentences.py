"""What a review says, in sentences: written once, read on the screen, in the notice, the report and the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.labels import text
from workbench.numbers import bare_points, chance_words, date_words, percent, target_percent, thousands
from workbench.planning.score import STATES, TAIL
from workbench.views.formats import joined

if TYPE_CHECKING:
    from workbench.jobs import Review

#: P(target) from which on an answer is called unlikely, likely, or safe; the looks of a verdict.
CHANCE, EVEN, SAFE = 0.02, 0.5, 0.9
#: What a sentence of progress counts.
COUNTED = ("organizations", "branches", "tasks", "formed", "this_week", *STATES[1:])
#: Units that a sentence names; it counts the rest.
UNITS_IN_A_SENTENCE = 5


def verdict(review: Review) -> str:
    """The look of the answer: safe, likely, unlikely or out of reach."""
    chance = review.forecast.probability().value
    if review.over:
        return "safe" if chance == 1.0 else "out_of_reach"
    return (
        "safe" if chance >= SAFE else "likely" if chance >= EVEN else "unlikely" if chance > CHANCE else "out_of_reach"
    )


def progress(review: Review) -> str:
    """How far the campaign is today: organizations, then tasks by state."""
    city = review.score.city
    counts = {name: thousands(float(city[name])) for name in COUNTED}
    return text(
        "notice.progress", date=date_words(review.as_of), since=date_words(review.score.since),
        coverage=percent(float(city["coverage"])), **counts,
    )  # fmt: skip


def instructed(review: Review) -> str:
    """The share of organizations without a branch that have an instructor."""
    city = review.score.city
    if not city["uncovered"]:
        return text("notice.nobody_uncovered")
    return text(
        "notice.instructed", uncovered=thousands(float(city["uncovered"])),
        instructed=thousands(float(city["instructed"])), share=percent(float(city["instructed_share"])),
    )  # fmt: skip


def outlook(review: Review) -> str:
    """Where it will end and how sure; or what has come of it, once no working day is left."""
    found, target = review.forecast, review.scenario.targets.organization
    low, high = found.quantiles((0.05, 0.95)).iloc[found.calendar.deadline_day]
    values = {
        "deadline": date_words(found.deadline), "target": target_percent(target), "days": review.days_left,
        "expected": percent(found.expected()), "low": percent(float(low)), "high": percent(float(high)),
        "chance": chance_words(found.probability()),
        "ceiling": percent(float(review.score.city["ceiling"])),
        "coverage": percent(found.expected()),
    }  # fmt: skip
    if review.over:
        said = text("notice.reached" if found.probability().value == 1.0 else "notice.missed", **values)
        return joined(filter(None, [said, review.doubt]))
    if float(review.score.city["ceiling"]) < target:
        return text("notice.beyond", **values)
    return text("notice.reached_now" if review.reached else "notice.outlook", **values)


def against_plan(review: Review) -> str:
    """The whole city against the plan's course."""
    city = review.score.city
    place = float(city["percentile"])
    key = "behind" if place < TAIL else "ahead" if place > 100.0 - TAIL else "usual"
    difference = int(city["branches"]) - int(city["plan_median"])
    way = "fewer" if difference < 0 else "more" if difference > 0 else "same"
    said = text(
        f"plan.{way}", planned=thousands(float(city["plan_median"])), branches=thousands(float(city["branches"])),
        difference=thousands(abs(difference)),
    )  # fmt: skip
    made = "" if review.score.planned else text("plan.worked_out")
    return joined(filter(None, [text(f"plan.{key}", said=said), made]))


def behind(review: Review) -> list[str]:
    """Who is behind the plan, who is ahead, and who is not likely to end where it should."""
    table = review.score.table
    lines = []
    ranked = table[table["percentile"].notna()]
    late = ranked[ranked["percentile"] < TAIL].sort_values("percentile", kind="stable")
    early = ranked[ranked["percentile"] > 100.0 - TAIL].sort_values("percentile", ascending=False, kind="stable")
    if late.empty:
        lines.append(text("behind.nobody", ranked=len(ranked)) if len(ranked) else text("behind.unranked"))
    else:
        lines.append(text("behind.plan", count=len(late), units=_named(late)))
    if len(early):
        lines.append(text("behind.ahead", count=len(early), units=_named(early)))
    if not review.over:
        short = table[table["sure"] < EVEN].sort_values("sure", kind="stable")
        if len(short):
            lines.append(text("behind.target", count=len(short), units=_named(short)))
    return lines


def _named(table: pd.DataFrame) -> str:
    names = [str(name) for name in table.index[:UNITS_IN_A_SENTENCE]]
    said = text("review.and").join(names)
    more = len(table) - len(names)
    return text("review.and_more", units=said, count=more) if more else said


def filing(review: Review) -> list[str]:
    """Who must file until when."""
    found = review.filing
    if review.over:
        return [text("filing.over", count=len(found))] if len(found) else []
    if found.empty:
        return [text("filing.none")]
    counts = found["when"].value_counts()
    coming = found[found["when"] != "late"]
    lines = []
    if len(coming):
        first = coming["safe"].where(coming["when"] == "in_time", coming["even"]).min()
        lines.append(text("filing.open", count=len(found), first=date_words(first)))
    if hurry := int(counts.get("hurry", 0)):
        lines.append(text("filing.hurry", count=hurry))
    if late := int(counts.get("late", 0)):
        key = "filing.late_too" if hurry else "filing.late" if len(coming) else "filing.all_late"
        lines.append(text(key, count=late))
    return lines


def helping(review: Review) -> list[str]:
    """What still can be decided, and what it brings."""
    if review.over:
        return []
    measures = review.measures
    useful = measures[measures["helps"]]
    if useful.empty:
        return [text("helping.none")]
    best = useful.iloc[0]
    chance = best["probability"], best["probability_low"], best["probability_high"]
    lines = [text(
        "helping.best", count=len(useful), measure=str(best["label"]), who=str(best["decided_by"]),
        gain=bare_points(float(best["gain"])), expected=percent(float(best["expected"])),
        chance=chance_words(chance, review.forecast.replications),
    )]  # fmt: skip
    costly = useful[useful["work_gain"] < 0.0]
    if len(costly):
        lines.append(text("helping.costs_work", count=len(costly)))
    return lines


def packages(review: Review) -> list[str]:
    """The least that must be decided today for the target to be all but sure, or the best that is left."""
    found = review.packages
    if review.over or found is None or review.forecast.probability().value >= found.confidence:
        return []
    told = found.best if found.least is None else found.least
    if told.measures == (review.alone["measure"].iloc[0],):
        return []  # `helping` says it
    said = text(
        "packages.best" if found.least is None else "packages.least",
        measures=review.called(told.measures), number=told.number, confidence=target_percent(found.confidence),
        expected=percent(told.expected), chance=chance_words(told.probability), target=target_percent(
            review.scenario.targets.organization
        ),
    )  # fmt: skip
    change = told.expected_work - review.forecast.expected("work")
    return [said, text("packages.costs_work")] if round(change, 4) < 0.0 else [said]


def moving(review: Review) -> list[str]:
    """Whether instructors should go elsewhere for the days that are left."""
    found = review.allocation
    if review.over:
        return []
    if found is None:
        return [text("moving.nobody" if len(review.forecast.cases) else "moving.no_task")]
    before, after = found.before, found.after
    if not review.worth_moving:
        return [text("moving.stay", now=int(found.start.sum()))]
    moves = found.moves()
    moved = moves[(moves["responsible_from"] != "") & (moves["responsible_to"] != "")]["count"].sum()
    return [text(
        "moving.move", count=int(moved), before=percent(before.expected), after=percent(after.expected),
        chance_before=chance_words(before.probability), chance=chance_words(after.probability),
    )]  # fmt: skip


def advice(review: Review) -> list[str]:
    """What can be done in the days that are left: decided alone, together, and who goes elsewhere."""
    return [*helping(review), *packages(review), *moving(review)]


def candidates(found: pd.DataFrame) -> str:
    """How many are ahead of their own plan, and how many of them clearly."""
    clear = int(found["stands_out"].sum())
    said = text("candidates.said", count=len(found), clear=clear)
    return said if len(found) - clear < 2 else joined([said, text("candidates.by_luck")])


def findings(review: Review) -> list[str]:
    """What a person should look at, one line each."""
    return [str(each) for each in review.findings]
