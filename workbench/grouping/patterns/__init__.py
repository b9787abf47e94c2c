"""Many alike on few points: set partitioning over item types, by column generation."""

from workbench.grouping.patterns.apart import Apart, choose_apart, few_places
from workbench.grouping.patterns.by_type import choose_by_type
from workbench.grouping.patterns.item_types import few_costs, lifted, step_of, too_many_sorts

__all__ = ["Apart", "choose_apart", "choose_by_type", "few_costs", "few_places", "lifted", "step_of", "too_many_sorts"]
