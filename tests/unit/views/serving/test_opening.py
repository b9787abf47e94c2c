"""What is looked at before a server starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.errors import WorkbenchError
from workbench.shipped import shipped
from workbench.views.serving import opening


def test_a_part_that_is_not_installed_is_named(monkeypatch) -> None:
    opening.check_lab()
    monkeypatch.setattr(opening, "NEEDED", ("json", "no_such_package_anywhere"))
    with pytest.raises(WorkbenchError, match=r"no_such_package_anywhere is missing.*make app"):
        opening.check_lab()


def test_files_are_found_here_or_in_the_project(tmp_path: Path, monkeypatch) -> None:
    usual = Path("scenarios/baseline.yaml")
    monkeypatch.chdir(tmp_path)
    assert opening.find(None, usual) == shipped() / usual
    (tmp_path / "scenarios").mkdir()
    (tmp_path / usual).write_text("name: here")
    assert opening.find(None, usual) == tmp_path / usual
    assert opening.find(Path("mine.yaml"), usual) == tmp_path / "mine.yaml"
    assert opening.find(None, Path("no/such/file")) == tmp_path / "no/such/file"


def test_a_sound_notebook_passes(tmp_path: Path) -> None:
    page = tmp_path / "page.ipynb"
    page.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "1"}]}))
    opening.check_notebook(page)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"cells": 3}', '{"cells": [{"cell_type": "markdown"}]}'])
def test_a_broken_notebook_is_told_before_the_server_starts(tmp_path: Path, content: str) -> None:
    page = tmp_path / "page.ipynb"
    page.write_text(content)
    with pytest.raises(WorkbenchError, match=r"page\.ipynb is not a valid notebook"):
        opening.check_notebook(page)


def test_a_notebook_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match=r"none\.ipynb is not there"):
        opening.check_notebook(tmp_path / "none.ipynb")
