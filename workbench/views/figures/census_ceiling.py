"""How far the ceiling hangs on the census: in how many of its outcomes the ceiling is how high."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from workbench.labels import text
from workbench.numbers import percent, target_percent, thousands
from workbench.views.drawing import (
    BLUE,
    INK,
    MIST,
    VERMILLION,
    AxisMark,
    canvas,
    drawing,
    heading,
    marks_above,
    percent_axis,
    settle,
)

if TYPE_CHECKING:
    from workbench.planning.census import CensusOutcome

#: Bars across the ceilings that occurred, at most.
BARS = 24


def census_ceiling(found: CensusOutcome, ax: Axes | None = None) -> Axes:
    """Census outcomes by the ceiling that each of them leaves, with median, target and the 90 % that lie between.

    Parameters
    ----------
    found
        what `simulate_census` gave.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        lines carry the gids ``mark/median`` and ``mark/target``, the band ``interval``; bars are ``outcome``.
    """
    with drawing():
        ax = canvas(ax, 3.4)
        ceilings = found.ceiling.to_numpy(dtype=np.float64)
        low, median, high = (float(value) for value in found.quantiles())
        # A bar is as wide as one organization or more, so that none stands between two that can be.
        step = 1.0 / max(found.organizations, 1)
        wide = step * max(1, int(np.ceil((np.ptp(ceilings) / step + 1) / BARS)))
        edges = np.arange(ceilings.min() - step / 2, ceilings.max() + wide, wide)
        counts, edges = np.histogram(ceilings, edges)
        for count, left in zip(counts, edges, strict=False):
            if count:
                ax.bar(left, count, wide, align="edge", color=BLUE, ec="white", lw=0.6, zorder=3, gid="outcome")
        ax.axvspan(low, high, color=MIST, zorder=1, gid="interval")
        room = max(4 * step, 0.08 * (max(ceilings.max(), found.target) - min(ceilings.min(), found.target)))
        ax.set_xlim(min(ceilings.min(), found.target) - room, max(ceilings.max(), found.target) + room)
        percent_axis(ax.xaxis)
        ax.set_xlabel(text("figure.census.ceiling"))
        ax.set_ylabel(text("figure.census.outcomes"))
        title = text("figure.census.ceiling_title", low=percent(low), high=percent(high))
        heading(ax, title, text("figure.census.ceiling_note", outcomes=thousands(len(ceilings))))
        settle(ax)
        wanted = text("figure.target", value=target_percent(found.target))
        marks_above(ax, [
            AxisMark("median", median, text("figure.census.median", value=percent(median)), INK, "-"),
            AxisMark("target", found.target, wanted, VERMILLION, "--"),
        ])  # fmt: skip
    return ax
