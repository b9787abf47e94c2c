"""`workbench check`: faults of a register or a scenario, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.context import say
from workbench.cli.options import Lang, Seed, TableFile
from workbench.errors import WorkbenchError
from workbench.labels import use_language

EXAMPLE = "workbench check data/local/my_city.csv --lang zh"


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A register (CSV, XLSX, Parquet) or a scenario (YAML).")],
    seed: Seed = 0,
    lang: Lang = "en",
    out: TableFile = None,
) -> None:
    """Check a register or a scenario, and name every fault at once. · 检查台账或方案"""
    use_language(lang)
    from workbench.views.files import KINDS, refuse_kind, write_table
    from workbench.views.report import check_file, faults_table

    if out is not None:
        refuse_kind(out, KINDS)
    try:
        say(check_file(file))
    except WorkbenchError as fault:
        if out is not None:
            write_table(faults_table(fault), out)
        raise
    if out is not None:
        write_table(faults_table(None), out)
