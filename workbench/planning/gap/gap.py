"""What holds the target back: the gap from full coverage to the expected one, part by part (MODEL §7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.arguments import checked
from workbench.labels import text
from workbench.planning.gap.ceiling import Ceiling, ceiling
from workbench.planning.gap.closing import Closing, close
from workbench.planning.gap.measures import both_rules, for_every_committee
from workbench.simulation import simulate
from workbench.simulation.results import Estimate, Outcome, provenance
from workbench.simulation.setup import KINDS, OUTREACH, build_cases

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: The parts from full coverage down to the expected one, in the order in which they are taken away.
PARTS = ("structure", "grouping", "time", "election", "approval", "failure", "instructors")


@dataclass(frozen=True, eq=False)
class Gap:
    """1 − expected organization coverage by the deadline, split without remainder.

    Attributes
    ----------
    expected
        mean coverage by the deadline, a share; `ceiling` and `target` likewise.
    probability
        P(target), with its interval.
    table
        one row a part, from full coverage down: points (share lost to it), before and after (coverage).
    levers
        one row a measure: expected coverage and P(target) with it, and what it adds, on the same random numbers.
    shapley
        whether the parts below the ceiling are averages over all orders of removing obstacles.
    """

    expected: float
    ceiling: float
    target: float
    probability: Estimate
    table: pd.DataFrame
    levers: pd.DataFrame
    shapley: bool = False
    _close: Callable[[], Closing] | None = field(default=None, repr=False)

    @cached_property
    def closing(self) -> Closing:
        """What would close the shortfall to the target, each measure with the size that it takes: searched for when
        first asked, on the same random numbers."""
        if self._close is None:
            raise ValueError("closing: this gap was not made by explain_gap")
        return self._close()

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
        if self.shapley:
            lines.append(text("gap.shapley"))
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
    shapley: bool = False,
) -> Gap:
    """Split the gap into structure, grouping, time, election, approval, failure and instructors.

    From the expected coverage upwards one obstacle after the other is removed, on the same random numbers:
    instructors (slots without limit from the opening), failure (every attempt succeeds), approval (approved at
    filing), election (at once). What is still missing to the ceiling is time: preparation and census against the
    calendar. Above the ceiling stand the units that no group took and the organizations that no rule can cover.
    The order is part of the answer: an obstacle removed later looks larger or smaller than one removed first.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, workers
        as for `simulate`.
    outcome
        what `simulate` gave for these very arguments, to save a run.
    shapley
        average every obstacle's part over all 24 orders instead (Shapley 1953): 16 runs, and no order decides.

    Raises
    ------
    ValueError
        a number outside its range; `outcome` is of another register, scenario, grouping, seed or number of
        replications.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> city, scenario = make_city(60, 3, seed=1), Scenario().replace("instructors.total", 6)
    >>> gap = explain_gap(city, scenario, replications=20)
    >>> list(gap.table.index)
    ['structure', 'grouping', 'time', 'election', 'approval', 'failure', 'instructors']
    >>> print(round(gap.table["points"].sum() + gap.expected, 9))
    1.0
    """

    def run(changed: Scenario) -> Outcome:
        return simulate(register, changed, grouping, replications=replications, seed=seed, keep="city", workers=workers)

    replications, seed, workers = checked(replications=replications, seed=seed, workers=workers)
    top = ceiling(register, scenario, grouping)
    if outcome is not None:
        _check_same(outcome, provenance(register, scenario, grouping) | {"seed": seed, "replications": replications})
    base = outcome or run(scenario)
    removals = _removals(register, scenario, grouping)
    removed = _shapley_levels if shapley else _levels
    return Gap(
        expected=base.expected(),
        ceiling=top.value,
        target=scenario.targets.organization,
        probability=base.probability(),
        table=_table(top, removed(scenario, removals, base.expected(), lambda changed: run(changed).expected())),
        levers=_levers(scenario, base, run),
        shapley=shapley,
        _close=lambda: close(
            register, scenario, grouping, base=base, top=top, replications=replications, seed=seed, workers=workers
        ),
    )


def _check_same(outcome: Outcome, wanted: dict[str, Any]) -> None:
    """The parts would still sum if it were another campaign's, and mean nothing."""
    compared = ("register_fingerprint", "scenario_fingerprint", "grouping_fingerprint", "seed", "replications")
    other = [name for name in compared if outcome.provenance[name] != wanted[name]]
    if other:
        faults = "; ".join(f"{name} {outcome.provenance[name]}, not {wanted[name]}" for name in other)
        raise ValueError(f"outcome: must be what `simulate` gives for these very arguments, but has {faults}")


def _levels(
    scenario: Scenario, removals: dict[str, dict[str, Any]], base: float, expected: Callable[[Scenario], float]
) -> dict[str, float]:
    """Expected coverage as one obstacle after the other is removed, each on top of those before."""
    reached, changed = {"base": base}, scenario
    for name, removal in removals.items():
        changed = changed.replace(removal)
        reached[name] = expected(changed)
    return reached


def _shapley_levels(
    scenario: Scenario, removals: dict[str, dict[str, Any]], base: float, expected: Callable[[Scenario], float]
) -> dict[str, float]:
    """The same levels, but each obstacle's step is its average over all orders; exact sums of the runs' means."""
    names = tuple(removals)
    worth: dict[tuple[str, ...], Fraction] = {(): Fraction(base)}
    for size in range(1, len(names) + 1):
        for without in combinations(names, size):
            changed = scenario
            for name in without:
                changed = changed.replace(removals[name])
            worth[without] = Fraction(expected(changed))
    reached, level = {"base": base}, worth[()]
    for name in names:
        others = [other for other in names if other != name]
        for size in range(len(names)):
            weight = Fraction(1, len(names) * comb(len(others), size))
            for before in combinations(others, size):
                after = tuple(each for each in names if each in before or each == name)
                level += weight * (worth[after] - worth[before])
        reached[name] = float(level)
    return reached


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
    weekly = for_every_committee(scenario, "every_weeks", 1)
    no_limit = for_every_committee(scenario, "agenda", None)
    both = both_rules(scenario)
    tries: dict[str, dict[str, Any]] = {
        "more_instructors": half_more,
        "weekly_meetings": weekly,
        "no_agenda_limit": no_limit,
        "weekly_and_no_limit": both,
        "all_three": half_more | both,
    }
    rows = []
    for name, change in tries.items():
        outcome = run(scenario.replace(change))
        chance = outcome.probability()
        rows.append((name, outcome.expected(), outcome.expected() - base.expected(), *chance))
    columns = ["lever", "expected", "gain", "probability", "low", "high"]
    return pd.DataFrame(rows, columns=columns).set_index("lever")
