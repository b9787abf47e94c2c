"""Where instructors go: now and recommended by responsible unit, and what more of them would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from workbench.labels import text
from workbench.numbers import odds, percent, target_percent, thousands
from workbench.simulation.results import wilson
from workbench.views.drawing import (
    AMBER,
    BLUE,
    FIGURE_ROWS,
    GREEN,
    GREY,
    INK,
    MIST,
    SILVER,
    SMALL_SIZE,
    VERMILLION,
    AxisMark,
    End,
    canvas,
    drawing,
    end_labels,
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
    from workbench.planning.allocation import Allocation


def allocation(allocation: Allocation, ax: Axes | None = None) -> Axes:
    """Instructors by responsible unit: now (open circle) and recommended (full), joined by an arrow where they differ.

    Responsible units that gain most are on top; of more than 60 those that change most are shown.

    Parameters
    ----------
    allocation
        what `allocate` gave; its `start` is what there is now.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        lines carry the gids ``now`` and ``recommended``, arrows ``move/<responsible>``.
    """
    table = _table(allocation)
    shown = table.loc[table["change"].abs().sort_values(ascending=False, kind="stable").index[:FIGURE_ROWS]]
    shown = shown.sort_values(["change", "recommended"], ascending=False, kind="stable")
    rows = np.arange(len(shown))
    with drawing():
        ax = canvas(ax, row_height(len(shown)))
        if shown.empty:
            nothing(ax, text("figure.empty"))
            return ax
        name_rows(ax, [short(str(responsible)) for responsible in shown.index])
        ax.hlines(rows, 0, shown["recommended"], color=SILVER, lw=0.8, zorder=1)
        for row, (responsible, now, recommended) in enumerate(
            zip(shown.index, shown["now"], shown["recommended"], strict=True)
        ):
            if now != recommended:
                colour = GREEN if recommended > now else VERMILLION
                arrow = ax.annotate(
                    "",
                    xy=(recommended, row),
                    xytext=(now, row),
                    arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 3, "shrinkB": 3},
                )
                arrow.set_gid(f"move/{responsible}")
        looks: dict[str, dict[str, Any]] = {
            "now": {"mfc": "white", "mec": GREY, "mew": 1.2, "ms": 6.5, "zorder": 3},
            "recommended": {"color": BLUE, "mew": 0, "ms": 6, "zorder": 4},
        }
        handles = []
        for name, look in looks.items():
            ax.plot(shown[name], rows, ls="", marker="o", gid=name, clip_on=False, **look)
            handles.append(Line2D([], [], ls="", marker="o", label=text(f"figure.allocation.{name}"), **look))
        _numbers(ax, shown)
        ax.set_xlim(0, max(1.0, float(shown[["now", "recommended"]].to_numpy().max())) * 1.05)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.grid(axis="x", color=MIST)
        legend_below(ax, handles)
        heading(ax, *_answer(allocation, table, len(shown)))
    return ax


def curve(allocation: Allocation, ax: Axes | None = None) -> Axes:
    """Expected coverage and probability of the target against the number of instructors.

    Parameters
    ----------
    allocation
        what `allocate` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        lines carry the gids ``probability``, ``expected``, ``bound`` (what no probability exceeds) and ``target``;
        the band ``probability/interval`` is the 95 % interval of so many replications.
    """
    table = allocation.curve.sort_index()
    wanted, total = allocation.scenario.targets.organization, allocation.total
    with drawing():
        ax = canvas(ax)
        if table.empty:
            nothing(ax, text("figure.empty"))
            return ax
        ends = [End("target", wanted, text("figure.target", value=target_percent(wanted)), INK)]
        ax.axhline(wanted, color=INK, ls="--", lw=1.2, gid="target")
        if "bound" in table:
            ax.plot(table.index, table["bound"], color=BLUE, lw=1.0, ls=":", gid="bound")
        hits = (table["probability"] * allocation.replications).round().astype(int)
        low, high = zip(*(wilson(hit, allocation.replications)[1:] for hit in hits), strict=True)
        ax.fill_between(table.index, low, high, color=BLUE, alpha=0.15, lw=0, gid="probability/interval")
        for name, colour in (("probability", BLUE), ("expected", AMBER)):
            ax.plot(
                table.index,
                table[name],
                color=colour,
                lw=2.0,
                gid=name,
                marker="o" if len(table) < 25 else "",
                ms=4,
            )
            words = text(f"figure.curve.{name}", target=target_percent(wanted))
            ends.append(End(name, float(table[name].iloc[-1]), words, colour))
            if total in table.index:
                ax.plot(
                    [total],
                    [float(table[name].loc[total])],
                    marker="o",
                    ms=7,
                    color=colour,
                    gid=f"{name}/chosen",
                )
        first, last = float(table.index[0]), float(table.index[-1])
        ax.set_xlim(first - 0.02 * (last - first) - 0.1, last + 0.02 * (last - first) + 0.1)
        ax.set_ylim(-0.02, 1.02)
        percent_axis(ax.yaxis)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.grid(axis="y", color=MIST)
        ax.set_xlabel(text("figure.curve.total"))
        heading(ax, *_answer(allocation), text("figure.curve.note"))
        settle(ax)
        end_labels(ax, ends)
        settle(ax)
        marks_above(ax, [AxisMark("total", total, text("figure.curve.chosen", total=total))])
    return ax


def _table(allocation: Allocation) -> pd.DataFrame:
    """now, recommended and change by responsible unit."""
    both = pd.DataFrame({"now": allocation.start, "recommended": allocation.instructors}).fillna(0).astype(np.int64)
    return both.assign(change=both["recommended"] - both["now"])


def _numbers(ax: Axes, shown: pd.DataFrame) -> None:
    """The numbers themselves, in a column at the right."""
    beside = ax.secondary_yaxis("right")
    pairs = zip(shown["now"], shown["recommended"], strict=True)
    words = [f"{now} → {recommended}" if now != recommended else f"{now}" for now, recommended in pairs]
    beside.set_yticks(range(len(shown)), words)
    beside.tick_params(length=0, labelsize=SMALL_SIZE, labelfontfamily=families())
    beside.spines["right"].set_visible(False)


def _answer(allocation: Allocation, table: pd.DataFrame | None = None, shown: int = 0) -> list[str]:
    chance = allocation.probability
    values: dict[str, object] = {
        "total": thousands(allocation.total),
        "target": target_percent(allocation.scenario.targets.organization),
        "probability": odds(chance.value, allocation.replications),
        "low": percent(chance.low),
        "high": percent(chance.high),
        "expected": percent(allocation.expected_coverage),
        "work": percent(allocation.expected_work),
        "confidence": target_percent(allocation.confidence or 0.0),
    }
    title = "figure.allocation.title" if allocation.reached else "figure.allocation.not_reached"
    lines = [text(title, **values), text("figure.allocation.note", **values)]
    if table is None:
        return lines
    values |= {
        "now": thousands(int(table["now"].sum())),
        "changed": int((table["change"] != 0).sum()),
        "shown": shown,
        "responsible_units": len(table),
    }
    before = allocation.before
    values |= {
        "before": odds(before.probability.value, allocation.replications),
        "before_expected": percent(before.expected),
        "before_work": percent(before.expected_work),
    }
    lines.append(text("figure.allocation.before", **values))
    if shown < len(table):
        lines.append(text("figure.allocation.cut", **values))
    return lines
