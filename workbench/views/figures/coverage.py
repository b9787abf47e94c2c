"""The fan: coverage by working day, and the answer to "will it be reached?"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from workbench.labels import text
from workbench.numbers import odds, percent, short_date, target_percent, thousands
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

if TYPE_CHECKING:
    from workbench.inputs.scenario import Calendar
    from workbench.simulation.results import Outcome

Measure = Literal["organization", "work"]

#: The bands, wide to narrow, and the line within them.
BANDS = ((0.05, 0.95), (0.25, 0.75))
MEDIAN = 0.5


class _Look(NamedTuple):
    fill: str
    words: str


LOOKS: dict[Measure, _Look] = {"organization": _Look(BLUE, BLUE), "work": _Look(ORANGE, AMBER)}


def fan(
    outcome: Outcome,
    ax: Axes | None = None,
    *,
    target: Literal["organization", "work", "both"] = "both",
    responsible: str | None = None,
) -> Axes:
    """Coverage by working day: median, half of the replications (25–75 %) and nine in ten (5–95 %).

    Parameters
    ----------
    outcome
        a simulation's result.
    ax
        axes to draw into; None makes a picture of its own.
    target
        which coverage, or both. The ceiling is that of organization coverage.
    responsible
        of this responsible unit's own organizations; None: of the city.

    Returns
    -------
    Axes
        lines and bands carry gids: ``organization/median``, ``work/5-95``, ``organization/target``…
    """
    measures: tuple[Measure, ...] = ("organization", "work") if target == "both" else (target,)
    ceiling = outcome.ceiling if responsible is None else _ceiling_of(outcome, responsible)
    with drawing():
        ax = canvas(ax)
        ends: list[End] = []
        lows, highs = [], []
        for measure in measures:
            quantiles = outcome.quantiles((0.05, 0.25, 0.5, 0.75, 0.95), measure, responsible)
            dates = quantiles.index.to_numpy().astype("datetime64[D]").astype(np.float64)
            look, wanted = LOOKS[measure], getattr(outcome.scenario.targets, measure)
            for (low, high), alpha in zip(BANDS, (0.2, 0.35), strict=True):
                band = ax.fill_between(dates, quantiles[low], quantiles[high], color=look.fill, alpha=alpha, lw=0)
                band.set_gid(f"{measure}/{round(low * 100)}-{round(high * 100)}")
            ax.plot(dates, quantiles[MEDIAN].to_numpy(), color=look.words, lw=2.0, gid=f"{measure}/median")
            ax.axhline(wanted, color=look.words, ls="--", lw=1.3, gid=f"{measure}/target")
            last = float(quantiles[MEDIAN].iloc[-1])
            words = text(
                f"figure.fan.median_{measure}" if len(measures) > 1 else "figure.fan.median",
                value=percent(last),
            )
            ends.append(End(f"{measure}/median", last, words, look.words))
            ends.append(
                End(
                    f"{measure}/target",
                    wanted,
                    text("figure.target", value=target_percent(wanted)),
                    look.words,
                )
            )
            lows.append(float(quantiles[0.05].min()))
            highs += [float(quantiles[0.95].max()), wanted]
        if "organization" in measures:
            ax.axhline(ceiling, color=INK, ls="-.", lw=1.2, gid="organization/ceiling")
            words = text("figure.ceiling", value=percent(ceiling))
            ends.append(End("organization/ceiling", ceiling, words, INK))
            highs.append(ceiling)
        begin, end = float(dates[0]), float(dates[-1])
        ax.set_xlim(begin - 0.3, end + 0.3)
        low = 0.0 if len(measures) > 1 else max(0.0, round(min(lows) - 0.1, 1))
        ax.set_ylim(low, min(1.02, max(highs) + 0.04) if max(highs) < 0.98 else 1.02)
        percent_axis(ax.yaxis)
        ax.grid(axis="y", color=MIST)
        date_axis(ax, outcome.deadline, quantiles.index[0].date(), quantiles.index[-1].date())
        legend_below(ax, fan_legend())
        heading(ax, *_answer(outcome, measures, ceiling, responsible))
        settle(ax)
        end_labels(ax, ends)
        settle(ax)
        marks_above(ax, campaign_marks(outcome.calendar))
    return ax


def _ceiling_of(outcome: Outcome, responsible: str) -> float:
    """What a responsible unit's own organizations can come to at best, a share; 0 where it is not known."""
    table = outcome.breakdown("responsible")
    return float(table["ceiling"].to_numpy(dtype=np.float64)[table.index == responsible].sum())


def _chance(outcome: Outcome, measure: Measure, responsible: str | None) -> tuple[float, float, float, float]:
    """P(target) with its interval, and expected coverage; of the city or of one responsible unit."""
    if responsible is None:
        return *outcome.probability(measure), outcome.expected(measure)
    row = outcome.probabilities(measure).to_dict("index")[responsible]
    return row["probability"], row["low"], row["high"], row["expected"]


def _answer(
    outcome: Outcome, measures: tuple[Measure, ...], ceiling: float, responsible: str | None = None
) -> list[str]:
    """Title and notes: what is asked, how likely it is, what to expect."""
    by = short_date(outcome.deadline)
    lines = []
    for measure in measures:
        wanted = getattr(outcome.scenario.targets, measure)
        value, least, most, expected = _chance(outcome, measure, responsible)
        values = {
            "name": text(f"term.{measure}_coverage"),
            "target": target_percent(wanted),
            "deadline": by,
            "probability": odds(value, outcome.replications),
            "low": percent(least),
            "high": percent(most),
            "expected": percent(expected),
            "ceiling": percent(ceiling),
            "replications": thousands(outcome.replications),
        }
        if measure != measures[0]:
            lines.append(text("figure.fan.second", **values))
        elif measure == "organization" and ceiling < wanted:
            lines += [text("figure.fan.out_of_reach", **values), text("figure.fan.second", **values)]
        else:
            note = text("figure.fan.note", **values) + ("" if responsible else _later(outcome, measure))
            lines += [text("figure.fan.title", **values), note]
    if responsible is not None:
        lines[0] = text("figure.fan.of_unit", responsible=responsible, words=lines[0])
    return [*lines, *predicted(outcome.calendar.predicted_in_sight)]


def _later(outcome: Outcome, measure: Measure) -> str:
    """When it would be reached, where the scenario looks beyond the deadline."""
    if outcome.calendar.horizon_day <= outcome.calendar.deadline_day:
        return ""
    reached = outcome.date_reaching(0.9, measure)
    if reached is None:
        return text("figure.fan.never", last=short_date(outcome.scenario.calendar.last))
    return text("figure.fan.reaching", date=short_date(reached))


def campaign_marks(calendar: Calendar) -> list[AxisMark]:
    """The campaign's days that a time axis names."""
    spec = calendar.spec
    first, last = calendar.first, spec.last
    light = [
        AxisMark(name, day_number(on), text(f"figure.mark.{name}", day=short_date(on)))
        for name, on in (("formation_opens", spec.formation_opens), ("review", spec.review))
        if first <= on <= last
    ]
    on = calendar.date_of(calendar.deadline_day)
    return [
        *light,
        AxisMark("deadline", day_number(on), text("figure.mark.deadline", day=short_date(on)), INK, "-"),
    ]


def date_axis(ax: Axes, deadline: date, first: date, last: date) -> None:
    """Weeks counted from the deadline, so that it is on the axis; every second, third… of many."""
    week = timedelta(days=7)
    step = week * max(1, -(-(last - first) // (week * 8)))
    ticks = [deadline]
    while ticks[0] - step >= first:
        ticks.insert(0, ticks[0] - step)
    while ticks[-1] + step <= last:
        ticks.append(ticks[-1] + step)
    ax.set_xticks([day_number(on) for on in ticks], [short_date(on) for on in ticks])


def fan_legend() -> list[Artist]:
    """What median and bands mean."""
    return [
        Line2D([], [], color=GREY, lw=2.0, label=text("figure.fan.legend_median")),
        Patch(color=GREY, alpha=0.5, lw=0, label=text("figure.fan.legend_half")),
        Patch(color=GREY, alpha=0.22, lw=0, label=text("figure.fan.legend_nine")),
    ]
