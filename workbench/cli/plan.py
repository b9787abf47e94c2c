"""`workbench plan`: the whole job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import in_stages, register_of, say, scenario_and_register
from workbench.labels import use_language

BASELINE = Path("scenarios/baseline.yaml")
EXAMPLE = "workbench plan scenarios/baseline.yaml --lang zh"


def plan(
    scenario_file: options.ScenarioFile = BASELINE,
    register_file: options.RegisterFile = None,
    replications: options.Replications = 1000,
    effort: options.Effort = "normal",
    time_limit: options.TimeLimit = None,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the results; by default results/<scenario>. · 结果文件夹"),
    ] = None,
) -> None:
    """The whole job: ceiling, joint branches, probability, instructors, report. · 全套测算并出报告"""
    use_language(lang)
    options.hand_over(cluster)
    hard = options.hardness(effort, time_limit)
    from workbench.views.formats import folder_beside, folder_name

    scenario, where = scenario_and_register(scenario_file, register_file)
    folder = out or Path("results") / folder_name(scenario.name)
    with (
        folder_beside(folder) as temporary,
        in_stages("read", "group", "ceiling", "simulate", "explain", "measures", "allocate", "write") as stages,
    ):
        with stages("read"):
            from workbench.jobs import make_plan
            from workbench.views.files import write_plan
            from workbench.views.report import files_screen, plan_screen

            register = register_of(where)
        found = make_plan(register, scenario, replications=replications, seed=seed, stages=stages, **hard)
        stages.close()
        # The answer first: it is worth having even where the files cannot be written.
        say(plan_screen(found) + "\n")
        write_plan(found, temporary, stages)
    say(files_screen(folder))
