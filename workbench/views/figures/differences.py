"""Scenarios against the baseline: how far apart with what certainty, in all, by responsible unit, or by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workbench.arguments import choice
from workbench.labels import text
from workbench.numbers import percent, short_date, signed_points, target_percent, thousands
from workbench.views.drawing import (
    AMBER,
    BLUE,
    FIGURE_ROWS,
    GREEN,
    GREY,
    INK,
    MIST,
    PURPLE,
    SKY,
    SMALL_SIZE,
    VERMILLION,
    End,
    canvas,
    day_number,
    drawing,
    end_labels,
    families,
    heading,
    legend_below,
    name_rows,
    nothing,
    predicted,
    row_height,
    settle,
    short,
)

if TYPE_CHECKING:
    from workbench.planning.comparison import Comparison

By = Literal["scenario", "responsible", "day"]

#: How scenarios are told apart: by colour, and by dashes for who sees no colour.
LOOKS = (
    (BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"), (AMBER, (0, (5, 1, 1, 1, 1, 1))),
    (SKY, (0, (8, 2))), (INK, (0, (1, 2))),
)  # fmt: skip


def differences(
    comparison: Comparison, ax: Axes | None = None, *, by: By = "scenario", scenario: str | None = None
) -> Axes:
    """Gains over the baseline in percentage points, with their intervals.

    Parameters
    ----------
    comparison
        what `compare` gave.
    ax
        axes to draw into; None makes a picture of its own.
    by
        ``"scenario"`` a row a scenario; ``"responsible"`` a row a responsible unit of one scenario, largest gain on
        top; ``"day"`` a line a scenario over the campaign.
    scenario
        which one, for ``by="responsible"``; by default the first after the baseline.

    Returns
    -------
    Axes
        points carry the gids ``gain/<name>``, intervals ``interval/<name>``, the lines of days ``line/<name>``.

    Raises
    ------
    ValueError
        another `by`, or a scenario that is not in the comparison.
    """
    choice("by", by, get_args(By))
    others = [str(name) for name in comparison.table.index if name != comparison.baseline]
    chosen = others[0] if scenario is None else choice("scenario", scenario, others)
    with drawing():
        if by == "day":
            return _days(comparison, others, ax)
        if by == "responsible":
            return _responsible_units(comparison, chosen, ax)
        return _scenarios(comparison, others, ax)


def _scenarios(comparison: Comparison, others: list[str], ax: Axes | None) -> Axes:
    rows = comparison.table.loc[others]
    ax = canvas(ax, max(2.9, row_height(2 * len(rows))))
    _rows(ax, rows, [short(name, 24) for name in others])
    beside = [
        text(
            "figure.differences.numbers",
            gain=_signed(row["gain"]),
            expected=percent(row["expected"]),
            probability=percent(row["probability"]),
            chance=_signed(row["probability_gain"]),
        )
        for row in rows.to_dict("records")
    ]
    _beside(ax, beside, text("figure.differences.columns"))
    heading(
        ax,
        # One name has room, several have less.
        comparison.verdict("figure.differences", lambda name: short(name, 30 if len(comparison.best) == 1 else 20)),
        _note(comparison),
    )
    return ax


def _responsible_units(comparison: Comparison, chosen: str, ax: Axes | None) -> Axes:
    of = comparison.by_responsible.index.get_level_values("scenario") == chosen
    table = comparison.by_responsible[of].droplevel(0).sort_values("gain", ascending=False, kind="stable")
    keep = np.argsort(-table["gain"].abs().to_numpy(), kind="stable")[:FIGURE_ROWS]
    shown = table.iloc[np.sort(keep)]
    ax = canvas(ax, row_height(len(shown)))
    if shown.empty:
        nothing(ax, text("figure.empty"))
        return ax
    _rows(ax, shown, [short(str(responsible)) for responsible in shown.index])
    pairs = zip(shown["baseline"], shown["coverage"], strict=True)
    _beside(ax, [f"{percent(was)} → {percent(now)}" for was, now in pairs], "")
    told = int(table["parts"].sum())
    values = {"scenario": short(chosen, 24), "baseline": short(comparison.baseline, 24)}
    counts = {"told": told, "responsible_units": len(table), "shown": len(shown)}
    heading(
        ax,
        text(
            "figure.differences.responsible_units" if told else "figure.differences.no_responsible", **values, **counts
        ),
        _note(comparison, together=True),
        text("figure.differences.cut", **counts) if len(shown) < len(table) else "",
    )
    return ax


def _rows(ax: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """One point with its interval a row; filled where it is told apart from the baseline."""
    ends = rows[["gain_low", "gain_high"]].fillna({"gain_low": rows["gain"], "gain_high": rows["gain"]})
    far = float(max(ends.abs().to_numpy().max(), rows["gain"].abs().max(), 0.001)) * 1.12
    low = -far if min(rows["gain"].min(), ends["gain_low"].min()) < 0 else -0.08 * far
    high = far if max(rows["gain"].max(), ends["gain_high"].max()) > 0 else 0.08 * far
    for row, (name, values) in enumerate(rows.to_dict("index").items()):
        up, down = values["gain_low"] > 0, values["gain_high"] < 0
        colour = BLUE if up else VERMILLION if down else GREY
        ax.plot([0.0, values["gain"]], [row, row], color=colour, lw=4.0, alpha=0.3, solid_capstyle="butt")
        if not np.isnan(values["gain_low"]):
            interval = [values["gain_low"], values["gain_high"]]
            ax.plot(interval, [row, row], color=colour, lw=1.6, marker="|", ms=6, gid=f"interval/{name}")
        ax.plot(
            [values["gain"]],
            [row],
            marker="^" if up else "v" if down else "o",
            ms=6,
            color=colour,
            mfc=colour if up or down else "white",
            gid=f"gain/{name}",
            zorder=4,
        )
    name_rows(ax, names)
    ax.set_xlim(low, high)
    ax.axvline(0.0, color=INK, lw=1.0, gid="baseline")
    _points_axis(ax.xaxis)
    ax.grid(axis="x", color=MIST)
    ax.set_xlabel(text("figure.differences.axis"))
    legend_below(
        ax,
        [
            Line2D([], [], ls="", marker="^", color=BLUE, label=text("figure.differences.more")),
            Line2D([], [], ls="", marker="v", color=VERMILLION, label=text("figure.differences.less")),
            Line2D([], [], ls="", marker="o", color=GREY, mfc="white", label=text("figure.differences.open")),
        ],
    )


def _beside(ax: Axes, words: list[str], head: str) -> None:
    """The numbers themselves, in a column at the right."""
    beside = ax.secondary_yaxis("right")
    beside.set_yticks(range(len(words)), words)
    beside.tick_params(length=0, labelsize=SMALL_SIZE, labelfontfamily=families())
    beside.spines["right"].set_visible(False)
    if head:
        ax.annotate(
            head, xy=(1.0, 1.0), xycoords="axes fraction", xytext=(4, 1), textcoords="offset points",
            va="bottom", fontsize=SMALL_SIZE, color=GREY, annotation_clip=False,
        )  # fmt: skip


def _days(comparison: Comparison, others: list[str], ax: Axes | None) -> Axes:
    ax = canvas(ax)
    if comparison.by_day.empty:
        nothing(ax, text("figure.empty"))
        return ax
    ax.axhline(0.0, color=INK, lw=1.0, gid="baseline")
    ends = []
    for turn, name in enumerate(others):
        colour, dashes = LOOKS[turn % len(LOOKS)]
        rows = comparison.by_day.loc[name]
        days = [day_number(when.date()) for when in rows.index]
        ax.plot(days, rows["gain"], color=colour, ls=dashes, lw=2.0, gid=f"line/{name}")
        ax.fill_between(
            days, rows["gain_low"], rows["gain_high"], color=colour, alpha=0.18, lw=0, gid=f"interval/{name}"
        )
        last = float(rows["gain"].iloc[-1])
        ends.append(End(name, last, f"{short(name, 18)} {_signed(last)}", colour))
    stops = pd.DatetimeIndex(comparison.by_day.loc[others[0]].index)
    ticks = [day_number(when.date()) for when in stops[:: max(len(stops) // 7, 1)]]
    ax.set_xticks(ticks, [short_date(when.date()) for when in stops[:: max(len(stops) // 7, 1)]])
    ax.set_xlim(day_number(stops[0].date()), day_number(stops[-1].date()))
    low, high = ax.get_ylim()
    if high - low < 0.002:  # no difference at all is a flat line in the middle, not noise blown up
        ax.set_ylim(-0.01, 0.01)
    _points_axis(ax.yaxis)
    ax.grid(axis="y", color=MIST)
    ax.set_ylabel(text("figure.differences.axis"))
    parted = [(when, name) for name in others if (when := comparison.parts_from(name)) is not None]
    if parted:
        when, name = min(parted)
        title = text("figure.differences.days", day=short_date(when.date()), scenario=short(name, 24))
    else:
        title = text("figure.differences.no_day")
    heading(ax, title, _note(comparison, together=True), *predicted(comparison.predicted_from))
    settle(ax)
    end_labels(ax, ends)
    return ax


def _note(comparison: Comparison, together: bool = False) -> str:
    return text(
        "figure.differences.together" if together else "figure.differences.alone",
        baseline=short(comparison.baseline, 24),
        coverage=text(f"comparison.{comparison.target}"),
        level=target_percent(comparison.level),
        replications=thousands(comparison.replications),
    )


def _signed(share: float) -> str:
    return signed_points(share, typeset=True)


def _points_axis(axis: Axis) -> None:
    axis.set_major_locator(MaxNLocator(nbins=7))
    axis.set_major_formatter(FuncFormatter(lambda share, _: _tick(share)))


def _tick(share: float) -> str:
    """Whole points where they are whole, with a true minus and a plus."""
    value = round(share * 100, 6)
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):g}"
