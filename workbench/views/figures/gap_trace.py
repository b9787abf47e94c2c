"""How a grouping was found and proven: the cost of the best answer so far, and the bound that rises below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.arguments import choice
from workbench.labels import text
from workbench.numbers import decimal, percent
from workbench.views.drawing import (
    AMBER,
    BLUE,
    MIST,
    AxisMark,
    End,
    canvas,
    drawing,
    end_labels,
    heading,
    marks_above,
    nothing,
    settle,
)

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping

#: What is drawn of a cost that belongs to a smaller coverage, and is therefore no rival of the final one.
PALE = 0.35


def gap_trace(grouping: Grouping, ax: Axes | None = None, *, over: Literal["steps", "seconds"] = "steps") -> Axes:
    """Cost of the best answer and its lower bound while the search went on; pale while fewer units were covered.

    Parameters
    ----------
    grouping
        what `group` gave.
    ax
        axes to draw into; None makes a picture of its own.
    over
        ``"steps"``, each time that an answer or a bound got better, which is the same on every machine; or
        ``"seconds"``.

    Returns
    -------
    Axes
        lines carry the gids ``cost`` and ``bound`` (``cost/pale``, ``bound/pale`` while fewer were covered).

    Raises
    ------
    ValueError
        `over` is neither of the two.
    """
    choice("over", over, ("steps", "seconds"))
    with drawing():
        ax = canvas(ax)
        table = _table(grouping, over)
        if np.isnan(grouping.cost_bound) or table.empty:
            nothing(ax, text("figure.trace.by_hand"))
            return ax
        whole = (table["covered"] == grouping.covered).to_numpy()
        since = int(np.argmax(whole))
        for name, colour, dashes in (("bound", AMBER, "--"), ("cost", BLUE, "-")):
            for gid, rows, alpha in (
                (f"{name}/pale", slice(0, since + 1), PALE),
                (name, slice(since, len(table)), 1.0),
            ):
                ax.plot(
                    table.index[rows],
                    table[name].iloc[rows],
                    drawstyle="steps-post",
                    color=colour,
                    ls=dashes,
                    lw=2.0,
                    alpha=alpha,
                    marker="o" if gid == name and len(table) - since == 1 else "",
                    ms=5,
                    zorder=3,
                    gid=gid,
                )
        ax.fill_between(
            table.index, table["bound"], table["cost"], step="post", color=MIST, lw=0, zorder=1, gid="between"
        )
        _axes(ax, table, over)
        notes = [
            text("figure.trace.note", covered=grouping.covered, bound=grouping.covered_bound, units=_units(grouping))
        ]
        if since:
            notes.append(text("figure.trace.pale", covered=grouping.covered))
        heading(ax, _answer(grouping), *notes)
        settle(ax)
        end_labels(
            ax,
            [
                End(
                    name,
                    float(table[name].iloc[-1]),
                    text(f"figure.trace.{name}", value=decimal(value)),
                    colour,
                )
                for name, value, colour in (
                    ("bound", grouping.cost_bound, AMBER),
                    ("cost", grouping.cost, BLUE),
                )
            ],
        )
        settle(ax)
        if since:
            at = float(table.index[since])
            marks_above(ax, [AxisMark("covered", at, text("figure.trace.covered", covered=grouping.covered))])
    return ax


def _table(grouping: Grouping, over: str) -> pd.DataFrame:
    """covered, cost, bound along the search, with where it ended; no bound is shown before there is one."""
    trace = grouping.trace
    at = trace["seconds"].to_numpy() if over == "seconds" else np.arange(1.0, len(trace) + 1.0)
    table = pd.DataFrame(
        {
            "covered": trace["covered"].to_numpy(),
            "cost": trace["cost"].to_numpy(),
            "bound": np.minimum(trace["cost_bound"].to_numpy(), trace["cost"].to_numpy()),
        },
        index=pd.Index(at, dtype="float64"),
    )
    end = {"covered": grouping.covered, "cost": grouping.cost, "bound": grouping.cost_bound}
    if len(table):
        table.loc[max(grouping.seconds, at[-1]) if over == "seconds" else at[-1] + 1.0] = end
    table["bound"] = table["bound"].where((table["bound"] > 0.0) | (table["cost"] <= 0.0))
    return table


def _axes(ax: Axes, table: pd.DataFrame, over: str) -> None:
    """From the first step to the last; heights around what is worth comparing."""
    first, last = float(table.index[0]), float(table.index[-1])
    ax.set_xlim(first, last if last > first else first + 1.0)
    known = table[["cost", "bound"]].to_numpy()
    low, high = float(np.nanmin(known)), float(np.nanmax(known))
    room = 0.08 * (high - low) or max(1.0, 0.1 * abs(high))
    ax.set_ylim(low - room, high + room)
    if over == "steps":
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="y", color=MIST)
    ax.set_xlabel(text(f"figure.trace.{over}"))
    ax.set_ylabel(text("figure.trace.height"))


def _units(grouping: Grouping) -> int:
    return grouping.covered + len(grouping.left_out)


def _answer(grouping: Grouping) -> str:
    """What is proven, in one sentence."""
    values = {
        "covered": grouping.covered,
        "most": grouping.covered_bound,
        "cost": decimal(grouping.cost),
        "bound": decimal(grouping.cost_bound),
    }
    if np.isnan(grouping.gap):
        return text("figure.trace.open", **values)
    # Never rounded down to nothing: a gap of 0.0% would read as a proof.
    above = percent(grouping.gap) if grouping.gap >= 0.0005 else "< 0.1%"
    return text("figure.trace.proven" if grouping.gap == 0.0 else "figure.trace.within", gap=above, **values)
