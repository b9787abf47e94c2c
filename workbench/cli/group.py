"""`workbench group`: joint branches only."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from workbench.cli import options
from workbench.cli.context import in_stages, inputs, say
from workbench.labels import text, use_language

EXAMPLE = "workbench group scenarios/baseline.yaml --out joint_branches.xlsx"


def group(
    scenario_file: options.ScenarioFile,
    register_file: options.RegisterFile = None,
    method: Annotated[
        Literal["optimal", "nearest", "community", "supervisor"],
        typer.Option(help="The last three as done by hand."),
    ] = "optimal",
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: options.TableFile = None,
) -> None:
    """Joint branches only: who joins whom. · 只编排联合党组织"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.views.files import KINDS, refuse_kind, write_table

    if out is not None:
        refuse_kind(out, KINDS)
    scenario, register = inputs(scenario_file, register_file)
    from workbench.grouping import group as find_groups
    from workbench.simulation import there
    from workbench.views.report import joint_branches

    with in_stages("group") as stages, stages("group"):
        grouping = there(find_groups, register, scenario, method=method, **hard, seed=seed, progress=stages.progress)
    say(grouping.summary())
    if out is not None:
        write_table(joint_branches(register, scenario, grouping), out)
        say(text("screen.written", path=out))
