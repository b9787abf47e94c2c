"""Run notebooks in their folder, keep the outputs, fold the code, and strip what tells of the run and of the machine.

    python -m tests.notebooks.regenerate                      # all of notebooks/guide
    python -m tests.notebooks.regenerate notebooks/guide/01*  # some
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.notebooks.rules import METADATA, WIDGET, code_cells, faults, metadata_of

GUIDE = Path(__file__).resolve().parents[2] / "notebooks" / "guide"
#: Seconds that a cell may take.
SLOW = 5.0


def main(names: list[str]) -> int:
    """Regenerate the notebooks named, or all of the guide; 1 if one breaks a rule."""
    broken = 0
    for path in [Path(name) for name in names] or sorted(GUIDE.glob("*.ipynb")):
        slowest, found = regenerate(path)
        over = f", over {SLOW:.0f} s" if slowest > SLOW else ""
        lines = [f"{path.name}: slowest cell {slowest:.1f} s{over}", *(f"  - {fault}" for fault in found)]
        sys.stdout.write("\n".join(lines) + "\n")
        broken += bool(found)
    return int(broken > 0)


def regenerate(path: Path) -> tuple[float, list[str]]:
    """Run one notebook in place; the seconds of its slowest cell, and the rules that it breaks."""
    import nbformat
    from nbclient import NotebookClient

    notebook: Any = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.resolve().parent)}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=folder, coalesce_streams=True).execute()
    slowest = max(_seconds(cell["metadata"].pop("execution", {})) for cell in code_cells(notebook))
    for output in (each for cell in code_cells(notebook) for each in cell["outputs"]):
        output.get("data", {}).pop(WIDGET, None)
    for cell in notebook["cells"]:
        cell["metadata"] = nbformat.from_dict(metadata_of(cell))
    notebook["metadata"] = nbformat.from_dict(METADATA)
    nbformat.write(notebook, path)
    return slowest, faults(notebook)


def _seconds(times: dict[str, str]) -> float:
    """From a cell's start to its end."""
    marks = [times.get(f"iopub.status.{mark}") for mark in ("busy", "idle")]
    if None in marks:
        return 0.0
    start, stop = (datetime.fromisoformat(str(mark)) for mark in marks)
    return (stop - start).total_seconds()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
