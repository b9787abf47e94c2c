"""Guide notebooks: whole, clean, and free of what strict comparison cannot hold; and the rules catch what they say."""

from __future__ import annotations

import ast
import base64
import configparser
import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks.rules import FOLDED, TRAPS, Cell, code_cells, faults, faults_where_run, source_of, tree_of

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
GUIDE = sorted((NOTEBOOKS / "guide").glob("*.ipynb"))
APP = sorted((NOTEBOOKS / "app").glob("*.ipynb"))
RUN = [*sorted((NOTEBOOKS / "study").glob("*.ipynb")), *APP]
each = pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.stem[:2])


def read(path: Path) -> Cell:
    content: Cell = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_the_guide_is_there() -> None:
    assert [path.stem[:2] for path in GUIDE[:3]] == ["00", "01", "02"]


@each
def test_a_guide_notebook_keeps_the_rules(path: Path) -> None:
    assert faults(read(path)) == []


@each
def test_its_parameters_name_files_that_are_there(path: Path) -> None:
    named = re.findall(r'_path = "(.+?)"', source_of(code_cells(read(path))[0]))
    assert named
    assert [name for name in named if not (path.parent / name).is_file()] == []


@each
def test_its_figures_are_pictures_of_a_readable_size(path: Path) -> None:
    for cell in code_cells(read(path)):
        for output in cell["outputs"]:
            if "image/png" not in output.get("data", {}):
                continue
            picture = base64.b64decode("".join(output["data"]["image/png"]))
            assert picture.startswith(b"\x89PNG")
            width, height = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
            assert width >= 800, cell["id"]
            assert height >= 300, cell["id"]
            assert len(picture) < 300_000, cell["id"]


@each
def test_its_links_lead_somewhere(path: Path) -> None:
    words = "\n".join(source_of(cell) for cell in read(path)["cells"] if cell["cell_type"] == "markdown")
    links = re.findall(r"\]\(([^)#:]+)", words)
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", RUN, ids=lambda path: path.stem)
def test_a_notebook_that_is_run_or_served_is_clean(path: Path) -> None:
    assert faults_where_run(read(path)) == []


def test_what_the_app_serves_keeps_nothing_of_a_run() -> None:
    """Numbers of another city, stored in it, would be shown to whoever opens it."""
    kept = [cell for path in APP for cell in code_cells(read(path)) if cell["outputs"] or cell["execution_count"]]
    assert APP
    assert kept == []


def test_no_panel_draws_into_an_output() -> None:
    """Pages that do hang now and then, for ever; and comparison has no front end to show it to."""
    panels = sorted((ROOT / "workbench" / "views" / "panels").glob("*.py"))
    traps = [TRAPS[name] for name in ("interact", "an Output widget", "clear_output")]
    assert panels
    assert [path.name for path in panels if any(trap.search(path.read_text("utf-8")) for trap in traps)] == []


def test_what_notebooks_share_stands_in_the_package() -> None:
    """A function that two of them define, whatever it says of itself, is one of `workbench.views.notebooks`."""

    def without_words(made: ast.FunctionDef) -> str:
        return "\n".join(map(ast.unparse, made.body[bool(ast.get_docstring(made)) :]))

    defined = [
        without_words(node)
        for path in sorted(NOTEBOOKS.rglob("*.ipynb"))
        for cell in code_cells(read(path))
        for node in ast.walk(tree_of(cell))
        if isinstance(node, ast.FunctionDef)
    ]
    assert [code for code in sorted(set(defined)) if defined.count(code) > 1] == []


def test_the_readme_names_every_notebook() -> None:
    words = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    missing = [p.name for p in NOTEBOOKS.rglob("*.ipynb") if f"({p.relative_to(NOTEBOOKS).as_posix()})" not in words]
    assert missing == []


def test_sanitizing_leaves_numbers_alone() -> None:
    rules = configparser.RawConfigParser()
    assert rules.read(Path(__file__).with_name("sanitize.cfg"), encoding="utf-8")

    def sanitized(words: str) -> str:
        for section in rules.sections():
            words = re.sub(rules.get(section, "regex"), rules.get(section, "replace"), words)
        return words

    for kept in ("42.2% [39.2%, 45.3%] by 2027-08-31", "768 of 1,200", "SO0001", "0.05 km, 12.5 s", "100000"):
        assert sanitized(kept) == kept
    assert sanitized("<object at 0x7f3a5c0d1e20>") == "<object at ADDRESS>"


# --- The rules themselves: each planted fault is found. -------------------------------------------------------


@pytest.fixture
def sound() -> Cell:
    """The least notebook that keeps every rule."""

    def markdown(name: str, source: str) -> Cell:
        return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}

    def code(name: str, count: int, source: str, *outputs: Cell) -> Cell:
        return {
            "cell_type": "code", "id": name, "metadata": copy.deepcopy(FOLDED), "source": source, "execution_count": count,
            "outputs": list(outputs),
        }  # fmt: skip

    def printed(words: str) -> Cell:
        return {"output_type": "stream", "name": "stdout", "text": [words]}

    picture = {"output_type": "execute_result", "data": {"image/png": "iVBO", "text/plain": "<Axes>"}}
    parameters = 'register_path = "../a.csv"\nscenario_path = "../b.yaml"\nlanguage = "en"'
    notebook: Cell = {
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": [
            markdown("question", "# Title\n**Question.** What?\n\n**问题：** 什么？"),
            code("parameters", 1, parameters),
            markdown("work", "## Work\n做"),
            code("figure", 2, "draw(1)", picture),
            code("answer", 3, "share = 0.5\nprint(f'{share:.1%}')", printed("Yes: 50.0%\n能：50.0%\n")),
        ],
    }
    notebook["cells"][1]["metadata"] = {"tags": ["parameters"]}
    return notebook


def test_the_sound_notebook_is_sound(sound: Cell) -> None:
    assert faults(sound) == []


SOURCES = {
    "interact": "from ipywidgets import interact\ninteract(f)",
    "an Output widget": "with Output():\n    f()",
    "clear_output": "clear_output()",
    "a progress bar": "simulate(progress=True)",
    "a warning silenced": "import warnings\nf()",
    "a comment for nbval": "f()  # NBVAL_IGNORE_OUTPUT",
    "a trailing semicolon": "f();",
    "names a file": "read('../../data/other.csv')",
    "changes the parameter": "language = 'zh'\nf()",
    "characters": "f(" + "1 + " * 40 + "1)",
}
OUTPUTS: dict[str, Cell] = {
    "a raw frame": {"output_type": "execute_result", "data": {"text/plain": "   a\n0  1\n\n[1200 rows x 25 columns]"}},
    "a raw HTML output": {"output_type": "execute_result", "data": {"text/html": "<table class='d'></table>"}},
    "a progress bar": {"output_type": "stream", "name": "stdout", "text": [" 40%|####  | 4/10"]},
    "an absolute path": {"output_type": "stream", "name": "stdout", "text": ["/" + "home/someone/a.csv"]},
    "an error or a warning": {"output_type": "stream", "name": "stderr", "text": ["careful"]},
    "a warning": {"output_type": "stream", "name": "stdout", "text": ["FutureWarning: soon"]},
    "an error": {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
    "a widget's id": {
        "output_type": "execute_result",
        "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "0a1b"}, "text/plain": "A panel"},
    },
    "an address": {"output_type": "stream", "name": "stdout", "text": ["<a.B object at 0x7f3a5c0d1e20>"]},
}


@pytest.mark.parametrize("fault", SOURCES)
def test_a_trap_in_the_code_is_found(sound: Cell, fault: str) -> None:
    sound["cells"][3]["source"] = SOURCES[fault]
    assert any(fault in found for found in faults(sound))


@pytest.mark.parametrize("fault", OUTPUTS)
def test_an_output_that_cannot_be_compared_is_found(sound: Cell, fault: str) -> None:
    sound["cells"][3]["outputs"].append(OUTPUTS[fault])
    assert any(fault in found for found in faults(sound))


def test_a_magic_is_found(sound: Cell) -> None:
    # Not Python: the rules that read the code must not stumble over it.
    sound["cells"][3]["source"] = "%matplotlib inline"
    assert any("a magic" in found for found in faults(sound))
    sound["cells"][3]["source"] = "draw(1"
    assert any("not Python" in found for found in faults(sound))


CHANGES: dict[str, tuple[list[Any], Any]] = {
    "must state the question": (["cells", 0, "source"], "# Title\n题目"),
    "must compute the answer": (["cells", 4, "outputs"], []),
    "typed by hand": (["cells", 4, "source"], "print('about 64 %')"),
    "without its Chinese line": (["cells", 2, "source"], "## Work"),
    "not run from top to bottom": (["cells", 3, "execution_count"], None),
    "no output is kept": (["cells", 3, "outputs"], []),
    "no figure is kept": (["cells", 3, "outputs", 0, "data"], {"text/plain": "1"}),
    "tagged 'parameters'": (["cells", 1, "metadata"], {}),
    "only plain values": (["cells", 1, "source"], "register_path = find()"),
    "an absolute path": (["cells", 1, "source"], 'register_path = "~/a.csv"'),
    "language is missing": (["cells", 1, "source"], 'register_path = "a.csv"\nscenario_path = "b.yaml"'),
    "metadata: only": (["metadata", "language_info", "version"], "3.11.2"),
    "figure: metadata": (["cells", 3, "metadata"], {**FOLDED, "execution": {"iopub.status.busy": "2027-07-15"}}),
    "not folded": (["cells", 3, "metadata"], {}),
    "prose of": (["cells", 2, "source"], "## Work\n做\n\nThis tells at some length what is being done below. 说明"),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_notebook_that_is_not_whole_or_not_clean_is_found(sound: Cell, fault: str) -> None:
    notebook = copy.deepcopy(sound)
    *way, last = CHANGES[fault][0]
    place: Any = notebook
    for step in way:
        place = place[step]
    place[last] = CHANGES[fault][1]
    assert any(fault in found for found in faults(notebook))
