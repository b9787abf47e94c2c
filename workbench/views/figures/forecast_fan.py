"""The whole course of a campaign under way: the plan's fan, what has happened, and the fan from today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from workbench.labels import text
from workbench.numbers import chance_words, percent, short_date, target_percent
from workbench.planning.score import day_of
from workbench.simulation.results import Outcome, reached_already
from workbench.views.drawing import (
    AMBER,
    BLUE,
    GREY,
    INK,
    MIST,
    ORANGE,
    AxisMark,
    End,
    canvas,
    day_number,
    drawing,
    end_labels,
    heading,
    legend_below,
    marks_above,
    percent_axis,
    predicted,
    settle,
)
from workbench.views.figures.coverage import BANDS, MEDIAN, campaign_marks, date_axis

if TYPE_CHECKING:
    from workbench.jobs import Review

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def forecast_fan(found: Review | Outcome, plan: Outcome | None = None, ax: Axes | None = None) -> Axes:
    """Organization coverage by working day: as planned, as it happened, and as it will go on from today.

    Parameters
    ----------
    found
        a review, which holds forecast and plan; or a forecast alone.
    plan
        the outcome made when the campaign began, beside a forecast alone; None: no fan of a plan.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        lines and bands carry gids: ``plan/median``, ``plan/5-95``, ``facts``, ``forecast/median``, ``forecast/5-95``,
        ``forecast/25-75``, ``target``, ``ceiling``, ``mark/today``.
    """
    if not isinstance(found, Outcome):
        found, plan = found.forecast, found.plan
    forecast = found
    as_of = forecast.as_of
    assert as_of is not None
    calendar, wanted = forecast.calendar, forecast.scenario.targets.organization
    today = calendar.day_by(as_of)
    with drawing():
        ax = canvas(ax)
        fan = forecast.quantiles(LEVELS)
        dates = fan.index.to_numpy().astype("datetime64[D]").astype(np.float64)
        seen = np.arange(len(dates)) <= today
        ahead = np.arange(len(dates)) >= max(today, 0)
        ends = [End("target", wanted, text("figure.target", value=target_percent(wanted)), INK)]
        heights = [wanted, forecast.ceiling]
        if plan is not None:
            planned = plan.quantiles(LEVELS)
            days = planned.index.to_numpy().astype("datetime64[D]").astype(np.float64)
            ax.fill_between(days, planned[0.05], planned[0.95], color=GREY, alpha=0.18, lw=0, gid="plan/5-95")
            ax.plot(days, planned[MEDIAN].to_numpy(), color=GREY, lw=1.4, ls="--", gid="plan/median")
            last = float(planned[MEDIAN].iloc[-1])
            ends.append(End("plan", last, text("figure.forecast.end_plan", value=percent(last)), GREY))
            heights += [float(planned[0.95].max()), float(planned[0.05].min())]
        if ahead.sum() > 1:
            for (low, high), alpha in zip(BANDS, (0.22, 0.38), strict=True):
                band = ax.fill_between(dates[ahead], fan[low][ahead], fan[high][ahead], color=ORANGE, alpha=alpha, lw=0)
                band.set_gid(f"forecast/{round(low * 100)}-{round(high * 100)}")
            ax.plot(dates[ahead], fan[MEDIAN].to_numpy()[ahead], color=ORANGE, lw=2.0, gid="forecast/median")
            last = float(fan[MEDIAN].iloc[-1])
            ends.append(End("forecast", last, text("figure.forecast.end_forecast", value=percent(last)), AMBER))
            heights.append(float(fan[0.95].max()))
        if seen.any():
            facts = fan[MEDIAN].to_numpy()[seen]
            ax.plot(dates[seen], facts, color=BLUE, lw=2.6, gid="facts")
            ax.plot(dates[seen][-1:], facts[-1:], color=BLUE, ls="", marker="o", ms=6, gid="today")
            heights.append(float(facts.min()))
        ax.axhline(wanted, color=INK, ls="--", lw=1.2, gid="target")
        ax.axhline(forecast.ceiling, color=INK, ls="-.", lw=1.1, gid="ceiling")
        ends.append(End("ceiling", forecast.ceiling, text("figure.ceiling", value=percent(forecast.ceiling)), INK))
        ax.set_xlim(float(dates[0]) - 0.3, float(dates[-1]) + 0.3)
        ax.set_ylim(max(0.0, round(min(heights) - 0.06, 2)), min(1.02, max(heights) + 0.04))
        percent_axis(ax.yaxis)
        ax.grid(axis="y", color=MIST)
        date_axis(ax, forecast.deadline, fan.index[0].date(), fan.index[-1].date())
        legend_below(ax, _legend(plan is not None))
        heading(ax, *_answer(forecast, plan))
        settle(ax)
        end_labels(ax, ends)
        settle(ax)
        marks = [mark for mark in campaign_marks(calendar) if mark.name != "review"]
        if 0 <= today <= calendar.horizon_day and today != calendar.deadline_day:
            on = calendar.date_of(today)
            marks.append(
                AxisMark("today", day_number(on), text("figure.forecast.today", day=short_date(on)), BLUE, "-")
            )
        marks_above(ax, marks)
    return ax


def _answer(forecast: Outcome, plan: Outcome | None) -> list[str]:
    """Where it will end and how sure, and where it stands against the plan today."""
    as_of = forecast.as_of
    assert as_of is not None
    day, last = day_of(forecast, as_of), forecast.calendar.deadline_day
    low, high = forecast.quantiles((0.05, 0.95)).iloc[last]
    chance = forecast.probability()
    values: dict[str, Any] = {
        "deadline": short_date(forecast.deadline),
        "target": target_percent(forecast.scenario.targets.organization),
        "probability": chance_words(chance),
        "expected": percent(forecast.expected()),
        "low": percent(float(low)),
        "high": percent(float(high)),
        "today": short_date(as_of),
        "now": percent(forecast.expected(by=forecast.calendar.date_of(day))),
    }
    if forecast.calendar.day_by(as_of) >= last:
        reached = "reached" if chance.value == 1.0 else "missed"
        lines = [text(f"figure.forecast.{reached}", **values)]
    else:
        title = "reached_already" if reached_already(forecast, "organization") else "title"
        lines = [text(f"figure.forecast.{title}", **values), text("figure.forecast.note", **values)]
    if plan is not None:
        own = plan.quantiles((0.5,)).iloc[day_of(plan, as_of)]
        lines.append(text("figure.forecast.against", planned=percent(float(own.iloc[0])), **values))
    return [*lines, *predicted(forecast.calendar.predicted_in_sight)]


def _legend(planned: bool) -> list[Artist]:
    plan: list[Artist] = [
        Line2D([], [], color=GREY, lw=1.4, ls="--", label=text("figure.forecast.legend_plan")),
        Patch(color=GREY, alpha=0.2, lw=0, label=text("figure.forecast.legend_plan_band")),
    ]
    return [
        Line2D([], [], color=BLUE, lw=2.6, label=text("figure.forecast.legend_facts")),
        Line2D([], [], color=ORANGE, lw=2.0, label=text("figure.forecast.legend_forecast")),
        Patch(color=ORANGE, alpha=0.3, lw=0, label=text("figure.forecast.legend_band")),
        *(plan if planned else []),
    ]
