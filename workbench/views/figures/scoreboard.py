"""The scoreboard of a campaign under way: each unit against its own plan, and every task by its state."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from workbench.labels import text
from workbench.numbers import short_date, thousands
from workbench.planning.score import STATES, TAIL, Score
from workbench.views.drawing import (
    BLUE,
    FIGURE_ROWS,
    GREEN,
    INK,
    MIST,
    ORANGE,
    SILVER,
    SKY,
    SMALL_SIZE,
    VERMILLION,
    AxisMark,
    canvas,
    drawing,
    families,
    heading,
    legend_below,
    marks_above,
    name_rows,
    nothing,
    row_height,
    settle,
    short,
)

#: Colours of the states, furthest first.
COLOURS = dict(zip(STATES, (BLUE, SKY, GREEN, ORANGE, SILVER, VERMILLION), strict=True))


def scoreboard(held: Score, ax: Axes | None = None) -> Axes:
    """Where each responsible unit stands in its own plan's distribution of today, furthest ahead on top.

    Parameters
    ----------
    held
        the score of a day.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        points carry the gids ``percentile/<responsible>``; the band of what luck mostly explains is ``luck``.
    """
    ranked = held.table[held.table["percentile"].notna()]
    order = ranked.sort_values(["percentile", "sure"], ascending=False, kind="stable")
    shown = order.tail(FIGURE_ROWS)
    behind = (order["percentile"] < TAIL).to_numpy()
    ahead = (order["percentile"] > 100.0 - TAIL).to_numpy()
    with drawing():
        ax = canvas(ax, row_height(len(shown)))
        if shown.empty:
            nothing(ax, text("figure.score.nothing"))
            return ax
        ax.axvspan(TAIL, 100.0 - TAIL, color=MIST, lw=0, zorder=0, gid="luck")
        rows = np.arange(len(shown))
        for row, (name, each) in enumerate(shown.iterrows()):
            at = float(each["percentile"])
            colour = VERMILLION if at < TAIL else GREEN if at > 100.0 - TAIL else BLUE
            ax.plot([50.0, at], [row, row], color=colour, lw=1.6, zorder=3)
            ax.plot([at], [row], ls="", marker="o", ms=6, color=colour, zorder=4, gid=f"percentile/{name}")
        name_rows(ax, [short(str(name)) for name in shown.index], (shown["percentile"] < TAIL).tolist())
        ax.set_xlim(-2.0, 102.0)
        ax.set_xticks([0, 5, 25, 50, 75, 95, 100])
        beside = ax.secondary_yaxis("right")
        beside.set_yticks(rows, [_rank(each) for _, each in shown.iterrows()])
        beside.tick_params(length=0, labelsize=SMALL_SIZE, labelfontfamily=families())
        beside.spines["right"].set_visible(False)
        points = [(BLUE, "usual"), (VERMILLION, "behind"), (GREEN, "ahead")]
        dots = [
            Line2D([], [], ls="", marker="o", color=colour, label=text(f"figure.score.{name}"))
            for colour, name in points
        ]
        legend_below(ax, [*dots, Patch(color=MIST, label=text("figure.score.luck"))])
        values = {
            "date": short_date(held.as_of),
            "ranked": len(order),
            "behind": int(behind.sum()),
            "ahead": int(ahead.sum()),
            "shown": len(shown),
        }
        cut = text("figure.score.cut", **values) if len(shown) < len(order) else ""
        heading(ax, text("figure.score.title", **values), text("figure.score.note"), text("figure.score.ranges"), cut)
        settle(ax)
        marks_above(ax, [AxisMark("plan", 50.0, text("figure.score.plan"), INK, "-")])
        _column_head(ax, text("figure.score.columns"))
    return ax


def _column_head(ax: Axes, words: str) -> None:
    """The head of the column beside the rows, at the picture's edge."""
    ax.annotate(
        words, xy=(0.99, 1.0), xycoords=("figure fraction", "axes fraction"), xytext=(0, 3),
        textcoords="offset points", ha="right", va="bottom", fontsize=SMALL_SIZE, annotation_clip=False,
    )  # fmt: skip


def _rank(row: object) -> str:
    rank, low, high = (int(row[name]) for name in ("rank", "rank_low", "rank_high"))  # type: ignore[index]
    return text("figure.score.rank", rank=rank, low=low, high=high)


def states(held: Score, ax: Axes | None = None) -> Axes:
    """The tasks of each responsible unit by their state: formed, approved, filed, in work, waiting, given up.

    Parameters
    ----------
    held
        the score of a day.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        bars carry the gids ``<state>/<responsible>``; what is new is hatched, ``this_week/<responsible>``.
    """
    table = held.table[held.table["tasks"] > 0]
    order = table.sort_values(["tasks", "formed"], ascending=[False, False], kind="stable")
    shown = order.head(FIGURE_ROWS)
    with drawing():
        ax = canvas(ax, row_height(len(shown)))
        if shown.empty:
            nothing(ax, text("figure.score.no_tasks"))
            return ax
        for row, (name, each) in enumerate(shown.iterrows()):
            left = 0
            for state in STATES:
                count = int(each[state])
                if count:
                    bar = ax.barh(row, count, left=left, height=0.68, color=COLOURS[state], lw=0)[0]
                    bar.set_gid(f"{state}/{name}")
                left += count
            if new := int(each["this_week"]):
                start = int(each["formed"]) - new
                bar = ax.barh(
                    row, new, left=start, height=0.68, facecolor="none", edgecolor="white", hatch="////", lw=0
                )[0]
                bar.set_gid(f"this_week/{name}")
        name_rows(ax, [short(str(name)) for name in shown.index])
        ax.set_xlim(0.0, float(shown["tasks"].max()) * 1.02)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.grid(axis="x", color=MIST)
        beside = ax.secondary_yaxis("right")
        counts = zip(shown["formed"], shown["tasks"], strict=True)
        beside.set_yticks(np.arange(len(shown)), [f"{formed} / {tasks}" for formed, tasks in counts])
        beside.tick_params(length=0, labelsize=SMALL_SIZE, labelfontfamily=families())
        beside.spines["right"].set_visible(False)
        there = [state for state in STATES if (shown[state] > 0).any()]
        handles = [Patch(color=COLOURS[state], lw=0, label=text(f"state.{state}")) for state in there]
        if (shown["this_week"] > 0).any():
            handles.append(
                Patch(facecolor=BLUE, edgecolor="white", hatch="////", lw=0, label=text("figure.states.new"))
            )
        legend_below(ax, handles)
        city = held.city
        values = {
            "date": short_date(held.as_of), "formed": thousands(city["formed"]), "tasks": thousands(city["tasks"]),
            "since": short_date(held.since), "new": thousands(city["this_week"]),
            "open": thousands(city["tasks"] - city["formed"]), "shown": len(shown), "rows": len(order),
        }  # fmt: skip
        cut = text("figure.states.cut", **values) if len(shown) < len(order) else ""
        heading(ax, text("figure.states.title", **values), text("figure.states.note", **values), cut)
        settle(ax)
        _column_head(ax, text("figure.states.columns"))
    return ax
