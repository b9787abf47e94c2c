"""The report: one HTML file that opens offline, prints on A4, and says where every number comes from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from workbench.labels import language, text
from workbench.numbers import date_words, percent, target_percent, thousands
from workbench.views.formats import Markup, escape, fingerprints, join, paragraph, tag
from workbench.views.report import findings
from workbench.views.report.sections import sections

if TYPE_CHECKING:
    from workbench.jobs import Plan


def report_html(plan: Plan, pictures: Mapping[str, bytes]) -> str:
    """The whole report as one page, in the language in use.

    Nothing in it is fetched from anywhere, nothing in it is a script, and every text of the register and the
    scenario is escaped. The same plan gives the same page.

    Parameters
    ----------
    plan
        what `make_plan` found out.
    pictures
        PNGs by name, as `draw_pictures` gives them; a name that is missing is left out.
    """
    room = files("workbench.views")
    outcome, scenario = plan.outcome, plan.scenario
    facts = text(
        "report.facts", organizations=thousands(outcome.total), responsible_units=len(outcome.stages["responsible"]),
        deadline=date_words(outcome.deadline, year=True),
        start=date_words(scenario.calendar.start, year=True),
    )  # fmt: skip
    return Template(room.joinpath("report.html").read_text(encoding="utf-8")).substitute(
        lang="zh-CN" if language() == "zh" else "en",
        css=room.joinpath("report.css").read_text(encoding="utf-8").strip(),
        title=escape(text("report.title", title=scenario.label)),
        kicker=escape(text("report.kicker")),
        heading=escape(scenario.label),
        facts=escape(facts),
        content=join([_answer(plan), _key_figures(plan), _warnings(plan), *sections(plan, pictures)]),
        footer=_footer(plan),
    )


def _answer(plan: Plan) -> Markup:
    first, *further = findings.answers(plan)
    said = [paragraph(first, f"answer {findings.verdict(plan)}"), *(paragraph(each, "way-out") for each in further)]
    return join(said)


def _key_figures(plan: Plan) -> Markup:
    """Four numbers that say it all."""
    outcome, gap, targets = plan.outcome, plan.gap, plan.scenario.targets
    fan = outcome.quantiles((0.05, 0.95)).iloc[outcome.calendar.deadline_day]
    chance, work = gap.probability, outcome.probability("work")
    cards = [
        (percent(gap.ceiling), text("report.card_ceiling"),
         text("report.card_ceiling_note", possible=plan.ceiling.possible, total=outcome.total)),
        (percent(gap.expected), text("report.card_expected"),
         text("report.card_expected_note", low=percent(fan[0.05]), high=percent(fan[0.95]))),
        (percent(chance.value), text("report.card_chance", target=target_percent(targets.organization)),
         text("report.card_chance_note", low=percent(chance.low), high=percent(chance.high))),
        (percent(outcome.expected("work")), text("report.card_work"),
         text("report.card_work_note", target=target_percent(targets.work), chance=percent(work.value))),
    ]  # fmt: skip
    return tag("div", join(
        tag("div", join([tag("span", name), tag("b", number), tag("span", note)]), "figure")
        for number, name, note in cards
    ), "figures")  # fmt: skip


def _warnings(plan: Plan) -> Markup:
    said = findings.warnings(plan)
    return tag("div", join(paragraph(each) for each in said), "warnings") if said else Markup("")


def _footer(plan: Plan) -> Markup:
    provenance = plan.outcome.provenance
    marks = fingerprints(plan)
    made = text(
        "report.made", version=provenance["version"], seed=plan.seed, replications=plan.outcome.replications,
        scenario=plan.scenario.name,
    )  # fmt: skip
    prints = text("report.fingerprints", **marks)
    return join([paragraph(made), paragraph(prints), paragraph(text("report.no_person"))])
