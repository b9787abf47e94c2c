"""What the members that there are allow: organizations by tier, and what each can become."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from workbench.inputs.register import TIERS, in_scope
from workbench.inputs.register import tiers as tiers_of
from workbench.labels import text
from workbench.numbers import percent, target_percent, thousands
from workbench.views.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MIST,
    NOTE_SIZE,
    ORANGE,
    PURPLE,
    SILVER,
    SKY,
    SMALL_SIZE,
    VERMILLION,
    AxisMark,
    canvas,
    drawing,
    heading,
    marks_above,
    nothing,
    percent_axis,
    rows_of,
    settle,
)

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario
    from workbench.planning.gap import Ceiling


class _Look(NamedTuple):
    colour: str
    hatch: str | None = None
    on: str = "white"


_TIERS = {
    "branch": _Look(BLUE),
    "T3": _Look(SKY, on=INK),
    "T2": _Look(GREEN),
    "T1": _Look(ORANGE, on=INK),
    "T0": _Look(SILVER, on=INK),
}
_WAYS = {
    "branch": _Look(BLUE),
    "standalone": _Look(SKY, on=INK),
    "assisted": _Look(GREEN),
    "joint": _Look(ORANGE, on=INK),
    "attached": _Look(PURPLE, on=INK),
    "left_out": _Look(VERMILLION, "xxx", INK),
    "no_member": _Look(MIST, "...", INK),
    "dormant": _Look(GREY, "///", INK),
}


def tiers(register: pd.DataFrame, scenario: Scenario, ceiling: Ceiling, ax: Axes | None = None) -> Axes:
    """Two bars of all organizations: by full members today, and by what they can become at best.

    Where the lower bar turns from covered to not covered is the ceiling; the target is a line across.

    Parameters
    ----------
    register, scenario
        what the ceiling was taken of.
    ceiling
        what `ceiling` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        segments carry the gids ``tier/<tier>`` and ``way/<way>``.
    """
    today = tiers_of(in_scope(register, scenario), scenario).value_counts().reindex(list(TIERS), fill_value=0)
    best = ceiling.table["organizations"]
    total = int(best.sum())
    with drawing():
        ax = canvas(ax, 3.9)
        if total == 0:
            nothing(ax, text("figure.empty"))
            return ax
        ax.set_yticks([1.0, 0.0], [text("figure.tiers.today"), text("figure.tiers.best")])
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.set_xlim(0.0, 1.0)
        ax.set_ylim(-0.8, 1.4)
        ax.set_xticks([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
        percent_axis(ax.xaxis)
        values = {
            "possible": thousands(ceiling.possible),
            "total": thousands(total),
            "ceiling": percent(ceiling.value),
            "target": target_percent(ceiling.target),
            "missing": thousands(ceiling.missing),
        }
        heading(
            ax,
            text("figure.tiers.reachable" if ceiling.reachable else "figure.tiers.unreachable", **values),
            text("figure.tiers.note", **values),
        )
        settle(ax)
        marks_above(
            ax,
            [
                AxisMark(
                    "target",
                    ceiling.target,
                    text("figure.target", value=target_percent(ceiling.target)),
                    INK,
                    "--",
                ),
                AxisMark("ceiling", ceiling.value, text("figure.ceiling", value=percent(ceiling.value)), INK, "-."),
            ],
        )
        _bar(ax, 1.0, {str(tier): int(n) for tier, n in today.items()}, total, "tier", _TIERS)
        _bar(ax, 0.0, {str(way): int(n) for way, n in best.items()}, total, "way", _WAYS)
    return ax


def _bar(ax: Axes, y: float, counts: dict[str, int], total: int, kind: str, looks: dict[str, _Look]) -> None:
    """One bar of segments: how many inside where there is room, what they are below."""
    begin = 0.0
    middles: list[float] = []
    names: list[Annotation] = []
    for name, count in counts.items():
        if count == 0:
            continue
        look, share = looks[name], count / total
        segment = ax.barh(
            y,
            share,
            left=begin,
            height=0.5,
            facecolor=look.colour,
            edgecolor="white",
            lw=0.8,
            hatch=look.hatch,
        )[0]
        segment.set_gid(f"{kind}/{name}")
        middles.append(begin + share / 2)
        begin += share
        if share > 0.04:
            ax.text(
                middles[-1],
                y,
                thousands(count),
                ha="center",
                va="center",
                color=look.on,
                fontsize=NOTE_SIZE,
                zorder=4,
                bbox={"facecolor": "white" if look.hatch else look.colour, "edgecolor": "none", "pad": 1.0},
            )
        words = text(f"figure.{kind}.{name}") + ("" if share > 0.04 else f" {thousands(count)}")
        names.append(
            ax.annotate(
                words,
                xy=(middles[-1], y - 0.26),
                xytext=(0, 0),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=SMALL_SIZE,
                gid=f"name/{kind}/{name}",
                zorder=4,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
                arrowprops={"arrowstyle": "-", "color": SILVER, "lw": 0.7, "shrinkA": 0, "shrinkB": 0},
            )
        )
    for written, row in zip(names, rows_of(ax, middles, names), strict=True):
        written.set_position((0, -4 - row * SMALL_SIZE * 1.5))
