"""The plan of the house: its rooms and closets in order, and what a test needs to read it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "workbench"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: What every room may use.
HELPERS = (
    "version",
    "shipped",
    "labels",
    "numbers",
    "shown",
    "credit_code",
    "spelling",
    "letters",
    "privacy",
    "errors",
    "arguments",
    "progress",
    "targets",
    "stopping",
    "files",
    "compiled",
)
#: The rooms, and in each its closets and the files beside them: imports point to what stands before, never after.
ROOMS: dict[str, tuple[str, ...]] = {
    "inputs": ("scenario", "register", "asked", "ledger", "city", "fit"),
    "grouping": ("tolerances", "problem", "models", "patterns", "search", "answer", "solve", "by_default", "marginal"),
    "simulation": ("kernels", "setup", "start", "kernel", "results", "executors", "run", "response", "tracing"),
    "planning": (
        "comparison",
        "desk",
        "allocation",
        "assignment",
        "gap",
        "dates",
        "forecast",
        "measures",
        "sensitivity",
        "census",
        "sweep",
        "time_needed",
        "score",
    ),
    "jobs": ("stages", "collect", "campaign", "new_folder", "plan", "review", "comparison", "session", "compile_ahead"),
    "views": (
        "formats",
        "drawing",
        "figures",
        "report",
        "review",
        "files",
        "ledgers",
        "notebooks",
        "panels",
        "serving",
    ),
}
ORDER = (*HELPERS, *ROOMS)
#: The front doors, which see everything.
DOORS = ("", "cli", "__main__")


def relative(path: Path) -> str:
    """A path as the project names it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """What stands in a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=relative(path))


def dotted(path: Path) -> str:
    """A module's name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
