"""What the census may find: registers as they could turn out, what they come to, and where one member more counts."""

from workbench.planning.census.outcome import CensusOutcome
from workbench.planning.census.simulate import simulate_census
from workbench.planning.census.value import census_value

__all__ = ["CensusOutcome", "census_value", "simulate_census"]
