"""Visitors' processes as children of one that has loaded everything: what they share is there once, and at once.

A *template* loads the workbench and forks for each visitor. Jupyter starts a small *stub* in the place of each kernel
and minds that: it hands the template what it was told, ends when its kernel does, and takes its kernel along.
"""

from workbench.views.serving.forking.kernels import ForkedKernelManager, Template, can_fork

__all__ = ["ForkedKernelManager", "Template", "can_fork"]
