"""Coverage responsible unit by responsible unit: where it starts, where it is going, where it must end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from workbench.labels import text
from workbench.numbers import percent, short_date, target_percent
from workbench.views.drawing import (
    BLUE,
    FIGURE_ROWS,
    GREY,
    INK,
    MIST,
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
    percent_axis,
    row_height,
    settle,
    short,
)

if TYPE_CHECKING:
    from workbench.simulation.results import Outcome


#: Light tint of the colour of responsible units that stay behind.
PEACH = "#F0B48A"


def streets(outcome: Outcome, ax: Axes | None = None) -> Axes:
    """The same as `responsible_units`, by the street that each organization is in."""
    return _rows(outcome, "street", ax)


def responsible_units(outcome: Outcome, ax: Axes | None = None) -> Axes:
    """Organization coverage by responsible unit: at the start, expected by the deadline, ceiling, the city's target.

    Responsible units that stay below the target are hatched and carry a triangle. Highest on top; of more than 60
    responsible units the lowest 60.

    Parameters
    ----------
    outcome
        a simulation's result.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        bars carry the gids ``start/<responsible>`` and ``expected/<responsible>``, the ceilings' line ``ceiling``.
    """
    return _rows(outcome, "responsible", ax)


def _rows(outcome: Outcome, by: Literal["responsible", "street"], ax: Axes | None) -> Axes:
    table = outcome.breakdown(by).sort_values("coverage", ascending=False, kind="stable")
    wanted = outcome.scenario.targets.organization
    behind, capped = table["coverage"] < wanted, table["ceiling"] < wanted
    shown = table.tail(FIGURE_ROWS)
    with drawing():
        ax = canvas(ax, row_height(len(shown)))
        if shown.empty:
            nothing(ax, text("figure.empty"))
            return ax
        start = (shown["at_start"] / shown["organizations"]).to_numpy(dtype=np.float64)
        reached, top = shown["coverage"].to_numpy(), shown["ceiling"].to_numpy()
        low = behind.loc[shown.index].to_numpy()
        for row, name in enumerate(shown.index):
            strong, light = (VERMILLION, PEACH) if low[row] else (BLUE, SKY)
            ax.barh(row, start[row], height=0.66, color=strong)[0].set_gid(f"start/{name}")
            bar = ax.barh(
                row,
                reached[row] - start[row],
                left=start[row],
                height=0.66,
                facecolor=light,
                edgecolor=strong,
                lw=0.5,
                hatch="////" if low[row] else None,
            )[0]
            bar.set_gid(f"expected/{name}")
        rows = np.arange(len(shown))
        ax.plot(top, rows, ls="", marker="|", ms=9, mew=2.0, color=INK, gid="ceiling", zorder=4)
        name_rows(ax, [short(str(name)) for name in shown.index], list(low))
        ax.set_xlim(0.0, 1.0)
        ax.set_xticks(np.linspace(0, 1, 6))
        percent_axis(ax.xaxis)
        ax.grid(axis="x", color=MIST)
        beside = ax.secondary_yaxis("right")
        beside.set_yticks(rows, [f"{percent(now)} / {percent(best)}" for now, best in zip(reached, top, strict=True)])
        beside.tick_params(length=0, labelsize=SMALL_SIZE, labelfontfamily=families())
        beside.spines["right"].set_visible(False)
        legend_below(
            ax,
            [
                Patch(facecolor=GREY, label=text("figure.coverage_by.start")),
                Patch(facecolor=MIST, edgecolor=GREY, lw=0.5, label=text("figure.coverage_by.expected")),
                Line2D([], [], ls="", marker="|", ms=9, mew=2.0, color=INK, label=text("term.ceiling")),
                Patch(
                    facecolor=PEACH,
                    edgecolor=VERMILLION,
                    hatch="////",
                    lw=0.5,
                    label=text("figure.coverage_by.behind"),
                ),
            ],
        )
        values = {
            "behind": int(behind.sum()),
            "capped": int(capped.sum()),
            "rows": len(table),
            "shown": len(shown),
            "target": target_percent(wanted),
            "deadline": short_date(outcome.deadline),
        }
        heading(
            ax,
            text(
                f"figure.{by}.title" if values["behind"] else f"figure.{by}.title_none",
                **values,
            ),
            text("figure.coverage_by.capped", **values) if values["capped"] else "",
            text("figure.coverage_by.cut", **values) if len(shown) < len(table) else "",
        )
        settle(ax)
        marks_above(ax, [AxisMark("target", wanted, text("figure.target", value=target_percent(wanted)), INK, "--")])
        ax.annotate(
            text("figure.coverage_by.columns"),
            xy=(1.0, 1.0),
            xycoords="axes fraction",
            xytext=(4, 3),
            textcoords="offset points",
            ha="left",
            va="bottom",
            fontsize=SMALL_SIZE,
            annotation_clip=False,
        )
    return ax
