"""Scenarios side by side, on common random numbers."""

from workbench.planning.comparison.compare import compare
from workbench.planning.comparison.intervals import (
    Interval,
    each_level,
    mean_difference,
    mean_differences_together,
    share_difference,
)
from workbench.planning.comparison.result import Comparison, RankBy

__all__ = [
    "Comparison",
    "Interval",
    "RankBy",
    "compare",
    "each_level",
    "mean_difference",
    "mean_differences_together",
    "share_difference",
]
