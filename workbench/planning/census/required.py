"""How many members the census must find for the ceiling to reach the target (MODEL §11)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.grouping import ANY_COST, Grouping, group
from workbench.labels import text
from workbench.numbers import target_percent, thousands
from workbench.planning.census.found import FindingChances, changed_register, drawn_change
from workbench.planning.gap import ceiling
from workbench.simulation import share, uniform
from workbench.targets import least_count

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: The ceiling shall reach the target in this share of cases.
SURE_SHARE = Fraction(9, 10)
#: Census outcomes that are asked, at most: each is grouped several times.
ASKED_OUTCOMES = 40


@dataclass(frozen=True, eq=False)
class RequiredFindings:
    """Members that must be found for the ceiling to reach the target with 90 %, wherever luck puts them.

    In each census outcome organizations stand in one order: that in which they are found as the chances of all are
    raised together. Counted is how far down that order the census must get.

    Attributes
    ----------
    members
        in all; 0 where the target can be reached as it is, None where the members that the chances allow for do not
        reach it in 90 % of outcomes.
    by_responsible
        how many of them are to be expected in each responsible unit; adds up to `members`.
    outcomes
        census outcomes that were asked.
    target
        the organization target, a share.
    """

    members: int | None
    by_responsible: pd.Series[int]
    outcomes: int
    target: float

    def summary(self) -> str:
        """One sentence, in the language in use."""
        target = target_percent(self.target)
        if self.members is None:
            return text("census.required_none", target=target)
        if self.members == 0:
            return text("census.required_nothing", target=target)
        return text("census.required", members=thousands(self.members), target=target)


def required_findings(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    chances: FindingChances,
    outcomes: int,
    seed: int,
) -> RequiredFindings:
    """Ask census outcomes 0 … outcomes - 1 how many members each must find, and take what is enough for 90 %."""
    responsible = register["responsible"].iloc[chances.rows].to_numpy(dtype=object)
    units = sorted(register["responsible"].unique())
    nothing = pd.Series(0, index=pd.Index(units, name="responsible", dtype="str"), name="members")
    if ceiling(register, scenario, grouping).reachable:
        return RequiredFindings(0, nothing, 0, scenario.targets.organization)
    asked = min(outcomes, ASKED_OUTCOMES)
    needed_in: list[float] = []
    where = np.zeros(len(units))
    for outcome in range(asked):
        order, members = _in_order(chances, outcome, seed)
        reached = _least_prefix(register, scenario, grouping, chances, order, members)
        needed_in.append(np.inf if reached is None else float(members[order[:reached]].sum()))
        if reached is not None:
            found = order[:reached]
            where += np.bincount(np.searchsorted(units, responsible[found]), members[found], len(units))
    needed = sorted(needed_in)[-(-asked * SURE_SHARE.numerator // SURE_SHARE.denominator) - 1] if asked else np.inf
    if not np.isfinite(needed):
        return RequiredFindings(None, nothing, asked, scenario.targets.organization)
    split = share(int(needed), {unit: Fraction(float(weight)) for unit, weight in zip(units, where, strict=True)})
    return RequiredFindings(int(needed), nothing.add(pd.Series(split)), asked, scenario.targets.organization)


def _in_order(chances: FindingChances, outcome: int, seed: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Organizations in the order in which they are found as all chances are raised, and the members of each."""
    possible = np.flatnonzero(chances.more > 0)
    u = uniform(chances.ids, outcome, 0, "discovery", seed=seed) if chances.ids else np.zeros(0)
    sure = chances._replace(more=np.ones(len(chances.ids)), fewer=np.zeros(len(chances.ids)))
    members = drawn_change(sure, outcome, seed)
    return possible[np.argsort(u[possible] / chances.more[possible], kind="stable")], members


def _least_prefix(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    chances: FindingChances,
    order: NDArray[np.intp],
    members: NDArray[np.int64],
) -> int | None:
    """How many of the order must be found; None where all are not enough.

    The ceiling rises nearly evenly with what is found: the false position is mostly close; every second step halves.
    """

    def missing(number: int) -> int:
        """Organizations that the ceiling lacks with so many of the order found; 0 or less where it lacks none."""
        change = np.zeros(len(chances.ids), np.int64)
        change[order[:number]] = members[order[:number]]
        grown = changed_register(register, chances.rows, change)
        anew = grouping and group(grown, scenario, start=grouping, effort="quick", gap=ANY_COST)
        top = ceiling(grown, scenario, anew)
        return least_count(top.target, int(top.table["organizations"].sum())) - top.possible

    low, high = 0, len(order)
    short, spare = missing(low), missing(high)
    if short <= 0:
        return 0
    if high == 0 or spare > 0:
        return None
    for turn in count():
        if high - low == 1:
            return high
        step = short * (high - low) // max(short - spare, 1) if turn % 2 == 0 else (high - low) // 2
        middle = low + min(max(step, 1), high - low - 1)
        found = missing(middle)
        if found > 0:
            low, short = middle, found
        else:
            high, spare = middle, found
    return None
