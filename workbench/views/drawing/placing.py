"""Names on a map: each beside its point, where it hides least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from workbench.views.drawing.style import figure_of

Floats = NDArray[np.float64]

#: Points. Names are small: they are for finding one's way, not for the message.
SIZE = 7.5


class Name(NamedTuple):
    """What to write, near which point (data coordinates), in which colour."""

    gid: str
    across: float
    up: float
    words: str
    colour: str


def halo() -> list[Any]:
    """A white edge, so that words stand out from what is under them."""
    return [effects.withStroke(linewidth=2.2, foreground="white")]


def place_names(ax: Axes, names: Sequence[Name], obstacles: Floats) -> None:
    """Write each name beside its point, where it hides the fewest obstacles and touches no other name.

    Parameters
    ----------
    ax
        settled axes.
    names
        in order of importance; one that finds no free place is left out.
    obstacles
        (n, 2) points in data coordinates that names should not hide.
    """
    pixel = _pixels(ax, obstacles[np.isfinite(obstacles).all(axis=1)])
    frame, dots = ax.get_window_extent(), figure_of(ax).dpi / 72
    taken: list[tuple[float, float, float, float]] = []
    for name in names:
        words = ax.text(
            name.across,
            name.up,
            name.words,
            fontsize=SIZE,
            color=name.colour,
            zorder=7,
            ha="center",
            va="center",
            path_effects=halo(),
            gid=name.gid,
            clip_on=True,
        )
        box = words.get_window_extent()
        half = np.array([box.width / 2 + 1, box.height / 2])
        here = _pixels(ax, np.array([[name.across, name.up]]))[0]
        best, least = None, np.inf
        for far, offset in enumerate(_offsets(half, dots)):
            low, high = here + offset - half, here + offset + half
            if low[0] < frame.x0 + 2 or low[1] < frame.y0 + 2 or high[0] > frame.x1 - 2 or high[1] > frame.y1 - 2:
                continue
            if any(low[0] < t[2] and t[0] < high[0] and low[1] < t[3] and t[1] < high[1] for t in taken):
                continue
            hidden = int(((pixel > low - 4) & (pixel < high + 4)).all(axis=1).sum())
            if hidden + 0.03 * far < least:
                best, least = (offset, low, high), hidden + 0.03 * far
        if best is None:
            words.remove()
            continue
        offset, low, high = best
        taken.append((low[0], low[1], high[0], high[1]))
        across, up = ax.transData.inverted().transform(here + offset)
        words.set_position((float(across), float(up)))


def _pixels(ax: Axes, points: Floats) -> Floats:
    if len(points) == 0:
        return np.zeros((0, 2))
    return np.asarray(ax.transData.transform(points), dtype=np.float64)


def _offsets(half: Floats, dots: float) -> Floats:
    """Places around a point, from the nearest outwards: sides first, then between, then wider rings."""
    angles = np.radians([0, 180, 90, 270, 30, 150, 330, 210, 60, 120, 300, 240])
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    places: list[Floats] = [(half + reach * dots) * ring for reach in (5.0, 9.0, 14.0, 20.0, 27.0)]
    return np.concatenate(places)
