"""`workbench compare`: scenarios side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from workbench.cli import options
from workbench.cli.context import in_stages, inputs, say, warn
from workbench.labels import text, use_language

EXAMPLE = "workbench compare scenarios/baseline.yaml scenarios/weekly_meetings.yaml --out results/meetings"


def compare(
    scenario_files: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCENARIO...",
            parser=options.scenario_place,
            help="Two or more; the first is the baseline. · 方案文件",
        ),
    ],
    register_file: options.RegisterFile = None,
    target: Annotated[
        Literal["organization", "work"], typer.Option(help="Which coverage. · 组织覆盖或工作覆盖")
    ] = "organization",
    rank_by: Annotated[
        Literal["expected", "probability"],
        typer.Option(help="Rank by expected coverage, or by the chance of the target. · 排序依据"),
    ] = "expected",
    replications: Annotated[int, typer.Option(min=2, help="Paired replications. · 模拟次数")] = 1000,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PLACE", help="Write there: .csv, .xlsx, or a folder of all. · 写成表或文件夹"),
    ] = None,
) -> None:
    """Scenarios side by side on the same luck: what differs, where, when, and which is best. · 方案对比"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    if len(scenario_files) < 2:
        raise typer.BadParameter(text("error.compare_two", count=len(scenario_files)), param_hint="SCENARIO...")
    if twice := [file for file in scenario_files if scenario_files.count(file) > 1]:
        raise typer.BadParameter(text("error.compare_twice", file=twice[0]), param_hint="SCENARIO...")
    from workbench.jobs import compare_scenarios, plannable_inputs
    from workbench.views.files import comparison_screen, refuse_place, write_comparison, written_screen

    refuse_place(out)
    given, warnings = plannable_inputs([inputs(file, register_file) for file in scenario_files])
    for warning in warnings:
        warn(f"! {warning}")
    asked: dict[str, Any] = {"target": target, "rank_by": rank_by, "replications": replications, "seed": seed}
    with in_stages("group", "simulate", "compare") as stages:
        found = compare_scenarios(scenario_files, given, **asked, **hard, stages=stages)
    say(comparison_screen(found))
    if out is not None:
        say("\n" + written_screen(write_comparison(found, out)))
