"""`workbench init`: a planning folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import say
from workbench.labels import text, use_language

EXAMPLE = "workbench init our_city --lang zh"


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder. · 新文件夹")],
    lang: options.Lang = options.LANGUAGE,
) -> None:
    """Lay out a folder to plan your own city in: scenarios, template, notebooks. · 建立本单位的测算文件夹"""
    use_language(lang)
    from workbench.jobs import lay_out

    place = lay_out(folder)
    readme = place / ("README.zh-CN.md" if lang == "zh" else "README.md")
    say(text("init.done", folder=place, readme=readme))
