"""The map of joint branches with one organization ringed: the map is drawn once, the ring moves."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from workbench.grouping.problem import places_of
from workbench.labels import language
from workbench.views.drawing import INK, figure_of, png
from workbench.views.figures import map_groups

if TYPE_CHECKING:
    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Pixels across, and how near a click must come to an organization.
WIDE, NEAR = 900, 16


class BranchesMap:
    """One grouping in one street or the city, in the language in use when it was made."""

    def __init__(self, register: pd.DataFrame, grouping: Grouping, scenario: Scenario, street: str | None) -> None:
        self._of = (grouping, street, language())
        self._axes = map_groups(register, grouping, street=street, scenario=scenario)
        self._points = places_of(register).points
        self._rows = register.index
        (self._ring,) = self._axes.plot(
            [], [], ls="", marker="o", ms=15, mfc="none", mec=INK, mew=2.2, zorder=8, gid="chosen",
            scalex=False, scaley=False,
        )  # fmt: skip
        # Where everything stands is settled by now; laying it out again would only take time.
        figure_of(self._axes).set_layout_engine("none")

    def shows(self, grouping: Grouping, street: str | None) -> bool:
        """Whether it is the map of these, in the language in use."""
        return self._of[0] is grouping and self._of[1:] == (street, language())

    def near(self, across: float, down: float, units: Collection[str], chosen: str | None = None) -> str | None:
        """The organization at a place of the picture; where several stand in one place, the one after the chosen.

        Parameters
        ----------
        across, down
            shares of the picture's width and height, from its upper left.
        units
            who is preferred: the others are only taken where none of these is near.
        chosen
            who is chosen now.
        """
        box = self._axes.get_position()
        (left, right), (low, high) = self._axes.get_xlim(), self._axes.get_ylim()
        at = (
            left + (across - box.x0) / box.width * (right - left),
            low + (1 - down - box.y0) / box.height * (high - low),
        )
        km_a_pixel = (right - left) / (box.width * WIDE)
        with np.errstate(invalid="ignore"):
            pixels = np.hypot(*(self._points - at).T) / km_a_pixel
        close = np.flatnonzero(pixels <= NEAR).tolist()
        ours = [row for row in close if self._rows[row] in units]
        found = ours or close
        if not found:
            return None
        first = min(found, key=lambda row: float(pixels[row]))
        same = [str(self._rows[row]) for row in found if (self._points[row] == self._points[first]).all()]
        return same[(same.index(chosen) + 1) % len(same)] if chosen in same else same[0]

    def draw(self, chosen: str | None = None) -> bytes:
        """A PNG of the map, with a ring around an organization."""
        if chosen is not None and chosen in self._rows:
            across, up = self._points[self._rows.get_loc(chosen)]
            self._ring.set_data([across], [up])
        else:
            self._ring.set_data([], [])
        return png(self._axes, width_px=WIDE)
