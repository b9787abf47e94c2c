"""What holds the target back: the gap from full coverage to the expected one, part by part (MODEL §7)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isnan, nan
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import Rule, broken, checked, refuse
from workbench.grouping import grouping_fingerprint, joined
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import bare_points, percent, target_percent
from workbench.planning.gap.ceiling import Ceiling, ceiling
from workbench.planning.gap.obstacles import OBSTACLES, mean_without, shapley_shares
from workbench.progress import Progress
from workbench.shown import Shown
from workbench.simulation import simulate
from workbench.simulation.results import Estimate, Outcome, provenance
from workbench.simulation.setup import Setup, prepared

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: The parts of the gap, from full coverage down to the expected one.
PARTS = ("structure", "grouping", "time", "election", "approval", "failure", "instructors")


@dataclass(frozen=True, eq=False, repr=False)
class Gap(Shown):
    """1 − expected organization coverage by the deadline, split without remainder.

    Attributes
    ----------
    expected
        mean coverage by the deadline, a share; `ceiling` and `target` likewise.
    probability
        P(target), with its interval.
    table
        one row a part, from full coverage down: part (the index, too), points (share of all organizations lost to it;
        an obstacle's is its Shapley share), alone (what coverage gains if only this obstacle goes), last (what is
        still lost if only this one stays). Structure, grouping and time are what is left, not obstacles that one
        could take away: alone and last are NaN there.
    """

    shown_figure = "waterfall"

    expected: float
    ceiling: float
    target: float
    probability: Estimate
    table: pd.DataFrame
    ungrouped: int = 0

    @property
    def holding_back(self) -> pd.DataFrame:
        """The parts by size, largest first."""
        return self.table.sort_values("points", ascending=False, kind="stable")

    def summary(self) -> str:
        """Every part that takes anything, in percentage points, and of the obstacles what each comes to alone and
        last; in the language in use."""
        values = {"expected": percent(self.expected), "target": target_percent(self.target)}
        lines = [text("gap.head", **values)]
        together = 0
        for part, row in self.holding_back.iterrows():
            if row["points"] or row["alone"] > 0:
                key = "gap.line" if isnan(row["alone"]) else "gap.obstacle"
                points = {name: bare_points(row[name]) for name in ("points", "alone", "last")}
                lines.append(text(key, part=text(f"gap.{part}"), **points))
                together += key == "gap.obstacle"
        if len(lines) == 1:
            return text("gap.nothing", **values)
        if together > 1:
            lines.append(text("gap.together"))
        return "\n".join(lines)


@asked
def explain_gap(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    outcome: Outcome | None = None,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> Gap:
    """Split the gap into structure, grouping, time, election, approval, failure and instructors (MODEL §7).

    Four obstacles are taken away alone, in pairs, and so on, on the same random numbers: instructors (slots without
    limit from the opening), failure (every attempt succeeds), approval (approved at filing) and election (at once).
    They work together, so that what one costs depends on which others stand. Three numbers tell of each: its Shapley
    share (Shapley 1953), the mean over all orders of taking them away; what coverage gains if it alone goes; and what
    is still lost if it alone stays. What is missing to the ceiling without all four is time: preparation and census
    against the calendar. The shares and time add up to the ceiling less expected coverage. Above the ceiling stand the
    units that no group took and the organizations that no rule can cover.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, workers
        as for `simulate`.
    outcome
        what `simulate` gave for these very arguments: what it says of coverage is taken over.
    progress
        called with (done, in all); it may return False to stop.
    setup
        what `prepare` gave for register, scenario and grouping, where it is there already.

    Raises
    ------
    ValueError
        a number outside its range; `outcome` is of another register, scenario, grouping, seed or number of
        replications.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> city, scenario = make_city(60, 3, seed=1), Scenario().replace("instructors.total", 6)
    >>> gap = explain_gap(city, scenario, replications=20)
    >>> list(gap.table.columns), list(gap.table["part"])[-2:]
    (['part', 'points', 'alone', 'last'], ['failure', 'instructors'])
    >>> print(round(gap.table["points"].sum() + gap.expected, 9))
    1.0
    """

    replications, seed, workers = checked(replications=replications, seed=seed, workers=workers)
    grouping = joined(register, scenario, grouping)
    top = ceiling(register, scenario, grouping)
    if outcome is not None:
        _check_same(
            outcome,
            provenance(register, scenario, grouping_fingerprint(grouping))
            | {"seed": seed, "replications": replications},
        )
    setup = prepared(setup, register, scenario, grouping)
    base = outcome or simulate(
        register, scenario, grouping, replications=replications, seed=seed, keep="city", workers=workers, setup=setup
    )
    without = mean_without(
        register, scenario, grouping, replications=replications, seed=seed, workers=workers, progress=progress,
        setup=setup,
    )  # fmt: skip
    return Gap(
        expected=base.expected(),
        ceiling=top.value,
        target=scenario.targets.organization,
        probability=base.probability(),
        table=_table(top, without),
        ungrouped=top.ungrouped,
    )


def _check_same(outcome: Outcome, wanted: dict[str, Any]) -> None:
    """The parts would still sum if it were another campaign's, and mean nothing."""
    compared = ("register_fingerprint", "scenario_fingerprint", "grouping_fingerprint", "seed", "replications")
    other = [name for name in compared if outcome.provenance[name] != wanted[name]]
    if other:
        differing = text("value.and").join(text(f"argument.differs.{name}") for name in other)
        refuse([broken("outcome", outcome, Rule(bool, "same_outcome", {"faults": differing}))])


def _table(top: Ceiling, without: dict[frozenset[str], Fraction]) -> pd.DataFrame:
    """The parts from full coverage down; exact sums, rounded once."""
    counts = top.table["organizations"]
    total = max(int(counts.sum()), 1)
    everything = frozenset(OBSTACLES)
    points = {
        "structure": Fraction(int(counts["no_member"] + counts["dormant"]), total),
        "grouping": Fraction(int(counts["left_out"]), total),
        "time": Fraction(top.possible, total) - without[everything],
        **shapley_shares(OBSTACLES, without),
    }
    nobody: frozenset[str] = frozenset()
    alone = {name: without[frozenset({name})] - without[nobody] for name in OBSTACLES}
    last = {name: without[everything] - without[everything - {name}] for name in OBSTACLES}
    columns = {"points": points, "alone": alone, "last": last}
    rows = [{"part": part} | {name: float(of.get(part, nan)) for name, of in columns.items()} for part in PARTS]
    return pd.DataFrame(rows, index=pd.Index(PARTS, dtype="str"))
