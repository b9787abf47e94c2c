"""`workbench forecast`: where a campaign under way will end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import in_stages, inputs, say
from workbench.labels import text, use_language

EXAMPLE = (
    "workbench forecast data/campaign/scenarios/campaign.yaml "
    "--register data/campaign/registers/register_2027-08-20.csv --as-of 2027-08-20"
)


def forecast(
    scenario_file: options.ScenarioFile,
    as_of: Annotated[
        str,
        typer.Option(metavar="DATE", help="The last day of which what the register says has happened. · 截至哪一天"),
    ],
    register_file: options.RegisterFile = None,
    learn: Annotated[bool, typer.Option(help="Learn from what was observed. · 据实际情况修正参数")] = False,
    regroup: Annotated[bool, typer.Option(help="Group anew what has not been begun. · 未启动的重新编排")] = False,
    replications: options.Replications = 1000,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all simulated numbers there: .nc. · 写入全部模拟结果"),
    ] = None,
) -> None:
    """Where a campaign under way will end, from what its dated register says. · 活动期间预测最终结果"""
    use_language(lang)
    options.hand_over(cluster)
    from workbench.arguments import as_date
    from workbench.views.files import forecast_screen, refuse_kind

    if out is not None:
        refuse_kind(out, (".nc",))
    day = as_date(as_of)
    scenario, register = inputs(scenario_file, register_file, from_today=True)
    from workbench.planning.forecast import forecast as run_forecast
    from workbench.simulation.start import planned_groups

    with in_stages("group", "forecast") as stages:
        with stages("group"):
            grouping = planned_groups(register, scenario, None)
        with stages("forecast"):
            found = run_forecast(
                register, scenario, grouping, day,
                learn=learn, regroup=regroup, replications=replications, seed=seed, progress=stages.progress,
            )  # fmt: skip
    say(forecast_screen(found))
    if out is not None:
        say(text("screen.written", path=found.save(out)))
