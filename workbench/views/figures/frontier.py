"""Probability of the target against instructors or cost, several scenarios on one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workbench.labels import text
from workbench.numbers import money, percent, target_percent
from workbench.views.drawing import INK, MIST, End, canvas, drawing, end_labels, heading, percent_axis, settle, short
from workbench.views.figures.differences import LOOKS

if TYPE_CHECKING:
    from workbench.planning.allocation import Frontier


def frontier(frontier: Frontier, ax: Axes | None = None) -> Axes:
    """One line a scenario, with its interval, and the confidence that is asked for.

    Parameters
    ----------
    frontier
        what `planning.frontier` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes : lines carry the gids ``line/<scenario>``, bands ``band/<scenario>``, the points at which the confidence is
        first reached ``needed/<scenario>``, its line ``confidence``, and ``fresh/<scenario>`` the allocation itself on
        fresh replications.
    """
    by_cost = frontier.against == "cost"
    with drawing():
        ax = canvas(ax)
        ax.axhline(frontier.confidence, color=INK, ls="--", lw=1.2, gid="confidence")
        wanted = text("figure.frontier.wanted", confidence=target_percent(frontier.confidence))
        ends = [End("confidence", frontier.confidence, wanted, INK)]
        far = 0.0
        for turn, name in enumerate(frontier.needed.index):
            colour, dashes = LOOKS[turn % len(LOOKS)]
            curve = frontier.table.loc[[name]].droplevel("scenario")
            effort = curve["cost"].to_numpy() if by_cost else curve.index.to_numpy()
            chance = curve["probability"].to_numpy()
            few = "o" if len(curve) < 25 else ""
            ax.plot(effort, chance, color=colour, ls=dashes, lw=2.0, marker=few, ms=4, gid=f"line/{name}")
            ax.fill_between(effort, curve["low"], curve["high"], color=colour, alpha=0.15, lw=0, gid=f"band/{name}")
            row = frontier.needed.loc[name].to_dict()
            if row["total"] == row["total"]:
                at = row["cost"] if by_cost else row["total"]
                first = float(curve["probability"].loc[int(row["total"])])
                ax.plot([at], [first], ls="", marker="o", ms=8, color=colour, zorder=5, gid=f"needed/{name}")
            asked = row["asked_cost" if by_cost else "asked"]
            low, high = row["fresh"] - row["fresh_low"], row["fresh_high"] - row["fresh"]
            ax.errorbar(
                [asked], [row["fresh"]], yerr=[[low], [high]], fmt="D", ms=6, mfc="white", mec=colour, ecolor=colour,
                capsize=3, zorder=6,
            )[0].set_gid(f"fresh/{name}")  # fmt: skip
            far = max(far, float(np.max(effort)))
            ends.append(End(str(name), float(chance[-1]), f"{short(str(name), 18)} {percent(chance[-1])}", colour))
        ax.set_xlim(-0.01 * far - 0.05, 1.01 * far + 0.05)
        ax.set_ylim(-0.02, 1.02)
        percent_axis(ax.yaxis)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda effort, _: money(effort)))
        ax.grid(axis="y", color=MIST)
        ax.set_xlabel(text(f"figure.frontier.by_{frontier.against}"))
        ax.set_ylabel(text("figure.frontier.chance"))
        heading(ax, _answer(frontier), text("figure.frontier.note"))
        settle(ax)
        end_labels(ax, ends)
    return ax


def _answer(frontier: Frontier) -> str:
    confidence = target_percent(frontier.confidence)
    name = frontier.cheapest
    if name is None:
        best = frontier.needed["probability"]
        values = {"name": short(str(best.idxmax()), 24), "best": percent(float(best.max()))}
        return text("figure.frontier.out", confidence=confidence, **values)
    row = frontier.needed.loc[name].to_dict()
    effort = text("figure.frontier.instructors", total=money(row["total"]))
    if frontier.against == "cost":
        effort = text("figure.frontier.yuan", cost=money(row["cost"]))
    return text("figure.frontier.least", confidence=confidence, name=short(name, 24), effort=effort)
