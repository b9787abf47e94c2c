"""What the guide notebooks tell with, in the language in use: sentences, and tables whose columns stand straight."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from workbench.labels import language, text
from workbench.views.formats import wrap

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario


def words(english: str, chinese: str) -> str:
    """The one of the two that is in the language in use.

    Examples
    --------
    >>> words("ceiling", "上限")
    'ceiling'
    """
    return chinese if language() == "zh" else english


def tell(english: str, chinese: str) -> None:
    """Print a sentence in the language in use.

    Examples
    --------
    >>> tell("The target is within the ceiling.", "目标在上限之内。")
    The target is within the ceiling.
    """
    sys.stdout.write(wrap(words(english, chinese)) + "\n")


def show(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column to the left, the others to the right.

    Chinese and other characters are filled up apart, since a browser's Chinese letters are not twice as wide as others.

    Examples
    --------
    >>> show(["way", "units"], [["peer", "12"], ["host", "7"]])
    way   units
    peer     12
    host      7
    """
    columns = []
    for place, column in enumerate(zip(header, *rows, strict=True)):
        most_wide = max(_wide(cell) for cell in column)
        most_narrow = max(len(cell) - _wide(cell) for cell in column)
        fill = ["\u3000" * (most_wide - _wide(cell)) + " " * (most_narrow - len(cell) + _wide(cell)) for cell in column]
        columns.append([cell + more if place == 0 else more + cell for cell, more in zip(column, fill, strict=True)])
    for row in zip(*columns, strict=True):
        sys.stdout.write("  ".join(row).rstrip() + "\n")


def _wide(cell: str) -> int:
    """How many characters of a cell are as wide as a Chinese one."""
    return sum(east_asian_width(sign) in "WF" for sign in cell)


def fitted(register: pd.DataFrame, *scenarios: Scenario) -> list[Scenario]:
    """Scenarios as they can be planned for a register; where the register has no places, that is printed.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(30, 2)
    >>> [rules] = fitted(city.assign(x=float("nan"), y=float("nan")), wb.Scenario())  # doctest: +ELLIPSIS
    The register has no places...
    >>> rules.grouping.facilities, fitted(city, wb.Scenario()) == [wb.Scenario()]
    ((), True)
    """
    asked = any(scenario.grouping.facilities for scenario in scenarios)
    if not asked or not register[["x", "lon"]].isna().all(axis=None):
        return list(scenarios)
    sys.stdout.write(wrap(text("warning.no_places")) + "\n")
    return [scenario.replace("grouping.facilities", []) for scenario in scenarios]
