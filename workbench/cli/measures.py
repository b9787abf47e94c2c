"""`workbench measures`: the least that must be decided."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import grouped, say
from workbench.errors import ArgumentError
from workbench.labels import text, use_language

EXAMPLE = "workbench measures scenarios/baseline.yaml --confidence 0.8 --out measures.xlsx"


def measures(
    scenario_file: options.ScenarioFile,
    register_file: options.RegisterFile = None,
    confidence: Annotated[float, typer.Option(help="How sure the target is to be. · 达到目标须有的把握")] = 0.9,
    most: Annotated[int, typer.Option(min=1, help="All sets of up to so many are tried. · 试遍多少项以内的组合")] = 3,
    counting: Annotated[
        bool, typer.Option("--counting", help="Also what only counts otherwise. · 只改变口径的也可入组合")
    ] = False,
    replications: options.Replications = 1000,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: options.TableFile = None,
) -> None:
    """The least that must be decided for the target to be safe. · 至少需要采取哪些措施"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.views.files import measures_screen, refuse_kind, write_measures

    if out is not None:
        refuse_kind(out, (".csv", ".xlsx"))
    from workbench.planning.measures import measures as find_measures
    from workbench.simulation import there

    with (
        grouped(scenario_file, register_file, hard, seed, "measures") as (scenario, register, grouping, stages),
        stages("measures"),
    ):
        try:
            found = there(
                find_measures, register, scenario, grouping, confidence=confidence, most=most, counting=counting,
                replications=replications, seed=seed, progress=stages.progress,
            )  # fmt: skip
        except ArgumentError as fault:
            raise typer.BadParameter(str(fault)) from None
    say(measures_screen(found))
    if out is not None:
        say(text("screen.written", path=write_measures(found, out)))
