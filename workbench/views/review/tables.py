"""The tables of a review, said once for the notice, the report and the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.labels import text
from workbench.numbers import bare_points, thousands
from workbench.planning.score import PLANNED, STATES, TAIL
from workbench.simulation.results import wilson
from workbench.views.formats import PAGE_ROWS, Column, TableBlock, joined
from workbench.views.report import light, name_of

if TYPE_CHECKING:
    from workbench.jobs import Review


def columns_of(**sorts: str) -> list[Column]:
    """Columns as ``name=sort``, with the headings of the review."""
    return [(name, text(f"review.column.{name}"), sort) for name, sort in sorts.items()]


def place_words(percentile: float) -> str:
    """Ahead, behind, or about as planned; nothing for a unit that has nothing to form."""
    if percentile != percentile:
        return text("place.none")
    return text("place.behind" if percentile < TAIL else "place.ahead" if percentile > 100.0 - TAIL else "place.usual")


#: Packages of each number that a table shows.
OF_EACH_NUMBER = 3


def units_rows(review: Review) -> pd.DataFrame:
    """Responsible units as the tables show them: the score's numbers, with place and light in words."""
    table = review.score.table.reset_index()
    needed = table["possible"] > table["at_start"]
    return table.assign(
        place=[place_words(value) for value in table["percentile"]],
        light=[
            text(f"light.{light(sure)}") if open_ else "" for sure, open_ in zip(table["sure"], needed, strict=True)
        ],
        ranks=[_ranks(low, high) for low, high in zip(table["rank_low"], table["rank_high"], strict=True)],
        # A dash where there is none.
        **{name: table[name].astype("float64") for name in ("rank", *PLANNED)},
    )


def _ranks(low: Any, high: Any) -> str:
    return "" if low is pd.NA or high is pd.NA else f"{low}–{high}"


def fitting(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that fit a page: all, or those with most tasks still open, and how many more there are."""
    if len(rows) <= PAGE_ROWS:
        return rows
    open_ = (rows["tasks"] - rows["formed"]).sort_values(ascending=False, kind="stable")
    shown, rest = rows.loc[sorted(open_.index[: PAGE_ROWS - 1])], rows.loc[open_.index[PAGE_ROWS - 1 :]]
    sums = {name: int(rest[name].sum()) for name in _SUMMED}
    last = {"responsible": text("brief.others", count=len(rest)), **sums, "light": "", "place": ""}
    return pd.concat([shown, pd.DataFrame([last])], ignore_index=True)


_SUMMED = ("organizations", "branches", "tasks", *STATES, "this_week", "possible", "needed", "median")


def _totals(review: Review, *names: str) -> dict[str, object]:
    city = review.score.city
    return {"responsible": text("brief.total"), **{name: city[name] for name in names}}


def progress_table(review: Review, whole: bool = False) -> TableBlock:
    """Tasks by state, unit by unit: what the weekly notice shows."""
    rows = units_rows(review)
    states = dict.fromkeys(("formed", "this_week", "in_work", "filed", "approved"), "whole")
    columns = columns_of(
        responsible="text", tasks="whole", **states, instructed_share="share", coverage="share", of_ceiling="share",
        place="text",
    )  # fmt: skip
    totals = _totals(review, "tasks", *states, "instructed_share", "coverage", "of_ceiling")
    shown = rows if whole else fitting(rows)
    return TableBlock(shown, columns, text("review.table.progress"), totals, text("review.note.progress"))


def outlook_table(review: Review, whole: bool = False) -> TableBlock:
    """Where each unit will end, against its own ceiling and what it needs."""
    rows = units_rows(review)
    columns = columns_of(
        responsible="text", organizations="whole", branches="whole", needed="whole", possible="whole", low="whole",
        median="whole", high="whole", sure="share", light="text", place="text",
    )  # fmt: skip
    totals = _totals(review, "organizations", "branches", "needed", "possible", "low", "median", "high", "sure")
    shown = rows if whole else fitting(rows)
    return TableBlock(
        shown,
        columns,
        text("review.table.outlook"),
        totals,
        text("review.note.outlook", points=chance_spread(review.forecast.replications)),
    )


def happened_table(review: Review, whole: bool = False) -> TableBlock:
    """What the plan foresaw for the day of the final summary and what happened; as long as days are left, where each
    unit will end, too."""
    rows = units_rows(review)
    ends = () if review.over else ("low", "median", "high")
    sorts = dict.fromkeys(("branches", *PLANNED, *ends, "needed", "possible"), "whole")
    sorts |= {"of_ceiling": "share"} if review.over else {}
    columns = columns_of(responsible="text", **sorts, place="text")
    totals = _totals(review, *sorts)
    note = text("review.note.happened") if review.over else joined(
        [text("review.note.happened"), text("review.note.to_come")]
    )  # fmt: skip
    return TableBlock(rows if whole else fitting(rows), columns, text("review.table.happened"), totals, note)


def ranks_table(review: Review) -> TableBlock:
    """Percentiles and ranks, with the ranks that luck alone gives."""
    rows = units_rows(review).sort_values("rank", kind="stable", na_position="last")
    columns = columns_of(
        responsible="text", branches="whole", plan_median="whole", percentile="days", place="text", rank="whole",
        ranks="text", coverage="share", ceiling="share", of_ceiling="share",
    )  # fmt: skip
    totals = _totals(review, "branches", "plan_median", "percentile", "coverage", "ceiling", "of_ceiling")
    return TableBlock(rows, columns, text("review.table.ranks"), totals, text("review.note.ranks"))


def states_table(review: Review) -> TableBlock:
    """Every state, unit by unit."""
    rows = units_rows(review)
    columns = columns_of(responsible="text", tasks="whole", **dict.fromkeys((*STATES, "this_week"), "whole"))
    totals = _totals(review, "tasks", *STATES, "this_week")
    return TableBlock(rows, columns, text("review.table.states"), totals)


def filing_table(review: Review) -> TableBlock:
    """Every task that is not filed yet, the most pressing first."""
    rows = review.filing.assign(
        name=[name_of(review.register, case) for case in review.filing["case"]],
        kind=[text(f"kind.{kind}") for kind in review.filing["kind"]],
        state=[text(f"state.{state}") for state in review.filing["state"]],
        when=[text(f"when.{when}") for when in review.filing["when"]],
    )
    columns = columns_of(
        responsible="text", name="wide", kind="text", units="whole", state="text", safe="date", even="date", when="text"
    )
    totals = {"responsible": text("brief.total"), "name": thousands(len(rows))}
    return TableBlock(rows, columns, text("review.table.filing"), totals, text("review.note.filing"))


def measures_table(review: Review, most: int | None = None) -> TableBlock:
    """What each measure brings if it is decided today; those that bring nothing last."""
    measures = review.measures
    rows = measures if most is None else measures[measures["helps"]].head(most)
    columns = columns_of(
        label="wide", decided_by="text", cost="money", expected="share", gain="points", work_gain="points",
        probability="share",
    )  # fmt: skip
    note = text("review.note.measures", points=chance_spread(review.forecast.replications))
    return TableBlock(rows, columns, text("review.table.measures"), None, note)


def packages_table(review: Review) -> TableBlock | None:
    """What measures bring together, of each number the best; None where none were tried."""
    found = review.packages
    if found is None:
        return None
    best = found.table.sort_values(
        ["number", "probability", "expected"], ascending=[True, False, False], kind="stable", ignore_index=True
    )
    rows = best[best["number"] > 1].groupby("number").head(OF_EACH_NUMBER)
    rows = rows.assign(label=[review.called(names) for names in rows["measures"]])
    columns = columns_of(
        label="wide", number="whole", cost="money", expected="share", gain="points", work_gain="points",
        probability="share",
    )  # fmt: skip
    note = text(
        "review.note.packages", tried=len(found.table), of=len(found.of), left=found.left,
        points=chance_spread(review.forecast.replications),
    )  # fmt: skip
    return TableBlock(rows, columns, text("review.table.packages"), None, note)


def chance_spread(replications: int) -> str:
    """How far a chance from so many simulations is off at most, in points: half the widest 95 % interval."""
    widest = wilson(replications // 2, replications)
    return bare_points((widest.high - widest.low) / 2.0)


def moves_table(review: Review) -> TableBlock | None:
    """Instructors to move for the days that are left; None where nobody should."""
    if review.allocation is None or not review.worth_moving:
        return None
    moves = review.allocation.moves()
    rows = moves.assign(
        responsible_from=moves["responsible_from"].replace("", text("move.new")),
        responsible_to=moves["responsible_to"].replace("", text("move.home")),
    )
    columns = columns_of(responsible_from="text", responsible_to="text", count="whole")
    totals = {"responsible_from": text("brief.total"), "count": int(moves["count"].sum())}
    return TableBlock(rows, columns, text("review.table.moves"), totals, text("review.note.moves"))


def candidates_table(review: Review) -> TableBlock:
    """Who may be commended: by own ceiling and own plan, with the ranks that luck alone gives, never by raw rate."""
    found = review.score.candidates.reset_index()
    rows = found.assign(
        ranks=[_ranks(low, high) for low, high in zip(found["rank_low"], found["rank_high"], strict=True)],
        stands_out=[text("value.yes") if out else text("candidates.luck") for out in found["stands_out"]],
        reached=[text("value.yes") if reached else "" for reached in found["reached"]],
    )
    columns = columns_of(
        rank="whole", ranks="text", responsible="text", percentile="days", stands_out="text", branches="whole",
        plan_median="whole", possible="whole", of_ceiling="share", reached="text",
    )  # fmt: skip
    return TableBlock(rows, columns, text("review.table.candidates"), None, text("review.note.candidates"))


def findings_table(review: Review) -> TableBlock:
    """What a person should look at."""
    rows = pd.DataFrame(
        [(each.where, each.value, each.rule, each.repair) for each in review.findings],
        columns=["place", "found", "rule", "repair"], dtype="str",
    )  # fmt: skip
    columns: list[Column] = [(name, text(f"column.{name}"), "wide") for name in ("place", "found", "rule", "repair")]
    return TableBlock(rows, columns, text("review.table.findings"))
