"""The map of joint branches with one organization ringed: the map is drawn once, the ring moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.grouping.problem import places_of
from workbench.labels import language
from workbench.views.drawing import INK, figure_of, png
from workbench.views.figures import map_groups

if TYPE_CHECKING:
    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Pixels across.
WIDE = 900


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

    def draw(self, chosen: str | None = None) -> bytes:
        """A PNG of the map, with a ring around an organization."""
        if chosen is not None and chosen in self._rows:
            across, up = self._points[self._rows.get_loc(chosen)]
            self._ring.set_data([across], [up])
        else:
            self._ring.set_data([], [])
        return png(self._axes, width_px=WIDE)
