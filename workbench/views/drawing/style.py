"""How figures look: fonts that have Chinese, colours for any colour vision, sizes, and the canvas.

Figures never touch pyplot: each stands on its own `Picture`, and nothing is left open. A notebook cell that
ends with the axes a figure returned shows the picture.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure

from workbench.labels import in_language, language, text

#: Okabe and Ito's palette (2008), told apart with any colour vision; amber is its orange, darker, for text.
BLUE, ORANGE, GREEN, VERMILLION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, AMBER = "#56B4E9", "#CC79A7", "#8F5F00"
INK, GREY, SILVER, MIST = "#222222", "#6B6B6B", "#B8B8B8", "#E4E4E4"

#: Rows that a picture holds; where there are more, it shows those that matter most.
FIGURE_ROWS = 60

#: Inches and dots per inch: 1100 pixels wide, 650 high.
DPI = 150
WIDTH, HEIGHT = 1100 / DPI, 650 / DPI

#: Points.
TITLE_SIZE, NOTE_SIZE, TEXT_SIZE, SMALL_SIZE = 13.0, 9.5, 9.5, 8.5

#: Noto Sans CJK SC, cut to the signs that names are written with (`tools/font.py`), under its own licence beside it.
PACKAGED = Path(__file__).with_name("fonts") / "WorkbenchSansSC-Regular.otf"
#: Where Chinese is looked for on this machine, for what the packaged font does not have, best first.
CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)


@cache
def chinese_families() -> tuple[str, ...]:
    """The families that have Chinese, best first: the packaged one, then this machine's; mostly never empty.

    The packaged font is added without the font cache.
    """
    found = []
    if PACKAGED.is_file():
        font_manager.fontManager.addfont(str(PACKAGED))
        found.append("Workbench Sans SC")
    known = set(font_manager.fontManager.get_font_names())
    return (*found, *(family for family in CHINESE if family in known))


def families() -> list[str]:
    """Font families, in the order in which a glyph is looked for."""
    return [*chinese_families(), "DejaVu Sans"]


@cache
def _covered(names: tuple[str, ...]) -> frozenset[int]:
    """Every character that one of the families can draw."""
    drawn: set[int] = set()
    for name in names:
        drawn.update(font_manager.get_font(font_manager.findfont(name)).get_charmap())
    return frozenset(drawn)


def drawable(words: str) -> str:
    """Words as a figure can draw them: a character that no font here has, or that nobody sees, is told by its number.

    >>> drawable("a\x07b"), drawable("河口街道")
    ('a[U+0007]b', '河口街道')
    """
    if words.isascii() and words.isprintable():
        return words
    covered = _covered(tuple(families()))
    return "".join(
        sign if sign == "\n" or (sign.isprintable() and ord(sign) in covered) else f"[U+{ord(sign):04X}]"
        for sign in words
    )


@contextmanager
def look() -> Iterator[None]:
    """The look of every figure, within a ``with`` block only."""
    with mpl.rc_context():
        # From the defaults, so that a user's own style does not mix with this one.
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                # Families by name: "sans-serif" would be looked up later, under someone else's settings.
                "font.family": families(),
                "font.size": TEXT_SIZE,
                "axes.edgecolor": SILVER,
                "axes.labelcolor": INK,
                "axes.axisbelow": True,
                # A name or a title is never a formula: `$` is a dollar sign, `_` and `^` are what they are.
                "text.parse_math": False,
                "hatch.linewidth": 0.6,
                "legend.frameon": False,
                "legend.fontsize": SMALL_SIZE,
                "text.color": INK,
                "xtick.color": SILVER,
                "xtick.labelcolor": INK,
                "ytick.color": SILVER,
                "ytick.labelcolor": INK,
            }
        )
        yield


@contextmanager
def drawing() -> Iterator[None]:
    """The look, and a language that this machine can show: English where it has no Chinese font."""
    silent = language() == "zh" and not chinese_families()
    if silent:
        warnings.warn(text("figure.no_chinese_font"), stacklevel=4)
    with look(), in_language("en") if silent else nullcontext():
        yield


class Picture(Figure):
    """A figure of the workbench: it stands alone, and a notebook shows it."""

    def _repr_png_(self) -> bytes:
        return png(self)


class PictureAxes(Axes):
    """The axes of a `Picture`: a notebook cell that ends with them shows the whole picture."""

    def _repr_png_(self) -> bytes:
        return png(self)


def canvas(ax: Axes | None, height: float = HEIGHT) -> Axes:
    """The axes given, or those of a new picture `height` inches high."""
    if ax is None:
        picture = Picture(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
        FigureCanvasAgg(picture)
        ax = picture.add_subplot(axes_class=PictureAxes)
    # Ticks are made when they are first drawn, under whatever settings hold then: tell the axes now.
    ax.tick_params(labelfontfamily=families(), labelsize=TEXT_SIZE, length=3)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for words in (ax.xaxis.label, ax.yaxis.label):
        words.set_fontfamily(families())
    return ax


def figure_of(drawn: Axes | Figure) -> Figure:
    """The figure that holds all of it."""
    figure: Figure | SubFigure | None = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise ValueError("these axes are in no figure")
    return figure


def png(drawn: Axes | Figure, width_px: int | None = None) -> bytes:
    """A figure as a PNG file.

    Parameters
    ----------
    drawn
        a figure, or the axes that one of the figures returned.
    width_px
        pixels across; the height follows. By default at 150 dots an inch, which is 1100 pixels.

    Returns
    -------
    bytes
        the same for the same figure, without a date or a version.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> png(Figure(figsize=(4, 2)), width_px=200)[:4]
    b'\\x89PNG'
    """
    figure = figure_of(drawn)
    dpi = DPI if width_px is None else width_px / figure.get_figwidth()
    options: dict[str, Any] = {"metadata": {"Software": None}, "facecolor": "white"}
    buffer = io.BytesIO()
    with look():
        figure.savefig(buffer, format="png", dpi=dpi, **options)
    return buffer.getvalue()
