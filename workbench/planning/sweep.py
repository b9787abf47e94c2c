"""A grid of settings, simulated on common random numbers: one row per combination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import checked
from workbench.errors import Cancelled, ScenarioError
from workbench.grouping import grouping_rules, joined
from workbench.inputs import asked
from workbench.labels import text
from workbench.planning.desk import ResponseCache, Responses, prospect
from workbench.planning.gap import ceiling
from workbench.progress import Progress
from workbench.simulation.setup import prepare

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Combinations of a grid, at most: beyond, somebody has probably written a range by mistake.
MOST_COMBINATIONS = 10_000
#: What a row says of a combination, after its settings.
MEASURES = (
    "ceiling", "expected", "probability", "low", "high", "expected_work", "work_probability", "work_low", "work_high",
)  # fmt: skip


@asked
def sweep(
    register: pd.DataFrame,
    scenario: Scenario,
    grid: Mapping[str, Sequence[Any]],
    grouping: Grouping | Literal[False] | None = None,
    *,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Simulate every combination of some settings, all on the same random numbers.

    Differences between rows are the settings', not luck's. What two combinations have in common is simulated once: a
    responsible unit that a setting leaves as it is costs nothing more.

    Parameters
    ----------
    register, scenario
        as for `simulate`.
    grid
        path of a setting (as for ``Scenario.replace``) -> the values to try.
    grouping
        who joins whom; None finds it, False leaves joint branches out. Where a setting changes the rules for joint
        branches, they are found anew.
    replications, seed, workers
        as for `simulate`.
    progress
        called with (done, in all) after each combination; it may return False to stop.

    Returns
    -------
    pd.DataFrame
        one row per combination, in the grid's order, the last setting changing fastest: a column per setting under its
        path; ceiling; expected and probability with low and high (organization coverage, a share, and P of its target);
        expected_work and work_probability with work_low and work_high.

    Raises
    ------
    ScenarioError
        no settings or values, too many combinations, an unknown path, or a value that the scenario refuses.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(60, 3, seed=1)
    >>> grid = {"instructors.total": [4, 12], "committee.every_weeks": [2, 1]}
    >>> found = wb.sweep(city, wb.Scenario(), grid, replications=50)
    >>> found[["instructors.total", "committee.every_weeks"]].values.tolist()
    [[4, 2], [4, 1], [12, 2], [12, 1]]
    >>> bool(found["expected"].iloc[3] > found["expected"].iloc[0])
    True
    """
    replications, seed, workers = checked(replications=replications, seed=seed, workers=workers)
    combinations = _combinations(grid)
    # Refused before anything is simulated.
    scenarios = [scenario.replace(dict(zip(grid, values, strict=True))) for values in combinations]
    joint = {} if grouping is None else {grouping_rules(scenario): grouping}
    kept, rows = ResponseCache(), []
    for done, (values, changed) in enumerate(zip(combinations, scenarios, strict=True), 1):
        rules = grouping_rules(changed)
        if rules not in joint:
            joint[rules] = joined(register, changed, False if grouping is False else None)
        setup = prepare(register, changed, joint[rules])
        responses = Responses(setup, replications=replications, seed=seed, kept=kept)
        found = prospect(responses, [setup.instructors[unit] for unit in responses.responsible_units], workers)
        top = ceiling(register, changed, joint[rules]).value
        rows.append((*values, top, found.expected, *found.probability, found.expected_work, *found.work_probability))
        if progress is not None and progress(done, len(combinations)) is False:
            raise Cancelled(text("error.cancelled"))
    return pd.DataFrame(rows, columns=[*grid, *MEASURES])


def _combinations(grid: Mapping[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Every combination of values, the last setting changing fastest."""
    if not isinstance(grid, Mapping) or not grid:
        raise ScenarioError(text("error.sweep_nothing"))
    size = 1
    for path, values in grid.items():
        if not isinstance(values, Sequence) or isinstance(values, str) or not len(values):
            raise ScenarioError(text("error.sweep_values", path=str(path)))
        size *= len(values)
    if size > MOST_COMBINATIONS:
        raise ScenarioError(text("error.sweep_many", count=size, most=MOST_COMBINATIONS))
    return list(product(*grid.values()))
