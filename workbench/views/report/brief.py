"""The two pages that a leader reads: the answer, what it rests on, what to decide, money; then unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from workbench.inputs.scenario import CASE_KINDS
from workbench.labels import text
from workbench.numbers import (
    decimal,
    money,
    odds,
    percent,
    span,
    target_percent,
    thousands,
)
from workbench.planning.allocation import cost_each, cost_of_arrivals
from workbench.shown import with_prediction
from workbench.simulation.results import Estimate
from workbench.simulation.setup import arriving
from workbench.views.formats import Block, Cards, Heading, NewPage, PictureBlock, Sentence, TableBlock, joined
from workbench.views.report import findings, units
from workbench.views.report.census import census_line
from workbench.views.report.tables import arrivals

if TYPE_CHECKING:
    from workbench.jobs import Plan

Pictures = Mapping[str, bytes]
#: Measures, conventions and warnings that page one has room for; and measures where a larger set is to be decided.
MEASURES, CONVENTIONS, WARNINGS, DECIDED = 3, 5, 2, 4
#: Kinds that come to a Party organization of their own.
FOUNDED = ("standalone", "assisted", "joint")


def brief(plan: Plan, pictures: Pictures) -> list[Block]:
    """The two pages, in the language in use."""
    return [*_page_one(plan), NewPage(), *_page_two(plan, pictures)]


def _page_one(plan: Plan) -> list[Block]:
    outcome, scenario = plan.outcome, plan.scenario
    facts = text(
        "report.facts", organizations=thousands(outcome.total), responsible_units=len(outcome.stages["responsible"]),
        span=span(scenario.calendar.start, outcome.deadline),
    )  # fmt: skip
    blocks: list[Block] = [
        Heading(text("brief.title", title=scenario.label)),
        Sentence(facts, "lead"),
        Heading(text("brief.answer"), 2, "answer"),
        Sentence(findings.answer(plan), f"answer {findings.verdict(plan)}"),
        Cards(key_figures(plan)),
    ]
    blocks += [Sentence(each, "warning") for each in findings.warnings(plan)[:WARNINGS]]
    if conventions := _conventions(plan):
        blocks += [Heading(text("brief.conventions"), 2), *conventions]
    blocks += [Sentence(census_line(plan))]
    blocks += [Heading(text("brief.measures"), 2, "decide"), *_measures(plan)]
    return [*blocks, Heading(text("brief.money"), 2), Sentence(money_sentence(plan))]


def key_figures(plan: Plan) -> list[tuple[str, str, str]]:
    """Four numbers that say it all: ceiling, expected coverage, its chance, work coverage."""
    outcome, gap, targets = plan.outcome, plan.gap, plan.scenario.targets
    fan = outcome.quantiles((0.05, 0.95)).iloc[outcome.calendar.deadline_day]
    work, runs = outcome.probability("work"), outcome.replications
    return [
        (text("report.card_ceiling"), percent(gap.ceiling),
         text("report.card_ceiling_note", possible=thousands(plan.ceiling.possible), total=thousands(outcome.total))),
        (text("report.card_expected"), percent(gap.expected),
         text("report.card_expected_note", low=percent(fan[0.05]), high=percent(fan[0.95]))),
        (text("report.card_chance", target=target_percent(targets.organization)),
         percent(gap.probability.value) if gap.probability.value else "0", _how_sure(gap.probability, runs)),
        (text("report.card_work"), percent(outcome.expected("work")),
         text("report.card_work_note", target=target_percent(targets.work), chance=odds(work.value, runs))),
    ]  # fmt: skip


def _how_sure(chance: Estimate, runs: int) -> str:
    if chance.value == 0.0:
        return odds(0.0, runs)
    return text("report.card_chance_note", low=percent(chance.low), high=percent(chance.high))


def _conventions(plan: Plan) -> list[Block]:
    """What is counted how, and what counting it otherwise would make of the answer: of each convention the value that
    moves it most, and first the convention that does."""
    found = plan.conventions
    policy = plan.scenario.policy
    said = Sentence(text(
        "brief.counted", member_basis=text(f"ceilings.{policy.member_basis}"),
        two_members=text(f"ceilings.{policy.two_members}"), counted_from=text(f"choice.{policy.counted_from}"),
        denominator=text(f"ceilings.{policy.denominator}"),
    ))  # fmt: skip
    if found.table.empty:
        return [said]
    rows = [
        {"convention": found.label(row), "ceiling": row["ceiling"], "expected": row["expected"], "gain": row["gain"],
         "chance": odds(float(row["probability"]), plan.outcome.replications)}
        for row in found.furthest.head(CONVENTIONS).to_dict("records")
    ]  # fmt: skip
    columns = [
        ("convention", text("column.convention"), "wide"),
        ("ceiling", text("column.ceiling"), "share"),
        ("expected", text("column.expected"), "share"),
        ("gain", text("column.gain"), "points"),
        ("chance", text("column.chance"), "number"),
    ]
    return [said, TableBlock(pd.DataFrame(rows), columns)]


def _measures(plan: Plan) -> list[Block]:
    """The least that must be decided, and the three measures that matter most with who decides and until when."""
    found = plan.measures
    said = [found.answer()]
    if found.least is not None and found.least.number:
        # What is enough is said; here stands when the plan would get there without it.
        said.append(found.reaching.sentence("reaching.present"))
    said[-1] = with_prediction(said[-1], plan.predicted_from)
    blocks: list[Block] = [Sentence(line) for line in said]
    shown = measure_rows(plan)
    if shown.empty:
        return blocks
    package = (found.least or found.best).measures
    first = shown["measure"].isin(package)
    order = shown.assign(later=~first, less=-shown["gain"]).sort_values(["later", "less"], kind="stable")
    # Of a set that is to be decided each measure has its row: who decides, and until when.
    return [*blocks, measures_table(order.head(max(MEASURES, min(int((~order["later"]).sum()), DECIDED))))]


def measure_rows(plan: Plan) -> pd.DataFrame:
    """Every measure that changes what is done: measure (its name), label, who, until, cost, expected, gain, chance."""
    found = plan.measures
    rows = [
        {
            "measure": str(name),
            "label": found.listed[str(name)].label,
            "who": found.listed[str(name)].who,
            "until": row["until"],
            "cost": row["cost"],
            "expected": row["expected"],
            "gain": row["gain"],
            "work_gain": row["work_gain"],
            "probability": row["probability"],
            "chance": odds(float(row["probability"]), plan.outcome.replications),
            "sort": row["sort"],
        }
        for name, row in found.alone.iterrows()
    ]
    columns = [
        "measure",
        "label",
        "who",
        "until",
        "cost",
        "expected",
        "gain",
        "work_gain",
        "probability",
        "chance",
        "sort",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table[table["sort"] != "counting"].sort_values("gain", ascending=False, kind="stable", ignore_index=True)


def measures_table(rows: pd.DataFrame, title: str = "", in_words: bool = True) -> TableBlock:
    """Measures side by side; a chance of nothing in words, where it is read and not reckoned with."""
    columns = [
        ("label", text("column.measure"), "wide"),
        ("who", text("column.decided_by"), "text"),
        ("until", text("column.until"), "date"),
        ("cost", text("column.cost"), "money"),
        ("expected", text("column.expected"), "share"),
        ("gain", text("column.gain"), "points"),
        ("work_gain", text("column.work_gain"), "points"),
        ("chance", text("column.chance"), "number") if in_words else ("probability", text("column.chance"), "share"),
    ]
    return TableBlock(rows, columns, title)


def packages_table(plan: Plan, most: int | None = None) -> TableBlock:
    """Every set of measures that was tried, the best chance first, without any the highest coverage; of equal ones the
    smaller. On a page, where only so many fit, none of which a part alone does as well."""
    found = plan.measures
    tried = found.packages.assign(without=found.packages["expected"].where(found.packages["probability"] == 0.0, 0.0))
    order = tried.sort_values(
        ["probability", "without", "number", "cost"], ascending=[False, False, True, True], kind="stable"
    )
    rows = order if most is None else order[_no_part_does_as_well(order)].head(most)
    runs = found.probability.trials
    rows = rows.assign(
        measures=[found.names(names) or text("measures.present") for names in rows["measures"]],
        chance=[odds(float(chance), runs) for chance in rows["probability"]],
    )
    # Read on a page, a chance of nothing is told in words; in a workbook it is reckoned with.
    chance = ("probability", "share") if most is None else ("chance", "number")
    columns = [
        ("measures", text("column.package"), "wide"),
        ("number", text("column.number"), "whole"),
        ("cost", text("column.cost"), "money"),
        ("expected", text("column.expected"), "share"),
        ("gain", text("column.gain"), "points"),
        ("work_gain", text("column.work_gain"), "points"),
        (chance[0], text("column.chance"), chance[1]),
    ]
    return TableBlock(rows, columns, text("report.packages"), note="" if most is None else text("report.packages_note"))


def _no_part_does_as_well(order: pd.DataFrame) -> list[bool]:
    """Which sets, the best chance first, hold none before them for as little: what they add brings nothing."""
    seen: list[tuple[frozenset[str], float]] = []
    needed = []
    for names, cost in zip(map(frozenset, order["measures"]), order["cost"], strict=True):
        needed.append(not any(part < names and less <= cost for part, less in seen))
        seen.append((names, cost))
    return needed


def money_of(plan: Plan) -> dict[str, float]:
    """Yuan: instructors from the opening (or their arrival) to the deadline, start-up money for the branches to be
    expected, and both; and how many of either."""
    cases, costs, calendar = plan.outcome.cases, plan.scenario.costs, plan.outcome.calendar
    pools = tuple(map(str, plan.outcome.stages["responsible"].to_numpy()))
    windows = arriving(pools, plan.scenario, calendar)
    number = plan.instructors + int(arrivals(plan).sum())
    wages = cost_each(plan.scenario, calendar) * plan.instructors
    wages += cost_of_arrivals(windows, plan.scenario, calendar)
    branches = float(cases.loc[cases["kind"].isin(FOUNDED), "p_formed"].sum())
    start_up = costs.branch_start_up * branches
    parts = {"instructors": wages, "number": number, "start_up": start_up, "branches": branches}
    return parts | {"total": parts["instructors"] + parts["start_up"]}


def money_sentence(plan: Plan) -> str:
    """What the plan costs, in a sentence."""
    costs, parts = plan.scenario.costs, money_of(plan)
    if not costs.instructor_month and not costs.branch_start_up:
        return text("brief.no_money")
    key = "brief.money_is" if costs.instructor_month else "brief.start_up_is"
    return text(
        key, total=money(parts["total"]), instructors=money(parts["instructors"]), number=thousands(parts["number"]),
        start_up=money(parts["start_up"]), branches=decimal(parts["branches"]), month=money(costs.instructor_month),
        each=money(costs.branch_start_up),
    )  # fmt: skip


def _page_two(plan: Plan, pictures: Pictures) -> list[Block]:
    rows = units.brief_rows(plan)
    blocks: list[Block] = [Heading(text("brief.units"), 2, "units"), units_table(units.fitting(rows), plan, rows)]
    if "fan" in pictures:
        blocks.append(PictureBlock(pictures["fan"], text("report.alt_fan"), 0.62))
    return blocks


def units_table(shown: pd.DataFrame, plan: Plan, rows: pd.DataFrame) -> TableBlock:
    """Responsible units side by side, the city last."""
    columns = [
        ("responsible", text("column.responsible"), "text"),
        ("organizations", text("column.units_count"), "whole"),
        ("at_start", text("column.at_start"), "whole"),
        ("to_form", text("column.to_form"), "whole"),
        *((kind, text(f"short.kind.{kind}"), "whole") for kind in CASE_KINDS),
        ("expected", text("column.expected_count"), "days"),
        ("possible", text("column.possible"), "whole"),
        ("short", text("column.short"), "days"),
        ("instructors", text("column.instructors_count"), "whole"),
    ]
    totals = {"responsible": text("brief.total"), **units.brief_totals(rows, plan)}
    notes = [text("brief.units_note"), text("brief.units_arrivals") if arrivals(plan).any() else ""]
    return TableBlock(shown.reset_index(), columns, text("brief.units_caption"), totals, joined(filter(None, notes)))
