"""The fan that follows a slider: drawn once, then only what moves is drawn again on a copy of the rest.

The same look as `figures.fan`, at a tenth of its time: a new fan takes about as long as the eye needs to see it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from workbench.inputs.scenario import Calendar, Targets
from workbench.jobs.session import LEVELS, Answer
from workbench.labels import language, text
from workbench.numbers import percent, target_percent
from workbench.views.drawing import (
    GREY,
    INK,
    MIST,
    SMALL_SIZE,
    End,
    day_number,
    drawing,
    families,
    figure_of,
    legend_below,
    marks_above,
    percent_axis,
    predicted,
    settle,
    spread,
)
from workbench.views.figures import LOOKS, Measure, campaign_marks, date_axis, fan_legend
from workbench.views.panels.shapes import PANEL_DPI, WIDE, Shape

MEASURES: tuple[Measure, ...] = ("organization", "work")
#: Columns of `LEVELS` that make a band.
BANDS = ((0, 4, 0.2), (1, 3, 0.35))
MEDIAN = LEVELS.index(0.5)


@dataclass(frozen=True)
class Ground:
    """What of a state does not move with a slider: a change of it needs a new drawing."""

    calendar: Calendar
    dates: tuple[date, ...]
    targets: Targets
    ceiling: float


class LiveFan:
    """A fan in one language on one ground; `draw` gives it for an answer."""

    def __init__(self, ground: Ground, shape: Shape = WIDE) -> None:
        self.ground, self.shape = ground, shape
        self.language = language()
        self._x = np.array([day_number(on) for on in ground.dates])
        self._figure = Figure(figsize=(shape.width, shape.height), dpi=PANEL_DPI, facecolor="white")
        self._canvas = _canvas(self._figure)
        with drawing():
            self._ax = self._figure.add_axes(shape.place)
            self._still()
            self._bands, self._medians, self._before, self._ends = self._moving()
            self._canvas.draw()
            self._rest = self._canvas.copy_from_bbox(self._figure.bbox)

    def fits(self, ground: Ground, shape: Shape) -> bool:
        """Whether this drawing still serves, in the language in use."""
        return ground == self.ground and shape == self.shape and language() == self.language

    def draw(self, answer: Answer, baseline: Answer | None = None) -> bytes:
        """A PNG of the fan; with a baseline its median as a thin line."""
        compared = baseline is not None and baseline is not answer and baseline.dates == self.ground.dates
        self._before.set_visible(compared)
        if baseline is not None and compared:
            self._before.set_ydata(baseline.fan["organization"][MEDIAN])
        heights = {}
        for measure in MEASURES:
            fan = answer.fan[measure]
            for (low, high, _), band in zip(BANDS, self._bands[measure], strict=True):
                band.set_data(self._x, fan[low], fan[high])
            self._medians[measure].set_ydata(fan[MEDIAN])
            heights[measure] = float(fan[MEDIAN, -1])
        self._place_ends(heights)
        self._canvas.restore_region(self._rest)
        for artist in self._artists():
            self._ax.draw_artist(artist)
        buffer, size = io.BytesIO(), self._canvas.get_width_height()
        Image.frombuffer("RGBA", size, self._canvas.buffer_rgba()).convert("RGB").save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()

    def _artists(self) -> list[Any]:
        bands = [band for measure in MEASURES for band in self._bands[measure]]
        labels = [artist for label in self._ends.values() for artist in (label.words, label.tie)]
        return [*bands, self._before, *self._medians.values(), *labels]

    def _still(self) -> None:
        """Axes, targets, ceiling, marks and legend."""
        ax, ground = self._ax, self.ground
        ax.tick_params(labelfontfamily=families(), labelsize=SMALL_SIZE, length=3)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        for measure in MEASURES:
            wanted = getattr(ground.targets, measure)
            ax.axhline(wanted, color=LOOKS[measure].words, ls="--", lw=1.3, zorder=1.5)
        ax.axhline(ground.ceiling, color=INK, ls="-.", lw=1.2, zorder=1.5)
        ax.set_xlim(self._x[0] - 0.3, self._x[-1] + 0.3)
        ax.set_ylim(0.0, 1.02)
        percent_axis(ax.yaxis)
        ax.grid(axis="y", color=MIST)
        deadline = ground.calendar.date_of(ground.calendar.deadline_day)
        date_axis(ax, deadline, ground.dates[0], ground.dates[-1])
        baseline = Line2D([], [], color=GREY, lw=1.1, ls=(0, (2, 1.5)), label=text("panel.fan_baseline"))
        # Dates stand below and above the fan: what they rest on is said between them.
        rests_on = [Line2D([], [], ls="", label=words) for words in predicted(ground.calendar.predicted_in_sight)]
        legend_below(ax, [*fan_legend(), baseline, *rests_on])
        settle(ax)
        marks_above(ax, campaign_marks(ground.calendar))

    def _moving(
        self,
    ) -> tuple[dict[Measure, list[FillBetweenPolyCollection]], dict[Measure, Line2D], Line2D, dict[str, _Label]]:
        """Bands, medians, the baseline's median, and the labels at the right."""
        ax, x = self._ax, self._x
        nought = np.zeros(len(x))
        bands, medians = {}, {}
        for measure in MEASURES:
            look = LOOKS[measure]
            bands[measure] = [
                ax.fill_between(x, nought, nought, color=look.fill, alpha=alpha, lw=0, animated=True)
                for *_, alpha in BANDS
            ]
            medians[measure] = ax.plot(x, nought, color=look.words, lw=2.0, animated=True)[0]
        before = ax.plot(x, nought, color=GREY, lw=1.1, ls=(0, (2, 1.5)), animated=True)[0]
        names = {f"{measure}/{end}": LOOKS[measure].words for measure in MEASURES for end in ("median", "target")}
        ends = {name: _label(ax, colour) for name, colour in {**names, "ceiling": INK}.items()}
        return bands, medians, before, ends

    def _place_ends(self, heights: dict[Measure, float]) -> None:
        """Words and heights of the labels, apart from each other."""
        ground = self.ground
        ends = [End("ceiling", ground.ceiling, text("figure.ceiling", value=percent(ground.ceiling)), INK)]
        for measure in MEASURES:
            wanted = getattr(ground.targets, measure)
            words = text(f"panel.fan_median_{measure}", value=percent(heights[measure]))
            ends.append(End(f"{measure}/median", heights[measure], words, INK))
            words = text("figure.target", value=target_percent(wanted))
            ends.append(End(f"{measure}/target", wanted, words, INK))
        ends.sort(key=lambda end: end.height)
        low, high = self._ax.get_ylim()
        at = np.array([(end.height - low) / (high - low) for end in ends])
        gap = SMALL_SIZE * 1.35 / (self.shape.place[3] * self.shape.height * 72)
        for end, y, shown in zip(ends, at, spread(np.minimum(at, 1.0 - gap / 3), gap), strict=True):
            self._ends[end.name].put(end.words, float(y), float(shown))


def _canvas(figure: Figure) -> Any:
    """Where the figure is drawn; its methods carry no types."""
    return FigureCanvasAgg(figure)


class _Label(NamedTuple):
    """Words beside the axes, and the line that ties them to their height. (An arrow would take ten times as long.)"""

    words: Text
    tie: Line2D
    reach: float

    def put(self, words: str, at: float, shown: float) -> None:
        self.words.set_text(words)
        self.words.set_position((1.0 + 1.12 * self.reach, shown))
        self.tie.set_data([1.002, 1.0 + self.reach], [at, shown])


def _label(ax: Axes, colour: str) -> _Label:
    words = ax.text(
        1.0, 0.0, "", transform=ax.transAxes, va="center", color=colour, fontsize=SMALL_SIZE, fontfamily=families(),
        animated=True,
    )  # fmt: skip
    (tie,) = ax.plot([], [], transform=ax.transAxes, color=colour, lw=0.7, clip_on=False, animated=True)
    # As many inches whatever the axes' width.
    return _Label(words, tie, 0.18 / (ax.get_position().width * figure_of(ax).get_figwidth()))
