"""`workbench simulate`: joint branches and simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import grouped, say
from workbench.labels import text, use_language

EXAMPLE = "workbench simulate scenarios/reachable.yaml --replications 5000 --out outcome.nc"


def simulate(
    scenario_file: options.ScenarioFile,
    register_file: options.RegisterFile = None,
    replications: options.Replications = 1000,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all simulated numbers there: .nc. · 写入全部模拟结果"),
    ] = None,
) -> None:
    """Joint branches and simulation: the probability of both targets. · 只模拟"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.views.files import refuse_kind

    if out is not None:
        refuse_kind(out, (".nc",))
    from workbench.simulation import simulate as run_campaign

    with (
        grouped(scenario_file, register_file, hard, seed, "simulate") as (scenario, register, grouping, stages),
        stages("simulate"),
    ):
        outcome = run_campaign(
            register, scenario, grouping, replications=replications, seed=seed, progress=stages.progress
        )
    say(outcome.summary())
    if out is not None:
        say(text("screen.written", path=outcome.save(out)))
