"""Panels that planners work with, in a notebook or as a page: plain state underneath, widgets on top.

`planner` gives them as one widget. The modules whose names do not end in a panel's hold no widgets and are tested
without a browser.
"""

from __future__ import annotations

from workbench.views.panels.planner import PANELS, planner

__all__ = ["PANELS", "planner"]
