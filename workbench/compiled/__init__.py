"""How functions are compiled, and where their machine code is kept."""

from workbench.compiled.decorators import bare_kernel, inlined, kernel
from workbench.compiled.store import folder

__all__ = ["bare_kernel", "folder", "inlined", "kernel"]
