"""What figures share: heading, legend, percent axes, labels that keep apart, rows by responsible unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import ScaledTranslation

from workbench.numbers import target_percent
from workbench.views.drawing.style import (
    GREY,
    NOTE_SIZE,
    SMALL_SIZE,
    TITLE_SIZE,
    VERMILLION,
    Picture,
    drawable,
    families,
    figure_of,
)


def heading(ax: Axes, title: str, *notes: str) -> None:
    """The answer, and under it what it rests on; across the whole picture where the picture is ours."""
    figure = ax.get_figure(root=False)
    title, *rest = (drawable(words) for words in (title, *notes) if words)
    notes = tuple(rest)
    if not isinstance(figure, Picture):
        ax.set_title("\n".join([title, *notes]), loc="left", fontsize=NOTE_SIZE, gid="title", fontfamily=families())
        return
    inch = 1.0 / figure.get_figheight()
    top, line = 0.10, NOTE_SIZE / 72 * 1.5
    head = top + TITLE_SIZE / 72 * 1.45
    left = 0.1 / figure.get_figwidth()
    drawn = [figure.text(left, 1 - top * inch, title, size=TITLE_SIZE, va="top", gid="title")]
    for number, note in enumerate(notes):
        y = 1 - (head + number * line) * inch
        drawn.append(figure.text(left, y, note, size=NOTE_SIZE, va="top", color=GREY, gid=f"note/{number}"))
    for words in drawn:
        _fit(words, figure.get_figwidth() * 0.975)
    _reserve(figure, top=head + len(notes) * line + 0.02)


def legend_below(ax: Axes, handles: Sequence[Artist]) -> None:
    """A legend at the foot of a picture of ours, or under the axes; in as many columns as fit."""
    figure = figure_of(ax)
    ours = isinstance(figure, Picture)
    room = (figure.get_figwidth() - 0.2) if ours else _points_wide(ax) / 72
    place: dict[str, Any] = {
        "loc": "lower left",
        "bbox_to_anchor": (0.1, 0.08),
        "bbox_transform": figure.dpi_scale_trans,
    }
    if not ours:
        below = ax.transAxes + ScaledTranslation(0.0, -24 / 72, figure.dpi_scale_trans)
        place = {"loc": "upper left", "bbox_to_anchor": (0.0, 0.0), "bbox_transform": below}

    def drawn(columns: int) -> Legend:
        return ax.legend(
            handles=list(handles),
            ncols=columns,
            borderaxespad=0.0,
            borderpad=0.0,
            handlelength=1.8,
            columnspacing=1.6,
            **place,
        )

    legend = drawn(len(handles))
    columns = _columns_within(legend, room * figure.dpi)
    if columns < len(handles):
        legend = drawn(columns)
    box = legend.get_window_extent()
    if ours:
        legend.set_in_layout(False)
        _reserve(figure, bottom=box.height / figure.dpi + 0.14)


def _columns_within(legend: Legend, room: float) -> int:
    """In how many columns the entries of a legend, which stand side by side, fit into so many pixels; at least one.

    It is worked out from their widths: a legend takes longer to draw than all else of a figure.
    """
    words = [float(each.get_window_extent().width) for each in legend.get_texts()]
    gap = legend.columnspacing * float(legend.prop.get_size_in_points()) * figure_of(legend.axes).dpi / 72
    # What a column takes beside its longest words: the sample of its colour, and the gap to the next.
    beside = (float(legend.get_window_extent().width) - sum(words) + gap) / len(words)
    for columns in range(len(words), 1, -1):
        longest = [max(column) for column in np.array_split(words, columns)]
        if sum(longest) + columns * beside - gap <= room:
            return columns
    return 1


def _reserve(figure: Figure, *, top: float | None = None, bottom: float | None = None) -> None:
    """Keep inches at the top or at the foot of a picture free of axes."""
    engine = figure.get_layout_engine()
    if not isinstance(engine, ConstrainedLayoutEngine):
        return
    _, low, _, high = engine.get().get("rect", (0.0, 0.0, 1.0, 1.0))
    ceiling = low + high if top is None else 1.0 - top / figure.get_figheight()
    floor = low if bottom is None else bottom / figure.get_figheight()
    engine.set(rect=(0.0, floor, 1.0, ceiling - floor), w_pad=0.09, h_pad=0.06)


def percent_axis(axis: Axis) -> None:
    """Shares, shown as whole percentages."""
    axis.set_major_formatter(FuncFormatter(lambda share, _: target_percent(share)))


class End(NamedTuple):
    """A label at the right end of a line: what it says, at which height, in which colour."""

    name: str
    height: float
    words: str
    colour: str


def end_labels(ax: Axes, ends: Sequence[End]) -> None:
    """Label lines to the right of the axes, apart from each other, each tied to its line's end by its left side.

    The axes have to be settled.
    """
    low, high = ax.get_ylim()
    tall = _points_high(ax)
    ends = sorted(ends, key=lambda end: end.height)
    at = np.array([(end.height - low) / (high - low) for end in ends])
    gap = SMALL_SIZE * 1.35 / tall
    for end, y, shown in zip(ends, at, spread(np.minimum(at, 1.0 - gap / 3), gap), strict=True):
        ax.annotate(
            end.words,
            xy=(1.0, float(y)),
            xytext=(1.03, float(shown)),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            color=end.colour,
            fontsize=SMALL_SIZE,
            annotation_clip=False,
            # From the words' left side: from their middle it would cross its neighbours' words.
            arrowprops={
                "arrowstyle": "-",
                "color": end.colour,
                "lw": 0.7,
                "relpos": (0, 0.5),
                "shrinkA": 1,
                "shrinkB": 0,
            },
            gid=f"end/{end.name}",
        )


def spread(at: np.ndarray[Any, np.dtype[np.float64]], gap: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Heights moved apart until each is at least `gap` above the one before; sorted in, sorted out.

    >>> spread(np.array([0.5, 0.5, 0.9]), 0.1).round(3).tolist()
    [0.45, 0.55, 0.9]
    >>> spread(np.array([0.5, 0.5]), 0.1).round(3).tolist()
    [0.4, 0.5]
    """
    upward, downward = at.astype(np.float64), at.astype(np.float64)
    for k in range(1, len(at)):
        upward[k] = max(upward[k], upward[k - 1] + gap)
        downward[-k - 1] = min(downward[-k - 1], downward[-k] - gap)
    placed = (upward + downward) / 2.0
    # Nothing above the place that the highest one asked for: that is where the names of the marks stand.
    placed[-1:] = np.minimum(placed[-1:], at[-1:])
    for k in range(len(at) - 2, -1, -1):
        placed[k] = min(placed[k], placed[k + 1] - gap)
    return placed


class AxisMark(NamedTuple):
    """A vertical line with a name: where it stands, what it says, colour and dashes."""

    name: str
    at: float
    words: str
    colour: str = GREY
    dashes: str = ":"


def marks_above(ax: Axes, marks: Sequence[AxisMark], size: float = SMALL_SIZE) -> None:
    """Vertical lines with their names above the axes, in as many rows as they need to stay apart.

    The axes have to be settled.
    """
    marks = sorted(marks, key=lambda mark: mark.at)
    names = []
    for mark in marks:
        ax.axvline(
            mark.at,
            color=mark.colour,
            lw=0.8 if mark.dashes == ":" else 1.3,
            ls=mark.dashes,
            zorder=2.5,
            gid=f"mark/{mark.name}",
        )
        names.append(
            ax.annotate(
                mark.words,
                xy=(mark.at, 1.0),
                xycoords=ax.get_xaxis_transform(),
                xytext=(0, 0),
                textcoords="offset points",
                ha="center",
                va="bottom",
                color=mark.colour,
                fontsize=size,
                annotation_clip=False,
                gid=f"name/{mark.name}",
            )
        )
    left, right = ax.get_xlim()
    at_the_end = [mark.at > right - 0.02 * (right - left) for mark in marks]
    # A name at the end stands to the left of its line: its middle is half its width before it.
    wide = [_inches_wide(words) * 72 / _points_wide(ax) * (right - left) for words in names]
    middles = [mark.at - (half / 2 if end else 0.0) for mark, half, end in zip(marks, wide, at_the_end, strict=True)]
    rows = rows_of(ax, middles, names)
    title = ax.get_title(loc="left")
    if title:
        ax.set_title(title, loc="left", fontsize=NOTE_SIZE, pad=8 + (max(rows) + 1) * size * 1.35)
    for words, row, end in zip(names, rows, at_the_end, strict=True):
        words.set(position=(4 if end else 0, 3 + row * size * 1.35), ha="right" if end else "center")


def rows_of(ax: Axes, at: Sequence[float], names: Sequence[Text]) -> list[int]:
    """In which row each name stands, centred at its position (ascending), so that none touches another."""
    left, right = ax.get_xlim()
    scale = _points_wide(ax) / (right - left)
    taken: list[float] = []
    rows = []
    for position, words in zip(at, names, strict=True):
        half = _inches_wide(words) * 36
        begin, end = position * scale - half, position * scale + half
        row = next((k for k, until in enumerate(taken) if begin > until + 6), len(taken))
        taken[row:] = [end, *taken[row + 1 :]]
        rows.append(row)
    return rows


def row_height(rows: int) -> float:
    """Inches of a picture with one row a responsible unit."""
    return max(2.8, 1.6 + 0.175 * rows)


def name_rows(ax: Axes, names: Sequence[str], flagged: Sequence[bool] | None = None) -> None:
    """Rows from top to bottom, one a name; a triangle stands between a flagged one and its row."""
    ax.set_yticks(range(len(names)), list(names))
    ax.set_ylim(len(names) - 0.4, -0.6)
    small = SMALL_SIZE if len(names) > 12 else NOTE_SIZE
    ax.tick_params(axis="y", length=0, labelsize=small, pad=4 if flagged is None else 15)
    ax.spines["left"].set_visible(False)
    if flagged is not None:
        aside = ax.get_yaxis_transform() + ScaledTranslation(-8 / 72, 0.0, figure_of(ax).dpi_scale_trans)
        rows = [row for row, flag in enumerate(flagged) if flag]
        if not rows:
            return  # a line without points would be laid out beside the picture
        ax.plot(
            [0.0] * len(rows),
            rows,
            transform=aside,
            ls="",
            marker="v",
            ms=5.5,
            color=VERMILLION,
            mew=0,
            clip_on=False,
            gid="flagged",
        )


def settle(ax: Axes) -> None:
    """Lay the figure out as far as it is, so that what comes next can measure its room."""
    figure_of(ax).draw_without_rendering()


def nothing(ax: Axes, words: str) -> None:
    """What a figure says when there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center", color=GREY, gid="nothing")


def _fit(words: Text, inches: float) -> None:
    """Make words as small as it takes to stay within a width."""
    wide = _inches_wide(words)
    if wide > inches:
        words.set_fontsize(max(6.0, float(words.get_fontsize()) * inches / wide * 0.99))


def _inches_wide(words: Text) -> float:
    figure = words.get_figure(root=True)
    return float(words.get_window_extent().width / figure.dpi) if figure else 0.0


def _points_high(ax: Axes) -> float:
    return float(ax.get_position().height * figure_of(ax).get_figheight() * 72)


def _points_wide(ax: Axes) -> float:
    return float(ax.get_position().width * figure_of(ax).get_figwidth() * 72)
