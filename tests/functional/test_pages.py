"""Every block of code in the documentation runs, is read by what would read it, or says that it is something else."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer
import yaml

from tests.unit.house.plan import ROOT, relative
from workbench.cli.main import command_line
from workbench.inputs import read_register, read_scenario
from workbench.inputs.ledger import read_ledger

PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md"])
#: What a block may be: code of these languages is tried; the others are output and settings of other programs.
TRIED = ("python", "yaml", "csv", "sh")
SHOWN = ("text", "ini", "nginx")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(*languages: str) -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for number, (language, code) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1):
            if language in languages:
                found.append(pytest.param(code, id=f"{relative(page)}-{number}"))
    return found


def commands() -> list[object]:
    """Every line, in a block or indented, that calls the workbench or make."""
    found = []
    for page in PAGES:
        text = re.sub(r"\\\n\s*", " ", page.read_text(encoding="utf-8"))
        shells = "".join(code for language, code in BLOCK.findall(text) if language == "sh")
        lines = re.findall(r"^(?: {4,7}|\$ )(\S.*)$", BLOCK.sub("", text), re.MULTILINE) + shells.splitlines()
        for line in lines:
            if re.match(r"(?:\.venv/bin/)?workbench |make ", line):
                found.append(pytest.param(line, id=f"{page.name}: {line[:60]}"))
    return found


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_block_says_what_it_is(page: Path) -> None:
    unknown = {language for language, _ in BLOCK.findall(page.read_text(encoding="utf-8"))} - {*TRIED, *SHOWN}
    assert not unknown


@pytest.mark.parametrize("code", blocks("yaml"))
def test_a_scenario_on_a_page_is_one(code: str, tmp_path: Path) -> None:
    """As far as the file goes: what it names of a register is that city's own."""
    if "columns" in yaml.safe_load(code):  # what a planner settled about a ledger, kept beside it
        row = {"org_id": "A1", "street": "x", "党员总数": 3, "has_branch": "否", "备注": "y"}
        pd.DataFrame([row]).to_excel(tmp_path / "ledger.xlsx", sheet_name="台账", index=False)
        (tmp_path / "mapping.yaml").write_text(code, encoding="utf-8")
        assert read_ledger(tmp_path / "ledger.xlsx", tmp_path / "mapping.yaml").register["full_members"].tolist() == [3]
        return
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    place = tmp_path / "scenarios/on_a_page.yaml"
    assert isinstance(yaml.safe_load(code), dict)
    place.write_text(code, encoding="utf-8")
    read_scenario(place)


@pytest.mark.parametrize("code", blocks("csv"))
def test_a_register_on_a_page_is_one(code: str, tmp_path: Path) -> None:
    place = tmp_path / "on_a_page.csv"
    place.write_text(code, encoding="utf-8")
    assert len(read_register(place)) == len(code.strip().splitlines()) - 1


@pytest.mark.parametrize("line", commands())
def test_a_command_on_a_page_is_one(line: str) -> None:
    """Its verb and options are there; what it would do is tested elsewhere."""
    words = shlex.split(line, comments=True)
    if words[0] == "make":
        targets = re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert {word for word in words[1:] if "=" not in word} <= {*targets}
        return
    group: Any = typer.main.get_command(command_line)
    given = words[1:]
    while given and given[0].startswith("-"):
        assert given.pop(0) in ("--help", "--version", "--debug", "-h")
    if given and given[0] != "…":
        verb = group.commands[given[0]]
        context = verb.context_class(verb)
        verb.make_parser(context).parse_args([word for word in given[1:] if word != "…"])
