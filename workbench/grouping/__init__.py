"""Who joins whom: joint branches for organizations with too few members of their own."""

from workbench.grouping.answer import Grouping
from workbench.grouping.by_default import (
    GROUPED_BY,
    fingerprint_of,
    grouping_fingerprint,
    grouping_rules,
    joined,
    joint_branches,
)
from workbench.grouping.marginal import ANY_COST, CoverageChange, Marginal, marginal_of
from workbench.grouping.search import Effort
from workbench.grouping.solve import group

__all__ = [
    "ANY_COST",
    "GROUPED_BY",
    "CoverageChange",
    "Effort",
    "Grouping",
    "Marginal",
    "fingerprint_of",
    "group",
    "grouping_fingerprint",
    "grouping_rules",
    "joined",
    "joint_branches",
    "marginal_of",
]
