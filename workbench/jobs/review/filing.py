"""Who must file until when: every open task, with the last day on which a filing still counts (MODEL §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from workbench.planning.score import Standing

if TYPE_CHECKING:
    from workbench.planning.dates import LastSafeDates

#: Tasks that are not filed yet.
OPEN: Final = ("in_work", "waiting")
#: Whether a filing comes in time: nine times in ten, at even odds, or mostly too late.
WHEN: Final = ("in_time", "hurry", "late")


def filing_list(standing: Standing, dates: LastSafeDates) -> pd.DataFrame:
    """The open tasks, the most pressing first.

    Parameters
    ----------
    standing
        where each task stands today.
    dates
        until when a filing counts from today on, by responsible unit and kind.

    Returns
    -------
    pd.DataFrame
        case, responsible, kind, units, state (in_work or waiting), safe (the last day of filing that counts nine times
        in ten), even (at even odds; NaT where none of the days left is early enough), left (calendar days from today to
        `safe`, or to `even` where there is no safe day; missing where there is neither), when (`WHEN`).
    """
    tasks = standing.tasks
    rows = tasks[tasks["forms"] & tasks["state"].isin(OPEN)].rename_axis("case").reset_index()
    known = dates.table[["filing_90", "filing_50"]].rename(columns={"filing_90": "safe", "filing_50": "even"})
    rows = rows.join(known, on=["responsible", "kind"])
    today = pd.Timestamp(standing.as_of)
    safe, even = rows["safe"] > today, rows["even"] > today
    when = np.select([safe.to_numpy(dtype=bool), even.to_numpy(dtype=bool)], list(WHEN[:2]), WHEN[2])
    until = rows["safe"].where(safe, rows["even"])
    rows = rows.assign(when=pd.Series(when, rows.index, dtype="str"), left=(until - today).dt.days)
    rows["left"] = rows["left"].astype("Int64")
    order = rows.assign(turn=rows["when"].map({name: turn for turn, name in enumerate(("hurry", "in_time", "late"))}))
    order = order.sort_values(["turn", "left", "responsible", "case"], kind="stable", ignore_index=True)
    return order[["case", "responsible", "kind", "units", "state", "safe", "even", "left", "when"]]


def due_by_unit(filing: pd.DataFrame) -> pd.DataFrame:
    """The same by responsible unit: open, tasks still to be filed; next, the first day by which one must be; late, how
    many mostly come too late already."""
    coming = filing[filing["when"] != "late"]
    first = coming.assign(on=coming["safe"].where(coming["when"] == "in_time", coming["even"]))
    table = pd.DataFrame({
        "open": filing["responsible"].value_counts(),
        "late": filing.loc[filing["when"] == "late", "responsible"].value_counts(),
    }).fillna(0).astype("int64")  # fmt: skip
    return table.join(first.groupby("responsible")["on"].min().rename("next")).rename_axis("responsible").sort_index()
