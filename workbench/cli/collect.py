"""`workbench collect`: many ledgers into one register, and what changed since last week."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import say
from workbench.labels import text, use_language

EXAMPLE = "workbench collect data/demo_ledgers --previous last_week/register.csv --as-of 2027-08-06 --lang zh"


def collect(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="One ledger per unit. · 各单位台账所在文件夹")],
    previous: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Last week's register. · 上周汇总的台账")
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Of the register. · 汇总日期")] = None,
    campaign: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The campaign's folder, which keeps each week; by default here, if there is one. · 活动文件夹",
        ),
    ] = None,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the results; by default results/<folder>. · 结果文件夹"),
    ] = None,
) -> None:
    """Many ledgers into one register: who is missing, who stands twice, what changed. · 汇总各单位台账"""
    use_language(lang)
    from datetime import date

    from workbench.jobs import collect as put_together
    from workbench.jobs import is_campaign, put_week, week_before
    from workbench.views.formats import folder_name
    from workbench.views.ledgers import collect_screen, write_collected

    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise typer.BadParameter(text("collect.bad_date", value=as_of), param_hint="--as-of") from None
    kept = campaign or (Path() if is_campaign(Path()) else None)
    if previous is None and kept is not None and day is not None:
        previous = week_before(kept, day)
    collection = put_together(folder, previous, as_of=day)
    say(collect_screen(collection))
    where = out or Path("results") / folder_name(folder.resolve().name)
    for path in write_collected(collection, where):
        say(text("screen.written", path=path))
    if kept is not None and day is not None:
        say(text("screen.written", path=put_week(kept, collection.register, day)))
