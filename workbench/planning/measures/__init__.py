"""What can be decided, and the least of it that is enough (MODEL §9.1)."""

from workbench.planning.measures.conventions import Conventions, conventions
from workbench.planning.measures.from_today import FROM_TODAY, FromToday, open_measures, still_helping
from workbench.planning.measures.listing import listed
from workbench.planning.measures.measure import Measure, decider
from workbench.planning.measures.packages_from_today import PackagesFromToday, packages_from_today
from workbench.planning.measures.result import Least, Measures
from workbench.planning.measures.search import measures
from workbench.planning.measures.trying import PackageTrial

__all__ = [
    "FROM_TODAY",
    "Conventions",
    "FromToday",
    "Least",
    "Measure",
    "Measures",
    "PackageTrial",
    "PackagesFromToday",
    "conventions",
    "decider",
    "listed",
    "measures",
    "open_measures",
    "packages_from_today",
    "still_helping",
]
