"""The frontier: what probability of the target each number of instructors, or each yuan, can buy, by scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked, choice
from workbench.errors import ScenarioError
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import money, percent, target_percent
from workbench.shown import Shown
from workbench.simulation.results import wilson

if TYPE_CHECKING:
    from workbench.planning.allocation.allocate import Allocation

Against = Literal["instructors", "cost"]


@dataclass(frozen=True, eq=False, repr=False)
class Frontier(Shown):
    """Probability of the target against effort, for one or more scenarios.

    Attributes
    ----------
    table
        one row a (scenario, total): cost of the instructors in yuan (NaN where nothing tells it); expected,
        probability and bound of the best allocation of at most so many instructors that was found, on the sample that
        it was searched on, and what no allocation exceeds there; low, high, the 95 % interval of the probability for
        the luck of finitely many replications (not for the search, which flatters itself on its own sample); efficient,
        whether no other row of any scenario does at least as well for no more effort, and better in one of the two.
    needed
        one row a scenario: total and cost, the least that reach `confidence` on the sample (NaN where none does);
        probability, the greatest of the scenario, and at, the least total that has it; asked and asked_cost, the
        allocation itself, and fresh, fresh_low, fresh_high, its probability on fresh replications.
    against
        ``"instructors"`` or ``"cost"``. confidence : a share.
    """

    shown_table = "needed"
    shown_figure = "frontier"

    table: pd.DataFrame
    needed: pd.DataFrame
    against: Against
    confidence: float

    @property
    def cheapest(self) -> str | None:
        """The scenario that reaches the confidence with least effort; None where none does."""
        effort = self.needed["total" if self.against == "instructors" else "cost"].dropna()
        return None if effort.empty else str(effort.idxmin())

    def summary(self) -> str:
        """What each scenario needs, in the language in use."""
        lines = [text("frontier.head", confidence=target_percent(self.confidence))]
        for name, row in zip(self.needed.index, self.needed.to_dict("records"), strict=True):
            reached = row["total"] == row["total"]
            values = {"name": name, "best": percent(row["probability"]), "at": int(row["at"])}
            if reached:
                values |= {"total": int(row["total"]), "cost": money(row["cost"])}
            key = "out" if not reached else "needs" if self.against == "instructors" else "costs"
            lines.append(text(f"frontier.{key}", **values))
        return "\n".join(lines)


@asked
def frontier(
    allocations: Mapping[str, Allocation], *, against: Against = "instructors", confidence: float = 0.9
) -> Frontier:
    """Lay the curves of several allocations side by side.

    The curve of an allocation holds, for every total up to its own, the best allocation that was found. More need not
    be better: with priorities, retries or an agenda one instructor more may cost coverage, and the curves are
    shown as they are.

    Parameters
    ----------
    allocations
        name -> what `allocate` gave, for the largest total to be looked at.
    against
        effort counted in instructors, or in yuan by the scenario's ``costs.instructor_month``: the cost that a
        budget limits (`Allocation.cost`). Start-up money is no effort of the campaign but follows from the branches
        that it brings; `Allocation.start_up_cost` says how much is to be expected.
    confidence
        the probability of the target that is asked for, above 0, at most 1.

    Raises
    ------
    ScenarioError
        no allocation at all, or costs asked for where an instructor costs nothing.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(90, 4, seed=1)
    >>> plan = wb.Scenario().replace({"targets.organization": 0.35, "committee.every_weeks": 1})
    >>> found = wb.frontier({"plan": wb.allocate(city, plan, total=8, replications=20)}, confidence=0.5)
    >>> found.table.loc["plan"].index.tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8]
    >>> found.cheapest
    'plan'
    """
    choice("against", against, ("instructors", "cost"))
    (confidence,) = checked(confidence=confidence)
    if not allocations:
        raise ScenarioError(text("error.frontier_none"))
    free = [name for name, each in allocations.items() if each.total and not each.cost > 0.0]
    if against == "cost" and free:
        raise ScenarioError(text("error.frontier_cost", names=text("comparison.and").join(free)))
    table = pd.concat({name: _curve(each) for name, each in allocations.items()}, names=["scenario", "total"])
    effort = table.index.get_level_values("total").to_numpy() if against == "instructors" else table["cost"].to_numpy()
    table["efficient"] = _efficient(np.asarray(effort, dtype=np.float64), table["probability"].to_numpy())
    needed = {
        name: _needed(table.loc[[name]].droplevel("scenario"), confidence) | _fresh(allocation)
        for name, allocation in allocations.items()
    }
    return Frontier(
        table=table,
        needed=pd.DataFrame.from_dict(needed, orient="index").rename_axis("scenario"),
        against=against,
        confidence=confidence,
    )


def _curve(allocation: Allocation) -> pd.DataFrame:
    """One row a total, with its cost and the interval of its probability."""
    curve = allocation.curve[["expected", "probability", "bound"]].sort_index()
    each = allocation.cost / allocation.total if allocation.total else float("nan")
    count = allocation.replications
    intervals = [wilson(round(chance * count), count) for chance in curve["probability"]]
    totals = curve.index.to_numpy(dtype=np.int64)
    return curve.assign(
        cost=np.where(totals == 0, 0.0, totals * each),
        low=[interval.low for interval in intervals],
        high=[interval.high for interval in intervals],
    )


def _efficient(effort: NDArray[np.float64], chance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether nothing does at least as well for no more, and better in one of the two; equals all stay.

    >>> _efficient(np.array([1.0, 2.0, 2.0, 3.0, 3.0]), np.array([0.2, 0.2, 0.5, 0.5, 0.7])).tolist()
    [True, False, True, False, True]
    """
    kept = np.zeros(len(effort), dtype=np.bool_)
    best, at = -np.inf, -np.inf
    for place in np.lexsort((-chance, effort)):
        kept[place] = chance[place] > best or (chance[place] == best and effort[place] == at)
        if kept[place]:
            best, at = chance[place], effort[place]
    return kept


def _needed(curve: pd.DataFrame, confidence: float) -> dict[str, float]:
    """The least total that reaches the confidence, and the best there is."""
    top = curve["probability"].max()
    enough = curve[curve["probability"] >= confidence]  # each a count, divided once
    found = {"total": float("nan"), "cost": float("nan")}
    if len(enough):
        found = {"total": float(enough.index[0]), "cost": float(enough["cost"].iloc[0])}
    return found | {"probability": float(top), "at": int(curve.index[curve["probability"] == top][0])}


def _fresh(allocation: Allocation) -> dict[str, float]:
    """What the allocation is worth on replications that it was not searched on."""
    chance = allocation.probability
    judged = {"fresh": chance.value, "fresh_low": chance.low, "fresh_high": chance.high}
    return {"asked": allocation.total, "asked_cost": allocation.cost} | judged
