"""In the middle of a campaign: where it will end, given what has happened (MODEL §10)."""

from workbench.planning.forecast.forecast import forecast
from workbench.planning.forecast.groups import planned_groups, regrouped

__all__ = ["forecast", "planned_groups", "regrouped"]
