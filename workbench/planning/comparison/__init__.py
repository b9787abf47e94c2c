"""Scenarios side by side, on common random numbers."""

from workbench.planning.comparison.compare import Comparison, RankBy, compare
from workbench.planning.comparison.intervals import (
    Interval,
    each_level,
    mean_difference,
    mean_differences_together,
    share_difference,
)

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
