"""`workbench allocate`: where instructors go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import grouped, say
from workbench.errors import ScenarioError
from workbench.labels import text, use_language

EXAMPLE = "workbench allocate scenarios/reachable.yaml --total 120 --out more_wisely.yaml"


def allocate(
    scenario_file: options.ScenarioFile,
    register_file: options.RegisterFile = None,
    total: Annotated[int | None, typer.Option(min=0, help="So many instructors at most. · 指导员总数")] = None,
    confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="The fewest that reach the target so surely. · 最少多少名才有此把握"),
    ] = None,
    budget: Annotated[
        float | None, typer.Option(min=0.0, help="So many yuan at most, by costs.instructor_month. · 费用上限（元）")
    ] = None,
    work: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="A condition: the work target so surely. · 工作覆盖达标的把握下限"),
    ] = None,
    replications: options.Replications = 1000,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write there: a table (.csv, .xlsx) or a scenario (.yaml). · 写成表或新方案"),
    ] = None,
) -> None:
    """Where instructors do most, or how few are enough: give --total, --confidence or --budget. · 指导员配置"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.planning.allocation import allocate as find_allocation
    from workbench.planning.allocation import check_asked
    from workbench.simulation import there
    from workbench.views.files import ENDINGS, allocation_screen, refuse_kind, write_allocation

    try:
        check_asked(total, confidence, budget, work, replications)
    except (ScenarioError, ValueError) as fault:
        raise typer.BadParameter(str(fault)) from None
    if out is not None:
        refuse_kind(out, ENDINGS)

    with (
        grouped(scenario_file, register_file, hard, seed, "allocate") as (scenario, register, grouping, stages),
        stages("allocate"),
    ):
        found = there(
            find_allocation,
            register,
            scenario,
            grouping,
            total=total,
            confidence=confidence,
            budget=budget,
            work=work,
            replications=replications,
            seed=seed,
            progress=stages.progress,
        )
    say(allocation_screen(found))
    if out is not None:
        say(text("screen.written", path=write_allocation(found, scenario_file, out)))
