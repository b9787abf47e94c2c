"""What people see: figures, the screen, the report and the workbook of a plan."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.views import figures
    from workbench.views.files import to_excel

#: Loaded when first used: the drawing library takes half a second, and not every command draws.
__all__ = ["figures", "to_excel"]


def __getattr__(name: str) -> Any:
    if name == "figures":
        return import_module("workbench.views.figures")
    if name == "to_excel":
        return import_module("workbench.views.files").to_excel
    raise AttributeError(f"module 'workbench.views' has no attribute {name!r}")
