"""Who joins whom: joint branches for organizations with too few members of their own."""

from workbench.grouping.answer import Grouping
from workbench.grouping.marginal import CoverageChange, Marginal, marginal_of
from workbench.grouping.solve import group

__all__ = ["CoverageChange", "Grouping", "Marginal", "group", "marginal_of"]
