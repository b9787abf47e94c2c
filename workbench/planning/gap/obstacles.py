"""The four obstacles, taken away in every combination, and what each is answerable for (MODEL §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.errors import Cancelled
from workbench.labels import text
from workbench.planning.desk import Responses
from workbench.progress import Progress
from workbench.simulation.setup import FORMING, KINDS, Setup, prepare, prepared

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: What can be taken away of the campaign, by name.
OBSTACLES = ("election", "approval", "failure", "instructors")
#: Obstacle -> the changes of a scenario that remove it. Instructors are no change of the scenario: slots without limit
#: are an instructor for every case.
REMOVALS: dict[str, dict[str, Any]] = {
    "election": {f"cases.{kind}.election": None for kind in FORMING},
    "approval": {f"cases.{kind}.approval": "none" for kind in FORMING},
    "failure": {f"cases.{kind}.success": 1.0 for kind in KINDS},
}


def mean_without(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False],
    *,
    replications: int,
    seed: int,
    workers: int | None = None,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> dict[frozenset[str], Fraction]:
    """Expected organization coverage by the deadline without each set of obstacles, exactly, on the same sample.

    Sixteen simulations on eight set-ups: with and without instructors, one set-up is prepared and drawn for once.

    Raises
    ------
    Cancelled
        `progress` returned False.
    """
    means: dict[frozenset[str], Fraction] = {}
    sets = [each for size in range(len(REMOVALS) + 1) for each in combinations(REMOVALS, size)]
    for done, removed in enumerate(sets):
        changes = {path: value for name in removed for path, value in REMOVALS[name].items()}
        own = (
            prepare(register, scenario.replace(changes), grouping)
            if changes
            else prepared(setup, register, scenario, grouping)
        )
        responses = Responses(own, replications=replications, seed=seed)
        present = [own.instructors[unit] for unit in responses.responsible_units]
        plenty = [responses.enough(code) for code in range(len(responses.responsible_units))]
        for number, (numbers, name) in enumerate(((present, ()), (plenty, ("instructors",)))):
            responses.fill(numbers, workers, least=numbers)
            covered = int(responses.branches(numbers).sum())
            means[frozenset({*removed, *name})] = Fraction(covered, replications * max(responses.organizations, 1))
            if progress is not None and progress(2 * done + number + 1, 2 * len(sets)) is False:
                raise Cancelled(text("error.cancelled"))
    return means


def shapley_shares(names: Sequence[str], worth: Mapping[frozenset[str], Fraction]) -> dict[str, Fraction]:
    """What each name brings, averaged over all orders in which they may come (Shapley 1953).

    The shares add up exactly to the worth of all less the worth of none.

    >>> worth = {frozenset(): 0, frozenset("a"): 0, frozenset("b"): 0, frozenset("ab"): 6}
    >>> {name: int(share) for name, share in shapley_shares("ab", worth).items()}
    {'a': 3, 'b': 3}
    """
    shares = {}
    for name in names:
        others = [other for other in names if other != name]
        share = Fraction(0)
        for size in range(len(names)):
            weight = Fraction(1, len(names) * comb(len(others), size))
            for before in map(frozenset, combinations(others, size)):
                share += weight * (worth[before | {name}] - worth[before])
        shares[name] = share
    return shares
