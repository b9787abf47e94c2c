"""What every guide notebook must be, checked in the file itself: a story that is whole, clean, and safe to compare.

Strict comparison (nbval) runs the cells again; it cannot see an output that was never there, and it breaks on
things that no sanitizing repairs. These rules see both beforehand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

Cell = dict[str, Any]

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: What a guide notebook's metadata may hold; all else (times, versions, paths) changes from run to run.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
PARAMETERS: Cell = {"tags": ["parameters"]}
#: Code is folded, as JupyterLab does it: who reads sees words, figures and numbers; a click shows the code.
FOLDED: Cell = {"jupyter": {"source_hidden": True}}
#: English words from which on a paragraph of prose wants its Chinese, and how much of it: letters per word.
PROSE, LETTERS = 8, 0.6
#: Widest line of code that a reader sees without scrolling.
WIDEST = 104

#: Code that strict comparison cannot hold, or that hides what a cell does.
TRAPS = {
    "interact": re.compile(r"\binteract(ive|_manual)?\b"),
    "an Output widget": re.compile(r"\bOutput\s*\("),
    "clear_output": re.compile(r"\bclear_output\b"),
    "a progress bar": re.compile(r"\btqdm\b|\bprogress\s*="),
    "a warning silenced": re.compile(r"\bwarnings\b"),
    "a comment for nbval": re.compile(r"#\s*(NBVAL_|PYTEST_VALIDATE)"),
}
#: Text in an output that is another one next time, elsewhere, or under another version.
UNSTABLE = {
    "a raw frame": re.compile(r'class="dataframe"|\[\d+ rows x \d+ columns\]|\bdtype: \w|<xarray\.'),
    "a progress bar": re.compile(r"\r|\d+%\|| it/s\b|s/it\b|[█▏▎▍▌▋▊▉]"),
    "an absolute path": re.compile(r"(?<![\w.])/(home|root|Users|tmp|work|usr|opt|var)/|\b[A-Z]:\\"),
    "a warning": re.compile(r"\w*Warning\b"),
    "an address": re.compile(r"\b0x[0-9a-fA-F]{6,}\b"),
}
#: How an output names a widget, which is there only while its kernel runs.
WIDGET = "application/vnd.jupyter.widget-view+json"
PATH = re.compile(r"^(~|/|[A-Za-z]:[\\/])|\.(csv|xlsx|parquet|ya?ml)$")


def faults(notebook: Cell) -> list[str]:
    """Every rule that the notebook breaks, each with the cell that breaks it."""
    return [*_whole(notebook), *faults_where_run(notebook)]


def faults_where_run(notebook: Cell) -> list[str]:
    """What even a notebook that is only run, or served as a page, must keep: parameters, clean code and metadata.

    Drawing into an ``Output`` is worst on a page: now and then such a page never gets ready.
    """
    return [*_parameters(notebook), *_clean(notebook), *_in_both_languages(notebook)]


def metadata_of(cell: Cell) -> Cell:
    """What a cell's metadata must be: code is folded, but for the parameters, which are there to be changed."""
    if cell["cell_type"] != "code":
        return {}
    return PARAMETERS if "parameters" in cell["metadata"].get("tags", []) else FOLDED


def source_of(cell: Cell) -> str:
    """A cell's source as one text."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def code_cells(notebook: Cell) -> list[Cell]:
    """The cells that run, in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def tree_of(cell: Cell) -> ast.Module:
    """A cell's code; empty where it is not plain Python, which has a rule of its own."""
    try:
        return ast.parse(source_of(cell))
    except SyntaxError:
        return ast.Module([], [])


def _texts(cell: Cell) -> Iterator[str]:
    for output in cell.get("outputs", []):
        for text in (output.get("text", ""), *output.get("data", {}).values()):
            yield text if isinstance(text, str) else "".join(text) if isinstance(text, list) else str(text)


def _whole(notebook: Cell) -> Iterator[str]:
    """It was run from top to bottom, asks first and answers last, in both languages."""
    cells, code = notebook["cells"], code_cells(notebook)
    first, last = cells[0], cells[-1]
    asked = source_of(first) if first["cell_type"] == "markdown" else ""
    if not ("**Question.**" in asked and "**问题：**" in asked):
        yield "first cell: must state the question, in both languages"
    answer = "".join(_texts(last)) if last["cell_type"] == "code" else ""
    if not (re.search(r"\d", answer) and CHINESE.search(answer) and re.search(r"[A-Za-z]{3}", answer)):
        yield "last cell: must compute the answer, in both languages"
    if re.search(r"\d\s*%", re.sub(r"\{[^{}]*\}", "", source_of(last))):
        yield "last cell: a number is typed by hand"
    for cell in cells:
        words = source_of(cell)
        if cell["cell_type"] == "markdown" and words.startswith("#") and not CHINESE.search(words):
            yield f"{cell['id']}: a heading without its Chinese line"
    counts = [cell["execution_count"] for cell in code]
    if counts != list(range(1, len(code) + 1)):
        yield f"execution counts {counts}: the notebook was not run from top to bottom"
    for cell in code:
        body = tree_of(cell).body
        shows = body and isinstance(body[-1], ast.Expr) and cell["id"] != "setup"
        if shows and not cell["outputs"]:
            yield f"{cell['id']}: shows something, yet no output is kept"
    kinds = {kind for cell in code for output in cell["outputs"] for kind in output.get("data", {})}
    if "image/png" not in kinds:
        yield "no figure is kept"


def _parameters(notebook: Cell) -> Iterator[str]:
    """One cell, the first that runs, holds all that another city changes; no other cell names a file."""
    code = code_cells(notebook)
    tagged = [cell for cell in code if "parameters" in cell["metadata"].get("tags", [])]
    if tagged != code[:1]:
        yield "the first code cell, and no other, must be tagged 'parameters'"
        return
    names = set()
    for line in tree_of(tagged[0]).body:
        if not (isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)):
            yield "parameters: only plain values may stand here"
            return
        names |= {name.id for name in line.targets if isinstance(name, ast.Name)}
        if isinstance(line.value.value, str) and re.match(r"^(~|/|[A-Za-z]:[\\/])", line.value.value):
            yield "parameters: an absolute path"
    for needed in ("register_path", "scenario_path", "language"):
        if needed not in names:
            yield f"parameters: {needed} is missing"
    for cell in code[1:]:
        for node in ast.walk(tree_of(cell)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in names:
                yield f"{cell['id']}: changes the parameter {node.id}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and PATH.search(node.value):
                yield f"{cell['id']}: names a file ({node.value}); files stand in the parameters cell"


def _in_both_languages(notebook: Cell) -> Iterator[str]:
    """Prose says the same in Chinese: not word by word, but not in a line for a page either."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            prose = "\n".join(line for line in source_of(cell).splitlines() if not line.startswith("#"))
            english, chinese = len(re.findall(r"[A-Za-z]{2,}", prose)), len(CHINESE.findall(prose))
            if english >= PROSE and chinese < english * LETTERS:
                yield f"{cell['id']}: prose of {english} English words and {chinese} Chinese letters"


def _clean(notebook: Cell) -> Iterator[str]:
    """Nothing in code, outputs or metadata that breaks a comparison or tells of a machine."""
    if notebook["metadata"] != METADATA:
        yield "metadata: only the kernel python3 and the language may stand here (tests.notebooks.regenerate strips it)"
    for cell in notebook["cells"]:
        if cell["metadata"] != metadata_of(cell):
            yield f"{cell['id']}: metadata {cell['metadata']}, not folded or not clean (tests.notebooks.regenerate does it)"
        if cell.get("attachments"):
            yield f"{cell['id']}: carries an attachment"
    for cell in code_cells(notebook):
        source = source_of(cell)
        lines = source.splitlines()
        for name, trap in TRAPS.items():
            if trap.search(source):
                yield f"{cell['id']}: {name} in the code"
        if any(line.rstrip().endswith(";") for line in lines):
            yield f"{cell['id']}: a trailing semicolon, which does not keep an output away"
        if any(line.lstrip().startswith(("%", "!")) for line in lines):
            yield f"{cell['id']}: a magic or a shell command"
        elif source.strip() and not tree_of(cell).body and not source.lstrip().startswith("#"):
            yield f"{cell['id']}: not Python"
        widest = max(lines, key=len, default="")
        if len(widest) > WIDEST:
            yield f"{cell['id']}: a line of {len(widest)} characters, {WIDEST} are read without scrolling"
        for output in cell["outputs"]:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                yield f"{cell['id']}: an error or a warning in the output"
            if WIDGET in output.get("data", {}):
                yield f"{cell['id']}: a widget's id, which changes from run to run (tests.notebooks.regenerate strips it)"
            if "text/html" in output.get("data", {}):
                yield f"{cell['id']}: a raw HTML output, which changes with versions; print rounded text"
        for text in _texts(cell):
            for name, sign in UNSTABLE.items():
                if sign.search(text):
                    yield f"{cell['id']}: {name} in the output"
