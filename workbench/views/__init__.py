"""What people see: figures, the screen, the report and the workbook of a plan."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.views import figures

#: Loaded when first used: the drawing library takes half a second, and not every command draws.
__all__ = ["figures"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"workbench.views.{name}")
    raise AttributeError(f"module 'workbench.views' has no attribute {name!r}")
