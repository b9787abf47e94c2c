"""Before the server starts: everything that a planner would otherwise find out from a blank page."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.labels import text
from workbench.shipped import shipped

NOTEBOOK = Path("notebooks/app/planner.ipynb")
SCENARIO = Path("scenarios/baseline.yaml")
#: What the part `lab` of the lock brings, as far as the app needs it.
NEEDED = ("voila", "ipykernel", "ipywidgets")


def check_lab() -> None:
    """Refuse to go on without what serves the page.

    Raises
    ------
    WorkbenchError
        the part `lab` is not installed.
    """
    for package in NEEDED:
        if find_spec(package) is None:
            raise WorkbenchError(text("app.no_lab", package=package))


def find(given: Path | None, usual: Path) -> Path:
    """The file that was named, or the usual one: here, or as it came with the package.

    >>> find(Path("mine.yaml"), Path("scenarios/baseline.yaml")).name
    'mine.yaml'
    """
    if given is not None:
        return given.resolve()
    return next((place for place in (usual.resolve(), shipped() / usual) if place.is_file()), usual.resolve())


def check_notebook(path: Path) -> None:
    """Look whether the app's notebook is there and whole.

    Raises
    ------
    WorkbenchError
        it is not.
    """
    if not path.is_file():
        raise WorkbenchError(text("app.no_notebook", path=path))
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sound = any(cell["cell_type"] == "code" for cell in cells)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        reason = f"{type(fault).__name__}: {fault}"
        raise WorkbenchError(text("app.not_a_notebook", path=path, reason=reason)) from None
    if not sound:
        raise WorkbenchError(text("app.not_a_notebook", path=path, reason=text("app.no_cell")))
