"""How large the fan is, where it stands alone and where it stands beside controls."""

from __future__ import annotations

from typing import NamedTuple

#: Dots an inch.
PANEL_DPI = 130


class Shape(NamedTuple):
    """Inches of a picture, and of the margins around its axes: left, bottom, right, top."""

    width: float
    height: float
    margins: tuple[float, float, float, float]

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Where the axes stand, in shares of the picture: left, bottom, width, height."""
        left, bottom, right, top = self.margins
        return (
            left / self.width,
            bottom / self.height,
            1 - (left + right) / self.width,
            1 - (bottom + top) / self.height,
        )


#: Across the page, and beside controls, where the same letters must stay readable on half the width.
WIDE = Shape(8.0, 3.6, (0.5, 0.63, 1.38, 0.4))
BESIDE = Shape(5.4, 4.25, (0.5, 1.08, 1.38, 0.5))
