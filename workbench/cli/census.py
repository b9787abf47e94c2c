"""`workbench census`: what the census must find."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import grouped, say
from workbench.labels import text, use_language

EXAMPLE = "workbench census scenarios/census.yaml --out visits.xlsx"


def census(
    scenario_file: options.ScenarioFile,
    register_file: options.RegisterFile = None,
    outcomes: Annotated[
        int, typer.Option(min=2, help="How many ways the census could turn out. · 排查结果的种数")
    ] = 100,
    replications: Annotated[int, typer.Option(min=2, help="Campaigns simulated for each. · 每种结果的模拟次数")] = 200,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the visiting list there: .csv or .xlsx. · 走访清单写入该文件"),
    ] = None,
) -> None:
    """How far the ceiling hangs on what the census finds, and whom to visit first. · 排查摸底要查到什么"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.views.files import KINDS, census_screen, refuse_kind, write_visits

    if out is not None:
        refuse_kind(out, KINDS)
    from workbench.planning.census import census_value, simulate_census
    from workbench.simulation import there

    names = ("census", "census_value")
    with grouped(scenario_file, register_file, hard, seed, *names) as (scenario, register, grouping, stages):
        with stages("census"):
            found = there(
                simulate_census,
                register,
                scenario,
                grouping,
                outcomes=outcomes,
                replications=replications,
                seed=seed,
                progress=stages.progress,
            )
        with stages("census_value"):
            values = there(census_value, register, scenario, grouping, seed=seed, progress=stages.progress)
    say(census_screen(found, values, register, scenario))
    if out is not None:
        write_visits(values, register, scenario, out)
        say(text("screen.written", path=out))
