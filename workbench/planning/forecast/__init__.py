"""In the middle of a campaign: where it will end, given what has happened (MODEL §10)."""

from workbench.planning.forecast.assumptions import assumptions
from workbench.planning.forecast.forecast import forecast
from workbench.planning.forecast.groups import planned_groups, regrouped
from workbench.planning.forecast.learning import FEWEST

__all__ = ["FEWEST", "assumptions", "forecast", "planned_groups", "regrouped"]
