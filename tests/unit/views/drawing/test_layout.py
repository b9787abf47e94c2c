"""What a picture's parts say of each other's room: columns of a legend, labels at the ends of lines."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from workbench.views.drawing import INK, End, canvas, drawing, end_labels, legend_below

WORDS = [
    "在办",
    "组建中的独立支部",
    "waits",
    "a case that is not formed by the deadline",
    "no meeting in time",
    "iiii",
    "WWWWWW",
]


def fitting(ax, handles, room):
    """By drawing each."""
    for columns in range(len(handles), 0, -1):
        legend = ax.legend(
            handles=handles, ncols=columns, borderaxespad=0, borderpad=0, handlelength=1.8, columnspacing=1.6
        )
        if legend.get_window_extent().width <= room:
            return columns
    return 1


@pytest.mark.parametrize("seed", range(25))
def test_as_many_columns_as_fit(seed):
    generator = np.random.default_rng(seed)
    handles = [Patch(label=generator.choice(WORDS)) for _ in range(generator.integers(1, 9))]
    with drawing():
        if seed % 2:
            ax = canvas(None)
            figure = ax.get_figure()
            figure.set_figwidth(generator.uniform(1, 10))
            room = figure.get_figwidth() - 0.2
        else:
            figure = Figure(figsize=(generator.uniform(2, 12), 3), dpi=generator.choice([72, 100, 233]))
            ax = figure.subplots()
            room = ax.get_position().width * figure.get_figwidth()
        legend_below(ax, handles)
        found = ax.get_legend()
        assert found._ncols == fitting(ax, handles, room * figure.dpi)
        assert [each.get_text() for each in found.get_texts()] == [handle.get_label() for handle in handles]


def test_lines_that_end_together_reach_their_words_without_crossing_others():
    with drawing():
        ax = canvas(None)
        ax.set_ylim(0.0, 1.0)
        end_labels(ax, [End(name, 0.5, f"{name} 58.3%", INK) for name in ("ceiling", "forecast", "plan", "target")])
        ax.get_figure().draw_without_rendering()
    left = min(Text.get_window_extent(each).x0 for each in ax.texts)
    lines = [each.arrow_patch.get_transform().transform_path(each.arrow_patch.get_path()) for each in ax.texts]
    assert len(lines) == 4
    assert max(line.get_extents().x1 for line in lines) <= left + 1
