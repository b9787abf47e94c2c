"""What the spread of coverage comes from: each uncertain parameter from its lowest tenth to its highest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from workbench.inputs.scenario import short_name
from workbench.labels import text
from workbench.numbers import percent, target_percent, thousands
from workbench.planning.sensitivity import LUCK
from workbench.views.drawing import (
    GREY,
    INK,
    MIST,
    ORANGE,
    SKY,
    SMALL_SIZE,
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
    from workbench.planning.sensitivity import Sensitivity


def tornado(sensitivity: Sensitivity, ax: Axes | None = None) -> Axes:
    """Expected coverage where a parameter lies in its lowest and in its highest tenth, the most deciding on top.

    Parameters
    ----------
    sensitivity
        what `sensitivity` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes : bars carry the gids ``low/<parameter>`` and ``high/<parameter>``, their intervals the same with
        ``/interval`` at the end.
    """
    table = sensitivity.deciding
    with drawing():
        ax = canvas(ax, max(3.2, row_height(2 * len(table) + 4)))
        if table.empty:
            words = "sensitivity.nothing" if sensitivity.varies else "sensitivity.level"
            nothing(ax, text(words, campaigns=thousands(len(sensitivity.points))))
            return ax
        middle = sensitivity.expected
        for row, (name, values) in enumerate(table.to_dict("index").items()):
            for end, colour, hatch in (("low", SKY, ""), ("high", ORANGE, "////")):
                at = values[f"at_{end}"]
                bar = ax.barh(
                    row, at - middle, left=middle, height=0.6, facecolor=colour, edgecolor="white", lw=0.3, hatch=hatch
                )[0]
                bar.set_gid(f"{end}/{name}")
                ends = [values[f"at_{end}_low"], values[f"at_{end}_high"]]
                ax.plot(ends, [row, row], color=INK, lw=1.1, marker="|", ms=5, gid=f"{end}/{name}/interval")
        name_rows(ax, [short(short_name(str(name)), 30) for name in table.index])
        percent_axis(ax.xaxis)
        ax.margins(x=0.06)
        ax.grid(axis="x", color=MIST)
        ax.set_xlabel(text("figure.tornado.axis", coverage=text(f"comparison.{sensitivity.target}")))
        beside = ax.secondary_yaxis("right")
        rows = table.to_dict("records")
        beside.set_yticks(
            range(len(rows)),
            [f"{percent(row['total'], 0)} ({_reached(row)})" for row in rows],
        )
        beside.tick_params(length=0, labelsize=SMALL_SIZE, labelfontfamily=families())
        beside.spines["right"].set_visible(False)
        legend_below(
            ax,
            [
                Patch(facecolor=SKY, edgecolor="white", label=text("figure.tornado.low")),
                Patch(facecolor=ORANGE, edgecolor="white", hatch="////", label=text("figure.tornado.high")),
            ],
        )
        heading(ax, *_answer(sensitivity))
        settle(ax)
        low, high = ax.get_xlim()
        marks = [AxisMark("expected", middle, text("figure.tornado.expected", value=percent(middle)), GREY)]
        if low <= sensitivity.threshold <= high:
            wanted = target_percent(sensitivity.threshold)
            marks.append(AxisMark("target", sensitivity.threshold, text("figure.target", value=wanted), INK, "--"))
        marks_above(ax, marks)
        ax.annotate(
            text("figure.tornado.columns", target=target_percent(sensitivity.threshold)),
            xy=(1.0, 1.0), xycoords="axes fraction", xytext=(4, 3), textcoords="offset points",
            va="bottom", fontsize=SMALL_SIZE, color=GREY, annotation_clip=False,
        )  # fmt: skip
    return ax


def _reached(row: Mapping[Any, Any]) -> str:
    return f"{percent(row['reach_at_low'], 0)} → {percent(row['reach_at_high'], 0)}"


def _answer(sensitivity: Sensitivity) -> list[str]:
    first = sensitivity.deciding.iloc[0]
    lines = [
        text("figure.tornado.title", name=short_name(str(first.name)), share=percent(first["total"], 0)),
        text(
            "figure.tornado.note",
            luck=percent(sensitivity.table["total"].loc[LUCK], 0),
            runs=thousands(sensitivity.runs),
            level=target_percent(sensitivity.level),
        ),
    ]
    if sensitivity.rule is not None:
        lines.append(
            text(
                f"figure.tornado.{sensitivity.rule_of}",
                target=target_percent(sensitivity.threshold),
                rule=str(sensitivity.rule),
                density=percent(sensitivity.rule.density.value, 0),
                coverage=percent(sensitivity.rule.coverage.value, 0),
            )
        )
    return lines
