"""Who joins whom: joint branches for organizations with too few members of their own."""

from workbench.grouping.answer import Grouping
from workbench.grouping.marginal import Change, Marginal, marginal_of
from workbench.grouping.solve import group

__all__ = ["Change", "Grouping", "Marginal", "group", "marginal_of"]
