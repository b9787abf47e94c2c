"""`workbench assign`: which numbered instructor stands for which organizations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import grouped, say
from workbench.labels import text, use_language

EXAMPLE = "workbench assign scenarios/baseline.yaml --standing 5 --out assignment.xlsx"


def assign(
    scenario_file: options.ScenarioFile,
    register_file: options.RegisterFile = None,
    standing: Annotated[
        int | None,
        typer.Option(min=1, help="Organizations an instructor may stand for; else the scenario's. · 每名最多派驻几家"),
    ] = None,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the list there: .xlsx (to hand out) or .csv. · 写成表"),
    ] = None,
) -> None:
    """Which instructor stands for which organizations, near each other and evenly loaded. · 派驻安排"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.planning.assignment import assign as find_assignment
    from workbench.views.files import KINDS, assignment_screen, refuse_kind, write_assignment

    if out is not None:
        refuse_kind(out, KINDS)
    with (
        grouped(scenario_file, register_file, hard, seed, "assign") as (scenario, register, grouping, stages),
        stages("assign"),
    ):
        found = find_assignment(register, scenario, grouping, standing=standing)
    say(assignment_screen(found))
    if out is not None:
        say(text("screen.written", path=write_assignment(found, register, out)))
