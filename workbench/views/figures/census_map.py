"""The map for the census teams: where one member more raises the ceiling, and by how much."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from workbench.grouping.problem import places_of
from workbench.labels import text
from workbench.numbers import thousands
from workbench.views.drawing import (
    AMBER,
    BLUE,
    INK,
    SILVER,
    SMALL_SIZE,
    VERMILLION,
    canvas,
    drawing,
    heading,
    legend_below,
    nothing,
    settle,
)

#: Values told apart: at least this many organizations, colour, marker, size; shapes differ for who sees no colours.
_STEPS = (("more", 3, VERMILLION, "^", 8.0), ("two", 2, AMBER, "s", 6.5), ("one", 1, BLUE, "o", 4.5))


def census_value(values: pd.DataFrame, register: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Organizations as light dots; those marked at which the census should look for a member.

    Parameters
    ----------
    values
        as `census_value` of the workbench gives them.
    register
        the register they were found for; its x, y in km, or else its lon, lat in degrees.
    ax
        axes to draw into; None makes a picture of its own.

    Returns
    -------
    Axes
        lines carry the gids ``value/1``, ``value/2`` and ``value/3`` (three or more), and ``organizations``.
    """
    with drawing():
        ax = canvas(ax, 5.4)
        places = places_of(register)
        points = pd.DataFrame(places.points, index=register.index, columns=["across", "up"])
        worth = values[values["value"] > 0]
        if not places.known.any():
            nothing(ax, text("figure.map.no_places"))
            return ax
        ax.plot(*points.to_numpy().T, ls="", marker=".", ms=2.5, color=SILVER, gid="organizations", zorder=1)
        handles: list[Artist] = []
        for step, least, colour, marker, size in reversed(_STEPS):
            chosen = worth[worth["value"] >= 3] if least == 3 else worth[worth["value"] == least]
            at = points.reindex(chosen.index).to_numpy()
            style: dict[str, Any] = {"ls": "", "marker": marker, "color": colour, "mec": INK, "mew": 0.4}
            ax.plot(*at.T, ms=size, gid=f"value/{least}", zorder=2 + least, **style)
            label = text(f"figure.census.step_{step}", count=thousands(len(chosen)))
            handles.append(Line2D([], [], ms=size, label=label, **style))
        ax.set_aspect("equal")
        ax.set_xticks([])
        ax.set_yticks([])
        without = int((~places.known & register.index.isin(worth.index)).sum())
        title = text("figure.census.title", count=thousands(len(worth)))
        note = text("figure.census.no_place", count=thousands(without)) if without else ""
        heading(ax, title, note)
        legend_below(ax, handles)
        ax.tick_params(labelsize=SMALL_SIZE)
        settle(ax)
        return ax
