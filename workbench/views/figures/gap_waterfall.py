"""From full coverage down to the expected one: what each obstacle costs, in percentage points."""

from __future__ import annotations

from collections.abc import Hashable
from math import isnan
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from workbench.labels import text
from workbench.numbers import bare_points, odds, percent, signed_points, target_percent
from workbench.views.drawing import (
    BLUE,
    GREY,
    INK,
    MIST,
    NOTE_SIZE,
    SILVER,
    VERMILLION,
    AxisMark,
    canvas,
    drawing,
    heading,
    legend_below,
    marks_above,
    name_rows,
    percent_axis,
    settle,
)

if TYPE_CHECKING:
    from workbench.planning.gap import Gap

#: Parts above the ceiling: no instructor and no meeting changes them.
ABOVE = ("structure", "grouping")


def waterfall(gap: Gap, ax: Axes | None = None) -> Axes:
    """The gap as a waterfall, from 100 % at the top down to the expected coverage at the bottom.

    Parameters
    ----------
    gap
        what `explain_gap` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        bars carry the gids ``part/all``, ``part/<part>`` and ``part/expected``.
    """
    table = gap.table
    with drawing():
        ax = canvas(ax)
        names = [
            text("figure.part.all"),
            *(text(f"figure.part.{part}") for part in table.index),
            text("figure.part.expected"),
        ]
        ends = 1.0 - table["points"].cumsum()
        bars = [
            ("all", 0.0, 1.0, "100%", SILVER),
            *(
                (row["part"], end, end + row["points"], _lost(row), GREY if row["part"] in ABOVE else VERMILLION)
                for end, row in zip(ends, table.to_dict("records"), strict=True)
            ),
            ("expected", 0.0, gap.expected, percent(gap.expected), BLUE),
        ]
        for row, (name, low, high, words, colour) in enumerate(bars):
            bar = ax.barh(
                row,
                high - low,
                left=low,
                height=0.62,
                facecolor=colour,
                edgecolor="white",
                lw=0.3,
                hatch="////" if colour == VERMILLION else None,
            )[0]
            bar.set_gid(f"part/{name}")
            left = high > 0.8 and low > 0.2
            ax.annotate(
                words,
                xy=(min(low, high) if left else max(low, high), row),
                xytext=(-5 if left else 5, 0),
                textcoords="offset points",
                va="center",
                ha="right" if left else "left",
                fontsize=NOTE_SIZE,
                annotation_clip=False,
                gid=f"value/{name}",
                zorder=5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
            if row:
                above = bars[row - 1]
                edge = above[1] if row > 1 else above[2]
                ax.plot([edge, edge], [row - 1 + 0.31, row - 0.31], color=GREY, lw=0.7)
        name_rows(ax, names)
        ax.set_xlim(0.0, 1.06)
        ax.set_xticks([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
        percent_axis(ax.xaxis)
        ax.grid(axis="x", color=MIST)
        legend_below(
            ax,
            [
                Patch(facecolor=GREY, label=text("figure.gap.above")),
                Patch(facecolor=VERMILLION, edgecolor="white", hatch="////", label=text("figure.gap.below")),
            ],
        )
        heading(ax, *_answer(gap))
        settle(ax)
        marks_above(
            ax,
            [
                AxisMark("target", gap.target, text("figure.target", value=target_percent(gap.target)), INK, "--"),
                AxisMark("ceiling", gap.ceiling, text("figure.ceiling", value=percent(gap.ceiling)), INK, "-."),
            ],
        )
    return ax


def _lost(row: dict[Hashable, Any]) -> str:
    """What a part takes, and of an obstacle what its going alone would bring."""
    key = "figure.points" if isnan(row["alone"]) else "figure.points_alone"
    return text(key, value=signed_points(-row["points"], typeset=True), alone=signed_points(row["alone"], typeset=True))


def _answer(gap: Gap) -> list[str]:
    short = gap.target - gap.expected
    values = {
        "expected": percent(gap.expected),
        "target": target_percent(gap.target),
        "ceiling": percent(gap.ceiling),
        "short": bare_points(abs(short)),
        "probability": odds(gap.probability.value, gap.probability.trials),
        "low": percent(gap.probability.low),
        "high": percent(gap.probability.high),
    }
    if gap.ceiling < gap.target:
        title = "figure.gap.out_of_reach"
    else:
        title = "figure.gap.short" if short > 0 else "figure.gap.reached"
    return [text(title, **values), text("figure.gap.chance", **values), text("figure.gap.shares")]
