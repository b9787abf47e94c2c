"""What holds the target back: the gap from full coverage to the expected one, part by part (MODEL §7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.labels import text
from workbench.planning.reachability import Ceiling, ceiling
from workbench.simulation import KINDS, OUTREACH, Estimate, Outcome, build_cases, simulate

if TYPE_CHECKING:
    from workbench.grouping import Grouping
    from workbench.inputs.scenario import Scenario

#: The parts from full coverage down to the expected one, in the order in which they are taken away.
PARTS = ("structure", "grouping", "time", "election", "approval", "failure", "instructors")


@dataclass(frozen=True, eq=False)
class Gap:
    """1 − expected organization coverage by the deadline, split without remainder.

    Attributes
    ----------
    expected : mean coverage by the deadline, a share; `ceiling` and `target` likewise.
    probability : P(target), with its interval.
    table : one row a part, from full coverage down: points (share lost to it), before and after (coverage).
    levers : one row a measure: expected coverage and P(target) with it, and what it adds, on the same random numbers.
    """

    expected: float
    ceiling: float
    target: float
    probability: Estimate
    table: pd.DataFrame
    levers: pd.DataFrame

    @property
    def holding_back(self) -> pd.DataFrame:
        """The parts by size, largest first."""
        return self.table.sort_values("points", ascending=False, kind="stable")

    def summary(self, parts: int = 3) -> str:
        """The largest parts in percentage points, in the language in use."""
        lines = [
            text("gap.line", part=text(f"gap.{name}"), points=f"{row['points'] * 100:.1f}")
            for name, row in self.holding_back.head(parts).iterrows()
            if row["points"] > 0
        ]
        head = text("gap.head", expected=f"{self.expected:.1%}", target=f"{self.target:.0%}")
        return "\n".join([head, *lines])


def explain_gap(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | None = None,
    *,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    outcome: Outcome | None = None,
) -> Gap:
    """Split the gap into structure, grouping, time, election, approval, failure and instructors.

    From the expected coverage upwards one obstacle after the other is removed, on the same random numbers:
    instructors (slots without limit from the opening), failure (every attempt succeeds), approval (approved at
    filing), election (at once). What is still missing to the ceiling is time: preparation and census against the
    calendar. Above the ceiling stand the units that no group took and the organizations that no rule can cover.
    The order is part of the answer: an obstacle removed later looks larger or smaller than one removed first.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, workers : as for `simulate`.
    outcome : what `simulate` gave for these very arguments, to save a run.
    """

    def run(changed: Scenario) -> Outcome:
        return simulate(register, changed, grouping, replications=replications, seed=seed, keep="city", workers=workers)

    top = ceiling(register, scenario, grouping)
    base = outcome or run(scenario)
    reached = {"base": base.expected()}
    changed = scenario
    for name, removal in _removals(register, scenario, grouping).items():
        changed = changed.replace(removal)
        reached[name] = run(changed).expected()
    return Gap(
        expected=reached["base"],
        ceiling=top.value,
        target=scenario.targets.organization,
        probability=base.probability(),
        table=_table(top, reached),
        levers=_levers(scenario, base, run),
    )


def _removals(register: pd.DataFrame, scenario: Scenario, grouping: Grouping | None) -> dict[str, dict[str, Any]]:
    """Obstacle -> the changes of the scenario that remove it."""
    cases = build_cases(register, scenario, grouping)
    plenty = {
        street: max(int(cases.pool_start[i + 1] - cases.pool_start[i]), 1) for i, street in enumerate(cases.streets)
    }
    formed = [kind for kind in KINDS if kind != KINDS[OUTREACH]]
    return {
        "instructors": {"instructors.by_street": plenty},
        "failure": {f"cases.{kind}.success": 1.0 for kind in KINDS},
        "approval": {f"cases.{kind}.approval": "none" for kind in formed},
        "election": {f"cases.{kind}.election": None for kind in formed},
    }


def _table(top: Ceiling, reached: dict[str, float]) -> pd.DataFrame:
    """The parts from full coverage down; each begins where the one before it ends."""
    grouping_level = top.value + float(top.table["share"].loc["left_out"])
    levels = [
        1.0,
        grouping_level,
        top.value,
        reached["election"],
        reached["approval"],
        reached["failure"],
        reached["instructors"],
        reached["base"],
    ]
    table = pd.DataFrame({"before": levels[:-1], "after": levels[1:]}, index=pd.Index(PARTS, name="part"))
    table.insert(0, "points", table["before"] - table["after"])
    return table


def _levers(scenario: Scenario, base: Outcome, run: Callable[[Scenario], Outcome]) -> pd.DataFrame:
    """Measures that a planner could take, each tried on the same random numbers."""
    rules = scenario.instructors
    half_more: dict[str, Any] = {"instructors.total": round(rules.total * 1.5)}
    if rules.by_street:
        half_more = {"instructors.by_street": {s: -(-n * 3 // 2) for s, n in rules.by_street.items()}}
    weekly = _for_every_committee(scenario, "every_weeks", 1)
    no_limit = _for_every_committee(scenario, "agenda", None)
    both = _for_every_committee(scenario.replace(weekly), "agenda", None)
    tries: dict[str, dict[str, Any]] = {
        "more_instructors": half_more,
        "weekly_meetings": weekly,
        "no_agenda_limit": no_limit,
        "weekly_and_no_limit": weekly | both,
        "all_three": half_more | weekly | both,
    }
    rows = []
    for name, change in tries.items():
        outcome = run(scenario.replace(change))
        chance = outcome.probability()
        rows.append((name, outcome.expected(), outcome.expected() - base.expected(), *chance))
    columns = ["lever", "expected", "gain", "probability", "low", "high"]
    return pd.DataFrame(rows, columns=columns).set_index("lever")


def _for_every_committee(scenario: Scenario, rule: str, value: int | None) -> dict[str, Any]:
    """One rule for the city's committees and for those that have their own; everything else of theirs stays."""
    own = {
        street: committee.model_dump(mode="json", exclude_unset=True) | {rule: value}
        for street, committee in scenario.committee.by_street.items()
    }
    return {f"committee.{rule}": value, "committee.by_street": own}
