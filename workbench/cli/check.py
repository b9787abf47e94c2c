"""`workbench check`: a ledger, a register or a scenario, everything that is to be said of it at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import options
from workbench.cli.context import say
from workbench.errors import WorkbenchError
from workbench.labels import text, use_language

EXAMPLE = "workbench check data/demo_ledgers/岚汀街道.xlsx --lang zh"


def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A ledger as an office keeps it, a register, or a scenario (YAML).")
    ],
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What was settled of a ledger's headers. · 列名对照表")
    ] = None,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PLACE",
            help="A table of findings (.csv, .xlsx); of a ledger also a folder for the marked copy, the register and "
            "the mapping, by default results/<name>. · 结果文件或文件夹",
        ),
    ] = None,
) -> None:
    """Check a ledger, a register or a scenario, and name every fault at once. · 检查台账或方案"""
    use_language(lang)
    from workbench.views.files import KINDS, refuse_kind, write_table
    from workbench.views.report import check_file, faults_table, is_register

    if out is not None and (out.suffix or is_register(file)):
        refuse_kind(out, KINDS)
    if not is_register(file):
        _ledger(file, mapping, out)
        return
    try:
        say(check_file(file))
    except WorkbenchError as fault:
        if out is not None:
            write_table(faults_table(fault), out)
        raise
    if out is not None:
        write_table(faults_table(None), out)


def _ledger(file: Path, mapping: Path | None, out: Path | None) -> None:
    """A ledger: the screen, and what is kept of it."""
    from workbench.inputs.ledger import examine, notes_table
    from workbench.views.files import write_table
    from workbench.views.formats import folder_name
    from workbench.views.ledgers import check_screen, write_checked

    examination = examine(file, mapping)
    say(check_screen(examination))
    if out is not None and out.suffix:
        write_table(notes_table(examination.notes).astype("str").replace("<NA>", ""), out)
        say(text("screen.written", path=out))
    else:
        written = write_checked(examination, out or Path("results") / folder_name(file.stem))
        for path in written:
            say(text("screen.written", path=path))
        say(text("check.ledger.kept", name=written[1].name))
    if (error := examination.error()) is not None:
        raise typer.Exit(1) from error
