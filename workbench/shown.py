"""How a result shows itself: a short text, a small table and a figure in a notebook, its nearest name for a typo."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import wraps
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from workbench.labels import text
from workbench.numbers import date_words

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

#: Rows and columns of a table that a notebook shows; the result holds all.
ROWS, COLUMNS = 10, 12


class Shown:
    """What every result has in common. A subclass has a `summary`, and names its table and its figure.

    Attributes
    ----------
    shown_table
        the attribute whose first rows a notebook shows; "" for none.
    shown_figure
        the function of `workbench.figures` that draws the result; "" for none.
    """

    shown_table: ClassVar[str] = "table"
    shown_figure: ClassVar[str] = ""

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        if "summary" in cls.__dict__:
            cls.summary = _with_reservations(cls.summary)  # type: ignore[method-assign]

    @property
    def ungrouped(self) -> int:
        """Organizations that need a joint branch where joint branches were left out; else 0."""
        return 0

    @property
    def predicted_from(self) -> date | None:
        """The first date from which those that the result says rest on holidays that are not announced yet; None where
        it says none of these."""
        return None

    def summary(self) -> str:
        """The result in a few lines, in the language in use."""
        raise NotImplementedError

    def to_excel(self, path: str | Path) -> Path:
        """Write everything that the result holds to an Excel file: its summary, then a sheet per table."""
        # Through the front door, as a caller would: what writes files stands in a later room.
        written: Path = import_module("workbench").to_excel(self, path)
        return written

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        parts = [f"<pre>{escape(self.summary())}</pre>"]
        if self.shown_table:
            parts.append(table_html(getattr(self, self.shown_table)))
        if self.shown_figure:
            figures = import_module("workbench").figures
            data = b64encode(figures.png(getattr(figures, self.shown_figure)(self), 720)).decode("ascii")
            parts.append(f'<img alt="{escape(self.shown_figure)}" src="data:image/png;base64,{data}">')
        return "\n".join(parts)

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there. Python's own names (copying, pickling) expect the plain answer.
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(no_such_name(type(self).__name__, name, dir(self)))


def _with_reservations(summary: Callable[..., str]) -> Callable[..., str]:
    """Let no summary forget that its numbers are without joint branches, or its dates by predicted holidays."""

    @wraps(summary)
    def whole(self: Shown, *positional: Any, **named: Any) -> str:
        lines = [summary(self, *positional, **named)]
        if self.ungrouped:
            lines.append(text("outcome.ungrouped", units=self.ungrouped))
        if self.predicted_from is not None:
            lines.append(text("shown.predicted", since=date_words(self.predicted_from, year=True)))
        return "\n".join(lines)

    return whole


def with_prediction(words: str, since: date | None) -> str:
    """Words that head what names dates, and from when on these rest on holidays that are not announced yet."""
    if since is None:
        return words
    key = "shown.joined" if words.endswith((".", "。")) else "shown.beside"
    return text(key, first=words, second=text("shown.predicted", since=date_words(since, year=True)))


def no_such_name(holder: str, name: str, known: Iterable[str]) -> str:
    """What to say of a name that is not there: the nearest one that is.

    >>> no_such_name("Gap", "expectd", ["expected", "target"])
    'Gap has no expectd; did you mean expected?'
    """
    near = get_close_matches(name, [each for each in known if not each.startswith("_")], n=1, cutoff=0.6)
    if near:
        return text("shown.nearest", holder=holder, name=name, near=near[0])
    return text("shown.no_such", holder=holder, name=name)


def table_html(table: Any) -> str:
    """The first rows of a frame or a series as HTML, and how many there are."""
    frame: pd.DataFrame = table.to_frame() if table.ndim == 1 else table
    html: str = frame.head(ROWS).to_html(
        border=0, na_rep="–", max_cols=COLUMNS, float_format=lambda value: f"{value:.4g}"
    )
    rest = len(frame) - ROWS
    return html + (f"<p>{escape(text('shown.more', count=rest))}</p>" if rest > 0 else "")
