"""A comparison on the screen and as files: tables, a workbook, figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.labels import language, text
from workbench.numbers import odds, percent, signed_points
from workbench.views.files.exports import KINDS, refuse_kind, write_table
from workbench.views.formats import Sheet, folder_beside, text_table, workbook_bytes, wrap, write_listing

if TYPE_CHECKING:
    from workbench.planning.comparison import Comparison

#: What the day of making stands for in a workbook, so that the same comparison gives the same bytes.
NO_DAY = date(2000, 1, 1)
#: Files of the folder, and the key of the words that say what is in each.
FILES = (
    ("comparison.xlsx", "comparison"),
    ("comparison.csv", "comparison_table"),
    ("differences.png", "differences"),
    ("days.png", "days"),
)


def comparison_screen(comparison: Comparison) -> str:
    """The comparison in sentences, and the ranking as a table."""
    head = [text(f"column.{name}") for name in ("scenario", "expected", "gain", "chance", "better", "worse", "ranks")]
    rows = []
    for name in comparison.ranking.index:
        row, rank = comparison.table.loc[name].to_dict(), comparison.ranking.loc[name].to_dict()
        ranks = f"{rank['best_rank']}" if rank["best_rank"] == rank["worst_rank"] else _range(rank)
        said = [percent(row["expected"]), signed_points(row["gain"]), odds(row["probability"], comparison.replications)]
        rows.append([str(name), *said, percent(row["better"]), percent(row["worse"]), ranks])
    sentences = [wrap(line, "  ", "") for line in comparison.summary().splitlines()]
    return "\n".join(sentences) + "\n\n" + text_table(head, rows, "")


def _range(rank: dict[Any, Any]) -> str:
    return f"{rank['best_rank']}–{rank['worst_rank']}"


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """One row a scenario: all numbers against the baseline, and its rank."""
    ranks = comparison.ranking[["rank", "best_rank", "worst_rank", "among_best"]].astype("int64")
    return comparison.table.join(ranks).reset_index()


def comparison_sheets(comparison: Comparison) -> list[Sheet]:
    """The sheets of the workbook, in the language in use."""
    by_responsible, by_day = comparison.by_responsible.reset_index(), comparison.by_day.reset_index()
    scenarios = comparison_table(comparison)
    pairs = comparison.pairs.reset_index()
    for frame in (by_responsible, by_day):
        frame["parts"] = [text("value.yes") if parts else "" for parts in frame["parts"]]
    scenarios["among_best"] = [text("value.yes") if among else "" for among in scenarios["among_best"]]
    named = (
        ("scenarios", scenarios),
        ("pairs", pairs),
        ("compared_responsible_units", by_responsible),
        ("compared_days", by_day),
    )
    return [
        Sheet(text(f"sheet.{name}"), frame, [_column(frame, str(column)) for column in frame]) for name, frame in named
    ]


def _column(frame: pd.DataFrame, column: str) -> tuple[str, str, str]:
    """Heading and sort of a column; differences of shares are shares, too."""
    if column in ("scenario", "responsible", "first", "second", "parts", "among_best"):
        sort = "text"
    elif column == "day":
        sort = "date"
    else:
        sort = "whole" if pd.api.types.is_integer_dtype(frame[column]) else "share"
    return column, text(f"compared.{column}"), sort


def refuse_place(path: Path | None) -> None:
    """Say early that a comparison cannot be written to a file of that ending; a folder's name may have a dot, too.

    Raises
    ------
    StoreError
        the name ends as a file's does, and it is neither a table nor a folder that is there.
    """
    if path is not None and path.suffix[1:2].isalpha() and not path.is_dir():
        refuse_kind(path, KINDS)


def write_comparison(comparison: Comparison, path: Path) -> Path:
    """Write a comparison: to a .csv (one row a scenario), to an .xlsx (all tables), or else to a folder of both
    with figures.

    Raises
    ------
    StoreError
        another ending, the place cannot be written, or the folder holds something else.
    """
    refuse_place(path)
    if path.suffix.lower() == ".csv":
        return write_table(comparison_table(comparison), path)
    if path.suffix.lower() == ".xlsx":
        from workbench.files import written_beside

        with written_beside(path) as temporary:
            temporary.write_bytes(workbook_bytes(comparison_sheets(comparison), NO_DAY))
        return path
    from workbench.views import figures

    with folder_beside(path) as folder:
        (folder / "comparison.xlsx").write_bytes(workbook_bytes(comparison_sheets(comparison), NO_DAY))
        write_table(comparison_table(comparison), folder / "comparison.csv")
        (folder / "differences.png").write_bytes(figures.png(figures.differences(comparison)))
        (folder / "days.png").write_bytes(figures.png(figures.differences(comparison, by="day")))
        content = {
            "scenarios": [str(name) for name in comparison.table.index],
            "language": language(),
            "seed": comparison.seed,
            "replications": comparison.replications,
        }
        write_listing(content, folder)
    return path


def written_screen(path: Path) -> str:
    """Where the files are."""
    if path.suffix.lower() in KINDS:
        return text("screen.written", path=path)
    rows = "\n".join(f"  {path / name}  {text(f'file.{key}')}" for name, key in FILES)
    return text("screen.files") + "\n" + rows
