"""Dates that rest on holidays nobody has announced yet are marked as predicted, wherever they are said."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import SimpleNamespace

import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

import workbench as wb
from tests.extremes import city, rules
from workbench.inputs.scenario import Calendar
from workbench.inputs.scenario.holidays import public_days
from workbench.jobs.plan import make_plan
from workbench.jobs.session import Session
from workbench.labels import in_language
from workbench.views import figures
from workbench.views.formats import Heading, Sentence
from workbench.views.panels.live_fan import Ground, LiveFan
from workbench.views.panels.planner import Planner
from workbench.views.panels.shapes import WIDE
from workbench.views.report import plan_screen
from workbench.views.report.brief import brief
from workbench.views.report.workbook import plan_sheets
from workbench.views.review import review_screen
from workbench.views.review.documents import notice, report
from workbench.views.review.workbook import review_sheets

MARK = {"zh": "推算", "en": "predicted"}
#: Measures that say no date of their own: sets of those that are left are tried, and are enough to be told.
STRUCK = (
    "meetings_on_demand", "no_agenda_limit", "direct_decision", "elections_prepared", "open_with_survey",
    "half_more_instructors", "saturdays", "joint_farther", "larger_groups", "hosts_take_two", "strike_dormant",
    "count_from_approval",
)  # fmt: skip


def campaign(year: int):
    """A campaign over the week of the national holiday."""
    return rules(
        calendar__start=f"{year}-08-24", calendar__mobilisation=f"{year}-09-01", calendar__census_end=f"{year}-09-08",
        calendar__formation_opens=f"{year}-09-11", calendar__review=f"{year}-09-25", calendar__deadline=f"{year}-10-20",
        instructors__assigned_on=f"{year}-09-11", committee__first=f"{year}-09-12", measures=dict.fromkeys(STRUCK),
    )  # fmt: skip


def announced() -> int:
    year = public_days("CN", 2026, 2026).announced_until
    assert year is not None
    return year


def figure_words(ax: Axes) -> str:
    return "\n".join(each.get_text() for each in ax.get_figure().findobj(Text))


@cache
def made(year: int) -> SimpleNamespace:
    """All that is worked out of a campaign of that year: once, and told in either language."""
    register, scenario = city(40, 2), campaign(year)
    plan = make_plan(register, scenario, replications=10)
    given, day = (register, scenario, plan.grouping), scenario.calendar.review
    weekly = wb.simulate(register, scenario.replace("committee.every_weeks", 1), plan.grouping, replications=10)
    return SimpleNamespace(
        plan=plan,
        compared=wb.compare({"as it is": plan.outcome, "weekly": weekly}),
        forecast=wb.forecast(*given, as_of=day, replications=10),
        reviewed=wb.review(*given, as_of=day, replications=10),
        reaching=wb.date_reaching(*given, replications=10),
        extra=wb.extra_meetings(*given, replications=10),
        trace=wb.trace(*given),
    )


def everything_said(year: int) -> dict[str, str]:
    """What people read of a campaign of that year, by where they read it."""
    results = made(year)
    plan, forecast, reviewed, trace = results.plan, results.forecast, results.reviewed, results.trace

    def words(blocks):
        return "\n".join(each.words for each in blocks if isinstance(each, (Heading, Sentence)))

    said = {
        "outcome": plan.outcome.summary(),
        "measures": plan.measures.summary(),
        "last safe dates": plan.dates.summary(),
        "reaching": results.reaching.summary(),
        "extra meetings": results.extra.summary(),
        "comparison": results.compared.summary(),
        "forecast": forecast.summary(),
        "review": reviewed.summary(),
        "screen": plan_screen(plan),
        "page one": words(brief(plan, {})),
        "review's screen": review_screen(reviewed),
        "notice": words(notice(reviewed)),
        "review's report": words(report(reviewed, {})),
    }
    for name, sheets in (("workbook", plan_sheets(plan)), ("review's workbook", review_sheets(reviewed))):
        said |= {f"{name}: {sheet.name}": "\n".join([sheet.facts, sheet.note, *sheet.lines]) for sheet in sheets}
    calendar = Calendar.of(plan.scenario.calendar)
    axes = {
        "fan": figures.fan(plan.outcome),
        "fan of the forecast": figures.forecast_fan(forecast),
        "days": figures.differences(results.compared, by="day"),
        "gantt": figures.gantt(trace, trace.cases["responsible"].iloc[0], calendar=calendar),
    }
    return said | {f"figure: {name}": figure_words(ax) for name, ax in axes.items()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_place_that_says_a_date_says_whether_it_is_predicted(language):
    with in_language(language):
        said = everything_said(announced() + 1)
    assert not [where for where, words in said.items() if MARK[language] not in words]


def test_announced_dates_are_not_marked():
    said = everything_said(announced())
    # A measure may look further: two weeks later is another year's matter only at its end.
    assert not [where for where, words in said.items() if MARK["en"] in words.lower()]


def test_what_can_be_seen_of_a_calendar():
    autumn = Calendar.of(campaign(announced() + 1).calendar)
    assert autumn.predicted_in_sight == autumn.predicted_from
    assert autumn.predicted_from is not None
    assert autumn.predicted_from <= date(announced() + 1, 10, 1)
    assert Calendar.of(campaign(announced()).calendar).predicted_in_sight is None


def test_every_panel_that_says_a_date_says_whether_it_is_predicted():
    for year, marked in ((announced() + 1, True), (announced(), False)):
        session = Session(language="zh", replications=10)
        session.open(city(40, 2), campaign(year))
        session.jobs.settle()
        frame = Planner(session)
        for name in ("reach", "review", "measures"):
            frame.open_panel(name)
        frame.panels["review"].state.choose(session.rules.calendar.review)
        frame.panels["review"].state.find()
        frame.panels["measures"].state.find()
        session.jobs.settle()
        for language, mark in MARK.items():
            session.speak(language)
            # What is not on the screen is written when it is opened.
            for name in ("reach", "review", "measures"):
                frame.open_panel(name)
            # The head stands over all panels; pictures are told by their tooltips.
            said = {
                "head": frame._title.value,
                "answer": frame.panels["reach"]._sentence.value,
                "fan": frame.fan.picture("reach", WIDE).tooltip,
                "review": frame.panels["review"]._answer.value,
                "measures": frame.panels["measures"]._answer.value,
            }
            assert {where: mark in words for where, words in said.items()} == dict.fromkeys(said, marked)
            ground = Ground(session.board.calendar, session.answer.dates, session.rules.targets, 0.6)
            with in_language(language):
                drawn = figure_words(LiveFan(ground)._ax)
            assert (mark in drawn) == marked
