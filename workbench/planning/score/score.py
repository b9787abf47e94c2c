"""How far each responsible unit is, where it will end, and whether it is ahead of its own plan (MODEL §10, Score)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.labels import text
from workbench.numbers import date_words, thousands
from workbench.planning.score.ranks import LEVEL, percentiles, ranks, ranks_by_luck
from workbench.planning.score.states import STATES, Standing
from workbench.shown import Shown
from workbench.simulation.results import VARIABLES
from workbench.targets import least_count, reaches

if TYPE_CHECKING:
    from workbench.simulation.results import Outcome

#: Below this percentile a unit is behind its plan, and above 100 less it is ahead, by more than luck mostly explains.
TAIL: Final = 100.0 * (1.0 - LEVEL) / 2.0
#: How sure it must be that a unit ends where it should, for nobody to worry.
EVEN: Final = 0.5
#: What the forecast of a unit is told by: nine in ten, and the middle.
QUANTILES: Final = {"low": 0.05, "median": 0.5, "high": 0.95}
#: The same of what the plan has by today.
PLANNED: Final = tuple(f"plan_{name}" for name in QUANTILES)
_COUNTS: Final = (
    *("organizations", "at_start", "branches", "possible", "needed", "tasks", *STATES, "this_week"),
    *("uncovered", "instructed"),
)


@dataclass(frozen=True, eq=False, repr=False)
class Score(Shown):
    """Responsible units, each held against its own plan and its own ceiling.

    Attributes
    ----------
    table
        by responsible unit, in the order of their names. Organizations: organizations, at_start and branches (with a
        branch when the campaign began, and today), possible (at best), needed (for the target, or at best where that is
        less), uncovered (without a branch and not dormant), instructed (of these with an instructor). Tasks that come
        to a branch, of its own pool: tasks, then by state formed, approved, filed, in_work, waiting, abandoned; and
        this_week, those formed since `since`. Shares: coverage, ceiling, of_ceiling (branches of possible),
        instructed_share (NaN where nobody is uncovered). The forecast of its own organizations with a branch by the
        deadline: low, median, high (counts, 5 %, 50 %, 95 %), expected (a mean), probability (of the target) and sure
        (of `needed`). Against the plan: plan_low, plan_median and plan_high (what its replications have by today: 5 %,
        50 %, 95 %), percentile (50 is as planned), rank, rank_low and rank_high (the best and the worst rank that luck
        alone gives); NaN and NA for a unit that has nothing to form or that the plan does not know.
    city
        the same for the whole city, without ranks.
    as_of, since
        the day of the score, and the day from which `this_week` counts.
    planned
        whether the plan is one that was made before; else it is worked out from the register as the campaign began.
    """

    shown_table: ClassVar[str] = "table"
    shown_figure: ClassVar[str] = "scoreboard"

    table: pd.DataFrame
    city: pd.Series[Any]
    as_of: date
    since: date
    planned: bool

    @property
    def behind(self) -> pd.DataFrame:
        """Who is behind, worst first: below the plan by more than luck mostly explains (``of_plan``), or not even
        at even odds of ending where it should (``of_target``); with short, the organizations that its median lacks."""
        table = self.table
        of_plan, of_target = table["percentile"] < TAIL, table["sure"] < EVEN
        rows = table.assign(of_plan=of_plan, of_target=of_target, short=table["needed"] - table["median"])
        rows = rows[of_plan | of_target]
        return rows.sort_values(["percentile", "sure"], kind="stable")

    @property
    def candidates(self) -> pd.DataFrame:
        """Who may be commended (先进): ahead of its own plan, best first; stands_out says whether by more than luck
        mostly explains, reached whether it has what it should end with."""
        table = self.table
        rows = table[table["percentile"] > 50.0]
        rows = rows.assign(stands_out=rows["percentile"] > 100.0 - TAIL, reached=rows["branches"] >= rows["needed"])
        return rows.sort_values(["rank", "of_ceiling"], ascending=[True, False], kind="stable")

    def summary(self) -> str:
        """How many units are ahead and behind, in the language in use."""
        ranked = self.table[self.table["percentile"].notna()]
        return text(
            "score.summary", date=date_words(self.as_of, year=True), units=len(self.table), ranked=len(ranked),
            branches=thousands(self.city["branches"]), tasks=thousands(self.city["tasks"]),
            formed=thousands(self.city["formed"]), behind=int((ranked["percentile"] < TAIL).sum()),
            ahead=int((ranked["percentile"] > 100.0 - TAIL).sum()),
        )  # fmt: skip


def score(standing: Standing, forecast: Outcome, plan: Outcome, *, planned: bool = True) -> Score:
    """Hold every responsible unit against its own plan and its own ceiling.

    Parameters
    ----------
    standing
        what the register says of today.
    forecast
        where it will end, from today.
    plan
        the outcome made when the campaign began.
    planned
        whether that is so, and not worked out afterwards.
    """
    scenario, target = forecast.scenario, float(forecast.scenario.targets.organization)
    orgs, tasks = standing.organizations, standing.tasks[standing.tasks["forms"]]
    names = pd.Index(sorted(orgs["responsible"].unique()), name="responsible", dtype="str")
    table = orgs.groupby("responsible")[["at_start", "branches", "possible", "uncovered", "instructed"]].sum()
    table = table.reindex(names)
    table.insert(0, "organizations", orgs["responsible"].value_counts().reindex(names))
    wanted = np.array([least_count(target, int(count)) for count in table["organizations"]])
    table["needed"] = np.minimum(wanted, table["possible"])
    by_state = pd.crosstab(tasks["responsible"], tasks["state"]).reindex(
        index=names, columns=list(STATES), fill_value=0
    )
    table["tasks"] = by_state.sum(axis=1)
    table = table.join(by_state)
    recent = tasks[tasks["recent"]]["responsible"].value_counts()
    table["this_week"] = recent.reindex(names, fill_value=0)
    table = table[list(_COUNTS)].astype("int64")
    table = _shares(table)
    ends = branches_on(forecast, names, forecast.calendar.deadline_day)
    table = table.assign(**_forecast(ends, table, wanted))
    table = table.assign(**_against_plan(table, plan, names, standing))
    return Score(
        table=table, city=_city(table, forecast, plan, scenario.targets.organization, standing), as_of=standing.as_of,
        since=standing.since, planned=planned,
    )  # fmt: skip


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    size, best, left = (table[name].where(table[name] > 0) for name in ("organizations", "possible", "uncovered"))
    return table.assign(
        coverage=table["branches"] / size, ceiling=table["possible"] / size, of_ceiling=table["branches"] / best,
        instructed_share=table["instructed"] / left,
    )  # fmt: skip


def _forecast(ends: NDArray[np.integer], table: pd.DataFrame, wanted: NDArray[np.integer]) -> dict[str, Any]:
    """Quantiles, mean and chances of what units end with, (R, units)."""
    size, needed = table["organizations"].to_numpy(), table["needed"].to_numpy()
    quantiles = np.quantile(ends, list(QUANTILES.values()), axis=0, method="inverted_cdf").astype(np.int64)
    return dict(zip(QUANTILES, quantiles, strict=True)) | {
        "expected": ends.sum(axis=0, dtype=np.int64) / len(ends),
        "probability": (ends >= wanted).sum(axis=0) / len(ends),
        "sure": np.where(size > 0, (ends >= needed).sum(axis=0) / len(ends), np.nan),
    }


def _against_plan(table: pd.DataFrame, plan: Outcome, names: pd.Index[str], standing: Standing) -> dict[str, Any]:
    """Percentiles and ranks of those that have something to form and that the plan knows."""
    known = names.isin(plan.dataset["responsible"].to_numpy().astype(str))
    open_ = (table["possible"] > table["at_start"]).to_numpy()
    ranked = np.flatnonzero(known & open_)
    counts = branches_on(plan, names[ranked], day_of(plan, standing.as_of))
    found = percentiles(counts, table["branches"].to_numpy()[ranked])
    best, worst = ranks_by_luck(counts)
    place = names[ranked]
    foreseen = _foreseen(counts) if len(ranked) else dict.fromkeys(PLANNED, np.empty(0))
    whole = {**foreseen, "rank": ranks(found), "rank_low": best, "rank_high": worst}
    columns: dict[str, Any] = {
        name: pd.Series(values, place).reindex(names).astype("Int64") for name, values in whole.items()
    }
    return {
        **{name: columns.pop(name) for name in PLANNED},
        "percentile": pd.Series(found, place).reindex(names).astype("float64"),
        **columns,
    }


def _foreseen(counts: NDArray[np.integer]) -> dict[str, NDArray[np.integer]]:
    """Quantiles of what the plan's replications have, (R, units)."""
    quantiles = np.quantile(counts, list(QUANTILES.values()), axis=0, method="inverted_cdf")
    return dict(zip(PLANNED, quantiles, strict=True))


def branches_on(outcome: Outcome, units: pd.Index[str], day: int) -> NDArray[np.integer]:
    """Organizations with a branch at the end of a working day, (R, units)."""
    counts = outcome.dataset[VARIABLES["organization"]].isel(day=day)
    return np.asarray(counts.sel(responsible=units.to_numpy(dtype=object)).to_numpy())


def day_of(outcome: Outcome, on: date) -> int:
    """The simulated working day that a date sees: the last of them after the horizon, the first before the start,
    when nothing can have happened yet."""
    return int(np.clip(outcome.calendar.day_by(on), 0, outcome.calendar.horizon_day))


def _city(table: pd.DataFrame, forecast: Outcome, plan: Outcome, target: float, standing: Standing) -> pd.Series[Any]:
    """The city's row: sums, but the target and the plan are the city's own."""
    sums = table[list(_COUNTS)].sum().to_frame().T
    wanted = least_count(target, forecast.total)
    sums["needed"] = np.minimum(wanted, sums["possible"])
    sums = _shares(sums)
    ends = forecast.counts().to_numpy()[:, [forecast.calendar.deadline_day]]
    sums = sums.assign(**_forecast(ends, sums, np.array([wanted])))
    sums["probability"] = float(reaches(ends[:, 0], target, forecast.total).sum()) / len(ends)
    counts = plan.counts().to_numpy()[:, [day_of(plan, standing.as_of)]]
    sums = sums.assign(**_foreseen(counts))
    sums["percentile"] = percentiles(counts, sums["branches"].to_numpy())
    return sums.iloc[0].rename("city")
