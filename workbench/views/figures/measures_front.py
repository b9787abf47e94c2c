"""How many measures it takes: number and cost of the sets that no other beats, against the chance of the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.labels import text
from workbench.numbers import money, target_percent
from workbench.views.drawing import (
    BLUE,
    INK,
    MIST,
    SILVER,
    VERMILLION,
    End,
    canvas,
    drawing,
    end_labels,
    heading,
    percent_axis,
    settle,
    short,
)

if TYPE_CHECKING:
    from workbench.planning.measures import Measures

#: Columns of a figure's note that name the measures of a set; longer ones lose their middle.
WIDEST = 48
#: Sideways room of one number of measures, for the sets that share it.
SPREAD = 0.3


def measures_front(measures: Measures, ax: Axes | None = None) -> Axes:
    """Sets of measures by number and chance; the front by number and cost, with what it comes to on fresh replications.

    Parameters
    ----------
    measures
        what `measures` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        the sets carry the gid ``tried``, the front's line ``front``, its fresh intervals ``fresh``, the least package
        ``least`` (where there is one), the confidence that was asked for ``confidence``.
    """
    tried, front = measures.packages, measures.front
    with drawing():
        ax = canvas(ax)
        chance = tried["probability"].to_numpy()
        ax.plot(tried["number"] + _aside(tried["number"].to_numpy()), chance, ls="", marker="o", ms=3.5, color=SILVER,
                zorder=2, gid="tried")  # fmt: skip
        # Of equal numbers the dearer set has the higher chance: the line climbs before it goes on.
        ax.plot(front["number"], front["probability"], color=BLUE, lw=2.0, marker="o", ms=7, zorder=4, gid="front")
        low, high = front["fresh"] - front["fresh_low"], front["fresh_high"] - front["fresh"]
        ax.errorbar(
            front["number"] + SPREAD / 3, front["fresh"], yerr=[low, high], fmt="D", ms=4, mfc="white", mec=INK,
            ecolor=INK, capsize=3, lw=1.0, zorder=5,
        )[0].set_gid("fresh")  # fmt: skip
        ax.axhline(measures.confidence, color=INK, ls="--", lw=1.2, zorder=1, gid="confidence")
        if measures.least is not None:
            at = measures.least.number, measures.least.sample_probability
            ax.plot(
                [at[0]], [at[1]], ls="", marker="o", ms=13, mfc="none", mec=VERMILLION, mew=2, zorder=6, gid="least"
            )
        ax.set_xlim(-0.5, max(int(tried["number"].max()), 1) + 0.5)
        ax.set_ylim(-0.04, 1.04)
        percent_axis(ax.yaxis)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.grid(axis="y", color=MIST)
        ax.set_xlabel(text("figure.front.number"))
        ax.set_ylabel(text("figure.front.chance"))
        heading(ax, _answer(measures), text("figure.front.note", tried=measures.tried), *_named(measures))
        settle(ax)
        wanted = text("figure.front.wanted", confidence=target_percent(measures.confidence))
        end_labels(ax, [End("confidence", measures.confidence, wanted, INK)])
    return ax


def _aside(numbers: np.ndarray) -> np.ndarray:
    """Sets of one number side by side, in the order in which they were tried, so that none hides another."""
    aside = np.zeros(len(numbers))
    for number in np.unique(numbers):
        at = np.flatnonzero(numbers == number)
        if at.size > 1:
            aside[at] = np.linspace(-SPREAD, SPREAD, at.size)
    return aside


def _named(measures: Measures) -> list[str]:
    """The sets of the front, fewest first: what their dots stand for."""
    lines = []
    for row in measures.front.to_dict("records"):
        if row["number"]:
            names = short(measures.names(row["measures"]), 2 * WIDEST)
            costs = {"measures": names, "cost": money(row["cost"])}
            lines.append(f"{row['number']}  " + (text("figure.front.cost", **costs) if row["cost"] else names))
    return lines


def _answer(measures: Measures) -> str:
    values = {"target": target_percent(measures.target), "confidence": target_percent(measures.confidence)}
    if measures.least is None:
        return text("figure.front.none", **values)
    if not measures.least.number:
        return text("figure.front.unneeded", **values)
    return text("figure.front.least", number=measures.least.number, **values)
