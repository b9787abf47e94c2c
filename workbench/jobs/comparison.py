"""The job of `workbench compare`: group and simulate each scenario on the same luck, then hold them side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.grouping import group
from workbench.grouping.answer import Grouping
from workbench.jobs.plan import plannable
from workbench.labels import text
from workbench.planning.comparison import Comparison, compare
from workbench.simulation import simulate
from workbench.simulation.results import Outcome

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario
    from workbench.jobs.stages import Stages
    from workbench.planning.comparison import RankBy
    from workbench.simulation.results import Target


def compare_scenarios(
    files: Sequence[Path],
    inputs: Sequence[tuple[Scenario, pd.DataFrame]],
    *,
    target: Target = "organization",
    rank_by: RankBy = "expected",
    replications: int = 1000,
    seed: int = 0,
    effort: str | int = "normal",
    time_limit: float | None = None,
    stages: Stages,
) -> Comparison:
    """Group, simulate and compare scenarios, each with its own joint branches.

    Parameters
    ----------
    files
        where the scenarios come from; a scenario is called by its title, or by its file where two share a title.
    inputs
        scenario and register of each file.
    target, rank_by
        as for `compare`.
    replications, seed
        of every simulation.
    effort, time_limit
        how hard to look for joint branches, as for `group`.
    stages
        told about the stages ``"group"``, ``"simulate"`` and ``"compare"``.
    """
    labels = [scenario.label for scenario, _ in inputs]
    shared = {label for label, times in Counter(labels).items() if times > 1}
    names = [str(file) if label in shared else label for file, label in zip(files, labels, strict=True)]
    with stages("group"):
        hard: dict[str, Any] = {"effort": effort, "time_limit": time_limit, "seed": seed}
        groupings = _groupings(inputs, {**hard, "progress": stages.progress})
    outcomes: dict[str, Outcome] = {}
    with stages("simulate"):
        for name, (scenario, register), grouping in zip(names, inputs, groupings, strict=True):
            outcomes[name] = simulate(
                register, scenario, grouping, replications=replications, seed=seed, progress=stages.progress
            )
    with stages("compare"):
        return compare(outcomes, target=target, rank_by=rank_by)


def plannable_inputs(
    inputs: Sequence[tuple[Scenario, pd.DataFrame]],
) -> tuple[list[tuple[Scenario, pd.DataFrame]], list[str]]:
    """Scenarios as they can be planned for their registers, and what to mind that is not about one scenario alone."""
    able = [(plannable(register, scenario)[0], register) for scenario, register in inputs]
    without_places = any(now is not was for (now, _), (was, _) in zip(able, inputs, strict=True))
    return able, [text("warning.no_places")] if without_places else []


def _groupings(inputs: Sequence[tuple[Scenario, pd.DataFrame]], hard: dict[str, Any]) -> list[Grouping]:
    """The joint branches of each; scenarios that do not differ in what decides them share one search."""
    found: list[tuple[str, pd.DataFrame, Grouping]] = []
    chosen = []
    for scenario, register in inputs:
        rules = scenario.model_dump_json(include={"grouping", "policy"})
        known = next((each[2] for each in found if each[0] == rules and each[1].equals(register)), None)
        grouping = group(register, scenario, **hard) if known is None else known
        found.append((rules, register, grouping))
        chosen.append(grouping)
    return chosen
