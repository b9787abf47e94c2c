"""`workbench review`: a campaign under way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import in_stages, register_of, say
from workbench.labels import text, use_language
from workbench.shipped import here_or_shipped

#: What a lone register without a plan is held to, as `workbench plan` does.
BASELINE = Path("scenarios/baseline.yaml")
EXAMPLE = "workbench review data/campaign --as-of 2027-08-13 --lang zh"


def review(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|REGISTER",
            help="A campaign's folder, or one register with dates. · 活动文件夹，或一份带日期的台账",
        ),
    ] = Path(),
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="By default the latest register's. · 评估日，默认最近一份台账")
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="By default the folder's own. · 测算方案，默认文件夹中的")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The plan's outcome.nc. · 方案结果，默认自动查找")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="REGISTER", help="Last week's. · 上周台账，默认自动查找")
    ] = None,
    learn: Annotated[bool, typer.Option(help="Learn from what was observed. · 据实际情况修正参数")] = True,
    replications: options.Replications = 1000,
    cluster: options.Cluster = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="By default results/<scenario>/<date>. · 结果文件夹"),
    ] = None,
) -> None:
    """In the middle of the campaign: forecast, who is behind, what still helps, notice and report. · 中期评估与通报"""
    use_language(lang)
    options.hand_over(cluster)
    from workbench.jobs import STAGES_OF_REVIEW, lone_register, open_campaign
    from workbench.jobs import review as make_review
    from workbench.views.formats import folder_beside
    from workbench.views.review import review_files_screen, review_folder, review_screen, write_review

    day = _day(as_of)
    with in_stages("read", *STAGES_OF_REVIEW, "write") as stages:
        with stages("read"):
            from workbench.inputs.scenario import read_scenario
            from workbench.simulation import load_outcome

            where = here_or_shipped(place)
            found = (open_campaign if where.is_dir() else lone_register)(where, day, scenario)
            planned = plan or found.plan_file
            outcome = None if planned is None else load_outcome(planned)
            if found.scenario_file is not None:
                rules = read_scenario(found.scenario_file)
            else:
                rules = read_scenario(here_or_shipped(BASELINE)) if outcome is None else outcome.scenario
            register = register_of(found.register_file)
        before = (None, previous) if previous else found.previous or (None, None)
        done = make_review(
            register, rules, None, found.as_of, plan=outcome, previous=before[1], since=before[0],
            learn=learn, replications=replications, seed=seed, stages=stages, findings=found.findings,
        )  # fmt: skip
        stages.close()
        # The answer first: it is worth having even where the files cannot be written.
        say(review_screen(done) + "\n")
        folder = out or review_folder(done, Path("results"))
        with folder_beside(folder) as temporary:
            write_review(done, temporary, stages)
    say(review_files_screen(done, folder))


def _day(as_of: str | None) -> date | None:
    """The day of the review, as it was typed."""
    try:
        return date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise typer.BadParameter(text("collect.bad_date", value=as_of), param_hint="--as-of") from None
