"""Many alike on few points: set partitioning over item types, by column generation."""

from workbench.grouping.patterns.by_type import choose_by_type
from workbench.grouping.patterns.item_types import lifted, step_of, too_many_sorts

__all__ = ["choose_by_type", "lifted", "step_of", "too_many_sorts"]
