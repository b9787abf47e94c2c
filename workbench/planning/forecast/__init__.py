"""In the middle of a campaign: where it will end, given what has happened (MODEL §10)."""

from workbench.planning.forecast.assumptions import assumptions
from workbench.planning.forecast.evidence import Evidence
from workbench.planning.forecast.forecast import forecast
from workbench.planning.forecast.groups import regrouped
from workbench.planning.forecast.learning import FEWEST_EFFECTIVE, learning_scenario, learnt

__all__ = [
    "FEWEST_EFFECTIVE",
    "Evidence",
    "assumptions",
    "forecast",
    "learning_scenario",
    "learnt",
    "regrouped",
]
